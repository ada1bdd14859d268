"""Undo: revert one entry by another one; what others did since stays, and nothing is erased.

A claim that the entry stated is withdrawn; one that it corrected or withdrew reads again as it did before it. A claim
that another entry has changed since is left alone. An undo is an entry like any other, so it can be undone itself.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import pyarrow as pa

from contested.model.arrow_schema import COLUMNS
from contested.model.problem import ConflictError
from contested.model.vocabulary import Status
from contested.record.entry import Act, Entry, Head
from contested.record.log import Record
from contested.record.release import Release, Submission, imports, undone
from contested.record.revisions import revised, revisions


class Undo(NamedTuple):
    """The release that reverts an entry, and the claims of the entry that it leaves alone."""

    release: Release
    left: dict[str, int]
    """Claims changed since, each with the newest entry that changed it."""


def undo(record: Record, seq: int, base: Head | None = None) -> Undo:
    """Compute what reverts an entry, in the record as it is now or as it was at the entry `base`.

    Raises `ConflictError` if it is undone already, or has nothing left to undo.
    """
    base, entry = base or record.head, record.entry(seq)
    if by := undone(imports(record, entry.story, base.seq)).get(seq):
        message = f"entry {seq} is undone already, by entry {by}; to have it again, undo entry {by}"
        raise ConflictError(message)
    changed, newest = revised(record, entry), _newest_entries(record, entry.story, base.seq)
    own = [claim_id for claim_id, _ in changed if newest[claim_id] == seq]
    left = {claim_id: newest[claim_id] for claim_id, _ in changed if newest[claim_id] != seq}
    if left and not own:
        message = f"nothing of entry {seq} is left to undo: {_since(left.values())} changed all its claims since"
        raise ConflictError(message)
    rows = _before(record, entry, own)
    body: dict[str, Any] = {"undoes": seq, "dataset": entry.manifest().get("dataset"), "files": {}, "tables": {}}
    body |= {"package": None, "claims": len(rows), "snapshot": None}
    submission = Submission(entry.story, f"undo of entry {seq}", (), {})
    statuses = rows["status"].to_pylist()
    acts = tuple(Act.WITHDRAWN if status == Status.WITHDRAWN else Act.CORRECTED for status in statuses)
    return Undo(Release(submission, base, rows, acts, body, is_news=True, edited=frozenset()), left)


def _newest_entries(record: Record, story: str, until: int) -> dict[str, int]:
    """Map each claim of a story to the newest entry that changed it."""
    sql = "select claim_id, max(seq) from revision where story = ? and seq <= ? group by claim_id"
    rows = record.database.query(sql, story, until)
    return {str(claim_id): int(seq) for claim_id, seq in rows}


def _since(entries: Iterable[int]) -> str:
    numbers = sorted(set(entries))
    return f"{'entry' if len(numbers) == 1 else 'entries'} {', '.join(map(str, numbers))}"


def _before(record: Record, entry: Entry, claim_ids: list[str]) -> pa.Table:
    """Read claims as they were before an entry; those that it stated, as withdrawn."""
    earlier = revisions(record, entry.story, until=entry.seq - 1)
    rows = _newest_rows(earlier)
    before = earlier.take(_indices(rows[one] for one in claim_ids if one in rows))
    own = revisions(record, entry.story, after=entry.seq - 1, until=entry.seq)
    own_rows = _newest_rows(own)
    stated = own.take(_indices(own_rows[one] for one in claim_ids if one not in rows))
    status = COLUMNS.field("status")
    withdrawn = pa.array([str(Status.WITHDRAWN)] * len(stated), status.type)
    return pa.concat_tables([before, stated.set_column(COLUMNS.get_field_index("status"), status, withdrawn)])


def _newest_rows(table: pa.Table) -> dict[str, int]:
    """Map each claim to the row of its newest revision."""
    return {claim_id: row for row, claim_id in enumerate(table["claim_id"].to_pylist())}


def _indices(rows: Iterable[int]) -> pa.Array:
    return pa.array(list(rows), pa.int64())
