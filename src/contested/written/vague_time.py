"""A time said in words: "about 5-6 p.m.", "overnight", "three days ago" leave a spell open, by a rule that is named."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from contested.vocabulary import TimeBasis

_DAY = timedelta(days=1)
PARTS = {
    "overnight": (18, 30),
    "last night": (18, 30),
    "night": (18, 30),
    "dawn": (4, 8),
    "early morning": (3, 8),
    "morning": (6, 12),
    "noon": (11, 13),
    "midday": (11, 14),
    "afternoon": (12, 18),
    "evening": (17, 23),
}
"""From which hour to which a part of the day lasts; past 24 it is the next day. Ours, and named with every reading."""
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_DATES = (
    re.compile(r"(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)T?"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+(?P<year>\d{{4}})"),
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"),
)
_AGO = re.compile(rf"(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)}|a) days? ago|(?P<word>yesterday|today)")
_CLOCK = r"(\d{1,2})(?::(\d\d))?\s*(am|pm)?"
_ONE = re.compile(_CLOCK)
_TWO = re.compile(rf"{_CLOCK}\s*(?:-|to|and|or)\s*{_CLOCK}")
_HEDGES = re.compile(r"^(?:about|around|approximately|approx\.?|roughly|circa|ca\.?|~|some ?time|at)\s*|\s*or so$")
_NOON, _MIDNIGHT = 12, 24


class Spell(NamedTuple):
    """Between which two readings of a wall clock, by which rule."""

    earliest: datetime
    latest: datetime
    rule: str
    basis: TimeBasis
    said: tuple[datetime, ...] = ()
    """The clocks among them that were said, which must have been shown on that day."""


class Unclear(NamedTuple):
    """Why words cannot be read as a time."""

    code: str
    reason: str
    fix: str


_LIKE = "write it like 2020-02-07T17:00+06:00"


def vague(text: str, told: datetime | None, *, bare: bool, column: str) -> Spell | Unclear:
    """Read words as a spell of a wall clock; a range without a word of doubt is read only where that was asked for."""
    words = re.sub(r"\s+", " ", text.lower().replace("–", "-").replace("—", "-")).strip()
    words = re.sub(r"\b([ap])\.?\s?m\b\.?", r"\1m", words)
    day, rest, derived = _day(words, told)
    if isinstance(day, Unclear):
        return day
    spell = _within(day, rest, column, bare=bare) if day or rest else None
    if spell is None:
        return Unclear("E-TIME", "not a time", _LIKE)
    if day is None:
        return Unclear("E-TIME-NODATE", "no date", f"write the date too; {_LIKE}")
    if isinstance(spell, Spell) and derived:
        return spell._replace(rule=f"{derived}, {spell.rule}", basis=TimeBasis.DERIVED)
    return spell


def _day(words: str, told: datetime | None) -> tuple[datetime | Unclear | None, str, str]:
    """Find the day, what is left of the words, and how the day was derived."""
    for pattern in _DATES:
        if found := pattern.search(words):
            month = int(found["number"]) if "number" in found.groupdict() else _MONTHS.index(found["month"]) + 1
            rest = f"{words[: found.start()]} {words[found.end() :]}"
            try:
                return datetime(int(found["year"]), month, int(found["day"])), _tidy(rest), ""  # noqa: DTZ001 a wall clock
            except ValueError:
                return Unclear("E-TIME", "there is no such day", "correct it"), "", ""
    if not ((found := _AGO.search(words)) or "last night" in words):
        return None, _tidy(words), ""
    if told is None:
        fix = "fill recorded_at and tz, or write the date"
        return Unclear("E-TIME-NODATE", "no date, and not known from when it is counted", fix), "", ""
    days = _days(found) if found else 1
    rest = f"{words[: found.start()]} {words[found.end() :]}" if found else words
    day = told.replace(hour=0, minute=0, second=0, microsecond=0) - days * _DAY
    return day, _tidy(rest), f"counted back from when it was told, {told:%Y-%m-%d}"


def _days(found: re.Match[str]) -> int:
    if found["word"]:
        return int(found["word"] == "yesterday")
    count = found["count"]
    return int(count) if count.isdigit() else 1 if count == "a" else _NUMBERS.index(count)


def _tidy(words: str) -> str:
    words = re.sub(r"\b(on|of|the|in|at|during)\b|,", " ", words)
    return re.sub(r"\s+", " ", words).strip()


def _within(day: datetime | None, rest: str, column: str, *, bare: bool) -> Spell | Unclear | None:
    """Read what is said of the day: a part of it, a clock, two clocks, or nothing."""
    start = day or datetime(2000, 1, 1)  # noqa: DTZ001 only to see whether the rest can be read
    if not rest:
        return Spell(start, start + _DAY, "the whole day", TimeBasis.STATED)
    if rest in PARTS:
        low, high = (timedelta(hours=hour) for hour in PARTS[rest])
        return Spell(start + low, start + high, _said(rest), TimeBasis.ASSUMED)
    if bound := re.fullmatch(rf"(after|since|from|before|by|until|till) {_CLOCK}", rest):
        return _bound(start, bound)
    between = rest.startswith(("between ", "from "))
    plain = _HEDGES.sub("", rest.removeprefix("between ").removeprefix("from ")).strip()
    if two := _TWO.fullmatch(plain):
        return _range(start, two, column, asked=bare or between or plain != rest)
    if (one := _ONE.fullmatch(plain)) and (clocks := list(_clocks(one.groups()))):
        said = start + clocks[0]
        return Spell(said, said, "the clock as it was said", TimeBasis.STATED, (said,))
    return None


def _said(part: str) -> str:
    low, high = PARTS[part]
    return f"{part} is {low:02d}:00 to {high % _MIDNIGHT:02d}:00{' of the next day' if high > _MIDNIGHT else ''}"


def _bound(start: datetime, bound: re.Match[str]) -> Spell | None:
    clock = next(_clocks(bound.groups()[1:]), None)
    if clock is None:
        return None
    if bound[1] in {"after", "since", "from"}:
        return Spell(start + clock, start + _DAY, "after the clock, on that day", TimeBasis.STATED, (start + clock,))
    return Spell(start, start + clock, "by the clock, on that day", TimeBasis.STATED, (start + clock,))


def _range(start: datetime, two: re.Match[str], column: str, *, asked: bool) -> Spell | Unclear | None:
    clocks = list(_clocks(two.groups()))
    if len(clocks) != 2:  # noqa: PLR2004 from and to
        return None
    low, high = clocks
    high += _DAY if high < low else timedelta()
    if asked:
        said = (start + low, start + high)
        return Spell(*said, "the two clocks that were said", TimeBasis.STATED, said)
    low_words, high_words = (f"{start + one:%H:%M}" for one in (low, high))
    fix = f"give {column}_earliest {low_words} and {column}_latest {high_words}, or import with vague times read"
    return Unclear("E-TIME-RANGE", "a range, not one moment", fix)


def _clocks(parts: tuple[str | None, ...]) -> Iterator[timedelta]:
    """Read clocks of hour, minute and half of the day; the last half holds for those before it."""
    for index in range(0, len(parts), 3):
        hour, minute, half = int(parts[index] or 0), parts[index + 1], parts[index + 2] or parts[-1]
        if half and 1 <= hour <= _NOON:
            hour = hour % _NOON + (_NOON if half == "pm" else 0)
        elif half or minute is None or hour >= _MIDNIGHT:
            continue
        if int(minute or 0) < 60:  # noqa: PLR2004 minutes of an hour
            yield timedelta(hours=hour, minutes=int(minute or 0))
