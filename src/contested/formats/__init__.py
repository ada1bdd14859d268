"""Formats: how bytes become numbered rows, whatever the rows mean.

To read a new file format, add one module with `rows` and name its suffix here.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from contested.formats import delimited, json_lines
from contested.problem import Problem, UnreadableFileError

Row = tuple[int, dict[str, Any] | Problem]
"""A row's number as a spreadsheet counts it, and its cells; or why it is no row."""

FORMATS: dict[str, Callable[[Path], Iterator[Row]]] = {".csv": delimited.rows, ".jsonl": json_lines.rows}


def rows(path: Path) -> Iterator[Row]:
    """Read the rows of a file by its suffix."""
    read = FORMATS.get(path.suffix.lower())
    if read is None:
        message = f"{path.name} is not one of {', '.join(FORMATS)}"
        raise UnreadableFileError(message)
    if not path.is_file():
        message = f"there is no file {path}"
        raise UnreadableFileError(message)
    return read(path)
