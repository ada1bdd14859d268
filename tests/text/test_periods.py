"""Periods in words, and all of them between two."""

import pytest

from contested.text import periods


@pytest.mark.parametrize(
    ("period", "name", "tick"),
    [("2018-02-03", "3 February 2018", "3 Feb"), ("2018-02", "February 2018", "Feb"), ("2018", "2018", "2018")],
)
def test_a_period_is_named_in_full_and_short_at_an_axis(period, name, tick):
    assert periods.name(period) == name
    assert periods.tick(period) == tick


def test_all_periods_between_two_are_listed_also_over_the_end_of_a_year():
    assert periods.every("2019-11", "2020-02") == ["2019-11", "2019-12", "2020-01", "2020-02"]
    assert periods.every("2020-02-28", "2020-03-01") == ["2020-02-28", "2020-02-29", "2020-03-01"]
    assert periods.every("1999", "2001") == ["1999", "2000", "2001"]
