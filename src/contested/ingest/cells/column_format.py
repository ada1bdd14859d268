"""What a whole column shows of its cells: which part of its dates is first, and what the marks in its numbers are."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from contested.ingest.cells.date import (
    ORDERS,
    UNKNOWN_ORDER,
    Cell,
    DateOrder,
    First,
    days_meant,
    dotted_orders_of,
    orders_of,
)
from contested.ingest.cells.number import NO_SEPARATORS, Separators, use_of
from contested.ingest.options import Given
from contested.model.language import numbered

_CLOCK = re.compile(r"[T ](?!00:00(?::00(?:\.0+)?)?$)\d{1,2}[:.]\d|\d ?[apAP]\.?[mM]")
_PADDING = re.compile(r"(?<=\d)[T ]00:00(?::00(?:\.0+)?)?$")
"""The midnight that programs add to a date; "00:00Z" is a time."""
MIDNIGHT = re.compile(r"(?<=\d)[T ]+(?:0?0:00(?::00(?:\.0+)?)?|12:00(?::00)? ?AM)$", re.IGNORECASE)
"""The midnight that programs add to the day of a row whose clocks have columns of their own."""
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"\d{4}")
_MARKED = re.compile(r"(?<![\d.,])\d+(?:[.,]\d+)+(?![\d.,])")


class Dated(NamedTuple):
    """A cell of a column of dates: the row's number, its text, and what the row's year, month and weekday say."""

    row: int
    text: str
    beside: Sequence[str] = ()


def date_order(cells: Iterable[Dated]) -> DateOrder:
    """Find the one order that every date of a column allows, and the first row that rules out each other order.

    A date alone rules out what the size of its parts does: an impossible day, such as 31 April, may be mistyped.
    """
    excluded: dict[First, Cell] = {}
    dotted = set(ORDERS)
    for row, text, beside in cells:
        possible = _allowed(text, [word for word in (*beside, *_WORD.findall(text)) if _says_a_date(word)])
        for first in ORDERS if possible else ():
            if first not in possible:
                excluded.setdefault(first, (row, text))
        dotted &= set(dotted_orders_of(text) or ORDERS)
    left = [first for first in ORDERS if first not in excluded]
    return DateOrder(left[0] if len(left) == 1 else None, excluded, "year" if dotted == {"year"} else "day")


def _allowed(text: str, words: Sequence[str]) -> Sequence[First]:
    """Name the orders that a date allows, of those the ones that fit the words beside it, if any does."""
    fitting = [first for first, day in days_meant(text).items() if all(_agrees(day, word) for word in words)]
    return fitting if words and fitting else orders_of(text)


def _says_a_date(beside: str) -> bool:
    word = _lowered(beside)
    return bool(_YEAR.fullmatch(word)) or word in numbered("weekdays", 0) or word in numbered("months", 1)


def _agrees(day: date, beside: str) -> bool:
    """Say whether a day is of the year, the month or the weekday beside it."""
    word = _lowered(beside)
    if _YEAR.fullmatch(word):
        return day.year == int(word)
    if (number := numbered("weekdays", 0).get(word)) is not None:
        return day.weekday() == number
    return day.month == numbered("months", 1)[word]


def _lowered(word: str) -> str:
    return word.strip().lower().rstrip(".")


def separators(cells: Iterable[Cell]) -> Separators:
    """Find what the marks in the numbers of a column can only be."""
    thousands: dict[str, Cell] = {}
    decimal: dict[str, Cell] = {}
    for row, text in cells:
        for number in _MARKED.findall(text):
            marks = re.findall(r"[.,]", number)
            match use_of(number):
                case "thousands":
                    thousands.setdefault(marks[-1], (row, text))
                case "decimal":
                    decimal.setdefault(marks[-1], (row, text))
                    if marks[0] != marks[-1]:
                        thousands.setdefault(marks[0], (row, text))
    return Separators(thousands, decimal)


def learn(
    rows: Iterable[tuple[int, Mapping[str, Any]]],
    dates: Sequence[str] = (),
    counts: Sequence[str] = (),
    beside: Sequence[str] = (),
) -> dict[str, Mapping[str, Any]]:
    """Learn what the columns of dates and of counts of a table show; `beside` are those of years and weekdays."""
    clocked = dict.fromkeys(dates, False)
    dated: dict[str, list[Dated]] = {column: [] for column in dates}
    counted: dict[str, list[Cell]] = {column: [] for column in counts}
    for number, row in rows:
        near = [str(row[column]) for column in beside if row.get(column) is not None]
        for column, cells in dated.items():
            if isinstance(text := row.get(column), str) and (orders_of(text) or dotted_orders_of(text)):
                cells.append(Dated(number, text, near))
            clocked[column] = clocked[column] or _CLOCK.search(str(text)) is not None
        for column, found in counted.items():
            if isinstance(text := row.get(column), str) and _MARKED.search(text):
                found.append((number, text))
    return {
        "clocked": clocked,
        "orders": {column: date_order(cells) for column, cells in dated.items()},
        "separators": {column: separators(cells) for column, cells in counted.items()},
    }


def order_of_dates(given: Given, column: str) -> DateOrder:
    """Give the order of the dates of a column: what a person said, or what the column shows."""
    learnt: Mapping[str, DateOrder] = given.learnt.get("orders", {})
    if given.date_order:
        return DateOrder(given.date_order, dotted="year" if given.date_order == "year" else "day")
    return learnt.get(column, UNKNOWN_ORDER)


def without_padding(text: str, given: Given, column: str) -> str:
    """Leave out a midnight that a program added to every date of a column, where none of them has another clock."""
    learnt: Mapping[str, bool] = given.learnt.get("clocked", {})
    return text if learnt.get(column, True) else _PADDING.sub("", text)


def separators_of(given: Given, column: str) -> Separators:
    """Give the marks in the numbers of a column: what a person said, or what the column shows."""
    learnt: Mapping[str, Separators] = given.learnt.get("separators", {})
    said: dict[str, Cell] = {given.decimal_mark: (0, "as was said of the file")} if given.decimal_mark else {}
    return Separators({}, said) if said else learnt.get(column, NO_SEPARATORS)
