"""A date of digits: the order of its parts is shown by its column or said by a person, never guessed.

Where dots part it the day is first, unless no date of the column can be read so. Two digits at either end may be a
year. Numbers that programs write for a time, and the dates that they write where they know none, are recognised.
"""

import re
from calendar import day_name, month_name, monthrange
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple

from contested.ingest.cells.unreadable import Unreadable
from contested.model import placeholders
from contested.model.placeholders import PLACEHOLDER
from contested.model.times import is_kept

LIKE = "2020-02-07T17:00+06:00"
MONTHS, DAYS = 12, 31
PIVOT = 69
"""Two digits of a year from here on are of the last century, as POSIX has it."""
First = Literal["day", "month", "year"]
ORDERS: tuple[First, ...] = ("day", "month", "year")
"""What may come first in a date of digits; the month is second where the year is first."""
Cell = tuple[int, str]
"""The number of a row, and what stands in it."""

DIGITS = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})"
"""A date of digits, to be found in a text."""
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_YEAR_LAST = re.compile(r"(?<![\d./-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_SERIAL = re.compile(r"[1-9]\d{4}([.,]\d+)?")
_EPOCH = re.compile(r"\d{9,19}(\.\d+)?")
_UNITS = {9: 1, 10: 1, 12: 10**3, 13: 10**3, 15: 10**6, 16: 10**6, 19: 10**9}
"""How many of the unit make a second, by the number of digits that it has between 1973 and 2286.

Eighteen digits are rather hundreds of nanoseconds since 1601, as Windows counts, than billionths before 2001.
"""
_OLDEST = 1000


class DateOrder(NamedTuple):
    """What a column shows of the order of its dates: what comes first, and the first row that rules out each order."""

    first: First | None = None
    excluded: Mapping[First, Cell] = {}
    """The first row that cannot be read in an order; where every order has one, the column contradicts itself."""
    dotted: First = "day"
    """What comes first where dots part a date."""

    @property
    def is_contradictory(self) -> bool:
        """Whether no order is that of every row."""
        return all(first in self.excluded for first in ORDERS)


UNKNOWN_ORDER = DateOrder()


def read_date(text: str, order: DateOrder) -> date | Unreadable | None:
    """Read a date of digits; nothing where the text is none."""
    if written := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = (int(part) for part in written.groups() if part.isdigit())
        return on_calendar(year, month, day)
    if not (written := _YEAR_LAST.fullmatch(text)):
        return None
    possible = _orders(written)
    if written[2] == ".":
        return _day(written, order.dotted if order.dotted in possible else "day")
    if order.first and (order.first in possible or order.first != "year"):
        return _day(written, order.first)
    days = {_day(written, first) for first in possible}
    is_clear = len(days) == 1 and not (order.is_contradictory and len(possible) == 1)
    return days.pop() if is_clear else _doubt(text, order)


def orders_of(text: str) -> tuple[First, ...]:
    """Name the orders that a date allows in which a slash or a dash parts the digits, by their size alone."""
    written = _YEAR_LAST.search(text)
    return _orders(written) if written and written[2] != "." else ()


def dotted_orders_of(text: str) -> tuple[First, ...]:
    """Name the orders that a date with dots allows: month first is none of them."""
    written = _YEAR_LAST.search(text)
    return tuple(one for one in _orders(written) if one != "month") if written and written[2] == "." else ()


def days_meant(text: str) -> dict[First, date]:
    """Give the days of the calendar that such a date may mean, by each order that it allows."""
    written = _YEAR_LAST.search(text)
    read = {first: _day(written, first) for first in orders_of(text)} if written else {}
    return {first: day for first, day in read.items() if isinstance(day, date)}


def _orders(written: re.Match[str]) -> tuple[First, ...]:
    """Name the orders in which the parts can be a day, a month and a year; only two digits are a year before both."""
    return tuple(
        first
        for first in ORDERS
        for _, month, day in [_arranged(written, first)]
        if month <= MONTHS and day <= DAYS and (first != "year" or len(written[1]) == len(written[4]) == 2)  # noqa: PLR2004
    )


def _arranged(written: re.Match[str], first: First) -> tuple[int, int, int]:
    """Give the year, the month and the day of a date in an order."""
    one, _, other, last = written.groups()
    match first:
        case "day":
            return full_year(last), int(other), int(one)
        case "month":
            return full_year(last), int(one), int(other)
        case "year":
            return full_year(one), int(other), int(last)


def _day(written: re.Match[str], first: First) -> date | Unreadable:
    return on_calendar(*_arranged(written, first))


def full_year(digits: str) -> int:
    """Give the year of four digits or of two."""
    number = int(digits)
    return number if len(digits) > 2 else number + (1900 if number >= PIVOT else 2000)  # noqa: PLR2004 two digits


def on_calendar(year: int, month: int, day: int) -> date | Unreadable:
    """Give a day of the calendar, or say why there is none."""
    if why := placeholders.of_date(year, month, day):
        return no_time(why)
    wrong = next(_impossible(year, month, day), None)
    return Unreadable("E-TIME", wrong, "correct it") if wrong else date(year, month, day)


def _impossible(year: int, month: int, day: int) -> Iterator[str]:
    if not is_kept(year):
        yield f"no year {year} that can be kept"
    elif year < _OLDEST:
        yield f"the year {year:04} is mistyped, or a thousand years ago"
    elif not 1 <= month <= MONTHS:
        yield f"there is no month {month}"
    elif not 1 <= day <= monthrange(year, month)[1]:
        yield f"{month_name[month]} {year} had {monthrange(year, month)[1]} days"


def _doubt(text: str, order: DateOrder) -> Unreadable:
    """Say why a date cannot be read, with every reading and how to choose."""
    possible = orders_of(text)
    ruled_out = [
        f"row {row} ({cell[:20]}) cannot be {first} first"
        for first, (row, cell) in order.excluded.items()
        if first in possible
    ]
    if len(possible) == 1:
        reason = f"{possible[0]} first here, but {ruled_out[0]}"
        return Unreadable("E-DATE-AMBIGUOUS", reason, "write YYYY-MM-DD in one of them")
    meant = [f"{day.day} {month_name[day.month]} {day.year}" for day in dict.fromkeys(days_meant(text).values())]
    if not meant:
        return Unreadable("E-TIME", "no day of the calendar", "correct it")
    reason = f"may be {' or '.join(meant)}" + ", or mistyped" * (len(meant) == 1)
    if order.is_contradictory:
        reason += f": {', '.join(ruled_out)}"
    named = "day, month or year" if "year" in possible else "day or month"
    return Unreadable("E-DATE-AMBIGUOUS", reason, f"say whether {named} is first, or write YYYY-MM-DD")


def serial(text: str) -> datetime | None:
    """Read the number of days that a spreadsheet counts, as a wall clock to the minute."""
    if not _SERIAL.fullmatch(text):
        return None
    meant = datetime(1899, 12, 30) + timedelta(days=float(text.replace(",", ".")), seconds=30)  # noqa: DTZ001 a wall clock
    return meant.replace(second=0, microsecond=0)


def epoch(text: str) -> datetime | None:
    """Read seconds since 1970, or thousandths, millionths or billionths of one, by the number of their digits."""
    whole = text.partition(".")[0]
    if not _EPOCH.fullmatch(text) or not text.isascii() or len(whole) not in _UNITS:
        return None
    seconds, rest = divmod(int(whole), _UNITS[len(whole)])
    part = timedelta(microseconds=rest * 10**6 // _UNITS[len(whole)])
    return datetime.fromtimestamp(seconds, UTC) + part


def of_program(text: str) -> Unreadable | None:
    """Recognise what programs write for a time, with what it would mean."""
    if meant := serial(text):
        reason = f"looks like an Excel date number ({meant:%Y-%m-%d %H:%M})"
        return Unreadable("E-DATE-SERIAL", reason, "format the column as date and export again, or write it out")
    if meant := epoch(text):
        unit = {1: "", 10**3: "thousandths of ", 10**6: "millionths of ", 10**9: "billionths of "}
        counted = unit[_UNITS[len(text.partition(".")[0])]]
        reason = f"looks like {counted}seconds since 1970 ({meant:%Y-%m-%d %H:%M} UTC)"
        return Unreadable("E-TIME-EPOCH", reason, f"write {meant:%Y-%m-%dT%H:%M}Z, if that is meant")
    return None


def placeholder(moment: datetime) -> Unreadable | None:
    """Say why a moment is no time: programs write it where they know none."""
    why = placeholders.of_moment(moment)
    return no_time(why) if why else None


def no_time(why: str) -> Unreadable:
    """Say that a cell holds what a program writes where it knows no time."""
    return Unreadable(PLACEHOLDER, placeholders.reason(why), placeholders.FIX)


def weekday(day: date) -> str:
    """Name the day of the week."""
    return day_name[day.weekday()]
