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
    """Test whether two groups have one distribution: the two-sided p-value (normal approximation).

    None where no two values can be told apart.
    """
    first, second = histogram(one), histogram(other)
    pooled = Histogram(np.concatenate([first.bounds, second.bounds]), np.concatenate([first.counts, second.counts]))
    score = scores(pooled)
    sum_of_squares = float((pooled.counts * score**2).sum())
    if sum_of_squares < _NO_VARIANCE:
        return None
    variance = first.total * second.total * sum_of_squares / (pooled.total * (pooled.total - 1))
    statistic = float((first.counts * score[: len(first.counts)]).sum())
    return erfc(abs(statistic) / sqrt(2 * variance))


def scores(pooled: Histogram) -> Array:
    """Score each interval; weighted by their counts the scores sum to zero.

    At one moment the score is one minus the cumulative hazard (Nelson-Aalen); that of an interval is the mean over the
    estimated distribution within it.
    """
    masses = npmle(pooled, COARSE_TOLERANCE)
    probability = np.array([mass.probability for mass in masses])
    at_risk = np.maximum(1 - np.concatenate([[0], np.cumsum(probability)[:-1]]), probability)
    score = 1 - np.cumsum(probability / at_risk)
    starts, ends = np.array([mass.low for mass in masses]), np.array([mass.high for mass in masses])
    lows, highs = pooled.bounds.T
    first = np.where(np.isinf(highs), np.searchsorted(ends, lows, "right"), np.searchsorted(starts, lows, "left"))
    after = np.searchsorted(ends, highs, "right")
    sums, weights = (np.concatenate([[0], np.cumsum(values)]) for values in (probability * score, probability))
    return np.asarray((sums[after] - sums[first]) / (weights[after] - weights[first]))
