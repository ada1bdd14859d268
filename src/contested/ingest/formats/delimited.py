"""Text whose cells are divided by commas, semicolons, tabs or bars, as spreadsheets write it."""

import csv
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from contested.ingest.encoding import Encoding, encoding, line_ends
from contested.ingest.headings import under_headings
from contested.ingest.options import Given
from contested.model.problem import Problem, UnreadableFileError

DELIMITERS = ",;\t|"
LONGEST = 10_000_000
"""A cell longer than this is not even read as far as its end."""

_SHOWN = 200
_FIRST = 12
"""So many lines may be passed before two are found that divide cells: a title stands above many tables."""
_GLANCE = 100_000
_TOO_LONG = "larger than field limit"
"""What the csv module says of a cell without an end."""
_QUOTED = re.compile(r'"[^"]*("|$)')
_NAMED = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_FOREIGN = re.compile("[\udc80-\udcff]")

csv.field_size_limit(LONGEST)


def rows(path: Path, given: Given) -> Iterator[tuple[int, dict[str, Any] | Problem]]:
    """Read one row per record under the header; a blank line is counted and passed over."""
    letters = encoding(path, given.encoding)
    yield from letters.converted()
    yield from under_headings(_cells(path, letters), path.name)


def max_row_number(path: Path) -> int:
    """Count the lines: a row takes one or more."""
    return line_ends(path) + 1


def _open(path: Path, letters: Encoding) -> TextIO:
    return path.open(encoding=letters.codec, errors="surrogateescape", newline="")


def _cells(path: Path, letters: Encoding) -> Iterator[tuple[int, list[str]]]:
    with _open(path, letters) as file:
        delimiter, skipped = divider(path, file)
        file.seek(0)
        records = csv.reader(islice(_lines(file), skipped, None), delimiter=delimiter, strict=True)
        number, line, headings = 0, skipped, list[str]()
        try:
            for number, cells in enumerate(records, start=1):
                headings = headings or cells
                if letters.broken:
                    _refuse_foreign(path.name, number, headings, cells)
                yield number, cells
                line = skipped + records.line_num
        except csv.Error as error:
            with _open(path, letters) as again:
                begun = _begun(again, line, delimiter, str(error))
            raise UnreadableFileError(path.name, _broken(number + 1, headings, begun, str(error))) from None


def _lines(file: TextIO) -> Iterator[str]:
    """Read lines, but none that has no end."""
    while line := file.readline(LONGEST):
        if len(line) == LONGEST:
            raise csv.Error(_TOO_LONG)
        yield line


def _begun(file: TextIO, line: int, delimiter: str, error: str) -> list[str]:
    """Read a broken record as far as it goes."""
    lines = _lines(file)
    for _ in islice(lines, line):
        pass
    broken = iter([file.readline(_SHOWN)]) if _TOO_LONG in error else lines
    return next(csv.reader(broken, delimiter=delimiter), [])


def divider(path: Path, file: TextIO) -> tuple[str, int]:
    """Find what divides the cells, and how many lines say so instead of holding any."""
    lines = [file.readline(_GLANCE) for _ in range(_FIRST)]
    if named := _NAMED.fullmatch(lines[0]):
        return named[1], 1
    parted = [one for one in (_QUOTED.sub("", line) for line in lines) if any(mark in one for mark in DELIMITERS)]
    plain = "".join(parted[:2])
    if path.suffix.lower() == ".tsv" and "\t" in plain:
        return "\t", 0
    return max(DELIMITERS, key=plain.count), 0


def _refuse_foreign(name: str, number: int, headings: list[str], cells: list[str]) -> None:
    """Refuse the first cell with a byte that is no letter."""
    for index, cell in enumerate(cells):
        if foreign := _FOREIGN.search(cell):
            column = headings[index] if index < len(headings) and number > 1 else None
            value = cell.encode(errors="surrogateescape").decode(errors="backslashreplace")[:_SHOWN]
            reason = f"byte 0x{ord(foreign[0]) - 0xDC00:02X} is not UTF-8"
            fix = "save as 'CSV UTF-8', or choose the encoding"
            raise UnreadableFileError(name, Problem("E-ENC", number, column, value, reason, fix))


def _broken(number: int, headings: list[str], begun: list[str], error: str) -> Problem:
    column = headings[len(begun) - 1] if 0 < len(begun) <= len(headings) else None
    value = re.split(f"[{DELIMITERS}\r\n]", begun[-1], maxsplit=1)[0][:_SHOWN] if begun else ""
    if _TOO_LONG in error:
        reason = f"a cell longer than {LONGEST:,} characters, or a quotation mark that is never closed"
        return Problem("E-LONG", number, column, value[:20], reason, "shorten it, and attach the document as a source")
    closed = "end of data" not in error
    reason = "a quotation mark opens here and is never closed"
    if closed:
        reason = "words stand behind a closing quotation mark"
    return Problem(
        "E-CSV-QUOTE", number, column, value, reason, "close it, or double any quotation mark inside the text"
    )
