"""The command `completion`: what a shell must know to complete our commands, read from the commands themselves."""

import argparse
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from contested.cli.terminal import OK, Commands

SHELLS = ("bash", "zsh", "fish")
_WHERE = {
    "bash": "contested completion bash > ~/.local/share/bash-completion/completions/contested",
    "zsh": "contested completion zsh > a file that .zshrc sources",
    "fish": "contested completion fish > ~/.config/fish/completions/contested.fish",
}


class _Option(NamedTuple):
    """An option of a command: its names, what it does, the words that it takes, and whether it takes any."""

    names: list[str]
    words: str
    choices: list[str]
    takes_more: bool


class _Known(NamedTuple):
    """A command: its name, what it does, its options, and the words that may follow it."""

    name: str
    words: str
    options: list[_Option]
    choices: list[str]


def add(commands: Commands, parser: argparse.ArgumentParser) -> None:
    """Add the command; it is asked about the whole parser once that is complete."""
    lines = "\n".join(_WHERE.values())
    completion = commands.add_parser(
        "completion",
        help="print what lets a shell complete commands and options",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=f"for example:\n{lines}",
    )
    completion.add_argument("shell", choices=SHELLS)
    completion.set_defaults(run=partial(_completion, parser))


def _completion(parser: argparse.ArgumentParser, arguments: argparse.Namespace) -> int:
    known = list(_commands(parser))
    print("\n".join({"bash": _bash, "zsh": _zsh, "fish": _fish}[arguments.shell](known)))
    return OK


def _commands(parser: argparse.ArgumentParser) -> Iterator[_Known]:
    """Read every command."""
    [commands] = [one for one in _actions(parser) if isinstance(one, argparse._SubParsersAction)]  # noqa: SLF001
    told = {one.dest: one.help or "" for one in commands._get_subactions()}  # noqa: SLF001
    for name, command in commands.choices.items():
        actions = _actions(command)
        options = [
            _Option(list(one.option_strings), one.help or "", _choices(one), one.nargs != 0)
            for one in actions
            if one.option_strings
        ]
        following = [word for one in actions if not one.option_strings for word in _choices(one)]
        yield _Known(name, told.get(name, ""), options, following)


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return parser._actions  # noqa: SLF001 argparse names them nowhere else


def _choices(action: argparse.Action) -> list[str]:
    return [str(one) for one in action.choices or ()]


def _bash(known: Sequence[_Known]) -> Iterator[str]:
    """Write a function for bash; where it has no word, files are completed."""
    yield "_contested() {"
    yield '  local current=${COMP_WORDS[COMP_CWORD]} words=""'
    yield f'  if [ "$COMP_CWORD" = 1 ]; then words="{" ".join(one.name for one in known)}"; else'
    yield '  case "${COMP_WORDS[1]} ${COMP_WORDS[COMP_CWORD-1]}" in'
    for one in known:
        for option in one.options:
            if option.choices:
                spelt = "|".join(f'"{one.name} {name}"' for name in option.names)
                yield f'    {spelt}) words="{" ".join(option.choices)}" ;;'
    for one in known:
        flags = (name for option in one.options for name in option.names)
        yield f'    "{one.name} "*) words="{" ".join([*one.choices, *flags])}" ;;'
    yield "  esac; fi"
    yield '  COMPREPLY=($(compgen -W "$words" -- "$current"))'
    yield "}"
    yield "complete -o default -F _contested contested"


def _zsh(known: Sequence[_Known]) -> Iterator[str]:
    """Write the same for zsh, which understands functions for bash."""
    yield "autoload -U +X compinit && compinit"
    yield "autoload -U +X bashcompinit && bashcompinit"
    yield from _bash(known)


def _fish(known: Sequence[_Known]) -> Iterator[str]:
    """Write a line for each command and option of fish."""
    for one in known:
        yield f"complete -c contested -n __fish_use_subcommand -a {one.name} -d {_quoted(one.words)}"
        here = f"complete -c contested -n '__fish_seen_subcommand_from {one.name}'"
        if one.choices:
            yield f"{here} -a {_quoted(' '.join(one.choices))}"
        for option in one.options:
            names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
            takes = f" -x -a {_quoted(' '.join(option.choices))}" if option.choices else " -r" * option.takes_more
            yield f"{here} {names}{takes} -d {_quoted(option.words)}"


def _quoted(words: str) -> str:
    """Quote words for fish."""
    plain = " ".join(words.replace("%%", "%").split())
    return "'" + plain.replace("\\", "\\\\").replace("'", "\\'") + "'"
