"""A JSON list of objects, or an object that holds one such list."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from contested.ingest.encoding import encoding
from contested.ingest.json_text import BrokenJsonError, flaw, parsed
from contested.ingest.options import Given
from contested.model.problem import Problem, UnreadableFileError

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_COUNTS = {"total", "count", "found", "matched", "available"}
_COUNTED = {
    *("number", "num", "nb", "of", "all", "odata", "results", "result", "records", "rows", "items", "elements"),
    *("hits", "entries", "events", "claims", "features"),
}
_PAGES = {
    ("total", "pages"),
    ("page", "count"),
    ("pages",),
    ("num", "pages"),
    ("last", "page"),
    ("number", "of", "pages"),
}
_LINKS = {"next", "previous", "prev", "page", "url", "link", "uri", "href", "odata", "token", "cursor"}
"""The words of which the names are made by which services number the pages of a reply."""
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
    if part := _part(len(records), others):
        yield 1, part
    if others:
        reason = "stands beside the list of records and is not read"
        yield (
            1,
            Problem("W-JSON-REST", None, None, ", ".join(others)[:200], reason, "nothing, or send it apart", "warning"),
        )
    for number, row in enumerate(records, start=2):
        yield number, _row(number, row, path.name)


def _records(found: object, name: str) -> tuple[list[Any], dict[str, Any]]:
    """Find the one list of objects, and what stands beside it."""
    if isinstance(found, list):
        return found, {}
    if isinstance(found, dict):
        lists = [key for key, value in found.items() if isinstance(value, list) and any(map(_is_object, value))]
        named = [key for key in _LISTS if key in lists] or lists
        if len(named) == 1:
            return found[named[0]], {key: value for key, value in found.items() if key != named[0]}
        if not lists and len(found) == 1:
            return _records(next(iter(found.values())), name)
    reason, fix = "no list of records, or more than one", f"send a list of objects, or name it {_LISTS[0]}"
    raise UnreadableFileError(name, Problem("E-JSON-SHAPE", None, None, None, reason, fix))


def _part(rows: int, others: Mapping[str, Any]) -> Problem | None:
    """Find what a reply says beside its records of being a part: a count above its rows, or that it has other pages."""
    beside = list(_beside(others))
    counts = {key: number for key, value in beside if _is_count(key) and (number := _number(value)) > rows}
    pages = max((_number(value) for key, value in beside if _words(key) in _PAGES), default=0)
    onward, back = ([key for key, value in beside if value and _leads(key, way)] for way in ("next", "prev"))
    if not (counts or onward or back or pages > 1):
        return None
    which = "page 1" if onward and not back else "the last page" if back and not onward else "one page"
    page = f"{which} of {pages:,}" if pages > 1 else which if onward or back else "a part"
    most = f" of {max(counts.values()):,}" if counts else ""
    reason, key = f"{page}: {rows:,}{most} records are in this file", [*counts, *onward, *back, None][0]
    fix = "fetch the rest and send all of it, or say wherever it is used that this is a part"
    return Problem("W-JSON-PART", None, key, None, reason, fix, "warning")


def _beside(others: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in others.items():
        yield from _beside(value) if isinstance(value, dict) else [(key, value)]


def _is_count(key: str) -> bool:
    """Say whether a name counts records: TotalCount, total_results, numFound, recordsTotal, @odata.count."""
    words = set(_words(key))
    return bool(words & _COUNTS) and words <= _COUNTS | _COUNTED


def _leads(key: str, way: str) -> bool:
    """Say whether a name leads to the page before or after this one: NextPageUrl, next, @odata.nextLink."""
    words = _words(key)
    return any(word.startswith(way) for word in words) and set(words) <= _LINKS


def _number(value: object) -> int:
    """Give a whole number, also one in words; nought for anything else."""
    return int(value) if isinstance(value, int) or (isinstance(value, str) and value.isdecimal()) else 0


def _words(key: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _WORD.findall(key))


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


def _row(number: int, row: object, name: str) -> dict[str, Any] | Problem:
    if not isinstance(row, dict):
        return Problem("E-JSON-ROW", number, None, str(row)[:80], "not a JSON object", "write one object per record")
    problem = flaw(number, row)
    if problem and problem.code == "E-JSON":
        raise UnreadableFileError(name, problem)
    return problem or row
