"""Rejected rows of a file, as a workbook in which they can be corrected and sent again."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter

from contested.ingest.added_columns import FIX, NUMBER, REASON
from contested.ingest.formats import rows
from contested.ingest.options import Given
from contested.ingest.workbook_cells import PLAIN, cell_text, write_row
from contested.model.problem import Problem


def workbook(path: Path, given: Given, problems: Iterable[Problem]) -> bytes:
    """Write the rows in which something must be mended, as they were, with why and how beside them."""
    wrong: dict[int, list[Problem]] = {}
    for problem in problems:
        if problem.row and problem.severity == "error":
            wrong.setdefault(problem.row, []).append(problem)
    kept = {number: row for number, row in rows(path, given) if number in wrong and not isinstance(row, Problem)}
    columns = list(dict.fromkeys(column for row in kept.values() for column in row))
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, PLAIN) as book:
        sheet = book.add_worksheet("rejects")
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        for place, column in enumerate([*columns, NUMBER, REASON, FIX]):
            sheet.write_string(0, place, cell_text(column), bold)
        for line, (number, found) in enumerate(sorted(wrong.items()), start=1):
            write_row(sheet, line, [kept.get(number, {}).get(column) for column in columns])
            sheet.write_number(line, len(columns), number)
            sheet.write_string(line, len(columns) + 1, _told(found, "reason"), wrapped)
            sheet.write_string(line, len(columns) + 2, _told(found, "fix"), wrapped)
        sheet.freeze_panes(1, 0)
        sheet.set_column(len(columns) + 1, len(columns) + 2, 60)
    return file.getvalue()


def _told(problems: Sequence[Problem], what: str) -> str:
    return cell_text("\n".join(f"{problem.column or 'row'}: {getattr(problem, what)}" for problem in problems))
