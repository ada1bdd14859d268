"""The comparison: how two positions on one question stand to each other, and why.

They are compared as what they are: ranges of numbers, bounds of time, places with a radius, yes and no, or words.
Disjoint ranges contradict, overlapping ones are compatible, equal ones agree. What need not be of the same event or of
the same responder can at most be compatible, and a running total may have grown from the lower figure to the later one.
Each rule goes through all pairs in columns.
"""

from enum import IntEnum, StrEnum

import numpy as np
import pyarrow as pa

from contested.analysis.comparison.deduplicate import kinds
from contested.analysis.comparison.position import denials, flags, known, nearest, places, reals, words
from contested.analysis.comparison.words import Flags, Numbers, Reals, read
from contested.model.geo import kilometres

Spot = tuple[float, float, float | None]


class Relation(StrEnum):
    """How two positions on one question stand to each other."""

    CONTRADICT = "contradict"
    REJECTED = "rejected"
    DIFFER = "differ"
    COMPATIBLE = "compatible"
    AGREE = "agree"


DISAGREEMENTS = (Relation.CONTRADICT, Relation.REJECTED, Relation.DIFFER)


class Rule(IntEnum):
    """Why two positions stand as they do, where it is not for their values alone."""

    VALUE, IDENTITY, RESPONDER, GREW, DISTANCE, ORDER, WITHIN, LARGER, SCOPE = range(9)


CONTRADICT, REJECTED, DIFFER, COMPATIBLE, AGREE = range(len(Relation))
"""The relations by their numbers, as columns hold them."""


def compared(told: pa.RecordBatch, one: Numbers, other: Numbers) -> tuple[Numbers, Numbers]:
    """Say how the positions of each pair stand to each other, and why: by their numbers in the two enumerations."""
    certain, denies, responder = flags(told, "certain"), denials(told), words(told, "responder").number
    alone, running = flags(told, "alone"), flags(told, "running")
    placed, ranged = known(told, "latitude"), known(told, "lower")
    relation, rule = np.full(len(one), AGREE), np.full(len(one), Rule.VALUE)
    open_still = np.ones(len(one), bool)
    for applies, judge in (
        (~(certain[one] & certain[other]), _unsure),
        (responder[one] != responder[other], _elsewhere),
        ((alone[one] & running[other]) | (running[one] & alone[other]), _of_another_scope),
        (denies[one] != denies[other], _denied),
        (placed[one] & placed[other], _placed),
        (ranged[one] & ranged[other], _ranged),
        (True, _worded),
    ):
        mine = np.flatnonzero(open_still & applies)
        if len(mine):
            relation[mine], rule[mine] = judge(told, one[mine], other[mine])
            open_still[mine] = False
    return relation, rule


def _unsure(*_: object) -> tuple[int, int]:
    return COMPATIBLE, Rule.IDENTITY


def _elsewhere(*_: object) -> tuple[int, int]:
    return COMPATIBLE, Rule.RESPONDER


def _of_another_scope(*_: object) -> tuple[int, int]:
    return COMPATIBLE, Rule.SCOPE


def smallest(told: pa.RecordBatch, one: Numbers, other: Numbers) -> tuple[Numbers, Numbers]:
    """Name two claims that cannot both be true, by their places: where a total fell, its first and the lower's last."""
    higher = is_higher(told, one, other)
    high, low = np.where(higher, (one, other), (other, one))
    first, last = places(told, "first")[high], places(told, "last")[low]
    fell = (first >= 0) & (last >= 0) & (reals(told, "lower")[high] > reals(told, "upper")[low])
    return np.where(fell, first, nearest(told, one)), np.where(fell, last, nearest(told, other))


def _denied(told: pa.RecordBatch, one: Numbers, other: Numbers) -> tuple[Numbers, int]:
    """Compare a denial with what it may deny: a figure is denied where it leaves nothing beside it."""
    denial, said = np.where(denials(told)[one], (one, other), (other, one))
    lower, upper, ranged = reals(told, "lower"), reals(told, "upper"), known(told, "lower")
    relayed, told_apart = words(told, "stance").among(["relays"])[said], _worded(told, one, other)[0]
    everything = (lower[denial] <= lower[said]) & (upper[said] <= upper[denial])
    in_words = np.where(relayed & (told_apart != AGREE), REJECTED, told_apart)
    in_range = np.where(everything, np.where(relayed, REJECTED, CONTRADICT), COMPATIBLE)
    return np.where(ranged[denial] & ranged[said], in_range, in_words), Rule.VALUE


def _ranged(told: pa.RecordBatch, one: Numbers, other: Numbers) -> tuple[Numbers, Numbers]:
    lower, upper, running = reals(told, "lower"), reals(told, "upper"), flags(told, "running")
    overlap = (lower[one] <= upper[other]) & (lower[other] <= upper[one])
    same = (lower[one] == lower[other]) & (upper[one] == upper[other])
    high, low = np.where(is_higher(told, one, other), (one, other), (other, one))
    fell = reals(told, "stated_by")[high] <= reals(told, "stated_after")[low]
    grew = running[one] & running[other] & ~fell
    apart = ~overlap & ~denials(told)[one]
    relation = np.where(apart, np.where(grew, DIFFER, CONTRADICT), np.where(same, AGREE, COMPATIBLE))
    return relation, np.where(apart & grew, Rule.GREW, Rule.VALUE)


def is_higher(told: pa.RecordBatch, one: Numbers, other: Numbers) -> Flags:
    """Say whether the range of the one is above that of the other."""
    lower, upper = reals(told, "lower"), reals(told, "upper")
    found: Flags = (lower[one] > lower[other]) | ((lower[one] == lower[other]) & (upper[one] > upper[other]))
    return found


def _placed(told: pa.RecordBatch, one: Numbers, other: Numbers) -> tuple[Numbers, Numbers]:
    """Compare two places: too far apart for how far each may be off, or not."""
    spot, spots = kinds(lambda *where: where, *(reals(told, name) for name in _SPOT))
    pair, found = kinds(lambda *pair: _apart(*(spots[each] for each in pair)), spot[one], spot[other])
    relation, rule = np.array(found, np.int64).reshape(-1, 2).T
    return relation[pair], rule[pair]


_SPOT = ("latitude", "longitude", "radius_km")


def _apart(one: Spot, other: Spot) -> tuple[int, int]:
    if one == other or None in {*one[:2], *other[:2]}:
        return AGREE, Rule.VALUE
    if one[2] is None or other[2] is None:
        return DIFFER, Rule.VALUE
    apart = kilometres(one[:2], other[:2]) > one[2] + other[2]
    return CONTRADICT if apart else COMPATIBLE, Rule.DISTANCE


def _worded(told: pa.RecordBatch, one: Numbers, other: Numbers) -> tuple[Numbers, int]:
    """Compare two answers in words: as yes and no where both begin so."""
    said = words(told, "said")
    number, folded = kinds(str.casefold, said.take(np.concatenate([one, other])))
    same = read(pa.array(folded, pa.string())).number[number].reshape(2, -1)
    yes_or_no = np.array([_polarity(text) for text in folded], np.int64)[number].reshape(2, -1)
    both = yes_or_no.all(axis=0)
    alike = np.where(both, yes_or_no[0] == yes_or_no[1], same[0] == same[1])
    return np.where(alike, AGREE, np.where(both, CONTRADICT, DIFFER)), Rule.VALUE


def _polarity(said: str) -> int:
    """Tell an answer of yes (2) or no (1) from any other (0)."""
    word = said.replace(",", " ").split()[:1]
    return {"yes": 2, "no": 1}.get("".join(word), 0)


def ranges(low: Reals, best: Reals, high: Reals) -> tuple[Reals, Reals]:
    """Give the range that each stated figure leaves open; "at least 8" has no upper end."""
    every = np.array([low, best, high])
    lower = np.where(np.isnan(best) & np.isnan(low), -np.inf, np.fmin.reduce(every))
    upper = np.where(np.isnan(best) & np.isnan(high), np.inf, np.fmax.reduce(every))
    unknown = np.isnan(every).all(axis=0)
    return np.where(unknown, np.nan, lower), np.where(unknown, np.nan, upper)
