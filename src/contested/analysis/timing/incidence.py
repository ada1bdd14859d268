"""The cumulative incidence of a stop among every call, where some are cleared without it.

To be cleared is a competing event: what was cleared is never reached any more, and is not censored. Only what is open
is right-censored. For exact delays this is the estimate of Aalen and Johansen (1978); for delays between bounds it is
the nonparametric maximum likelihood estimate of competing risks (Hudgens, Satten and Longini 2001), of which the former
is a special case. With two outcomes that is one distribution on a line folded open: delays up to the stop run from
left to right, those up to the clearing from right to left, and what is open after a moment is what lies between.
"""

from collections.abc import Sequence
from math import inf

import numpy as np

from contested.analysis.timing.turnbull import Bounds, Numbers, Step, likeliest

_ENOUGH = 1e-9


def incidence(bounds: Numbers, outcomes: Sequence[str] | Numbers) -> list[Step]:
    """Estimate which share of every call was reached by when: steps of the delays up to the stop, in order.

    A row of `bounds` is the shortest and the longest of one call up to its outcome: reached, cleared or open (after
    the shortest). The shares add up to less than 1 where some were cleared or are still open.
    """
    if not len(bounds):
        return []
    outcome, lows, highs = np.asarray(outcomes, object), *np.asarray(bounds, float).T
    values = np.unique(np.concatenate([lows, np.where(outcome == "open", lows, highs)]))
    values = values[np.isfinite(values)]
    top = 2 * len(values)
    first, last = _place(values, lows), _place(values, highs)
    first += (last == top) & (first < top)  # what has no longest lies above its shortest
    width = 2 * top + 2
    starts = np.where(outcome == "cleared", width - last, first)
    ends = np.select([outcome == "cleared", outcome == "open"], [width - first, width - first], last)
    return [_step(values, step, top) for step in likeliest(np.column_stack([starts, ends])) if step.high <= top]


def quantile(steps: Sequence[Step], percent: int) -> Bounds | None:
    """Give the step in which the incidence reaches a percentage of every call; nothing where it never does."""
    sums = np.cumsum([step.share for step in steps])
    place = int(np.searchsorted(sums, percent / 100 - _ENOUGH))
    return (steps[place].low, steps[place].high) if place < len(steps) else None


def _place(values: Numbers, bounds: Numbers) -> Numbers:
    """Place bounds on the even numbers, so that what lies just after one has an odd number of its own."""
    found = 2 * np.searchsorted(values, bounds)
    return np.where(bounds == -inf, -2, np.where(bounds == inf, 2 * len(values), found))


def _step(values: Numbers, step: Step, top: int) -> Step:
    low, high = (int(step.low) // 2, int(step.high) // 2)
    return Step(-inf if low < 0 else float(values[low]), inf if step.high == top else float(values[high]), step.share)
