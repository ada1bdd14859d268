"""The windows of a timeline: the hours between two gaps in what is dated, and which of them opens.

A window is named as people name it: "5 Feb", "Night of 7–8 Feb". Its edges are wall clocks of the viewer's zone, on
full three hours, or midnights where it is longer than four days or holds nothing but days.
"""

from datetime import datetime
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from contested.model.times import day, last_day, whole_days
from contested.query.legend import Legend

ALL = "All days"
_GAP = pd.Timedelta(hours=12)
"""What lies this far apart lies in two windows."""
_MOST = 3
"""How many windows are offered beside all days: those of the most claims."""
_MARGIN, _LONG, _WEEK, _DAY = (pd.Timedelta(hours=one) for one in (1, 96, 168, 24))
_MORNING, _NOON = 9, 12
_Moments = NDArray[np.datetime64]
_Mask = NDArray[np.bool_]
_SHARE = 3
"""A window longer than a week narrows to the fewest days that hold one in so many of its claims."""


class Window(NamedTuple):
    """Hours to show, as wall clocks of the viewer's zone."""

    name: str
    since: datetime
    until: datetime

    def is_within(self, other: "Window") -> bool:
        """Say whether the other is no narrower on either side and not the same: whether this is a part of it."""
        return other.since <= self.since and self.until <= other.until and other[1:] != self[1:]

    def instants(self, zone: str) -> tuple[str, str]:
        """Give both edges as they stand in a link: ISO 8601 with the offset of the zone."""
        edges = (self.since, self.until)
        placed = (pd.Timestamp(edge).tz_localize(zone, ambiguous=True, nonexistent="shift_forward") for edge in edges)
        first, last = (edge.isoformat(timespec="minutes") for edge in placed)
        return first, last


class _Spans(NamedTuple):
    """From when to when each dated mark lies, on the viewer's clock, in order; bare arrays, for it is asked often."""

    first: _Moments
    last: _Moments

    def __len__(self) -> int:
        return len(self.first)

    def only(self, chosen: "_Mask") -> "_Spans":
        return _Spans(self.first[chosen], self.last[chosen])


def windows(answer: pd.DataFrame) -> list[Window]:
    """List the windows with the most claims, in order, and all days; all days alone where all is near each other.

    What is known to the hour makes them; a day alone makes one only where no hours are told.
    """
    return _offered(_spans(answer))


def _offered(spans: _Spans) -> list[Window]:
    if not len(spans):
        return []
    every = _whole("", *_edges(spans))._replace(name=ALL)
    fullest = sorted(_clusters(spans), key=lambda one: (-_number(spans, one), one.since))[:_MOST]
    return (
        [*sorted(fullest, key=lambda one: one.since), every]
        if len(fullest) > 1 or _narrows(fullest, every)
        else [every]
    )


def opened(answer: pd.DataFrame, legend: Legend) -> Window | None:
    """Choose the window that is drawn: the hours chosen, else those that hold the most claims; none without a date."""
    spans, chosen = _spans(answer), legend.selection
    if not len(spans):
        return None
    offered = _offered(spans)
    fullest = max(offered[:-1] or offered, key=lambda one: _number(spans, one))
    if not (chosen.since or chosen.until):
        return fullest
    edges = zip((chosen.since, chosen.until), (offered[-1].since, offered[-1].until), strict=True)
    since, until = (
        pd.Timestamp(edge).tz_convert(chosen.zone).tz_localize(None) if edge else own for edge, own in edges
    )
    return Window(_named(since, until), since, until) if since < until else fullest


def is_mark(answer: pd.DataFrame) -> _Mask:
    """Say of each row whether a mark of the timeline stands for it: the first of the claims that are read into one."""
    marks: _Mask = (answer["first"].notna() & (answer["bar"] == answer["claim_id"])).to_numpy()
    return marks


def within(answer: pd.DataFrame, window: Window | None) -> _Mask:
    """Say of each row whether it touches the window; what ends as it begins is before it."""
    touches = np.zeros(len(answer), bool)
    if window and (dated := answer["first"].notna().to_numpy()).any():
        touches[dated] = _touches(_clocks(answer, dated), window)
    return touches


def _touches(spans: _Spans, window: Window) -> _Mask:
    (first, last), is_moment = spans, spans.first == spans.last
    since, until = (pd.Timestamp(edge).to_datetime64() for edge in (window.since, window.until))
    is_after = (last > since) | (is_moment & (last >= since))
    touches: _Mask = is_after & ((first < until) | (is_moment & (first <= until)))
    return touches


def _number(spans: _Spans, window: Window) -> int:
    return int(_touches(spans, window).sum())


def _of_days(spans: _Spans) -> _Mask:
    """Say of each interval whether it is of whole days: of a midnight to one or to the minute before."""
    first, last = spans
    minute_after: _Moments = np.add(last.astype("M8[m]"), np.timedelta64(1, "m"))
    ends = _is_midnight(last) | _is_midnight(minute_after)
    of_days: _Mask = (first < last) & _is_midnight(first) & ends
    return of_days


def _is_midnight(moments: _Moments) -> _Mask:
    is_midnight: _Mask = moments == moments.astype("M8[D]")
    return is_midnight


def _spans(answer: pd.DataFrame) -> _Spans:
    """Give from when to when each dated mark lies, on the viewer's clock, in order."""
    marks = is_mark(answer)
    if not marks.any():
        return _Spans(*(np.array([], "M8[us]") for _ in _Spans._fields))
    first, last = _clocks(answer, marks)
    order = np.lexsort((last, first))
    return _Spans(first[order], last[order])


def _clocks(answer: pd.DataFrame, chosen: _Mask) -> _Spans:
    return _Spans(*(answer[name].dt.tz_localize(None).to_numpy()[chosen] for name in _Spans._fields))


def _edges(spans: _Spans) -> tuple[pd.Timestamp, pd.Timestamp]:
    return pd.Timestamp(spans.first.min()), pd.Timestamp(spans.last.max())


def _clusters(spans: _Spans) -> list[Window]:
    """Part what is dated where nothing is for twelve hours."""
    is_of_days = _of_days(spans)
    timed = [_window(one) for one in _parted(spans.only(~is_of_days))]
    days = spans.only(is_of_days)
    for window in timed:
        days = days.only(~_touches(days, window))
    return timed + [_window(one) for one in _parted(days)]


def _parted(spans: _Spans) -> list[_Spans]:
    if not len(spans):
        return []
    reached = np.maximum.accumulate(spans.last)[:-1]
    cuts = np.flatnonzero(spans.first[1:] - reached >= _GAP.to_timedelta64()) + 1
    return list(map(_Spans, np.split(spans.first, cuts), np.split(spans.last, cuts)))


def _window(spans: _Spans) -> Window:
    """Put edges around claims that lie near each other; of more than a week around the fewest days of a third."""
    first, last = _edges(spans)
    if last - first > _WEEK:
        first, last = _busiest(pd.Series(spans.first).dt.floor("D")) or (first, last)
        return _whole("", first, last)
    if last - first > _LONG or whole_days(first, last):
        return _whole("", first, last)
    since, until = (first - _MARGIN).floor("3h"), (last + _MARGIN).ceil("3h")
    return Window(_named(first, last), since, until)


def _busiest(days: "pd.Series[pd.Timestamp]") -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Give the fewest days in a row, at most seven, on which a third of all begins."""
    counts = days.value_counts().resample("D").sum()
    for length in range(1, _WEEK // _DAY + 1):
        runs = counts.rolling(length).sum()
        if runs.max() * _SHARE >= len(days):
            last = pd.Timestamp(str(runs.idxmax()))
            return last - (length - 1) * _DAY, last + _DAY
    return None


def _whole(name: str, first: pd.Timestamp, last: pd.Timestamp) -> Window:
    since, until = first.floor("D"), max(last.ceil("D"), first.floor("D") + _DAY)
    return Window(name or _named(since, until), since, until)


def _narrows(fullest: list[Window], every: Window) -> bool:
    return any(one.until - one.since <= (every.until - every.since) / 2 for one in fullest)


def _named(first: datetime, last: datetime) -> str:
    """Name hours by their day, their night, or their first and last day."""
    until = last_day(last) if last > first else last.date()
    if first.date() == until:
        return day(first)
    days = (
        f"{first.day}–{day(until)}"
        if (first.year, first.month) == (until.year, until.month)
        else (f"{day(first)} – {day(until)}")
    )
    one_night = (until - first.date()).days == 1 and first.hour >= _NOON and last.hour <= _MORNING
    return f"Night of {days}" if one_night else days
