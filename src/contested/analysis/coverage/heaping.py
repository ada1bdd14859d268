"""Heaping: figures and times that people round to, or that a publisher writes where only a word was said.

A value that looks so may be true all the same. It is named where it is shown, and never changed.
"""

from datetime import datetime, timedelta
from math import isnan

from contested.model.times import ROUND_MINUTES

CODES = {10: "several or tens", 12: "dozens", 100: "hundreds"}
"""Numbers that publishers write for a word (ACLED, frequently asked questions on fatalities)."""
DAY = timedelta(days=1)
FIRST, MIDDLE = 1, (15, 16)
"""The days of a month that publishers write where only the month is known."""
_HUNDRED = 100


def figure_looks(number: float | None) -> str:
    """Say why a figure may not be a count: it stands for a word, or is round."""
    if number is None or isnan(number):
        return ""
    if int(number) in CODES:
        return f"may stand for {CODES[int(number)]}"
    return "is round" if _is_round(int(number)) else ""


def _is_round(number: int) -> bool:
    """Say whether nothing but noughts follows the first digit, or from a hundred on a five after it: 40, 300, 150."""
    step = 10 ** (len(str(number)) - 1)
    return number >= 2 * min(CODES) and (number % step == 0 or (number >= _HUNDRED and number % (step // 2) == 0))


def time_looks(first: datetime | None, last: datetime | None) -> str:
    """Say why a time on the wall clock may not be exact: a full or half hour, or a day that stands for a month."""
    if first is None or last is None:
        return ""
    on_the_half_hour = first.minute % ROUND_MINUTES == 0 and first.second == 0
    if first == last and on_the_half_hour:
        return "midnight" if first.hour == first.minute == 0 else "half hour" if first.minute else "full hour"
    whole_day = (first.hour, first.minute) == (0, 0) and DAY - timedelta(minutes=1) <= last - first <= DAY
    if whole_day and first.day in {FIRST, *MIDDLE}:
        return "first of the month" if first.day == FIRST else "middle of the month"
    return ""
