"""A line: cells as plain words under plain names, and a refusal that names its cell."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.ingest.cells.column_format import learn
from contested.ingest.options import Given
from contested.ingest.row import Line, RefusedError, explained, name
from contested.model.problem import Problem


def line(**cells):
    return Line(7, cells, Given("told.csv"))


@pytest.mark.parametrize("column", ["Call Number", "CALL_NUMBER", "call-number", " call  number ", "call_number"])
def test_a_column_has_one_plain_name_however_it_is_written(column):
    assert name(column) == "call_number"


@given(st.text())
def test_a_plain_name_is_its_own_plain_name(column):
    assert name(name(column)) == name(column)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (" said ", "said"),
        (12.0, "12"),
        (12.5, "12.5"),
        (12, "12"),
        (None, ""),
        (float("nan"), ""),
        ("NULL", ""),
        ("", ""),
        (date(2020, 2, 7), "2020-02-07"),
        (datetime(2020, 2, 7, 17, tzinfo=UTC), "2020-02-07T17:00:00+00:00"),
        (["a", "b"], "['a', 'b']"),
    ],
    ids=repr,
)
def test_a_cell_becomes_words_whatever_its_type(cell, words):
    assert line(cell=cell).words("cell") == words


def test_a_cell_with_parts_is_named_by_its_parts():
    nested = line(start_date={"year": 2020, "More": {"Hour": "5"}}, text="x")

    assert nested.cells == {"start_date.year": "2020", "start_date.more.hour": "5", "text": "x"}


def test_the_first_column_that_has_words_is_taken():
    assert line(a="", b="two", c="three").words("a", "lacking", "b", "c") == "two"
    assert not line(a="").words("a")


def test_what_must_be_given_is_asked_for():
    with pytest.raises(RefusedError) as caught:
        line(a=" ").needed("a", "b")

    assert (caught.value.code, caught.value.said) == ("E-EMPTY", ("a", "", "empty", "give it"))


@pytest.mark.parametrize(
    ("cell", "number"), [("12", 12), ("12.0", 12), ("12.00", 12), (13.0, 13), ("0", 0), ("", None)]
)
def test_a_whole_number_is_read_also_as_a_spreadsheet_wrote_it(cell, number):
    assert line(n=cell).whole("n") == number


@pytest.mark.parametrize("cell", ["12.5", "-1", "1e3", "1_2", "dozens", "٣", "12.", True])
def test_what_is_no_whole_number_is_refused_and_never_zero(cell):
    with pytest.raises(RefusedError, match="whole number"):
        line(n=cell).whole("n")


def test_a_code_loses_the_point_of_a_spreadsheet_and_nothing_else():
    assert [line(n=cell).code("n") for cell in ("12.0", "KAZ1.0", "1.5", "")] == ["12", "KAZ1.0", "1.5", ""]


def test_a_reader_that_cannot_read_says_so_of_the_cell():
    with pytest.raises(RefusedError) as caught:
        line(n="soon").read("n", date.fromisoformat, "write a date")

    column, value, reason, fix = caught.value.said
    assert (column, value, fix) == ("n", "soon", "write a date")
    assert "Invalid isoformat string" in reason


def test_a_refusal_becomes_the_problem_of_its_row_and_nothing_of_the_row_is_kept():
    @explained
    def half(told):
        yield {"claim_id": "a"}
        raise told.refused("order", "n", "too late", "correct it")

    assert list(half(7, {"n": "1"}, Given("a"))) == [Problem("order", 7, "n", "1", "too late", "correct it")]


def test_a_notice_stops_nothing():
    @explained
    def noted(told):
        yield told.notice("order", "n", "late", "nothing")
        yield {"claim_id": told.words("n")}

    notice, row = noted(7, {"N": "1"}, Given("a"))
    assert (notice.severity, notice.row, row) == ("warning", 7, {"claim_id": "1"})


def test_thousands_are_read_where_nothing_else_is_left_or_the_column_shows_it():
    shown = Given("a", learnt=learn([(2, {"n": "1.000"}), (3, {"n": "1.200"})], counts=["n"]))

    assert Line(2, {"n": "1,200"}, Given("a")).whole("n") == 1200
    assert Line(2, {"n": "1.000"}, shown).whole("n") == 1000
    with pytest.raises(RefusedError, match="1000 or 1"):
        Line(2, {"n": "1.000"}, Given("a")).whole("n")
