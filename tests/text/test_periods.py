"""Periods in words, and all of them between two."""

from datetime import date

import pytest

from contested.text import periods


@pytest.mark.parametrize(
    ("period", "name", "tick"),
    [("2018-02-03", "3 February 2018", "3 Feb"), ("2018-02", "February 2018", "Feb"), ("2018", "2018", "2018")],
)
def test_a_period_is_named_in_full_and_short_at_an_axis(period, name, tick):
    assert periods.name(period) == name
    assert periods.tick(period) == tick


@pytest.mark.parametrize(
    ("first", "unit", "iso", "when", "short"),
    [
        (date(2016, 12, 31), "day", "2016-12-31", "on 31 Dec", "Sat 31 Dec 2016"),
        (date(2016, 12, 26), "week", "2016-W52", "in the week of 26 Dec", "Week of 26 Dec 2016"),
        (date(2016, 12, 1), "month", "2016-12", "in December 2016", "Dec 2016"),
        (date(2017, 1, 1), "quarter", "2017-Q1", "in January–March 2017", "Jan–Mar 2017"),
        (date(2017, 10, 1), "quarter", "2017-Q4", "in October–December 2017", "Oct–Dec 2017"),
        (date(2016, 1, 1), "year", "2016", "in 2016", "2016"),
    ],
)
def test_a_period_of_any_unit_is_named_by_its_first_day(first, unit, iso, when, short):
    assert periods.iso(first, unit) == iso
    assert periods.when(first, unit, with_year=False) == when
    assert periods.short_name(first, unit) == short


def test_a_day_and_a_week_are_told_with_their_year_where_it_is_asked():
    assert periods.when(date(2016, 12, 31), "day", with_year=True) == "on 31 Dec 2016"
    assert periods.when(date(2016, 12, 26), "week", with_year=True) == "in the week of 26 Dec 2016"


def test_all_periods_between_two_are_listed_also_over_the_end_of_a_year():
    assert periods.every("2019-11", "2020-02") == ["2019-11", "2019-12", "2020-01", "2020-02"]
    assert periods.every("2020-02-28", "2020-03-01") == ["2020-02-28", "2020-02-29", "2020-03-01"]
    assert periods.every("1999", "2001") == ["1999", "2000", "2001"]
