"""Validation errors as problems that a person can correct: of a row against its model, or of a file as a whole."""

from collections.abc import Iterable, Mapping
from errno import ENOMEM
from typing import Any

from pydantic_core import ErrorDetails

from contested.ingest.characters import shown
from contested.ingest.codebooks import CODEBOOKS
from contested.model.field_types import LABEL_LETTERS
from contested.model.problem import ContestedError, Problem, UnknownColumnsError, UnreadableFileError

UNKNOWN = "E-HEAD-UNKNOWN"
"""The code of a table whose columns nobody knows."""

_FIXES = {
    "missing": ("the column is required", "give it"),
    "string_too_short": ("empty", "give it"),
    "string_too_long": ("too long", f"shorten it to {LABEL_LETTERS} letters"),
    "string_pattern_mismatch": ("empty", "give it"),
    "string_type": ("not text", "write it as text"),
    "float_parsing": ("not a number", "write it like 42.93"),
    "less_than": ("too large", "correct it"),
    "less_than_equal": ("too large", "correct it"),
    "greater_than_equal": ("too small", "correct it, or leave it empty if unknown"),
    "timezone_aware": ("no time zone", "write it as text with its offset, like 2020-02-07T17:00+06:00"),
}


def problem_of(number: int, error: ErrorDetails, row: Mapping[str, Any]) -> Problem:
    """Say which column cannot stay, why, and how to mend it."""
    context = error.get("ctx", {})
    column = str(context.get("column") or error["loc"][0])
    reason, fix = _FIXES.get(error["type"], (error["msg"], "correct it"))
    if error["type"] == "enum":
        reason, fix = "not in the list", f"choose one of {context['expected']}"
    if "fix" in context:
        reason, fix = str(context["reason"]), str(context["fix"])
    return Problem(error["type"], number, column, shown(str(row.get(column, ""))), reason, fix)


def why(refused: Exception) -> Iterable[Problem]:
    """Say what stops a file as a whole."""
    match refused:
        case UnreadableFileError():
            return refused.problems
        case UnknownColumnsError():
            fix = f"rename the columns, or choose one of {', '.join(book.name for book in CODEBOOKS)}"
            return [Problem(UNKNOWN, 1, None, None, str(refused), fix)]
        case ContestedError():
            return [Problem("E-FILE-BESIDE", None, None, None, str(refused), "mend it, or take it away")]
        case OSError() if refused.errno != ENOMEM:
            reason = f"the system refuses: {refused.strerror or type(refused).__name__}"
            fix = "see that the file may be read, and that the disk has room"
            return [Problem("E-FILE-SYSTEM", None, None, None, reason, fix)]
    return [too_much("memory")]


def too_much(what: str) -> Problem:
    """Refuse a file that takes too much time or memory."""
    reason, fix = f"takes more {what} than a file may", "split it, or send CSV"
    return Problem(f"E-FILE-{what.upper()}", None, None, None, reason, fix)


def fault_of_ours(fault: str) -> Problem:
    """Say that the program itself is at fault, and not the file."""
    reason = f"the program has a fault that this file shows: {fault}"
    fix = "report it, and send the table in another format"
    return Problem("E-FILE-FAULT", None, None, None, reason, fix)
