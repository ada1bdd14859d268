"""A JSON list of objects, or an object that holds one such list."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from contested.encoding import encoding
from contested.given import Given
from contested.json_text import BrokenJsonError, flaw, parsed
from contested.problem import Problem, UnreadableFileError

_LISTS = ("claims", "events")
"""The list that is meant where an object holds several."""


def rows(path: Path, given: Given) -> Iterator[tuple[int, dict[str, Any] | Problem]]:
    """Read one row per object; the first is row 2, as in a table with headings."""
    letters = encoding(path, given.encoding)
    if letters.broken:
        raise UnreadableFileError(path.name, Problem("E-ENC", None, None, None, "not UTF-8", "save it as UTF-8"))
    yield from letters.converted()
    try:
        found = parsed(path.read_text(encoding=letters.codec))
    except BrokenJsonError as error:
        raise UnreadableFileError(path.name, Problem(error.code, None, None, None, error.reason, error.fix)) from None
    records, others = _records(found, path.name)
    if others:
        reason = "stands beside the list of records and is not read"
        yield (
            1,
            Problem("W-JSON-REST", None, None, ", ".join(others)[:200], reason, "nothing, or send it apart", "warning"),
        )
    for number, row in enumerate(records, start=2):
        yield number, _row(number, row, path.name)


def _records(found: object, name: str) -> tuple[list[Any], list[str]]:
    """Find the one list of objects, and name what stands beside it."""
    if isinstance(found, list):
        return found, []
    if isinstance(found, dict):
        lists = [key for key, value in found.items() if isinstance(value, list) and any(map(_is_object, value))]
        named = [key for key in _LISTS if key in lists] or lists
        if len(named) == 1:
            return found[named[0]], [key for key in found if key != named[0]]
        if not lists and len(found) == 1:
            return _records(next(iter(found.values())), name)
    reason, fix = "no list of records, or more than one", f"send a list of objects, or name it {_LISTS[0]}"
    raise UnreadableFileError(name, Problem("E-JSON-SHAPE", None, None, None, reason, fix))


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


def _row(number: int, row: object, name: str) -> dict[str, Any] | Problem:
    if not isinstance(row, dict):
        return Problem("E-JSON-ROW", number, None, str(row)[:80], "not a JSON object", "write one object per record")
    problem = flaw(number, row)
    if problem and problem.code == "E-JSON":
        raise UnreadableFileError(name, problem)
    return problem or row
