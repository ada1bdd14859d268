"""The time of a row: when it began and ended, by cells of days, clocks, dates in parts, and moments since 1970."""

import re
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from contested.ingest.cells.call_status import is_over
from contested.ingest.cells.column_format import order_of_dates, without_padding
from contested.ingest.cells.date import MONTHS, epoch, full_year
from contested.ingest.cells.time import read_time
from contested.ingest.cells.time_span import Precision, TimeSpan
from contested.ingest.cells.unreadable import Unreadable
from contested.ingest.mapped.mapped_row import MappedRow
from contested.ingest.mapped.shared_fields import fixed_offset
from contested.model.language import listed
from contested.model.placeholders import PLACEHOLDER
from contested.model.times import Bounds, event_bounds, fixed, readings
from contested.model.vocabulary import TimeBasis

_OFFSET = re.compile(r"(?<=:\d\d)((?::\d\d)?(?:\.\d+)?)\s?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)$")
_MILITARY = re.compile(r"(\d{1,2})(\d\d)|(\d\d)(\d\d)(\d\d)")
"""A time of day without its colons."""
_SAME_MOMENT = timedelta(seconds=1)
Moments = tuple[datetime, datetime]
DATE_PARTS = ("year", "month", "day")


class TimeBounds(NamedTuple):
    """When something began and ended, each between two instants."""

    began: Bounds
    ended: Bounds | None
    basis: TimeBasis
    is_moment: bool


def event_time(row: MappedRow, zone: str | None) -> dict[str, Any]:
    """Bound the time by what the columns say of its begin and its end, and say when it was told."""
    stamp = _epoch(row)
    zone = zone or ("UTC" if stamp else None)
    began, ended = (_spell(row, *fields, zone) for fields in (("when", "time"), ("until", "until_time")))
    if stamp and not began:
        began = TimeBounds((stamp, stamp), None, TimeBasis.STATED, is_moment=True)
    elif stamp and began and not _is_between(stamp, began.began):
        reason = f"not the same moment as {row.cell('when')}"
        row.noticed.append(
            row.line.notice("W-TIME-DIFFERS", row.columns["epoch"], reason, "see which of them is right")
        )
    said = _stated(row, zone)
    read = [one for one in (began, ended) if one]
    if not read:
        return said
    end = (ended.ended or ended.began) if ended else began.ended if began else None
    if began and end and not row.cell("until") and row.cell("until_time"):
        end = _past_midnight(row, began.began, end, zone)
    bounds = event_bounds(began.began if began else (None, None), end or (None, None))
    if bounds["began_earliest"] and bounds["ended_latest"] and bounds["ended_latest"] < bounds["began_earliest"]:
        column = row.columns.get("until") or row.columns.get("until_time") or row.columns.get("when") or ""
        raise row.line.refused("E-TIME-ORDER", column, "ends before it begins", "correct one of the times")
    day = ("when",) if row.cell("when") else DATE_PARTS
    words = " ".join(cell for field in (*day, "time") if (cell := row.cell(field)))
    until = " ".join(cell for field in ("until", "until_time") if (cell := row.cell(field)))
    is_assumed = row.mapping.ignore_offsets or (zone is None and not all(one.is_moment for one in read))
    basis = TimeBasis.ASSUMED if is_assumed else read[0].basis
    return {**bounds, "time_words": " to ".join(filter(None, (words, until))), "time_basis": basis, **said}


def _past_midnight(row: MappedRow, began: Bounds, ended: Bounds, zone: str | None) -> Bounds:
    """Put an end that is told as a time of day on the next day, where it would lie before the begin."""
    if not (began[0] and ended[1] and ended[1] < began[0]):
        return ended
    column = row.columns["until_time"]
    row.noticed.append(row.line.notice("W-TIME-VAGUE", column, "read as of the next day", "confirm it"))
    return (ended[0] and next_day(ended[0], zone)), next_day(ended[1], zone)


def _spell(row: MappedRow, on: str, at: str, zone: str | None) -> TimeBounds | None:
    """Read the cells of a day and of a time of day together; an empty one is unknown."""
    day, clock = row.cell(on), with_colons(row.cell(at))
    if on == "when":
        day = day or date_of_parts(row)
    if not day and not clock:
        return None
    if on == "until" and not day:
        on, day = "when", row.cell("when") or date_of_parts(row)
    column = next(row.columns[field] for field in (on, at, *DATE_PARTS) if field in row.columns)
    span = read_bounds(row, column, ", ".join(filter(None, (day, clock))), zone, is_period=bool(clock))
    year = row.cell("year")
    if span and at == "time" and row.cell("when") and not _is_of_year(span, year):
        reason = f"the year column says {year}"
        row.noticed.append(row.line.notice("W-DATE-YEAR", column, reason, "see which of them is right"))
    return span


def date_of_parts(row: MappedRow) -> str:
    """Write the date whose year, month and day have columns of their own."""
    year, month, day = (row.cell(part) for part in DATE_PARTS)
    if not year:
        return ""
    if month.isdigit() and not 1 <= int(month) <= MONTHS:
        raise row.line.refused("E-TIME", row.columns["month"], f"there is no month {month}", "correct it")
    year = str(full_year(year)) if re.fullmatch(r"\d\d", year) else year
    if month and not month.isdigit():
        return " ".join(filter(None, (day, month, year)))
    return "-".join(part.zfill(2) for part in (year, month, day if month else "") if part)


def _is_of_year(time: TimeBounds, year: str) -> bool:
    known = [moment.year for moment in time.began if moment]
    return not re.fullmatch(r"\d{1,4}", year) or not known or min(known) <= full_year(year) <= max(known)


def read_bounds(
    row: MappedRow, column: str, text: str, zone: str | None, *, is_period: bool = False
) -> TimeBounds | None:
    """Read a time as its whole column is written; what programs write where they know none is none."""
    line = row.line
    if row.mapping.ignore_offsets:
        text = _OFFSET.sub(r"\1", text)
    may_be_a_day = column in {row.columns.get(field) for field in ("when", "until", "stated_at")}
    if may_be_a_day and not row.cell("time"):
        text = without_padding(text, line.given, column)
    offset = fixed_offset(zone)
    span = read_time(text, order_of_dates(line.given, column), zone=None if offset else zone)
    span = span.at(offset) if offset and isinstance(span, TimeSpan) else span
    if isinstance(span, Unreadable):
        return _without_time(row, column, text, span)
    read = _instants(span, zone, is_period=is_period)
    if isinstance(read, Unreadable):
        return _without_time(row, column, text, read)
    if span.is_bare_range and not line.given.vague:
        fix = "say that bare ranges are to be read, or write both times in full"
        raise line.refused("E-TIME-RANGE", column, "a bare range of times", fix)
    if span.precision not in {Precision.MOMENT, Precision.DAY} or span.until or span.is_bare_range:
        rule = _period_words(read) if span.is_bare_range and is_period else span.rule
        row.noticed.append(line.notice("W-TIME-VAGUE", column, f"read as {rule}", "confirm it, or write the bounds"))
    return read


def _without_time(row: MappedRow, column: str, text: str, why: Unreadable) -> TimeBounds | None:
    """Give the moment that digits count from 1970, or nothing for a placeholder; else refuse the row."""
    if why.code == "E-TIME-EPOCH" and (stamp := epoch(text)):
        return TimeBounds((stamp, stamp), None, TimeBasis.STATED, is_moment=True)
    if why.code == "E-TIME" and _is_none(text):
        row.noticed.append(
            row.line.notice("W-TIME-NONE", column, "words for no time: left out, as if empty", "nothing")
        )
        return None
    if why.code != PLACEHOLDER:
        raise row.line.refused(why.code, column, why.reason, why.fix)
    reason = f"{why.reason}: left out, as if empty"
    row.noticed.append(row.line.notice("W-TIME-PLACEHOLDER", column, reason, "nothing"))
    return None


def _is_none(text: str) -> bool:
    """Say whether words say that there is no time: never, not arrived, cancelled, unknown."""
    said = " ".join(text.casefold().split()).rstrip(" .")
    return said in {*listed("none", "time"), *listed("unknown", "count"), *listed("unsaid", "count")} or (
        not any(map(str.isdigit, said)) and is_over(said) is True
    )


def _period_words(time: TimeBounds) -> str:
    begun, ended = time.began[0], time.ended[0] if time.ended else None
    if begun is None or ended is None:
        return "an open period"
    return f"from {begun:%H:%M} to {ended:%H:%M}{' of the next day' if ended.date() > begun.date() else ''}"


def _instants(span: TimeSpan, zone: str | None, *, is_period: bool) -> TimeBounds | Unreadable:
    """Give the instants between which a time span lies; a day without a zone is assumed to be one of UTC."""
    is_moment = span.precision in {Precision.MOMENT, Precision.PART}
    zone = zone or (None if is_moment else "UTC")
    began = span.instants(zone)
    ended = span.until.instants(zone) if span.until else None
    if isinstance(began, Unreadable):
        return began
    if isinstance(ended, Unreadable):
        return ended
    if span.is_bare_range and is_period:
        began, ended = (began[0], began[0]), (began[1], began[1])
    elif ended is None and not is_moment:
        ended = None, began[1]
    return TimeBounds(began, ended, span.basis, is_moment)


def _epoch(row: MappedRow) -> datetime | None:
    if not (text := row.cell("epoch")):
        return None
    if (stamp := epoch(text)) is None:
        fix = "give seconds, milliseconds or microseconds since 1970"
        raise row.line.refused("E-TIME-EPOCH", row.columns["epoch"], "not a moment in digits", fix)
    return stamp


def _is_between(moment: datetime, bounds: Bounds) -> bool:
    earliest, latest = bounds
    return (earliest is None or earliest - _SAME_MOMENT <= moment) and (
        latest is None or moment <= latest + _SAME_MOMENT
    )


def _stated(row: MappedRow, zone: str | None) -> dict[str, Any]:
    """Say by when it was told, where a column says so."""
    text = row.cell("stated_at")
    read = read_bounds(row, row.columns["stated_at"], text, zone) if text else None
    return {"stated_at": read.began[1]} if read else {}


def with_colons(text: str) -> str:
    """Write a time of day with its colons, where nothing parts its digits: 2350, 000210."""
    digits = _MILITARY.fullmatch(text)
    return ":".join(filter(None, digits.groups())) if digits else text


def next_day(moment: datetime, zone: str | None) -> datetime:
    """Give the moment at which the clocks of a zone show the same on the next day, which may have 23 hours or 25."""
    if zone is None or fixed_offset(zone):
        return moment + timedelta(1)
    wall = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) + timedelta(1)
    return fixed(readings(wall, zone)[0])
