"""One JSON object per line, as feeds write them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from contested.problem import Problem, UnreadableFileError


def rows(path: Path) -> Iterator[tuple[int, dict[str, Any] | Problem]]:
    """Read one row per line; a blank line is counted and passed over."""
    with path.open(encoding="utf-8-sig") as file:
        try:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, _row(number, line)
        except UnicodeDecodeError as error:
            message = f"{path.name} is not UTF-8 (byte {error.start})"
            raise UnreadableFileError(message) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) < len(pairs):
        message = "a name is given twice"
        raise ValueError(message)
    return row


def _row(number: int, line: str) -> dict[str, Any] | Problem:
    try:
        row = json.loads(line, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        return Problem("json", number, "", line[:80].strip(), f"not JSON: {error}", "correct the line")
    if not isinstance(row, dict):
        return Problem("json", number, "", line[:80].strip(), "not a JSON object", "write one object per line")
    return row
