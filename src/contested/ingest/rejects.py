"""Rejected rows of a file, as a workbook in which they can be corrected and sent again."""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from contested.ingest.added_columns import FIX, NUMBER, REASON
from contested.ingest.formats import rows
from contested.ingest.options import Given
from contested.model.problem import Problem

_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
"""What is text stays text: nothing in a cell runs, links or becomes a number."""
_LONGEST = 32_767
"""Letters that a cell of a workbook holds."""
_EXACT = 10**15
"""Numbers from here on lose digits in a workbook, and infinite ones cannot be written at all."""


def workbook(path: Path, given: Given, problems: Iterable[Problem]) -> bytes:
    """Write the rows in which something must be mended, as they were, with why and how beside them."""
    wrong: dict[int, list[Problem]] = {}
    for problem in problems:
        if problem.row and problem.severity == "error":
            wrong.setdefault(problem.row, []).append(problem)
    kept = {number: row for number, row in rows(path, given) if number in wrong and not isinstance(row, Problem)}
    columns = list(dict.fromkeys(column for row in kept.values() for column in row))
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _PLAIN) as book:
        sheet = book.add_worksheet("rejects")
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        for place, column in enumerate([*columns, NUMBER, REASON, FIX]):
            sheet.write_string(0, place, _text(column), bold)
        for line, (number, found) in enumerate(sorted(wrong.items()), start=1):
            _write(sheet, line, [kept.get(number, {}).get(column) for column in columns])
            sheet.write_number(line, len(columns), number)
            sheet.write_string(line, len(columns) + 1, _told(found, "reason"), wrapped)
            sheet.write_string(line, len(columns) + 2, _told(found, "fix"), wrapped)
        sheet.freeze_panes(1, 0)
        sheet.set_column(len(columns) + 1, len(columns) + 2, 60)
    return file.getvalue()


def _told(problems: Sequence[Problem], what: str) -> str:
    return _text("\n".join(f"{problem.column or 'row'}: {getattr(problem, what)}" for problem in problems))


def _write(sheet: Any, line: int, cells: Sequence[Any]) -> None:  # noqa: ANN401 the library has no types
    for place, cell in enumerate(cells):
        match cell:
            case None | "":
                continue
            case bool():
                sheet.write_boolean(line, place, cell)
            case int() | float() if abs(cell) < _EXACT:
                sheet.write_number(line, place, cell)
            case datetime() | date():
                sheet.write_string(line, place, cell.isoformat(sep=" ") if isinstance(cell, datetime) else str(cell))
            case list() | tuple() | Mapping():
                sheet.write_string(line, place, _text(json.dumps(cell, ensure_ascii=False, default=str)))
            case _:
                sheet.write_string(line, place, _text(cell))


def _text(cell: object) -> str:
    """Give what a cell of a workbook can hold: halves of letters written out, and what is too long cut."""
    text = str(cell).encode(errors="backslashreplace").decode()
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
