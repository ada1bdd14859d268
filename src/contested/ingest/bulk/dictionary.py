"""Words: a column of text as the words that stand in it, each once, and which of them stands in which row."""

from collections.abc import Mapping
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc


class Worded(NamedTuple):
    """The words of a column, behind them nothing, which an empty cell says, and the place of each row's word."""

    words: pa.Array
    places: pa.Array


def is_text(of: pa.DataType) -> bool:
    """Say whether the cells of a column are text, each held where it stands or each word once."""
    kind = of.value_type if pa.types.is_dictionary(of) else of
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def worded(cells: pa.ChunkedArray) -> Worded:
    """Find the words of a column of text."""
    coded = (cells if pa.types.is_dictionary(cells.type) else pc.dictionary_encode(cells)).combine_chunks()
    words = coded.dictionary.cast(pa.string())
    return Worded(words, pc.fill_null(coded.indices, len(words)))


def side_by_side(columns: Mapping[str, Worded]) -> pa.Table:
    """Put the words of some columns side by side; below the last words of each stands nothing, at least once."""
    most = 1 + max(len(words) for words, _ in columns.values())
    filled = [pa.concat_arrays([words, pa.nulls(most - len(words), pa.string())]) for words, _ in columns.values()]
    return pa.table(filled, list(columns))
