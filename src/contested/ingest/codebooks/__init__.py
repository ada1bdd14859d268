"""Codebooks: what the columns of somebody's table mean.

To understand a new publisher's table, add one module with `COLUMNS` and `to_claims`, and name it in `CODEBOOKS`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

from contested.ingest.codebooks import acled, dispatch, historians, native, revisions, sheet, timelinejs, ucdp_ged
from contested.ingest.options import Given
from contested.ingest.row import name
from contested.ingest.sql_codebook import SqlCodebook
from contested.model.problem import Problem, UnknownColumnsError

Row = Mapping[str, Any]


class Codebook(NamedTuple):
    """How to recognise a publisher's table and turn each of its rows into the fields of claims."""

    name: str
    columns: frozenset[str]
    """The plain names of the columns that show whose table it is; spaces, dashes and capitals make no difference."""
    to_claims: Callable[[int, Row, Given], Iterable[Row | Problem]]
    """From a row's number, its cells and what a person said of the file: the fields of each claim that the row makes,
    and what is wrong in it. A row that makes no claim says why."""
    is_typed: bool = False
    """Whether its rows are typed by those who can mend them, not published by others."""
    key: str = "claim_id"
    """The column whose cell names the row, for messages."""
    headings: Callable[[Collection[str]], Iterable[Problem]] = lambda _columns: ()
    """What is wrong with a table's headings; an error among them refuses the table."""
    survey: Callable[[Iterable[tuple[int, Row]]], Mapping[str, Any]] = lambda _rows: {}
    """What the table as a whole tells before any row of it is read; it comes back as `Given.learnt`."""
    said: Callable[[Given], Given] = lambda given: given
    """What was said of all such tables, beside what is said of this one."""
    sql: SqlCodebook | None = None
    """How a large table is read by its columns; without it, row by row."""


CODEBOOKS = (
    Codebook("native", native.COLUMNS, native.to_claims, is_typed=True, sql=native.SQL),
    Codebook(
        "sheet",
        sheet.COLUMNS,
        sheet.to_claims,
        is_typed=True,
        key="record_id",
        headings=sheet.headings,
        survey=sheet.survey,
    ),
    Codebook("ucdp_ged", ucdp_ged.COLUMNS, ucdp_ged.to_claims, key="id", survey=ucdp_ged.survey, sql=ucdp_ged.SQL),
    Codebook("acled", acled.COLUMNS, acled.to_claims, key="event_id_cnty", survey=acled.survey, sql=acled.SQL),
    Codebook("acled_deleted", acled.DELETED, acled.withdrawn),
    Codebook("dispatch", dispatch.BY_UNIT, dispatch.by_unit, survey=dispatch.survey, sql=dispatch.SQL),
    Codebook("dispatch_by_call", dispatch.BY_CALL, dispatch.by_call, survey=dispatch.survey),
    Codebook("timelinejs", timelinejs.JSON, timelinejs.of_json, survey=timelinejs.survey),
    Codebook("timelinejs_2", timelinejs.VERSION_2, timelinejs.of_version_2, survey=timelinejs.survey),
    Codebook("timelinejs_sheet", timelinejs.SHEET, timelinejs.of_sheet, survey=timelinejs.survey),
    Codebook("historians", historians.COLUMNS, historians.to_claims, survey=historians.survey),
    Codebook("revisions", revisions.COLUMNS, revisions.to_claims, survey=revisions.survey),
)


def recognise(columns: Collection[str]) -> Codebook:
    """Find the codebook of which these columns hold at least half, and the most."""
    found = {name(column) for column in columns}
    held = {codebook: len(codebook.columns & found) for codebook in CODEBOOKS}
    known = [codebook for codebook, number in held.items() if 2 * number >= len(codebook.columns)]
    if not known:
        names = ", ".join(codebook.name for codebook in CODEBOOKS)
        message = f"the columns match no codebook ({names}); found {', '.join(sorted(columns))}"
        raise UnknownColumnsError(message)
    return max(known, key=lambda codebook: held[codebook])
