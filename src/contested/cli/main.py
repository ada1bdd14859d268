"""The command line: check, ask, edit and record commands.

Exit codes: 0 success, 1 problems found, 2 unusable input, 130 interrupted.
"""

import argparse
import json
import os
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from contested.cli import check
from contested.cli.terminal import (
    FILE_WITH_ACCOUNT,
    OK,
    PROBLEMS,
    STOPPED,
    UNUSABLE,
    add,
    add_arguments,
    progress_line,
    reading_options,
)
from contested.ingest.codebooks import CODEBOOKS
from contested.model.problem import ContestedError


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = sys.argv[1:] if words is None else list(words)
    arguments = _parser(words).parse_args(words)
    try:
        code: int = arguments.run(arguments)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        print("contested: stopped before it was done", file=sys.stderr)
        return STOPPED
    except ContestedError as error:
        print(f"contested: {error}", file=sys.stderr)
        return UNUSABLE
    except ValidationError as error:
        for one in error.errors(include_url=False):
            print(f"contested: {_refused(one)}", file=sys.stderr)
        return UNUSABLE
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        print(f"contested: {_unexpected(error)}", file=sys.stderr)
        return UNUSABLE
    return code


def _refused(one: ErrorDetails) -> str:
    """Say which option is refused, with what was given, why, and how to mend it; of several together the reason."""
    reason, fix = one["msg"], one.get("ctx", {}).get("fix", "")
    if one["type"] in _RANGES or one["type"].endswith("_parsing"):
        reason, fix = "not a number of minutes that can be", "write it like 8"
    where = " ".join(str(part) for part in one["loc"] if isinstance(part, str))
    given = "" if isinstance(one["input"], dict) else f"{one['input']!r}"
    what = " ".join(filter(None, [where, given]))
    return f"{what + ': ' if what else ''}{reason}; {fix}".rstrip("; ")


_RANGES = {"greater_than", "greater_than_equal", "less_than", "less_than_equal"}


def _unexpected(error: Exception) -> str:
    """Describe an unexpected error: a refusal of the system, or a fault of the program."""
    match error:
        case OSError():
            what = f" {error.filename}" if error.filename else ""
            return f"the system refuses{what}: {error.strerror or type(error).__name__}"
        case MemoryError():
            return "the memory of this machine is not enough; choose fewer claims"
    where = traceback.extract_tb(error.__traceback__)[-1]
    fault = f"{type(error).__name__} in {Path(where.filename).name}, line {where.lineno}"
    return f"the program has a fault: {fault}; report it (python -X dev -m contested shows all of it)"


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """Build the parser; `check` alone does not import what the other commands need, which is slow."""
    parser = argparse.ArgumentParser("contested", description="Events that are told more than one way.")
    parser.add_argument("--version", action="version", version=f"contested {version('contested')}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_check(commands.add_parser("check", help="name every problem of a story or a file of claims"))
    if words[:1] != ["check"]:
        from contested.cli import ask, completion, edit, export, record, serve, watch  # noqa: PLC0415

        serve.add(commands)
        ask.add(commands, with_names=not {"-h", "--help"}.isdisjoint(words))
        export.add(commands)
        add(commands, edit.COMMANDS | record.COMMANDS | watch.COMMANDS)
        completion.add(commands, parser)
    return parser


def _add_check(check: argparse.ArgumentParser) -> None:
    check.add_argument("path", type=Path)
    check.add_argument("--codebook", choices=[book.name for book in CODEBOOKS], help="by default found by the columns")
    add_arguments(check, FILE_WITH_ACCOUNT)
    check.add_argument("--format", choices=("table", "json"), default="table")
    check.set_defaults(run=_check)


def _check(arguments: argparse.Namespace) -> int:
    with progress_line() as progress:
        found = check.inspect(
            arguments.path, reading_options(arguments, arguments.path.name), arguments.codebook, progress
        )
    print(json.dumps(found.document(), indent=1) if arguments.format == "json" else found.page())
    return UNUSABLE if found.examination.refused else PROBLEMS if found.problems else OK
