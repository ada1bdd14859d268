"""Several units in one row of a log: each is a response of its own, with columns of its own or named in its cells."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from contested.ingest.mapping import MILESTONES, Column, ColumnMapping
from contested.ingest.row import Line, name

FIRST = "first stamp of the row"
"""The column that holds the earliest clock of a row whose cells name their units: a unit sent later may be of the next
day."""
UNIT = "unit of the row"
"""The column that names the unit where no column of the table does."""
_STAMP = r"(?:\d[\d./-]*\d[ T])?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[AaPp]\.?[Mm]\.?)?"
_ONE = (
    rf"(?P<unit>[^\s=:;,|()][^=:;,|()\n]{{0,30}}?)(?: ?= ?|(?<=[^\W\d_])(?:: | \()|(?<=[^\W\d_]\d)(?:: | \()"
    rf"|(?<=[^\W\d_]\d\d)(?:: | \())(?P<stamp>{_STAMP})\)?"
)
"""A unit and its stamp: behind an equals sign, or behind a colon or a bracket where the unit begins with a letter."""
_NAMED = re.compile(_ONE)
_ALL_NAMED = re.compile(
    rf"{re.sub(r'[?]P<[a-z]+>', '?:', _ONE)}(?:\s*[,;|\n]\s*{re.sub(r'[?]P<[a-z]+>', '?:', _ONE)})*"
)


def stamps_by_unit(text: str) -> dict[str, list[str]]:
    """Read the stamps of a cell that names a unit before each, such as `E1=10:06:00, L2=10:09:00`; else nothing."""
    if not ("=" in text or ": " in text or "(" in text) or not _ALL_NAMED.fullmatch(text.strip()):
        return {}
    found: dict[str, list[str]] = {}
    for one in _NAMED.finditer(text):
        found.setdefault(one["unit"].strip(), []).append(one["stamp"])
    return found


def responses(mapping: ColumnMapping, line: Line) -> Iterator[tuple[ColumnMapping, Line]]:
    """Give a row once for each unit that it tells of; most rows tell of one, and are given as they are."""
    if not mapping.is_log():
        yield mapping, line
        return
    for told, of_set in _sets(mapping, line):
        yield from _named_in_cells(told, of_set)


def _sets(mapping: ColumnMapping, line: Line) -> Iterator[tuple[ColumnMapping, Line]]:
    """Give a row once for each set of columns that is one unit's, if any of them is filled."""
    sets = dict.fromkeys(one.of for one in mapping.columns.values() if one.of)
    told = [one for one in sets if any(_has(line, title) for title, held in mapping.columns.items() if held.of == one)]
    several: list[str | None] = [*told] or [None]
    for of in several:
        columns = {
            title: held.model_copy(update={"of": None})
            for title, held in mapping.columns.items()
            if held.of in {None, of}
        }
        is_named = any(held.holds == "responding_unit" for held in columns.values())
        if of is None or is_named:
            yield mapping.model_copy(update={"columns": columns}), line
        else:
            yield _of_unit(mapping, columns, line, {}, f"unit {of}")


def _named_in_cells(mapping: ColumnMapping, line: Line) -> Iterator[tuple[ColumnMapping, Line]]:
    """Give a row once for each unit that its cells name beside its stamps."""
    cells = {
        title: units
        for title, held in mapping.columns.items()
        if held.holds in MILESTONES and (units := stamps_by_unit(line.words(name(title))))
    }
    if not cells:
        yield mapping, line
        return
    columns = {title: held for title, held in mapping.columns.items() if held.holds != "responding_unit"}
    first = min(cells, key=lambda title: MILESTONES.index(columns[title].holds))
    anchor = {FIRST: next(iter(cells[first].values()))[0]}
    for unit in dict.fromkeys(unit for units in cells.values() for unit in units):
        stamps = {title: _which(columns[title], units.get(unit, [])) for title, units in cells.items()}
        yield _of_unit(mapping, columns, line, stamps | anchor, unit)


def _which(column: Column, stamps: list[str]) -> str:
    """Choose of several stamps of a unit the first, and of its ends the last."""
    return "" if not stamps else stamps[-1] if column.holds == "end" else stamps[0]


def _of_unit(
    mapping: ColumnMapping, columns: Mapping[str, Column], line: Line, stamps: Mapping[str, Any], unit: str
) -> tuple[ColumnMapping, Line]:
    row = {**line.row, **stamps, UNIT: unit}
    held = {**columns, UNIT: Column(holds="responding_unit")}
    return mapping.model_copy(update={"columns": held}), Line(line.number, row, line.given)


def _has(line: Line, title: str) -> bool:
    return bool(line.words(name(title)))
