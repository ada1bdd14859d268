"""A time as people write it, in digits or in words, becomes the span of wall clocks in which it lies.

A bare day is the whole day; a month and a year are so too. What is no date of the calendar is refused with why.
"""

import re
from datetime import datetime

from contested.ingest.cells.clock import HALVES
from contested.ingest.cells.date import LIKE, UNKNOWN_ORDER, DateOrder, no_time
from contested.ingest.cells.edtf import span_of_edtf
from contested.ingest.cells.time_span import TimeSpan
from contested.ingest.cells.time_words import span_of_words
from contested.ingest.cells.timestamp import plain_stamp, span_of_digits
from contested.ingest.cells.unreadable import Unreadable
from contested.model.language import listed, with_hyphens

LONGEST = 100
_ZEROS = {"0", "0.0", "-1", "00:00", "00:00:00"}
"""What programs write for a moment that they do not know, where a date belongs."""
_CLOCK_ALONE = re.compile(rf"\d{{1,2}}([:.]\d\d){{0,2}} ?({HALVES})?")
_ZONE_WORD = re.compile(rf".*\d ?(?:{HALVES})? ?\(?([A-Z]{{2,5}})\)?")
_HYPHENED = re.compile(r"^\d{4}-\d\d-\d\d(?:T(\d\d-\d\d(?:-\d\d)?)|[ _](\d\d-\d\d-\d\d))(?!\d)")
_NO_ZONES = {"AM", "PM", "UTC", "GMT", "BC", "BCE", "AD", "CE"}
_ABBREVIATIONS = {"CST": "UTC-6, UTC+8 or UTC-5", "IST": "UTC+5:30, UTC+2 or UTC+1", "EST": "UTC-5 or UTC+10"}
_NOT_SAID = {"-", "--", "?", "na", "nan", "none", "null", "nil"}


def read_time(
    text: str, order: DateOrder = UNKNOWN_ORDER, told: datetime | None = None, zone: str | None = None
) -> TimeSpan | Unreadable:
    """Read a time; `told` is the wall clock from which "yesterday" counts, `zone` that of clocks without an offset."""
    text = plain_stamp(" ".join(text.split()))
    if len(text) > LONGEST:
        return Unreadable("E-TIME", "too long for a time", f"write it like {LIKE}")
    if not text.isascii():
        if any(letter.isdecimal() and not letter.isascii() for letter in text):
            plain = "".join(str(int(one)) if one.isdecimal() else one for one in text)
            return Unreadable("E-TIME-DIGITS", "digits other than 0-9", f"write {plain}")
        text = with_hyphens(text)
    read = span_of_digits(text, order, zone) or span_of_edtf(text) or _without_a_date(text)
    return read or span_of_words(text, order, told)


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
