"""The first rows of a table as a mapping reads them: what is open, what settles it, what should be looked at."""

import pytest

from contested.ingest.column_sample import column_sample
from contested.ingest.first_look import filled_share, first_look, log_checks, samples, what_a_row_is
from contested.ingest.guesses import proposed
from contested.ingest.mapping import ColumnMapping
from contested.ingest.options import Given

ZONE = "America/New_York"


def look_at(*rows, zone=ZONE, **said):
    mapping = proposed(list(rows[0]), rows, "log.csv").model_copy(update={"zone": zone} | said)
    return mapping, first_look(mapping, rows, Given("log.csv", zone))


def call(number, at="10:00", arrived="10:06", day="05/03/2031", **more):
    return {"Call": f"{day} {at}", "Arrived": arrived and f"{day} {arrived}", "Incident": f"A{number}"} | more


def test_what_has_to_be_said_first_is_named_with_a_cell():
    _, look = look_at(call(1), call(2), zone=None)

    assert {code: one.value for code, one in look.unanswered().items()} == {"E-DATE-AMBIGUOUS": "05/03/2031 10:00"}
    _, look = look_at(call(1), call(2), zone=None, date_order="day")
    assert set(look.unanswered()) == {"E-TZ-NONE"}


@pytest.mark.parametrize(("day", "first"), [("25/03/2031", "day"), ("03/25/2031", "month")])
def test_the_row_that_settles_the_order_of_dates_is_named(day, first):
    _, look = look_at(call(1), call(2), call(3, day=day))

    assert look.settled_date_order() == (first, 4, f"{day} 10:00")
    assert not look.unanswered()


def test_the_rows_that_show_a_doubt_are_shown_first():
    rows = [call(number, day="25/03/2031") for number in range(1, 8)]
    _, look = look_at(*rows, call(8, arrived="09:50", day="25/03/2031"))

    assert look.example_rows() == [2, 3, 9]


def test_stamps_are_looked_at_before_reading():
    mapping, look = look_at(
        call(1, day="25/03/2031"),
        call(2, day="25/03/2031", arrived=""),
        call(3, day="25/03/2031", arrived="09:50"),
        call(4, day="25/03/2031") | {"Arrived": "1900-01-01 00:00:00"},
    )
    rows = [
        call(1, day="25/03/2031"),
        call(2, day="25/03/2031", arrived=""),
        call(3, day="25/03/2031", arrived="09:50"),
        call(4, day="25/03/2031") | {"Arrived": "1900-01-01 00:00:00"},
    ]

    assert list(log_checks(mapping, rows, look)) == [
        (True, "1 stamp of 1900, 1970 or the like in the first 4 rows: left out"),
        (False, "1 stamp at exactly midnight"),
        (True, "2 of 4 rows have no arrival: counted as not reached"),
        (True, "A unit arrives before the call in 1 row"),
    ]


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([call(1), call(2)], "one call"),
        ([call(1, Unit="E1"), call(1, Unit="E2")], "one unit sent to a call"),
        ([{"Date": "2031-03-05", "North says": "x", "South says": "y"}], "one event, as 2 accounts tell it"),
        ([{"Case no": "1", "Date": "2031-03-05", "Fate": one} for one in ("killed", "injured")], "one victim"),
        (
            [{"Call no": "1", "Status": one, "Time": "2031-03-05 10:00"} for one in ("Dispatched", "On scene")],
            "one status of a call",
        ),
    ],
)
def test_what_a_row_is_is_said(rows, what):
    mapping, _ = look_at(*rows)

    assert what_a_row_is(mapping, rows)[0] == what


def test_the_cells_of_a_column_that_differ_most_are_shown():
    rows = [{"n": cell} for cell in ("10", "12", "8-11", "", "unknown", "14")]

    assert samples(column_sample("n", rows)) == ["10", "8-11", "unknown"]
    assert filled_share("n", rows) == 5 / 6


def test_an_offset_in_a_file_is_seen():
    rows = [{"Call": "2031-03-05T10:00:00Z", "Arrived": "2031-03-05T10:06:00Z"}]

    assert look_at(*rows)[1].has_offsets
    assert not look_at(call(1))[1].has_offsets


@pytest.mark.parametrize(
    ("cell", "has"), [("17:00-05:00", False), ("2031-03-02 17:00-05:00", True), ("2031-03-02T17:00Z", True)]
)
def test_hours_from_and_to_are_no_offset(cell, has):
    mapping = ColumnMapping(columns={"at": "when", "what": "summary"}, constants={"account": "A", "kind": "clash"})

    assert first_look(mapping, [{"at": cell, "what": "x"}], Given("t.csv", "Asia/Almaty")).has_offsets is has
