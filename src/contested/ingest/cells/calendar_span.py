"""Whole days, weeks, months and years of the calendar as time spans."""

import re
from calendar import month_name
from datetime import date

from contested.ingest.cells.date import on_calendar
from contested.ingest.cells.time_span import DAY, Precision, TimeSpan, days_span
from contested.ingest.cells.unreadable import Unreadable

_ORDINAL = re.compile(r"(\d{4})-(\d{3})")
_WEEK = re.compile(r"(\d{4})-?W(\d\d)(?:-?([1-7]))?")
_SEASONS = range(21, 42)


def calendar_span(parts: list[str]) -> TimeSpan | Unreadable:
    """Give the whole year, month or day of some digits, or the years that their digits leave open."""
    if parts[0].endswith("x"):
        known = parts[0].rstrip("x")
        return _years(*(int(known.ljust(4, digit)) for digit in "09"))
    year, *rest = (int(part) for part in parts)
    if rest and rest[0] in _SEASONS:
        return Unreadable("E-TIME", f"{parts[0]}-{parts[1]} is a season, which differs by place", "write its months")
    match rest:
        case []:
            return _years(year, year)
        case [month]:
            return month_span(year, month)
        case _:
            day = on_calendar(year, *rest)
            return span_between(day, day, "the whole day", Precision.DAY)


def _years(first: int, last: int) -> TimeSpan | Unreadable:
    """Give whole years, by any day of theirs that no program writes for an unknown time."""
    if refused := next((no for year in (first, last) if isinstance(no := on_calendar(year, 6, 1), Unreadable)), None):
        return refused
    rule, precision = (f"the year {first}", Precision.YEAR) if first == last else ("the years", Precision.YEARS)
    return days_span(date(first, 1, 1), date(last, 12, 31), rule, precision)


def month_span(year: int, month: int) -> TimeSpan | Unreadable:
    """Give a month of a year."""
    if isinstance(known := on_calendar(year, month, 2), Unreadable):
        return known
    following = date(year + month // 12, month % 12 + 1, 1)
    return days_span(date(year, month, 1), following - DAY, f"{month_name[month]} {year}", Precision.MONTH)


def span_between(
    first: date | Unreadable, last: date | Unreadable, rule: str, precision: Precision
) -> TimeSpan | Unreadable:
    """Give the days from the first to the last, or why one of them is none."""
    if isinstance(first, Unreadable):
        return first
    return last if isinstance(last, Unreadable) else days_span(first, last, rule, precision)


def nth_day(year: int, number: int) -> TimeSpan | Unreadable:
    """Give the nth day of a year."""
    first = on_calendar(year, 1, 1)
    if isinstance(first, Unreadable):
        return first
    day = first + (number - 1) * DAY
    if day.year != year or not number:
        return Unreadable("E-TIME", f"{year} had no day {number}", "correct it")
    return days_span(day, day, f"day {number} of {year}, {day.day} {month_name[day.month]}")


def week_span(year: int, number: int, day: str | None) -> TimeSpan | Unreadable:
    """Give a week of ISO 8601, or one day of it."""
    try:
        first = date.fromisocalendar(year, number, int(day or 1))
    except ValueError:
        return Unreadable("E-TIME", f"{year} had no week {number}", "correct it")
    last = first if day else first + 6 * DAY
    return days_span(first, last, f"week {number} of {year}", Precision.DAY if day else Precision.DAYS)


def before_christ() -> Unreadable:
    """Refuse a year before year 1."""
    return Unreadable("E-TIME", "a year before year 1, which cannot be kept", "leave it empty, and keep the words")
