"""How two positions on one question stand to each other, and why.

They are compared as what they are: ranges of numbers, bounds of time, places with a radius, yes and no, or words.
Disjoint ranges contradict, overlapping ones are compatible, equal ones agree. What need not be of the same event or of
the same responder can at most be compatible, and a running total may have grown from the lower figure to the later one.
Each rule goes through all pairs at once.
"""

from enum import IntEnum, StrEnum

import numpy as np
import pyarrow as pa

from contested.analysis.comparison.columns import Array, group_by
from contested.analysis.comparison.position import value_text
from contested.analysis.comparison.positions import SPOT, Positions
from contested.model.geo import kilometres
from contested.model.vocabulary import Stance

Spot = tuple[float, float, float | None]
"""Latitude, longitude and radius in kilometres."""


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


def compare(positions: Positions, one: Array, other: Array) -> tuple[Array, Array]:
    """Return the relation and the rule of each pair, by their numbers in the two enumerations."""
    certain, responder, alone, running = (positions[name] for name in ("certain", "responder", "event_only", "running"))
    denies, placed, ranged = positions["denies"], ~np.isnan(positions["latitude"]), ~np.isnan(positions["lower"])
    relation, rule = np.full(len(one), AGREE), np.full(len(one), Rule.VALUE)
    undecided = np.ones(len(one), bool)
    for applies, judge in (
        (~(certain[one] & certain[other]), lambda *_: (COMPATIBLE, Rule.IDENTITY)),
        (responder[one] != responder[other], lambda *_: (COMPATIBLE, Rule.RESPONDER)),
        ((alone[one] & running[other]) | (running[one] & alone[other]), lambda *_: (COMPATIBLE, Rule.SCOPE)),
        (denies[one] != denies[other], _denied),
        (placed[one] & placed[other], _placed),
        (ranged[one] & ranged[other], _ranged),
        (True, _worded),
    ):
        mine = np.flatnonzero(undecided & applies)
        if len(mine):
            relation[mine], rule[mine] = judge(positions, one[mine], other[mine])
            undecided[mine] = False
    return relation, rule


def _denied(positions: Positions, one: Array, other: Array) -> tuple[Array, int]:
    """Compare a denial with what it may deny: a figure is denied where it leaves nothing beside it."""
    denial, claim = np.where(positions["denies"][one], (one, other), (other, one))
    lower, upper = positions["lower"], positions["upper"]
    relayed = positions.columns.equals("stance", Stance.RELAYS)[claim]
    relation = np.full(len(one), COMPATIBLE)
    ranged = ~np.isnan(lower[denial]) & ~np.isnan(lower[claim])
    everything = ranged & (lower[denial] <= lower[claim]) & (upper[claim] <= upper[denial])
    relation[everything] = np.where(relayed, REJECTED, CONTRADICT)[everything]
    words = np.flatnonzero(~ranged)
    apart, _ = _worded(positions, one[words], other[words])
    relation[words] = np.where(relayed[words] & (apart != AGREE), REJECTED, apart)
    return relation, Rule.VALUE


def _ranged(positions: Positions, one: Array, other: Array) -> tuple[Array, Array]:
    lower, upper, running = positions["lower"], positions["upper"], positions["running"]
    overlap = (lower[one] <= upper[other]) & (lower[other] <= upper[one])
    same = (lower[one] == lower[other]) & (upper[one] == upper[other])
    higher = is_higher(positions, one, other)
    fell = (
        positions["stated_by"][np.where(higher, one, other)] <= positions["stated_after"][np.where(higher, other, one)]
    )
    grew = running[one] & running[other] & ~fell
    apart = ~overlap & ~positions["denies"][one]
    relation = np.where(apart, np.where(grew, DIFFER, CONTRADICT), np.where(same, AGREE, COMPATIBLE))
    return relation, np.where(apart & grew, Rule.GREW, Rule.VALUE)


def is_higher(positions: Positions, one: Array, other: Array) -> Array:
    """Say whether the range of the one is above that of the other."""
    lower, upper = positions["lower"], positions["upper"]
    found: Array = (lower[one] > lower[other]) | ((lower[one] == lower[other]) & (upper[one] > upper[other]))
    return found


def _placed(positions: Positions, one: Array, other: Array) -> tuple[Array, Array]:
    """Compare two places, each two once: too far apart for how far each may be off, or not."""
    spots = [positions[name][rows] for rows in (one, other) for name in SPOT]
    groups = group_by(*spots)
    cells = (pa.array(column[groups.first], from_pandas=True).to_pylist() for column in spots)
    found = np.array([_apart(spot[:3], spot[3:]) for spot in zip(*cells, strict=True)])
    return groups.broadcast(found[:, 0]), groups.broadcast(found[:, 1])


def _apart(one: Spot, other: Spot) -> tuple[int, int]:
    if one == other:
        return AGREE, Rule.VALUE
    if one[2] is None or other[2] is None:
        return DIFFER, Rule.VALUE
    apart = kilometres(one[:2], other[:2]) > one[2] + other[2]
    return CONTRADICT if apart else COMPATIBLE, Rule.DISTANCE


def _worded(positions: Positions, one: Array, other: Array) -> tuple[Array, int]:
    """Compare two answers in words: as yes and no where both begin so."""
    rows, number = np.unique([one, other], return_inverse=True)
    folded = [value_text(positions, row).casefold() for row in rows.tolist()]
    word = pa.array(folded, pa.string()).dictionary_encode().indices.to_numpy()[number].reshape(2, -1)
    yes_or_no = np.array([_polarity(text) for text in folded], int)[number].reshape(2, -1)
    both = yes_or_no.all(axis=0)
    same = np.where(both, yes_or_no[0] == yes_or_no[1], word[0] == word[1])
    return np.where(same, AGREE, np.where(both, CONTRADICT, DIFFER)), Rule.VALUE


def _polarity(text: str) -> int:
    """Tell an answer of yes (2) or no (1) from any other (0)."""
    word = text.replace(",", " ").split()[:1]
    return {"yes": 2, "no": 1}.get("".join(word), 0)
