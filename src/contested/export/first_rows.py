"""The first rows of an answer's table, as words, for a page or a slide that holds no more."""

from typing import NamedTuple

import pandas as pd

from contested.answers import Answer
from contested.model.wording import listing, spaced

MOST = 30
"""How many rows there are at most."""
_UNSTATED = "not stated"
_NARROW, _WIDE = 6, 60
"""The least and the most letters that count for the width of a column."""


class FirstRows(NamedTuple):
    """Headings, how much of the width each column gets, the cells, and what is not among them."""

    heads: list[str]
    shares: list[int]
    rows: list[list[str]]
    more: str


def first_rows(answer: Answer) -> FirstRows:
    """Write the first rows as words; a column in which no row says anything is named, and not printed."""
    page = answer.page.head(MOST).reset_index()
    empty = [name for name in page if (page[name] == _UNSTATED).all()]
    printed = page.drop(columns=empty).astype(str)
    more = [f"The first {len(page):,} of {len(answer.rows):,} rows; the files of the table hold all."]
    unsaid = [f"Stated in none of these rows: {listing([spaced(str(name)) for name in empty])}."]
    return FirstRows(
        [spaced(str(name)) for name in printed],
        [_share(str(name), printed[name]) for name in printed],
        printed.to_numpy().tolist(),
        " ".join([*(more if len(page) < len(answer.rows) else []), *(unsaid if empty else [])]),
    )


def _share(name: str, cells: pd.Series) -> int:
    """Say how much of the width a column gets: by its longest cell, within bounds."""
    return int(min(max(cells.str.len().max(), len(name), _NARROW), _WIDE))
