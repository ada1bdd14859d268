"""The rows of an answer, read one by one from its table."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

Row = Any
"""A row of an answer, with the columns of the chart's question as attributes."""


def each(answer: pd.DataFrame) -> Iterator[Row]:
    """Go through the rows of an answer: as `itertuples` does, which is slow over words."""
    row = _row(tuple(answer.columns))
    return map(row._make, zip(*(_cells(answer[name]) for name in answer), strict=True))


def numbered(answer: pd.DataFrame) -> Iterator[tuple[int, Row]]:
    """Go through some rows of an answer, each with its number among all rows: what a mark carries."""
    return zip(answer.index.tolist(), each(answer), strict=True)


def known(number: float | None) -> float | None:
    """Read a number of a row, which is None where it is not known."""
    return None if pd.isna(number) else float(number)


@lru_cache
def _row(names: tuple[str, ...]) -> Any:  # noqa: ANN401 a type made for these columns
    return NamedTuple("Row", [(name, Any) for name in names])


def _cells(column: pd.Series) -> Iterable[Any]:
    return column.to_numpy(object) if column.dtype == "str" else column
