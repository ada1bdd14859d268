"""One time of a record, bounded by two instants: equal where it was said exactly, apart by what its words leave open.

Nothing is guessed: a time without a zone, a date that may be read two ways, a number of days since 1900, an hour that
did not happen or happened twice are refused, each with what to write instead (`cells.time`).
"""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from contested.ingest.cells.column_format import order_of_dates, without_padding
from contested.ingest.cells.date import orders_of
from contested.ingest.cells.time import read_time
from contested.ingest.cells.time_span import Precision, TimeSpan
from contested.ingest.cells.unreadable import Unreadable
from contested.ingest.options import Given
from contested.ingest.sheet_cells.findings import Findings
from contested.model.vocabulary import TimeBasis

_WHOLE = {Precision.DAY, Precision.DAYS, Precision.MONTH, Precision.YEAR, Precision.YEARS}
_LOCAL = ("start", "end")
"""The columns whose clocks hang where it happened."""


class Extent(NamedTuple):
    """Between which two instants a moment lies, and how we know."""

    earliest: datetime | None = None
    latest: datetime | None = None
    basis: TimeBasis | None = None
    words: str | None = None
    until: "Extent | None" = None
    """When it ended, where a period was said."""
    over: datetime | None = None
    """By when it was over, where whole days were said and nothing else."""


class Clock(NamedTuple):
    """What the reading of a time needs besides its cell."""

    zone: str | None = None
    said: datetime | None = None
    """When it was told, from which "three days ago" is counted."""
    given: Given = Given("")
    """What a person said of the file, and what its columns show of the order of their dates."""


def extent(found: Findings, column: str, clock: Clock) -> Extent:
    """Read a cell as the bounds of one moment, or of a begin and an end; an empty one is unknown."""
    text = found[column]
    if not text:
        return Extent()
    told = clock.said.astimezone(ZoneInfo(clock.zone)).replace(tzinfo=None) if clock.said and clock.zone else None
    shown = without_padding(text, clock.given, column)
    span = read_time(shown, order_of_dates(clock.given, column), told, clock.zone)
    if isinstance(span, Unreadable):
        return _refused(found, column, span)
    if span.is_bare_range and not clock.given.vague:
        return _refused(found, column, _range(column, span))
    read = _bounded(span, clock)
    if isinstance(read, Unreadable):
        return _refused(found, column, read)
    _warn(found, column, span, read, clock)
    return read if span.is_plain else read._replace(words=text)


def _refused(found: Findings, column: str, why: Unreadable) -> Extent:
    found.refuse(why.code, column, why.reason, why.fix)
    return Extent()


def _range(column: str, span: TimeSpan) -> Unreadable:
    """Ask whether two clocks bound one moment, or are a begin and an end."""
    low, high = (f"{one:%Y-%m-%dT%H:%M}" for one in (span.earliest, span.latest) if one)
    moment = column.partition("_")[0]
    fix = f"give {moment}_earliest {low} and {moment}_latest {high}; if it lasted, start {low} and end {high}"
    return Unreadable("E-TIME-RANGE", "a range, not one moment", f"{fix}; or import with vague times read")


def _bounded(span: TimeSpan, clock: Clock) -> Extent | Unreadable:
    """Bound a time span by instants; it had happened by the time that it was told."""
    instants = span.instants(clock.zone)
    if isinstance(instants, Unreadable):
        return instants
    low, high = instants
    if clock.said and low and high and low <= clock.said < high:
        high = clock.said.astimezone(high.tzinfo)
    until = _bounded(span.until, clock) if span.until else None
    if isinstance(until, Unreadable):
        return until
    return Extent(low, high, span.basis, None, until, high if span.precision in _WHOLE else None)


def _warn(found: Findings, column: str, span: TimeSpan, read: Extent, clock: Clock) -> None:
    """Say how a cell was read, where it could have been meant in another way."""
    if len(possible := orders_of(found[column])) == 1:
        day = f"{span.earliest:%Y-%m-%d}" if span.earliest else "a day"
        found.warn("W-DATE-ORDER", column, f"read as {day}: it can only be {possible[0]} first", "write YYYY-MM-DD")
    if not span.is_plain:
        low, high = read.earliest, (read.until or read).latest
        bounds = " to ".join(one.isoformat(timespec="minutes") if one else "open" for one in (low, high))
        fix = "confirm it, or write the bounds themselves"
        found.warn("W-TIME-VAGUE", column, f"read as {bounds}: {span.rule}", fix)
    elif column in _LOCAL and read.earliest and clock.zone and span.precision is Precision.MOMENT:
        _warn_of_offset(found, column, read.earliest, clock.zone)


def _warn_of_offset(found: Findings, column: str, moment: datetime, zone: str) -> None:
    there = moment.astimezone(ZoneInfo(zone))
    if there.utcoffset() != moment.utcoffset() and not found[column].upper().endswith(("Z", "UTC", "GMT")):
        reason = f"{zone} had {there.isoformat()[-6:]} then, not {moment.isoformat()[-6:]}; the offset was taken"
        found.warn("W-TZ-OFFSET", column, reason, "correct either, if it is wrong")
