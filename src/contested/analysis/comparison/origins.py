"""The origins: how many independent ones stand behind positions that agree.

What repeats the same words, comes from the same speaker or is told on the same side goes back to one origin, however
often it is printed; where no speaker is named, so does what comes from one voice or stands in one document. Whose words
are not named may be anybody's: their origin is not stated, and is never counted as an independent one.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from contested.analysis.comparison.deduplicate import distinct
from contested.analysis.comparison.position import ORIGINS, flags
from contested.analysis.comparison.words import Flags, Numbers, read
from contested.model.wording import counted


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
    apart: list[tuple[bool, set[str]]] = []
    for is_stated, origins in ((is_stated, set(origins)) for is_stated, origins in found):
        shared = [group for group in apart if group[1] & origins]
        apart = [group for group in apart if not group[1] & origins]
        apart.append((is_stated or any(one for one, _ in shared), origins.union(*(more for _, more in shared))))
    stated = sum(one for one, _ in apart)
    return Independent(stated, len(apart) - stated)


def said(number: int) -> str:
    """Say how many origins: one is no corroboration."""
    if number == UNSTATED:
        return "origin not stated"
    return "1 origin" if number == 1 else counted(number, "independent origin")


def of_pairs(told: pa.RecordBatch, one: Numbers, other: Numbers) -> Numbers:
    """Count the independent origins of each pair of positions that are the same."""
    stated = flags(told, "is_stated")
    return np.where(shared(told, one, other), 1, np.where(stated[one] & stated[other], 2, UNSTATED))


def shared(told: pa.RecordBatch, one: Numbers, other: Numbers) -> Flags:
    """Say which pairs of positions have an origin in common."""
    pair = [pa.array(rows) for rows in (one, other)]
    found: Flags = np.logical_or.reduce([_meet(*(told[name].take(rows) for rows in pair)) for name in ORIGINS])
    return found


def _meet(one: pa.ListArray, other: pa.ListArray) -> Flags:
    """Say which pairs of lists have something in common."""
    found = [read(lists.flatten()).number for lists in (one, other)]
    rows = [pc.list_parent_indices(lists).to_numpy() for lists in (one, other)]
    if all(len(row) == len(one) for row in rows) and all((np.diff(row) == 1).all() for row in rows):
        same: Flags = (found[0] == found[1]) & (found[0] >= 0)
        return same
    many = len(one.values.dictionary)
    keys = [distinct((row * many + each)[each >= 0]) for row, each in zip(rows, found, strict=True)]
    every, met = np.sort(np.concatenate(keys)), np.zeros(len(one), bool)
    met[every[1:][every[1:] == every[:-1]] // max(many, 1)] = True
    return met
