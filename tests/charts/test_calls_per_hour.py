"""Calls per hour: means of weekdays and weekends by pencil, what is known to no hour, and titles."""

import json
from datetime import timedelta

import pytest
from tests.charts.test_delays_over_time import MONDAY, call, calls, vague
from tests.lies.small_stories import hovers, marked, told, unique

from contested.analysis.timing.delay_words import MOST_WORDS
from contested.theme import WIDTHS


def asked(claims, **chosen):
    return told("calls-per-hour", *unique(claims), **{"start": "call"} | chosen)


def at(*days_and_hours):
    """Log a call on each of these days after the first of January, a Monday, at an hour."""
    return calls([(MONDAY + timedelta(days=day, hours=hour), 5) for day, hour in days_and_hours])


FOURTEEN_DAYS = [(0, 8), (0, 8), (1, 8), (5, 8), (6, 20), (13, 8)]
"""Ten weekdays and four days of weekends."""


def test_the_mean_is_over_all_days_also_those_on_which_none_came():
    rows = asked(at(*FOURTEEN_DAYS)).records()

    assert [(row["days"], row["hour"], row["n"], row["among"], row["mean"]) for row in rows] == [
        ("weekdays", "08:00", 3, 10, 0.3),
        ("weekends", "08:00", 2, 4, 0.5),
        ("weekends", "20:00", 1, 4, 0.25),
    ]


def test_a_call_counts_also_where_nobody_came():
    [row] = asked(call("alone", MONDAY, None)).records()

    assert (row["n"], len(row["claim_ids"])) == (1, 1)


def test_a_call_known_to_no_hour_is_a_row_of_its_own_and_said():
    found = asked([*at((0, 8)), *vague()])

    assert [(row["hour"], row["n"], row["mean"]) for row in found.records()] == [("08:00", 1, 1), (None, 1, None)]
    assert found.fine == "Means over 1 weekday. 1 call known to no hour left out."


def test_hours_and_weekends_are_those_of_the_viewers_zone():
    """Friday 23:30 in UTC is Saturday 04:30 in Tashkent."""
    claims = calls([(MONDAY + timedelta(days=4, hours=23, minutes=30), 5)])

    here, there = (asked(claims, zone=zone).records() for zone in ("UTC", "Asia/Tashkent"))
    assert [(row["days"], row["hour"]) for row in here] == [("weekdays", "23:00")]
    assert [(row["days"], row["hour"]) for row in there] == [("weekends", "04:00")]


TITLES = {
    "nobody": ([], "No account times calls"),
    "no hour": (vague(), "No call is known to the hour"),
    "too few": (at((0, 8)), "Too few calls to tell hours apart: 1"),
    "weekdays": (at(*[(day, 17) for day in range(5)] * 2), "Most calls come between 17:00 and 18:00: 2.0 on a weekday"),
    "weekends": (at(*[(5, 20)] * 10, (0, 8)), "Most calls come between 20:00 and 21:00: 10.0 on a day of a weekend"),
    "most of all": (
        at(*[(day, 17) for day in range(5)] * 2, *[(5, 20)] * 9),
        "Most calls come between 17:00 and 18:00: 2.0 on a weekday",
    ),
}
"""The last has ten calls at 17:00 on five weekdays, and nine at 20:00 on one Saturday: more a day, but fewer of all."""


@pytest.mark.parametrize(("claims", "title"), TITLES.values(), ids=TITLES)
def test_titles(claims, title):
    found = asked(claims)

    assert found.title == title
    assert len(title.split()) <= MOST_WORDS


def test_the_clock_names_what_is_counted():
    found = asked(at(*[(0, 8)] * 10), start="arrival")

    assert found.title == "Most arrivals are between 08:00 and 09:00: 10.0 on a weekday"
    assert found.subtitle == "Arrivals per hour, mean of the days"


def test_an_hour_without_a_call_says_nought_a_day_and_each_mark_carries_its_claims():
    found = asked(at(*[(0, 8)] * 10))

    assert "weekdays, 08:00–09:00: 10.0 a day, n = 10" in hovers(found)
    assert "weekdays, 03:00–04:00: 0.0 a day, n = 0" in hovers(found)
    assert max(map(len, marked(found))) == 10


@pytest.mark.parametrize("width", WIDTHS)
def test_markup_in_a_name_is_text(width):
    claims = [*at((0, 8)), *calls([(MONDAY, 5)], "<b>")]
    figure = asked(claims).figure(width)

    assert "<b>" not in json.dumps(figure)


def test_each_account_has_the_mean_of_its_own_days():
    """North logs ten weekdays, South the last alone: one call of South is one a day, not a tenth of one."""
    south = [one.model_copy(update={"account": "south", "event_id": f"s-{one.event_id}"}) for one in at((11, 8))]
    rows = asked([*at((0, 8), (11, 8)), *south]).records()

    assert [(row["account"], row["n"], row["among"], row["mean"]) for row in rows] == [
        ("log", 2, 10, 0.2),
        ("south", 1, 1, 1),
    ]


def test_a_title_adds_no_account_to_another():
    six = at(*FOURTEEN_DAYS)
    south = [one.model_copy(update={"account": "south"}) for one in six]

    assert asked([*six, *south]).title == "Too few calls to tell hours apart: at most 6"


def test_of_hours_with_as_many_none_is_said_to_have_most():
    assert asked(at(*[(0, 8), (0, 20)] * 5)).title == "No hour has most calls: two have 5 each"


def test_more_than_one_clash_and_dispatch_are_named_as_english_names_them():
    assert asked([], start="onset").title == "No account times first clashes"
    assert asked([], start="dispatch").title == "No account times dispatches"
