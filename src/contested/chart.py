"""A chart: one question about the claims, answered as a table, a figure and sentences."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from contested.doubted.topic import EVERYTHING, Topic
from contested.legend import Legend
from contested.theme import Figure

Row = Any
"""A row of an answer, with the columns of the chart's question as attributes."""


def each(answer: pd.DataFrame) -> Iterator[Row]:
    """Go through the rows of an answer: as `itertuples` does, which is slow over words."""
    row = _row(tuple(answer.columns))
    return map(row._make, zip(*(_cells(answer[name]) for name in answer), strict=True))


def by_account(answer: pd.DataFrame) -> dict[str, list[Row]]:
    """Give the rows of each account."""
    told: dict[str, list[Row]] = {}
    for row in each(answer):
        told.setdefault(row.account, []).append(row)
    return told


@lru_cache
def _row(names: tuple[str, ...]) -> Any:  # noqa: ANN401 a type made for these columns
    return NamedTuple("Row", [(name, Any) for name in names])


def _cells(column: pd.Series) -> Iterable[Any]:
    return column.to_numpy(object) if column.dtype == "str" else column


def each_once(claim_ids: pd.Series) -> pd.Series:
    """Name the claims of each row once and in order: as SQL does, which is slow over long lists."""
    return pd.Series([np.array(sorted(set(ids)), object) for ids in claim_ids], claim_ids.index, object)


def as_asked(rows: pd.DataFrame, _: Legend) -> pd.DataFrame:
    """Leave the answer as SQL gives it."""
    return rows


@dataclass(frozen=True)
class Chart:
    """Everything that the dashboard and the terminal need to know about one chart."""

    key: str
    name: str
    definition: str
    """What is counted, in one line: the subtitle."""
    question: str
    """The SQL put to the relations of `contested.relations`."""
    columns: tuple[str, ...]
    """The columns of the answer that leave the program: the table, the terminal, the exports."""
    caveat: str
    """What the viewer must not conclude from it."""
    draw: Callable[[pd.DataFrame, Legend], Figure]
    tell: Callable[[pd.DataFrame, Legend], list[str]]
    """The answer in sentences; the first is the finding that stands as the title."""
    mark: Callable[[Row, Legend], str]
    """The name of one row's mark, where a viewer chooses one."""
    reckon: Callable[[Any, Legend], pd.DataFrame] = as_asked
    """The arithmetic that SQL cannot say well, between the question and its answer."""
    in_columns: bool = False
    """Whether the arithmetic goes by whole columns, as they are kept; else by a table of pandas."""
    topic: Topic = EVERYTHING
    """Which claims the question concerns, and which of them cannot support an answer."""
    beside: str = ""
    """The key of the chart whose contradictions are rows too, as far as they are new since the earlier moment."""
