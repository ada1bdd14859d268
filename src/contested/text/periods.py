"""Periods in words: a day, a week, a month, a quarter or a year that a chart counts by.

A period is given by its first day and its unit, or by its ISO 8601 name: `2018-02-03`, `2018-02`, `2018`.
"""

from datetime import date

from contested.model.times import date as long_day
from contested.model.times import day as short_day
from contested.model.vocabulary import Period

_QUARTERS = ("January–March", "April–June", "July–September", "October–December")
_SHORT_QUARTERS = ("Jan–Mar", "Apr–Jun", "Jul–Sep", "Oct–Dec")


def iso(first: date, unit: str) -> str:
    """Name a period as ISO 8601 does, as far as it does: 2020-02-07, 2020-W06, 2020-02, 2020-Q1, 2020."""
    match unit:
        case Period.WEEK:
            return f"{first:%G-W%V}"
        case Period.MONTH:
            return f"{first:%Y-%m}"
        case Period.QUARTER:
            return f"{first:%Y}-Q{first.month // 3 + 1}"
        case Period.YEAR:
            return f"{first:%Y}"
    return first.isoformat()


def when(first: date, unit: str, *, with_year: bool) -> str:
    """Say when a period is, of days and weeks with the year where it is asked: on 31 Dec, in January–March 2017."""
    year = f" {first.year}" if with_year else ""
    match unit:
        case Period.WEEK:
            return f"in the week of {first.day} {first:%b}{year}"
        case Period.MONTH:
            return f"in {first:%B %Y}"
        case Period.QUARTER:
            return f"in {_QUARTERS[first.month // 3]} {first.year}"
        case Period.YEAR:
            return f"in {first.year}"
    return f"on {first.day} {first:%b}{year}"


def short_name(first: date, unit: str) -> str:
    """Name a period where it is pointed at: Sat 31 Dec 2016, Dec 2016, Jan–Mar 2017."""
    match unit:
        case Period.WEEK:
            return f"Week of {first:%-d %b %Y}"
        case Period.MONTH:
            return f"{first:%b %Y}"
        case Period.QUARTER:
            return f"{short_quarter(first)} {first.year}"
        case Period.YEAR:
            return f"{first.year}"
    return f"{first:%a %-d %b %Y}"


def short_quarter(first: date) -> str:
    """Name the months of a quarter: Jan–Mar."""
    return _SHORT_QUARTERS[first.month // 3]


def first_day(period: str) -> date:
    """Give the day on which a period begins."""
    return date.fromisoformat(f"{period}-01-01"[:10])


def name(period: str) -> str:
    """Name a period: 3 February 2018; February 2018; 2018."""
    match period.count("-"):
        case 0:
            return period
        case 1:
            return f"{first_day(period):%B %Y}"
    return long_day(first_day(period))


def in_(period: str) -> str:
    """Say when: on 3 February 2018; in February 2018; in 2018."""
    return f"{'on' if period.count('-') > 1 else 'in'} {name(period)}"


def in_another(unit: str) -> str:
    """Say that it may be another one: on another day; in another month."""
    return f"{'on' if unit == 'day' else 'in'} another {unit}"


def than_any_other(unit: str) -> str:
    """Say that it exceeds each: more than on any other day; more than in any other month."""
    return f"more than {'on' if unit == 'day' else 'in'} any other {unit}"


def tick(period: str) -> str:
    """Name a period at an axis, where its year stands beside: 3 Feb; Feb; 2018."""
    match period.count("-"):
        case 0:
            return period
        case 1:
            return f"{first_day(period):%b}"
    return short_day(first_day(period))


def every(first: str, last: str) -> list[str]:
    """List all periods from one to another, also those of which nothing is told."""
    found = [first]
    while found[-1] < last:
        found.append(_next(found[-1]))
    return found


def _next(period: str) -> str:
    match period.count("-"):
        case 0:
            return f"{int(period) + 1:04}"
        case 1:
            year, month = map(int, period.split("-"))
            return f"{year + month // 12:04}-{month % 12 + 1:02}"
    return date.fromordinal(first_day(period).toordinal() + 1).isoformat()
