"""Delays: what may be said of many that are known only between bounds.

A delay lies between its shortest and its longest; one that was not over when last heard of has no longest. The bounds
of a percentile hold wherever each delay lies within its own. Nothing is trimmed, and nothing is put in the middle.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from contested.analysis.timing.turnbull import Numbers, in_order
from contested.model.times import LEAST_DELAYS, Delay

MEDIAN, P90 = 50, 90
_HOUR = 60
SEED, RESAMPLES, COVERED = 2020, 4000, 95


class Difference(NamedTuple):
    """By how much one median exceeds another, and the bootstrap interval around that."""

    low: float
    high: float
    least: float
    most: float

    def mirrored(self) -> "Difference":
        """Tell the same the other way round."""
        return Difference(-self.high, -self.low, -self.most, -self.least)


def percentile(delays: Sequence[Delay] | Numbers, percent: int) -> Delay | None:
    """Bound a percentile (the least delay that so many do not exceed), or give nothing where there are too few."""
    if len(delays) < LEAST_DELAYS:
        return None
    lows, highs = in_order(delays)
    place = _place(len(delays), percent)
    return Delay(float(lows[place]), float(highs[place]))


def difference(one: Sequence[Delay] | Numbers, other: Sequence[Delay] | Numbers) -> Difference | None:
    """Compare two medians, always with the same resamples; nothing where either has too few."""
    first, second = percentile(one, MEDIAN), percentile(other, MEDIAN)
    if first is None or second is None:
        return None
    ordered = in_order(one), in_order(other)
    drawn = [_resampled(*ordered[0], half) + _resampled(*ordered[1], 1 - half) for half in (0, 1)]
    lows, highs, other_lows, other_highs = (np.concatenate(ends) for ends in zip(*drawn, strict=True))
    tail = (100 - COVERED) / 200
    least, most = np.sort(lows - other_highs), np.sort(highs - other_lows)
    bottom, top = int(RESAMPLES * tail), RESAMPLES - 1 - int(RESAMPLES * tail)
    return Difference(first.low - second.high, first.high - second.low, float(least[bottom]), float(most[top]))


def _place(number: int, percent: int) -> int:
    return -(-number * percent // 100) - 1


def _resampled(lows: Numbers, highs: Numbers, half: int) -> tuple[Numbers, Numbers]:
    """Draw the medians of samples with return: the place that the kth of n drawn places takes is Beta(k, n + 1 - k).

    Each of two groups draws one half as the other draws the other, so that neither comes first.
    """
    number, rank = len(lows), _place(len(lows), MEDIAN) + 1
    chance = np.random.default_rng([SEED, half])
    drawn = chance.beta(rank, number + 1 - rank, RESAMPLES // 2) * number
    places = np.minimum(drawn.astype(int), number - 1)
    return lows[places], highs[places]
