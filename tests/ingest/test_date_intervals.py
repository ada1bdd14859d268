"""Days: a date is read one way or not at all, and is as long as its clocks make it."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.ingest.cells.date import DateOrder, placeholder
from contested.ingest.date_intervals import Days, day, midnight, month, whole_year
from contested.ingest.options import Given

DATES = st.dates(date(1000, 1, 1), date(9990, 1, 1))


@pytest.mark.parametrize(
    "text",
    [
        "2020-02-07",
        "2020-02-07 00:00:00",
        "2020-02-07 00:00:00.000",
        "2020-02-07T00:00:00",
        "07 February 2020",
        "7 Feb 2020",
        "07-Feb-20",
        "07-FEB-2020",
    ],
)
def test_every_style_that_can_be_read_one_way_is_the_same_day(text):
    assert day(text) == date(2020, 2, 7)


@pytest.mark.parametrize(
    ("text", "read"), [("13/02/2020", 13), ("02/13/2020", 13), ("13.02.2020", 13), ("02/02/2020", 2)]
)
def test_a_date_of_digits_is_read_where_no_other_reading_is_left(text, read):
    assert day(text) == date(2020, 2, read)


@pytest.mark.parametrize("text", ["3.2.2020", "03.02.2020", "3.2.20", "3 февраля 2020 г.", "2020/02/03"])
def test_dots_are_day_first_and_months_may_be_words_of_several_languages(text):
    assert day(text) == date(2020, 2, 3)


def test_the_order_of_a_column_decides_what_two_digits_are():
    assert day("03/02/2020", DateOrder("day")) == date(2020, 2, 3)
    assert day("03/02/2020", DateOrder("month")) == date(2020, 3, 2)


@pytest.mark.parametrize("text", ["03/02/2020", "12/11/2020"])
def test_a_date_that_could_be_two_days_is_refused_with_both(text):
    with pytest.raises(ValueError, match=r"may be \d+ \w+ 2020 or \d+ \w+ 2020"):
        day(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2020-02-30", "February 2020 had 29 days"),
        ("30 February 2020", "February 2020 had 29 days"),
        ("45/13/2020", "no day of the calendar"),
        ("2020-02-07 17:30:00", "does not name one day"),
        ("07 Febtober 2020", "'07 febtober' is no time of the day"),
        ("43868", "Excel date number"),
        ("2020", "does not name one day"),
        ("2020-02", "does not name one day"),
        ("6-7 February 2020", "does not name one day"),
        ("today", "no date"),
        ("", "not a time"),
        ("٢٠٢٠-٠٢-٠٧x", "digits other than 0-9"),
        ("0001-01-01", "where no time is known"),
        ("1900-01-01", "where no time is known"),
        ("9999-12-31", "where no time is known"),
        ("0202-02-07", "0202 is mistyped"),
    ],
)
def test_what_is_no_date_says_why(text, reason):
    with pytest.raises(ValueError, match=reason):
        day(text)


@pytest.mark.parametrize(("digits", "year"), [("68", 2068), ("69", 1969), ("97", 1997), ("20", 2020)])
def test_two_digits_of_a_year_are_read_as_posix_reads_them(digits, year):
    assert day(f"07-Feb-{digits}").year == year


@given(DATES.filter(lambda on: placeholder(datetime.combine(on, time())) is None))
def test_a_day_that_is_written_as_iso_is_read_back(on):
    assert day(on.isoformat()) == on


@given(DATES, st.integers(0, 800))
def test_months_and_years_reach_over_all_that_they_touch(first, length):
    days = Days(first, first + timedelta(length))

    for wider in (days.months(), days.years(), days.around(3)):
        assert wider.first <= days.first <= days.last <= wider.last
    assert days.months().first.day == 1
    assert (days.months().last + timedelta(1)).day == 1
    assert (days.years().first.month, days.years().last.month) == (1, 12)
    assert days.around(3).number() == days.number() + 6


def test_february_of_a_leap_year_has_29_days():
    assert month(2020, 2).number() == 29
    assert whole_year(2020).number() == 366


def test_a_day_begins_and_ends_with_the_clocks_of_its_zone():
    began, ended = Days(date(2020, 2, 7), date(2020, 2, 7)).bounds(Given("a", "Asia/Almaty"))

    assert (began.isoformat(), ended.isoformat()) == ("2020-02-07T00:00:00+06:00", "2020-02-08T00:00:00+06:00")
    assert midnight(date(2020, 2, 7), Given("a")).isoformat() == "2020-02-07T00:00:00+00:00"


@pytest.mark.parametrize(("on", "hours"), [(date(2020, 3, 29), 23), (date(2020, 10, 25), 25), (date(2020, 2, 7), 24)])
def test_a_day_on_which_clocks_change_is_shorter_or_longer(on, hours):
    began, ended = Days(on, on).bounds(Given("a", "Europe/Berlin"))

    assert ended.timestamp() - began.timestamp() == hours * 3600


def test_a_day_whose_midnight_was_skipped_begins_when_the_clocks_went_forward():
    began = midnight(date(2018, 11, 4), Given("a", "America/Sao_Paulo"))

    assert began.timestamp() == 1541300400
