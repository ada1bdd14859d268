"""Disputes: which claims cannot all be true, which can, and which say the same.

Every two positions on one question are compared. Beyond one question, an order that cannot be (help sets out before it
is called) contradicts, and so does a part that begins before its whole, ends after it, or counts more than it. Where
every milestone has bounds of its own and all else is an order, two claims are always the smallest set that cannot all
be true (simple temporal problems, Dechter, Meiri and Pearl 1991).
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, combinations, permutations, product
from typing import NamedTuple

from contested.compared.comparison import Position, Relation, Rule, compared, smallest
from contested.vocabulary import Milestone

_ORDER = {str(milestone): number for number, milestone in enumerate(Milestone)}
_OF_THE_EVENT = (Milestone.ONSET, Milestone.CALL)
"""What comes before, whoever comes; of one responder are only its own dispatch and arrival."""


class Dispute(NamedTuple):
    """Two positions, how they stand to each other and why; the same account twice contradicts itself."""

    one: Position
    other: Position
    relation: Relation
    rule: Rule
    claim_ids: list[str]
    """The claims that show it; of those that cannot all be true, the smallest set."""

    @property
    def within(self) -> str:
        """Say whether both stand in one and the same source, or are one account's."""
        if len(self.one.sources) == 1 and self.one.sources == self.other.sources:
            return "source"
        return "account" if self.one.account == self.other.account else ""


def disputes(positions: Iterable[Position], wholes: Mapping[str, frozenset[str]] | None = None) -> Iterator[Dispute]:
    """Compare every two positions on one question, every two milestones that have an order, and parts with wholes."""
    told = list(positions)
    asked: dict[str, list[Position]] = {}
    for position in told:
        asked.setdefault(position.topic, []).append(position)
    for alike in asked.values():
        found = (_dispute(one, other) for one, other in combinations(alike, 2))
        yield from (dispute for dispute in found if _worth_telling(dispute))
    yield from _orders(told, wholes or {})
    yield from _larger_parts(told)


def _dispute(one: Position, other: Position) -> Dispute:
    relation, rule = compared(one, other)
    every = sorted({*one.claim_ids, *other.claim_ids})
    return Dispute(one, other, relation, rule, smallest(one, other) if relation is Relation.CONTRADICT else every)


def _worth_telling(dispute: Dispute) -> bool:
    """Leave out what one account says twice, unless it contradicts itself; two of its answers may both be meant."""
    if dispute.one.account != dispute.other.account:
        return True
    return not dispute.one.several and dispute.relation in {Relation.CONTRADICT, Relation.REJECTED}


def _orders(told: list[Position], wholes: Mapping[str, frozenset[str]]) -> Iterator[Dispute]:
    """Find every two claims of which the one puts a milestone after what cannot come before it."""
    timed: dict[str, list[Position]] = {}
    for position in told:
        if position.milestone and position.bounds and position.certain:
            timed.setdefault(position.event_id, []).append(position)
    for event, mine in timed.items():
        above = [position for whole in sorted(wholes.get(event, ())) for position in timed.get(whole, [])]
        begun = [position for position in above if position.milestone == Milestone.ONSET]
        ended = [position for position in above if position.milestone == Milestone.END]
        yield from (one for one in _after(permutations(mine, 2), Rule.ORDER) if _in_order(one.one, one.other))
        yield from _after(chain(product(begun, mine), product(mine, ended)), Rule.WITHIN)


def _after(ordered: Iterable[tuple[Position, Position]], rule: Rule) -> Iterator[Dispute]:
    for first, later in ordered:
        if first.bounds and later.bounds and first.bounds[0] > later.bounds[1]:
            ids = sorted({first.claim_ids[0], later.claim_ids[0]})
            yield Dispute(first, later, Relation.CONTRADICT, rule, ids)


def _in_order(first: Position, later: Position) -> bool:
    """Say whether one milestone cannot come after the other: of one responder, or of the event whoever came."""
    if _ORDER[first.milestone or ""] >= _ORDER[later.milestone or ""]:
        return False
    of_event = first.milestone in _OF_THE_EVENT and first.responder is None
    return of_event or first.responder == later.responder or later.milestone == Milestone.END


def _larger_parts(told: list[Position]) -> Iterator[Dispute]:
    """Find every part that counts more than the total it says it is a part of."""
    totals = {claim: position for position in told if position.bounds for claim in position.claim_ids}
    for part in told:
        for claim in part.part_of:
            total = totals.get(claim)
            if total and part.bounds and total.bounds and _asserted(part, total) and part.bounds[0] > total.bounds[1]:
                ids = sorted({claim, part.claim_ids[0]})
                yield Dispute(total, part, Relation.CONTRADICT, Rule.LARGER, ids)


def _asserted(*positions: Position) -> bool:
    return all(position.certain and position.stance != "denies" for position in positions)
