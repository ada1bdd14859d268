"""Cumulative incidence of a stop among all calls, where being cleared without it is a competing event.

What was cleared is never reached any more, and is not censored; only what is open is right-censored. For exact delays
this is the Aalen-Johansen estimate (1978); between bounds it is the nonparametric maximum likelihood estimate of
competing risks (Hudgens, Satten and Longini 2001). With two outcomes that is one distribution on a line folded open:
delays up to the stop run from left to right, those up to the clearing from right to left, and what is open after a
moment is what lies between.
"""

from collections.abc import Sequence
from math import inf

import numpy as np

from contested.analysis.timing.interval_censoring import Array, Bounds, Histogram
from contested.analysis.timing.turnbull import Mass, npmle

_NEGLIGIBLE = 1e-9


def cumulative_incidence(calls: Histogram, outcomes: Array) -> list[Mass]:
    """Estimate which share of all calls was reached by when: masses of the delays up to the stop, in order.

    The bounds are the shortest and the longest up to the outcome of as many calls as counted: reached, cleared or open
    (after the shortest). The probabilities add up to less than 1 where some were cleared or are still open.
    """
    if not len(calls.counts):
        return []
    outcome, lows, highs = outcomes, *calls.bounds.T
    values = np.unique(np.concatenate([lows, np.where(outcome == "open", lows, highs)]))
    values = values[np.isfinite(values)]
    top = 2 * len(values)
    first, last = _even(values, lows), _even(values, highs)
    first += (last == top) & (first < top)  # what has no longest lies above its shortest
    width = 2 * top + 2
    starts = np.where(outcome == "cleared", width - last, first)
    ends = np.select([outcome == "cleared", outcome == "open"], [width - first, width - first], last)
    folded = npmle(Histogram(np.column_stack([starts, ends]), calls.counts))
    return [_unfolded(values, mass, top) for mass in folded if mass.high <= top]


def quantile(masses: Sequence[Mass], percent: int) -> Bounds | None:
    """Give the interval in which the incidence reaches a percentage of all calls; nothing where it never does."""
    sums = np.cumsum([mass.probability for mass in masses])
    place = int(np.searchsorted(sums, percent / 100 - _NEGLIGIBLE))
    return (masses[place].low, masses[place].high) if place < len(masses) else None


def _even(values: Array, bounds: Array) -> Array:
    """Place bounds on the even numbers, so that what lies just after one has an odd number of its own."""
    found = 2 * np.searchsorted(values, bounds)
    return np.where(bounds == -inf, -2, np.where(bounds == inf, 2 * len(values), found))


def _unfolded(values: Array, mass: Mass, top: int) -> Mass:
    low, high = int(mass.low) // 2, int(mass.high) // 2
    shortest, longest = -inf if low < 0 else float(values[low]), inf if mass.high == top else float(values[high])
    return Mass(shortest, longest, mass.probability)
