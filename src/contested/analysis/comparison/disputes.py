"""Disputes: which claims cannot all be true, which can, and which say the same.

Every two positions on one question are compared. Beyond one question, an order that cannot be (help sets out before it
is called) contradicts, and so does a part that begins before its whole, ends after it, or counts more than it. Where
every milestone has bounds of its own and all else is an order, two claims are always the smallest set that cannot all
be true (simple temporal problems, Dechter, Meiri and Pearl 1991).
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from contested.analysis.comparison.compare import CONTRADICT, REJECTED, Rule, compared, smallest
from contested.analysis.comparison.position import denials, flags, known, nearest, reals, words
from contested.analysis.comparison.questions import RESPONSE_END
from contested.analysis.comparison.words import Flags, Numbers, read
from contested.model.vocabulary import Milestone

_ORDER = {str(milestone): place for place, milestone in enumerate(Milestone)}
_ORDER[RESPONSE_END] = _ORDER[Milestone.END]
_OF_THE_EVENT = [str(milestone) for milestone in (Milestone.ONSET, Milestone.CALL)]
"""What comes before, whoever comes; of one responder are only its own dispatch, arrival and end."""
_AT_ONCE = 1 << 18
"""How many pairs are looked at in one go."""

Pairs = tuple[Numbers, Numbers]
"""Rows of the positions: those on the one side, and those on the other."""


class _Found(NamedTuple):
    """Pairs of positions, how they stand and why, and the places of the claims by which the two cannot both be true."""

    one: Numbers
    other: Numbers
    relation: Numbers
    rule: Numbers
    by_one: Numbers
    by_other: Numbers


_NOTHING = _Found(*[np.zeros(0, np.int64)] * len(_Found._fields))


def disputes(told: pa.RecordBatch, wholes: Mapping[str, frozenset[str]] | None = None) -> pa.RecordBatch:
    """Compare every two positions on one question, every two milestones that have an order, and parts with wholes.

    A row of the result, first what cannot be true and each question together: `one` and `other`, rows of the
    positions; `relation` and `rule` by their numbers; `by_one` and `by_other`, the places among the claims of all
    positions of two that cannot both be true.
    """
    found = [_NOTHING, *_alike(told), *_orders(told), *_within(told, wholes or {}), *_larger_parts(told)]
    pairs = _Found(*(np.concatenate(column) for column in zip(*found, strict=True)))
    order = np.argsort((pairs.relation * len(told) + pairs.one) * len(told) + pairs.other, kind="stable")
    return pa.record_batch({name: column[order] for name, column in pairs._asdict().items()})


def _alike(told: pa.RecordBatch) -> Iterator[_Found]:
    """Compare what answers one question; what one account says twice is told only where it contradicts itself."""
    account, several = words(told, "account").number, flags(told, "several")
    for one, other in _pairs(words(told, "topic").number):
        relation, rule = compared(told, one, other)
        itself = (relation == CONTRADICT) | (relation == REJECTED)
        kept = (account[one] != account[other]) | (itself & ~several[one])
        left, right = one[kept], other[kept]
        yield _Found(left, right, relation[kept], rule[kept], *smallest(told, left, right))


def _pairs(number: Numbers) -> Iterator[Pairs]:
    """Put every two rows of one number together, the earlier first, so many at once."""
    order = np.argsort(number, kind="stable")
    after = np.searchsorted(number[order], number[order], side="right") - np.arange(1, len(order) + 1)
    before = np.concatenate([[0], np.cumsum(after)])
    start = 0
    while start < len(order):
        stop = max(start + 1, int(np.searchsorted(before, before[start] + _AT_ONCE, side="right")) - 1)
        one = np.repeat(np.arange(start, stop), after[start:stop])
        other = np.arange(before[start], before[stop]) - before[one] + one + 1
        yield order[one], order[other]
        start = stop


def _orders(told: pa.RecordBatch) -> Iterator[_Found]:
    """Find every two claims of which the one puts a milestone after what cannot come before it."""
    timed = np.flatnonzero(_is_timed(told))
    milestone = words(told, "milestone")
    place = np.array([*(_ORDER.get(name, -1) for name in milestone.texts.tolist()), -1])[milestone.number]
    of_event = milestone.among(_OF_THE_EVENT) & ~known(told, "responder")
    ends = (place == _ORDER[Milestone.END]) & ~known(told, "responder")
    responder = words(told, "responder").number
    for pair in _pairs(words(told, "event_id").number[timed]):
        one, other = (timed[each] for each in pair)
        first, later = np.where(place[one] <= place[other], (one, other), (other, one))
        ordered = of_event[first] | (responder[first] == responder[later]) | ends[later]
        ordered &= place[first] < place[later]
        yield _after(told, first[ordered], later[ordered], Rule.ORDER)


def _is_timed(told: pa.RecordBatch) -> Flags:
    return known(told, "milestone") & known(told, "lower") & flags(told, "certain")


def _within(told: pa.RecordBatch, wholes: Mapping[str, frozenset[str]]) -> Iterator[_Found]:
    """Find every part that begins before its whole or ends after it."""
    if not wholes:
        return
    timed = np.flatnonzero(_is_timed(told))
    event, milestone = (words(told, name).take(timed).written().to_numpy(zero_copy_only=False) for name in _OF)
    pairs = [np.zeros((2, 0), np.int64)]
    for part in sorted(wholes):
        mine, above = timed[event == part], np.isin(event, list(wholes[part]))
        for name in (Milestone.ONSET, Milestone.END):
            bound = timed[above & (milestone == name)]
            pair = np.array([np.repeat(bound, len(mine)), np.tile(mine, len(bound))])
            pairs.append(pair if name == Milestone.ONSET else pair[::-1])
    first, later = np.concatenate(pairs, axis=1)
    yield _after(told, first, later, Rule.WITHIN)


_OF = ("event_id", "milestone")


def _after(told: pa.RecordBatch, first: Numbers, later: Numbers, rule: int) -> _Found:
    kept = reals(told, "lower")[first] > reals(told, "upper")[later]
    first, later = first[kept], later[kept]
    return _contradicting(first, later, rule, nearest(told, first), nearest(told, later))


def _contradicting(one: Numbers, other: Numbers, rule: int, by_one: Numbers, by_other: Numbers) -> _Found:
    return _Found(one, other, np.full(len(one), CONTRADICT), np.full(len(one), rule), by_one, by_other)


def _larger_parts(told: pa.RecordBatch) -> Iterator[_Found]:
    """Find every part that counts more than the total it says it is a part of."""
    if not len(told["part_of"].values):
        return
    lower, upper = reals(told, "lower"), reals(told, "upper")
    counts = flags(told, "certain") & ~denials(told) & ~np.isnan(lower) & ~known(told, "milestone")
    rows = np.flatnonzero(counts)
    claims, parts = (told[name].take(pa.array(rows)) for name in ("claim_ids", "part_of"))
    named = read(parts.flatten()).written()
    place = pc.index_in(named, read(claims.flatten()).written())
    is_told = place.is_valid().to_numpy(zero_copy_only=False)
    part = rows[pc.list_parent_indices(parts).to_numpy()[is_told]]
    total = rows[pc.list_parent_indices(claims).take(place.drop_null()).to_numpy()]
    larger = lower[part] > upper[total]
    by_total = pc.index_in(named, words(told, "claim_ids").written()).to_numpy(zero_copy_only=False)[is_told][larger]
    yield _contradicting(total[larger], part[larger], Rule.LARGER, by_total.astype(int), nearest(told, part[larger]))
