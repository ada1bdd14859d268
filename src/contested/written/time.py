"""A time as an editor writes it: one instant where it can mean only one, words of doubt as what they leave open.

Nothing is guessed: a time without a zone, a date that may be read two ways, a number of days since 1900, an hour that
did not happen or happened twice are refused, each with what to write instead.
"""

import re
import unicodedata
from calendar import month_name, monthrange
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from contested.moment import fixed, is_skipped, readings
from contested.vocabulary import TimeBasis
from contested.written.date import LIKE, MONTHS, SLASHED, doubt, of_program, order_of
from contested.written.findings import Findings
from contested.written.vague_time import Spell, vague

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?\s?(Z|UTC|GMT|[+-](?:0\d|1[0-4]):?[0-5]\d)?"
)
_ABBREVIATED = re.compile(r".*\d\s*(?:[ap]\.?m\.?)?\s*([A-Z]{2,5})")
_CLOCK_ALONE = re.compile(r"\d{1,2}([:.]\d\d){0,2}\s*([ap]\.?\s?m\.?)?", re.IGNORECASE)
_ABBREVIATIONS = {"CST": "UTC-6, UTC+8 or UTC-5", "IST": "UTC+5:30, UTC+2 or UTC+1", "EST": "UTC-5 or UTC+10"}
_LOCAL = ("start", "end")
"""The columns whose clocks hang where it happened."""
_LONGEST = 100


class Extent(NamedTuple):
    """Between which two instants a moment lies, and how we know."""

    earliest: datetime | None = None
    latest: datetime | None = None
    basis: TimeBasis | None = None
    words: str | None = None


class Clock(NamedTuple):
    """What the reading of a time needs besides its cell."""

    zone: str | None = None
    said: datetime | None = None
    """When it was told, from which "three days ago" is counted."""
    vague: bool = False
    orders: Mapping[str, Mapping[str, int]] = {}
    """For each column, the first row whose date can only be day first, and month first."""


def extent(found: Findings, column: str, clock: Clock) -> Extent:
    """Read a cell as the bounds of one moment; an empty one is unknown."""
    text = found[column]
    if not text:
        return Extent()
    if len(text) > _LONGEST:
        found.refuse("E-TIME", column, "too long for a time", f"write it like {LIKE}")
    elif any(letter.isdigit() and not letter.isascii() for letter in text):
        plain = "".join(str(unicodedata.digit(one, one)) for one in text)
        found.refuse("E-TIME-DIGITS", column, "digits other than 0-9", f"write {plain}")
    elif iso := _ISO.fullmatch(text):
        return _exact(found, column, iso, clock)
    elif refusal := of_program(text):
        found.refuse(refusal[0], column, refusal[1], refusal[2])
    elif slashed := SLASHED.fullmatch(text):
        return _slashed(found, column, slashed, clock)
    elif _CLOCK_ALONE.fullmatch(text):
        found.refuse("E-TIME-NODATE", column, "no date", f"write the date too, like {LIKE}")
    elif (short := _ABBREVIATED.fullmatch(text)) and short[1] not in {"AM", "PM", "UTC", "GMT"}:
        meant = _ABBREVIATIONS.get(short[1], "more than one offset")
        found.refuse("E-TZ-ABBREV", column, f"{short[1]} can be {meant}", "write the offset in digits, like +06:00")
    else:
        return _vague(found, column, clock)
    return Extent()


def _exact(found: Findings, column: str, iso: re.Match[str], clock: Clock) -> Extent:
    year, month, day, hour, minute = (int(part) for part in iso.groups()[:5])
    second, part = int(iso[6] or 0), int((iso[7] or "").ljust(6, "0"))
    if wrong := next(_impossible(year, month, day, hour, minute, second), None):
        found.refuse("E-TIME", column, wrong, "correct it")
        return Extent()
    wall = datetime(year, month, day, hour, minute, second, part)  # noqa: DTZ001 its zone is found next
    if _may_be_range(iso, wall, clock.zone):
        found.refuse("E-TIME-RANGE", column, "may be a range or an offset", f"write it like {LIKE}")
        return Extent()
    moment = _at(found, column, wall, iso[8], clock.zone)
    return Extent(moment, moment, TimeBasis.STATED) if moment else Extent()


def _may_be_range(iso: re.Match[str], wall: datetime, zone: str | None) -> bool:
    """Doubt "2020-02-07 05:00-06:00", which may end in an hour or in an offset, unless its zone had that offset."""
    if " " not in iso[0] or not (iso[8] or "").startswith("-"):
        return False
    return not any(one.isoformat().endswith(iso[8]) for one in (readings(wall, zone) if zone else ()))


def _impossible(*parts: int) -> Iterator[str]:
    year, month, day, hour, minute, second = parts
    if not 1 < year < 9999:  # noqa: PLR2004 at either end a zone leads out of the calendar
        yield f"no year {year} that can be kept"
    elif not 1 <= month <= MONTHS:
        yield f"there is no month {month}"
    elif not 1 <= day <= (days := monthrange(year, month)[1]):
        yield f"{month_name[month]} {year} had {days} days"
    for number, most, unit in ((hour, 23, "hour"), (minute, 59, "minute"), (second, 59, "second")):
        if number > most:
            yield f"there is no {unit} {number}"


def _at(found: Findings, column: str, wall: datetime, offset: str | None, zone: str | None) -> datetime | None:
    """Give a wall clock its offset, as written or as its zone had it."""
    written = wall.isoformat(timespec="minutes")
    if offset:
        plain = "+00:00" if offset in {"Z", "UTC", "GMT"} else offset
        moment = datetime.fromisoformat(f"{wall.isoformat()}{plain}")
        if (
            zone
            and offset[0] in "+-"
            and column in _LOCAL
            and moment.astimezone(ZoneInfo(zone)).utcoffset() != moment.utcoffset()
        ):
            there = moment.astimezone(ZoneInfo(zone)).isoformat()[-6:]
            reason = f"{zone} had {there} then, not {offset}; the offset was taken"
            found.warn("W-TZ-OFFSET", column, reason, "correct either, if it is wrong")
        return moment
    if not zone:
        fix = f"write {written} with its offset, like {written}+06:00, or fill the tz column (Asia/Almaty)"
        found.refuse("E-TZ-NONE", column, "no time zone", fix)
        return None
    first, second = readings(wall, zone)
    if first.utcoffset() == second.utcoffset():
        return first
    offsets = [one.isoformat()[-6:] for one in (first, second)]
    fix = f"write the offset: {written}{offsets[0]} or {offsets[1]}"
    if is_skipped(wall, zone):
        found.refuse("E-TZ-GAP", column, _skipped(wall, zone), fix)
    else:
        reason = f"{wall:%H:%M} happened twice on that day in {zone} ({offsets[0]}, then {offsets[1]})"
        found.refuse("E-TZ-AMBIGUOUS", column, reason, fix)
    return None


def _skipped(wall: datetime, zone: str) -> str:
    return f"{wall:%H:%M} did not happen on that day in {zone}: the clocks were put forward"


def _bounds(spell: Spell, zone: str) -> tuple[datetime, datetime]:
    """Bound a spell by instants: a clock that was shown twice is meant either time."""
    low, high = readings(spell.earliest, zone)[0], max(readings(spell.latest, zone), key=datetime.timestamp)
    return fixed(low), fixed(high)


def _slashed(found: Findings, column: str, written: re.Match[str], clock: Clock) -> Extent:
    """Read 13/02/2020 where its column can only be day first; refuse 05/02/2020 with both readings."""
    first, second, year, rest = int(written[1]), int(written[2]), written[3], written[4]
    order = order_of(written[0])
    other = clock.orders.get(column, {}).get("month" if order == "day" else "day")
    if order and len(year) == len("2020") and not other:
        day, month = (first, second) if order == "day" else (second, first)
        iso = f"{year}-{month:02d}-{day:02d}"
        found.warn("W-DATE-ORDER", column, f"read as {iso}: it can only be {order} first", "write YYYY-MM-DD")
        inner = Findings(found.number, {**found.cells, column: f"{iso} {rest or ''}".strip()})
        read = extent(inner, column, clock)
        found.problems += (one._replace(value=written[0]) for one in inner.problems)
        return read
    reason = doubt(written, other)
    found.refuse("E-DATE-AMBIGUOUS", column, reason, "write YYYY-MM-DD")
    return Extent()


def _vague(found: Findings, column: str, clock: Clock) -> Extent:
    text = found[column]
    told = clock.said.astimezone(ZoneInfo(clock.zone)) if clock.said and clock.zone else None
    spell = vague(text, told.replace(tzinfo=None) if told else None, bare=clock.vague, column=column)
    if not isinstance(spell, Spell):
        found.refuse(spell.code, column, spell.reason, spell.fix)
        return Extent()
    if not clock.zone:
        found.refuse("E-TZ-NONE", column, "no time zone", "fill the tz column (Asia/Almaty)")
        return Extent()
    for said in spell.said:
        if is_skipped(said, clock.zone):
            found.refuse("E-TZ-GAP", column, _skipped(said, clock.zone), "correct it, or write its offset")
            return Extent()
    low, high = _bounds(spell, clock.zone)
    if clock.said and low <= clock.said < high:
        high = clock.said.astimezone(high.tzinfo)
    bounds = f"{low.isoformat(timespec='minutes')} to {high.isoformat(timespec='minutes')}"
    found.warn("W-TIME-VAGUE", column, f"read as {bounds}: {spell.rule}", "confirm it, or write the bounds themselves")
    return Extent(low, high, spell.basis, text)
