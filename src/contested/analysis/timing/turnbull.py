"""The nonparametric maximum likelihood estimate of interval-censored values (Turnbull 1976).

It makes no assumption about the shape, and one about the telling: that a value is told no more and no less precisely
for being large. It gives probability to innermost (Turnbull) intervals; where inside one it lies is not identified.
"""

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

import numpy as np

from contested.analysis.timing.interval_censoring import Array, Bounds, Intervals, histogram

TOLERANCE, COARSE_TOLERANCE = 1e-9, 1e-8
"""By how much more a probability might still grow where a distribution is drawn, and where it makes one number."""
_MANY, _TOLERANCE_OF_MANY = 2_000, 1e-6
"""Of more distinct intervals so much is left to grow: the cumulated probabilities are as good as the same."""
_MAX_ITERATIONS, _MAX_HALVINGS, _NEGLIGIBLE = 20_000, 30, 1e-9
_BEGINS, _STOPS, _BEGINS_AFTER = 0, 1, 2
"""The order of bounds at one value: what is right-censored lies above its lower bound, as Kaplan and Meier read it."""


class Mass(NamedTuple):
    """The probability of one Turnbull interval; where within it, nothing tells."""

    low: float
    high: float
    probability: float


def npmle(intervals: Intervals, tolerance: float = TOLERANCE) -> list[Mass]:
    """Estimate the distribution of interval-censored values by EM and isotonic steps in turn; masses in order."""
    counted = histogram(intervals)
    if not len(counted.counts):
        return []
    lows, highs, first, after = _turnbull_intervals(counted.bounds)
    spans, which = np.unique(first * (len(lows) + 1) + after, return_inverse=True)
    weights = np.bincount(which, counted.counts) / counted.total
    tolerance = max(tolerance, _TOLERANCE_OF_MANY) if len(spans) > _MANY else tolerance
    probabilities = _Likelihood(*np.divmod(spans, len(lows) + 1), weights, len(lows)).maximum(tolerance)
    masses = map(Mass, lows.tolist(), highs.tolist(), probabilities.tolist())
    return [mass for mass in masses if mass.probability > _NEGLIGIBLE]


def quantile(masses: Sequence[Mass], percent: int) -> Bounds:
    """Give the Turnbull interval in which the distribution reaches a percentage."""
    sums = np.cumsum([mass.probability for mass in masses])
    place = min(int(np.searchsorted(sums, percent / 100 - _NEGLIGIBLE)), len(masses) - 1)
    return masses[place].low, masses[place].high


def cdf_line(masses: Sequence[Mass], edges: Bounds) -> tuple[list[float | None], list[float | None]]:
    """Follow the estimated CDF between two edges: x and y, with a gap (None) where it is not identified."""
    walk: list[tuple[float | None, float | None]] = [(edges[0], 0.0)]
    share = 0.0
    for mass in masses:
        walk += [(max(mass.low, edges[0]), share)] + [(None, None)] * (mass.low < mass.high)
        share += mass.probability
        if mass.high < inf:
            walk.append((mass.high, share))
    walk.append((None, None) if masses[-1].high == inf else (edges[1], share))
    return [at for at, _ in walk], [height for _, height in walk]


def _turnbull_intervals(bounds: Array) -> tuple[Array, Array, Array, Array]:
    """Find where the likelihood can put any probability: between a lower bound and the upper one next to it.

    The last two say of each value which of these lie within it: from the first up to, not including, the other.
    """
    lows, highs = bounds.T
    number = len(bounds)
    moments = np.concatenate([lows, highs])
    kinds = np.concatenate([np.where(np.isinf(highs), _BEGINS_AFTER, _BEGINS), np.full(number, _STOPS)])
    order = np.lexsort((kinds, moments))
    begins = kinds[order] != _STOPS
    inner = np.flatnonzero(begins[:-1] & ~begins[1:])
    places = np.empty(2 * number, int)
    places[order] = np.arange(2 * number)
    first, after = np.searchsorted(inner, places[:number]), np.searchsorted(inner, places[number:])
    return moments[order][inner], moments[order][inner + 1], first, after


class _Likelihood:
    """The likelihood of the intervals, for every way to distribute probability among the Turnbull intervals."""

    def __init__(self, first: Array, after: Array, weights: Array, intervals: int) -> None:
        self.first, self.after, self.weights, self.intervals = first, after, weights, intervals

    def of(self, covered: Array) -> float:
        # summed, since threads of `@` keep every core busy while they wait for each other
        return float((self.weights * np.log(covered)).sum()) if covered.min() > 0 else -inf

    def maximum(self, tolerance: float) -> Array:
        """Maximise by the hybrid of EM and iterative convex minorant (Wellner and Zhan 1997).

        EM multiplies each probability by a factor; at the maximum none exceeds 1.
        """
        sums = np.linspace(0, 1, self.intervals + 1)
        for _ in range(_MAX_ITERATIONS):
            pull = self.weights / self._within(sums)
            growth = np.cumsum(self._at(self.first, pull) - self._at(self.after, pull))[:-1]
            if growth.max() <= 1 + tolerance:
                break
            sums = self._convex_minorant_step(np.concatenate([[0], np.cumsum(np.diff(sums) * growth)]))
        shares = np.diff(sums)
        return np.asarray(shares / shares.sum())

    def _convex_minorant_step(self, sums: Array) -> Array:
        """Move each cumulated probability to its own Newton step, made monotone, as far as the likelihood grows."""
        covered = self._within(sums)
        pull = self.weights / covered
        turn = pull / covered
        slope = (self._at(self.after, pull) - self._at(self.first, pull))[1:-1]
        weights = (self._at(self.after, turn) + self._at(self.first, turn))[1:-1]
        best = np.clip(_isotonic(sums[1:-1] + slope / weights, weights), 0, 1)
        way, before = np.concatenate([[0], best, [1]]) - sums, self.of(covered)
        strides = (sums + way * 2.0**-halvings for halvings in range(_MAX_HALVINGS))
        return next((stride for stride in strides if self.of(self._within(stride)) > before), sums)

    def _within(self, sums: Array) -> Array:
        return np.asarray(sums[self.after] - sums[self.first])

    def _at(self, places: Array, values: Array) -> Array:
        return np.bincount(places, values, self.intervals + 1)


def _isotonic(values: Array, weights: Array) -> Array:
    """Weighted isotonic regression: pool adjacent violators."""
    pulls, firsts = values * weights, np.arange(len(values))
    while True:
        means = pulls / weights
        starts = np.flatnonzero(np.concatenate([[True], means[1:] >= means[:-1]])[: len(means)])
        if len(starts) == len(means):
            return np.repeat(means, np.diff(firsts, append=len(values)))
        pulls, weights, firsts = np.add.reduceat(pulls, starts), np.add.reduceat(weights, starts), firsts[starts]
