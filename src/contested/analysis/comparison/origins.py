"""Independent origins: how many stand behind positions that agree.

What repeats the same words, comes from the same speaker or is told on the same side goes back to one origin, however
often it is printed; where no speaker is named, so does what comes from one voice or stands in one document. Whose words
are not named may be anybody's: their origin is not stated, and is never counted as an independent one.
"""

import json
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np

from contested.analysis.comparison.columns import UNKNOWN, Array
from contested.analysis.comparison.positions import Positions
from contested.model.wording import counted
from contested.query.resolution import joined

_SHARED = {"claim_id": "claim", "document": "document", "teller": "teller", "side": "side"}
"""What positions share that are not independent of each other, and what each is called."""


class Independent(NamedTuple):
    """How many origins share nothing with each other: those that are stated, and those that are not."""

    stated: int
    unstated: int

    def said(self) -> str:
        """Say how many: one is no corroboration, and what is not stated none either."""
        if not self.stated:
            return said(UNSTATED)
        return said(self.stated) + (f", {self.unstated} not stated" if self.unstated else "")


UNSTATED, NONE = 0, -1
"""Where no independent origin is stated, and where none is asked for: what is not the same has none in common."""


def independent(found: Iterable[tuple[bool, Iterable[str]]]) -> Independent:
    """Count the groups that share no origin with each other; one is stated where any of its members is."""
    groups = joined(found)
    stated = sum(any(group) for group in groups)
    return Independent(stated, len(groups) - stated)


def said(number: int) -> str:
    """Say how many origins: one is no corroboration."""
    if number == UNSTATED:
        return "origin not stated"
    return "1 origin" if number == 1 else counted(number, "independent origin")


def origins(positions: Positions, row: int) -> frozenset[str]:
    """Name what a position goes back to: claims and what they repeat, documents, speakers, sides."""
    found = {f"{word} {one}" for name, word in _SHARED.items() for one in positions.listed(row, name)}
    return frozenset(found | {f"claim {one}" for ids in positions.listed(row, "repeats") for one in json.loads(ids)})


def of_pairs(positions: Positions, one: Array, other: Array) -> Array:
    """Count the independent origins of each pair of positions that are the same."""
    stated = positions["is_stated"]
    return np.where(_share(positions, one, other), 1, np.where(stated[one] & stated[other], 2, UNSTATED))


def _share(positions: Positions, one: Array, other: Array) -> Array:
    """Say which pairs of positions have an origin in common: by columns where either is of one claim, else by name."""
    first = positions.starts[:-1]
    single = (np.diff(positions.starts) == 1) & (positions.claims["repeats"][first] == UNKNOWN)
    columns = [positions.claims[name][first] for name in _SHARED]
    shared: Array = np.any([(column[one] == column[other]) & (column[one] != UNKNOWN) for column in columns], axis=0)
    of = cache(lambda row: origins(positions, row))
    rest = np.flatnonzero(~(single[one] & single[other]))
    shared[rest] = [not of(a).isdisjoint(of(b)) for a, b in zip(one[rest].tolist(), other[rest].tolist(), strict=True)]
    return shared
