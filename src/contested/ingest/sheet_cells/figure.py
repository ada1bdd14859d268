"""The count of a sheet's row: its low, its best and its high, and the words beside them (`cells.number`)."""

from itertools import pairwise
from typing import NamedTuple

from contested.ingest.cells.column_format import separators_of
from contested.ingest.cells.number import Count, read_count
from contested.ingest.cells.unreadable import Unreadable
from contested.ingest.options import Given
from contested.ingest.sheet_cells.findings import Findings


class Figure(NamedTuple):
    """A count with its range; what was not said is unknown."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    words: str | None = None

    def __bool__(self) -> bool:
        return any(part is not None for part in self)


def figure(found: Findings, name: str, given: Given) -> Figure:
    """Read the three cells of a count, and the words beside them."""
    low, high = (_bound(found, f"{name}_{end}", given) for end in ("low", "high"))
    read = _best(found, f"{name}_best", given)
    if (read.low is not None and low is not None) or (read.high is not None and high is not None):
        found.refuse(
            "E-NUM-BOUND", f"{name}_best", "a bound, and the bound has a cell of its own", "keep one of the two"
        )
    made = Figure(low if low is not None else read.low, read.best, high if high is not None else read.high)
    _refuse_disorder(found, name, made)
    return made._replace(words=found[f"{name}_text"] or read.words)


def _refuse_disorder(found: Findings, name: str, made: Figure) -> None:
    known = [
        (f"{name}_{end}", value) for end, value in zip(Figure._fields, made, strict=True) if isinstance(value, int)
    ]
    for (below, low), (above, high) in pairwise(known):
        if low > high:
            found.refuse("E-NUM-ORDER", above, f"{below} {low} is above {above} {high}", "low <= best <= high")


def _bound(found: Findings, column: str, given: Given) -> int | None:
    read = _read(found, column, given)
    if read is None:
        return None
    if read.notation == "digits":
        return read.best
    found.refuse("E-NUM-BOUND", column, "words in a bound", f"write digits only ({read.rule})")
    return None


def _best(found: Findings, column: str, given: Given) -> Figure:
    read = _read(found, column, given)
    if read is None:
        return Figure()
    if read.advice and not given.vague:
        found.refuse(read.advice.code, column, read.advice.reason, read.advice.fix)
        return Figure()
    if read.notation != "digits":
        found.warn("W-NUM-VAGUE", column, f"read as {read.rule}", "confirm it, or fill low, best and high")
    return Figure(read.low, read.best, read.high, read.words)


def _read(found: Findings, column: str, given: Given) -> Count | None:
    """Read a cell that is filled; say so where it had separators."""
    if not found[column]:
        return None
    read = read_count(found[column], column.rpartition("_")[0], separators_of(given, column))
    if isinstance(read, Unreadable):
        found.refuse(read.code, column, read.reason, read.fix)
        return None
    if read.notation == "digits" and read.rule:
        found.warn("W-NUM-SEPARATOR", column, f"read as {read.rule}", f"nothing, or write {read.best}")
    return read
