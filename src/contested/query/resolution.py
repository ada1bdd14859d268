"""The resolution: what a reader takes from figures or answers that differ, and what that sets aside.

Every rule that is in use among casualty recorders is a choice of the reader (Every Casualty, "How do casualty recorders
deal with disagreement"): to show all, which is the default; to give the range; to prefer a named account or source; to
go by the majority of independent origins; to leave it open. Nothing is resolved in silence.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, TypeVar

from contested.model.wording import counted, listing


class Resolution(StrEnum):
    """How disagreement is resolved; any other word names the account or the source that is preferred."""

    ALL = "all"
    RANGE = "range"
    MAJORITY = "majority"
    DEFER = "defer"


class Telling(NamedTuple):
    """What one account says, and what it goes back to."""

    account: str
    said: str
    value: Hashable
    """What makes two tellings the same."""
    origins: frozenset[str]
    """What it shares with a telling that is not independent of it: claims that repeat each other, a speaker, a side."""
    named: frozenset[str] = frozenset()
    """What else it may be preferred by: its documents, and the voice behind a side."""
    is_stated: bool = False
    """Whether it names whose words it passes on: an origin that is not stated is never an independent one."""


class Resolved(NamedTuple):
    """What a reader's rule concludes from several tellings: what it keeps, what it sets aside, and how, in words."""

    kept: tuple[Telling, ...]
    aside: tuple[Telling, ...]
    words: str

    def said(self, label: Callable[[str], str]) -> str:
        """Say how it was resolved and what was set aside."""
        aside = listing(dict.fromkeys(f"{label(one.account)} {one.said}" for one in self.aside))
        return f"{self.words}; set aside: {aside}" if self.aside else self.words


def resolved(tellings: Sequence[Telling], resolution: str, label: Callable[[str], str] = str) -> Resolved:
    """Resolve tellings that differ by a reader's rule; where it does not decide, all are kept and it is said."""
    told = tuple(tellings)
    match resolution:
        case Resolution.ALL:
            return Resolved(told, (), "")
        case Resolution.RANGE:
            return Resolved(told, (), "the range of all that is stated")
        case Resolution.DEFER:
            agreed = len({one.value for one in told}) == 1
            return Resolved(told, (), "") if agreed else Resolved((), told, "left open, as the reader defers")
        case Resolution.MAJORITY:
            return _majority(told)
        case name:
            kept = tuple(one for one in told if name in {one.account, *one.named})
            aside = tuple(one for one in told if one not in kept)
            words = f"{label(name)} preferred" if kept else f"{label(name)}, preferred, says nothing of it"
            return Resolved(kept, aside, words) if kept else Resolved(told, (), words)


def _majority(told: tuple[Telling, ...]) -> Resolved:
    """Keep what more than half of the origins say, of which none but the stated ones have a vote.

    An origin that says two things says neither.
    """
    origins = apart(told)
    stated = [origin for origin in origins if any(one.is_stated for one in origin)]
    votes: dict[Hashable, int] = {}
    for values in ({one.value for one in origin} for origin in stated):
        if len(values) == 1:
            votes[next(iter(values))] = votes.get(next(iter(values)), 0) + 1
    if not stated:
        return Resolved(told, (), "no majority, for no origin is stated")
    every = counted(len(stated), "independent origin")
    every += f" and {len(origins) - len(stated)} not stated" if len(stated) < len(origins) else ""
    winner = next((value for value, number in votes.items() if 2 * number > len(origins)), None)
    if winner is None:
        return Resolved(told, (), f"no majority of {every}")
    kept, aside = (tuple(one for one in told if (one.value == winner) is held) for held in (True, False))
    return Resolved(kept, aside, f"by majority: {votes[winner]} of {every}")


def apart(told: Iterable[Telling]) -> list[list[Telling]]:
    """Put those together that are not independent of each other."""
    return joined((one, one.origins if one.is_stated else {f"teller {one.account}", *one.origins}) for one in told)


_Member = TypeVar("_Member")


def joined(members: Iterable[tuple[_Member, Iterable[str]]]) -> list[list[_Member]]:
    """Put those together that have an origin in common, also through a third."""
    groups: list[tuple[list[_Member], set[str]]] = []
    for one, origins in ((one, set(found)) for one, found in members):
        shared = [group for group in groups if group[1] & origins]
        groups = [group for group in groups if not group[1] & origins]
        before = [each for several, _ in shared for each in several]
        groups.append(([*before, one], origins.union(*(more for _, more in shared))))
    return [several for several, _ in groups]


def sentence(resolution: str, named: Mapping[str, str]) -> str:
    """Say the reader's rule, for headings and stamps; nothing for the default."""
    rules: dict[str, str] = {
        Resolution.ALL: "",
        Resolution.RANGE: "disagreement shown as a range",
        Resolution.MAJORITY: "disagreement resolved by majority of independent origins",
        Resolution.DEFER: "disagreement left open: the reader defers",
    }
    return rules.get(resolution, f"{named.get(resolution, resolution)} preferred where figures differ")
