"""A time as people write it, in digits or in words, becomes the spell of wall clocks in which it lies.

A bare day is the whole day; a month and a year are so too. What is no date of the calendar is refused with why.
EDTF (Library of Congress, ISO 8601-2) is read at levels 0 and 1. The words are those of `languages/`.
"""

import re
from calendar import day_name, month_name
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from contested.ingest.cells.date import (
    DIGITS,
    LIKE,
    UNKNOWN_ORDER,
    DateOrder,
    full_year,
    no_time,
    of_program,
    on_calendar,
    placeholder,
    read_date,
)
from contested.ingest.cells.unreadable import Unreadable
from contested.model.language import alternatives, listed, numbered, parts_of_the_day, templates, with_hyphens
from contested.model.times import Bounds, fixed, is_skipped, readings
from contested.model.vocabulary import TimeBasis

LONGEST = 100
_DAY = timedelta(days=1)
_HALF = 12
_MIDNIGHT = 24
_ZEROS = {"0", "0.0", "-1", "00:00", "00:00:00"}
"""What programs write for a moment that they do not know, where a date belongs."""
_NIGHT = timedelta(hours=18), timedelta(hours=6)
"""When a night between two days begins on the first, and ends on the second."""
_HOURS_AHEAD = r"(?P<offset>[+-](?:0\d|1[0-4]|\d)(?::?[0-5]\d)?)"
_OFFSET = rf"(?:(?P<named>[zZ]|UTC|GMT|utc|gmt)|(?:UTC|GMT|utc|gmt)? ?{_HOURS_AHEAD}(?: ?UTC)?)"
_HALVES = r"[ap]\.? ?m\.?|[AP]\.? ?M\.?"
_STAMP = re.compile(
    rf"(?P<date>{DIGITS}|(?:19|20)\d{{6}})(?P<gap>[T ]|, ?)(?P<hour>\d{{1,2}})[:.](?P<minute>\d\d)"
    rf"(?:[:.](?P<second>\d\d)(?:[.,](?P<part>\d{{1,9}}))?)?(?: ?(?P<half>{_HALVES}))?(?: ?{_OFFSET})?"
)
_THOUSANDTHS = re.compile(rf"(\d:\d\d:\d\d):\d{{3}} ?({_HALVES})$")
"""The thousandths of a second behind a third colon, as SQL Server writes them before AM or PM."""
_COMPACT = re.compile(
    rf"(?P<date>(?:19|20)\d{{6}})(?P<gap>T?)(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<part>)(?P<half>){_OFFSET}?"
)
_CLOCK_ALONE = re.compile(rf"\d{{1,2}}([:.]\d\d){{0,2}} ?({_HALVES})?")
_ZONE_WORD = re.compile(rf".*\d ?(?:{_HALVES})? ?\(?([A-Z]{{2,5}})\)?")
_HYPHENED = re.compile(r"^\d{4}-\d\d-\d\d(?:T(\d\d-\d\d(?:-\d\d)?)|[ _](\d\d-\d\d-\d\d))(?!\d)")
_NO_ZONES = {"AM", "PM", "UTC", "GMT", "BC", "BCE", "AD", "CE"}
_ABBREVIATIONS = {"CST": "UTC-6, UTC+8 or UTC-5", "IST": "UTC+5:30, UTC+2 or UTC+1", "EST": "UTC-5 or UTC+10"}

_EDTF_DAY = r"\d{4}-\d\d-\d\d|\d{4}-\d\d|\d{4}"
_EDTF = re.compile(
    rf"(?P<at>{_EDTF_DAY}|\d{{4}}-\d\d-[xX]{{2}}|\d{{4}}-[xX]{{2}}(?:-[xX]{{2}})?|\d{{3}}[xX]|\d{{2}}[xX]{{2}})(?P<doubt>[?~%]?)"
)
_ORDINAL = re.compile(r"(\d{4})-(\d{3})")
_WEEK = re.compile(r"(\d{4})-?W(\d\d)(?:-?([1-7]))?")
_SEASONS = range(21, 42)
_OPEN = {"", ".."}
_NOT_SAID = {"-", "--", "?", "na", "nan", "none", "null", "nil"}
_NOT_EDTF = Unreadable("E-TIME", "not EDTF", "")

_HOURS = "h"
_CLOCK = r"(\d{1,2})(?:[:.h](\d\d))?(?:[:.](\d\d)(?:[.,]\d+)?)? ?(am|pm|nm|h)?"
_TRIMMED = " ,.;:()'"


class Precision(StrEnum):
    """How closely a time was said."""

    MOMENT = "moment"
    PART = "part"
    DAY = "day"
    DAYS = "days"
    MONTH = "month"
    YEAR = "year"
    YEARS = "years"


class Spell(NamedTuple):
    """Between which two readings of a wall clock, by which rule; aware where an offset was written, open at `None`."""

    earliest: datetime | None
    latest: datetime | None
    precision: Precision
    rule: str
    basis: TimeBasis = TimeBasis.STATED
    said: tuple[datetime, ...] = ()
    """The clocks that were said, which must have been shown on that day."""
    until: "Spell | None" = None
    """When it ended, where a period was said; the spell itself is then when it began."""
    is_plain: bool = False
    """Whether it was written as a date and a clock, with nothing left open."""
    is_bare_range: bool = False
    """Whether it is two clocks without a word that says what is between them."""

    def whole(self) -> "Spell":
        """Give the spell from the earliest begin to the latest end."""
        return self._replace(latest=self.until.latest, until=None) if self.until else self

    def at(self, offset: timezone) -> "Spell":
        """Give the spell by clocks that are so far ahead of UTC, where it names no offset of its own."""
        earliest, latest = (one if one is None or one.tzinfo else _at_offset(one, offset) for one in self[:2])
        return self._replace(
            earliest=earliest, latest=latest, said=(), until=self.until.at(offset) if self.until else None
        )

    def instants(self, zone: str | None) -> Bounds | Unreadable:
        """Bound the spell by instants; a clock shown twice is meant either time, unless it was said exactly."""
        if all(one.tzinfo for one in (self.earliest, self.latest) if one):
            return self._unless_placeholder((self.earliest, self.latest))
        if not zone:
            written = self.earliest.isoformat(timespec="minutes") if self.earliest and self.is_plain else "it"
            fix = f"write {written} with its offset, like {LIKE}, or fill the tz column (Asia/Almaty)"
            return Unreadable("E-TZ-NONE", "no time zone", fix)
        for wall in self.said:
            if refused := _not_shown(wall, zone, is_exact=self.is_plain):
                return refused
        read = self.earliest and fixed(readings(self.earliest, zone)[0]), self.latest and _last(self.latest, zone)
        return self._unless_placeholder(read)

    def _unless_placeholder(self, read: Bounds) -> Bounds | Unreadable:
        """Refuse a moment that programs write where they know none; a month or a year may begin there."""
        why = placeholder(read[0]) if read[0] and self.precision is Precision.MOMENT else None
        return why or read


def _last(wall: datetime, zone: str) -> datetime:
    return fixed(max(readings(wall, zone), key=datetime.timestamp))


def _not_shown(wall: datetime, zone: str, *, is_exact: bool) -> Unreadable | None:
    first, second = readings(wall, zone)
    if first.utcoffset() == second.utcoffset():
        return None
    written, offsets = wall.isoformat(timespec="minutes"), [one.isoformat()[-6:] for one in (first, second)]
    fix = f"write the offset: {written}{offsets[0]} or {offsets[1]}"
    if is_skipped(wall, zone):
        reason = f"{wall:%H:%M} did not happen on that day in {zone}: the clocks were put forward"
        return Unreadable("E-TZ-GAP", reason, fix if is_exact else "correct it, or write its offset")
    if not is_exact:
        return None
    reason = f"{wall:%H:%M} happened twice on that day in {zone} ({offsets[0]}, then {offsets[1]})"
    return Unreadable("E-TZ-AMBIGUOUS", reason, fix)


def read_time(
    text: str, order: DateOrder = UNKNOWN_ORDER, told: datetime | None = None, zone: str | None = None
) -> Spell | Unreadable:
    """Read a time; `told` is the wall clock from which "yesterday" counts, `zone` that of clocks without an offset."""
    text = _THOUSANDTHS.sub(r"\1 \2", " ".join(text.split()))
    if len(text) > LONGEST:
        return Unreadable("E-TIME", "too long for a time", f"write it like {LIKE}")
    if not text.isascii():
        if any(letter.isdecimal() and not letter.isascii() for letter in text):
            plain = "".join(str(int(one)) if one.isdecimal() else one for one in text)
            return Unreadable("E-TIME-DIGITS", "digits other than 0-9", f"write {plain}")
        text = with_hyphens(text)
    return _of_digits(text, order, zone) or _edtf(text) or _without_a_date(text) or _of_words(text, order, told)


# Digits


def _of_digits(text: str, order: DateOrder, zone: str | None) -> Spell | Unreadable | None:
    if (stamp := _COMPACT.fullmatch(text)) and isinstance(read := _stamp(stamp, order, zone), Spell):
        return read
    if stamp := _STAMP.fullmatch(text):
        return _stamp(stamp, order, zone)
    day = read_date(text, order)
    return _days(day, day) if isinstance(day, date) else day or of_program(text)


def _without_a_date(text: str) -> Unreadable | None:
    """Refuse a clock alone, one with hyphens, a word for unknown, and an abbreviation that means several zones."""
    if text in _ZEROS:
        return no_time("zero")
    if text.lower() in {*_NOT_SAID, *listed("unknown", "count")}:
        return Unreadable("E-TIME", "no time", "leave it empty if the time is unknown")
    if hyphened := _HYPHENED.search(text):
        clock = hyphened[1] or hyphened[2]
        colons = clock.replace("-", ":")
        return Unreadable("E-TIME", f"'{clock}' may be a clock, which is written with colons", f"write {colons}")
    if _CLOCK_ALONE.fullmatch(text) and not _is_year(text):
        return Unreadable("E-TIME-NODATE", "no date", f"write the date too, like {LIKE}")
    if (short := _ZONE_WORD.fullmatch(text)) and short[1] not in _NO_ZONES:
        meant = _ABBREVIATIONS.get(short[1], "more than one offset")
        return Unreadable("E-TZ-ABBREV", f"{short[1]} can be {meant}", "write the offset in digits, like +06:00")
    return None


def _is_year(text: str) -> bool:
    return len(text) == len("2020") and text.isdigit()


def _stamp(stamp: re.Match[str], order: DateOrder, zone: str | None) -> Spell | Unreadable:
    """Read a date and a clock in digits as one moment."""
    day = read_date(stamp["date"], order)
    clock = read_clock_parts(stamp["hour"], stamp["minute"], stamp["second"], stamp["half"])
    if not isinstance(day, date):
        return day or Unreadable("E-TIME", "not a time", f"write it like {LIKE}")
    if isinstance(clock, Unreadable):
        return clock
    wall = _midnight(day) + clock + timedelta(microseconds=int((stamp["part"] or "").ljust(6, "0")[:6]))
    offset = _offset_of(stamp)
    if offset and _may_be_range(stamp, wall, offset, zone):
        if not stamp["date"][:4].isdigit() or "," in stamp["gap"]:
            return _of_words(stamp[0], order, None)
        return Unreadable("E-TIME-RANGE", "may be a range or an offset", f"write it like {LIKE}")
    moment, said = (_at_offset(wall, offset), ()) if offset else (wall, (wall,))
    return placeholder(moment) or _moment(moment, said)._replace(is_plain=True)


def _at_offset(wall: datetime, offset: timezone) -> datetime:
    return datetime.combine(wall.date(), wall.time(), offset)


def _moment(at: datetime, said: tuple[datetime, ...]) -> Spell:
    return Spell(at, at, Precision.MOMENT, "the clock as it was said", said=said)


def _may_be_range(stamp: re.Match[str], wall: datetime, offset: timezone, zone: str | None) -> bool:
    """Doubt "2020-02-07 05:00-06:00", which may end in an hour or in an offset, unless its zone had that offset."""
    is_doubtful = stamp["gap"] != "T" and not stamp["second"] and (stamp["offset"] or "").startswith("-")
    if not is_doubtful or re.search(r"(?:UTC|GMT) ?-", stamp[0], re.IGNORECASE):
        return False
    if "," in stamp["gap"]:
        return True
    return not any(one.utcoffset() == offset.utcoffset(None) for one in (readings(wall, zone) if zone else ()))


def _offset_of(stamp: re.Match[str]) -> timezone | None:
    """Read Z, UTC, +6, +06, +0600 or +06:00."""
    if stamp["named"]:
        return UTC
    if not (written := stamp["offset"]):
        return None
    digits = written[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > len("06") else (digits, "0")
    length = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-length if written[0] == "-" else length)


def read_clock_parts(hour: str, minute: str | None, second: str | None, half: str | None) -> timedelta | Unreadable:
    """Give how long after midnight a clock shows a time: 24:00 is the next midnight (ISO 8601)."""
    hours, minutes, seconds = int(hour), int(minute or 0), int(second or 0)
    if half and not 1 <= hours <= _HALF:
        return Unreadable("E-TIME", f"a clock of twelve hours shows 1 to 12, not {hours}", "correct it")
    if half:
        hours = _of_half(hours, half[0].lower())
    for number, most, unit in ((hours, 23, "hour"), (minutes, 59, "minute"), (seconds, 59, "second")):
        if number > most and (hours, minutes, seconds) != (_MIDNIGHT, 0, 0):
            return Unreadable("E-TIME", f"there is no {unit} {number}", "correct it")
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _of_half(hour: int, half: str) -> int:
    """Give the hour of 24; at night, 12 is midnight, and from 6 on it is before midnight."""
    is_late = half == "p" or (half == "n" and 6 <= hour < _HALF)  # noqa: PLR2004 in the morning
    return hour % _HALF + (_HALF if is_late else 0)


def read_clock(text: str) -> timedelta | Unreadable:
    """Read a time of day alone, as the time since midnight; 24:00 is a whole day."""
    if (written := re.fullmatch(_CLOCK, _halves(text.strip().lower()))) and (written[2] or _half(written[4])):
        return read_clock_parts(written[1], written[2], written[3], _half(written[4]))
    return Unreadable("E-TIME", "not a time of day", "write it like 23:05")


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 a wall clock


def _days(first: date, last: date, rule: str = "", precision: Precision = Precision.DAY) -> Spell | Unreadable:
    """Give whole days, from the first midnight to the one that ends the last."""
    start = _midnight(first)
    why = placeholder(start) if precision is Precision.DAY else None
    return why or Spell(start, _midnight(last) + _DAY, precision, rule or "the whole day")


# EDTF


def _edtf(text: str) -> Spell | Unreadable | None:
    if re.fullmatch(r"-\d{4}(?:-.*)?|Y-?\d{5,}", text):
        return _before_christ()
    text = re.sub(r"^(\d{4}-\d\d-)(\d\d)/(\d\d)$", r"\1\2/\1\3", text)
    if text.count("/") != 1:
        return _edtf_day(text)
    begun, ended = (None if one.strip() in _OPEN else _edtf_day(one.strip()) or _NOT_EDTF for one in text.split("/"))
    if _NOT_EDTF in {begun, ended}:
        return None
    if refused := next((one for one in (begun, ended) if isinstance(one, Unreadable)), None):
        return refused
    return _edtf_period(*(one if isinstance(one, Spell) else None for one in (begun, ended)))


def _edtf_period(begun: Spell | None, ended: Spell | None) -> Spell | Unreadable:
    if begun and ended:
        return _period(begun, ended)
    if begun:
        nobody = Spell(None, None, begun.precision, "its end is open")
        return begun._replace(rule=f"{begun.rule}, its end is open", until=nobody)
    if not ended:
        return Unreadable("E-TIME", "not a time", f"write it like {LIKE}")
    over = ended._replace(earliest=None, rule=f"by the end of {ended.rule}")
    return over._replace(until=over)


def _period(begun: Spell, ended: Spell) -> Spell | Unreadable:
    """Join when something began and when it ended."""
    is_whole = ended.earliest != ended.latest
    if begun.earliest and ended.latest and not _is_before(begun.earliest, ended.latest, is_strict=is_whole):
        return Unreadable("E-TIME-ORDER", "the end is before the start", "exchange or correct them")
    rule = "from the first time to the second"
    return begun._replace(rule=rule, until=ended._replace(until=None), is_plain=False)


def _is_before(one: datetime, other: datetime, *, is_strict: bool) -> bool:
    """Compare instants where both are known, else what the clocks showed."""
    if not (one.tzinfo and other.tzinfo):
        one, other = one.replace(tzinfo=None), other.replace(tzinfo=None)
    return one < other if is_strict else one <= other


def _edtf_day(text: str) -> Spell | Unreadable | None:
    if ordinal := _ORDINAL.fullmatch(text):
        return _nth_day(int(ordinal[1]), int(ordinal[2]))
    if week := _WEEK.fullmatch(text):
        return _week(int(week[1]), int(week[2]), week[3])
    if stamp := _STAMP.fullmatch(text):
        return _stamp(stamp, UNKNOWN_ORDER, None)
    if not (written := _EDTF.fullmatch(text)):
        return None
    parts = [part for part in written["at"].lower().split("-") if part != "xx"]
    read = _whole(parts)
    doubt = {"?": "uncertain", "~": "about", "%": "uncertain and about"}.get(written["doubt"])
    return read._replace(rule=f"{read.rule}, {doubt}") if doubt and isinstance(read, Spell) else read


def _whole(parts: list[str]) -> Spell | Unreadable:
    """Give the whole year, month or day of some digits, or the years that their digits leave open."""
    if parts[0].endswith("x"):
        known = parts[0].rstrip("x")
        return _years(*(int(known.ljust(4, digit)) for digit in "09"))
    year, *rest = (int(part) for part in parts)
    if rest and rest[0] in _SEASONS:
        return Unreadable("E-TIME", f"{parts[0]}-{parts[1]} is a season, which differs by place", "write its months")
    match rest:
        case []:
            return _years(year, year)
        case [month]:
            return _month(year, month)
        case _:
            day = on_calendar(year, *rest)
            return _between(day, day, "the whole day", Precision.DAY)


def _years(first: int, last: int) -> Spell | Unreadable:
    """Give whole years, by any day of theirs that no program writes for an unknown time."""
    if refused := next((no for year in (first, last) if isinstance(no := on_calendar(year, 6, 1), Unreadable)), None):
        return refused
    rule, precision = (f"the year {first}", Precision.YEAR) if first == last else ("the years", Precision.YEARS)
    return _days(date(first, 1, 1), date(last, 12, 31), rule, precision)


def _month(year: int, month: int) -> Spell | Unreadable:
    if isinstance(known := on_calendar(year, month, 2), Unreadable):
        return known
    following = date(year + month // 12, month % 12 + 1, 1)
    return _days(date(year, month, 1), following - _DAY, f"{month_name[month]} {year}", Precision.MONTH)


def _between(first: date | Unreadable, last: date | Unreadable, rule: str, precision: Precision) -> Spell | Unreadable:
    if isinstance(first, Unreadable):
        return first
    return last if isinstance(last, Unreadable) else _days(first, last, rule, precision)


def _nth_day(year: int, number: int) -> Spell | Unreadable:
    first = on_calendar(year, 1, 1)
    if isinstance(first, Unreadable):
        return first
    day = first + (number - 1) * _DAY
    if day.year != year or not number:
        return Unreadable("E-TIME", f"{year} had no day {number}", "correct it")
    return _days(day, day, f"day {number} of {year}, {day.day} {month_name[day.month]}")


def _week(year: int, number: int, day: str | None) -> Spell | Unreadable:
    try:
        first = date.fromisocalendar(year, number, int(day or 1))
    except ValueError:
        return Unreadable("E-TIME", f"{year} had no week {number}", "correct it")
    last = first if day else first + 6 * _DAY
    return _days(first, last, f"week {number} of {year}", Precision.DAY if day else Precision.DAYS)


def _before_christ() -> Unreadable:
    return Unreadable("E-TIME", "a year before year 1, which cannot be kept", "leave it empty, and keep the words")


# Words


class _Found(NamedTuple):
    """The days that a text names, where they stand in it, and how closely they are known."""

    start: int
    end: int
    days: Spell


def _of_words(text: str, order: DateOrder, told: datetime | None) -> Spell | Unreadable:
    words = text.lower().strip(" ")
    dates = list(_dates(words, order))
    found = [one for one in dates if isinstance(one, _Found)]
    if len(found) < len(dates):
        return next(one for one in dates if isinstance(one, Unreadable))
    match found:
        case []:
            return _relative(words, told)
        case [one] if dated := _with_year(words[: one.start], one):
            return _of_words(f"{dated}{words[one.start :]}", order, told)
        case [one]:
            return _on(one.days, f"{words[: one.start]} {words[one.end :]}")
        case [_, _]:
            return _of_two_dates(words, found, order, told)
    return Unreadable("E-TIME", "more than two dates", f"write it like {LIKE}")


def _with_year(before: str, found: _Found) -> str | None:
    """Give an earlier day and month the year of the date that follows; nothing where there is none."""
    month = alternatives(*numbered("months", 1))
    earlier = re.search(rf"(?<![\d.:])\d{{1,2}}\.? {month}|{month}\.? \d{{1,2}}(?![\d:])", before)
    if not earlier or not found.days.earliest:
        return None
    return f"{before[: earlier.end()]} {found.days.earliest.year} {before[earlier.end() :]}"


def _of_two_dates(words: str, found: list[_Found], order: DateOrder, told: datetime | None) -> Spell | Unreadable:
    """Read from when to when, or between which two times."""
    since, within = (alternatives(*listed(key, "time")) for key in ("since", "within"))
    between = re.search(within, words[: found[0].start])
    for join in re.finditer(rf" ?(?:-|/|;) ?|{alternatives(*listed('join', 'time'))}", words):
        if not found[0].end <= join.start() <= join.end() <= found[1].start:
            continue
        left = re.sub(rf"^ ?(?:{since}|{within})", "", words[: join.start()])
        begun, ended = (_of_words(one, order, told) for one in (left, words[join.end() :]))
        if isinstance(begun, Spell) and isinstance(ended, Spell) and not begun.until and not ended.until:
            read = _period(begun, ended)
            return _either(read) if between and isinstance(read, Spell) else read
    return Unreadable("E-TIME", "two dates, and not what is between them", f"write it like {LIKE}")


def _either(period: Spell) -> Spell:
    """Read "between the one and the other" as some time from the first to the second."""
    said = period.said + (period.until.said if period.until else ())
    whole = Precision.PART if said else Precision.DAYS
    return period.whole()._replace(said=said, precision=whole, rule="between the two times")


@cache
def _date_patterns() -> tuple[re.Pattern[str], ...]:
    months = rf"(?<![^\W\d_])(?:{'|'.join(sorted(numbered('months', 1), key=len, reverse=True))})(?![^\W\d_])"
    month = rf"(?P<month>{months})\.?"
    nth = r"(?:st|nd|rd|th|\.|-?(?:го|е|ші|інші))?"
    join = rf"(?: ?- ?| (?:{'|'.join(listed('join', 'time'))}) )"
    first = rf"(?<![\d.:])(?P<day>\d{{1,2}}){nth}"
    day = rf"{first}(?:{join}(?P<last>\d{{1,2}}){nth})?"
    year = r"(?P<year>\d{4})(?![\d:])"
    of_year = r"(?: ?(?:жылғы|жылы|жылдың|ж\.?|г\.?|р\.?))?"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"(?<![\d.,/-])(?:{DIGITS})(?:t(?=\d))?(?![\d/.-]\d)",
            rf"(?<![\d.:])(?P<day>\d{{1,2}}){join}(?P<last>\d{{1,2}})[./](?P<number>\d{{1,2}})[./]{year}",
            rf"{first} (?P<before>{months})\.?{join}(?P<last>\d{{1,2}}){nth} {month},? {year}",
            rf"{day}[ -]?(?:of |de )?{month}[ ,-]*(?:de )?(?:{year}|(?<=-)(?P<short>\d\d)(?!\d))",
            rf"{month}[ -]{day}[ ,-]+{year}",
            rf"(?<!\d){year}{of_year},?[ -]{day}[ -]?{month}",
            rf"(?<!\d){year}{of_year},?[ -]{month}[ -]{day}(?![\d:])",
            rf"{month},? (?:de )?{year}",
            rf"(?<!\d){year}{of_year},? {month}",
            rf"(?<![\d.,/:-])(?P<number>0?[1-9]|1[0-2])[./]{year}(?![./-])",
        )
    )


def _dates(words: str, order: DateOrder) -> Iterator[_Found | Unreadable]:
    """Find the dates of a text, in its order."""
    if re.search(alternatives(*listed("before_christ", "time")), words):
        yield _before_christ()
        return
    taken: list[tuple[int, int]] = []
    found = []
    for pattern in _date_patterns():
        for one in pattern.finditer(words):
            if all(one.end() <= start or end <= one.start() for start, end in taken):
                taken.append(one.span())
                found.append((one.start(), one))
    for _, one in sorted(found, key=lambda pair: pair[0]):
        read = _named(one, order)
        yield read if isinstance(read, Unreadable) else _Found(*one.span(), read)
    if not found and (year := re.search(r"(?<![\d.,:/-])(?:1\d|2\d)\d\d(?![\d.:/-]|-\d)", words)):
        whole = _whole([year[0]])
        yield whole if isinstance(whole, Unreadable) else _Found(*year.span(), whole)


def _named(found: re.Match[str], order: DateOrder) -> Spell | Unreadable:
    """Give the days that a date names."""
    parts = found.groupdict()
    if not parts.get("year") and not parts.get("short"):
        day = read_date(found[0].removesuffix("t"), order)
        return _days(day, day) if isinstance(day, date) else day or Unreadable("E-TIME", "not a date", "correct it")
    year = full_year(parts.get("year") or parts["short"])
    month = int(parts.get("number") or numbered("months", 1)[parts["month"]])
    if not parts.get("day"):
        return _month(year, month)
    before = numbered("months", 1)[parts["before"]] if parts.get("before") else month
    first = on_calendar(year - (before > month), before, int(parts["day"]))
    last = on_calendar(year, month, int(parts["last"])) if parts.get("last") else first
    if isinstance(first, date) and isinstance(last, date) and last < first:
        return Unreadable("E-TIME-ORDER", "the last day is before the first", "exchange or correct them")
    rule, precision = ("the whole days", Precision.DAYS) if last != first else ("the whole day", Precision.DAY)
    return _between(first, last, rule, precision)


def _relative(words: str, told: datetime | None) -> Spell | Unreadable:
    """Count a day back from when it was told."""
    for pattern, back in _back_patterns():
        if found := pattern.search(words):
            if told is None:
                fix = "fill recorded_at and tz, or write the date"
                return Unreadable("E-TIME-NODATE", "no date, and not known from when it is counted", fix)
            days = back if back is not None else _counted(found[1])
            rest = f"{words[: found.start()]} {words[found.end() :]}"
            return _back(told, days, rest, is_night=found[0] in listed("last_night", "time"))
    return _no_date(words)


@cache
def _back_patterns() -> tuple[tuple[re.Pattern[str], int | None], ...]:
    """Give the words for a day before, with how many days it is back; nothing where a number of days is said."""
    words = (("last_night", 1), ("yesterday", 1), ("today", 0))
    count = rf"(\d{{1,3}}|{'|'.join(sorted(_counts(), key=len, reverse=True))}|a)"
    return (
        *((re.compile(alternatives(*listed(key, "time"))), back) for key, back in words),
        *((re.compile(one.replace("{n}", count)), None) for one in listed("days_ago", "time")),
    )


@cache
def _counts() -> dict[str, int]:
    return dict(numbered("numbers", 0))


def _counted(word: str) -> int:
    return 1 if word == "a" else _counts()[word] if word in _counts() else int(word)


def _back(told: datetime, days: int, rest: str, *, is_night: bool) -> Spell | Unreadable:
    start = _midnight(told.date()) - days * _DAY
    if is_night and rest.strip(_TRIMMED):
        return Unreadable("E-TIME", "a clock of a night, which may be of either day", f"write it like {LIKE}")
    whole = Spell(start, start + _DAY, Precision.DAY, "the whole day")
    night = "the night, 18:00 to 06:00"
    read = _assumed(start + _NIGHT[0], start + _DAY + _NIGHT[1], night) if is_night else _on(whole, rest)
    if isinstance(read, Unreadable):
        return read
    rule = f"counted back from when it was told, {told:%Y-%m-%d}, {read.rule}"
    return read._replace(rule=rule, basis=TimeBasis.DERIVED, is_plain=False)


def _no_date(words: str) -> Unreadable:
    """Say what a text lacks: its date, the year of it, or both."""
    month = alternatives(*numbered("months", 1))
    start = datetime(2000, 1, 3)  # noqa: DTZ001 only to see whether the rest can be read
    is_clock = isinstance(_on(Spell(start, start + _DAY, Precision.DAY, ""), words), Spell) and words.strip(_TRIMMED)
    if re.search(rf"\d[ .]*{month}|{month}\.? \d", words):
        return Unreadable("E-TIME-NODATE", "no year", f"write the date too, like {LIKE}")
    if is_clock:
        return Unreadable("E-TIME-NODATE", "no date", f"write the date too, like {LIKE}")
    return Unreadable("E-TIME", "not a time", f"write it like {LIKE}")


def _on(days: Spell, rest: str) -> Spell | Unreadable:
    """Read what is said of a day: its weekday, a part of it, a clock, two clocks, or nothing."""
    rest, refused = _weekday(days, rest)
    if refused:
        return refused
    shown = re.sub(r" +", " ", rest).strip(" ,")
    rest, offset = _offset(_halves(re.sub(r" +", " ", rest)).strip(_TRIMMED))
    read = _within(days, rest)
    if read is None:
        return Unreadable("E-TIME", f"'{shown[:40]}' is no time of the day", f"write it like {LIKE}")
    return read.at(offset) if offset and isinstance(read, Spell) else read


def _weekday(days: Spell, rest: str) -> tuple[str, Unreadable | None]:
    """Take out the name of a weekday, and hold it against the day."""
    for word in re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", rest):
        number = numbered("weekdays", 0).get(word)
        if number is None or word in listed("fillers", "time") or days.earliest is None:
            continue
        if days.precision is Precision.DAY and days.earliest.weekday() != number:
            day = f"{days.earliest.day} {month_name[days.earliest.month]} {days.earliest.year}"
            reason = f"{day} was a {day_name[days.earliest.weekday()]}, not a {day_name[number]}"
            return rest, Unreadable("E-TIME-WEEKDAY", reason, "correct the day or the date")
        return re.sub(rf"{alternatives(word)}\.?", " ", rest, count=1), None
    return rest, None


def _halves(words: str) -> str:
    """Write the halves of a day in one way: am, pm, nm for a night; leave out the word for hours."""
    hours, minutes = ("|".join(listed(key, "time")) for key in ("hours", "minutes"))
    words = re.sub(rf"(?<=\d) ?(?:{hours}) ?(\d\d) ?(?:{minutes})?(?![^\W_])", r":\1", words)
    for key, half in (("am", "am"), ("pm", "pm"), ("night", "nm")):
        halves = "|".join(listed(key, "time"))
        words = re.sub(rf"(?<=\d) ?(?:{hours})? ?(?:{halves})(?![^\W_])", half, words)
    return re.sub(rf"(?<=\d) ?(?:{hours})(?![^\W_])", _HOURS, words)


_CLOCK_OFFSET = re.compile(
    r"(?<=[\dm]) ?(?:(?P<named>utc|gmt|z)|(?:(?:utc|gmt) ?|(?<=:\d\d) ?(?=\+)|(?<=:\d\d) (?=[+-]\d{4}))"
    r"(?P<offset>[+-]\d{1,2}(?::?\d\d)?))$"
)


def _offset(rest: str) -> tuple[str, timezone | None]:
    """Part an offset from the clock before it."""
    found = _CLOCK_OFFSET.search(rest)
    return (rest[: found.start()], _offset_of(found)) if found else (rest, None)


def _without(rest: str, key: str) -> str:
    """Leave out words that say nothing."""
    words = re.sub(alternatives(*listed(key, "time")), " ", rest)
    return re.sub(r" +", " ", words.replace(",", " ")).strip(_TRIMMED)


def _within(days: Spell, rest: str) -> Spell | Unreadable | None:
    if not _without(rest, "fillers"):
        return days
    if days.precision is Precision.DAYS and not _without(_without(rest, "since"), "fillers"):
        return _first_to_last(days)
    about = days._replace(rule=f"{days.rule}, about") if not _unhedged(rest) else None
    if about or days.precision not in {Precision.DAY, Precision.DAYS}:
        return about
    read = _part(days, rest) or _by_templates(days, rest)
    return read or (_clock(days, rest) if days.precision is Precision.DAY else None)


def _first_to_last(days: Spell) -> Spell:
    """Read "from 25 to 27 March" as what began on the first day and ended on the last."""
    first, last = days.earliest, days.latest
    if first is None or last is None:
        return days
    began, ended = days._replace(latest=first + _DAY), days._replace(earliest=last - _DAY)
    return began._replace(rule="from the first day to the last", until=ended)


def _part(days: Spell, rest: str) -> Spell | None:
    """Read a part of the day: the evening, the night between two days, the night that ends on this one."""
    start, last = days.earliest, days.latest
    if start is None or last is None:
        return None
    said = (rest, _without(rest, "since"), _without(rest, "fillers"), _without(_without(rest, "since"), "fillers"))
    name = next((one for one in said if one in parts_of_the_day()), None)
    night_before = re.compile(alternatives(*listed("night_before", "time")))
    if any(map(night_before.fullmatch, said)) and days.precision is Precision.DAY:
        return _assumed(start - _DAY + _NIGHT[0], start + _NIGHT[1], "the night that ended on that day, 18:00 to 06:00")
    if name is None:
        return None
    low, high = (timedelta(hours=hour) for hour in parts_of_the_day()[name])
    if days.precision is Precision.DAYS:
        if high <= _DAY or last - start != 2 * _DAY:
            return _assumed(start + low, last - _DAY + high, f"{name} is {_hours(name)}")
        return _assumed(start + _NIGHT[0], start + _DAY + _NIGHT[1], "the night between the two days, 18:00 to 06:00")
    return _assumed(start + low, start + high, f"{name} is {_hours(name)}")


def _assumed(earliest: datetime, latest: datetime, rule: str) -> Spell:
    return Spell(earliest, latest, Precision.PART, rule, TimeBasis.ASSUMED)


def _hours(part: str) -> str:
    low, high = parts_of_the_day()[part]
    following = " of the next day" if high > _MIDNIGHT else ""
    return f"{low:02d}:00 to {high if high == _MIDNIGHT else high % _MIDNIGHT:02d}:00{following}"


def _by_templates(days: Spell, rest: str) -> Spell | Unreadable | None:
    """Read clocks by the words around them: from and to, between, after, before."""
    for key in ("period", "between", "after", "before"):
        for pattern in templates(key, "time", t=_CLOCK):
            if not (found := pattern.fullmatch(_without(rest, "fillers"))) and not (found := pattern.fullmatch(rest)):
                continue
            clocks = _clocks(found.groups())
            if isinstance(clocks, Unreadable):
                return clocks
            if clocks:
                return _bound(days, key, clocks)
    return None


def _bound(days: Spell, key: str, clocks: list[timedelta]) -> Spell | None:
    start, last = days.earliest, days.latest
    if start is None or last is None:
        return None
    if key == "after":
        at = start + clocks[0]
        return Spell(at, last, Precision.PART, "after the clock, on that day", said=(at,))
    if key == "before":
        at = last - _DAY + clocks[0]
        return Spell(start, at, Precision.PART, "by the clock, on that day", said=(at,))
    return _two_clocks(days, clocks, is_period=key == "period")


def _two_clocks(days: Spell, clocks: list[timedelta], *, is_period: bool) -> Spell | None:
    if days.earliest is None or days.latest is None or not clocks:
        return None
    low, high = days.earliest + clocks[0], days.latest - _DAY + clocks[1]
    high += _DAY if high < low else timedelta()
    if not is_period:
        return Spell(low, high, Precision.PART, "the two clocks that were said", said=(low, high))
    rule = f"from {low:%H:%M} to {high:%H:%M}{' of the next day' if high.date() > low.date() else ''}"
    ended = _moment(high, (high,))
    return Spell(low, low, Precision.MOMENT, rule, said=(low,), until=ended)


def _unhedged(rest: str) -> str:
    """Leave out the words of a rough time."""
    hedges = alternatives(*listed("hedges", "time"))
    return re.sub(r" +", " ", re.sub(rf"{hedges}|[~?]", " ", _without(rest, "fillers"))).strip(_TRIMMED)


def _clock(days: Spell, rest: str) -> Spell | Unreadable | None:
    """Read a clock, or two that are joined by no more than a dash or an "or"."""
    plain, whole = _unhedged(rest), _without(rest, "fillers")
    joins = "|".join(listed("join", "time"))
    two = re.fullmatch(rf"{_CLOCK} ?(?:[-/]|\.\.|(?<=[\dm ])(?:{joins})(?=[ \d])) ?{_CLOCK}", plain)
    one = re.fullmatch(_CLOCK, plain)
    if not two and not (one and (one[2] or one[4] or whole != rest)):
        return None
    clocks = _clocks((two or one).groups())  # type: ignore[union-attr]
    if isinstance(clocks, Unreadable) or not clocks or days.earliest is None:
        return clocks if isinstance(clocks, Unreadable) else None
    if two:
        read = _two_clocks(days, clocks, is_period=False)
        return read and read._replace(is_bare_range=plain == whole)
    return _moment(days.earliest + clocks[0], (days.earliest + clocks[0],))


def _clocks(parts: tuple[str | None, ...]) -> list[timedelta] | Unreadable:
    """Read clocks of hour, minute, second and half of the day; the last half holds for those before it.

    An hour alone is read where one of them shows that the clock has 24 hours: "from 17 to 05", not "from 5 to 6".
    """
    groups = [parts[index : index + 4] for index in range(0, len(parts), 4)]
    shows_24 = any(one[0] and (int(one[0]) > _HALF or one[0].startswith("0")) for one in groups)
    last = _half(groups[-1][3])
    if not (shows_24 or all(one[1] or _half(one[3]) or last for one in groups)):
        return Unreadable("E-TIME", "an hour that may be of the morning or the evening", "write it like 05:00 or 17:00")
    read = []
    for hour, minute, second, half in groups:
        shared = _half(half) or (last if int(hour or 0) <= _HALF else None)
        clock = read_clock_parts(hour or "0", minute, second, shared)
        if isinstance(clock, Unreadable):
            return clock
        read.append(clock)
    return read


def _half(word: str | None) -> str | None:
    return None if word == _HOURS else word
