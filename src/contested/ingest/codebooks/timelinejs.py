"""TimelineJS: the events of its JSON, in the layout of today and of version 2, and the sheet that it is written from.

An event is known to the year, the month, the day or the minute, whichever is given last, and lies somewhere within it;
one that is given by its day or more roughly, without an end, was over when that was over.
Its group is the account; without groups the timeline itself is. `display_date` are the words of its time.
"""

import html
import re
from calendar import month_name, monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from contested.ingest import local_times
from contested.ingest.cells.clock import read_clock
from contested.ingest.cells.unreadable import Unreadable
from contested.ingest.date_intervals import Days, month, whole_year
from contested.ingest.row import Line, Made, Row, explained, lines
from contested.model.language import numbered
from contested.model.times import event_bounds, is_kept

JSON = frozenset({"start_date", "text", "media"})
VERSION_2 = frozenset({"startdate", "headline", "asset"})
SHEET = frozenset({"year", "month", "end_year", "end_month", "end_day", "end_time", "display_date", "media_credit"})

_TAG = re.compile(r"<[^<>]*>")
_DIGITS = re.compile(r"[0-9]{1,4}")
_YEAR = re.compile(r"[0-9]{1,4}|[0-9][,.'  ][0-9]{3}")
"""A year, also as a sheet writes it that parts thousands: 2,018."""
_BEFORE_CHRIST = re.compile(r"[-−–]\s*[0-9]+|[0-9]+\s*B\.?C\.?(?:E\.?)?", re.IGNORECASE)
_MODERN = 1000
_CLOCK = ((23, "hour"), (59, "minute"), (59, "second"))
_SLIDES = {"title": "a title, not an event", "era": "a background, not an event"}
_PARTS = ("year", "month", "day", "hour", "minute", "second")
_LENGTHS = (timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1))
"""How long what is given by its hour, its minute or its second may have taken."""
_CORRECT = "correct it, or leave out what is not known"


class _Within(NamedTuple):
    """The instants at which what a date names begins and is over."""

    first: datetime
    last: datetime
    is_days: bool


def survey(rows: Iterable[tuple[int, Row]]) -> Mapping[str, bool]:
    """Learn from a whole timeline whether most of its years have four digits, so that one of fewer is mistyped."""
    starts = (line.words("year", "start_date.year", "startdate") for line in lines(rows))
    years = [int(digits) for start in starts if _DIGITS.fullmatch(digits := start.split(",")[0].strip())]
    return {"modern": 2 * sum(year >= _MODERN for year in years) > len(years)}


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
        column = next((one for one in ("end_day", "end_month", "end_year", "enddate") if line.words(one)), "end_date")
        raise line.refused("E-TIME-ORDER", column, "ends before it begins", "correct one of the dates")
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
        **event_bounds(start[:2], end[:2] if end else (None, None)),
        **({"ended_latest": start.last} if start.is_days and end is None else {}),
        "time_words": line.words("display_date", "start_date.display_date"),
        "time_basis": "stated" if line.given.zone else "assumed",
        "zone": line.given.zone,
    }


def _dated(line: Line, prefix: str) -> _Within | None:
    """Read a date that is given in parts, as deep as the parts go."""
    columns = [f"{prefix}{part}" for part in _PARTS]
    parts = [line.code(column) for column in columns]
    clock = line.words(f"{prefix}time")
    if not clock:
        return _within(line, columns, parts)
    if not parts[2]:
        raise line.refused("E-TIME", f"{prefix}time", "a time of day without its day", "give the day, or leave it out")
    shown = read_clock(clock)
    if isinstance(shown, Unreadable):
        raise line.refused(shown.code, f"{prefix}time", shown.reason, shown.fix)
    days = _numbers(line, columns, parts[:3])
    return _moment(line, f"{prefix}time", _midnight(line, columns, days) + shown, timedelta(minutes=1))


def _listed(line: Line, column: str) -> _Within | None:
    return _within(line, [column] * len(_PARTS), re.split(r"[,/ :]+", line.words(column)))


def _within(line: Line, columns: Sequence[str], parts: Sequence[str]) -> _Within | None:
    """Give the instants between which a date of such depth lies."""
    given = [part for part in parts if part]
    if not given:
        return None
    if given != list(parts[: len(given)]) or len(given) > len(_PARTS):
        left_out = columns[min([*parts, ""].index(""), len(columns) - 1)]
        fix = "give year, month, day, hour, minute in order"
        raise line.refused("time", left_out, "a date with a part left out", fix)
    numbers = _numbers(line, columns, given)
    if len(numbers) <= 3:  # noqa: PLR2004 a day
        return _days(line, columns, numbers)
    clock = [*numbers[3:], 0, 0][:3]
    for column, number, (most, unit) in zip(columns[3:], clock, _CLOCK, strict=False):
        if number > most and clock != [24, 0, 0]:
            raise line.refused("E-TIME", column, f"there is no {unit} {number}", _CORRECT)
    shown = timedelta(hours=clock[0], minutes=clock[1], seconds=clock[2])
    return _moment(line, columns[3], _midnight(line, columns, numbers) + shown, _LENGTHS[len(numbers) - 4])


def _numbers(line: Line, columns: Sequence[str], parts: Sequence[str]) -> list[int]:
    return [_number(line, *one) for one in zip(columns, parts, _PARTS, strict=False)]


def _number(line: Line, column: str, part: str, name: str) -> int:
    """Read the number of a part, or the name of a month; a year before our era cannot be kept."""
    if name == "year" and _BEFORE_CHRIST.fullmatch(part):
        reason = "before our era; no calendar that is kept here reaches back so far"
        raise line.refused("E-TIME", column, reason, "leave the row out, or tell of it in the text of another")
    if name == "year" and _YEAR.fullmatch(part):
        return _year(line, column, int("".join(filter(str.isdigit, part))))
    if name == "month" and (named := numbered("months", 1).get(part.casefold().rstrip("."))):
        return named
    if not _DIGITS.fullmatch(part):
        raise line.refused("E-TIME", column, "not a number of a calendar or a clock", _CORRECT)
    return int(part)


def _year(line: Line, column: str, year: int) -> int:
    if not is_kept(year):
        raise line.refused("E-TIME", column, "no year that can be kept", _CORRECT)
    if year < _MODERN and line.given.learnt.get("modern"):
        raise line.refused("E-TIME", column, f"the year {year:04} is mistyped, or a thousand years ago", "correct it")
    return year


def _midnight(line: Line, columns: Sequence[str], numbers: Sequence[int]) -> datetime:
    """Give the midnight with which a day begins; a month or a day that there is not is told by its own column."""
    year, month, on, *_ = (*numbers, 1, 1)
    if not 1 <= month <= 12:  # noqa: PLR2004 months of a year
        raise line.refused("E-TIME", columns[1], f"there is no month {month}", _CORRECT)
    days = monthrange(year, month)[1]
    if not 1 <= on <= days:
        raise line.refused("E-TIME", columns[2], f"{month_name[month]} {year} had {days} days", _CORRECT)
    return datetime(year, month, on)  # noqa: DTZ001 a wall clock


def _days(line: Line, columns: Sequence[str], numbers: Sequence[int]) -> _Within:
    """Give the instants at which a year, a month or a day begins and is over."""
    first = _midnight(line, columns, numbers).date()
    whole = (whole_year(first.year), month(first.year, first.month), Days(first, first))[len(numbers) - 1]
    return _Within(*whole.bounds(line.given), is_days=True)


def _moment(line: Line, column: str, wall: datetime, length: timedelta) -> _Within:
    first = local_times.instant(line, column, wall)
    return _Within(first, first + length, is_days=False)


def _plain(words: str) -> str:
    """Give the words of a text without its markup."""
    return " ".join(html.unescape(_TAG.sub(" ", words)).split())
