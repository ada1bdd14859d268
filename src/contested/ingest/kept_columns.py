"""Kept columns of a known log: those of few values, under the publisher's own names, that its calls are compared by.

A column is kept if it has some values over the whole file, which come back, and none of which is a time or a long text.
What its codebook reads already, ids and coordinates are not kept.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from contested.ingest.cells.date import DIGITS
from contested.ingest.characters import without_flaws
from contested.ingest.row import Row, name, worded

FEWEST, MOST = 2, 50
"""So many values a kept column has: the stations of a city are kept, its addresses are not."""
_LONGEST = 60
"""Letters of a value; what is longer is a text."""
_TIME = re.compile(rf"{DIGITS}|\d:\d\d")
_ID = re.compile(r"(?:.*_)?(?:row)?id|.*_(?:num|number|no)")
_COORDINATES = {"latitude", "longitude", "lat", "lon", "lng", "long", "x", "y", "point", "location"}


class ValueTally:
    """The values of those columns that are still to be kept, while the rows of a table go by."""

    def __init__(self, is_read: Callable[[str], bool]) -> None:
        self._is_read = is_read
        self._values: dict[str, Counter[str]] = {}
        self._passed_over: set[str] = set()

    def through(self, rows: Iterable[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
        """Pass rows on, and count their values."""
        for number, row in rows:
            for title in self.open_titles(row):
                self.add(title, row[title])
            yield number, row

    def open_titles(self, titles: Iterable[str]) -> list[str]:
        """Name those of some columns that may be kept, for all that is known."""
        return [title for title in titles if title in self._values or self._opens(title)]

    def add(self, title: str, cell: object, times: int = 1) -> bool:
        """Count a cell of a column that may be kept, and say whether it still may."""
        values = self._values[title]
        words = cell if isinstance(cell, str) and cell in values else worded(cell)
        if words:
            values[words] += times
        is_one = cell is None or isinstance(cell, str | int | float)
        if is_one and len(values) <= MOST and len(words) <= _LONGEST and not _TIME.search(words):
            return True
        del self._values[title]
        self._passed_over.add(title)
        return False

    def kept(self) -> tuple[str, ...]:
        """Name the columns to be kept, in the order of the table."""
        return tuple(
            title for title, values in self._values.items() if len(values) >= FEWEST and max(values.values()) > 1
        )

    def _opens(self, title: str) -> bool:
        if title in self._passed_over:
            return False
        plain = name(title)
        is_other = self._is_read(plain) or plain in _COORDINATES or _ID.fullmatch(plain)
        if is_other or not title or len(title) > _LONGEST or without_flaws(title) != title:
            self._passed_over.add(title)
            return False
        self._values[title] = Counter()
        return True
