"""A date of digits: the order of its parts is shown by its column or said by a person, never guessed.

Where dots part it the day is first. Numbers that programs write for a time, and the dates that they write where they
know none, are recognised.
"""

import re
from calendar import day_name, month_name, monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple

from contested.ingest.cells.unreadable import Unreadable
from contested.model import placeholders
from contested.model.placeholders import PLACEHOLDER
from contested.model.times import is_kept

LIKE = "2020-02-07T17:00+06:00"
MONTHS = 12
PIVOT = 69
"""Two digits of a year from here on are of the last century, as POSIX has it."""
First = Literal["day", "month"]
Cell = tuple[int, str]
"""The number of a row, and what stands in it."""

DIGITS = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})"
"""A date of digits, to be found in a text."""
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_YEAR_LAST = re.compile(r"(?<![\d./-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_SERIAL = re.compile(r"[1-9]\d{4}(\.\d+)?")
_EPOCH = re.compile(r"\d{9,19}(\.\d+)?")
_UNITS = {9: 1, 10: 1, 12: 10**3, 13: 10**3, 15: 10**6, 16: 10**6, 19: 10**9}
"""How many of the unit make a second, by the number of digits that it has between 1973 and 2286.

Eighteen digits are rather hundreds of nanoseconds since 1601, as Windows counts, than billionths before 2001.
"""
_OLDEST = 1000


class DateOrder(NamedTuple):
    """What a column shows of the order of its dates: which part is first, and the first rows that show either."""

    first: First | None = None
    day: Cell | None = None
    month: Cell | None = None

    def other(self, first: First) -> Cell | None:
        """Give a row that shows the other order."""
        return self.month if first == "day" else self.day


UNKNOWN_ORDER = DateOrder()


def read_date(text: str, order: DateOrder) -> date | Unreadable | None:
    """Read a date of digits; nothing where the text is none."""
    if written := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = (int(part) for part in written.groups() if part.isdigit())
        return on_calendar(year, month, day)
    if not (written := _YEAR_LAST.fullmatch(text)):
        return None
    first = order_of(text)
    one, other, year = int(written[1]), int(written[3]), full_year(written[4])
    if written[2] == ".":
        return on_calendar(year, other, one)
    is_open = order.first is None and one != other
    if is_open and (first is None or (order.day and order.month)):
        return _doubt(text, order)
    chosen = order.first or first or "day"
    return on_calendar(year, *((other, one) if chosen == "day" else (one, other)))


def order_of(text: str) -> First | None:
    """Say whether a date that a slash or a dash parts can only be read day first, or only month first."""
    if not (written := _YEAR_LAST.search(text)) or written[2] == ".":
        return None
    first, second = int(written[1]), int(written[3])
    return "day" if first > MONTHS >= second else "month" if second > MONTHS >= first else None


def days_meant(text: str) -> dict[First, date]:
    """Give the days that a date with its year last may mean, by either order."""
    if not (written := _YEAR_LAST.search(text)) or written[2] == ".":
        return {}
    one, other, year = int(written[1]), int(written[3]), full_year(written[4])
    read = {"day": on_calendar(year, other, one), "month": on_calendar(year, one, other)}
    return {first: day for first, day in read.items() if isinstance(day, date)}  # type: ignore[misc]


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
    """Say why a date cannot be read, with both readings and how to choose."""
    if (first := order_of(text)) and (other := order.other(first)):
        second = "month" if first == "day" else "day"
        reason = f"{first} first here, but row {other[0]} ({other[1][:20]}) is {second} first"
        return Unreadable("E-DATE-AMBIGUOUS", reason, "write YYYY-MM-DD in one of them")
    meant = [f"{day.day} {month_name[day.month]} {day.year}" for day in days_meant(text).values()]
    if not meant:
        return Unreadable("E-TIME", "no day of the calendar by either order", "correct it")
    reason = f"may be {' or '.join(meant)}"
    if order.day and order.month:
        reason += f": row {order.day[0]} is day first, row {order.month[0]} month first"
    return Unreadable("E-DATE-AMBIGUOUS", reason, "say whether day or month is first, or write YYYY-MM-DD")


def serial(text: str) -> datetime | None:
    """Read the number of days that a spreadsheet counts, as a wall clock to the minute."""
    if not _SERIAL.fullmatch(text):
        return None
    meant = datetime(1899, 12, 30) + timedelta(days=float(text), seconds=30)  # noqa: DTZ001 a wall clock
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
