"""Columns: rows as NumPy arrays, with texts as codes into one sorted dictionary.

All texts of a table share that dictionary, so that the codes of any columns can be compared, grouped and sorted.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Array = npt.NDArray[Any]
UNKNOWN, ABSENT = np.int32(-1), np.int32(-2)
"""The code of a null, and of a text that is in no row."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Arrays of one length by name: codes of texts, floats (NaN for null) or booleans."""

    texts: pa.StringArray
    """The dictionary: each text once, in order."""
    arrays: Mapping[str, Array]

    def __getitem__(self, name: str) -> Array:
        """Return one column."""
        return self.arrays[name]

    def take(self, rows: Array, *names: str) -> "Columns":
        """Select rows by their numbers, of some columns or of all."""
        return Columns(self.texts, {name: self.arrays[name].take(rows) for name in names or self.arrays})

    def code(self, text: str) -> np.int32:
        """Look a text up in the dictionary."""
        place = bisect_left(self.texts, text, key=pa.StringScalar.as_py)
        return np.int32(place) if place < len(self.texts) and self.texts[place].as_py() == text else ABSENT

    def equals(self, name: str, text: str) -> Array:
        """Compare a column with a text."""
        found: Array = self[name] == self.code(text)
        return found

    def decode(self, codes: Array) -> pa.StringArray:
        """Return the texts of codes, null for the unknown."""
        return self.texts.take(pa.array(codes, mask=codes < 0))

    def text(self, name: str, row: int) -> str | None:
        """Return one cell."""
        code = int(self[name][row])
        return None if code < 0 else self.texts[code].as_py()


def encode(table: pa.Table, *constants: str) -> Columns:
    """Encode texts, numbers, instants (as epoch seconds) and booleans that are never null; constants get codes too."""
    texts = [field.name for field in table.schema if pa.types.is_string(field.type)]
    chunks = [pa.array(constants, pa.string()), *(table[name].combine_chunks() for name in texts)]
    encoded = pa.chunked_array(chunks).dictionary_encode().combine_chunks()
    order = pc.array_sort_indices(encoded.dictionary)
    rank = np.full(len(order) + 1, UNKNOWN)
    rank[order.to_numpy()] = np.arange(len(order))
    codes = rank[encoded.indices.fill_null(-1).to_numpy()][len(constants) :].reshape(len(texts), len(table))
    others = {name: _numbers(table[name].combine_chunks()) for name in table.column_names if name not in texts}
    return Columns(encoded.dictionary.take(order), dict(zip(texts, codes, strict=True)) | others)


def _numbers(column: pa.Array) -> Array:
    if pa.types.is_timestamp(column.type):
        return _numbers(column.cast(pa.int64())) / 1e6
    cells = column if pa.types.is_boolean(column.type) else column.cast(pa.float64(), safe=False)
    found: Array = cells.to_numpy(zero_copy_only=False)
    return found


def any_known(*columns: Array) -> Array:
    """Say in which rows any of some columns of numbers holds one."""
    found: Array = np.logical_or.reduce([~np.isnan(column) for column in columns])
    return found


class Groups(NamedTuple):
    """Rows that are equal in every column, the groups in any order."""

    rows: Array
    """Those of one group side by side, in order."""
    starts: Array
    """The offset of each group in the rows, with the end."""

    @property
    def first(self) -> Array:
        """The first row of each group."""
        found: Array = self.rows[self.starts[:-1]]
        return found

    def broadcast(self, values: Array) -> Array:
        """Give each row the value of its group."""
        found = np.empty(len(self.rows), values.dtype)
        found[self.rows] = np.repeat(values, np.diff(self.starts))
        return found


def group_by(*columns: Array) -> Groups:
    """Group rows by equal values in every column."""
    differing = [column for column in columns if not np.array_equal(column[1:], column[:-1], equal_nan=True)]
    keys = {str(number): column for number, column in enumerate(differing or columns[:1])}
    table = pa.table(keys | {"row": np.arange(len(columns[0]))})
    rows = table.group_by(list(keys), use_threads=False).aggregate([("row", "list")])["row_list"].combine_chunks()
    return Groups(rows.values.to_numpy(), rows.offsets.to_numpy())


def number_by(*columns: Array) -> Array:
    """Return the place of each row in the order of some columns; equal rows share it."""
    groups = group_by(*columns)
    order = np.lexsort([column[groups.first] for column in reversed(columns)])
    return groups.broadcast(np.argsort(order))
