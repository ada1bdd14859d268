"""The reader: from a file to records, keeping what is wrong as problems.

Every row comes out as the records that it makes, or as the problems that stop it; never as both, never as nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from contested.claim import Claim, NewsroomClaim
from contested.codebooks import recognise
from contested.formats import rows
from contested.given import Given
from contested.problem import Problem

Record = TypeVar("Record", bound=BaseModel)
Cells = Mapping[str, Any]
Translate = Callable[[int, Cells, Given], Iterable[Cells | Problem]]

_FIXES = {
    "missing": ("the column is required", "give it"),
    "string_too_short": ("empty", "give it"),
    "string_type": ("not text", "write it as text"),
    "float_parsing": ("not a number", "write it like 42.93"),
    "less_than": ("too large", "correct it"),
    "less_than_equal": ("too large", "correct it"),
    "greater_than_equal": ("too small", "correct it, or leave it empty if unknown"),
}


def read(path: Path) -> Iterator[Claim | Problem]:
    """Read every row as a claim, or as the problems that stop it; what is embargoed or sensitive stays out."""
    return (found for _, found in numbered(path))


def numbered(path: Path, zone: str | None = None) -> Iterator[tuple[int, Claim | Problem]]:
    """Read every row with its number, as a spreadsheet counts."""
    seen: dict[str, int] = {}
    now = datetime.now(UTC)
    columns = _columns(path)
    translate = recognise(columns).to_claims if columns else _as_it_is
    for number, record in records(path, NewsroomClaim, translate, zone):
        if isinstance(record, Problem):
            yield number, record
        elif record.claim_id in seen:
            yield number, twice(number, "claim_id", record.claim_id, seen[record.claim_id])
        else:
            seen[record.claim_id] = number
            yield number, _withheld(number, record) if record.is_withheld(now) else record.public()


def twice(row: int, column: str, value: str, before: int) -> Problem:
    """Refuse an id that an earlier row has."""
    return Problem("id", row, column, value, f"already used in row {before}", "give every row an id of its own")


def _withheld(row: int, claim: NewsroomClaim) -> Problem:
    reason, fix = "sensitive or under embargo: kept out", "nothing, or lift it"
    return Problem("withheld", row, "claim_id", claim.claim_id, reason, fix, "warning")


def _as_it_is(_number: int, row: Cells, _given: Given) -> Iterator[Cells]:
    yield row


def records(
    path: Path, model: type[Record], translate: Translate = _as_it_is, zone: str | None = None
) -> Iterator[tuple[int, Record | Problem]]:
    """Read every row as records of the model; no row is read past a column that nobody knows."""
    given = Given(path.name, zone)
    blank = translate(1, dict.fromkeys(_columns(path), ""), given)
    known = [column for made in blank if not isinstance(made, Problem) for column in made]
    if unknown := [_unknown(column, model) for column in known if column not in model.model_fields]:
        yield from ((1, problem) for problem in unknown)
        return
    for number, row in rows(path):
        read = [row] if isinstance(row, Problem) else list(_read(number, row, translate(number, row, given), model))
        problems = [one for one in read if isinstance(one, Problem)]
        stopped = any(one.severity == "error" for one in problems)
        yield from ((number, one) for one in (problems if stopped else read))


def _read(number: int, row: Cells, made: Iterable[Cells | Problem], model: type[Record]) -> Iterator[Record | Problem]:
    """Hold what a row makes against the model."""
    for one in made:
        if isinstance(one, Problem):
            yield one
            continue
        try:
            yield model.model_validate(one)
        except ValidationError as refused:
            yield from (_problem(number, error, row) for error in refused.errors(include_url=False))


def _columns(path: Path) -> list[str]:
    """Name the columns of a file's first row."""
    first = next((row for _, row in rows(path) if not isinstance(row, Problem)), {})
    return list(first)


def _unknown(column: str, model: type[BaseModel]) -> Problem:
    near = get_close_matches(column, model.model_fields, n=1)
    fix = f"did you mean {near[0]}?" if near else f"known are {', '.join(model.model_fields)}"
    return Problem("column", 1, column, column, "no such column", fix)


def _problem(number: int, error: ErrorDetails, row: Mapping[str, Any]) -> Problem:
    context = error.get("ctx", {})
    column = str(context.get("column") or error["loc"][0])
    reason, fix = _FIXES.get(error["type"], (error["msg"], "correct it"))
    if error["type"] == "enum":
        reason, fix = "not in the list", f"choose one of {context['expected']}"
    if "fix" in context:
        reason, fix = str(context["reason"]), str(context["fix"])
    return Problem(error["type"], number, column, str(row.get(column, "")), reason, fix)
