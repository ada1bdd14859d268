"""The log-rank test for interval-censored values (Sun 1996, Fay 1999).

For exact and right-censored values a score is observed minus expected, as in the classic test; for a value between
bounds it is the mean score of what lies within them. The sum of one group's scores is held against all permutations.
"""

from math import erfc, sqrt

import numpy as np

from contested.analysis.timing.interval_censoring import Array, Histogram, Intervals, histogram
from contested.analysis.timing.turnbull import COARSE_TOLERANCE, npmle

_NO_VARIANCE = 1e-9


def logrank(one: Intervals, other: Intervals) -> float | None:
    """Give the two-sided p-value (normal approximation), or nothing where no two values can be told apart."""
    first, second = histogram(one), histogram(other)
    both = Histogram(np.concatenate([first.bounds, second.bounds]), np.concatenate([first.counts, second.counts]))
    every = scores(both)
    spread = float((both.counts * every**2).sum())
    if spread < _NO_VARIANCE:
        return None
    variance = first.total * second.total * spread / (both.total * (both.total - 1))
    return erfc(abs(float((first.counts * every[: len(first.counts)]).sum())) / sqrt(2 * variance))


def scores(pooled: Histogram) -> Array:
    """Score each interval; times their counts they add up to nothing."""
    masses = npmle(pooled, COARSE_TOLERANCE)
    probabilities = np.array([mass.probability for mass in masses])
    left = np.maximum(1 - np.concatenate([[0], np.cumsum(probabilities)[:-1]]), probabilities)
    sooner = 1 - np.cumsum(probabilities / left)
    starts, ends = np.array([mass.low for mass in masses]), np.array([mass.high for mass in masses])
    lows, highs = pooled.bounds.T
    first = np.where(np.isinf(highs), np.searchsorted(ends, lows, "right"), np.searchsorted(starts, lows, "left"))
    after = np.searchsorted(ends, highs, "right")
    sums, weights = (np.concatenate([[0], np.cumsum(values)]) for values in (probabilities * sooner, probabilities))
    return np.asarray((sums[after] - sums[first]) / (weights[after] - weights[first]))
