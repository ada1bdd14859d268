"""Alike: rows of columns numbered by what they say, so that what depends on that alone is made once."""

from collections.abc import Callable
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Numbers = npt.NDArray[np.int64]
Made = TypeVar("Made")


def ranks(column: pa.Array) -> tuple[Numbers, pa.Array]:
    """Give each value of a column its place in their order, the unknown last, and the value of each place."""
    found = column.dictionary_encode()
    order = pc.sort_indices(found.dictionary).to_numpy()
    place = np.empty(len(order) + 1, np.int64)
    place[order] = np.arange(len(order))
    place[-1] = len(order)
    values = pa.concat_arrays([found.dictionary.take(pa.array(order)), pa.nulls(1, found.dictionary.type)])
    return place[found.indices.fill_null(-1).to_numpy(zero_copy_only=False)], values


def numbered(*columns: pa.Array) -> Numbers:
    """Give one number to rows that say the same in every column; a row that is alone is looked at no further."""
    number, _ = _codes(columns[0])
    rest = _shared(number)
    for column in columns[1:]:
        found, many = _codes(column.take(pa.array(rest)))
        if many > 1:
            mine, _ = pd.factorize(number[rest] * many + found)
            number[rest] = mine + number.max(initial=-1) + 1
            rest = rest[_shared(mine)]
    return number if len(columns) == 1 else pd.factorize(number)[0]


def _codes(column: pa.Array) -> tuple[Numbers, int]:
    """Give each value of a column a number as it comes, the unknown the last, and say how many there are."""
    found = column.dictionary_encode()
    many = len(found.dictionary)
    codes = found.indices.fill_null(many).to_numpy().astype(np.int64)
    return codes, many + (column.null_count > 0)


def _shared(number: Numbers) -> Numbers:
    return np.flatnonzero(np.bincount(number)[number] > 1)


def runs(column: pa.Array) -> Numbers:
    """Give one number to rows that stand together and say the same."""
    changes = pc.not_equal(column.slice(1), column.slice(0, max(len(column) - 1, 0)))
    return np.append(0, np.cumsum(changes.to_numpy(zero_copy_only=False)))[: len(column)]


def distinct(numbers: Numbers) -> Numbers:
    """Give the distinct numbers of what may be many, in order: by sorting, which is soonest."""
    found = np.sort(numbers)
    return found[np.diff(found, prepend=-1) > 0]


def kinds(make: Callable[..., Made], *columns: pa.Array) -> tuple[Numbers, list[Made]]:
    """Make something of every kind of row once: give the number of each row's kind, and what was made of each."""
    number = numbered(*columns)
    first = np.empty(number.max(initial=-1) + 1, np.int64)
    first[number[::-1]] = np.arange(len(number))[::-1]
    cells = [column.take(pa.array(first)).to_pylist() for column in columns]
    return number, [make(*row) for row in zip(*cells, strict=True)]


def once(make: Callable[..., str | None], *columns: pa.Array) -> pa.Array:
    """Make a text of each row, once of rows that are alike."""
    number, made = kinds(make, *columns)
    return pa.array(made, pa.string()).take(pa.array(number))


def joined(*texts: pa.Array | str) -> pa.Array:
    """Write the texts of each row one after the other; what is unknown is left out."""
    return pc.binary_join_element_wise(*texts, "", null_handling="replace", null_replacement="")


def both(column: pa.Array, one: pa.Array, other: pa.Array) -> pa.ListArray:
    """Put together what a column holds in either row of each pair of rows."""
    rows = np.array([one, other]).T.ravel()
    return pa.ListArray.from_arrays(pa.array(np.arange(0, len(rows) + 1, 2), pa.int32()), column.take(pa.array(rows)))
