"""Thinning: which of very many marks a figure shows, so that a browser can draw it and the extremes stay."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Places = NDArray[np.integer[Any]]
MOST = 500
"""How many marks a figure shows at most."""
MOST_ACCOUNTS = 60
"""To how many accounts a figure gives a lane of their own."""


def fair_share(sizes: "Sequence[int] | pd.Series[int]", most: int = MOST) -> int:
    """Give the largest size to which groups can be cut so that together they hold at most so many; at least one."""
    low, high = 1, max([1, *sizes])
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if np.minimum(sizes, middle).sum() <= most else (low, middle - 1)
    return low


Rank = Callable[[pd.DataFrame], "pd.Series[int]"]
"""Ranks rows: those of a lower rank are kept first."""


def thinned(rows: pd.DataFrame, most: int, rank: Rank | None = None) -> pd.DataFrame:
    """Keep at most so many rows, in their order: those of a lower rank first, of one rank evenly many."""
    if len(rows) <= most:
        return rows
    return rows.iloc[chosen(rank(rows).to_numpy() if rank else np.zeros(len(rows), int), most)]


def chosen(ranks: Places, most: int) -> Places:
    """Choose at most so many places by their ranks: those of a lower rank first, of one rank evenly many, in order."""
    places = np.array([], int)
    for rank in np.unique(ranks):
        places = np.append(places, _evenly(np.flatnonzero(ranks == rank), most - len(places)))
    return np.sort(places)


def _evenly(places: Places, most: int) -> Places:
    """Choose at most so many places, evenly far apart, the first and the last among them."""
    if len(places) <= most:
        return places
    return places[np.linspace(0, len(places) - 1, most).round().astype(int)] if most > 1 else places[:most]


def largest(sizes: "pd.Series[int]", most: int = MOST_ACCOUNTS) -> set[str]:
    """Name the largest groups, at most so many."""
    return set(sizes.nlargest(most).index)
