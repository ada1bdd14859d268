"""The comparison: how two positions on one question stand to each other, and why.

They are compared as what they are: ranges of numbers, bounds of time, places with a radius, yes and no, or words.
Disjoint ranges contradict, overlapping ones are compatible, equal ones agree. What need not be of the same event or of
the same responder can at most be compatible, and a running total may have grown from the lower figure to the later one.
"""

from enum import StrEnum
from math import inf
from typing import NamedTuple

from contested.ground import Point, kilometres


class Relation(StrEnum):
    """How two positions on one question stand to each other."""

    CONTRADICT = "contradict"
    REJECTED = "rejected"
    DIFFER = "differ"
    COMPATIBLE = "compatible"
    AGREE = "agree"


DISAGREEMENTS = (Relation.CONTRADICT, Relation.REJECTED, Relation.DIFFER)


class Rule(StrEnum):
    """Why two positions stand as they do, where it is not for their values alone."""

    VALUE = "value"
    IDENTITY = "identity"
    RESPONDER = "responder"
    GREW = "grew"
    DISTANCE = "distance"
    ORDER = "order"
    WITHIN = "within"
    LARGER = "larger"


class Stated(NamedTuple):
    """When the claims behind a position were said: the first by when at the latest, the last when at the earliest."""

    by: float
    first: str
    after: float
    last: str


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
    """Every claim that says so, the one that is nearest to the account's own words first."""
    via: str | None = None
    milestone: str | None = None
    key: str = ""
    """What makes the question the same, where its words alone do not."""
    posed: bool = True
    """Whether a claim asks in words; else only structure does."""
    responder: str | None = None
    """Who came, where several may have come."""
    certain: bool = True
    """Whether it is sure to be about this event."""
    running: bool = False
    """Whether the figure is a total that grows."""
    several: bool = False
    """Whether an account may mean several values at once."""
    spot: tuple[Point, float | None] | None = None
    part_of: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    """What it goes back to: claims, documents, voices, sides."""
    sources: tuple[str, ...] = ()
    stated: Stated | None = None
    when: str = ""
    """When it was said, in words."""
    speakers: tuple[str, ...] = ()
    """Who said it, by role."""

    @property
    def topic(self) -> str:
        """What makes two positions answers to the same question."""
        return self.key or f"{self.question} {self.event_id if self.milestone else ''}"


def related(one: Position, other: Position) -> Relation:
    """Say how two positions on one question stand to each other."""
    return compared(one, other)[0]


def compared(one: Position, other: Position) -> tuple[Relation, Rule]:
    """Say how two positions on one question stand to each other, and why."""
    if not (one.certain and other.certain):
        return Relation.COMPATIBLE, Rule.IDENTITY
    if one.responder != other.responder:
        return Relation.COMPATIBLE, Rule.RESPONDER
    if (one.stance == "denies") != (other.stance == "denies"):
        denial, told = (one, other) if one.stance == "denies" else (other, one)
        return _denied(denial, told), Rule.VALUE
    if one.spot and other.spot:
        return _placed(one, other)
    if one.bounds and other.bounds:
        return _ranged(one, other)
    return _worded(one.said, other.said), Rule.VALUE


def smallest(one: Position, other: Position) -> list[str]:
    """Name one claim of each that cannot both be true."""
    high, low = (one, other) if (one.bounds or (0, 0)) > (other.bounds or (0, 0)) else (other, one)
    if one.running and other.running and high.stated and low.stated:
        return sorted({high.stated.first, low.stated.last})
    return sorted({one.claim_ids[0], other.claim_ids[0]})


def _denied(denial: Position, told: Position) -> Relation:
    """Compare a denial with what it may deny: a figure is denied where it leaves nothing beside it."""
    if denial.bounds and told.bounds and not (denial.bounds[0] <= told.bounds[0] <= told.bounds[1] <= denial.bounds[1]):
        return Relation.COMPATIBLE
    denied = Relation.REJECTED if told.stance == "relays" else Relation.CONTRADICT
    if denial.bounds and told.bounds:
        return denied
    relation = _worded(denial.said, told.said)
    return denied if denied is Relation.REJECTED and relation is not Relation.AGREE else relation


def _ranged(one: Position, other: Position) -> tuple[Relation, Rule]:
    first, second = one.bounds or (-inf, inf), other.bounds or (-inf, inf)
    if one.stance == "denies" or (first[0] <= second[1] and second[0] <= first[1]):
        return (Relation.AGREE if first == second else Relation.COMPATIBLE), Rule.VALUE
    if not (one.running and other.running):
        return Relation.CONTRADICT, Rule.VALUE
    high, low = (one.stated, other.stated) if first > second else (other.stated, one.stated)
    fell = high and low and high.by <= low.after
    return (Relation.CONTRADICT, Rule.VALUE) if fell else (Relation.DIFFER, Rule.GREW)


def _placed(one: Position, other: Position) -> tuple[Relation, Rule]:
    """Compare two places: too far apart for how far each may be off, or not."""
    if one.spot is None or other.spot is None or one.spot == other.spot:
        return Relation.AGREE, Rule.VALUE
    (here, near), (there, around) = one.spot, other.spot
    if near is None or around is None:
        return Relation.DIFFER, Rule.VALUE
    apart = kilometres(here, there) > near + around
    return (Relation.CONTRADICT if apart else Relation.COMPATIBLE), Rule.DISTANCE


def _worded(one: str, other: str) -> Relation:
    first, second = _polarity(one), _polarity(other)
    if first and second:
        return Relation.AGREE if first == second else Relation.CONTRADICT
    return Relation.AGREE if one.casefold() == other.casefold() else Relation.DIFFER


def _polarity(said: str) -> str | None:
    word = said.casefold().replace(",", " ").split()[:1]
    return word[0] if word and word[0] in {"yes", "no"} else None


def range_of(low: float | None, best: float | None, high: float | None) -> tuple[float, float] | None:
    """Give the range that a stated figure leaves open; "at least 8" has no upper end."""
    known = [number for number in (low, best, high) if number is not None]
    if not known:
        return None
    only_low, only_high = best is None and high is None, best is None and low is None
    return (-inf if only_high else min(known), inf if only_low else max(known))
