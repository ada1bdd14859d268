"""A mapping: which column of a table that nobody knows holds which field of a claim.

It is guessed (`contested.guesses`), confirmed by a person, kept beside the story as `mapping.json`, and then applied
like any publisher's codebook. A column goes into a field of `Claim` or into one of `WIDER`, which become several.
"""

import json
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from contested import stamps
from contested.claim import Claim
from contested.codebooks import Codebook, recognise
from contested.days import Days, day, extent
from contested.given import Given
from contested.line import Line, Made, Row, explained, name
from contested.moment import Zone
from contested.problem import UnreadableStoryError

FILE = "mapping.json"
WIDER = {
    "when": "the day or the moment at which it happened, or began",
    "until": "the day or the moment at which it ended",
    "killed": "how many were killed",
    "injured": "how many were injured",
}
_NEEDED = ("account", "kind", "summary")
"""What nothing else can stand in for; ids and the source are the file's own where none are mapped."""


class ColumnMapping(BaseModel):
    """What a person confirmed of a table: the field of each column, and what every row says without a column."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    columns: dict[str, str]
    constants: dict[str, str] = {}
    zone: Zone | None = None

    @model_validator(mode="after")
    def _fits_a_claim(self) -> Self:
        taken = [*self.columns.values(), *self.constants]
        if strange := sorted(set(taken) - set(fields())):
            message = f"no such field: {', '.join(strange)}"
            raise ValueError(message)
        if twice := sorted({field for field in taken if taken.count(field) > 1}):
            message = f"given twice: {', '.join(twice)}"
            raise ValueError(message)
        if lacking := [field for field in _NEEDED if field not in taken]:
            message = f"neither a column nor a word for every row: {', '.join(lacking)}"
            raise ValueError(message)
        return self

    def codebook(self) -> Codebook:
        """Read tables of this layout as any publisher's."""
        read = explained(self._claims)

        def to_claims(number: int, row: Row, given: Given) -> Made:
            return read(number, row, given._replace(zone=given.zone or self.zone))

        return Codebook("mapping", frozenset(map(name, self.columns)), to_claims)

    def _claims(self, line: Line) -> Made:
        columns = {field: name(column) for column, field in self.columns.items()}
        own = f"{line.stem()}-{line.number}"
        said = {"claim_id": own, "event_id": own, "source_id": line.given.file} | self.constants
        said |= {field: line.needed(columns[field]) for field in _NEEDED if field in columns}
        said |= {field: cell for field, column in columns.items() if (cell := line.words(column))}
        row = {field: cell for field, cell in said.items() if field not in WIDER}
        row |= _when(line, columns)
        yield row
        yield from _figures(line, row, columns)


def fields() -> tuple[str, ...]:
    """Name everything that a column may hold."""
    return (*WIDER, *Claim.model_fields)


def save(mapping: ColumnMapping, folder: Path) -> Path:
    """Keep a mapping beside the story."""
    path = folder / FILE
    path.write_text(mapping.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return path


def beside(path: Path) -> ColumnMapping | None:
    """Find the mapping that a person confirmed for the files of a folder; a table of that name is none."""
    kept = path.parent / FILE
    if kept == path or not kept.is_file():
        return None
    try:
        return ColumnMapping.model_validate(json.loads(kept.read_text(encoding="utf-8")))
    except (ValueError, ValidationError) as error:
        message = f"{FILE} cannot be read: {error}"
        raise UnreadableStoryError(message) from None


def codebook_of(path: Path, columns: Collection[str]) -> Codebook:
    """Find how to read a table: by the mapping beside it, where its columns are those, or by a publisher's codebook."""
    mapping = beside(path)
    fits = mapping is not None and set(map(name, mapping.columns)) <= set(map(name, columns))
    return mapping.codebook() if mapping and fits else recognise(columns)


def _when(line: Line, columns: Row) -> dict[str, Any]:
    """Bound the time by the day or the moment that is given; a day without a zone is assumed to be one of UTC."""
    given = {field: columns[field] for field in ("when", "until") if line.words(columns.get(field, ""))}
    if not given:
        return {}
    read = {field: _instants(line, column) for field, column in given.items()}
    if len(read) > 1 and read["until"][1] < read["when"][0]:
        raise line.refused("E-TIME-ORDER", given["until"], "ends before it begins", "correct one of the times")
    assumed = line.given.zone is None and any(first != last for first, last in read.values())
    return {
        **extent(read.get("when"), read.get("until")),
        "time_words": " to ".join(line.words(column) for column in given.values()),
        "time_basis": "assumed" if assumed else "stated",
    }


def _instants(line: Line, column: str) -> tuple[datetime, datetime]:
    """Read the instants between which a day or a moment lies; a midnight that a spreadsheet added makes no moment."""
    try:
        on = day(line.words(column))
    except ValueError:
        if ":" not in line.words(column):
            line.read(column, day, "write it like 2020-02-07")
        wall = line.read(column, datetime.fromisoformat, "write it like 2020-02-07T17:00+06:00")
        at = stamps.instant(line, column, wall)
        return at, at
    return Days(on, on).bounds(line.given)


def _figures(line: Line, row: Row, columns: Row) -> Made:
    for measure in ("killed", "injured"):
        figure = line.whole(columns.get(measure, ""))
        if figure is not None:
            said = {"claim_id": f"{row['claim_id']}-{measure}", "kind": "casualties", "measure": measure}
            yield {
                **row,
                **said,
                "best": figure,
                "unit": "people",
                "summary": f"{measure.capitalize()}: {row['summary']}",
            }
