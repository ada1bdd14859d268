"""The most likely distribution of what is known only between bounds: the estimate of Turnbull (1976).

It makes no assumption about the shape, and one about the telling: that a value is told no more and no less precisely
for being large. Where the likelihood puts its weight it is certain; where inside such a step, nothing tells.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import Any, NamedTuple

import numpy as np

_CLOSE, _MOST_ROUNDS, _NOTHING = 1e-9, 20_000, 1e-9
_EVER_CLOSER = (1e-6, 1e-8, _CLOSE)
_BEGINS, _STOPS, _BEGINS_AFTER = 0, 1, 2
"""The order of bounds at one value: what has no upper bound lies above its lower one, as Kaplan and Meier read it."""

Numbers = np.ndarray[Any, np.dtype[Any]]
Bounds = tuple[float, float]
"""The least and the greatest that a value can be; infinite where nothing bounds it."""


class Step(NamedTuple):
    """The share of all values that most likely lies between two bounds; where between them, nothing tells."""

    low: float
    high: float
    share: float


def in_order(known: Sequence[Bounds]) -> tuple[Numbers, Numbers]:
    """Sort the lower bounds and the upper ones: the kth smallest value lies between the kth of each."""
    bounds = np.sort(np.array(known, float).reshape(-1, 2), axis=0)
    return bounds[:, 0], bounds[:, 1]


def band(known: Sequence[Bounds]) -> list[tuple[float, float, float]]:
    """Give, at every moment where it changes, the least and the greatest share that can lie at or below it."""
    lows, highs = in_order(known)
    moments = np.unique(np.concatenate([lows, highs]))
    moments = moments[np.isfinite(moments)]
    least, most = (np.searchsorted(ends, moments, side="right") / len(known) for ends in (highs, lows))
    return list(zip(moments.tolist(), least.tolist(), most.tolist(), strict=True))


def likeliest(known: Sequence[Bounds]) -> list[Step]:
    """Estimate the distribution that makes what is known most likely."""
    if not known:
        return []
    lows, highs, first, after = _innermost(known)
    pairs, weights = np.unique(np.column_stack([first, after]), axis=0, return_counts=True)
    shares = _Likelihood(pairs[:, 0], pairs[:, 1], weights / len(known), len(lows)).greatest()
    steps = map(Step, lows.tolist(), highs.tolist(), shares.tolist())
    return [step for step in steps if step.share > _NOTHING]


def reached(steps: Sequence[Step], percent: int) -> Bounds:
    """Give the step in which the distribution reaches a percentage."""
    sums = np.cumsum([step.share for step in steps])
    place = min(int(np.searchsorted(sums, percent / 100 - _NOTHING)), len(steps) - 1)
    return steps[place].low, steps[place].high


def outline(known: Sequence[Bounds], edges: Bounds) -> tuple[list[float], list[float]]:
    """Walk around the band within which the share up to each value must lie, between two edges."""
    inside = [(min(max(at, edges[0]), edges[1]), least, most) for at, least, most in band(known)]
    corners = [(edges[0], 0.0, 0.0), *inside, (edges[1], *inside[-1][1:])]
    upper = [(at, share) for (_, _, before), (at, _, after) in pairwise(corners) for share in (before, after)]
    lower = [(at, share) for (_, before, _), (at, after, _) in pairwise(corners) for share in (before, after)]
    walk = [(edges[0], 0.0), *upper, *reversed(lower)]
    return [at for at, _ in walk], [share for _, share in walk]


def curve(steps: Sequence[Step], edges: Bounds) -> tuple[list[float | None], list[float | None]]:
    """Follow the most likely distribution between two edges, with a gap (None) where nothing tells how it rises."""
    walk: list[tuple[float | None, float | None]] = [(edges[0], 0.0)]
    share = 0.0
    for step in steps:
        walk += [(max(step.low, edges[0]), share)] + [(None, None)] * (step.low < step.high)
        share += step.share
        if step.high < inf:
            walk.append((step.high, share))
    walk.append((None, None) if steps[-1].high == inf else (edges[1], share))
    return [at for at, _ in walk], [height for _, height in walk]


def _innermost(known: Sequence[Bounds]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Find where the likelihood can put any weight: between a lower bound and the upper one next to it.

    The last two say of each value which of these lie within it: from the first up to, not including, the other.
    """
    lows, highs = np.array(known, float).T
    number = len(known)
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
    """How likely what was told is, for every way to share the values out among the innermost steps."""

    def __init__(self, first: Numbers, after: Numbers, weights: Numbers, steps: int) -> None:
        self.first, self.after, self.weights, self.steps = first, after, weights, steps

    def covered(self, shares: Numbers) -> Numbers:
        sums = np.concatenate([[0], np.cumsum(shares)])
        return np.asarray(sums[self.after] - sums[self.first])

    def of(self, shares: Numbers) -> float:
        return float(self.weights @ np.log(self.covered(shares)))

    def growth(self, shares: Numbers) -> Numbers:
        """Give the factor by which EM lets each share grow; at the greatest likelihood none exceeds 1."""
        pull, size = self.weights / self.covered(shares), self.steps + 1
        return np.cumsum(np.bincount(self.first, pull, size) - np.bincount(self.after, pull, size))[:-1]

    def climbed(self, shares: Numbers, close: float = _CLOSE) -> Numbers:
        """Climb by EM in strides (SQUAREM, Varadhan and Roland 2008) until no share would grow."""
        for _ in range(_MOST_ROUNDS):
            grown = self.growth(shares)
            if grown[shares > 0].max() <= 1 + close:
                break
            once = shares * grown
            twice = once * self.growth(once)
            strided = _stride(shares, once, twice)
            shares = strided if self.of(strided) > self.of(twice) else twice
        return np.asarray(shares / shares.sum())

    def greatest(self) -> Numbers:
        """Climb ever closer, each time without the shares that only creep towards nothing, if nothing they are."""
        alike = np.full(self.steps, 1 / self.steps)
        shares = alike
        for close in _EVER_CLOSER:
            shares = self.climbed(self.without_creeping(shares), close)
        return shares if self.growth(shares).max() <= 1 + 10 * _CLOSE else self.climbed(alike)

    def without_creeping(self, shares: Numbers) -> Numbers:
        """Take the shares that are next to nothing for nothing, unless somebody's value then has no place left."""
        without = np.where(shares < self.weights.min() / 1000, 0, shares)
        return without / without.sum() if self.covered(without).all() else shares


def _stride(shares: Numbers, once: Numbers, twice: Numbers) -> Numbers:
    """Go on in the direction of two steps, never down to nothing: what is nothing cannot grow again."""
    step, turn = once - shares, twice - 2 * once + shares
    length = max(1.0, float(np.sqrt(step @ step / max(float(turn @ turn), 1e-300))))
    strided = np.maximum(shares + 2 * length * step + length**2 * turn, twice / 10)
    return np.asarray(strided / strided.sum())
