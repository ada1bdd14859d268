"""A column of text as its distinct values and the place of each cell's value among them."""

from collections.abc import Mapping
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc


class Encoded(NamedTuple):
    """The distinct values of a column, and the place of each cell's value; behind the last stands that of null."""

    values: pa.Array
    places: pa.Array


def is_text(of: pa.DataType) -> bool:
    """Say whether the cells of a column are text, encoded as a dictionary or not."""
    kind = of.value_type if pa.types.is_dictionary(of) else of
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def encoded(cells: pa.ChunkedArray) -> Encoded:
    """Find the distinct values of a column of text."""
    coded = (cells if pa.types.is_dictionary(cells.type) else pc.dictionary_encode(cells)).combine_chunks()
    values = coded.dictionary.cast(pa.string())
    return Encoded(values, pc.fill_null(coded.indices, len(values)))


def side_by_side(columns: Mapping[str, Encoded]) -> pa.Table:
    """Put the distinct values of some columns side by side, filled up with null, at least once."""
    most = 1 + max(len(values) for values, _ in columns.values())
    filled = [pa.concat_arrays([values, pa.nulls(most - len(values), pa.string())]) for values, _ in columns.values()]
    return pa.table(filled, list(columns))
