"""Partition of a batch: the claims of the rows that are certain, and the rows that must be validated one by one."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import TypeAdapter, ValidationError

from contested.ingest.added_columns import COLUMNS as REMARKS
from contested.ingest.bulk.batches import Batch, Numbers
from contested.ingest.bulk.cell_types import evidence, typed
from contested.ingest.bulk.clocks import instants
from contested.ingest.bulk.dictionary import encoded, is_text, side_by_side
from contested.ingest.bulk.kept_values import row_groups
from contested.ingest.bulk.plain_text import is_plain_text, plain_instants
from contested.ingest.bulk.row_filter import (
    ROW_FIELDS,
    cell_query,
    certainty_of,
    keeps_instants,
    keeps_plain_text,
    row_query,
)
from contested.ingest.characters import LONGEST, without_flaws
from contested.ingest.options import Given
from contested.ingest.sql_codebook import SqlCodebook
from contested.model.arrow_schema import COLUMNS, with_defaults
from contested.model.claim import Claim
from contested.model.times import Zone

REQUIRED = {name for name, field in Claim.model_fields.items() if field.is_required()}
_ZONES = 1000
"""More distinct zones than this are not asked for in one batch."""

Database = duckdb.DuckDBPyConnection
Columns = dict[str, pa.ChunkedArray]
RowIds = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class Source(NamedTuple):
    """How a table is read: by which codebook, its columns by their plain names, and what was said of it."""

    book: SqlCodebook
    titles: Mapping[str, str]
    given: Given

    def id_titles(self) -> list[str]:
        """Name the columns of the table that make the ids of claims."""
        return [self.titles[name] for name in self.book.ids if name in self.titles]


class Partition(NamedTuple):
    """The claims of the rows that are certain, the place of each claim's row, and which rows these are."""

    batch: Batch
    claims: pa.Table
    rows: Places
    certain: Mask


class _Cells(NamedTuple):
    """A column as claims keep it, and which of its cells are certain to be kept so."""

    kept: pa.ChunkedArray
    certain: Mask


class Keys(NamedTuple):
    """The numbers of rows, the hash of what makes the ids of their claims, and those that tell doubtful events."""

    numbers: Numbers
    ids: RowIds
    shared: RowIds
    apart: RowIds


def duplicate_keys(database: Database, source: Source, batch: Batch) -> Keys:
    """Hash the id columns of each row, to find rows whose claims could share an id or an event."""
    loose = [(number, row) for number, row in batch.loose if isinstance(row, dict)]
    cells = batch.cells
    if batch.loose:
        cells = pa.table(
            {title: pa.array([row[title] for _, row in loose], pa.string()) for title in source.id_titles()}
        )
    nothing = pa.chunked_array([pa.nulls(len(cells), pa.string())])
    folded = {
        name: _normalized_ids(cells[source.titles[name]]) if name in source.titles else nothing
        for name in source.book.ids
    }
    numbers = np.array([number for number, _ in loose], np.int64) if batch.loose else batch.numbers()
    keys = (source.book.row_id, source.book.shared or "0", source.book.apart or "0")
    asked = ", ".join(f"hash({key}) as key_{place}" for place, key in enumerate(keys))
    found = _query(database, "cells", pa.table({**folded, "row": numbers}), f"select {asked} from cells")
    return Keys(numbers, *(np.asarray(column.to_numpy(), np.uint64) for column in found.columns))


def inference_sample(database: Database, source: Source, batch: Batch, repeated: Numbers) -> pa.Array:
    """Return the row indices of a batch that suffice to infer what a survey infers from all of it."""
    raw, odd = _raw(source, batch)
    shown = f"with shown as materialized ({evidence(source.book, odd)})"
    rows = "unnest([min(row), max(row)])"
    first = f"{shown} select distinct {rows} as row from shown group by shown, if(shown is null, row, null)"
    places = _query(database, "raw", raw, first)["row"].to_numpy() - batch.first
    return pa.array(np.union1d(places, batch.places(repeated)))


def partitioned(database: Database, source: Source, batch: Batch, repeated: Numbers) -> Partition:
    """Part the claims of the rows that are certain from the rows that are not."""
    count = len(batch.cells)
    if not count:
        return Partition(batch, COLUMNS.empty_table(), np.empty(0, np.int64), np.empty(0, bool))
    made, rows, is_shown = _mapped(database, source, batch) if source.book.claims else _unmapped(batch)
    columns, is_valid = _validated(database, made)
    certain = np.zeros(count, bool)
    certain[rows] = True
    certain[rows[~(is_valid & is_shown)]] = False
    certain[batch.places(repeated)] = False
    claims, chosen = pa.table({name: columns[name] for name in COLUMNS.names if name in columns}), certain[rows]
    claims, rows = claims if chosen.all() else claims.filter(pa.array(chosen)), rows[chosen]
    if kept := source.given.learnt.get("kept"):
        claims = claims.append_column("groups", row_groups(batch, kept).take(pa.array(rows)))
    return Partition(batch, with_defaults(claims), rows, certain)


def _unmapped(batch: Batch) -> tuple[pa.Table, Places, Mask]:
    """Take the cells of each row as the fields of one claim."""
    count = len(batch.cells)
    return batch.cells, np.arange(count), np.ones(count, bool)


def _mapped(database: Database, source: Source, batch: Batch) -> tuple[pa.Table, Places, Mask]:
    """Fields of the claims that a codebook makes in SQL, the place of each one's row, and whether clocks showed it."""
    book, given = source.book, source.given
    assert book.claims is not None  # noqa: S101 asked before
    raw, odd = _raw(source, batch)
    query = f"with cells as materialized ({typed(book, given, odd)}) {book.claims(given)}"
    made = _query(database, "raw", raw, query, {"file": given.file, "zone": given.zone})
    is_shown = np.ones(len(made), bool)
    columns = dict(zip(made.column_names, made.columns, strict=True))
    rows = columns.pop("row").to_numpy() - batch.first
    for name, cells in columns.items():
        if pa.types.is_timestamp(cells.type) and cells.type.tz is None:
            columns[name] = instants(cells, given.zone or "UTC")
            is_shown &= pc.equal(columns[name].is_null(), cells.is_null()).to_numpy()
    return pa.table(columns), rows, is_shown


def _raw(source: Source, batch: Batch) -> tuple[pa.Table, list[str]]:
    """Take the columns that a codebook reads, as text, and those in which a letter needs a second look: their names."""
    count, names = len(batch.cells), {title: name for name, title in source.titles.items()}
    columns = {"row": batch.numbers(), **{name: pa.nulls(count, pa.string()) for name in source.book.columns()}}
    odd = []
    for number, (title, cells) in enumerate(zip(batch.cells.column_names, batch.cells.columns, strict=True)):
        name, is_odd = names.get(title, f"other_{number}"), is_text(cells.type) and not is_plain_text(cells)
        if name in columns or (is_odd and title not in REMARKS):
            columns[name] = cells if is_text(cells.type) else cells.cast(pa.string())
            odd += [name] if is_odd else []
    return pa.table(columns), odd


def _normalized_ids(words: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text as ids are compared: without capitals, blanks around it, or letters that a publisher's row loses."""
    words = pc.fill_null(words.cast(pa.string()), "")
    longest = pc.max(pc.binary_length(words)).as_py() or 0
    if longest <= LONGEST and pc.all(pc.ascii_is_printable(words)).as_py() is not False:
        return pc.ascii_lower(pc.ascii_trim_whitespace(words))
    folded = [str(without_flaws(word)).strip().casefold() for word in words.to_pylist()]
    return pa.chunked_array([folded], pa.string())


def _validated(database: Database, made: pa.Table) -> tuple[Columns, Mask]:
    """Fields as claims keep them, and which of the claims `Claim` certainly accepts so."""
    cells = _non_empty_columns(made)
    instants = {name: plain_instants(column) for name, column in cells.items() if keeps_instants(name)}
    cells |= (plain := {name: column for name, column in instants.items() if column is not None})
    rest = {name: column for name, column in cells.items() if name not in plain and not _is_plain(name, column)}
    read = dict(_read(database, rest))
    columns = cells | {name: one.kept for name, one in read.items()}
    rules = _certain_rows(database, columns)
    return columns, np.logical_and.reduce([*(one.certain for one in read.values()), rules])


def _non_empty_columns(cells: pa.Table) -> Columns:
    """Take the columns in which anything is said."""
    told = {name: cells[name] for name in cells.column_names if name not in REMARKS}
    return {name: cell for name, cell in told.items() if name in REQUIRED or cell.null_count < len(cell)}


def _is_plain(name: str, cells: pa.ChunkedArray) -> bool:
    """Say whether all cells of a column are certain as they stand, found without SQL."""
    return keeps_plain_text(name) and not (name in REQUIRED and cells.null_count) and is_plain_text(cells)


def _read(database: Database, columns: Columns) -> Iterator[tuple[str, _Cells]]:
    """Read some columns: of text each distinct value once, of anything else each cell."""
    texts = {name: encoded(cells) for name, cells in columns.items() if is_text(cells.type)}
    if texts:
        values = side_by_side(texts)
        found = _filter(database, values)
        for name, (_, places) in texts.items():
            kept, certain = found[name].combine_chunks(), found[certainty_of(name)].to_numpy()
            is_same = kept.equals(values[name].combine_chunks())
            yield name, _Cells(columns[name] if is_same else kept.take(places), certain.take(places))
    others = {name: cells for name, cells in columns.items() if name not in texts}
    if others:
        found = _filter(database, pa.table(others))
        yield from ((name, _Cells(found[name], found[certainty_of(name)].to_numpy())) for name in others)


def _filter(database: Database, cells: pa.Table) -> pa.Table:
    """Query how each cell is kept, and whether that is certain."""
    query = cell_query(cells.schema)
    return _query(database, "cells", cells, query, {"zones": _zones(cells["zone"])} if "$zones" in query else {})


def _certain_rows(database: Database, columns: Columns) -> Mask:
    """Query which claims are certain as a whole, if each cell is."""
    count = len(next(iter(columns.values())))
    known = {name: cells for name, cells in columns.items() if name in ROW_FIELDS}
    found = _query(database, "cells", pa.table({"place": np.arange(count), **known}), row_query(frozenset(known)))
    return np.asarray(found["certain"].to_numpy(), bool)


def _query(
    database: Database, name: str, cells: pa.Table, query: str, parameters: Mapping[str, object] | None = None
) -> pa.Table:
    """Answer a query about the rows of a table, in their order."""
    used = {key: value for key, value in (parameters or {}).items() if f"${key}" in query}
    with database.cursor() as cursor:
        cursor.register(name, cells)
        return cursor.execute(query, used).to_arrow_table()


def _zones(cells: pa.ChunkedArray) -> list[str]:
    """Name the time zones of some cells, if they are few."""
    named = cells[:_ZONES].to_pylist()
    return [name for name in named if name and _is_zone(name)]


@lru_cache(_ZONES)
def _is_zone(name: str) -> bool:
    try:
        return TypeAdapter(Zone).validate_python(name) == name
    except ValidationError:
        return False
