"""Comma-separated values in UTF-8, as spreadsheets write them."""

import csv
from collections.abc import Iterator
from pathlib import Path

from contested.problem import Problem, UnreadableFileError


def rows(path: Path) -> Iterator[tuple[int, dict[str, str] | Problem]]:
    """Read one row per record under the header; a blank line is counted and passed over."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            records = csv.reader(file, strict=True)
            header = next(records, [])
            _refuse_unusable(header, path.name)
            for number, cells in enumerate(records, start=2):
                if any(cells):
                    yield number, _row(number, header, cells)
        except UnicodeDecodeError as error:
            message = f"{path.name} is not UTF-8 (byte {error.start}); save it as CSV UTF-8"
            raise UnreadableFileError(message) from None
        except csv.Error as error:
            message = f"{path.name} breaks off: {error}; look for an unclosed quote"
            raise UnreadableFileError(message) from None


def _refuse_unusable(header: list[str], name: str) -> None:
    if not any(header):
        message = f"{name} is empty; the first row must name the columns"
        raise UnreadableFileError(message)
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        message = f"{name} names a column twice: {', '.join(twice)}; rename one"
        raise UnreadableFileError(message)


def _row(number: int, header: list[str], cells: list[str]) -> dict[str, str] | Problem:
    if len(cells) != len(header):
        reason = f"{len(cells)} cells under {len(header)} columns"
        return Problem("cells", number, "", ",".join(cells)[:80], reason, "quote a cell that holds a comma")
    return dict(zip(header, cells, strict=True))
