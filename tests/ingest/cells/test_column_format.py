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
from contested.ingest.cells.time_words import read_time
from contested.ingest.options import Given


def order(*texts):
    return date_order(Dated(row, text) for row, text in enumerate(texts, start=2))


def test_one_part_over_twelve_settles_a_whole_column():
    assert order("05/03/2031", "06/03/2031", "15/03/2031").first == "day"
    assert order("05/03/2031 10:00", "3/15/2031 10:00").first == "month"


def test_a_column_that_shows_nothing_is_asked_about():
    assert order("05/03/2031", "07/07/2031") == DateOrder()
    assert "may be 5 March 2031 or 3 May 2031" in read_time("05/03/2031").reason


def test_dots_are_day_first_and_show_nothing_of_slashes():
    assert order("13.02.2031", "05/03/2031").first is None
    assert read_time("05.03.2031", DateOrder("month")).earliest.month == 3


def test_both_orders_are_flagged_with_both_rows_and_a_date_of_one_reading_still_stands():
    both = order("13/12/2021", "12/13/2021", "07/07/2021", "05/03/2021")

    assert (both.first, both.day, both.month) == (None, (2, "13/12/2021"), (3, "12/13/2021"))
    for text in ("13/12/2021", "12/13/2021"):
        assert read_time(text, both).code == "E-DATE-AMBIGUOUS"
    assert "row 3 (12/13/2021) is month first" in read_time("13/12/2021", both).reason
    assert read_time("07/07/2021", both).earliest.day == 7
    assert "row 2 is day first, row 3 month first" in read_time("05/03/2021", both).reason


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
