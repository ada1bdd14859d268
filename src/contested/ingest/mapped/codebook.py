"""A mapping as a codebook: how a table whose columns a person confirmed is recognised, surveyed and read."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from contested.ingest.cells.totals import is_total
from contested.ingest.codebooks import Codebook, recognise
from contested.ingest.event_days import FIX, Apart
from contested.ingest.mapped.event_rows import event_claims
from contested.ingest.mapped.log_columns import log_sql
from contested.ingest.mapped.log_rows import response_claims
from contested.ingest.mapped.mapped_row import MappedRow, mapped_row
from contested.ingest.mapped.serials import written_out
from contested.ingest.mapped.shared_fields import fixed_offset, shared_fields
from contested.ingest.mapped.sources import by_source
from contested.ingest.mapped.survey import survey
from contested.ingest.mapped.units import responses
from contested.ingest.mapping import MILESTONES, ColumnMapping, beside, parse
from contested.ingest.options import Given
from contested.ingest.row import Line, Made, Row, explained, name
from contested.model.problem import Problem
from contested.model.vocabulary import Measure

_BOUNDS = ("began_earliest", "began_latest", "ended_earliest", "ended_latest")
_FEW = 3
"""A row of fewer cells than this is none in which one alone could be a note."""
_WHEN = {"when", "until", "year", "epoch", "stated_at", *_BOUNDS, *MILESTONES}


def codebook(mapping: ColumnMapping, columns: Collection[str] = ()) -> Codebook:
    """Read tables of this layout as any publisher's; by its columns, where they are given and it is a plain log."""
    read = explained(partial(_claims, mapping))

    def to_claims(number: int, row: Row, given: Given) -> Made:
        return read(number, row, _said(mapping, given))

    return Codebook(
        "mapping",
        frozenset(map(name, mapping.columns)),
        to_claims,
        headings=partial(_headings, mapping),
        survey=partial(survey, mapping),
        sql=log_sql(mapping, columns),
        said=partial(_said, mapping),
    )


def _headings(mapping: ColumnMapping, columns: Collection[str]) -> Iterator[Problem]:
    """Name the columns of a mapping that a table has not; one that has none of them is another table."""
    known = {name(column) for column in columns}
    if not mapping.columns:
        yield Problem("E-MAPPING", 1, None, None, "the mapping names no column", "say what the columns hold")
    named = [*mapping.columns, *(one.after for one in mapping.columns.values() if one.after)]
    absent = [column for column in named if not _is_in(column, known)]
    is_another = len(absent) == len(named)
    for column in absent:
        fix = "choose the mapping of this table" if is_another else "nothing, or correct the name in the mapping"
        severity = "error" if is_another else "warning"
        yield Problem("E-MAPPING" if is_another else "W-MAPPING", 1, column, column, "no such column", fix, severity)
    if not {one.holds for one in mapping.columns.values()} & _WHEN:
        reason, fix = "no column says when: its claims stand at no time", "say which column holds the day, if one does"
        yield Problem("W-MAPPING", 1, None, None, reason, fix, "warning")


def _is_in(column: str, known: Collection[str]) -> bool:
    """Say whether a table has a column, or the cell of which it is a part, as JSON has them."""
    return name(column) in known or name(column).split(".")[0] in known


def codebook_of(path: Path, columns: Collection[str], given: Given) -> Codebook:
    """Find how to read a table: by the mapping that was given or lies beside it, or by a publisher's codebook."""
    if given.mapping:
        return codebook(parse(given.mapping), columns)
    mapping = beside(path)
    known = {name(column) for column in columns}
    fits = mapping is not None and all(_is_in(column, known) for column in mapping.columns)
    return codebook(mapping, columns) if mapping and fits else recognise(columns)


def _said(mapping: ColumnMapping, given: Given) -> Given:
    """Take what the mapping says of the file where the person who brings it says nothing else."""
    return given._replace(
        zone=given.zone or mapping.zone,
        vague=given.vague or mapping.vague,
        date_order=given.date_order or mapping.date_order,
        decimal_mark=given.decimal_mark or mapping.decimal_mark,
    )


def _claims(mapping: ColumnMapping, line: Line) -> Made:
    """Make the claims of a row, or say why it is passed over."""
    if mapping.serials:
        line = written_out(mapping, line)
    for of_unit, told in responses(mapping, line):
        yield from _claims_of_unit(of_unit, told)


def _claims_of_unit(mapping: ColumnMapping, line: Line) -> Made:
    """Make the claims of a row that tells of one unit, or of none."""
    row = mapped_row(mapping, line)
    if reason := _passed_over(row):
        column = next(iter(row.columns.values()), "")
        yield Problem("W-ROW-PASSED", line.number, column, line.words(column), reason, "nothing", "warning")
        return
    if mapping.ignore_offsets and line.number == line.given.learnt.get("first"):
        reason = f"offsets in the file are ignored, as was said: its clocks are those of {line.given.zone}"
        row.noticed.append(Problem("W-TZ-IGNORED", line.number, None, None, reason, "nothing", "warning"))
    if mapping.serials and line.number == line.given.learnt.get("first"):
        reason = "numbers are read as days since the end of 1899, as was said"
        row.noticed.append(Problem("W-DATE-SERIAL", line.number, None, None, reason, "nothing", "warning"))
    about = shared_fields(row)
    apart: Apart | None = line.given.learnt.get("apart", {}).get(about["event_id"])
    if apart and apart.row == line.number:
        row.noticed.append(line.notice("W-EVENT-DAYS", row.columns["event_id"], apart.reason, FIX))
    made = list(response_claims(row, about) if mapping.is_log() else event_claims(row, about))
    yield from row.noticed
    for claim in made:
        yield from by_source(row, _labelled(row, claim))


def _labelled(row: MappedRow, claim: Row) -> Row:
    """Name the zone of a claim's times only where they are of that zone: an offset in the file may be another's."""
    zone = claim["zone"]
    if fixed_offset(zone):
        return {**claim, "zone": None}
    if not zone or "zone" in row.columns:
        return claim
    read = [moment for bound in _BOUNDS if (moment := claim.get(bound))]
    own = all(
        isinstance(one, datetime) and one.astimezone(ZoneInfo(zone)).utcoffset() == one.utcoffset() for one in read
    )
    return claim if own else {**claim, "zone": None}


def _passed_over(row: MappedRow) -> str | None:
    """Say why a row is none: it holds totals, or repeats the headings."""
    cells = [cell for cell in row.line.cells.values() if cell]
    titles = {name(title) for title in row.line.cells}
    said = [row.cell(field) for field in ("claim_id", "event_id", "account", "place", "summary", "when")]
    if any(map(is_total, (*said, *cells[:1]))):
        return "a row of totals is no event"
    if _is_aside(row, cells):
        return "nothing but one cell is filled: a note or a heading, no event"
    if row.line.number == row.line.given.learnt.get("first") and _is_of_units(row, cells):
        return "a row without a digit under the headings says how the columns are written, it is no event"
    if len(cells) > 1 and sum(name(cell) in titles for cell in cells) > len(cells) / 2:
        return "a row that repeats the headings is no event"
    return None


def _is_aside(row: MappedRow, cells: Sequence[str]) -> bool:
    """Say whether one cell alone is filled, which tells neither words of an event nor a figure nor a stamp."""
    if len(cells) != 1 or len(row.line.cells) < _FEW:
        return False
    telling = {"statement", "summary", "point", *MILESTONES, *Measure}
    tells = any(row.text(title) for title, one in row.mapping.columns.items() if one.holds in telling)
    return not tells and (not row.mapping.is_log() or any(map(str.isspace, cells[0])))


def _is_of_units(row: MappedRow, cells: Sequence[str]) -> bool:
    """Say whether a row fills the columns of times, and has no digit anywhere."""
    timed = any(row.text(title) for title, one in row.mapping.columns.items() if one.holds in {"when", *MILESTONES})
    return timed and len(cells) > 1 and not any(map(str.isdigit, "".join(cells)))
