"""What commands share: how an argument is told, and how words are printed."""

import argparse
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

Told = dict[str, Any]
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 it has no public name
Command = tuple[Callable[[argparse.Namespace], int], str, Mapping[str, Told]]
"""What it runs, what it does in words, and its arguments."""

OK, PROBLEMS, UNUSABLE = 0, 1, 2
"""How a command ends: well, with problems found, on unusable input."""

STORE: Told = {"required": True, "metavar": "STORE", "help": "a record: a file, or postgresql://…"}
STORY: Told = {"metavar": "NAME", "help": "which story of the record"}


def add(commands: Commands, added: Mapping[str, Command]) -> None:
    """Add commands to the terminal."""
    for name, (run, words, arguments) in added.items():
        command = commands.add_parser(name, help=words, description=words)
        for argument, told in arguments.items():
            command.add_argument(argument, **told)
        command.set_defaults(run=run)


def say(text: str) -> None:
    """Print words, if any, that may come from a file: a terminal obeys control characters, so they are written out."""
    if text:
        print("".join(one if one.isprintable() or one == "\n" else f"\\x{ord(one):02x}" for one in text))
