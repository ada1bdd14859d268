"""Groups of delays compared: shares within a target with their intervals, two medians, and what a title says of them.

Intervals hold with 95 % certainty each: of a share that of Wilson, of a median order statistics, of the difference of
two medians that of Price and Bonett (2002), which order statistics alone give. Not to be reached is longer than any
delay. Where bounds leave a delay open, an interval is as wide as they allow.
"""

from collections.abc import Sequence
from math import ceil, inf, isfinite, sqrt
from typing import NamedTuple

import numpy as np

from contested.analysis.timing.delay_words import capital, counted_word, fitting
from contested.analysis.timing.interval_censoring import MEDIAN, Array, Bounds, Difference, Histogram, percentile
from contested.analysis.timing.logrank import logrank
from contested.analysis.timing.periods import WEEKDAYS
from contested.analysis.timing.targets import Share, Z, percent, share_of
from contested.model.times import LEAST_DELAYS, brief_duration, duration

LEAST_NAMED = 30
"""Of fewer delays a group is not named in a title, and its line has no band."""
_RARE, _IN_A_HUNDRED = 0.001, 100
_FEW = 4
_WHOLE = 3
"""From so many minutes on a difference is said in whole ones."""


class Compared(NamedTuple):
    """A group of delays as it is compared: its name, and its delays, of which the never reached have no end."""

    name: str
    calls: str
    delays: Histogram

    @property
    def n(self) -> int:
        """Count the delays."""
        return self.delays.total

    def share_within(self, minutes: float) -> Bounds:
        """Bound the share that is over within so many minutes."""
        lows, highs = self.delays.ordered()
        least, most = (float(ends.share_up_to(np.array([minutes]))[0]) for ends in (highs, lows))
        return least, most

    def share(self, minutes: float) -> Share:
        """Give that share with its interval."""
        return share_of(*self.share_within(minutes), self.n, minutes)

    def shares(self, targets: Sequence[float]) -> list[Share]:
        """Give the share within each target, where there are enough delays."""
        return [self.share(one) for one in targets] if self.n >= LEAST_DELAYS else []

    def median(self) -> Bounds:
        """Bound the median."""
        found = percentile(self.delays, MEDIAN)
        return (found.low, found.high) if found else (-inf, inf)

    def interval(self, percent: int = MEDIAN) -> Bounds:
        """Give the interval of a percentile: the order statistics (binomial, normal approximation) around it.

        An end that no delay bounds is open: that all of eleven were sooner says of nine in ten of all only at least.
        """
        lows, highs = self.delays.ordered()
        middle, half = self.n * percent / 100, Z * sqrt(self.n * percent * (100 - percent)) / 100
        first, last = int(middle - half) - 1, ceil(middle + half)
        return float(lows.at(first)) if first >= 0 else -inf, float(highs.at(last)) if last < self.n else inf


def calls_of(name: str, noun: str) -> str:
    """Name the calls of a group: Priority 3 calls, calls before 4 March."""
    if name.startswith(("Before ", "After ")):
        return f"{noun}s {name[:1].lower()}{name[1:]}"
    return f"{name} {noun}s"


def median_difference(one: Histogram, other: Histogram) -> Difference | None:
    """Say by how much one median exceeds another (Price and Bonett); nothing where either has too few delays."""
    first, second = percentile(one, MEDIAN), percentile(other, MEDIAN)
    if first is None or second is None:
        return None
    half = Z * sqrt(_spread(one) ** 2 + _spread(other) ** 2)
    low, high = first.low - second.high, first.high - second.low
    return Difference(low, high, low - half, high + half)


def _spread(delays: Histogram) -> float:
    """Estimate the standard error of a median from how far apart two order statistics around it lie."""
    lows, highs = delays.ordered()
    rank = max(1, round((delays.total + 1) / 2 - sqrt(delays.total)))
    return float(highs.at(delays.total - rank) - lows.at(rank - 1)) / (2 * Z)


def chance(one: Histogram, other: Histogram) -> float | None:
    """Give the p-value of the log-rank test, in which what was never reached is censored at the longest delay."""
    ends = np.concatenate([one.bounds, other.bounds])
    longest = ends[np.isfinite(ends)].max(initial=0.0)
    censored = (Histogram(_censored(delays.bounds, longest), delays.counts) for delays in (one, other))
    return logrank(*censored)


def _censored(bounds: Array, longest: float) -> Array:
    return np.where(np.isposinf(bounds) & (np.arange(2) == 0), longest, bounds)


class Sentence(NamedTuple):
    """What is said of two groups: before the difference, the difference itself, and after it."""

    before: str
    difference: str
    after: str

    def __str__(self) -> str:
        return "".join(self)


def comparison(one: Compared, other: Compared, reached: str) -> Sentence | None:
    """Say how two medians differ, and how seldom chance alone parts two curves so; nothing where either has too few."""
    one, other = _sooner_first(one, other)
    by = median_difference(other.delays, one.delays)
    if by is None:
        return None
    if not all(map(isfinite, by)):
        return Sentence(f"The medians of the {one.calls} and the {other.calls} cannot be compared.", "", "")
    halves = f"Half of the {one.calls} {reached} within {_said(one)}, half of the {other.calls} within {_said(other)}"
    interval = f"95% interval {_tenth(by.least)} to {_tenth(by.most)}"
    tested = _tested(chance(one.delays, other.delays))
    difference = f"{brief_duration(*by[:2])}".replace(" min", " minutes")
    return Sentence(f"{halves}: a difference of ", difference, f" ({interval}){f'; {tested}' if tested else ''}.")


def _said(group: Compared) -> str:
    return brief_duration(*group.median()).replace(" min", " minutes")


def _tenth(minutes: float) -> str:
    return f"{minutes:.1f}".replace("-", "−")


def _tested(found: float | None) -> str:
    if found is None:
        return ""
    number = round(found * _IN_A_HUNDRED)
    seen = "less than once in 1,000 times" if found < _RARE else f"{number} times in 100" if number > 1 else _ONCE
    return f"by chance alone a gap this wide would be seen {seen} (log-rank test)"


_ONCE = "about once in 100 times"


def title(groups: Sequence[Compared], target: float | None, reached: str) -> str:
    """Say how groups differ, if they certainly do: two by their medians, more by their shares within the target."""
    if len(groups) == 1:
        return f"Nothing to compare: all {groups[0].n:,} delays are of {groups[0].calls}"
    enough = [group for group in groups if group.n >= LEAST_DELAYS]
    if len(enough) < 2:  # noqa: PLR2004 nothing to compare
        return f"Too few delays to compare: {_number(enough)} of {len(groups)} groups has ten"
    if len(groups) == 2:  # noqa: PLR2004 two
        return _of_two(*_sooner_first(*enough), reached)
    named = [group for group in groups if group.n >= LEAST_NAMED]
    if len(named) < 2:  # noqa: PLR2004 nothing to compare
        return f"Too few delays to compare: {_number(named)} of {len(groups)} groups has thirty"
    return _by_share(named, target, reached) if target else _by_median(named, reached)


def _number(groups: Sequence[Compared]) -> str:
    return "only one" if groups else "none"


def _sooner_first(one: Compared, other: Compared) -> tuple[Compared, Compared]:
    return (one, other) if sum(one.median()) <= sum(other.median()) else (other, one)


def _of_two(first: Compared, second: Compared, reached: str) -> str:
    by = median_difference(second.delays, first.delays)
    if by is None or not by.least > 0:
        return fitting(f"No clear difference between {first.calls} and {second.calls}", "No clear difference")
    minutes = (by.low + by.high) / 2
    sooner = duration(*[float(round(minutes, 0 if minutes >= _WHOLE else 1))] * 2)
    return fitting(
        capital(f"{first.calls} {reached} {sooner} sooner than {second.calls}"),
        capital(f"{first.calls}: {sooner} sooner than {second.calls}"),
    )


def _by_share(named: Sequence[Compared], target: float, reached: str) -> str:
    ordered = sorted(named, key=lambda group: group.share_within(target), reverse=True)
    best, worst = ordered[0], ordered[-1]
    within = f"within {duration(target, target)}"
    if best.share(target).least <= worst.share(target).most:
        return f"The {counted_word(len(named))} groups do not differ clearly {within}"
    shares = [percent(*group.share_within(target)) for group in (best, worst)]
    return fitting(
        *[f"{shares[0]} of {best.calls} {reached} {within}, {shares[1]} of {worst.calls}"] * (len(named) <= _FEW),
        f"{shares[0]} {reached} {within} {_in(best)}, {shares[1]} {_in(worst)}",
        f"{shares[1]} to {shares[0]} {reached} {within}, by group",
    )


def _by_median(named: Sequence[Compared], reached: str) -> str:
    ordered = sorted(named, key=lambda group: group.median())
    best, worst = ordered[0], ordered[-1]
    if best.interval()[1] >= worst.interval()[0]:
        return f"The medians of the {counted_word(len(named))} groups do not differ clearly"
    return fitting(
        f"Half the {best.calls} {reached} within {_said(best)}, half the {worst.calls} within {_said(worst)}",
        f"Half the {best.calls} within {_said(best)}, half the {worst.calls} within {_said(worst)}",
        f"Half {reached} within {_said(best)} {_in(best)}, {_said(worst)} {_in(worst)}",
        f"Half {reached} within {_said(best)} to {_said(worst)}, by group",
    )


def _in(group: Compared) -> str:
    """Say where or when a group is: in Battalion 7; on Saturdays; at 17:00."""
    if group.name in WEEKDAYS:
        return f"on {group.name}s"
    return f"{'at' if group.name.endswith(':00') else 'in'} {group.name}"
