"""A date and a clock in digits, as programs write them, as one moment."""

import re
from datetime import date, datetime, timedelta, timezone

from contested.ingest.cells.clock import HALVES, OFFSET, offset_of, read_clock_parts
from contested.ingest.cells.date import DIGITS, LIKE, DateOrder, of_program, placeholder, read_date
from contested.ingest.cells.time_span import TimeSpan, at_offset, days_span, midnight, moment_span
from contested.ingest.cells.time_words import span_of_words
from contested.ingest.cells.unreadable import Unreadable
from contested.model.times import readings

STAMP = re.compile(
    rf"(?P<date>{DIGITS}|(?:19|20)\d{{6}})(?P<gap>[T ]|, ?)(?P<hour>\d{{1,2}})[:.](?P<minute>\d\d)"
    rf"(?:[:.](?P<second>\d\d)(?:[.,](?P<part>\d{{1,9}}))?)?(?: ?(?P<half>{HALVES}))?(?: ?{OFFSET})?"
)
_THOUSANDTHS = re.compile(rf"(\d:\d\d:\d\d):\d{{3}} ?({HALVES})$")
"""The thousandths of a second behind a third colon, as SQL Server writes them before AM or PM."""
_DOTTED = re.compile(r"(\d{1,2}-[^\W\d]{3}-\d{2,4} \d{1,2})\.(\d\d)\.(\d\d)(?!\d)")
"""A clock with dots behind a month in letters, as Oracle writes it."""
_COMPACT = re.compile(
    rf"(?P<date>(?:19|20)\d{{6}})(?P<gap>T?)(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<part>)(?P<half>){OFFSET}?"
)


def plain_stamp(text: str) -> str:
    """Write a stamp of SQL Server without its thousandths behind a third colon, and one of Oracle with colons."""
    return _DOTTED.sub(r"\1:\2:\3", _THOUSANDTHS.sub(r"\1 \2", text))


def span_of_digits(text: str, order: DateOrder, zone: str | None) -> TimeSpan | Unreadable | None:
    """Read a date, a date with a clock, or a number that programs write for either; nothing where the text is none."""
    if (stamp := _COMPACT.fullmatch(text)) and isinstance(read := span_of_stamp(stamp, order, zone), TimeSpan):
        return read
    if stamp := STAMP.fullmatch(text):
        return span_of_stamp(stamp, order, zone)
    day = read_date(text, order)
    return days_span(day, day) if isinstance(day, date) else day or of_program(text)


def span_of_stamp(stamp: re.Match[str], order: DateOrder, zone: str | None) -> TimeSpan | Unreadable:
    """Read a date and a clock in digits as one moment."""
    day = read_date(stamp["date"], order)
    clock = read_clock_parts(stamp["hour"], stamp["minute"], stamp["second"], stamp["half"])
    if not isinstance(day, date):
        return day or Unreadable("E-TIME", "not a time", f"write it like {LIKE}")
    if isinstance(clock, Unreadable):
        return clock
    wall = midnight(day) + clock + timedelta(microseconds=int((stamp["part"] or "").ljust(6, "0")[:6]))
    offset = offset_of(stamp)
    if offset and _may_be_range(stamp, wall, offset, zone):
        if not stamp["date"][:4].isdigit() or "," in stamp["gap"]:
            return span_of_words(stamp[0], order, None)
        return Unreadable("E-TIME-RANGE", "may be a range or an offset", f"write it like {LIKE}")
    moment, said = (at_offset(wall, offset), ()) if offset else (wall, (wall,))
    return placeholder(moment) or moment_span(moment, said)._replace(is_plain=True)


def _may_be_range(stamp: re.Match[str], wall: datetime, offset: timezone, zone: str | None) -> bool:
    """Doubt "2020-02-07 05:00-06:00", which may end in an hour or in an offset, unless its zone had that offset."""
    is_doubtful = stamp["gap"] != "T" and not stamp["second"] and (stamp["offset"] or "").startswith("-")
    if not is_doubtful or re.search(r"(?:UTC|GMT) ?-", stamp[0], re.IGNORECASE):
        return False
    if "," in stamp["gap"]:
        return True
    return not any(one.utcoffset() == offset.utcoffset(None) for one in (readings(wall, zone) if zone else ()))
