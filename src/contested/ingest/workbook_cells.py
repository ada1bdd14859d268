"""Cells of a workbook that is written: what is text stays text, and what is too much for a cell is cut."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
"""What is text stays text: nothing in a cell runs, links or becomes a number."""
_LONGEST = 32_767
"""Letters that a cell of a workbook holds."""
_EXACT = 10**15
"""Numbers from here on lose digits in a workbook, and infinite ones cannot be written at all."""


def write_row(sheet: Any, line: int, cells: Sequence[Any]) -> None:  # noqa: ANN401 the library has no types
    """Write the cells of one row, numbers as numbers."""
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
                sheet.write_string(line, place, cell_text(json.dumps(cell, ensure_ascii=False, default=str)))
            case _:
                sheet.write_string(line, place, cell_text(cell))


def cell_text(cell: object) -> str:
    """Give what a cell of a workbook can hold: halves of letters written out, and what is too long cut."""
    text = str(cell).encode(errors="backslashreplace").decode()
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
