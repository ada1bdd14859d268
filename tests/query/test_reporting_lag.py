"""The reporting lag: how late an account told it, and which hours are incomplete because of that."""

from datetime import UTC, datetime, timedelta
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import claim, night
from tests.lies.small_stories import told

from contested import CHARTS
from contested.analysis.timing.interval_censoring import percentile
from contested.model.times import Delay
from contested.query.reporting_lag import Lag, each_incomplete_since, said

TEN = datetime(2020, 2, 7, 22, tzinfo=UTC)
HOURLY = "hourly-clashes"


def begun(begins, stated_at, claim_id="a", **said_too):
    """Tell of a clash that began between two hours and was over an hour later."""
    first, last = begins
    bounds = {"began_earliest": first and night(first), "began_latest": last and night(last)}
    return claim(claim_id=claim_id, event_id=claim_id, stated_at=night(stated_at), **bounds | said_too)


def lags(*claims, **chosen):
    return told(HOURLY, *claims, **chosen).legend.lags


def test_a_lag_runs_from_the_event_to_the_words():
    assert lags(begun(("18:00", "18:00"), "21:30"))["north"].longest == Delay(210, 210)


def test_a_lag_is_as_uncertain_as_both_of_its_ends():
    """At least from the latest beginning to the earliest statement, at most from the earliest to the latest."""
    vague = begun(("18:00", "19:00"), "23:00", stated_earliest=night("21:00"))

    assert lags(vague)["north"].longest == Delay(120, 300)


def test_no_lag_is_shorter_than_none():
    """A statement known by its day only may seem to come before what it tells."""
    assert lags(begun(("18:00", "19:00"), "20:00", stated_earliest=night("12:00")))["north"].longest == Delay(0, 120)


def test_a_beginning_that_nothing_bounds_leaves_the_lag_open():
    assert lags(begun((None, "18:00"), "20:00"))["north"].longest == Delay(120, inf)
    assert lags(begun(("18:00", None), "20:00"))["north"].longest == Delay(0, 120)


@pytest.mark.parametrize("silent", [begun((None, None), "20:00"), claim(began_latest=night("18:00"))])
def test_without_a_time_of_either_there_is_no_lag(silent):
    assert lags(silent) == {}


def test_what_no_longer_stands_or_denies_has_no_lag():
    fallen = begun(("18:00", "18:00"), "20:00", status="withdrawn")
    denied = begun(("18:00", "18:00"), "21:00", "b", stance="denies")

    assert lags(fallen, denied) == {}


def test_each_account_has_its_own_lag():
    found = lags(begun(("18:00", "18:00"), "19:00"), begun(("18:00", "18:00"), "23:00", "b", account="south"))

    assert {account: lag.longest.high for account, lag in found.items()} == {"north": 60, "south": 300}


@settings(max_examples=20)
@given(minutes=st.lists(st.integers(0, 179), min_size=1, max_size=24))
def test_the_percentiles_are_those_of_delays(minutes):
    """The median and the P90 in SQL are the ones that pooled delays are given, from ten on."""
    began = datetime(2020, 2, 7, 18, tzinfo=UTC)
    claims = [
        begun(("18:00", "18:00"), "18:00", f"{number}").model_copy(
            update={"stated_at": began + timedelta(minutes=late)}
        )
        for number, late in enumerate(minutes)
    ]
    [lag] = lags(*claims).values()

    assert lag.n == len(minutes)
    assert lag.longest.high == max(minutes)
    if lag.n >= 10:
        delays = [Delay(late, late) for late in minutes]
        assert (lag.median, lag.p90) == (percentile(delays, 50), percentile(delays, 90))


def of(n, median, p90, longest):
    return Lag(n, *(Delay(*bounds) for bounds in (median, p90, longest)))


def test_under_ten_the_longest_lag_counts_and_from_ten_on_the_ninetieth_percentile():
    few, many = (of(n, (60, 60), (120, 120), (600, 600)) for n in (9, 10))

    assert each_incomplete_since(TEN, {"few": few, "many": many}) == {
        "few": TEN - timedelta(hours=10),
        "many": TEN - timedelta(hours=2),
    }


def test_where_nothing_bounds_a_lag_its_shortest_counts_and_where_that_is_none_nothing_is_known():
    open_ended, unknown = (of(1, *[(low, inf)] * 3) for low in (90, 0))

    assert each_incomplete_since(TEN, {"open": open_ended, "unknown": unknown}) == {"open": TEN - timedelta(minutes=90)}


def test_without_a_moment_as_known_at_nothing_is_said_to_be_incomplete():
    assert each_incomplete_since(None, {"north": of(1, *[(60, 60)] * 3)}) == {}


@pytest.mark.parametrize(
    ("lag", "words"),
    [
        (of(3, *[(0, 360)] * 3), "north at most 6 hours (n = 3)"),
        (of(1, *[(45, 45)] * 3), "north at most 45 minutes (n = 1)"),
        (of(1, *[(90, inf)] * 3), "north at least 1.5 hours (n = 1)"),
        (of(2, *[(0, inf)] * 3), "north an unknown time (n = 2)"),
        (of(10, (60, 60), (120, 150), (900, 900)), "north 1 hour at the median and 2 to 2.5 hours at P90 (n = 10)"),
        (
            of(40, (200, 400), (500, inf), (900, inf)),
            "north 3 to 7 hours at the median and at least 8 hours at P90 (n = 40)",
        ),
    ],
)
def test_a_lag_is_said_with_the_number_of_claims(lag, words):
    assert said("north", lag) == words


def six(stated_after=6):
    """Make a clash in every hour from 14 to 19, each told so many hours after it began."""
    return [
        begun(
            (f"{hour}:00", f"{hour}:00"),
            "12:00",
            f"{hour}",
            ended_earliest=night(f"{hour + 1}:00"),
            ended_latest=night(f"{hour + 1}:00"),
        ).model_copy(update={"stated_at": datetime(2020, 2, 7, hour, tzinfo=UTC) + timedelta(hours=stated_after)})
        for hour in range(14, 20)
    ]


def test_the_last_hours_before_as_known_at_are_marked_row_by_row():
    """As known at 22:00 and told six hours late, nothing after 16:00 can be complete."""
    rows = told(HOURLY, *six(), as_known_at=TEN).records()

    assert [(row["hour"][11:16], row["incomplete"]) for row in rows] == [
        ("14:00", False),
        ("15:00", False),
        ("16:00", True),
    ]


def test_an_hour_in_which_the_incomplete_time_begins_is_incomplete():
    rows = told(HOURLY, *six(), as_known_at=TEN - timedelta(minutes=1)).records()

    assert [row["incomplete"] for row in rows] == [False, True]


def test_without_as_known_at_no_hour_is_said_to_be_complete_or_incomplete():
    found = told(HOURLY, *six())

    assert {row["incomplete"] for row in found.records()} == {None}
    assert "incomplete" not in found.sentence
    assert "Reporting lag: north at most 6 hours (n = 6)." in found.sentences


def test_the_sentence_names_the_moment_and_since_when():
    found = told(HOURLY, *six(), as_known_at=TEN)

    assert "As known at 7 Feb 2020, 22:00, the hours since 7 Feb 2020, 16:00 are incomplete." in found.sentences


def test_the_moment_is_said_in_the_viewer_s_zone():
    found = told(HOURLY, *six(), as_known_at=TEN, zone="Asia/Almaty")

    assert "As known at 8 Feb 2020, 04:00, the hours since 7 Feb 2020, 22:00 are incomplete." in found.sentences


def outlines(found):
    return [shape for shape in found.figure()["layout"]["shapes"] if shape["line"].get("dash") == "dot"]


def test_the_incomplete_hours_are_outlined_in_the_figure():
    [band] = outlines(told(HOURLY, *six(), as_known_at=TEN))

    assert (band["x0"], band["x1"]) == ("2020-02-07T16:00:00", "2020-02-07T17:00:00")


def test_only_drawn_hours_are_outlined():
    [band] = outlines(told(HOURLY, *six(3), as_known_at=TEN - timedelta(hours=3)))

    assert (band["x0"], band["x1"]) == ("2020-02-07T16:00:00", "2020-02-07T17:00:00")


def test_no_hour_is_outlined_where_all_were_told_long_ago():
    later = told(HOURLY, *six(), as_known_at=TEN + timedelta(days=3))

    assert {row["incomplete"] for row in later.records()} == {False}
    assert outlines(later) == []


def test_a_silent_account_is_neither_complete_nor_incomplete():
    found = told(HOURLY, *six(), claim(claim_id="z", account="south", kind="arson", stated_at=TEN), as_known_at=TEN)

    assert [row["incomplete"] for row in found.records() if row["account"] == "south"] == [None]


def test_how_late_an_account_spoke_is_asked_where_hours_are_counted_and_nowhere_else():
    spoke = claim(began_latest=night("18:00"), began_earliest=night("18:00"), stated_at=night("20:00"))

    asked = {chart.key for chart in CHARTS if told(chart.key, spoke).legend.lags}
    assert asked == {HOURLY} == {chart.key for chart in CHARTS if chart.topic.is_of_hours}
