"""The pooled delays: what counts, what does not, and four ways to make them lie."""

import re
from datetime import UTC, datetime, timedelta
from statistics import mean

import plotly.graph_objects as go
import pytest
from tests.claims_for_tests import claim

from contested import CHARTS, Selection, Store, Story, answer
from contested.timed.told import each_told

CHART = next(chart for chart in CHARTS if chart.key == "pooled-delays")
START = datetime(2020, 2, 1, 12, tzinfo=UTC)
SAID = START + timedelta(days=60)


def times(event, account, kind, low, high, **said):
    """Claim that something began between two minutes of the event's day."""
    begun = START + timedelta(days=event)
    named = {"claim_id": f"{account}-{event}-{kind}", "event_id": f"e{event:02}", "account": account, "kind": kind}
    bounds = {"began_earliest": begun + timedelta(minutes=low), "began_latest": begun + timedelta(minutes=high)}
    return claim(**named | bounds | {"stated_at": SAID} | said)


def pool(delays, account="north"):
    """Claim a clash and an arrival so many minutes later for each event; None never arrives."""
    told = []
    for event, delay in enumerate(delays):
        told.append(times(event, account, "clash", 0, 0))
        if delay is not None:
            told.append(times(event, account, "arrival", *delay))
    return told


@pytest.fixture
def asked(korday):
    def ask(*claims, **chosen):
        story = Story(name="made", package=korday.package, claims=claims)
        return answer(CHART, story, Store(claims), Selection(**chosen))

    return ask


TWELVE = [(10 * n, 10 * n) for n in range(1, 7)] + [(10 * n, 10 * n + 20) for n in range(7, 11)] + [None, None]


def numbers(row):
    return [row[name] for name in ("n", "n_exact", "n_interval", "n_right_censored", "n_excluded")]


def test_twelve_delays_by_pencil(asked):
    [row] = asked(*pool(TWELVE)).records()

    assert numbers(row) == [12, 6, 4, 2, 0]
    assert (row["median_low"], row["median_high"]) == (60, 60)
    assert row["p90_low"] > 24 * 60
    assert row["p90_high"] is None
    assert len(row["claim_ids"]) == 22


def test_says_median_p90_and_what_they_rest_on(asked):
    found = asked(*pool(TWELVE))

    assert found.title == "The median delay from onset to arrival is 1 hour, by north."
    assert "n = 12: median 1 hour (most likely 1 hour), P90 at least" in found.sentence
    assert "6 exact, 4 between bounds, 2 with no end told." in found.sentence


def test_the_curve_is_drawn_with_its_band_and_every_end_leads_to_its_claims(asked):
    found = asked(*pool(TWELVE))

    figure = CHART.draw(found.rows, found.legend)
    area, line, shortest, longest = figure["data"]
    assert go.Figure(figure)
    assert (area["fill"], line["mode"]) == ("toself", "lines")
    assert len(shortest["customdata"]) == 12
    assert len(longest["customdata"]) == 10
    assert longest["y"][-1] == pytest.approx(10 / 12)


def test_three_are_shown_as_they_are_and_no_percentile_is_printed(asked):
    found = asked(*pool([(10, 20), (30, 30), None]))

    [row] = found.records()
    assert [row[name] for name in ("median_low", "median_high", "p90_low", "p90_high")] == [None] * 4
    said = found.sentences[1]
    assert "According to north, 3 delays (too few: n = 3): 10 to 20 minutes (e00), 30 minutes (e01) and" in said
    assert not re.search(r"P90 \d|median \d", found.sentence)
    drawn = CHART.draw(found.rows, found.legend)["data"]
    assert [trace["mode"] for trace in drawn] == ["lines+markers"] * 3


def test_korday_has_one_interval_and_says_that_it_is_too_few(ask):
    found = ask("pooled-delays", account=["vlast"])

    [row] = found.records()
    assert numbers(row) == [1, 0, 1, 0, 0]
    assert found.title == ("Too few delays from onset to arrival for a median: no account tells more than 1.")
    assert "According to Vlast, 1 delay (too few: n = 1): 5 to 6 hours" in found.sentence
    [trace] = CHART.draw(found.rows, found.legend)["data"]
    assert trace["x"] == [5, 6]


def test_a_wait_ends_at_as_known_at_or_when_the_account_last_spoke(asked):
    told = times(0, "north", "clash", 0, 30, stated_at=START + timedelta(hours=1))
    later = times(5, "north", "call", 0, 0, stated_at=START + timedelta(hours=9))

    def waited(**chosen):
        [row] = asked(told, later, **chosen).rows.to_dict("records")
        return each_told(row["told"])[0].delay.low

    assert waited() == 9 * 60 - 30
    assert waited(as_known_at=START + timedelta(hours=4)) == 4 * 60 - 30


def test_each_delay_that_counts_is_told_by_its_bounds_or_by_until_when_it_was_waited_for(asked):
    [row] = asked(*pool([(10, 20), None])).rows.to_dict("records")

    ended, waited = each_told(row["told"])

    assert (ended.delay, ended.waited_until, ended.subkind) == ((10, 20), None, None)
    assert ended.claim_ids.tolist() == ["north-0-arrival", "north-0-clash"]
    assert (waited.delay.low, waited.waited_until) == (59 * 24 * 60, SAID)
    assert waited.said.startswith("no arrival told by ")


@pytest.mark.parametrize(
    "last",
    [
        {"kind": "call"},
        {"kind": "arrival", "stance": "denies"},
        {"kind": "casualties", "measure": "killed", "best": 2},
        {"kind": "statement", "place": "hill"},
    ],
    ids=str,
)
def test_an_account_speaks_last_whatever_it_speaks_of_and_no_filter_moves_that_moment(asked, last):
    """It began between 12:00 and 12:30; at 13:00 the account says so; at 21:00 it last speaks: 8 h 30 at least."""
    begun = times(0, "north", "clash", 0, 30, stated_at=START + timedelta(hours=1), place="village")
    later = claim(claim_id="last", event_id="e05", account="north", stated_at=START + timedelta(hours=9), **last)

    for chosen in ({}, {"kind": ["clash"]}, {"place": ["village"]}, {"account": ["north"]}, {"by": "side"}):
        [row] = asked(begun, later, **chosen).rows.to_dict("records")
        assert [one.delay.low for one in each_told(row["told"])] == [8 * 60 + 30], chosen


@pytest.mark.parametrize(
    ("claims", "chosen", "reason"),
    [
        ([times(0, "north", "arrival", 5, 5)], {}, "1 event without a time of onset"),
        (pool([(5, 5)]), {"kind": ["clash"]}, "1 event with arrival told but not timed in view"),
        (
            [*pool([None]), times(0, "north", "arrival", 0, 0, began_earliest=None, began_latest=None)],
            {},
            "1 event with arrival told but not timed in view",
        ),
        ([times(0, "north", "arrival", 5, 5)], {"start": "arrival", "stop": "call"}, "1 event without a time of call"),
        ([times(0, "north", "clash", 5, 5, began_latest=None)], {}, "1 event with bounds that leave everything open"),
    ],
)
def test_what_is_not_counted_is_said_and_why(asked, claims, chosen, reason):
    found = asked(*claims, **chosen)

    [row] = found.records()
    assert numbers(row) == [0, 0, 0, 0, 1]
    assert found.title.startswith("No account in view gives a delay")
    assert f"Not counted, as told by north: {reason}." in found.sentence
    assert row["claim_ids"]


def test_another_account_changes_no_figure_of_the_first(asked):
    others = pool([(500, 900), None, (3, 3)], account="south")

    alone, [first, *_] = asked(*pool(TWELVE)).records(), asked(*pool(TWELVE), *others).records()
    assert alone == [first]


def test_no_delay_runs_from_one_account_to_another(asked):
    rows = asked(times(0, "north", "clash", 0, 0), times(0, "south", "arrival", 60, 60)).records()

    assert [numbers(row) for row in rows] == [[1, 0, 0, 1, 0], [0, 0, 0, 0, 1]]


def test_two_medians_are_compared_only_where_both_have_ten(asked):
    ten, later = [(n, n) for n in range(10, 20)], [(n, n) for n in range(110, 120)]

    enough = asked(*pool(ten), *pool(later, "south")).sentence
    assert "The median of south is 100 minutes longer than that of north (95 % bootstrap interval:" in enough
    assert "; log-rank p = 0.0013)" in enough
    assert "bootstrap" not in asked(*pool(ten), *pool(later[:9], "south")).sentence


def test_where_no_end_bounds_the_medians_the_curves_are_compared_all_the_same(asked):
    waits = [*[(n, n) for n in range(10, 14)], *[None] * 8]

    found = asked(*pool(waits), *pool([(n, n) for n in range(10, 20)], "south")).sentence
    assert "log-rank p" in found


def test_exchanging_two_accounts_exchanges_them_in_the_comparison(asked):
    ten, later = [(n, n) for n in range(10, 20)], [(n, n) for n in range(15, 45, 2)]

    one, other = asked(*pool(ten), *pool(later, "south")), asked(*pool(later), *pool(ten, "south"))
    swapped = re.sub("north|south", lambda name: "south" if name[0] == "north" else "north", other.sentence)
    assert "bootstrap" in swapped
    assert sorted(one.sentence.split()) == sorted(swapped.split())


def test_by_side_no_delay_runs_from_one_account_to_another(asked):
    told = [times(0, "north", "clash", 0, 0, side="ours"), times(0, "south", "arrival", 60, 60, side="ours")]
    found = asked(*told, by="side")

    assert [numbers(row) for row in found.records()] == [[0, 0, 0, 0, 1]]
    assert "1 event of which no one account times both onset and arrival" in found.sentence


def test_by_side_an_event_that_two_accounts_time_is_one_delay_between_the_bounds_of_both(asked):
    told = [one.model_copy(update={"side": "ours"}) for one in (*pool([(10, 20)]), *pool([(50, 60)], "south"))]
    [row] = asked(*told, by="side").rows.to_dict("records")

    assert (row["n"], each_told(row["told"])[0].delay) == (1, (10, 60))


# Ways to lie


def test_a_naive_mean_of_midpoints_says_something_else(asked):
    delays = [(0, 10)] * 9 + [(0, 600)] * 3

    [row] = asked(*pool(delays)).records()
    assert mean(sum(ends) / 2 for ends in delays) == 78.75
    assert (row["median_low"], row["median_high"]) == (0, 10)


def test_midpoints_hide_that_the_median_is_not_known(asked):
    [row] = asked(*pool([(0, 120)] * 12)).records()

    assert (row["median_low"], row["median_high"]) == (0, 120)


def test_dropping_those_who_still_wait_makes_help_look_quick(asked):
    arrived = [(n, n) for n in range(10, 20)]

    [honest], [naive] = asked(*pool([*arrived, *[None] * 12])).records(), asked(*pool(arrived)).records()
    assert (naive["median_low"], naive["median_high"]) == (14, 14)
    assert honest["median_low"] > naive["median_high"]
    assert honest["median_high"] is None


def test_p90_of_four_is_not_printed(asked):
    [row] = asked(*pool([(10, 10), (20, 20), (30, 30), (400, 400)])).records()

    assert (row["n"], row["p90_low"], row["p90_high"]) == (4, None, None)


def test_the_longest_is_never_trimmed(asked):
    [row] = asked(*pool([(10, 10)] * 8 + [(6000, 6000)] * 2)).records()

    assert (row["p90_low"], row["p90_high"]) == (6000, 6000)
