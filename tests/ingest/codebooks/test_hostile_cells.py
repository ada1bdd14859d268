"""Hostile cells: whatever stands in one cell of a real row, the row makes claims or says why it makes none."""

import math

import pytest
from pydantic import ValidationError
from tests.ingest.codebooks import test_dispatch, test_historians, test_revisions, test_timelinejs
from tests.lies.small_stories import ACLED, GED

from contested.ingest.codebooks import CODEBOOKS, recognise
from contested.ingest.options import Given
from contested.ingest.row import name as name_of
from contested.model.claim import NewsroomClaim
from contested.model.problem import Problem

ROWS = {
    "ucdp_ged": GED,
    "acled": ACLED,
    "acled_deleted": {"event_id_cnty": "KAZ1", "deleted_timestamp": "1585699200"},
    "dispatch": test_dispatch.UNIT,
    "dispatch_by_call": test_dispatch.CALL,
    "timelinejs": test_timelinejs.SLIDE,
    "timelinejs_2": {"startDate": "1963,8,9", "endDate": "1964", "headline": "x", "text": "y", "asset": {"media": "u"}},
    "timelinejs_sheet": test_timelinejs.SHEET,
    "historians": test_historians.ROW,
    "revisions": test_revisions.FIRST,
}
NUMBERS = ["0", "-1", "1e999", "9" * 40, "1" * 5000, "00000", "٣", "99999999999", "253402300799", "-62135596800"]
DATES = ["2020-02-30", "0000-00-00", "0001-01-01", "9997-12-31", "9999-12-31", "31/12/9997", "12/31/9999 11:59:59 PM"]
CLOCKS = ["24:00:00", "M6=24:00:00", "=01:02:03", "1,2,3,4,5,6,7", ",,,", "2020-02-07T00:00:00+25:00"]
WORDS = ["", " ", "=cmd()", "\x00", "\ud800", "\u202e", "NULL", "nan", "inf", "#date+occurred", "x" * 10_000]
TYPED = [None, True, math.inf, math.nan, 1e300, -0.0, 10**30, [], {}, {"year": "x"}, {"year": 10**30}, b"x", (1, 2)]
HOSTILE = [*NUMBERS, *DATES, *CLOCKS, *WORDS, *TYPED]


def spoilt(row):
    """Put every hostile cell in every place of a row, also in the parts of a cell that has parts."""
    for column, cell in row.items():
        for hostile in HOSTILE:
            yield row | {column: hostile}
            if isinstance(cell, dict):
                yield from (row | {column: cell | {part: hostile}} for part in cell)


def accepted(claim):
    try:
        return bool(NewsroomClaim.model_validate(claim))
    except ValidationError as refused:
        return not refused.errors()


@pytest.mark.parametrize("zone", [None, "Asia/Almaty"], ids=str)
@pytest.mark.parametrize("name", ROWS)
def test_one_hostile_cell_raises_nothing_and_is_never_passed_over_in_silence(name, zone):
    book = next(one for one in CODEBOOKS if one.name == name)
    for row in spoilt(ROWS[name]):
        made = list(book.to_claims(2, row, Given("told.csv", zone)))

        assert made
        problems = [one for one in made if isinstance(one, Problem)]
        assert all(one.row == 2 and one.reason and one.fix for one in problems)
        assert not any(one.severity == "error" for one in problems) or len(made) == len(problems) == 1


@pytest.mark.parametrize("name", ROWS)
def test_the_row_that_is_spoilt_is_sound_before(name):
    made = list(recognise(ROWS[name]).to_claims(2, ROWS[name], Given("told.csv", "Asia/Almaty")))

    assert recognise(ROWS[name]).name == name
    assert made
    assert all(accepted(one) for one in made)


MISTYPED = {
    "ucdp_ged": {"date_start": "0202-02-07"},
    "acled": {"event_date": "0202-02-15", "year": ""},
    "acled_deleted": {"deleted_timestamp": "-55700000000"},
    "dispatch": {"On Scene DtTm": "01/13/0217 12:04:18 AM"},
    "dispatch_by_call": {"incident_date": "1/16/0210"},
    "historians": {"date_start": "0186-07-21"},
    "revisions": {"report_date": "0202-11-29"},
}


@pytest.mark.parametrize("name", MISTYPED)
def test_a_year_that_is_mistyped_is_an_error(name):
    book = next(one for one in CODEBOOKS if one.name == name)
    rows = [(2, ROWS[name]), (3, ROWS[name] | MISTYPED[name])]
    given = Given("told.csv", "Asia/Almaty", learnt=book.survey(rows))

    [problem] = book.to_claims(*rows[1], given)
    assert (problem.severity, problem.column) == ("error", name_of(next(iter(MISTYPED[name]))))
