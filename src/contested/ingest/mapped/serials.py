"""Moments as spreadsheets count them: days since the end of 1899, and parts of a day; where a person said so."""

import re
from datetime import datetime, timedelta

from contested.ingest.mapping import MILESTONES, ColumnMapping
from contested.ingest.row import Line, name

_TIMES = {"when", "until", "time", "until_time", "stated_at", *MILESTONES}
_DAYS = re.compile(r"[1-9]\d{4}(?:[.,]\d+)?")
_PART = re.compile(r"0?[.,]\d+|0")
_FIRST = datetime(1899, 12, 30)  # noqa: DTZ001 a wall clock


def written_out(mapping: ColumnMapping, line: Line) -> Line:
    """Write the counted moments of a row as dates and times of day."""
    row = dict(line.row)
    for title, one in mapping.columns.items():
        if one.holds in _TIMES and not one.since and (counted := moment(line.words(name(title)))):
            row[title] = counted
    return Line(line.number, row, line.given)


def moment(text: str) -> str:
    """Write a number of days as a date, with its time of day where it has one; nothing where it is no such number."""
    if _PART.fullmatch(text):
        return f"{_FIRST + _seconds(text):%H:%M:%S}"
    if not _DAYS.fullmatch(text):
        return ""
    meant = _FIRST + _seconds(text)
    return f"{meant:%Y-%m-%d}" if text.isdigit() else f"{meant:%Y-%m-%d %H:%M:%S}"


def _seconds(days: str) -> timedelta:
    return timedelta(seconds=round(float(days.replace(",", ".")) * 86400))


def are_counted(mapping: ColumnMapping, cells: dict[str, list[str]]) -> bool:
    """Say whether all filled cells of the columns that hold days or moments are such numbers."""
    told = [
        cell
        for title, one in mapping.columns.items()
        if one.holds in _TIMES - {"time", "until_time"} and not one.since
        for cell in cells.get(name(title), ())
    ]
    return bool(told) and all(map(_DAYS.fullmatch, told))
