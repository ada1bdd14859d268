"""Date intervals: the days for which a publisher's date stands.

A date is a day of the calendar where the event was; it begins and ends with the clocks of a zone. Where nobody names
the zone the day is read in UTC and the claim says that this is assumed.
"""

import calendar
import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from contested.ingest.cells.column_format import order_of_dates
from contested.ingest.cells.date import UNKNOWN_ORDER, DateOrder
from contested.ingest.cells.time import read_time
from contested.ingest.cells.time_span import Precision
from contested.ingest.cells.unreadable import Unreadable, UnreadableCellError
from contested.ingest.options import Given
from contested.ingest.row import Line
from contested.model.times import is_kept

_ADDED_MIDNIGHT = re.compile(r"(?<=\d)(?:[T ]0?0:00(?::00(?:\.0+)?)?|,? 12:00(?::00)? ?[aA]\.?[mM]\.?)(?:Z|\+00:?00)?$")
_LAST_MONTH = 12


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


def day(text: str, order: DateOrder = UNKNOWN_ORDER) -> date:
    """Read a cell that names one day (`cells.time`), also with the midnight that a spreadsheet adds to it."""
    read = read_time(_ADDED_MIDNIGHT.sub("", text.strip()), order)
    if isinstance(read, Unreadable):
        raise UnreadableCellError(read)
    if read.precision is not Precision.DAY or read.until or read.earliest is None:
        raise UnreadableCellError(Unreadable("E-TIME", "not a date: it does not name one day", "write YYYY-MM-DD"))
    return read.earliest.date()


def day_of(line: Line, column: str) -> date:
    """Read the cell of a column of dates, in the order of day and month that a person said or the column shows."""
    order = order_of_dates(line.given, column)
    return line.read(column, lambda text: day(text, order), "write YYYY-MM-DD")


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
    if not is_kept(year):
        message = "no year that can be kept"
        raise ValueError(message)
    return date(year, number, on)
