"""What commands share: argument definitions, the options of reading a file, printing and progress."""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from pydantic_core import PydanticCustomError

from contested.ingest import mapping, mends
from contested.ingest.characters import printable
from contested.ingest.encoding import CHOICES
from contested.ingest.options import Given
from contested.ingest.worker import Progress, no_progress
from contested.model.problem import BadSelectionError
from contested.model.times import zone_name
from contested.model.wording import how_far

Argument = dict[str, Any]
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 it has no public name
Command = tuple[Callable[[argparse.Namespace], int], str, Mapping[str, Argument]]
"""A command: its function, its help (the first line is the short one), and its arguments."""

OK, PROBLEMS, UNUSABLE, STOPPED = 0, 1, 2, 130
"""Exit codes: success, problems found, unusable input, interrupted by Ctrl-C."""

STORE: Argument = {"required": True, "metavar": "STORE", "help": "a record: a file, or postgresql://…"}
STORY: Argument = {"metavar": "NAME", "help": "which story of the record"}

FILE: dict[str, Argument] = {
    "--clocks": {"metavar": "ZONE", "help": "the IANA time zone of the file's clocks, where they name none"},
    "--encoding": {"choices": CHOICES, "help": "of the letters, where they do not show it"},
    "--sheet": {"metavar": "NAME", "help": "the sheet of a workbook that holds the records"},
    "--may-speak": {"action": "append", "default": [], "metavar": "ACCOUNT", "help": "an account; may be repeated"},
    "--vague": {"action": "store_true", "help": "read bare ranges and bounds such as 10+ or 5-6 p.m."},
    "--mapping": {"type": Path, "metavar": "FILE", "help": "what each column holds, as `contested map` writes it"},
    "--mends": {
        "type": Path,
        "metavar": "FILE",
        "help": "cells that were corrected on the page Import, as it keeps them",
    },
    "--date-order": {
        "choices": ("day", "month", "year"),
        "help": "which is first in dates such as 03/04/2021 or 31-03-14",
    },
    "--decimal-mark": {"choices": (".", ","), "help": "the mark before a fraction; the other then parts thousands"},
}
"""Options of reading a file."""
FILE_WITH_ACCOUNT: dict[str, Argument] = {
    f"{name} --account" if name == "--may-speak" else name: options for name, options in FILE.items()
}
"""The same, with `--account` as an alias of `--may-speak`, for commands in which no filter has that name."""


def reading_options(arguments: argparse.Namespace, name: str) -> Given:
    """Collect the options of reading a file; raises `BadSelectionError` for an unknown zone."""
    try:
        zone = zone_name(arguments.clocks) if arguments.clocks else None
    except PydanticCustomError as error:
        message = f"--clocks {arguments.clocks!r}: {error.message()}; {(error.context or {}).get('fix')}"
        raise BadSelectionError(message) from None
    return Given(
        name,
        zone,
        arguments.sheet,
        tuple(arguments.may_speak),
        arguments.vague,
        arguments.encoding,
        date_order=arguments.date_order,
        decimal_mark=arguments.decimal_mark,
        mends=mends.load(arguments.mends) if arguments.mends else (),
        mapping=mapping.written(mapping.load(arguments.mapping)) if arguments.mapping else None,
    )


def add(commands: Commands, added: Mapping[str, Command]) -> None:
    """Add commands to the parser."""
    for name, (run, words, arguments) in added.items():
        short = words.partition("\n")[0]
        shape = argparse.RawDescriptionHelpFormatter if short != words else argparse.HelpFormatter
        command = commands.add_parser(name, help=short, description=words, formatter_class=shape)
        add_arguments(command, arguments)
        command.set_defaults(run=run)


def add_arguments(command: argparse._ActionsContainer, arguments: Mapping[str, Argument]) -> None:
    """Add arguments to a command or a group, each under its name or names."""
    for names, options in arguments.items():
        command.add_argument(*names.split(), **options)


def echo(text: str) -> None:
    """Print a text, if any, with its control characters escaped: it may come from a file."""
    if text:
        print(printable(text))


@contextmanager
def progress_line() -> Iterator[Progress]:
    """Show progress on one line of a terminal, cleared at the end; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield no_progress
        return
    try:
        yield lambda done, of: print(f"\r{how_far(done, of)}\x1b[K", end="", file=sys.stderr, flush=True)
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
