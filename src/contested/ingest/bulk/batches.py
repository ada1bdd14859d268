"""Pieces: a large table read by its columns, some of its rows at a time.

Only a table that every reader reads the same way is read so. A stranger one is an `OddTableError`, told before its
first piece; it is read row by row.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from contested.ingest.formats import Row
from contested.ingest.formats.parquet import batches, refused_if_broken
from contested.model.problem import ContestedError

_AT_A_TIME = 1 << 18
KEY = "claim_id"
_OFTEN = 4
"""A word that stands so often in a piece, on average, is held once."""


class OddTableError(ContestedError):
    """A table that is to be read row by row."""


class Piece(NamedTuple):
    """Some rows of a table: their cells by column, or the rows themselves where columns cannot hold them."""

    first: int
    """The number of the first row, as a spreadsheet counts."""
    cells: pa.Table
    loose: tuple[Row, ...] = ()

    def taken(self, places: pa.Array) -> Iterator[tuple[int, dict[str, Any]]]:
        """Give the rows that lie at these places, with their numbers."""
        names, taken = self.cells.column_names, self.cells.take(places)
        cells = [_spread(column).to_pylist() for column in taken.columns]
        for place, *row in zip(places.to_pylist(), *cells, strict=True):
            yield self.first + place, dict(zip(names, row, strict=True))


class Pieces(Protocol):
    """A table that can be read by its columns."""

    def ids(self, column: str) -> Iterator[pa.ChunkedArray]:
        """Read one column alone, and make sure that the table is not odd."""

    def pieces(self) -> Iterator[Piece]:
        """Read all of it."""

    def rows(self, piece: Piece, places: pa.Array) -> Iterator[Row]:
        """Give some rows of a piece as they are read one by one."""


class Parquet:
    """A Parquet file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def ids(self, column: str) -> Iterator[pa.ChunkedArray]:
        """Read one column alone."""
        try:
            with pq.ParquetFile(self._path) as file:
                for batch in file.iter_batches(_AT_A_TIME, columns=[column]):
                    yield pa.chunked_array([batch.column(0)])
        except (pa.ArrowException, OSError, ValueError) as error:
            raise OddTableError(self._path.name) from error

    def pieces(self) -> Iterator[Piece]:
        """Read all of it."""
        number = 2
        for batch in batches(self._path, _AT_A_TIME, KEY):
            columns = [_each(column) for column in batch.columns]
            yield Piece(number, pa.table(columns, names=batch.schema.names))
            number += batch.num_rows

    def rows(self, piece: Piece, places: pa.Array) -> Iterator[Row]:
        """Give some rows of a piece."""
        with refused_if_broken(self._path):
            yield from piece.taken(places)


def _each(column: pa.Array) -> pa.Array:
    """Hold each word where it stands, if no word is repeated much."""
    is_listed = pa.types.is_dictionary(column.type)
    return _spread(column) if is_listed and len(column.dictionary) * _OFTEN > len(column) else column


def _spread(column: pa.Array) -> pa.Array:
    """Hold each word where it stands."""
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
