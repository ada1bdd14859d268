"""The most likely distribution of what is known only between bounds: the estimate of Turnbull (1976).

It makes no assumption about the shape, and one about the telling: that a value is told no more and no less precisely
for being large. Where the likelihood puts its weight it is certain; where inside such a step, nothing tells.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import Any, NamedTuple

import numpy as np

CLOSE, CLOSE_ENOUGH = 1e-9, 1e-8
"""By how much more a share might still grow where a distribution is drawn, and where all of it makes one number."""
_MOST_ROUNDS, _HALVINGS, _NOTHING = 20_000, 30, 1e-9
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


def in_order(known: Sequence[Bounds] | Numbers) -> tuple[Numbers, Numbers]:
    """Sort the lower bounds and the upper ones: the kth smallest value lies between the kth of each."""
    bounds = np.sort(np.asarray(known, float).reshape(-1, 2), axis=0)
    return bounds[:, 0], bounds[:, 1]


def band(known: Sequence[Bounds] | Numbers) -> list[tuple[float, float, float]]:
    """Give, at every moment where it changes, the least and the greatest share that can lie at or below it."""
    lows, highs = in_order(known)
    moments = np.unique(np.concatenate([lows, highs]))
    moments = moments[np.isfinite(moments)]
    least, most = (np.searchsorted(ends, moments, side="right") / len(known) for ends in (highs, lows))
    return list(zip(moments.tolist(), least.tolist(), most.tolist(), strict=True))


def likeliest(known: Sequence[Bounds] | Numbers, close: float = CLOSE) -> list[Step]:
    """Estimate the distribution that makes what is known most likely."""
    if not len(known):
        return []
    lows, highs, first, after = _innermost(known)
    pairs, weights = np.unique(first * (len(lows) + 1) + after, return_counts=True)
    shares = _Likelihood(*np.divmod(pairs, len(lows) + 1), weights / len(known), len(lows)).greatest(close)
    steps = map(Step, lows.tolist(), highs.tolist(), shares.tolist())
    return [step for step in steps if step.share > _NOTHING]


def reached(steps: Sequence[Step], percent: int) -> Bounds:
    """Give the step in which the distribution reaches a percentage."""
    sums = np.cumsum([step.share for step in steps])
    place = min(int(np.searchsorted(sums, percent / 100 - _NOTHING)), len(steps) - 1)
    return steps[place].low, steps[place].high


def outline(known: Sequence[Bounds] | Numbers, edges: Bounds) -> tuple[list[float], list[float]]:
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


def _innermost(known: Sequence[Bounds] | Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Find where the likelihood can put any weight: between a lower bound and the upper one next to it.

    The last two say of each value which of these lie within it: from the first up to, not including, the other.
    """
    lows, highs = np.asarray(known, float).T
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

    def of(self, covered: Numbers) -> float:
        return float(self.weights @ np.log(covered)) if covered.min() > 0 else -inf

    def greatest(self, close: float) -> Numbers:
        """Climb, by EM and by the sums in turn (Wellner and Zhan 1997), until no share would grow.

        EM lets each share grow by a factor; at the greatest likelihood none exceeds 1.
        """
        sums = np.linspace(0, 1, self.steps + 1)
        for _ in range(_MOST_ROUNDS):
            pull = self.weights / self._within(sums)
            growth = np.cumsum(self._at(self.first, pull) - self._at(self.after, pull))[:-1]
            if growth.max() <= 1 + close:
                break
            sums = self._climbed(np.concatenate([[0], np.cumsum(np.diff(sums) * growth)]))
        shares = np.diff(sums)
        return np.asarray(shares / shares.sum())

    def _climbed(self, sums: Numbers) -> Numbers:
        """Move each sum to where the likelihood is greatest for it alone, as far as they still rise and it grows."""
        covered = self._within(sums)
        pull = self.weights / covered
        turn = pull / covered
        slope = (self._at(self.after, pull) - self._at(self.first, pull))[1:-1]
        weights = (self._at(self.after, turn) + self._at(self.first, turn))[1:-1]
        best = np.clip(_rising(sums[1:-1] + slope / weights, weights), 0, 1)
        way, reached = np.concatenate([[0], best, [1]]) - sums, self.of(covered)
        strides = (sums + way * 2.0**-halvings for halvings in range(_HALVINGS))
        return next((stride for stride in strides if self.of(self._within(stride)) > reached), sums)

    def _within(self, sums: Numbers) -> Numbers:
        return np.asarray(sums[self.after] - sums[self.first])

    def _at(self, places: Numbers, values: Numbers) -> Numbers:
        return np.bincount(places, values, self.steps + 1)


def _rising(values: Numbers, weights: Numbers) -> Numbers:
    """Find what never falls and is nearest to these: neighbours that fall are put at their mean, as long as any do."""
    pulls, firsts = values * weights, np.arange(len(values))
    while True:
        means = pulls / weights
        starts = np.flatnonzero(np.concatenate([[True], means[1:] >= means[:-1]])[: len(means)])
        if len(starts) == len(means):
            return np.repeat(means, np.diff(firsts, append=len(values)))
        pulls, weights, firsts = np.add.reduceat(pulls, starts), np.add.reduceat(weights, starts), firsts[starts]
