"""The first rows of an answer's table, as words, for a page or a slide that holds no more."""

from typing import NamedTuple

import pandas as pd

from contested.answers import Answer
from contested.model.wording import listing, spaced

MOST = 30
"""How many rows there are at most."""
_UNSTATED = "not stated"
_WIDE, _LETTERS = 160, 130
"""The most letters that count for the width of a column, and how many stand in a line of the table."""


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
        _shares(printed),
        printed.to_numpy().tolist(),
        " ".join([*(more if len(page) < len(answer.rows) else []), *(unsaid if empty else [])]),
    )


def _shares(printed: pd.DataFrame) -> list[int]:
    """Give each column the room of its longest word, and part what is left by the mean cells, within bounds."""
    least, wished = [], []
    for name in printed:
        told = [spaced(str(name)), *printed[name]]
        least.append(max(len(word) for words in told for word in words.split() or [""]) + 1)
        wished.append(max(least[-1], min(round(printed[name].str.len().mean()), _WIDE)) if len(printed) else least[-1])
    more = sum(wished) - sum(least)
    part = min(1, max(_LETTERS - sum(least), 0) / more) if more else 0
    return [round(one + (wish - one) * part) for one, wish in zip(least, wished, strict=True)]
