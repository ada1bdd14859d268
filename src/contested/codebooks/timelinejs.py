"""TimelineJS: the events of its JSON, in the layout of today and of version 2, and the sheet that it is written from.

An event is known to the year, the month, the day or the minute, whichever is given last, and lies somewhere within it.
Its group is the account; without groups the timeline itself is. `display_date` are the words of its time.
"""

import html
import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import NamedTuple

from contested import stamps
from contested.days import Days, extent, midnight, month, on_calendar, whole_year
from contested.line import Line, Made, explained

JSON = frozenset({"start_date", "text", "media"})
VERSION_2 = frozenset({"startdate", "headline", "asset"})
SHEET = frozenset({"year", "month", "end_year", "end_month", "end_day", "end_time", "display_date", "media_credit"})

_TAG = re.compile(r"<[^<>]*>")
_DIGITS = re.compile(r"-?[0-9]{1,5}")
_SLIDES = {"title": "a title, not an event", "era": "a background, not an event"}
_PARTS = ("year", "month", "day", "hour", "minute")


class _Within(NamedTuple):
    """The instants at which what a date names begins and is over."""

    first: datetime
    last: datetime


@explained
def of_json(line: Line) -> Made:
    """Make a claim of an event of the JSON."""
    yield _claim(line, _dated(line, "start_date."), _dated(line, "end_date."))


@explained
def of_version_2(line: Line) -> Made:
    """Make a claim of an event as version 2 wrote it, with its dates as 1963,8,9."""
    yield _claim(line, _listed(line, "startdate"), _listed(line, "enddate"))


@explained
def of_sheet(line: Line) -> Made:
    """Make a claim of a row of the sheet; a title and an era are no events."""
    if reason := _SLIDES.get(line.words("type").casefold()):
        yield line.notice("W-SLIDE", "type", reason, "nothing: it is passed over")
        return
    yield _claim(line, _dated(line, ""), _dated(line, "end_"))


def _claim(line: Line, start: _Within | None, end: _Within | None) -> Mapping[str, object]:
    if start is None:
        raise line.refused("E-EMPTY", "start_date", "no date", "give at least a year")
    if end and end.last <= start.first:
        raise line.refused("E-TIME-ORDER", "end_date", "ends before it begins", "correct one of the dates")
    stem = line.stem()
    identity = f"{stem}-{line.words('unique_id') or line.number}"
    told = [_plain(line.words("text.headline", "headline")), _plain(line.words("text.text", "text"))]
    return {
        "claim_id": identity,
        "event_id": identity,
        "account": _plain(line.words("group", "tag")) or stem,
        "kind": "other",
        "source_id": line.words("media.url", "asset.media", "media") or line.given.file,
        "locator": _plain(line.words("media.credit", "asset.credit", "media_credit")) or f"row {line.number}",
        "summary": ": ".join(filter(None, told))
        or _plain(line.words("media.caption", "media_caption", "asset.caption")),
        **extent(start, end),
        "time_words": line.words("display_date", "start_date.display_date"),
        "time_basis": "stated" if line.given.zone else "assumed",
        "zone": line.given.zone,
    }


def _dated(line: Line, prefix: str) -> _Within | None:
    """Read a date that is given in parts, as deep as the parts go."""
    parts = [line.words(f"{prefix}{part}") for part in _PARTS]
    clock = line.words(f"{prefix}time")
    if clock and parts[2]:
        shown = line.read(f"{prefix}time", stamps.time_of_day, "write it like 23:05")
        parts[3:] = [str(shown.hour), str(shown.minute)]
    return _within(line, f"{prefix}year", parts)


def _listed(line: Line, column: str) -> _Within | None:
    return _within(line, column, re.split(r"[,/ :]+", line.words(column)))


def _within(line: Line, column: str, parts: list[str]) -> _Within | None:
    """Give the instants between which a date of such depth lies."""
    given = [part for part in parts if part]
    if not given:
        return None
    if given != parts[: len(given)] or len(given) > len(_PARTS):
        raise line.refused(
            "time", column, "a date with a part left out", "give year, month, day, hour, minute in order"
        )
    try:
        numbers = [_number(part) for part in given]
        return _moment(line, column, numbers) if len(numbers) > 3 else _days(line, numbers)  # noqa: PLR2004 a day
    except ValueError as error:
        raise line.refused("E-TIME", column, str(error), "correct it, or leave out what is not known") from None


def _number(part: str) -> int:
    if not _DIGITS.fullmatch(part):
        message = "not a number of a calendar or a clock"
        raise ValueError(message)
    return int(part)


def _days(line: Line, numbers: list[int]) -> _Within:
    match numbers:
        case [year]:
            days = whole_year(year)
        case [year, number]:
            days = month(year, number)
        case _:
            on = on_calendar(*numbers)
            days = Days(on, on)
    return _Within(midnight(days.first, line.given), midnight(days.last + timedelta(1), line.given))


def _moment(line: Line, column: str, numbers: list[int]) -> _Within:
    year, number, on, hour, *minute = numbers
    wall = datetime.combine(on_calendar(year, number, on), time(hour, minute[0] if minute else 0))
    first = stamps.instant(line, column, wall)
    return _Within(first, first + (timedelta(minutes=1) if minute else timedelta(hours=1)))


def _plain(words: str) -> str:
    """Give the words of a text without its markup."""
    return " ".join(html.unescape(_TAG.sub(" ", words)).split())
