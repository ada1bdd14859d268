"""Event days: events whose rows tell of days that lie far apart, so that their name is rather that of a kind.

A column that names each event "Shooting" or "Protest" would make one event of all of them; so would a number that is
given anew every year.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import NamedTuple

from contested.ingest.cells.date import ORDERS, DateOrder, epoch
from contested.ingest.cells.time import read_time
from contested.ingest.cells.time_span import TimeSpan

_FAR_BY_NAME, _FAR_BY_NUMBER = timedelta(days=1), timedelta(days=31)
"""Accounts may differ by a day on when one event was; what has a number may go on for weeks."""
FIX = "if it names no single event, read the column as a kind or something to compare by, or name each event apart"


class Apart(NamedTuple):
    """An event whose rows lie far apart: the first of them, how many there are, and its first and last day in words."""

    row: int
    rows: int
    first: str
    last: str

    @property
    def reason(self) -> str:
        """Say what makes the name doubtful."""
        return f"one event in {self.rows:,} rows from {self.first[:20]} to {self.last[:20]}, or the name of a kind?"


class EventDays:
    """How many rows name each event, and the days of which they tell, as they are written."""

    def __init__(self) -> None:
        self.rows: Counter[str] = Counter()
        self._first: dict[str, tuple[int, str]] = {}
        self._more: dict[str, set[str]] = {}

    def add(self, row: int, event: str, day: str) -> None:
        """Note a row that names an event, and the day that it tells, if any."""
        self.rows[event] += 1
        if day and self._first.setdefault(event, (row, day))[1] != day:
            self._more.setdefault(event, set()).add(day)

    def apart(self, order: DateOrder) -> Mapping[str, Apart]:
        """Find the events that are told of on days far apart, in the order of their column or in any that it allows."""
        orders = [DateOrder(first) for first in ORDERS if first not in order.excluded and order.first in {None, first}]
        found = {}
        for event, more in self._more.items():
            row, day = self._first[event]
            far = _FAR_BY_NUMBER if any(map(str.isdigit, event)) else _FAR_BY_NAME
            read = [sorted(_days((day, *more), one)) for one in orders or [order]]
            spans = [days for days in read if len(days) == max(map(len, read))]
            if all(days and days[-1][0] - days[0][0] > far for days in spans):
                found[event] = Apart(row, self.rows[event], spans[0][0][1], spans[0][-1][1])
        return found


def _days(texts: Iterable[str], order: DateOrder) -> Iterator[tuple[datetime, str]]:
    """Read each time that lies within one day as the midnight before it, beside its text."""
    for text in texts:
        read = read_time(text, order)
        begun = read.earliest if isinstance(read, TimeSpan) else epoch(text)
        if begun and not (isinstance(read, TimeSpan) and (not read.latest or read.latest - begun > timedelta(days=1))):
            yield datetime.combine(begun.date(), time()), text
