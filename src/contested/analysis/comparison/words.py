"""Words: a column of texts that keeps each text once, and for every row the number of its text.

So rows are taken, told apart and put in order by numbers alone, and what depends on a text is made of it once.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Numbers = npt.NDArray[np.integer[Any]]
Flags = npt.NDArray[np.bool_]
Reals = npt.NDArray[np.float64]
TEXT = pa.dictionary(pa.int32(), pa.string())
"""The same column as a table holds it."""


@dataclass(frozen=True, slots=True)
class Words:
    """The number of each row's text, -1 where it is unknown; and the texts, each once."""

    number: Numbers
    texts: pa.Array

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.number)

    def take(self, rows: Numbers) -> "Words":
        """Give the rows that are named, in that order."""
        return Words(self.number.take(rows), self.texts)

    def only(self, where: Flags) -> "Words":
        """Keep what is said there, and leave all else unknown."""
        return Words(np.where(where, self.number, -1), self.texts)

    def known(self) -> Flags:
        """Say which rows are known."""
        found: Flags = self.number >= 0
        return found

    def among(self, texts: Collection[str] | pa.Array) -> Flags:
        """Say which rows say one of these."""
        found = pc.is_in(self.texts, pa.array(texts, pa.string())).to_numpy(zero_copy_only=False)
        return np.append(found, np.False_).take(self.number)

    def once(self, make: Callable[[str], str | None]) -> "Words":
        """Make a text of each text."""
        return read(pa.array([make(text) for text in self.texts.tolist()], pa.string())).of(self.number)

    def of(self, number: Numbers) -> "Words":
        """Give the row of each number, and nothing where that is -1."""
        return Words(np.append(self.number, np.int32(-1)).take(number), self.texts)

    def in_order(self) -> "Words":
        """Give the texts numbers in their order."""
        order = pc.array_sort_indices(self.texts)
        place = np.empty(len(order), np.int32)
        place[order.to_numpy()] = np.arange(len(order), dtype=np.int32)
        return Words(np.append(place, np.int32(-1)).take(self.number), self.texts.take(order))

    def written(self) -> pa.Array:
        """Write out the text of each row."""
        return self.texts.take(pa.array(self.number, mask=self.number < 0))

    def column(self) -> pa.DictionaryArray:
        """Give the column of a table."""
        return pa.DictionaryArray.from_arrays(pa.array(self.number, pa.int32(), mask=self.number < 0), self.texts)

    def tolist(self) -> list[str | None]:
        """List the text of each row."""
        texts: list[str | None] = self.written().to_pylist()
        return texts


def read(column: pa.Array) -> Words:
    """Read a column of texts."""
    found = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    number = found.indices.fill_null(-1) if found.null_count else found.indices
    return Words(number.to_numpy(), found.dictionary)


def always(text: str, rows: int) -> Words:
    """Say the same in every row."""
    return Words(np.zeros(rows, np.int32), pa.array([text]))


def unknown(rows: int) -> Words:
    """Say nothing in any row."""
    return Words(np.full(rows, -1, np.int32), pa.array([], pa.string()))


def end_to_end(columns: Sequence[Words]) -> Words:
    """Put the rows of several columns one after the other."""
    if all(one.texts is columns[0].texts for one in columns):
        return Words(np.concatenate([one.number for one in columns]), columns[0].texts)
    every = read(pa.concat_arrays([one.texts for one in columns]))
    starts = accumulate((len(one.texts) for one in columns), initial=0)
    places = [np.where(one.number < 0, -1, one.number + start) for one, start in zip(columns, starts, strict=False)]
    return every.of(np.concatenate(places))


def first_known(*columns: Words) -> Words:
    """Give of each row the first that is known."""
    every = end_to_end(columns)
    found, *others = every.number.reshape(len(columns), -1)
    for other in others:
        found = np.where(found < 0, other, found)
    return Words(found, every.texts)
