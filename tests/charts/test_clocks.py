"""All clocks: every pair of milestones, by pencil."""

from itertools import combinations

import pytest
from tests.claims_for_tests import claim, night
from tests.lies.small_stories import at, claims_behind, responses, told, traces, unique

from contested import Milestone

NIGHT = (at("18:00", "clash"), at("18:20", "call"), at("18:50", "dispatch"), at("23:00", "arrival"))
TEN = unique(responses(range(10, 20)))


def minutes(found, account="north"):
    return {
        (row["start"], row["stop"]): (row["shortest_minutes"], row["longest_minutes"])
        for row in found.records()
        if row["account"] == account
    }


def test_every_pair_of_milestones_has_its_own_delay():
    over = at("18:00", "clash", ended_earliest="2020-02-08T00:00Z", ended_latest="2020-02-08T00:00Z")
    found = told("clocks", over, *NIGHT[1:])

    assert minutes(found) == {
        ("onset", "call"): (20, 20),
        ("onset", "dispatch"): (50, 50),
        ("onset", "arrival"): (300, 300),
        ("onset", "end"): (360, 360),
        ("call", "dispatch"): (30, 30),
        ("call", "arrival"): (280, 280),
        ("call", "end"): (340, 340),
        ("dispatch", "arrival"): (250, 250),
        ("dispatch", "end"): (310, 310),
        ("arrival", "end"): (60, 60),
    }
    told_of = [one for one in map(str, Milestone) if one not in {"en_route", "transport"}]
    assert list(minutes(found)) == list(combinations(told_of, 2))
    assert found.sentences[0] == "10 clocks run, by 1 account."


def test_each_clock_agrees_with_the_chart_of_that_clock_alone(ask):
    for row in ask("clocks").records():
        [pool] = [
            one
            for one in ask("pooled-delays", start=row["start"], stop=row["stop"]).records()
            if one["account"] == row["account"]
        ]
        shared = ("n", "n_exact", "n_interval", "n_right_censored", "n_excluded", "median_low", "median_high")
        assert [row[name] for name in shared] == [pool[name] for name in shared]


def test_exact_bounded_and_lasting_delays_are_counted_apart():
    bounded = at("18:00", "call", event_id="e90"), at("18:30", "dispatch", event_id="e90")
    wide = bounded[1].model_copy(update={"began_earliest": bounded[0].began_latest})
    sent_after = {"event_id": "e91", "kind": "dispatch", "began_earliest": night("18:00")}
    waits = at("18:00", "call", event_id="e91"), claim(**sent_after)
    exact = at("18:00", "call", event_id="e92"), at("18:10", "dispatch", event_id="e92")
    found = told("clocks", *unique([bounded[0], wide, *waits, *exact]))

    [row] = [one for one in found.records() if (one["start"], one["stop"]) == ("call", "dispatch")]
    assert [row[name] for name in ("n", "n_exact", "n_interval", "n_right_censored")] == [3, 1, 1, 1]
    assert (row["shortest_minutes"], row["longest_minutes"]) == (0, None)
    assert "north, at least 0 minutes (n = 3, 1 exact, 1 between bounds)" in found.sentence


def test_the_median_of_ten_is_the_fifth_and_of_nine_there_is_none():
    [row] = told("clocks", *TEN).records()
    assert (row["n"], row["median_low"], row["median_high"]) == (10, 14, 14)

    [row] = told("clocks", *TEN[:-2]).records()
    assert (row["n"], row["median_low"], row["median_high"]) == (9, None, None)


def test_what_the_reader_trims_is_counted_on_every_clock():
    [row] = told("clocks", *TEN, trimmed_above_minutes=15, trimmed_below_minutes=11).records()

    assert (row["n"], row["n_excluded"], row["longest_minutes"]) == (5, 5, 15)


def test_no_clock_runs_from_one_account_to_another_but_in_a_scenario():
    both = at("18:00", "clash"), at("23:00", "arrival", account="south")

    assert {row["account"] for row in told("clocks", *both).records() if row["stop"] == "arrival"} == set()
    found = told("clocks", *both, scenario="start=north,stop=south")
    [row] = [row for row in found.records() if row["stop"] == "arrival"]
    assert (row["account"], row["shortest_minutes"]) == ("scenario: start=north,stop=south", 300)
    assert "Scenario (mixed accounts: north on the start and south on the stop), 5 hours" in found.sentence


def written(found, width=1160):
    """Give the texts of a picture."""
    return [note["text"] for note in found.figure(width)["layout"]["annotations"]]


def test_a_clock_that_had_not_stopped_by_then_says_how_long_it_ran_at_least():
    waits = at("18:00", "clash", account="south", stated_at="2020-02-07T23:00Z")
    denied = claim(claim_id="nobody", kind="arrival", stance="denies", account="south", stated_at="2020-02-07T23:00Z")
    found = told("clocks", *NIGHT, waits, denied, calls="every")

    lanes = {tuple(claims_behind(found, trace["customdata"][0])) for trace in traces(found)}
    assert ("clash18:00", "nobody") in lanes
    assert "<b>5 h or more</b>" in written(found)


def test_a_grid_has_a_dash_where_an_account_does_not_time_both_and_nothing_where_no_clock_can_run():
    found = told("clocks", at("18:00", "clash"), at("18:20", "call"), at("23:00", "arrival", account="south"))

    assert written(found).count("<b>20 min</b>") == 1
    assert written(found).count("–") == 1  # from the clash to the arrival, the clock in use


@pytest.mark.parametrize("width", [328, 560, 1160])
def test_the_clock_in_use_is_underlined_and_hearsay_is_outlined(ask, width):
    found = ask("clocks")

    heavy = [one for one in found.figure(width)["layout"]["shapes"] if one["line"]["width"] == 3]
    hollow = [trace for trace in found.figure(width)["data"] if trace["marker"]["line"]["width"] == 1.5]
    assert len(heavy) == 1
    assert len(hollow) == int(found.rows["hearsay"].sum()) == 3
    assert "<b>5–6 h</b>" in written(found, width)


@pytest.mark.parametrize(
    ("claims", "chosen", "title"),
    [
        (NIGHT, {}, "Help took 5 hours to arrive, by the clock of north"),
        (NIGHT, {"start": "call", "stop": "end"}, "One account runs clocks, but none from the call to the end"),
        ((), {}, "No account times two moments of one event"),
        ((*NIGHT, at("18:00", "clash", account="south"), at("19:00", "arrival", account="south")), {},
         "Help took 1 to 5 hours to arrive, by the clocks of two accounts"),
        (TEN, {}, "Half were over within 14 minutes from the first clash to arrival"),
        ((at("18:00", "clash"), at("17:00", "arrival")), {},
         "Help arrived 1 hour before the first clash, by the clock of north"),
    ],
)  # fmt: skip
def test_the_title_says_what_the_clock_in_use_comes_to(claims, chosen, title):
    assert told("clocks", *claims, **chosen).title == title


def test_what_ends_before_it_begins_is_counted_and_said_to_be_so():
    came = at("17:30", "arrival")
    found = told("clocks", *unique([at("18:00", "call"), came]))

    [row] = [row for row in found.records() if (row["start"], row["stop"]) == ("call", "arrival")]
    assert (row["n"], row["n_reversed"], row["longest_minutes"]) == (1, 1, -30)
    assert "Counted as told: 1 with the arrival before the call, of 1." in found.sentence
