"""Sifting: the rows of a piece that are certainly claims are parted from those that must be judged one by one."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import TypeAdapter, ValidationError

from contested.ingest.added_columns import COLUMNS as REMARKS
from contested.ingest.bulk.batches import KEY, Piece
from contested.ingest.bulk.dictionary import is_text, side_by_side, worded
from contested.ingest.bulk.plain_text import is_calm
from contested.ingest.bulk.row_filter import TOGETHER, is_kept, sieve, sure, together
from contested.model.arrow_schema import COLUMNS, kept
from contested.model.claim import Claim
from contested.model.times import Zone

REQUIRED = {name for name, field in Claim.model_fields.items() if field.is_required()}
_ZONES = 1000
"""More distinct zones than this are not asked for in one piece."""

Database = duckdb.DuckDBPyConnection
Columns = dict[str, pa.ChunkedArray]
Keys = npt.NDArray[np.uint64]


class Read(NamedTuple):
    """How the cells of a column are kept, and of which that is certain."""

    kept: pa.ChunkedArray
    certain: npt.NDArray[np.bool_]


class Sifted(NamedTuple):
    """The claims of the rows of a piece that are certain, and which rows these are."""

    piece: Piece
    claims: pa.Table
    certain: npt.NDArray[np.bool_]


def keys(database: Database, ids: pa.ChunkedArray) -> Keys:
    """Give a number for each id; ids that differ in case or blanks only have the same."""
    words = pc.fill_null(ids.cast(pa.string()), "")
    if pc.all(pc.string_is_ascii(words)).as_py():
        folded = pc.ascii_lower(pc.ascii_trim_whitespace(words))
    else:
        folded = pa.chunked_array([[word.strip().casefold() for word in words.to_pylist()]], pa.string())
    with database.cursor() as cursor:
        cursor.register("ids", pa.table({"id": folded}))
        found: pa.Table = cursor.execute("select hash(id) as key from ids").to_arrow_table()
    return np.asarray(found["key"].to_numpy(), np.uint64)


def sifted(database: Database, piece: Piece, twice: Keys) -> Sifted:
    """Part the claims of the rows that are certain from the rows that are not."""
    if not len(piece.cells):
        return Sifted(piece, COLUMNS.empty_table(), np.empty(0, bool))
    cells = _filled(piece.cells)
    read = dict(_read(database, {name: column for name, column in cells.items() if not _is_plain(name, column)}))
    columns = cells | {name: one.kept for name, one in read.items()}
    certain = np.logical_and.reduce([*(one.certain for one in read.values()), _certain_together(database, columns)])
    if len(twice):
        certain &= ~np.isin(keys(database, cells[KEY]), twice)
    claims = pa.table({name: columns[name] for name in COLUMNS.names if name in columns})
    return Sifted(piece, _whole(claims if certain.all() else claims.filter(pa.array(certain))), certain)


def _filled(cells: pa.Table) -> Columns:
    """Take the columns in which anything is said."""
    told = {name: cells[name] for name in cells.column_names if name not in REMARKS}
    return {name: cell for name, cell in told.items() if name in REQUIRED or cell.null_count < len(cell)}


def _is_plain(name: str, cells: pa.ChunkedArray) -> bool:
    """Say whether all cells of a column are certain as they stand, found without asking."""
    return is_kept(name) and not (name in REQUIRED and cells.null_count) and is_calm(cells)


def _read(database: Database, columns: Columns) -> Iterator[tuple[str, Read]]:
    """Read some columns: of text each word once, of anything else each cell."""
    texts = {name: worded(cells) for name, cells in columns.items() if is_text(cells.type)}
    if texts:
        words = side_by_side(texts)
        found = _asked(database, words)
        for name, (_, places) in texts.items():
            kept, certain = found[name].combine_chunks(), found[sure(name)].to_numpy()
            is_same = kept.equals(words[name].combine_chunks())
            yield name, Read(columns[name] if is_same else kept.take(places), certain.take(places))
    others = {name: cells for name, cells in columns.items() if name not in texts}
    if others:
        found = _asked(database, pa.table(others))
        yield from ((name, Read(found[name], found[sure(name)].to_numpy())) for name in others)


def _asked(database: Database, cells: pa.Table) -> pa.Table:
    """Ask how each cell is kept, and whether that is certain."""
    question = sieve(cells.schema)
    return _answer(database, cells, question, {"zones": _zones(cells["zone"])} if "$zones" in question else {})


def _certain_together(database: Database, columns: Columns) -> npt.NDArray[np.bool_]:
    """Ask which rows are certain as a whole."""
    known = {name: cells for name, cells in columns.items() if name in TOGETHER or name == KEY}
    found = _answer(database, pa.table(known), together(frozenset(known)))
    return np.asarray(found["certain"].to_numpy(), bool)


def _answer(database: Database, cells: pa.Table, question: str, given: dict[str, list[str]] | None = None) -> pa.Table:
    """Answer a question about each row of a table, in the order of the rows."""
    with database.cursor() as cursor:
        cursor.register("cells", cells)
        return cursor.execute(question, given or {}).to_arrow_table()


def _whole(claims: pa.Table) -> pa.Table:
    """Say in each column that a table of claims lacks what a claim says there usually."""
    first = pa.array(np.zeros(len(claims), np.int32))
    usual = {
        name: pa.array([kept(Claim.model_fields[name].default)], COLUMNS.field(name).type)
        for name in COLUMNS.names
        if name not in claims.column_names
    }
    columns = [usual[name].take(first) if name in usual else claims[name] for name in COLUMNS.names]
    return pa.table(columns, COLUMNS.names).cast(COLUMNS)


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
