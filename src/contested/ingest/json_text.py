"""Parse JSON strictly: what other parsers let pass in silence is kept here as what it is.

Python takes NaN for a number and the last of two values of one name; both become marks in the values that are read, so
that the row and the column can be named.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from contested.ingest.headings import MOST_COLUMNS
from contested.model.problem import Problem

DEEPEST = 50
MOST = 2_000_000
_TOO_DEEP = (f"nested deeper than {DEEPEST} levels", "send a flat list of records")


class NotJson(str):
    """A word such as NaN that is no JSON value."""

    __slots__ = ()


class Repeated(dict[str, Any]):
    """An object that gives a name twice, with all the values it gives."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.name = Counter(name for name, _ in pairs).most_common(1)[0][0]
        self.values_given = [value for name, value in pairs if name == self.name]


class BrokenJsonError(ValueError):
    """The text is no JSON: the code of the problem, the reason and the fix."""

    def __init__(self, code: str, reason: str, fix: str) -> None:
        super().__init__(reason)
        self.code, self.reason, self.fix = code, reason, fix


def parsed(text: str) -> Any:  # noqa: ANN401 whatever JSON holds
    """Read a JSON text."""
    if text.count("[") + text.count("{") > MOST:
        raise BrokenJsonError("E-FILE-EXPANDS", f"more than {MOST:,} lists and objects", "split it, or send CSV")
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=NotJson)
    except json.JSONDecodeError as error:
        raise BrokenJsonError("E-JSON", *_why(text, error)) from None
    except RecursionError:
        raise BrokenJsonError("E-JSON-DEEP", *_TOO_DEEP) from None
    except BrokenJsonError:
        raise
    except ValueError as error:
        raise BrokenJsonError("E-JSON", str(error), "write a number that can be counted") from None
    if _is_deep(found):
        raise BrokenJsonError("E-JSON-DEEP", *_TOO_DEEP)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MOST_COLUMNS:
        reason = f"{len(pairs):,} columns; the limit is {MOST_COLUMNS:,}"
        raise BrokenJsonError("E-HEAD-WIDE", reason, "send the columns that are needed")
    found = dict(pairs)
    return found if len(found) == len(pairs) else Repeated(pairs)


def _why(text: str, error: json.JSONDecodeError) -> tuple[str, str]:
    before = text[: error.pos].rstrip()
    if before.endswith(",") and text[error.pos :].lstrip()[:1] in {"]", "}"}:
        return f"line {error.lineno}: a comma with nothing after it", "remove the last comma"
    if error.msg == "Extra data":
        return f"line {error.lineno}: a second value after the first", "put the records in one list, or name it .jsonl"
    return f"line {error.lineno}, character {error.colno}: {error.msg}", "correct it, or export it again"


def _is_deep(value: object) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for one in level for inner in _within(one)]
        if not level:
            return False
    return True


def _within(value: object) -> Iterator[object]:
    """Give the lists and objects that a value holds."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return (one for one in inside if isinstance(one, dict | list))


def flaw(number: int, row: Mapping[str, Any]) -> Problem | None:
    """Find what a record says that is no JSON, and what it says twice."""
    twice = row if isinstance(row, Repeated) else next((one for one in _nested(row) if isinstance(one, Repeated)), None)
    if twice is not None:
        said = ", ".join(map(str, twice.values_given))[:200]
        reason = "given twice" if len(set(map(str, twice.values_given))) == 1 else "given twice with different values"
        return Problem("E-JSON-DUPKEY", number, twice.name, said, reason, "keep one")
    for column, value in row.items():
        for one in (value, *_nested({column: value})):
            for inner in [one, *one] if isinstance(one, list) else [one]:
                if isinstance(inner, NotJson):
                    return Problem("E-JSON", number, column, inner, f"{inner} is not JSON", "use null for unknown")
    return None


def _nested(value: object) -> Iterator[Any]:
    for one in _within(value):
        yield one
        yield from _nested(one)
