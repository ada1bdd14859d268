"""Placeholders: the dates and moments that programs write where no time is known."""

from datetime import datetime

PLACEHOLDER = "E-TIME-PLACEHOLDER"
"""The code of the problem."""
FIX = "leave it empty"

_NO_TIMES = {
    (0, 0, 0): "a date of zeros",
    (1601, 1, 1): "the first day that Windows can keep",
    (1753, 1, 1): "the first day that SQL Server can keep",
    (1899, 12, 30): "day 0 of a spreadsheet",
    (1899, 12, 31): "day 0 of a spreadsheet",
    (1900, 1, 0): "day 0 of a spreadsheet",
    (1900, 1, 1): "day 1 of a spreadsheet",
}
_NO_YEARS = {1: "a date in year 1", 9999: "a date in year 9999"}
_ZERO = datetime(1970, 1, 1)  # noqa: DTZ001 a wall clock


def of_date(year: int, month: int, day: int) -> str | None:
    """Name the placeholder that a date is, if it is one."""
    return _NO_TIMES.get((year, month, day)) or _NO_YEARS.get(year)


def of_moment(moment: datetime) -> str | None:
    """Name the placeholder that a moment is, if it is one; a naive moment is read as a wall clock."""
    if why := of_date(moment.year, moment.month, moment.day):
        return why
    is_zero = moment.timestamp() == 0 if moment.tzinfo else moment == _ZERO
    return "second 0 of a computer's clock (1970-01-01 00:00)" if is_zero else None


def reason(why: str) -> str:
    """Say why a placeholder is no time."""
    return f"{why}, which programs write where no time is known"
