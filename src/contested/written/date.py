"""A date as programs and people write it, where the order of its parts must be found out or cannot be."""

import re
from calendar import month_name
from datetime import datetime, timedelta

LIKE = "2020-02-07T17:00+06:00"
SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})(?:[T ,]+(.+))?")
MONTHS = 12
_SERIAL = re.compile(r"[1-9]\d{4}(\.\d+)?")
_EPOCH = re.compile(r"1\d{9}(\d{3})?(\.\d+)?")


def order_of(text: str) -> str | None:
    """Say whether a date can only be read day first, or only month first."""
    if not (written := SLASHED.fullmatch(text)):
        return None
    first, second = int(written[1]), int(written[2])
    return "day" if first > MONTHS >= second else "month" if second > MONTHS >= first else None


def of_program(text: str) -> tuple[str, str, str] | None:
    """Recognise what programs write for a time: days since 1900, or seconds since 1970."""
    if _SERIAL.fullmatch(text):
        meant = datetime(1899, 12, 30) + timedelta(days=float(text))  # noqa: DTZ001 a wall clock, shown only
        reason = f"looks like an Excel date number ({_round_to_minutes(meant):%Y-%m-%d %H:%M})"
        return "E-DATE-SERIAL", reason, "format the column as date and export again, or write it out"
    if _EPOCH.fullmatch(text):
        return "E-TIME-EPOCH", "looks like seconds since 1970", f"write it like {LIKE}"
    return None


def _round_to_minutes(moment: datetime) -> datetime:
    """Take away what a fraction of a day cannot say."""
    return (moment + timedelta(seconds=30)).replace(second=0, microsecond=0)


def doubt(written: re.Match[str], other: int | None) -> str:
    """Say why a date cannot be read; `other` is a row of its column that can only be in the other order."""
    first, second, order = int(written[1]), int(written[2]), order_of(written[0])
    if order and other:
        reason = f"{order} first here, but row {other} is {'month' if order == 'day' else 'day'} first"
    elif order:
        reason = "a year of two digits"
    elif first <= MONTHS and second <= MONTHS:
        said = f"may be {first} {month_name[second]} or {second} {month_name[first]}"
        reason = said if first and second else "no date"
    else:
        reason = "neither part can be a month"
    return reason
