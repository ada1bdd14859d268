"""One JSON object per line, as feeds write them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from contested.ingest.encoding import encoding, line_ends
from contested.ingest.json_text import BrokenJsonError, flaw, parsed
from contested.ingest.options import Given
from contested.model.problem import Problem, UnreadableFileError

_FOREIGN = ("\udc80", "\udcff")


def rows(path: Path, given: Given) -> Iterator[tuple[int, dict[str, Any] | Problem]]:
    """Read one row per line; a blank line is counted and passed over."""
    letters = encoding(path, given.encoding)
    yield from letters.converted()
    with path.open(encoding=letters.codec, errors="surrogateescape") as file:
        for number, line in enumerate(file, start=1):
            if letters.broken:
                _refuse_foreign(path.name, number, line)
            if line.strip():
                yield number, _row(number, line)


def max_row_number(path: Path) -> int:
    """Count the lines: a row takes one or more."""
    return line_ends(path) + 1


def _refuse_foreign(name: str, number: int, line: str) -> None:
    if any(_FOREIGN[0] <= letter <= _FOREIGN[1] for letter in line):
        said = line.encode(errors="surrogateescape").decode(errors="backslashreplace").strip()[:200]
        problem = Problem("E-ENC", number, None, said, "not UTF-8", "save it as UTF-8")
        raise UnreadableFileError(name, problem)


def _row(number: int, line: str) -> dict[str, Any] | Problem:
    try:
        row = parsed(line)
    except BrokenJsonError as error:
        return Problem(error.code, number, None, line[:80].strip(), f"not JSON: {error.reason}", "correct the line")
    if not isinstance(row, dict):
        return Problem("E-JSON-ROW", number, None, line[:80].strip(), "not a JSON object", "write one object per line")
    return flaw(number, row) or row
