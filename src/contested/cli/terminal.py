"""What commands share: how an argument is told, what is said of a file, and how words are printed."""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from pydantic_core import PydanticCustomError

from contested.ingest import mapping
from contested.ingest.characters import printable
from contested.ingest.encoding import CHOICES
from contested.ingest.options import Given
from contested.ingest.worker import Progress, no_progress
from contested.model.problem import BadSelectionError
from contested.model.times import zone_name
from contested.model.wording import how_far

Told = dict[str, Any]
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 it has no public name
Command = tuple[Callable[[argparse.Namespace], int], str, Mapping[str, Told]]
"""What it runs, what it does in words, of which the first line is the short one, and its arguments."""

OK, PROBLEMS, UNUSABLE, STOPPED = 0, 1, 2, 130
"""How a command ends: well, with problems found, on unusable input, by Ctrl-C."""

STORE: Told = {"required": True, "metavar": "STORE", "help": "a record: a file, or postgresql://…"}
STORY: Told = {"metavar": "NAME", "help": "which story of the record"}

FILE: dict[str, Told] = {
    "--clocks": {"metavar": "ZONE", "help": "the IANA time zone of the file's clocks, where they name none"},
    "--encoding": {"choices": CHOICES, "help": "of the letters, where they do not show it"},
    "--sheet": {"metavar": "NAME", "help": "the sheet of a workbook that holds the records"},
    "--may-speak": {"action": "append", "default": [], "metavar": "ACCOUNT", "help": "an account; may be repeated"},
    "--vague": {"action": "store_true", "help": "read bare ranges and bounds such as 10+ or 5-6 p.m."},
    "--mapping": {"type": Path, "metavar": "FILE", "help": "what each column holds, as `contested map` writes it"},
    "--date-order": {
        "choices": ("day", "month", "year"),
        "help": "which is first in dates such as 03/04/2021 or 31-03-14",
    },
    "--decimal-mark": {"choices": (".", ","), "help": "the mark before a fraction; the other then parts thousands"},
}
"""What a person says of a file that its cells do not say."""
ALONE: dict[str, Told] = {f"{name} --account" if name == "--may-speak" else name: told for name, told in FILE.items()}
"""The same, with the accounts that may speak under one more name, where no filter of an answer has it."""


def given_of(asked: argparse.Namespace, name: str) -> Given:
    """Give what was said of a file."""
    try:
        zone = zone_name(asked.clocks) if asked.clocks else None
    except PydanticCustomError as error:
        message = f"--clocks {asked.clocks!r}: {error.message()}; {(error.context or {}).get('fix')}"
        raise BadSelectionError(message) from None
    return Given(
        name,
        zone,
        asked.sheet,
        tuple(asked.may_speak),
        asked.vague,
        asked.encoding,
        date_order=asked.date_order,
        decimal_mark=asked.decimal_mark,
        mapping=mapping.written(mapping.load(asked.mapping)) if asked.mapping else None,
    )


def add(commands: Commands, added: Mapping[str, Command]) -> None:
    """Add commands to the terminal."""
    for name, (run, words, arguments) in added.items():
        short = words.partition("\n")[0]
        shape = argparse.RawDescriptionHelpFormatter if short != words else argparse.HelpFormatter
        command = commands.add_parser(name, help=short, description=words, formatter_class=shape)
        tell(command, arguments)
        command.set_defaults(run=run)


def tell(command: argparse._ActionsContainer, arguments: Mapping[str, Told]) -> None:
    """Add arguments to a command, each under its name or names."""
    for names, told in arguments.items():
        command.add_argument(*names.split(), **told)


def say(text: str) -> None:
    """Print words, if any, that may come from a file: a terminal obeys control characters, so they are written out."""
    if text:
        print(printable(text))


@contextmanager
def watched() -> Iterator[Progress]:
    """Show how far something is where a person sees it, on a line that goes when it is done."""
    if not sys.stderr.isatty():
        yield no_progress
        return
    try:
        yield lambda done, of: print(f"\r{how_far(done, of)}\x1b[K", end="", file=sys.stderr, flush=True)
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
