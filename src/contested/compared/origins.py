"""The origins: how many independent ones stand behind positions that agree.

What repeats the same words, stands in the same document, comes from the same voice or is told on the same side goes
back to one origin, however often it is printed.
"""

from collections.abc import Iterable

from contested.wording import counted


def independent(found: Iterable[Iterable[str]]) -> int:
    """Count the groups that share no origin with each other."""
    apart: list[set[str]] = []
    for origins in map(set, found):
        shared = [group for group in apart if group & origins]
        apart = [group for group in apart if not group & origins]
        apart.append(origins.union(*shared))
    return len(apart)


def said(number: int) -> str:
    """Say how many origins: one is no corroboration."""
    return "1 origin" if number == 1 else counted(number, "independent origin")
