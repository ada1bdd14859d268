"""Pairs of positions: which claims cannot all be true, which can, and which say the same.

Every two positions on one question are compared. Beyond one question, an order that cannot be (help sets out before it
is called) contradicts, and so does a part that begins before its whole, ends after it, or counts more than it. Where
only orders and bounds are given, two claims are always enough to show a contradiction (simple temporal problems,
Dechter, Meiri and Pearl 1991).
"""

import json
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from contested.analysis.comparison.columns import UNKNOWN, Array
from contested.analysis.comparison.compare import CONTRADICT, REJECTED, Rule, compare, is_higher
from contested.analysis.comparison.positions import Positions
from contested.analysis.comparison.questions import RESPONSE_END
from contested.model.vocabulary import Milestone

_ORDER = {str(milestone): place for place, milestone in enumerate(Milestone)}
_ORDER[RESPONSE_END] = _ORDER[Milestone.END]
_BATCH = 1 << 18
"""How many pairs are compared at once, which limits the memory."""


class Pairs(NamedTuple):
    """Two rows of the positions each, with relation and rule by their numbers; contradictions first."""

    one: Array
    other: Array
    relation: Array
    rule: Array


def find_pairs(positions: Positions) -> Pairs:
    """Compare every two positions on one question, milestones that have an order, and parts with wholes."""
    found = [
        _NONE,
        *_same_question_pairs(positions),
        *_order_violations(positions),
        *_containment_violations(positions),
        _parts_exceeding_total(positions),
    ]
    every = Pairs(*(np.concatenate(column) for column in zip(*found, strict=True)))
    order = np.argsort((every.relation * len(positions) + every.one) * len(positions) + every.other, kind="stable")
    return Pairs(*(column[order] for column in every))


def _contradicting(one: Array, other: Array, rule: Rule) -> Pairs:
    return Pairs(one, other, np.full(len(one), CONTRADICT), np.full(len(one), rule))


_NONE = _contradicting(np.zeros(0, int), np.zeros(0, int), Rule.VALUE)


def _same_question_pairs(positions: Positions) -> Iterator[Pairs]:
    """Compare answers to one question; two of one account are a pair only where they contradict each other."""
    account, several = positions["account"], positions["several"]
    for one, other in _combinations(positions["topic"]):
        relation, rule = compare(positions, one, other)
        itself = (relation == CONTRADICT) | (relation == REJECTED)
        kept = (account[one] != account[other]) | (itself & ~several[one])
        yield Pairs(one[kept], other[kept], relation[kept], rule[kept])


def _combinations(group: Array) -> Iterator[tuple[Array, Array]]:
    """Join every two rows of one group, the earlier first, in batches."""
    order = np.argsort(group, kind="stable")
    after = np.searchsorted(group[order], group[order], side="right") - np.arange(1, len(order) + 1)
    before = np.append(0, np.cumsum(after))
    start = 0
    while start < len(order):
        stop = max(start + 1, int(np.searchsorted(before, before[start] + _BATCH, side="right")) - 1)
        one = np.repeat(np.arange(start, stop), after[start:stop])
        other = np.arange(before[start], before[stop]) - before[one] + one + 1
        yield order[one], order[other]
        start = stop


def _dated_milestones(positions: Positions) -> Array:
    """Find the times of milestones that are sure to be of their event."""
    return np.flatnonzero((positions["milestone"] != UNKNOWN) & ~np.isnan(positions["lower"]) & positions["certain"])


def _order_violations(positions: Positions) -> Iterator[Pairs]:
    """Find milestones that are after what cannot come before them: of one responder, or of the event.

    Responders that nobody names are taken for one: the response as a whole. Help may be called and arrive after the
    fighting is over; only the end of the response comes after all of it.
    """
    timed, responder, rank = _dated_milestones(positions), positions["responder"], np.full(len(positions), -1)
    for name, number in _ORDER.items():
        rank[positions.columns.equals("milestone", name)] = number
    of_event = (rank <= _ORDER[Milestone.CALL]) & (responder == UNKNOWN)
    last = (rank == _ORDER[Milestone.END]) & (responder == UNKNOWN)
    begins, fighting_ends = (positions.columns.equals("milestone", name) for name in (Milestone.ONSET, Milestone.END))
    for pair in _combinations(positions["event_id"][timed]):
        one, other = (timed[each] for each in pair)
        first, later = np.where(rank[one] <= rank[other], (one, other), (other, one))
        ordered = of_event[first] | (responder[first] == responder[later]) | last[later]
        ordered &= (rank[first] < rank[later]) & (~fighting_ends[later] | begins[first])
        yield _certainly_after(positions, first[ordered], later[ordered], Rule.ORDER)


def _certainly_after(positions: Positions, first: Array, later: Array, rule: Rule) -> Pairs:
    """Return the pairs of which the one that must be first is certainly after the other."""
    kept = positions["lower"][first] > positions["upper"][later]
    return _contradicting(first[kept], later[kept], rule)


def _containment_violations(positions: Positions) -> Iterator[Pairs]:
    """Find parts of an event that begin before it or end after it; help may come to a part after the whole is over."""
    timed = _dated_milestones(positions)
    timed = timed[np.argsort(positions["event_id"][timed], kind="stable")]
    event, code = positions["event_id"][timed], positions.columns.code
    extent = np.isin(positions["milestone"], [code(Milestone.ONSET), code(Milestone.END)])

    def of(name: str) -> Array:
        return timed[slice(*np.searchsorted(event, code(name) + np.arange(2)))]

    for part, whole in ((part, whole) for part, wholes in positions.legend.wholes.items() for whole in wholes):
        mine, bounds = of(part), of(whole)
        for name in (Milestone.ONSET, Milestone.END):
            bound = bounds[positions["milestone"][bounds] == code(name)]
            of_part = mine if name == Milestone.ONSET else mine[extent[mine]]
            pair = np.repeat(bound, len(of_part)), np.tile(of_part, len(bound))
            first, later = pair if name == Milestone.ONSET else pair[::-1]
            yield _certainly_after(positions, first, later, Rule.WITHIN)


def _parts_exceeding_total(positions: Positions) -> Pairs:
    """Find parts that count more than the total they say they are a part of."""
    lower, upper = positions["lower"], positions["upper"]
    counts = positions["certain"] & ~positions["denies"] & ~np.isnan(lower) & (positions["milestone"] == UNKNOWN)
    parts = np.flatnonzero(counts & (positions["part_of"] != UNKNOWN)).tolist()
    row = np.repeat(np.arange(len(positions)), np.diff(positions.starts)) if parts else np.zeros(0, int)
    of_claim = dict(zip(positions.claims["claim_id"][counts[row]].tolist(), row[counts[row]].tolist(), strict=True))
    named = ((part, of_claim.get(positions.columns.code(one), -1)) for part in parts for one in totals(positions, part))
    found = sorted({(total, part) for part, total in named if total >= 0 and lower[part] > upper[total]})
    total, part = np.array(found, int).reshape(-1, 2).T
    return _contradicting(total, part, Rule.LARGER)


def totals(positions: Positions, row: int) -> list[str]:
    """Return the ids of the claims whose total includes this position (`part_of`)."""
    ids: list[str] = json.loads(positions.columns.text("part_of", row) or "[]")
    return ids


def claims_behind(positions: Positions, one: int, other: int, relation: int, rule: int) -> list[str]:
    """Return the claims that show a pair: the smallest set that cannot all be true, else all that say so."""
    claims = [positions.listed(row, "claim_id") for row in (one, other)]
    if relation != CONTRADICT:
        return sorted({*claims[0], *claims[1]})
    if rule == Rule.LARGER:
        return sorted({next(total for total in totals(positions, other) if total in claims[0]), claims[1][0]})
    high, low = (one, other) if is_higher(positions, np.array([one]), np.array([other]))[0] else (other, one)
    if positions["running"][high] and positions["running"][low] and positions["lower"][high] > positions["upper"][low]:
        first, last = (
            _first_or_last_stated(positions, high, "stated_at", 1),
            _first_or_last_stated(positions, low, "stated_after", -1),
        )
        if first and last:
            return sorted({first, last})
    return sorted({claims[0][0], claims[1][0]})


def _first_or_last_stated(positions: Positions, row: int, name: str, sign: int) -> str | None:
    """Return the claim of a position that was first (1) or last (-1) stated; of several the first by its id."""
    moments = (positions.claims[name][positions.starts[row] : positions.starts[row + 1]] * sign).tolist()
    dated = [pair for pair in zip(moments, positions.listed(row, "claim_id"), strict=True) if pair[0] == pair[0]]
    return min(dated, default=(0.0, None))[1]
