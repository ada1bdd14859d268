"""Other imports of a story: which events a file tells that they tell already, and whose descriptions it would replace.

A person decides whether events of the same id are the same events; as a rule they are, or else they are kept apart by
the name of the file in their ids. Claims of other imports are never changed by one (`release`).
"""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from contested.model.arrow_schema import to_arrow
from contested.model.vocabulary import Status
from contested.model.wording import counted
from contested.record.entry import Entry, Head
from contested.record.log import Record
from contested.record.release import Submission, imports
from contested.record.revisions import current, revisions, snapshot

BY_HAND = "edits by hand"


def shared_events(record: Record, submission: Submission, base: Head | None = None) -> dict[str, list[str]]:
    """Name the events of a submission that other imports or edits of its story tell already, by who tells them."""
    until = (base or record.head).seq
    told = current(revisions(record, submission.story, until=until))
    is_shared = pc.and_(
        pc.is_in(told["event_id"], pc.unique(_table(submission)["event_id"])),
        pc.not_equal(told["status"], str(Status.WITHDRAWN)),
    )
    shared = told.filter(is_shared)
    if not len(shared):
        return {}
    datasets = {
        claim_id: body["dataset"]
        for entry, body in imports(record, submission.story, until)
        for claim_id in snapshot(record, entry)["claim_id"].to_pylist()
    }
    found: dict[str, dict[str, None]] = {}
    for claim_id, event_id in zip(shared["claim_id"].to_pylist(), shared["event_id"].to_pylist(), strict=True):
        if (whose := datasets.get(claim_id, BY_HAND)) != submission.dataset:
            found.setdefault(whose, {})[event_id] = None
    return {whose: list(events) for whose, events in found.items()}


def with_same_claims(record: Record, story: str, claims: pa.Table) -> dict[str, Entry]:
    """Name the imports of a story that hold claims of the same ids, with their newest entries; of most claims first."""
    ids = pc.unique(claims["claim_id"])
    newest: dict[str, Entry] = {}
    numbers: dict[str, int] = {}
    for entry, body in imports(record, story):
        if number := pc.sum(pc.is_in(snapshot(record, entry)["claim_id"], ids)).as_py():
            name = body["dataset"]
            newest[name], numbers[name] = entry, numbers.get(name, 0) + number
    return {name: newest[name] for name in sorted(newest, key=lambda name: -numbers[name])}


def in_words(shared: dict[str, list[str]]) -> str:
    """Say how many events are told already, and by whom."""
    number = len({event for events in shared.values() for event in events})
    verb = "is" if number == 1 else "are"
    return f"{counted(number, 'event')} {verb} told already by {' and '.join(shared)}"


def kept_apart(submission: Submission) -> Submission:
    """Name every event of a submission by its file too, so that none is taken for that of another import."""
    claims = _table(submission)
    place = claims.schema.get_field_index("event_id")
    named = pa.array([_apart(submission, event_id) for event_id in claims["event_id"].to_pylist()], pa.string())
    events = [{**row, "event_id": _apart(submission, row["event_id"])} for row in submission.tables.get("events", ())]
    tables = {**submission.tables, **({"events": events} if events else {})}
    return submission._replace(claims=claims.set_column(place, claims.schema.field(place), named), tables=tables)


def were_kept_apart(record: Record, submission: Submission, base: Head | None = None) -> bool:
    """Say whether events of a submission were kept apart when it was recorded before."""
    told = current(revisions(record, submission.story, until=(base or record.head).seq))
    events = [_apart(submission, event_id) for event_id in pc.unique(_table(submission)["event_id"]).to_pylist()]
    return bool(pc.any(pc.is_in(told["event_id"], pa.array(events, pa.string()))).as_py())


def replaced_descriptions(record: Record, submission: Submission, base: Head | None = None) -> Iterator[str]:
    """Say which accounts, sources, events and places of other imports a submission describes otherwise."""
    known: dict[tuple[str, str], tuple[str, dict[str, object]]] = {}
    for _, body in imports(record, submission.story, (base or record.head).seq):
        for table, rows in body.get("tables", {}).items():
            known |= {(table, next(iter(row.values()))): (body["dataset"], row) for row in rows}
    for table, rows in submission.tables.items():
        for row in rows:
            key = str(next(iter(row.values())))
            whose, before = known.get((table, key), (submission.dataset, row))
            names = [name for name in row if row[name] != before.get(name)]
            if names and whose != submission.dataset:
                yield f"{table}: {key} is described otherwise by {whose} ({', '.join(names)}); this would hold instead"


def _apart(submission: Submission, event_id: str) -> str:
    return f"{submission.dataset}/{event_id}"


def _table(submission: Submission) -> pa.Table:
    return submission.claims if isinstance(submission.claims, pa.Table) else to_arrow(submission.claims)
