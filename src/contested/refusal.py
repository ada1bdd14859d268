"""Refusals: what a model has against a row, said as a problem that a person can mend."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

from contested.letters import shown
from contested.problem import Problem

_FIXES = {
    "missing": ("the column is required", "give it"),
    "string_too_short": ("empty", "give it"),
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
