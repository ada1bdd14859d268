"""Column headings: the first row that is not blank names the columns of every row under it, or the first two do.

Titles above them, one cell a row, are passed over, and it is said.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, islice
from typing import Any

from contested.model.problem import Problem, UnreadableFileError
from contested.model.wording import counted

Cells = Sequence[Any]
MOST_COLUMNS = 1000
TITLE = "W-HEAD-TITLE"
_DATUM = re.compile(r"[+-]?\d+([.,]\d+)?|\d{4}-\d\d-\d\d([T ][\d:.]+)?")
"""A number or a date; a wide table may name each year once, but none twice."""
_TITLE_ABOVE = 3
"""A row with one cell above a row with this many is a title."""
_MOST_TITLES = 12
"""So many titles and notes may stand above the headings."""


def under_headings(cells: Iterator[tuple[int, Cells]], name: str) -> Iterator[tuple[int, dict[str, Any] | Problem]]:
    """Give each row that is not blank, its cells by the names of their columns."""
    titles, filled = _titles((number, row) for number, row in cells if not is_blank(row))
    for number, title in titles:
        reason, words = "a title above the headings: passed over", str(_only(title)[0]).strip()
        yield number, Problem(TITLE, number, None, words, reason, "nothing", "warning")
    row, headings = next(filled, (1, ()))
    names = [str(cell).strip() for cell in _trimmed(headings)]
    if not names:
        raise UnreadableFileError(
            name, Problem("E-FILE-EMPTY", None, None, None, "the file is empty", "export it again")
        )
    first = next(filled, None)
    if first and (below := _of_two_rows([str(cell).strip() for cell in headings], first[1])):
        reason = f"rows {row} and {first[0]} are both headings: the columns are called as the lower one says"
        yield row, Problem("W-HEAD-TWO", row, None, ", ".join(filter(None, names)), reason, "nothing", "warning")
        row, names = first[0], below
        first = next(filled, None)
    _refuse_unusable(row, names, first, name)
    for number, one in chain([first] if first else [], filled):
        yield number, named(number, names, one)


def _titles(filled: Iterator[tuple[int, Cells]]) -> tuple[list[tuple[int, Cells]], Iterator[tuple[int, Cells]]]:
    """Part the titles and notes that stand above the headings, one cell a row, from the rows that follow them."""
    begun: list[tuple[int, Cells]] = []
    for number, row in islice(filled, _MOST_TITLES):
        begun.append((number, row))
        if len(_only(row)) > 1:
            break
    *titles, last = begun or [(1, ())]
    if titles and _names_columns(last[1]):
        return titles, chain([last], filled)
    return [], chain(begun, filled)


def _only(row: Cells) -> list[Any]:
    return [cell for cell in row if not _blank(cell)]


def _names_columns(row: Cells) -> bool:
    """Say whether the cells of a row name columns: three or more, each with letters, no gap, none twice."""
    names = [str(cell).strip() for cell in _trimmed(row)]
    return (
        len(names) >= _TITLE_ABOVE
        and len(set(names)) == len(names)
        and all(any(map(str.isalpha, one)) and not _DATUM.fullmatch(one) for one in names)
    )


def _blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _trimmed(row: Cells) -> Cells:
    """Leave out the blank cells at the end of a row."""
    last = max((index for index, cell in enumerate(row) if not _blank(cell)), default=-1)
    return row[: last + 1]


def _of_two_rows(above: Sequence[str], below: Cells) -> list[str]:
    """Name the columns under two rows of headings: by the lower one, and by the group above where a name comes back."""
    names = ["" if _blank(cell) else str(cell).strip() for cell in _trimmed(below)]
    groups = [*above, *[""] * (len(names) - len(above))]
    is_whole = len(names) >= _TITLE_ABOVE and all(names) and not any(map(_DATUM.fullmatch, names))
    is_text = all(isinstance(cell, str) and any(map(str.isalpha, cell)) for cell in _trimmed(below))
    told = [one for one in groups if one]
    if not (is_whole and is_text and 1 < len(told) < len(names) and len(set(told)) == len(told)):
        return []
    spread = accumulate(groups, _group_so_far)
    return [
        f"{group}: {name}" if group and names.count(name) > 1 else name
        for group, name in zip(spread, names, strict=True)
    ]


def _group_so_far(before: str, one: str) -> str:
    return one or before


def _refuse_unusable(row: int, names: list[str], first: tuple[int, Cells] | None, file: str) -> None:
    if len(names) > MOST_COLUMNS:
        reason = f"{len(names):,} columns; the limit is {MOST_COLUMNS:,}"
        problem = Problem("E-HEAD-WIDE", row, None, f"{len(names)} columns", reason, "send the columns that are needed")
        raise UnreadableFileError(file, problem)
    only = [one for one in names if one]
    if first and len(only) == 1 and len(_trimmed(first[1])) >= _TITLE_ABOVE and not any(map(_blank, first[1])):
        raise UnreadableFileError(file, _no_headings(row, only[0], first[0]))
    doubled = [one for one, count in Counter(names).items() if count > 1]
    if datum := next(filter(_DATUM.fullmatch, doubled), None):
        reason = f"row {row} holds data, not headings: {datum} stands in it more than once"
        fix = "put a row with the names of the columns above it, as the publisher's codebook lists them"
        raise UnreadableFileError(file, Problem("E-HEAD-NONE", row, None, datum, reason, fix))
    if doubled:
        raise UnreadableFileError(file, *(_twice(row, names, one) for one in doubled))


def no_headings(titles: Sequence[Problem]) -> list[Problem]:
    """Say of titles that were passed over that they have no place in this file."""
    below = (titles[-1].row or 0) + 1
    return [_no_headings(one.row or 1, str(one.value), below) for one in titles]


def _no_headings(row: int, words: str, below: int) -> Problem:
    reason = f"row {row} is not the headings; row {below} looks like them"
    return Problem("E-HEAD-ROW", row, None, words, reason, f"delete row {row}")


def _twice(row: int, names: list[str], name: str) -> Problem:
    places = " and ".join(str(index) for index, one in enumerate(names, start=1) if one == name)
    reason = f"the heading stands more than once (columns {places})"
    return Problem("E-HEAD-DUP", row, name, name, reason, "rename one")


def is_blank(row: Cells) -> bool:
    """Say whether a row has no cell, or blank ones only."""
    return all(map(_blank, row))


def named(number: int, names: list[str], cells: Cells) -> dict[str, Any] | Problem:
    """Give the cells of a row by the names of their columns, or say that it has too many or too few."""
    spare = len(cells) - len(names)
    if spare < 0 or not all(map(_blank, cells[len(names) :])):
        reason = f"{counted(len(cells), 'cell')} under {counted(len(names), 'heading')}"
        fix = "complete the row" if spare < 0 else "quote a cell that holds a comma"
        return Problem("E-CSV-WIDTH", number, None, counted(len(cells), "cell"), reason, fix)
    return dict(zip(names, cells, strict=False))
