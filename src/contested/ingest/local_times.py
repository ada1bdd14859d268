"""Local times: what a wall clock showed, where the log that wrote it down names no zone.

The zone is asked for, never guessed. A time that the clocks skipped did not happen; one that they showed twice is
asked for with its offset.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from contested.ingest.cells.column_format import order_of_dates
from contested.ingest.cells.date import LIKE, UNKNOWN_ORDER, DateOrder, epoch, placeholder
from contested.ingest.cells.time import read_time
from contested.ingest.cells.time_span import Precision
from contested.ingest.cells.unreadable import Unreadable, UnreadableCellError
from contested.ingest.row import Line, RefusedError
from contested.model.placeholders import PLACEHOLDER
from contested.model.problem import Problem
from contested.model.times import fixed, is_kept, is_skipped, readings

Stamped = tuple[datetime, datetime]
"""The first and the last instant that a stamp may mean."""
_A_YEAR = timedelta(days=366)
_ENDS_OF_A_YEAR = {(1, 1), (12, 31)}
_NO_TIME = "nothing: it is read as no time"
_FAR = "more than a year from the first stamp of its row"


def zone_of(line: Line, column: str) -> str:
    """Give the zone that a person named for the clocks of this file, or ask for it."""
    if line.given.zone is None:
        fix = "name the zone of the file's clocks, such as Asia/Almaty"
        raise line.refused("E-TZ-NONE", column, "no time zone", fix)
    return line.given.zone


def wall(text: str, order: DateOrder = UNKNOWN_ORDER) -> datetime:
    """Read a cell that shows one moment (`cells.time`): what its clock showed, aware where it wrote an offset."""
    read = read_time(text, order)
    if isinstance(read, Unreadable):
        raise UnreadableCellError(read)
    if read.precision is not Precision.MOMENT or read.until or read.earliest is None:
        raise UnreadableCellError(Unreadable("E-TIME", "not one moment", f"write it like {LIKE}"))
    return read.earliest


def shown(line: Line, column: str) -> datetime | Problem:
    """Read the stamp in a cell as its clock showed it, aware where it wrote an offset or counted from 1970 (UTC).

    What a program writes where it knows no time is no stamp: it is named.
    """
    if counted := epoch(line.words(column)):
        return counted
    order = order_of_dates(line.given, column)
    try:
        read = line.read(column, lambda text: wall(text, order), f"write it like {LIKE}")
    except RefusedError as refused:
        if refused.code != PLACEHOLDER:
            raise
        return line.notice("W-TIME-PLACEHOLDER", column, refused.said[2], _NO_TIME)
    if read.tzinfo is None and line.given.zone and (why := placeholder(read.replace(tzinfo=ZoneInfo(line.given.zone)))):
        return line.notice("W-TIME-PLACEHOLDER", column, why.reason, _NO_TIME)
    return read


def zone_said(shown: datetime, zone: str | None) -> str | None:
    """Name the zone that a stamp was written in: that of the file's clocks, unless its own offset is another."""
    if shown.tzinfo is None or (zone and shown.astimezone(ZoneInfo(zone)).utcoffset() == shown.utcoffset()):
        return zone
    return None if shown.utcoffset() else "UTC"


def instant(line: Line, column: str, wall: datetime) -> datetime:
    """Read what a wall clock of the file showed as the instant that it was; a time with an offset is one already."""
    first, second = either(line, column, wall)
    if first != second:
        code, fix = "E-TZ-AMBIGUOUS", "write it with its offset, in our own columns"
        if is_skipped(wall, zone_of(line, column)):
            code, fix = "E-TZ-GAP", "correct it"
        raise line.refused(code, column, doubt(line, column, wall), fix)
    return first


def either(line: Line, column: str, wall: datetime) -> tuple[datetime, datetime]:
    """Read what a wall clock showed as the first and last instant it can mean: two where clocks were put on."""
    if not is_kept(wall.year):
        raise line.refused("E-TIME", column, "no year that can be kept", "correct it")
    if why := placeholder(wall):
        raise line.refused(why.code, column, why.reason, why.fix)
    if wall.tzinfo:
        return wall, wall
    first, last = sorted(fixed(one) for one in readings(wall, zone_of(line, column)))
    return first, last


def doubt(line: Line, column: str, wall: datetime) -> str:
    """Say why a wall clock names no one instant."""
    zone = zone_of(line, column)
    if is_skipped(wall, zone):
        return f"{wall} did not happen in {zone}: clocks went forward"
    return f"{wall} happened twice in {zone}: clocks went back"


def placeholders(line: Line, columns: Mapping[str, str], stamped: Mapping[str, Stamped]) -> dict[str, Problem]:
    """Name the stamps of one response that programs write where they know no time, each with a notice of its column.

    They lie more than a year from the first, on the first or the last day of some year (1904-01-01, 2999-12-31), or at
    a midnight that is out of order. Raises RefusedError where any other lies so far.
    """
    found: dict[str, Problem] = {}
    for name in _far_apart(stamped):
        if not _may_be_placeholder(stamped[name][0]):
            raise line.refused("E-TIME-FAR", columns[name], _FAR, "correct the year, or leave it empty")
        reason = f"{_FAR}, as programs write where no time is known"
        found[name] = line.notice("W-TIME-PLACEHOLDER", columns[name], reason, _NO_TIME)
    for name in _midnights({name: one for name, one in stamped.items() if name not in found}, line.given.zone):
        reason = "midnight, where the other stamps of its row cannot be"
        found[name] = line.notice("W-TIME-PLACEHOLDER", columns[name], reason, _NO_TIME)
    return found


def _far_apart(stamped: Mapping[str, Stamped]) -> list[str]:
    first = next(iter(stamped.values()), None)
    return [name for name, one in stamped.items() if first and abs(one[0] - first[0]) > _A_YEAR]


def _may_be_placeholder(moment: datetime) -> bool:
    return (moment.month, moment.day) in _ENDS_OF_A_YEAR


def in_order(moments: Mapping[str, Stamped]) -> bool:
    """Say whether the stamps of one response, each between two instants, may follow each other as they stand."""
    return all(later[1] >= earlier[0] for earlier, later in pairwise(moments.values()))


def _midnights(moments: Mapping[str, Stamped], zone: str | None) -> list[str]:
    """Name the stamps at 0:00:00 that alone put a response out of order: a day without its time of day."""
    if in_order(moments):
        return []
    at = ZoneInfo(zone) if zone else None
    return [
        name
        for name, (low, _) in moments.items()
        if low.astimezone(at or low.tzinfo).time() == time()
        and in_order({other: moment for other, moment in moments.items() if other != name})
    ][:1]
