"""Like events: events of a file that may be events of other imports of its story, by when, where and of what kind.

Nothing is matched in silence: each pair is offered to a person. What was matched stays so in the next release of the
file, for its claims then have the event of before.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from contested.model.arrow_schema import COLUMNS, to_arrow
from contested.model.times import date
from contested.model.vocabulary import Kind, Status
from contested.record.entry import Head
from contested.record.log import Record
from contested.record.other_imports import BY_HAND
from contested.record.release import Submission, imports
from contested.record.revisions import current, revisions, snapshot

MOST = 20_000
"""A file of more events than this is a log or a data set, of which nobody would match one by one."""
_NEAR = 0.05
"""Degrees: some five kilometres, within which two points may be of one place."""
_EVENTS = f"""
select event_id, any_value(whose) as whose, kind, min(place) as place, avg(latitude) as latitude,
    avg(longitude) as longitude, min(began_earliest) as first,
    max(coalesce(ended_latest, ended_earliest, began_latest, began_earliest)) as last
from {{table}} where status <> '{Status.WITHDRAWN}' and kind <> '{Kind.CASUALTIES}' and began_earliest is not null
group by event_id, kind
"""
_PAIRS = f"""
with fresh as ({_EVENTS.format(table="brought")}), known as ({_EVENTS.format(table="told")})
select fresh.event_id, known.event_id, known.whose, fresh.kind, coalesce(fresh.place, known.place), fresh.first
from fresh join known on fresh.kind = known.kind and fresh.first <= known.last and known.first <= fresh.last
where fresh.event_id not in (select event_id from known) and (
    lower(trim(fresh.place)) = lower(trim(known.place))
    or (abs(fresh.latitude - known.latitude) <= {_NEAR} and abs(fresh.longitude - known.longitude) <= {_NEAR})
)
qualify row_number() over (
    partition by fresh.event_id
    order by abs(epoch(fresh.first) - epoch(known.first)) + abs(epoch(fresh.last) - epoch(known.last)), known.event_id
) = 1
order by fresh.first, fresh.event_id
"""


class LikeEvent(NamedTuple):
    """An event of a file, the event of another import that it may be, who tells that one, and what both share."""

    event_id: str
    known_as: str
    whose: str
    shared: str

    def in_words(self) -> str:
        """Say which event may be which, and why."""
        return f"{self.event_id} may be {self.known_as} of {self.whose}: {self.shared}"


def like_events(record: Record, submission: Submission, base: Head | None = None) -> tuple[LikeEvent, ...]:
    """Find the events of a submission that overlap in time with one of another import, of the same kind and place."""
    told, brought = _told_elsewhere(record, submission, base), _table(submission)
    if not len(told) or not 0 < len(pc.unique(brought["event_id"])) <= MOST:
        return ()
    with duckdb.connect() as database:
        database.register("told", told)
        database.register("brought", brought.append_column("whose", pa.nulls(len(brought), pa.string())))
        found = database.sql(_PAIRS).fetchall()
    return tuple(
        LikeEvent(event_id, known_as, who, ", ".join(filter(None, (str(kind), place, date(first.date())))))
        for event_id, known_as, who, kind, place, first in found
    )


def _told_elsewhere(record: Record, submission: Submission, base: Head | None) -> pa.Table:
    """Give the claims of a story that its other imports or edits tell, each with whose it is."""
    until = (base or record.head).seq
    told = current(revisions(record, submission.story, until=until))
    datasets = {
        claim_id: body["dataset"]
        for entry, body in imports(record, submission.story, until)
        for claim_id in snapshot(record, entry)["claim_id"].to_pylist()
    }
    whose = pa.array([datasets.get(one, BY_HAND) for one in told["claim_id"].to_pylist()], pa.string())
    return told.append_column("whose", whose).filter(pc.not_equal(whose, submission.dataset))


def as_known(submission: Submission, known_as: Mapping[str, str]) -> Submission:
    """Give the events of a submission that a person matched the ids by which they are known."""
    if not known_as:
        return submission
    claims = _table(submission)
    place = COLUMNS.get_field_index("event_id")
    named = pa.array([known_as.get(one, one) for one in claims["event_id"].to_pylist()], pa.string())
    return submission._replace(claims=claims.set_column(place, COLUMNS.field("event_id"), named.cast(_kind(claims))))


def matched_before(record: Record, submission: Submission, base: Head | None = None) -> dict[str, str]:
    """Give the ids under which events of a submission were recorded, where another id was chosen for them."""
    last: dict[str, str] = {}
    for entry, body in imports(record, submission.story, (base or record.head).seq):
        if body["dataset"] == submission.dataset:
            table = snapshot(record, entry)
            last |= dict(zip(table["claim_id"].to_pylist(), table["event_id"].to_pylist(), strict=True))
    if not last:
        return {}
    elsewhere = set(_told_elsewhere(record, submission, base)["event_id"].to_pylist())
    return {event_id: before for event_id, before in _renamed(submission, last) if before in elsewhere}


def _renamed(submission: Submission, last: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    claims = _table(submission)
    for claim_id, event_id in zip(claims["claim_id"].to_pylist(), claims["event_id"].to_pylist(), strict=True):
        before = last.get(claim_id, event_id)
        if before != event_id:
            yield event_id, before


def _kind(claims: pa.Table) -> pa.DataType:
    return claims.schema.field("event_id").type


def _table(submission: Submission) -> pa.Table:
    return submission.claims if isinstance(submission.claims, pa.Table) else to_arrow(submission.claims)
