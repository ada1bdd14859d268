"""Periods in words: a day, a month or a year that a chart counts by, as `2018-02-03`, `2018-02` or `2018`."""

from datetime import date

from contested.model.times import date as long_day
from contested.model.times import day as short_day


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


def span(first: str, last: str) -> str:
    """Say from which year to which: 2016–2019; 2018."""
    return first[:4] if first[:4] == last[:4] else f"{first[:4]}–{last[:4]}"


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
