"""One row of a publisher's table: its cells as text under normalised column names, whatever wrote the file.

A cell that cannot be read refuses its row by raising `RefusedError`, which `explained` turns into a problem: a row is
accepted whole or rejected whole.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import wraps
from typing import Any, TypeVar

from contested.ingest.cells.column_format import learn, separators_of
from contested.ingest.cells.number import whole_number
from contested.ingest.cells.unreadable import Unreadable
from contested.ingest.options import Given
from contested.model.problem import ContestedError, Problem

Row = Mapping[str, Any]
Read = TypeVar("Read")
Made = Iterator[Row | Problem]

_WHOLE = re.compile(r"[0-9]{1,15}(\.0+)?")
_TAG = re.compile(r"#[a-z]\w*(?: ?\+ ?\w+)*")
MISSING = {"", "NULL", "NaN", "nan", "null", "NaT", "NA", "N/A", "n/a", "#N/A", "<NA>"}
"""What programs write for an empty cell."""


class RefusedError(ContestedError):
    """A cell that stops its row: what is wrong with it, and how to mend it."""

    def __init__(self, code: str, column: str, value: str, reason: str, fix: str) -> None:
        super().__init__(f"{column} {value!r}: {reason}")
        self.said = (column, value, reason, fix)
        self.code = code


class Line:
    """A row's number, its cells as words, and what a person gave with the file."""

    def __init__(self, number: int, row: Row, given: Given) -> None:
        self.number = number
        self.row = row
        self.given = given
        self.cells = dict(_plain("", row))

    def stem(self) -> str:
        """Give the file's name without what follows its first dot."""
        return self.given.file.split(".", maxsplit=1)[0]

    def words(self, *columns: str) -> str:
        """Give the words of the first of these columns that has any."""
        return next((cell for column in columns if (cell := self.cells.get(column, ""))), "")

    def needed(self, *columns: str) -> str:
        """Give the words of a cell that must not be empty."""
        return self.words(*columns) or self._missing(columns[0])

    def code(self, *columns: str) -> str:
        """Give the words of a code or an id, which a spreadsheet may have written as 12.0."""
        words = self.words(*columns)
        return words.split(".")[0] if _WHOLE.fullmatch(words) else words

    def whole(self, *columns: str) -> int | None:
        """Read a whole number with the marks that its column shows, also one written as 12.0; empty is unknown."""
        for column in columns:
            if cell := self.cells.get(column, ""):
                read = whole_number(cell, separators_of(self.given, column))
                if isinstance(read, Unreadable):
                    raise self.refused(read.code, column, read.reason, read.fix)
                return int(read)
        return None

    def read(self, column: str, reader: Callable[[str], Read], fix: str) -> Read:
        """Read a cell that must not be empty with a reader that says why it cannot."""
        words = self.needed(column)
        try:
            return reader(words)
        except ValueError as error:
            code, mend = getattr(error, "code", "E-TIME"), getattr(error, "fix", fix)
            raise self.refused(code, column, str(error), mend) from None

    def refused(self, code: str, column: str, reason: str, fix: str) -> RefusedError:
        """Say why a cell stops the row."""
        return RefusedError(code, column, self.cells.get(column, ""), reason, fix)

    def notice(self, code: str, column: str, reason: str, fix: str) -> Problem:
        """Say what a person should know of a cell that stops nothing."""
        return Problem(code, self.number, column, self.cells.get(column, ""), reason, fix, "warning")

    def _missing(self, column: str) -> str:
        raise self.refused("E-EMPTY", column, "empty", "give it")


def explained(make: Callable[[Line], Made]) -> Callable[[int, Row, Given], Made]:
    """Turn what a codebook makes of a line into what it owes the reader: claims, or why there are none.

    The row of tags that humanitarian data have under their headings (HXL) is passed over in every table.
    """

    @wraps(make)
    def to_claims(number: int, row: Row, given: Given) -> Made:
        line = Line(number, row, given)
        if tagged := _tagged(line):
            reason = "a row of HXL tags under the headings, not a record"
            yield line.notice("W-HXL", tagged, reason, "nothing: it is passed over")
            return
        try:
            yield from list(make(line))
        except RefusedError as refused:
            yield Problem(refused.code, number, *refused.said)

    return to_claims


def _tagged(line: Line) -> str | None:
    """Give the first column of a row that holds nothing but tags of the Humanitarian Exchange Language, several."""
    told = {column: cell for column, cell in line.cells.items() if cell}
    is_tags = len(told) > 1 and all(map(_TAG.fullmatch, told.values()))
    return next(iter(told)) if is_tags else None


def learnt(
    lines: Iterable[Line], dates: Sequence[str] = (), counts: Sequence[str] = (), beside: Sequence[str] = ()
) -> dict[str, Any]:
    """Learn what whole columns show: the order of day and month, the marks in numbers (`cells.column_format.learn`)."""
    return learn(((line.number, line.cells) for line in lines), dates, counts, beside)


def lines(rows: Iterable[tuple[int, Row]]) -> Iterator[Line]:
    """Give the rows of a table as lines, before anything is known of it."""
    return (Line(number, row, Given("")) for number, row in rows)


def name(column: str) -> str:
    """Give a column's plain name: `Call Number`, `CALL_NUMBER` and `call_number` are one."""
    return re.sub(r"[\s_-]+", "_", column.strip().casefold())


def _plain(prefix: str, row: Row) -> Iterator[tuple[str, str]]:
    """Give every cell as words; a cell with parts of its own, as JSON has them, becomes `start_date.year`."""
    for column, cell in row.items():
        key = prefix + name(str(column))
        if isinstance(cell, Mapping):
            yield from _plain(f"{key}.", cell)
        else:
            yield key, worded(cell)


def flat(row: Row) -> Row:
    """Give every cell of a row a column of its own, also those that JSON nests: `times.received`."""
    if not any(isinstance(cell, Mapping) for cell in row.values()):
        return row
    found: dict[str, Any] = {}
    for column, cell in row.items():
        inner = flat(cell) if isinstance(cell, Mapping) else {}
        found |= {f"{column}.{key}": value for key, value in inner.items()} or {column: cell}
    return found


def worded(cell: object) -> str:
    """Give a cell as words; what programs write for an empty cell is none."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    words = "" if cell is None else str(cell).strip()
    return "" if words in MISSING else words
