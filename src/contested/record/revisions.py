"""The read model: every revision of every claim of a story as an Arrow table, derived from the log alone.

It can be rebuilt at any time, and extended by the entries after one that was read before.
"""

import io
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json
import pyarrow.parquet

from contested.model.arrow_schema import COLUMNS, from_arrow
from contested.model.claim import Claim
from contested.model.mapped_table import concatenated
from contested.model.problem import UnusableRecordError
from contested.record.entry import BULK_ACTS, Entry
from contested.record.log import Record, RevisedClaim, Revision

_JSON_SCHEMA = pa.schema(
    pa.field(one.name, pa.timestamp("us", "UTC") if pa.types.is_timestamp(one.type) else one.type) for one in COLUMNS
)


def revisions(record: Record, story: str, after: int = 0, until: int | None = None) -> pa.Table:
    """Read the revisions of a story's claims by the entries above `after` and up to `until`, the oldest first."""
    entries = (entry for entry in record.entries(after, until) if entry.story == story)
    return concatenated(
        part
        for imported, group in groupby(entries, lambda entry: entry.act in BULK_ACTS)
        for part in (_imported(record, group) if imported else [edited(list(group))])
    )


def current(table: pa.Table) -> pa.Table:
    """Select the last revision of each claim, in the order in which the claims were first stated."""
    last = {claim_id: row for row, claim_id in enumerate(table["claim_id"].to_pylist())}
    return table.take(pa.array(last.values(), pa.int64()))


def revision(record: Record, one: Revision) -> Claim:
    """Read one revision of one claim."""
    entry = record.entry(one.seq)
    [table] = _imported(record, [entry]) if entry.act in BULK_ACTS else [edited([entry])]
    return next(from_arrow(table.filter(pc.equal(table["claim_id"], one.claim_id))))


def snapshot(record: Record, entry: Entry) -> pa.Table:
    """Read the snapshot of an import or an undo: the claims that it changed."""
    return migrated(_parquet(entry, lambda sha256: b"".join(record.document(sha256))))


def revised(record: Record, entry: Entry) -> list[RevisedClaim]:
    """List the claims that an entry states, corrects or withdraws."""
    return revised_in(entry, lambda sha256: b"".join(record.document(sha256)))


def revised_in(entry: Entry, document: Callable[[str], bytes]) -> list[RevisedClaim]:
    """List the same, given the documents of the entry."""
    if entry.act not in BULK_ACTS:
        return [(entry.claim_id, entry.act)]
    table = _parquet(entry, document)
    return list(zip(table["claim_id"].to_pylist(), table["act"].to_pylist(), strict=True))


def _parquet(entry: Entry, document: Callable[[str], bytes]) -> pa.Table:
    sha256 = entry.manifest()["snapshot"]
    if sha256 is None:
        return COLUMNS.append(pa.field("act", pa.string())).empty_table()
    try:
        table = pa.parquet.read_table(io.BytesIO(document(sha256)), use_threads=False)
        table.validate(full=True)  # letters that are no UTF-8 are found here, not wherever they are read
        return table.select(sorted({"claim_id", "act", *table.column_names}))
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        message = f"entry {entry.seq}: its snapshot {sha256} cannot be read: {error}"
        raise UnusableRecordError(message) from None


def migrated(table: pa.Table) -> pa.Table:
    """Migrate a table that was kept when a claim had fewer fields: missing columns are null."""
    kept = dict(zip(table.column_names, table.columns, strict=True))
    if lacking := {"claim_id", "event_id", "account"} - set(kept):
        message = f"a snapshot lacks {', '.join(sorted(lacking))}"
        raise UnusableRecordError(message)
    columns = [
        _cast(kept[one.name], one.type) if one.name in kept else pa.nulls(len(table), one.type) for one in COLUMNS
    ]
    return pa.Table.from_arrays(columns, schema=COLUMNS)


def _cast(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    return column if column.type == kind else column.cast(kind)


def _imported(record: Record, entries: Iterable[Entry]) -> Iterator[pa.Table]:
    return (_with_recorded_at(snapshot(record, entry), [entry.recorded_at]) for entry in entries)


def edited(entries: list[Entry]) -> pa.Table:
    """Parse the claims of single edits; each was validated when it was recorded."""
    lines = io.BytesIO("\n".join(entry.body for entry in entries).encode())
    options = pa.json.ParseOptions(explicit_schema=_JSON_SCHEMA, unexpected_field_behavior="error")
    blocks = pa.json.ReadOptions(block_size=max(1 << 20, lines.getbuffer().nbytes + 1), use_threads=False)
    try:
        table = pa.json.read_json(lines, parse_options=options, read_options=blocks)
    except pa.ArrowInvalid as error:
        message = f"entries {entries[0].seq} to {entries[-1].seq} hold no claims: {error}"
        raise UnusableRecordError(message) from None
    return _with_recorded_at(migrated(table), [entry.recorded_at for entry in entries])


def _with_recorded_at(table: pa.Table, recorded_at: list[str]) -> pa.Table:
    """Set `recorded_at`, of each row or one time for all."""
    times = [datetime.fromisoformat(moment).astimezone(UTC).replace(tzinfo=None) for moment in recorded_at]
    column = pa.array(times if len(times) == len(table) else times * len(table), pa.timestamp("us"))
    return table.set_column(COLUMNS.get_field_index("recorded_at"), COLUMNS.field("recorded_at"), column)
