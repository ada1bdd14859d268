"""Days: what a publisher's date stands for, as the interval in which it lies.

A date is a day of the calendar where the event was; it begins and ends with the clocks of a zone. Where nobody names
the zone the day is read in UTC and the claim says that this is assumed.
"""

import calendar
import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from contested.given import Given

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)([T ]00:00(:00(\.0+)?)?)?")
_NAMED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4}|\d\d)")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_MONTHS = {
    month.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, month in enumerate(names)
    if month
}
_LAST_MONTH = 12
_PIVOT = 69
"""Two digits of a year from here on are of the last century, as POSIX has it."""


class AmbiguousDateError(ValueError):
    """A date that could be two days."""

    code = "E-DATE-AMBIGUOUS"


class Days(NamedTuple):
    """From one day to another, both included."""

    first: date
    last: date

    def around(self, days: int) -> "Days":
        """Reach so many days further on either side."""
        return Days(self.first - timedelta(days), self.last + timedelta(days))

    def months(self) -> "Days":
        """Reach over every month that is touched."""
        return Days(month(self.first.year, self.first.month).first, month(self.last.year, self.last.month).last)

    def years(self) -> "Days":
        """Reach over every year that is touched."""
        return Days(date(self.first.year, 1, 1), date(self.last.year, _LAST_MONTH, 31))

    def number(self) -> int:
        """Count the days."""
        return (self.last - self.first).days + 1

    def bounds(self, given: Given) -> tuple[datetime, datetime]:
        """Give the instants at which the first day begins and the last one is over."""
        return midnight(self.first, given), midnight(self.last + timedelta(1), given)


def extent(began: tuple[datetime, datetime] | None, ended: tuple[datetime, datetime] | None) -> dict[str, datetime]:
    """Give the bounds of an event from those of its begin and its end: it had begun by the time that it was over."""
    bounds: dict[str, datetime] = {}
    if began:
        bounds |= {"began_earliest": began[0], "began_latest": min(began[1], ended[1]) if ended else began[1]}
    if ended:
        bounds |= {"ended_earliest": max(began[0], ended[0]) if began else ended[0], "ended_latest": ended[1]}
    return bounds


def day(text: str) -> date:
    """Read a date, or say why it is none: 2020-02-07, 07 February 2020, 07-Feb-20, 13/02/2020 (but not 03/02/2020)."""
    if written := _ISO.fullmatch(text):
        return on_calendar(*(int(part) for part in written.groups()[:3]))
    if (written := _NAMED.fullmatch(text)) and written[2].casefold() in _MONTHS:
        return on_calendar(_year(written[3]), _MONTHS[written[2].casefold()], int(written[1]))
    if written := _SLASHED.fullmatch(text):
        return _slashed(int(written[1]), int(written[2]), int(written[3]))
    message = "not a date"
    raise ValueError(message)


def month(year: int, number: int) -> Days:
    """Give the days of a month."""
    return Days(on_calendar(year, number, 1), on_calendar(year, number, calendar.monthrange(year, number)[1]))


def whole_year(number: int) -> Days:
    """Give the days of a year."""
    return Days(on_calendar(number, 1, 1), on_calendar(number, _LAST_MONTH, 31))


def midnight(on: date, given: Given) -> datetime:
    """Give the instant at which a day begins; where clocks skip midnight it begins when they do so."""
    return datetime.combine(on, time(), ZoneInfo(given.zone or "UTC"))


def on_calendar(year: int, number: int, on: int) -> date:
    """Give a day by its year, month and number, within the years that can be kept."""
    if not 1 < year < 9998:  # noqa: PLR2004 at either end a zone leads out of the calendar
        message = "no year that can be kept"
        raise ValueError(message)
    return date(year, number, on)


def _slashed(one: int, other: int, year: int) -> date:
    if one <= _LAST_MONTH and other <= _LAST_MONTH and one != other:
        readings = " or ".join(on_calendar(year, *reading).isoformat() for reading in ((other, one), (one, other)))
        message = f"{readings}: day and month cannot be told apart"
        raise AmbiguousDateError(message)
    return on_calendar(year, one, other) if other > _LAST_MONTH else on_calendar(year, other, one)


def _year(digits: str) -> int:
    number = int(digits)
    return number if len(digits) > 2 else number + (1900 if number >= _PIVOT else 2000)  # noqa: PLR2004 two digits
