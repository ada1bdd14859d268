"""Workbooks of spreadsheet programs (.xlsx): one sheet of records, whose cells know numbers from dates."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from contested.ingest.decompression import refuse_if_it_expands
from contested.ingest.headings import under_headings
from contested.ingest.options import Given
from contested.model.problem import Problem, UnreadableFileError

_MOST_MEMBERS = 1000
_UNWORKED = re.compile(rb"(?:</f>|<f\b[^<>]{0,200}/>)\s{0,9}(?:<v\s?/>|<v></v>)?\s{0,9}</c>")


def rows(path: Path, given: Given) -> Iterator[tuple[int, dict[str, Any] | Problem]]:
    """Read the rows of the sheet that holds records."""
    _refuse_bomb(path)
    try:
        with CalamineWorkbook.from_path(path) as book:
            sheet = _chosen(book, given, path.name)
            yield from _merged(sheet)
            yield from _without_value(path)
            yield from under_headings(_cells(sheet), path.name)
    except (CalamineError, zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError) as error:
        raise _broken(path, str(error)) from None


def _broken(path: Path, why: str) -> UnreadableFileError:
    reason = f"the workbook is cut off or broken: {why[:200]}"
    return UnreadableFileError(path.name, Problem("E-XLSX-BROKEN", None, None, None, reason, "upload it again"))


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as members:
            sizes = [member.file_size for member in members.infolist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _broken(path, str(error)) from None
    refuse_if_it_expands(path.name, sum(sizes), path.stat().st_size)
    if len(sizes) > _MOST_MEMBERS:
        reason = f"{len(sizes):,} parts; a workbook has a few"
        raise UnreadableFileError(
            path.name, Problem("E-FILE-EXPANDS", None, None, None, reason, "save the sheet on its own, or send CSV")
        )


def _chosen(book: CalamineWorkbook, given: Given, file: str) -> CalamineSheet:
    if given.sheet is not None and given.sheet not in book.sheet_names:
        fix = f"choose one of {', '.join(book.sheet_names)}"
        raise UnreadableFileError(file, Problem("E-XLSX-SHEET", None, None, given.sheet, "no such sheet", fix))
    sheets = [book.get_sheet_by_name(name) for name in ([given.sheet] if given.sheet else book.sheet_names)]
    filled = [sheet for sheet in sheets if sheet.total_height] or sheets[:1]
    if len(filled) != 1:
        names = ", ".join(sheet.name for sheet in filled)
        reason = f"{len(filled)} sheets hold something"
        raise UnreadableFileError(file, Problem("E-XLSX-SHEET", None, None, names, reason, "choose one"))
    return filled[0]


def _merged(sheet: CalamineSheet) -> Iterator[tuple[int, Problem]]:
    if ranges := sheet.merged_cell_ranges:
        reason = "merged cells: words and dates are read for each row that they cover, a number for the first only"
        yield 0, Problem("W-XLSX-MERGED", None, None, f"{len(ranges)} merged", reason, "see that it is so", "warning")


def _without_value(path: Path) -> Iterator[tuple[int, Problem]]:
    """Name formulas that were never worked out: programs that write them leave the value to a spreadsheet."""
    with zipfile.ZipFile(path) as members:
        parts = [name for name in members.namelist() if name.startswith("xl/worksheets/")]
        found = sum(len(_UNWORKED.findall(members.read(name))) for name in parts)
    if found:
        reason = "formulas without a value: these cells are read as empty"
        fix = "open it in a spreadsheet program, save it, and send that"
        yield 0, Problem("W-XLSX-FORMULA", None, None, f"{found} formulas", reason, fix, "warning")


def _cells(sheet: CalamineSheet) -> Iterator[tuple[int, list[Any]]]:
    rows = sheet.to_python(skip_empty_area=False)
    clocked = {index for row in rows for index, cell in enumerate(row) if isinstance(cell, datetime)}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in rows[top + 1 : bottom + 1]:
            if left == right and left < len(row) and isinstance(rows[top][left], str | date | time):
                row[left] = rows[top][left]
    for number, row in enumerate(rows, start=1):
        yield number, [_value(cell, is_clocked=index in clocked) for index, cell in enumerate(row)]


def _value(cell: object, *, is_clocked: bool) -> object:
    """Give whole numbers as such, dates and clocks as words; a date is a midnight where its column has clocks."""
    match cell:
        case float() if cell.is_integer():
            return int(cell)
        case datetime():
            return cell
        case date() if is_clocked:
            return datetime.combine(cell, time())
        case date() | time():
            return cell.isoformat()
        case _:
            return cell
