"""The log-rank test: whether two groups of delays differ more than chance alone would have them, also between bounds.

Each delay is scored by whether it ended sooner or later than all together would have it: for exact and right-censored
delays this is observed minus expected, as ever; for one between bounds it is the mean score of what lies within them
(Sun 1996, Fay 1999). The sum of one group's scores is held against all ways to share them out.
"""

from collections.abc import Sequence
from math import erfc, sqrt

import numpy as np

from contested.analysis.timing.turnbull import CLOSE_ENOUGH, Bounds, Numbers, likeliest

_NOTHING = 1e-9


def scores(known: Sequence[Bounds] | Numbers) -> Numbers:
    """Score each delay; they add up to nothing."""
    steps = likeliest(known, CLOSE_ENOUGH)
    shares = np.array([step.share for step in steps])
    left = np.maximum(1 - np.concatenate([[0], np.cumsum(shares)[:-1]]), shares)
    sooner = 1 - np.cumsum(shares / left)
    starts, ends = np.array([step.low for step in steps]), np.array([step.high for step in steps])
    lows, highs = np.asarray(known, float).T
    first = np.where(np.isinf(highs), np.searchsorted(ends, lows, "right"), np.searchsorted(starts, lows, "left"))
    after = np.searchsorted(ends, highs, "right")
    sums, weights = (np.concatenate([[0], np.cumsum(values)]) for values in (shares * sooner, shares))
    return np.asarray((sums[after] - sums[first]) / (weights[after] - weights[first]))


def logrank(one: Sequence[Bounds] | Numbers, other: Sequence[Bounds] | Numbers) -> float | None:
    """Give the p-value for two groups, or nothing where all their delays are as one."""
    every = scores(np.concatenate([_sorted(one), _sorted(other)]))
    number, spread = len(every), float((every**2).sum())
    if spread < _NOTHING:
        return None
    variance = len(one) * len(other) * spread / (number * (number - 1))
    return erfc(abs(float(every[: len(one)].sum())) / sqrt(2 * variance))


def _sorted(known: Sequence[Bounds] | Numbers) -> Numbers:
    bounds = np.asarray(known, float)
    return np.asarray(bounds[np.lexsort((bounds[:, 1], bounds[:, 0]))])
