"""Totals: rows that add up other rows, and figures that count all that happened until then."""

import re
from functools import cache

from contested.model.language import listed


def is_total(words: str) -> bool:
    """Say whether a cell names a row of totals, or of averages."""
    return words.casefold().rstrip(" :.") in listed("totals", "count")


def is_running_total(column: str) -> bool:
    """Say whether a column's name shows, anywhere in it, that its figures count all that happened until then."""
    return _running().search(column.casefold()) is not None


def without_running_total(column: str) -> str:
    """Give the name of a column without the words that show it."""
    return _running().sub("", column).strip("_ ")


@cache
def _running() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[ _])(?:{'|'.join(listed('running', 'count'))})(?=[ _]|$)")
