"""Words as an editor types them: a time becomes bounds, a figure lowest, best and highest, each by a named rule.

They are read as the cells of an import are. A sentence leaves out more than a cell, so three rules are added: a day
without a year is the last one before it was said, midnight ends the day that it is named with, and a comma before three
digits parts thousands.
"""

import re
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from contested.ingest.cells.number import Count, Separators, read_count
from contested.ingest.cells.time import read_time
from contested.ingest.cells.time_span import Precision, TimeSpan
from contested.ingest.cells.unreadable import Unreadable
from contested.model.language import alternatives, listed, numbered
from contested.model.times import Bounds, event_bounds, whole_days
from contested.model.vocabulary import FATAL_AND_INJURED, Measure, TimeBasis

_WHOLE = {Precision.DAY, Precision.DAYS, Precision.MONTH, Precision.YEAR, Precision.YEARS}
_MINUTE = timedelta(minutes=1)
_THOUSANDS = Separators(thousands={",": (1, "a comma before three digits")})
_LACKS_YEAR = "E-TIME-NODATE"


class Times(NamedTuple):
    """The four bounds of a time in words, and how they came about."""

    began_earliest: datetime | None
    began_latest: datetime | None
    ended_earliest: datetime | None
    ended_latest: datetime | None
    basis: TimeBasis
    rule: str


class Figure(NamedTuple):
    """The bounds of a figure in words, and how they came about."""

    low: int | None
    best: int | None
    high: int | None
    rule: str


def read_times(words: str, zone: str, said: datetime | None = None) -> Times | Unreadable:
    """Read when something happened; it had happened by the time that it was told."""
    span = read_span(words, zone, said)
    if isinstance(span, Unreadable):
        return span
    bounds, until = span.instants(zone), span.until.instants(zone) if span.until else None
    if isinstance(bounds, Unreadable):
        return bounds
    if isinstance(until, Unreadable):
        return until
    began = _by_then(bounds, said)
    ended = until or ((None, began[1]) if span.precision in _WHOLE else (None, None))
    return Times(**event_bounds(began, ended), basis=span.basis, rule=span.rule)


def read_said(words: str, zone: str) -> Bounds | Unreadable:
    """Read when something was said: one instant, or the first and the last minute of whole days."""
    span = read_span(words, zone)
    if isinstance(span, Unreadable):
        return span
    bounds = span.whole().instants(zone)
    if isinstance(bounds, Unreadable):
        return bounds
    earliest, latest = bounds
    if earliest == latest:
        return None, latest
    is_whole = earliest and latest and whole_days(*(one.astimezone(ZoneInfo(zone)) for one in (earliest, latest)))
    return earliest, latest - _MINUTE if latest and is_whole else latest


def read_span(words: str, zone: str, said: datetime | None = None) -> TimeSpan | Unreadable:
    """Read a time as a cell is read, by the rules of a sentence where it leaves out more than a cell may."""
    told = said.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if said else None
    ends_day = _midnight().sub("24:00", words)
    read = read_time(ends_day, told=told, zone=zone)
    if isinstance(read, Unreadable) and read.code == _LACKS_YEAR and told:
        read = _of_last_year(ends_day, zone, told) or read
    if isinstance(read, TimeSpan) and ends_day != words:
        return read._replace(rule=f"{read.rule}; midnight ends the day", basis=TimeBasis.ASSUMED)
    return read


def read_figure(words: str, measure: Measure | None = None) -> Figure | Unreadable:
    """Read a figure; what was not said stays unknown."""
    column = str(measure) if measure in FATAL_AND_INJURED else "figure"
    read: Count | Unreadable = read_count(words, column, _THOUSANDS)
    if isinstance(read, Unreadable):
        return read
    return Figure(read.low, read.best, read.high, read.rule or f"best {read.best}")


def _by_then(bounds: Bounds, said: datetime | None) -> Bounds:
    low, high = bounds
    return (low, said) if said and low and high and low <= said < high else bounds


def _of_last_year(words: str, zone: str, told: datetime) -> TimeSpan | None:
    """Read a day without its year as the last such day before it was told."""
    month = alternatives(*numbered("months", 1))
    for year in (told.year, told.year - 1):
        dated = re.sub(rf"(\d{{1,2}}(?:st|nd|rd|th|\.)? (?:of )?{month})", rf"\1 {year}", words, flags=re.IGNORECASE)
        dated = (
            re.sub(rf"({month}\.? \d{{1,2}})(?:st|nd|rd|th)?(?![\d:])", rf"\1, {year}", dated, flags=re.IGNORECASE)
            if dated == words
            else dated
        )
        read = read_time(dated, told=told, zone=zone)
        if isinstance(read, TimeSpan) and read.earliest and read.earliest <= told:
            rule = f"{read.rule}; the year is taken from when it was said: {year}"
            return read._replace(rule=rule, basis=TimeBasis.DERIVED, is_plain=False)
    return None


def _midnight() -> re.Pattern[str]:
    return re.compile(alternatives(*listed("midnight", "time")), re.IGNORECASE)
