"""Disputes: which claims cannot all be true, which can, and which say the same.

Two positions on one question are compared as what they are: ranges of numbers, bounds of time, yes and no, or words.
Disjoint ranges contradict, overlapping ones are compatible, equal ones agree. An order that cannot be (help sets out
before it is called) contradicts too; where every milestone has bounds of its own, two claims are always the smallest
such set (simple temporal problems, Dechter, Meiri and Pearl 1991).
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import combinations
from math import inf
from typing import NamedTuple

from contested.vocabulary import Milestone


class Relation(StrEnum):
    """How two positions on one question stand to each other."""

    CONTRADICT = "contradict"
    REJECTED = "rejected"
    DIFFER = "differ"
    COMPATIBLE = "compatible"
    AGREE = "agree"


DISAGREEMENTS = (Relation.CONTRADICT, Relation.REJECTED, Relation.DIFFER)


class Position(NamedTuple):
    """What one account says on one question."""

    event_id: str
    question: str
    account: str
    said: str
    """The value in words."""
    stance: str
    bounds: tuple[float, float] | None
    """The value as a range, of numbers or of epoch seconds; None if it is neither."""
    claim_ids: tuple[str, ...]
    via: str | None = None
    milestone: str | None = None


class Dispute(NamedTuple):
    """Two positions and how they stand to each other; the same account twice contradicts itself."""

    one: Position
    other: Position
    relation: Relation

    @property
    def claim_ids(self) -> list[str]:
        """The smallest set of claims that shows it."""
        return sorted({*self.one.claim_ids, *self.other.claim_ids})


def disputes(positions: Iterable[Position]) -> Iterator[Dispute]:
    """Compare every two positions on one question, and every two milestones of one event that have an order."""
    asked: dict[tuple[str, str], list[Position]] = {}
    timed: dict[str, list[Position]] = {}
    for position in positions:
        asked.setdefault((position.question, "" if position.milestone is None else position.event_id), []).append(
            position
        )
        if position.milestone and position.bounds:
            timed.setdefault(position.event_id, []).append(position)
    for alike in asked.values():
        yield from (
            Dispute(one, other, related(one, other)) for one, other in combinations(alike, 2) if _compared(one, other)
        )
    for of_event in timed.values():
        yield from (
            Dispute(first, later, Relation.CONTRADICT)
            for first in of_event
            for later in of_event
            if _in_order(first, later) and first.bounds and later.bounds and first.bounds[0] > later.bounds[1]
        )


def related(one: Position, other: Position) -> Relation:
    """Say how two positions on one question stand to each other."""
    if "denies" in {one.stance, other.stance} and one.stance != other.stance:
        return Relation.REJECTED if "relays" in {one.stance, other.stance} else _worded(one, other)
    if one.bounds and other.bounds:
        return _ranged(one.bounds, other.bounds)
    return _worded(one, other)


def _compared(one: Position, other: Position) -> bool:
    """Leave out what one account says twice, unless it contradicts itself; two of its answers may both be meant."""
    return one.account != other.account or related(one, other) in {Relation.CONTRADICT, Relation.REJECTED}


def _ranged(one: tuple[float, float], other: tuple[float, float]) -> Relation:
    if one == other:
        return Relation.AGREE
    return Relation.CONTRADICT if one[0] > other[1] or other[0] > one[1] else Relation.COMPATIBLE


def _worded(one: Position, other: Position) -> Relation:
    first, second = (_polarity(position.said) for position in (one, other))
    if first and second:
        return Relation.AGREE if first == second else Relation.CONTRADICT
    return Relation.AGREE if one.said.casefold() == other.said.casefold() else Relation.DIFFER


def _polarity(said: str) -> str | None:
    word = said.casefold().replace(",", " ").split()[:1]
    return word[0] if word and word[0] in {"yes", "no"} else None


def _in_order(first: Position, later: Position) -> bool:
    """Say whether one milestone cannot come after the other."""
    order = list(Milestone)
    if first.milestone is None or later.milestone is None:
        return False
    return order.index(Milestone(first.milestone)) < order.index(Milestone(later.milestone))


def range_of(low: float | None, best: float | None, high: float | None) -> tuple[float, float] | None:
    """Give the range that a stated figure leaves open; "at least 8" has no upper end."""
    known = [number for number in (low, best, high) if number is not None]
    if not known:
        return None
    only_low, only_high = best is None and high is None, best is None and low is None
    return (-inf if only_high else min(known), inf if only_low else max(known))
