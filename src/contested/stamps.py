"""Stamps: what a wall clock showed, where the log that wrote it down names no zone.

The zone is asked for, never guessed. A time that the clocks skipped did not happen; one that they showed twice is
asked for with its offset.
"""

import re
from datetime import datetime, time

from contested.line import Line
from contested.moment import is_skipped, readings
from contested.written.date import LIKE, UNKNOWN_ORDER, DateOrder, placeholder
from contested.written.spell import Precision, read_time
from contested.written.unreadable import Unreadable, UnreadableCellError

_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d)(?:\.0+)?)?(?: ?([AaPp])\.?[Mm]\.?)?")
_NOON = 12


def zone_of(line: Line, column: str) -> str:
    """Give the zone that a person named for the clocks of this file, or ask for it."""
    if line.given.zone is None:
        fix = "name the zone of the file's clocks, such as Asia/Almaty"
        raise line.refused("E-TZ-NONE", column, "no time zone", fix)
    return line.given.zone


def time_of_day(text: str) -> time:
    """Read a time of day: 23:05, 23:05:59, 11:05:59 PM."""
    written = _CLOCK.fullmatch(text)
    if not written:
        message = "not a time of day"
        raise ValueError(message)
    hour, minute, second = (int(part or 0) for part in written.groups()[:3])
    return time(_hour(hour, written[4]), minute, second)


def wall(text: str, order: DateOrder = UNKNOWN_ORDER) -> datetime:
    """Read a cell that shows one moment (`written.spell`): what its clock showed, aware where it wrote an offset."""
    read = read_time(text, order)
    if isinstance(read, Unreadable):
        raise UnreadableCellError(read)
    if read.precision is not Precision.MOMENT or read.until or read.earliest is None:
        raise UnreadableCellError(Unreadable("E-TIME", "not one moment", f"write it like {LIKE}"))
    return read.earliest


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if not 1 <= hour <= _NOON:
        message = "a clock of twelve hours shows 1 to 12"
        raise ValueError(message)
    return hour % _NOON + (_NOON if half in "Pp" else 0)


def instant(line: Line, column: str, wall: datetime) -> datetime:
    """Read what a wall clock of the file showed as the instant that it was; a time with an offset is one already."""
    if not 1 < wall.year < 9998:  # noqa: PLR2004 at either end a zone leads out of the calendar
        raise line.refused("E-TIME", column, "no year that can be kept", "correct it")
    if why := placeholder(wall):
        raise line.refused(why.code, column, why.reason, why.fix)
    if wall.tzinfo:
        return wall
    zone = zone_of(line, column)
    first, second = readings(wall, zone)
    if is_skipped(wall, zone):
        raise line.refused("E-TZ-GAP", column, f"{wall} did not happen in {zone}: clocks went forward", "correct it")
    if first.utcoffset() != second.utcoffset():
        reason = f"{wall} happened twice in {zone}: clocks went back"
        raise line.refused("E-TZ-AMBIGUOUS", column, reason, "write it with its offset, in our own columns")
    return first
