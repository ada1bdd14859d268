"""Alike: rows of columns that say the same are known by one number, so that what depends on that alone is made once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from contested.analysis.comparison.words import Flags, Numbers, Reals, Words, read

Column = Words | Numbers | Reals | Flags
"""Texts, numbers that stand for something (-1 for nothing), figures (not a number where unknown) or yes and no."""
Made = TypeVar("Made")
_WIDEST = 2**62


@dataclass(frozen=True, slots=True)
class Columns:
    """Rows as columns: by their names, those of texts, of figures and of yes and no."""

    texts: dict[str, Words]
    reals: dict[str, Reals]
    flags: dict[str, Flags]

    def __getitem__(self, name: str) -> Column:
        """Give any column."""
        return next(kind[name] for kind in (self.texts, self.reals, self.flags) if name in kind)

    def take(self, rows: Numbers, *names: str) -> "Columns":
        """Give the rows that are named, in that order, of all columns or of some."""

        def of(every: dict[str, Any]) -> dict[str, Any]:
            return {name: one.take(rows) for name, one in every.items() if not names or name in names}

        return Columns(of(self.texts), of(self.reals), of(self.flags))


def keyed(*columns: Words) -> Numbers:
    """Give one number to rows that say the same, in the order of the numbers of the first column, then of the next."""
    key, bound = np.zeros(len(columns[0]), np.int64), 1
    for column in columns:
        many = len(column.texts) + 1
        if bound * many > _WIDEST:
            key = np.unique(key, return_inverse=True)[1]
            bound = len(key)
        key, bound = key * many + column.number + 1, bound * many
    return key


def numbered(*columns: Column) -> Numbers:
    """Give one number to rows that say the same in every column; a row that is alone is looked at no further."""
    number: Numbers = np.zeros(len(columns[0]), np.int64)
    rest: Numbers | None = None
    key, bound = number, 1
    for column in columns:
        if bound > 1 and isinstance(column, np.ndarray) and column.dtype == np.float64:
            number, rest = _settled(number, rest, key)
            key, bound = number[rest], int(number.max(initial=0)) + 1
        found, many = _numbers(column if rest is None else column.take(rest))
        if bound * many > _WIDEST:
            key, bound = _dense(key), len(key)
        key, bound = key * many + found, bound * many
    return _dense(key) if rest is None else _closed_up(_settled(number, rest, key)[0])


def _settled(number: Numbers, rest: Numbers | None, key: Numbers) -> tuple[Numbers, Numbers]:
    """Give rows numbers by a key, and name those that are not alone."""
    mine = _dense(key)
    alike = np.flatnonzero(np.bincount(mine)[mine] > 1)
    if rest is None:
        return mine, alike
    found = number.copy()
    found[rest] = mine + number.max(initial=0) + 1
    return found, rest[alike]


def _closed_up(number: Numbers) -> Numbers:
    """Leave out the numbers that no row has."""
    used = np.zeros(int(number.max(initial=-1)) + 1, np.int64)
    used[number] = 1
    found: Numbers = np.cumsum(used)[number] - 1
    return found


def _dense(key: Numbers) -> Numbers:
    """Give the values of a key numbers as they come."""
    return read(pa.array(key)).number.astype(np.int64)


def _numbers(column: Column) -> tuple[Numbers, int]:
    """Give what rows say numbers, the unknown 0, and say how many there are."""
    if isinstance(column, np.ndarray) and column.dtype == np.float64:
        column = read(pa.array(column, from_pandas=True))
    if isinstance(column, Words):
        return column.number + 1, len(column.texts) + 1
    found: Numbers = column.astype(np.int64)
    return found + 1, int(found.max(initial=0)) + 2


def runs(number: Numbers) -> Numbers:
    """Give rows numbers by the runs in which they stand together and say the same."""
    return np.cumsum(np.diff(number, prepend=number[:1]) != 0)


def distinct(number: Numbers) -> Numbers:
    """Give the distinct numbers of what may be many, in order: by sorting, which is soonest."""
    found = np.sort(number)
    return found[np.diff(found, prepend=-1) > 0]


def firsts(number: Numbers) -> Numbers:
    """Name the first row of each number."""
    found = np.empty(int(number.max(initial=-1)) + 1, np.int64)
    found[number[::-1]] = np.arange(len(number))[::-1]
    return found


def kinds(make: Callable[..., Made], *columns: Column) -> tuple[Numbers, list[Made]]:
    """Make something of every kind of row once: give the number of each row's kind, and what was made of each."""
    number = numbered(*columns)
    first = firsts(number)
    cells = [_cells(column.take(first)) for column in columns]
    return number, [make(*row) for row in zip(*cells, strict=True)]


def _cells(column: Column) -> Sequence[object]:
    if isinstance(column, np.ndarray) and column.dtype == np.float64:
        return [None if figure != figure else figure for figure in column.tolist()]  # noqa: PLR0124 not a number
    return list(column.tolist())


def once(make: Callable[..., str | None], *columns: Column) -> Words:
    """Make a text of each row, once of rows that are alike."""
    number, made = kinds(make, *columns)
    return read(pa.array(made, pa.string())).of(number)


def joined(*parts: Words | pa.Array | str) -> pa.Array:
    """Write the texts of each row one after the other; what is unknown is left out."""
    written = (one.written() if isinstance(one, Words) else one for one in parts)
    return pc.binary_join_element_wise(*written, "", null_handling="replace", null_replacement="")


def both(column: pa.Array, one: pa.Array, other: pa.Array) -> pa.ListArray:
    """Put together what a column holds in either row of each pair of rows."""
    rows = np.array([one, other]).T.ravel()
    return pa.ListArray.from_arrays(pa.array(np.arange(0, len(rows) + 1, 2), pa.int32()), column.take(pa.array(rows)))
