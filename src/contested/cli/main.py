"""The terminal: the same functions as on the screen, and those of the desk and the archive.

Exit codes: 0, 1 where problems were found, 2 for unusable input, 130 where it was stopped.
"""

import argparse
import json
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from contested.cli import check
from contested.cli.terminal import ALONE, OK, PROBLEMS, STOPPED, UNUSABLE, add, given_of, tell, watched
from contested.ingest.codebooks import CODEBOOKS
from contested.model.problem import ContestedError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command."""
    asked = sys.argv[1:] if arguments is None else list(arguments)
    given = _parser(asked).parse_args(asked)
    try:
        code: int = given.run(given)
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
            fix, where = one.get("ctx", {}).get("fix", ""), ".".join(map(str, one["loc"]))
            print(f"contested: {where} {one['input']!r}: {one['msg']}; {fix}".rstrip("; "), file=sys.stderr)
        return UNUSABLE
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        print(f"contested: {_unforeseen(error)}", file=sys.stderr)
        return UNUSABLE
    return code


def _unforeseen(error: Exception) -> str:
    """Say what stopped a command that nobody foresaw: the system's own refusal, or a fault of the program."""
    match error:
        case OSError():
            what = f" {error.filename}" if error.filename else ""
            return f"the system refuses{what}: {error.strerror or type(error).__name__}"
        case MemoryError():
            return "the memory of this machine is not enough; choose fewer claims"
    where = traceback.extract_tb(error.__traceback__)[-1]
    fault = f"{type(error).__name__} in {Path(where.filename).name}, line {where.lineno}"
    return f"the program has a fault: {fault}; report it (python -X dev -m contested shows all of it)"


def _parser(asked: Sequence[str]) -> argparse.ArgumentParser:
    """Tell the commands; the others need more than reading a file does, and are slow to import beside a check."""
    parser = argparse.ArgumentParser("contested", description="Events that are told more than one way.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_check(commands.add_parser("check", help="name every problem of a story or a file of claims"))
    if asked[:1] != ["check"]:
        from contested.cli import ask, edit, record  # noqa: PLC0415

        ask.add(commands)
        add(commands, edit.COMMANDS | record.COMMANDS)
    return parser


def _add_check(check: argparse.ArgumentParser) -> None:
    check.add_argument("path", type=Path)
    check.add_argument("--codebook", choices=[book.name for book in CODEBOOKS], help="by default found by the columns")
    tell(check, ALONE)
    check.add_argument("--format", choices=("table", "json"), default="table")
    check.set_defaults(run=_check)


def _check(given: argparse.Namespace) -> int:
    with watched() as progress:
        found = check.inspected(given.path, given_of(given, given.path.name), given.codebook, progress)
    print(json.dumps(found.document(), indent=1) if given.format == "json" else found.page())
    return UNUSABLE if found.examination.refused else PROBLEMS if found.problems else OK
