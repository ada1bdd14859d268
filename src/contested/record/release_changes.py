"""What a release changes, event by event and field by field, for a person who decides whether to take it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from contested.model.arrow_schema import to_arrow
from contested.record.entry import Act
from contested.record.log import Record
from contested.record.own_edits import COMPARED, is_twin
from contested.record.release import Release
from contested.record.revisions import current, revisions

_FOLLOWING = ("summary", "locator")
"""Fields that follow from others: of an event one is named, and only where nothing else differs."""


class EventCounts(NamedTuple):
    """How many events of a release are new, changed, gone, and the same."""

    new: int
    changed: int
    gone: int
    same: int


class ChangedField(NamedTuple):
    """A field of a claim that a release changes: the claim as it would be, what was said, what is said now."""

    claim: Mapping[str, Any]
    field: str
    before: Any
    now: Any


def event_counts(one: Release) -> EventCounts:
    """Count the events of a release by what becomes of them."""
    fresh = Counter(_table(one)["event_id"].to_pylist())
    acts: dict[str, Counter[str]] = {}
    ids = zip(one.rows["event_id"].to_pylist(), one.rows["claim_id"].to_pylist(), one.acts, strict=True)
    for event, claim_id, act in ids:
        acts.setdefault(event, Counter())[Act.CORRECTED if is_twin(claim_id) else act] += 1
    new = {event for event, told in acts.items() if told[Act.STATED] == fresh[event] > 0}
    gone = {event for event in acts if event not in fresh}
    changed = acts.keys() - new - gone
    return EventCounts(len(new), len(changed), len(gone), len(fresh.keys() - new - changed))


def changed_fields(record: Record, one: Release) -> Iterator[ChangedField]:
    """Name each field that a release changes; what all claims of an event share is named once."""
    told: dict[tuple[object, ...], ChangedField] = {}
    for found in _changed_fields(record, one):
        values = () if found.field in _FOLLOWING else (str(found.before), str(found.now))
        told.setdefault((found.claim["event_id"], found.field, *values), found)
    yield from told.values()


def _changed_fields(record: Record, one: Release) -> Iterator[ChangedField]:
    """Name each field of each recorded claim that a release changes."""
    corrected = {
        row["claim_id"]: row for row, act in zip(one.rows.to_pylist(), one.acts, strict=True) if act == Act.CORRECTED
    }
    if not corrected:
        return
    told = revisions(record, one.submission.story, until=one.base.seq)
    stands = current(told.filter(pc.is_in(told["claim_id"], pa.array(list(corrected), pa.string()))))
    for before in stands.to_pylist():
        now = corrected[before["claim_id"]]
        fields = [name for name in COMPARED if now[name] != before[name]]
        for field in [name for name in fields if name not in _FOLLOWING] or sorted(fields, reverse=True)[:1]:
            yield ChangedField(now, field, before[field], now[field])


def claims_of(one: Release, act: Act) -> list[dict[str, Any]]:
    """Give the claims that a release states, corrects or withdraws."""
    return [row for row, done in zip(one.rows.to_pylist(), one.acts, strict=True) if done == act]


def _table(one: Release) -> pa.Table:
    claims = one.submission.claims
    return claims if isinstance(claims, pa.Table) else to_arrow(claims)
