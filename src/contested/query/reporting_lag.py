"""The reporting lag: how long after something began an account said so, and which hours are therefore incomplete.

A lag lies between its shortest and its longest, as the time of what began and the time of the statement leave open.
Only lags that are over are seen, so that the true ones may be longer; they are never used to fill an hour.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import isinf
from typing import Any, NamedTuple

from contested.model.times import LEAST_DELAYS, Delay, duration

_HOUR, _LONG = 60, 180

LAGS = """
    count(lag_low)::int as lag_n, list_sort(list(distinct voice) filter (has_lag)) as lag_voices,
    quantile_disc(lag_low, 0.5) as median_low, quantile_disc(lag_high, 0.5) as median_high,
    quantile_disc(lag_low, 0.9) as p90_low, quantile_disc(lag_high, 0.9) as p90_high,
    max(lag_low) as longest_low, max(lag_high) as longest_high"""
"""The lags of a group of claims, in minutes, where `BOUNDS` gives those of each."""

BOUNDS = """
    stated_at is not null and coalesce(began_earliest, began_latest) is not null as has_lag,
    case when not has_lag then null when began_latest is null then 0
        else greatest(0, epoch(coalesce(stated_earliest, stated_at) - began_latest) / 60) end as lag_low,
    case when not has_lag then null when began_earliest is null then 'infinity'::double
        else greatest(0, epoch(stated_at - began_earliest) / 60) end as lag_high"""


class Lag(NamedTuple):
    """The lags of one account: how many, and the bounds of their median, of their P90 and of the longest."""

    n: int
    median: Delay
    p90: Delay
    longest: Delay
    voices: tuple[str, ...] = ()
    """Whose words they are."""

    def usual(self) -> Delay:
        """Give the lag after which most is in: the P90, or the longest where there are too few for one."""
        return self.p90 if self.n >= LEAST_DELAYS else self.longest


def lag_of(row: Any) -> Lag:  # noqa: ANN401 a row with the columns of `LAGS`
    """Read the lags of one account."""
    return Lag(
        int(row.lag_n),
        Delay(row.median_low, row.median_high),
        Delay(row.p90_low, row.p90_high),
        Delay(row.longest_low, row.longest_high),
        tuple(row.lag_voices),
    )


def said(label: str, lag: Lag) -> str:
    """Say how long after the event an account spoke, with the number of claims that tell."""
    if lag.n < LEAST_DELAYS:
        return f"{label} {_most(lag.longest)} (n = {lag.n})"
    return f"{label} {_spoken(lag.median)} at the median and {_spoken(lag.p90)} at P90 (n = {lag.n})"


def each_incomplete_since(known_at: datetime | None, lags: Mapping[str, Lag]) -> dict[str, datetime]:
    """Give the moment since when not all that an account tells may have been told yet, as known at a moment."""
    if known_at is None:
        return {}
    waits = {account: _certain(lag.usual()) for account, lag in lags.items()}
    return {account: known_at - timedelta(minutes=wait) for account, wait in waits.items() if wait is not None}


def _certain(lag: Delay) -> float | None:
    """Give the longest that a lag was, or where nothing bounds it the shortest; nothing where that is not known."""
    return (lag.low or None) if isinf(lag.high) else lag.high


def _most(lag: Delay) -> str:
    if isinf(lag.high):
        return _spoken(lag) if lag.low else "an unknown time"
    return f"at most {duration(*[_outward(lag).high] * 2)}"


def _spoken(lag: Delay) -> str:
    outward = _outward(lag)
    return duration(outward.low, None if isinf(lag.high) else outward.high)


def _outward(lag: Delay) -> Delay:
    """Round the bounds of a long lag to whole hours, outwards so that they still hold."""
    if lag.low < _LONG:
        return lag
    return Delay(lag.low // _HOUR * _HOUR, lag.high if isinf(lag.high) else -(-lag.high // _HOUR) * _HOUR)
