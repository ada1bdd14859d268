"""Shares within targets: which part of the delays came within each, between which bounds, and with what interval.

A share has two bounds where delays do; its interval (Wilson 1927) goes from that of the one to that of the other. Of
fewer than ten delays no share is given.
"""

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from contested.analysis.timing.interval_censoring import Array, Bounds
from contested.model.times import LEAST_DELAYS

Z = NormalDist().inv_cdf(0.975)
COLUMNS = ("target_minutes", "within_low", "within_high", "within_least", "within_most")
"""The columns of a table of delays that hold, for each target in turn, the bounds of its share and of its interval."""


class Share(NamedTuple):
    """The share of some delays that came within a target: its bounds, and those of its interval."""

    minutes: float
    low: float
    high: float
    least: float
    most: float


def wilson(share: float, number: int) -> Bounds:
    """Give the interval of a share of so many (Wilson 1927)."""
    middle, around = share + Z**2 / (2 * number), Z * sqrt(share * (1 - share) / number + (Z / (2 * number)) ** 2)
    scale = 1 + Z**2 / number
    return max(0.0, (middle - around) / scale), min(1.0, (middle + around) / scale)


def share_of(low: float, high: float, number: int, minutes: float) -> Share:
    """Give a share between two bounds its interval."""
    return Share(minutes, low, high, wilson(low, number)[0], wilson(high, number)[1])


def shares_of_sorted(lows: Array, highs: Array, targets: Sequence[float]) -> list[Share]:
    """Give the shares of delays whose lower and upper bounds are each in order."""
    n = len(lows)
    if n < LEAST_DELAYS:
        return []
    counts = (np.searchsorted(ends, targets, side="right") / n for ends in (highs, lows))
    return [share_of(low, high, n, one) for one, low, high in zip(targets, *counts, strict=True)]


def in_columns(shares: Sequence[Share]) -> dict[str, list[float]]:
    """Give the shares as cells of a table."""
    return {name: [float(share[place]) for share in shares] for place, name in enumerate(COLUMNS)}


def of_row(row: object) -> list[Share]:
    """Read the shares from a row of a table."""
    cells = [getattr(row, name) for name in COLUMNS]
    return [Share(*told) for told in zip(*cells, strict=True)] if isinstance(cells[0], list) else []


def percent(low: float, high: float) -> str:
    """Write a share between two bounds: 80%, 60–80%."""
    ends = f"{low:.0%}", f"{high:.0%}"
    return ends[0] if ends[0] == ends[1] else f"{ends[0].removesuffix('%')}–{ends[1]}"
