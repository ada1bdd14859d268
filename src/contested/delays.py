"""Delays pooled: what may be said of many delays that are known only between bounds.

A delay lies between its shortest and its longest; one that was not over when last heard of has no longest. The bounds
of a percentile hold wherever each delay lies within its own. The most likely distribution is the nonparametric maximum
likelihood estimate (Turnbull 1976); it takes for granted that how long is unrelated to how precisely it is told.
Nothing is trimmed, and nothing is put in the middle.
"""

from collections.abc import Sequence
from math import inf
from typing import Any, NamedTuple

import numpy as np

LEAST = 10
"""No percentile is given of fewer delays than this."""
MEDIAN, P90 = 50, 90
SEED, RESAMPLES, COVERED = 2020, 4000, 95

_CLOSE, _MOST_ROUNDS, _NOTHING = 1e-10, 20_000, 1e-9
_BEGINS, _STOPS, _BEGINS_AFTER = 0, 1, 2

Numbers = np.ndarray[Any, np.dtype[Any]]


class Delay(NamedTuple):
    """The shortest and the longest that a delay can be, in minutes; infinite where nothing bounds it.

    Without a longest the delay was not over at the shortest, and is longer, as Kaplan and Meier read it.
    """

    low: float
    high: float

    @property
    def is_exact(self) -> bool:
        """Say whether nothing is left open."""
        return self.low == self.high

    @property
    def is_right_censored(self) -> bool:
        """Say whether it may last for ever."""
        return self.high == inf


class Step(NamedTuple):
    """The share of the delays that most likely ended between two moments; where between them, nothing tells."""

    low: float
    high: float
    share: float


class Difference(NamedTuple):
    """By how much one median exceeds another, and the bootstrap interval around that."""

    low: float
    high: float
    least: float
    most: float

    def mirrored(self) -> "Difference":
        """Tell the same the other way round."""
        return Difference(-self.high, -self.low, -self.most, -self.least)


def percentile(delays: Sequence[Delay], percent: int) -> Delay | None:
    """Bound a percentile (the least delay that so many do not exceed), or give nothing where there are too few."""
    if len(delays) < LEAST:
        return None
    lows, highs = _sorted(delays)
    place = _place(len(delays), percent)
    return Delay(float(lows[place]), float(highs[place]))


def band(delays: Sequence[Delay]) -> list[tuple[float, float, float]]:
    """Give, at every moment where it changes, the least and the greatest share that can have ended by then."""
    lows, highs = _sorted(delays)
    moments = np.unique(np.concatenate([lows, highs]))
    moments = moments[np.isfinite(moments)]
    least, most = (np.searchsorted(ends, moments, side="right") / len(delays) for ends in (highs, lows))
    return list(zip(moments.tolist(), least.tolist(), most.tolist(), strict=True))


def likeliest(delays: Sequence[Delay]) -> list[Step]:
    """Estimate the distribution that makes what was told most likely."""
    if not delays:
        return []
    lows, highs, first, after = _innermost(delays)
    pairs, weights = np.unique(np.column_stack([first, after]), axis=0, return_counts=True)
    shares = _Likelihood(pairs[:, 0], pairs[:, 1], weights / len(delays), len(lows)).greatest()
    steps = map(Step, lows.tolist(), highs.tolist(), shares.tolist())
    return [step for step in steps if step.share > _NOTHING]


def likeliest_percentile(steps: Sequence[Step], percent: int) -> Delay:
    """Give the step at which the most likely distribution reaches a percentage."""
    reached = 0.0
    for step in steps:
        reached += step.share
        if reached >= percent / 100 - _NOTHING:
            return Delay(step.low, step.high)
    return Delay(steps[-1].low, steps[-1].high)


def difference(one: Sequence[Delay], other: Sequence[Delay]) -> Difference | None:
    """Compare two medians, always with the same resamples; nothing where either has too few."""
    if sorted(one) < sorted(other):
        turned = difference(other, one)
        return turned and turned.mirrored()
    first, second = percentile(one, MEDIAN), percentile(other, MEDIAN)
    if first is None or second is None:
        return None
    chance = np.random.default_rng(SEED)
    (lows, highs), (other_lows, other_highs) = (_resampled(delays, chance) for delays in (one, other))
    tail = (100 - COVERED) / 200
    least, most = np.sort(lows - other_highs), np.sort(highs - other_lows)
    bottom, top = int(RESAMPLES * tail), RESAMPLES - 1 - int(RESAMPLES * tail)
    return Difference(first.low - second.high, first.high - second.low, float(least[bottom]), float(most[top]))


def _sorted(delays: Sequence[Delay]) -> tuple[Numbers, Numbers]:
    bounds = np.sort(np.array(delays, float).reshape(-1, 2), axis=0)
    return bounds[:, 0], bounds[:, 1]


def _place(number: int, percent: int) -> int:
    return -(-number * percent // 100) - 1


def _resampled(delays: Sequence[Delay], chance: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Draw the medians of samples with return: the place that the kth of n drawn places takes is Beta(k, n + 1 - k)."""
    number, rank = len(delays), _place(len(delays), MEDIAN) + 1
    drawn = chance.beta(rank, number + 1 - rank, RESAMPLES) * number
    places = np.minimum(drawn.astype(int), number - 1)
    lows, highs = _sorted(delays)
    return lows[places], highs[places]


def _innermost(delays: Sequence[Delay]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Find where the likelihood can put any weight: between a beginning and the stop next to it.

    The last two say of each delay which of these lie within it: from the first up to, not including, the other.
    """
    lows, highs = np.array(delays, float).T
    number = len(delays)
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
    """How likely what was told is, for every way to share the delays out among the innermost steps."""

    def __init__(self, first: Numbers, after: Numbers, weights: Numbers, steps: int) -> None:
        self.first, self.after, self.weights, self.steps = first, after, weights, steps

    def covered(self, shares: Numbers) -> Numbers:
        reached = np.concatenate([[0], np.cumsum(shares)])
        return np.asarray(reached[self.after] - reached[self.first])

    def of(self, shares: Numbers) -> float:
        return float(self.weights @ np.log(self.covered(shares)))

    def growth(self, shares: Numbers) -> Numbers:
        """Give the factor by which EM lets each share grow; at the greatest likelihood none exceeds 1."""
        pull, size = self.weights / self.covered(shares), self.steps + 1
        return np.cumsum(np.bincount(self.first, pull, size) - np.bincount(self.after, pull, size))[:-1]

    def climbed(self, shares: Numbers) -> Numbers:
        """Climb by EM in strides (SQUAREM, Varadhan and Roland 2008) until no share would grow."""
        for _ in range(_MOST_ROUNDS):
            grown = self.growth(shares)
            if grown[shares > 0].max() <= 1 + _CLOSE:
                break
            once = shares * grown
            twice = once * self.growth(once)
            strided = _stride(shares, once, twice)
            shares = strided if self.of(strided) > self.of(twice) else twice
        return np.asarray(shares / shares.sum())

    def greatest(self) -> Numbers:
        """Climb, and once more without the shares that only creep towards nothing, if they turn out to be nothing."""
        shares = self.climbed(np.full(self.steps, 1 / self.steps))
        without = np.where(shares < self.weights.min() / 1000, 0, shares)
        if not self.covered(without).all():
            return shares
        again = self.climbed(without / without.sum())
        return again if self.growth(again).max() <= 1 + 10 * _CLOSE else shares


def _stride(shares: Numbers, once: Numbers, twice: Numbers) -> Numbers:
    """Go on in the direction of two steps, never down to nothing: what is nothing cannot grow again."""
    step, turn = once - shares, twice - 2 * once + shares
    length = max(1.0, float(np.sqrt(step @ step / max(float(turn @ turn), 1e-300))))
    strided = np.maximum(shares + 2 * length * step + length**2 * turn, twice / 10)
    return np.asarray(strided / strided.sum())
