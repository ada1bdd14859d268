"""Batches of a large table, read by its columns.

Only a table that every reader reads the same way is read so. Any other is an `OddTableError`, raised before the first
batch of the last reading; it is read row by row.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from contested.ingest.formats import Row
from contested.ingest.formats.parquet import batches, refused_if_broken
from contested.model.problem import ContestedError, UnreadableFileError

Numbers = npt.NDArray[np.int64]
"""Numbers of rows, as a spreadsheet counts."""
_ROWS = 1 << 18
_OFTEN = 4
"""Values that occur so often in a batch, on average, are kept as a dictionary."""


class OddTableError(ContestedError):
    """A table that is to be read row by row."""


class Batch(NamedTuple):
    """Some rows of a table: their cells by column, or the rows themselves where columns cannot hold them."""

    first: int
    """The number of the first row, as a spreadsheet counts."""
    cells: pa.Table
    loose: tuple[Row, ...] = ()

    def numbers(self) -> Numbers:
        """Numbers of its rows."""
        return np.arange(self.first, self.first + len(self.cells))

    def places(self, numbers: Numbers) -> Numbers:
        """Places of those of some rows, by their numbers in order, that are of this batch."""
        begin, end = np.searchsorted(numbers, (self.first, self.first + len(self.cells)))
        return numbers[begin:end] - self.first

    def take(self, places: pa.Array) -> Iterator[tuple[int, dict[str, Any]]]:
        """Rows at some places of the batch, with their numbers."""
        names, taken = self.cells.column_names, self.cells.take(places)
        cells = [decoded(column).to_pylist() for column in taken.columns]
        for place, *row in zip(places.to_pylist(), *cells, strict=True):
            yield self.first + place, dict(zip(names, row, strict=True))


class ColumnReader(Protocol):
    """A table that can be read by its columns, several times."""

    def schema(self) -> pa.Schema:
        """Names and types of the columns."""

    def batches(self, columns: Sequence[str]) -> Iterator[Batch]:
        """Read all rows, at least these columns of them, and make sure that the table is not odd."""

    def last_batches(self) -> Iterator[Batch]:
        """Read all columns of all rows for the last time."""

    def rows(self, batch: Batch, places: pa.Array) -> Iterator[Row]:
        """Rows at some places of a batch, as they are read one by one."""


class ParquetFile:
    """A Parquet file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def schema(self) -> pa.Schema:
        """Names and types of the columns."""
        try:
            return pq.read_schema(self._path)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise OddTableError(self._path.name) from error

    def batches(self, columns: Sequence[str]) -> Iterator[Batch]:
        """Read these columns of all rows."""
        try:
            yield from self._read(columns)
        except UnreadableFileError as error:
            raise OddTableError(self._path.name) from error

    def last_batches(self) -> Iterator[Batch]:
        """Read all columns of all rows."""
        return self._read()

    def rows(self, batch: Batch, places: pa.Array) -> Iterator[Row]:
        """Rows at some places of a batch."""
        with refused_if_broken(self._path):
            yield from batch.take(places)

    def _read(self, columns: Sequence[str] | None = None) -> Iterator[Batch]:
        number = 2
        for batch in batches(self._path, _ROWS, columns):
            yield Batch(number, pa.table([_compact(column) for column in batch.columns], names=batch.schema.names))
            number += batch.num_rows


def _compact(column: pa.Array) -> pa.Array:
    """Keep a dictionary only where values are repeated often."""
    is_dictionary = pa.types.is_dictionary(column.type)
    return decoded(column) if is_dictionary and len(column.dictionary) * _OFTEN > len(column) else column


def decoded(column: pa.Array) -> pa.Array:
    """Column without a dictionary: each value in its place."""
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
