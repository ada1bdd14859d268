"""Guess a log of one row a status: which column says what step of a response was reached, and what its codes mean.

Words tell their milestone. A bare number tells none: its meaning is left open for a person to say, never guessed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from contested.ingest.cells.call_status import is_over
from contested.ingest.column_sample import (
    CLOCK,
    DATE,
    EPOCH,
    SURE,
    UNPARTED,
    ColumnSample,
    Scored,
    cell_text,
    column_words,
    known_names,
    plain_number,
)
from contested.ingest.log_guesses import milestones_named
from contested.ingest.mapping import MILESTONES, Column
from contested.ingest.row import Row

_MOST = 40
"""A column of more values than this is none of codes."""


def status_columns(seen: Sequence[ColumnSample], rows: Sequence[Row]) -> dict[str, list[Scored]]:
    """Guess the columns of a log that has a row for each status: the status, and the only time."""
    stamps = [one for one in seen if one.cells and any(map(one.all_are, (DATE, EPOCH, UNPARTED)))]
    events = [one for one in seen if _is_named(one, "event_id") and len(set(one.cells)) < len(rows)]
    if not (1 <= len(stamps) <= 2 and events):  # noqa: PLR2004 a day, or a moment and when it was written down
        return {}
    found = [(one, codes) for one in seen if one not in (*stamps, *events) and (codes := _codes(one, events, rows))]
    if not found:
        return {}
    status, meanings = max(found, key=lambda one: len(set(filter(None, one[1].values()))))
    [moment, *_] = sorted(stamps, key=lambda one: -_is_named(one, "status", "times"))
    clocks = [one for one in seen if one.cells and one.all_are(CLOCK) and one not in (*stamps, *events, status)]
    has_clock = any(":" in cell or cell.isdigit() for cell in moment.cells)
    told = {status.column: [(SURE, Column(holds="kind", meanings=meanings))]}
    told[moment.column] = [(SURE, Column(holds="epoch" if moment.all_are(EPOCH) else "when"))]
    if clocks and not has_clock:
        told[clocks[0].column] = [(SURE, Column(holds="time"))]
    return told | {
        one.column: [(SURE, Column(holds="responding_unit"))] for one in seen if _is_named(one, "responding_unit")
    }


def code_meanings(codes: Collection[str]) -> dict[str, str]:
    """Say which milestone each code stands for in words, in the order of the milestones; an open one is empty."""
    meant = {code: _meaning(code) for code in codes}
    order = {milestone: number for number, milestone in enumerate((*MILESTONES, ""))}
    return dict(sorted(meant.items(), key=lambda one: order[one[1]]) if any(meant.values()) else sorted(meant.items()))


def _meaning(code: str) -> str:
    named = sorted(milestones_named(column_words(code)), reverse=True)
    return str(named[0][1]) if named else "end" if is_over(code) else ""


def _codes(one: ColumnSample, events: Sequence[ColumnSample], rows: Sequence[Row]) -> dict[str, str]:
    """Give the meanings of a column's codes, if it is one of statuses: words that tell steps, or bare numbers."""
    codes = dict.fromkeys(one.cells)
    if not 1 < len(codes) <= min(_MOST, len(one.cells)) or _differ_little(one, events, rows):
        return {}
    meanings = code_meanings(codes)
    told = set(filter(None, meanings.values()))
    if len(told) > 1 and 2 * sum(map(bool, meanings.values())) >= len(codes):
        return meanings
    return meanings if _is_named(one, "status") and not told and all(map(_is_a_code, codes)) else {}


def _is_a_code(cell: str) -> bool:
    """Say whether a cell is a number or a few letters, which say nothing by themselves."""
    return cell.isdigit() or (len(cell) <= 4 and cell.isalnum() and cell.upper() == cell)  # noqa: PLR2004


def _differ_little(one: ColumnSample, events: Sequence[ColumnSample], rows: Sequence[Row]) -> bool:
    """Say whether the rows of most events with several rows have the same cell, so that it tells of the event."""
    cells: dict[str, set[str]] = defaultdict(set)
    count: dict[str, int] = defaultdict(int)
    for row in rows:
        event = cell_text(row.get(events[0].column))
        count[event] += 1
        cells[event].add(cell_text(row.get(one.column)))
    several = [event for event, number in count.items() if number > 1]
    return 2 * sum(len(cells[event]) > 1 for event in several) < len(several) or not several


def _is_named(one: ColumnSample, section: str, key: str = "names") -> bool:
    names = {plain_number(word) for word in _named(section, key)}
    return any(plain_number(called) in names for called in one.called)


def _named(section: str, key: str) -> Iterator[str]:
    yield from known_names()[section][key]
    if key == "names":
        yield section.replace("_", " ")
