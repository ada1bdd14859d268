"""Sifting: the rows of a piece that are certainly claims are parted from those that must be judged one by one."""

from functools import lru_cache
from typing import NamedTuple

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import TypeAdapter, ValidationError

from contested.bulk.calm import is_calm
from contested.bulk.pieces import Piece
from contested.bulk.sieve import TURN, sieve
from contested.claim import Claim
from contested.columns import COLUMNS
from contested.moment import Zone
from contested.remarks import COLUMNS as REMARKS

KEY = "claim_id"
REQUIRED = {name for name, field in Claim.model_fields.items() if field.is_required()}
_ZONES = 1000
"""More distinct zones than this are not asked for in one piece."""
_AT_ONCE = 1 << 13
"""So many rows are looked at by one thread at a time."""

Database = duckdb.DuckDBPyConnection
Keys = npt.NDArray[np.uint64]


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
    found = _asked(database, cells)
    certain = found["certain"].to_numpy()
    if len(twice):
        certain &= ~np.isin(keys(database, cells[KEY]), twice)
    columns = [(found if name in found.column_names else cells)[name] for name in COLUMNS.names]
    claims = pa.table(columns, COLUMNS.names)
    return Sifted(piece, (claims if certain.all() else claims.filter(pa.array(certain))).cast(COLUMNS), certain)


def _asked(database: Database, cells: pa.Table) -> pa.Table:
    """Ask which rows are certain, and how they are kept where that is not how they are; in the order of the rows."""
    turns = cells.append_column(TURN, pa.array(np.arange(len(cells))))
    question = sieve(turns.schema, frozenset(name for name in cells.column_names if is_calm(cells[name])))
    with database.cursor() as cursor:
        cursor.register("piece", pa.Table.from_batches(turns.to_batches(_AT_ONCE), turns.schema))
        given = {"zones": _zones(cells["zone"])} if "$zones" in question else {}
        found: pa.Table = cursor.execute(question, given).to_arrow_table()
    return found.take(pc.sort_indices(found[TURN]))


def _filled(cells: pa.Table) -> pa.Table:
    """Take the columns in which anything is said, an empty cell of any of them as null."""
    said = {name: _nulled(cells[name]) for name in cells.column_names if name not in REMARKS}
    return pa.table({name: cell for name, cell in said.items() if name in REQUIRED or cell.null_count < len(cell)})


def _nulled(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Take empty text as null."""
    if pa.types.is_dictionary(cells.type):
        listed = any("" in chunk.dictionary.to_pylist() for chunk in cells.chunks)
        return _nulled(cells.cast(cells.type.value_type)) if listed else cells
    if pa.types.is_large_string(cells.type):
        return _nulled(cells.cast(pa.string()))
    if not pa.types.is_string(cells.type):
        return cells
    empty = pc.equal(pc.binary_length(cells), 0)
    return pc.if_else(empty, None, cells) if pc.any(empty).as_py() else cells


def _zones(cells: pa.ChunkedArray) -> list[str]:
    """Name the time zones of some cells, if they are few."""
    named = pc.unique(cells.cast(pa.string()))[:_ZONES].to_pylist()
    return [name for name in named if name and _is_zone(name)]


@lru_cache(_ZONES)
def _is_zone(name: str) -> bool:
    try:
        return TypeAdapter(Zone).validate_python(name) == name
    except ValidationError:
        return False
