"""Times of day: clocks of 24 hours or of twelve, in digits or with the words around them, and offsets from UTC."""

import re
from datetime import UTC, timedelta, timezone

from contested.ingest.cells.unreadable import Unreadable
from contested.model.language import listed

NOON = 12
MIDNIGHT = 24
_HOURS_AHEAD = r"(?P<offset>[+-](?:0\d|1[0-4]|\d)(?::?[0-5]\d)?)"
OFFSET = rf"(?:(?P<named>[zZ]|UTC|GMT|utc|gmt)|(?:UTC|GMT|utc|gmt)? ?{_HOURS_AHEAD}(?: ?UTC)?)"
HALVES = r"[ap]\.? ?m\.?|[AP]\.? ?M\.?"
HOURS = "h"
CLOCK = r"(\d{1,2})(?:[:.h](\d\d))?(?:[:.](\d\d)(?:[.,]\d+)?)? ?(am|pm|nm|h)?"


def offset_of(stamp: re.Match[str]) -> timezone | None:
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
    if half and not 1 <= hours <= NOON:
        return Unreadable("E-TIME", f"a clock of twelve hours shows 1 to 12, not {hours}", "correct it")
    if half:
        hours = _of_half(hours, half[0].lower())
    for number, most, unit in ((hours, 23, "hour"), (minutes, 59, "minute"), (seconds, 59, "second")):
        if number > most and (hours, minutes, seconds) != (MIDNIGHT, 0, 0):
            return Unreadable("E-TIME", f"there is no {unit} {number}", "correct it")
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _of_half(hour: int, half: str) -> int:
    """Give the hour of 24; at night, 12 is midnight, and from 6 on it is before midnight."""
    is_late = half == "p" or (half == "n" and 6 <= hour < NOON)  # noqa: PLR2004 in the morning
    return hour % NOON + (NOON if is_late else 0)


def read_clock(text: str) -> timedelta | Unreadable:
    """Read a time of day alone, as the time since midnight; 24:00 is a whole day."""
    if (written := re.fullmatch(CLOCK, with_halves(text.strip().lower()))) and (written[2] or half_of(written[4])):
        return read_clock_parts(written[1], written[2], written[3], half_of(written[4]))
    return Unreadable("E-TIME", "not a time of day", "write it like 23:05")


def with_halves(words: str) -> str:
    """Write the halves of a day in one way: am, pm, nm for a night; leave out the word for hours."""
    hours, minutes = ("|".join(listed(key, "time")) for key in ("hours", "minutes"))
    words = re.sub(rf"(?<=\d) ?(?:{hours}) ?(\d\d) ?(?:{minutes})?(?![^\W_])", r":\1", words)
    for key, half in (("am", "am"), ("pm", "pm"), ("night", "nm")):
        halves = "|".join(listed(key, "time"))
        words = re.sub(rf"(?<=\d) ?(?:{hours})? ?(?:{halves})(?![^\W_])", half, words)
    return re.sub(rf"(?<=\d) ?(?:{hours})(?![^\W_])", HOURS, words)


_CLOCK_OFFSET = re.compile(
    r"(?<=[\dm]) ?(?:(?P<named>utc|gmt|z)|(?:(?:utc|gmt) ?|(?<=:\d\d) ?(?=\+)|(?<=:\d\d) (?=[+-]\d{4}))"
    r"(?P<offset>[+-]\d{1,2}(?::?\d\d)?))$"
)


def without_offset(rest: str) -> tuple[str, timezone | None]:
    """Part an offset from the clock before it."""
    found = _CLOCK_OFFSET.search(rest)
    return (rest[: found.start()], offset_of(found)) if found else (rest, None)


def clocks_of(parts: tuple[str | None, ...]) -> list[timedelta] | Unreadable:
    """Read clocks of hour, minute, second and half of the day; the last half holds for those before it.

    An hour alone is read where one of them shows that the clock has 24 hours: "from 17 to 05", not "from 5 to 6".
    """
    groups = [parts[index : index + 4] for index in range(0, len(parts), 4)]
    shows_24 = any(one[0] and (int(one[0]) > NOON or one[0].startswith("0")) for one in groups)
    last = half_of(groups[-1][3])
    if not (shows_24 or all(one[1] or half_of(one[3]) or last for one in groups)):
        return Unreadable("E-TIME", "an hour that may be of the morning or the evening", "write it like 05:00 or 17:00")
    read = []
    for hour, minute, second, half in groups:
        shared = half_of(half) or (last if int(hour or 0) <= NOON else None)
        clock = read_clock_parts(hour or "0", minute, second, shared)
        if isinstance(clock, Unreadable):
            return clock
        read.append(clock)
    return read


def half_of(word: str | None) -> str | None:
    """Give the half of the day that stands behind a clock; a word for hours says none."""
    return None if word == HOURS else word
