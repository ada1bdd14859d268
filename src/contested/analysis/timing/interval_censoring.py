"""Interval-censored values as histograms: order statistics, bounds of the empirical CDF, and a difference of medians.

A value lies between its shortest and its longest; one that is right-censored has no longest (`inf`). The bounds of a
percentile hold wherever each value lies within its own interval. Nothing is trimmed, and no midpoint is taken.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import floor
from typing import Any, NamedTuple

import numpy as np

from contested.model.times import LEAST_DELAYS, Delay

MEDIAN, P90 = 50, 90
SEED, RESAMPLES, CONFIDENCE = 2020, 4000, 95

Array = np.ndarray[Any, np.dtype[Any]]
Bounds = tuple[float, float]
"""The least and the greatest that a value can be; infinite where nothing bounds it."""


class Histogram(NamedTuple):
    """Distinct intervals (n x 2, lower and upper bound) and how often each occurs (n, positive)."""

    bounds: Array
    counts: Array

    @property
    def total(self) -> int:
        """Count the values."""
        return int(self.counts.sum())

    def scaled(self, factor: float) -> "Histogram":
        """Multiply every bound, as to go from minutes to hours."""
        return Histogram(self.bounds * factor, self.counts)

    def ordered(self) -> tuple["OrderStatistics", "OrderStatistics"]:
        """Sort the lower bounds and the upper ones: the kth smallest value lies between the kth of each."""
        lows, highs = (OrderStatistics.of(ends, self.counts) for ends in self.bounds.T)
        return lows, highs


Intervals = Histogram | Sequence[Bounds] | Array
"""A histogram of intervals, or the intervals one by one (n x 2)."""


def histogram(intervals: Intervals) -> Histogram:
    """Count the distinct intervals; a histogram is one already."""
    if isinstance(intervals, Histogram):
        return intervals
    bounds, counts = np.unique(np.asarray(intervals, float).reshape(-1, 2), axis=0, return_counts=True)
    return Histogram(bounds, counts)


class OrderStatistics(NamedTuple):
    """Sorted values, and how many are at or below each."""

    values: Array
    cumulated: Array

    @classmethod
    def of(cls, values: Array, counts: Array) -> "OrderStatistics":
        """Sort values that occur so often."""
        order = np.argsort(values, kind="stable")
        return cls(values[order], np.cumsum(counts[order]))

    def at(self, ranks: Any) -> Array:  # noqa: ANN401 one rank or many
        """Give the values at ranks, of which the first is 0."""
        return np.asarray(self.values[np.searchsorted(self.cumulated, ranks, side="right")])

    def share_up_to(self, moments: Array) -> Array:
        """Give the empirical CDF at some values."""
        below = np.searchsorted(self.values, moments, side="right")
        return np.asarray(np.concatenate([[0], self.cumulated])[below] / self.cumulated[-1])


class Difference(NamedTuple):
    """By how much one median exceeds another: the bounds, and the bootstrap confidence interval around them."""

    low: float
    high: float
    least: float
    most: float

    def mirrored(self) -> "Difference":
        """Tell the same the other way round."""
        return Difference(-self.high, -self.low, -self.most, -self.least)


def percentile(intervals: Intervals, percent: int) -> Delay | None:
    """Bound a percentile (the least value that so many do not exceed), or give nothing where there are too few."""
    counted = histogram(intervals)
    if counted.total < LEAST_DELAYS:
        return None
    rank = _rank(counted.total, percent)
    return Delay(*(float(ends.at(rank)) for ends in counted.ordered()))


def ecdf_bounds(intervals: Intervals) -> list[tuple[float, float, float]]:
    """Bound the empirical CDF: the values at which it may change, each with its least and its greatest share."""
    counted = histogram(intervals)
    lows, highs = counted.ordered()
    moments = np.unique(counted.bounds)
    moments = moments[np.isfinite(moments)]
    least, most = (ends.share_up_to(moments) for ends in (highs, lows))
    return list(zip(moments.tolist(), least.tolist(), most.tolist(), strict=True))


def ecdf_polygon(intervals: Intervals, edges: Bounds, resolution: int | None = None) -> tuple[list[float], list[float]]:
    """Walk around the band within which the empirical CDF must lie, between two edges: x and y of a polygon.

    With a resolution, corners are left out between which neither bound rises by one part of so many.
    """
    inside = [(min(max(at, edges[0]), edges[1]), least, most) for at, least, most in ecdf_bounds(intervals)]
    if resolution and len(inside) > resolution:
        parts = [(floor(least * resolution), floor(most * resolution)) for _, least, most in inside]
        inside = [corner for corner, part, before in zip(inside, parts, [None, *parts], strict=False) if part != before]
    corners = [(edges[0], 0.0, 0.0), *inside, (edges[1], *inside[-1][1:])]
    upper = [(at, share) for (_, _, before), (at, _, after) in pairwise(corners) for share in (before, after)]
    lower = [(at, share) for (_, before, _), (at, after, _) in pairwise(corners) for share in (before, after)]
    walk = [(edges[0], 0.0), *upper, *reversed(lower)]
    return [at for at, _ in walk], [share for _, share in walk]


def difference_of_medians(one: Intervals, other: Intervals) -> Difference | None:
    """Compare two medians by a bootstrap with a fixed seed; nothing where either has too few values."""
    first, second = percentile(one, MEDIAN), percentile(other, MEDIAN)
    if first is None or second is None:
        return None
    counted = histogram(one), histogram(other)
    drawn = [(*_resampled_medians(counted[0], half), *_resampled_medians(counted[1], 1 - half)) for half in (0, 1)]
    lows, highs, other_lows, other_highs = (np.concatenate(ends) for ends in zip(*drawn, strict=True))
    tail = (100 - CONFIDENCE) / 200
    least, most = np.sort(lows - other_highs), np.sort(highs - other_lows)
    bottom, top = int(RESAMPLES * tail), RESAMPLES - 1 - int(RESAMPLES * tail)
    return Difference(first.low - second.high, first.high - second.low, float(least[bottom]), float(most[top]))


def _rank(number: int, percent: int) -> int:
    return -(-number * percent // 100) - 1


def _resampled_medians(counted: Histogram, half: int) -> tuple[Array, Array]:
    """Draw the medians of samples with replacement: the rank that the kth of n drawn has is Beta(k, n + 1 - k).

    Each of two groups draws one half as the other draws the other, so that neither comes first.
    """
    number = counted.total
    k = _rank(number, MEDIAN) + 1
    drawn = np.random.default_rng([SEED, half]).beta(k, number + 1 - k, RESAMPLES // 2) * number
    ranks = np.minimum(drawn.astype(int), number - 1)
    lows, highs = (ends.at(ranks) for ends in counted.ordered())
    return lows, highs
