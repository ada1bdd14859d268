"""A column shows the order of its dates: any part over 12, a year, a month or a weekday beside it."""

import pytest

from contested.ingest.cells.column_format import (
    Dated,
    date_order,
    learn,
    order_of_dates,
    separators_of,
    without_padding,
)
from contested.ingest.cells.date import DateOrder
from contested.ingest.cells.time import read_time
from contested.ingest.options import Given


def order(*texts):
    return date_order(Dated(row, text) for row, text in enumerate(texts, start=2))


def test_one_part_over_twelve_settles_a_whole_column():
    assert order("05/03/2031", "06/03/2031", "15/03/2031").first == "day"
    assert order("05/03/2031 10:00", "3/15/2031 10:00").first == "month"


def test_a_column_that_shows_nothing_is_asked_about():
    assert order("05/03/2031", "07/07/2031").first is None
    assert "may be 5 March 2031 or 3 May 2031" in read_time("05/03/2031").reason


def test_dots_are_day_first_and_show_nothing_of_slashes():
    assert order("13.02.2031", "05/03/2031").first is None
    assert read_time("05.03.2031", DateOrder("month")).earliest.month == 3


def test_both_orders_are_flagged_with_both_rows_and_a_date_of_one_reading_still_stands():
    both = order("13/12/2021", "12/13/2021", "07/07/2021", "05/03/2021")

    assert (both.first, both.is_contradictory) == (None, True)
    for text in ("13/12/2021", "12/13/2021"):
        assert read_time(text, both).code == "E-DATE-AMBIGUOUS"
    assert "row 3 (12/13/2021) cannot be day first" in read_time("13/12/2021", both).reason
    assert read_time("07/07/2021", both).earliest.day == 7
    shown = "row 2 (13/12/2021) cannot be month first, row 3 (12/13/2021) cannot be day first"
    assert shown in read_time("05/03/2021", both).reason


YEAR_FIRST = ("31-03-14", "31-04-02", "30-12-31")


def test_two_digits_at_either_end_may_be_a_year_and_are_asked_about():
    assert order(*YEAR_FIRST).first is None
    assert read_time("31-03-14", order(*YEAR_FIRST)).reason == "may be 31 March 2014 or 14 March 2031"
    assert "whether day, month or year is first" in read_time("31-03-14").fix


def test_neither_a_rising_sequence_nor_a_day_that_may_be_mistyped_settles_what_is_the_year():
    assert order("21-03-01", "21-03-02", "21-03-03").first is None
    assert read_time("31-04-02", order("25-03-21", "31-04-02")).reason == "may be 2 April 2031, or mistyped"


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (("98-03-14", "01-03-14"), "year"),
        (("25/03/98", "01/02/03"), "day"),
        (("6/1/10", "16/1/10"), "day"),
        (("1/15/21", "1/2/21"), "month"),
        (("25/03/2021", "01/02/03"), "day"),
    ],
)
def test_a_part_over_31_or_of_one_digit_or_a_year_of_four_settles_where_the_year_is(texts, first):
    assert order(*texts).first == first


@pytest.mark.parametrize(("beside", "first"), [("2014", "day"), ("2031", "year"), ("Monday", "day"), ("Fri", "year")])
def test_the_year_or_the_weekday_beside_it_settles_where_the_year_is(beside, first):
    assert date_order([Dated(2, "31-03-14", [beside])]).first == first


def test_a_day_that_is_the_same_in_every_order_is_read():
    assert str(read_time("21-03-21").earliest.date()) == "2021-03-21"
    assert str(read_time("07/07/07").earliest.date()) == "2007-07-07"


def test_year_first_may_be_said_and_leaves_four_digits_at_the_end_a_year():
    said = order_of_dates(Given("a", date_order="year"), "start")

    assert str(read_time("31-03-14 10:05", said).earliest) == "2031-03-14 10:05:00"
    assert str(read_time("31.03.14", said).earliest.date()) == "2031-03-14"
    assert str(read_time("25/03/2021", said).earliest.date()) == "2021-03-25"
    assert read_time("04/03/2021", said).code == "E-DATE-AMBIGUOUS"


def test_dates_with_dots_are_year_first_only_where_none_of_them_can_be_day_first():
    assert str(read_time("98.03.14", order("98.03.14", "01.03.14")).earliest.date()) == "1998-03-14"
    assert str(read_time("01.03.14", order("98.03.14", "01.03.14")).earliest.date()) == "2001-03-14"
    assert str(read_time("31.03.14", order("31.03.14", "25.04.14")).earliest.date()) == "2014-03-31"


@pytest.mark.parametrize("beside", ["Friday", "Fri", "пт", "March", "марта"])
def test_a_weekday_or_a_month_beside_it_settles_a_date(beside):
    assert date_order([Dated(2, "05/03/2021", [beside])]).first == "day"


def test_a_weekday_within_the_cell_settles_it_too():
    assert order("Fri 05/03/2021", "06/03/2021").first == "day"


def test_what_a_person_said_goes_before_the_column():
    learnt = learn([(2, {"start": "13/02/2021", "dead": "3.0"})], ["start"], ["dead"])

    assert order_of_dates(Given("a", learnt=learnt), "start").first == "day"
    assert order_of_dates(Given("a", learnt=learnt, date_order="month"), "start").first == "month"
    assert separators_of(Given("a", learnt=learnt), "dead").use(".") == "decimal"
    assert separators_of(Given("a", learnt=learnt, decimal_mark=","), "dead").use(".") == "thousands"


def test_a_midnight_is_a_minute_where_its_column_has_minutes_and_padding_where_it_has_none():
    padded = Given("a", learnt=learn([(2, {"at": "2021-03-05 00:00"}), (3, {"at": "2021-03-06 00:00:00"})], ["at"]))
    clocked = Given("a", learnt=learn([(2, {"at": "2021-03-05 00:00"}), (3, {"at": "2021-03-06 14:10"})], ["at"]))

    assert without_padding("2021-03-05 00:00", padded, "at") == "2021-03-05"
    assert without_padding("2021-03-05 00:00", clocked, "at") == "2021-03-05 00:00"
    assert without_padding("2021-03-05T00:00Z", padded, "at") == "2021-03-05T00:00Z"
