"""The origins: how many independent ones stand behind positions that agree.

What repeats the same words, stands in the same document, comes from the same voice or is told on the same side goes
back to one origin, however often it is printed.
"""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from contested.compared.alike import distinct
from contested.compared.position import ORIGINS
from contested.compared.words import Flags, Numbers, read
from contested.wording import counted


def independent(found: Iterable[Iterable[str]]) -> int:
    """Count the groups that share no origin with each other."""
    apart: list[set[str]] = []
    for origins in map(set, found):
        shared = [group for group in apart if group & origins]
        apart = [group for group in apart if not group & origins]
        apart.append(origins.union(*shared))
    return len(apart)


def said(number: int) -> str:
    """Say how many origins: one is no corroboration."""
    return "1 origin" if number == 1 else counted(number, "independent origin")


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
