"""Response delay: eight ways in which a naive dashboard lies about how long help took, D1–D8."""

from datetime import timedelta
from statistics import mean, quantiles

import pandas as pd
import pytest
from tests.claims_for_tests import bounds, claim, night
from tests.lies.small_stories import at, fixture, kept, killed, responses, told, unique

from contested.ingest.options import Given
from contested.ingest.reader import numbered


def pool(found, percentile):
    [row] = found.records()
    return row[f"{percentile}_low"], row[f"{percentile}_high"]


ONSET_TO_ARRIVAL = (at("18:00", "clash"), at("18:20", "call"), at("18:50", "dispatch"), at("23:00", "arrival"))


def minutes(found):
    return [(row["shortest_minutes"], row["longest_minutes"]) for row in found.records()]


PAIRS = {("onset", "arrival"): 300, ("call", "arrival"): 280, ("dispatch", "arrival"): 250, ("call", "dispatch"): 30}


def test_d1_every_pair_of_clocks_gives_its_own_delay_and_is_named():
    naive = ONSET_TO_ARRIVAL[-1].began_latest - ONSET_TO_ARRIVAL[1].began_latest
    assert naive == timedelta(minutes=280)

    found = {pair: told("response-delays", *ONSET_TO_ARRIVAL, start=pair[0], stop=pair[1]) for pair in PAIRS}
    assert {pair: minutes(one) for pair, one in found.items()} == {pair: [(late, late)] for pair, late in PAIRS.items()}
    assert all(f"from {start} to {stop}" in one.sentences[0] for (start, stop), one in found.items())


def test_d2_delays_of_two_stretches_do_not_add_up_to_the_whole():
    called = at("18:00", "call")
    sent = claim(claim_id="b", kind="dispatch", **bounds("18:00", "18:20", None, None))
    came = claim(claim_id="c", kind="arrival", **bounds("18:30", "18:50", None, None))

    stretches = [("call", "dispatch"), ("dispatch", "arrival")]
    found = [minutes(told("response-delays", called, sent, came, start=one, stop=other))[0] for one, other in stretches]
    naive = tuple(sum(bound) for bound in zip(*found, strict=True))
    assert (found, naive) == ([(0, 20), (10, 50)], (10, 70))

    assert minutes(told("response-delays", called, sent, came, start="call")) == [(30, 50)]


TEN_AND_ONE_LATE = (4, 5, 5, 6, 6, 6, 7, 7, 8, 9, 300)
"""Minutes: the median is the sixth of eleven, 6; nine in ten were reached in 9; the mean is 33, which nobody waited."""


def test_d2_pooled_delays_are_told_by_median_and_p90_and_never_by_the_mean():
    late = unique(responses(TEN_AND_ONE_LATE))

    naive = mean(TEN_AND_ONE_LATE)
    assert naive == 33

    found = told("pooled-delays", *late)
    assert pool(found, "median") == (6, 6)
    assert pool(found, "p90") == (9, 9)
    assert found.sentences[0] == "The median delay from onset to arrival is 6 minutes, by north."
    assert "33" not in found.sentence


def test_d3_a_delay_between_bounds_is_an_interval():
    began = claim(claim_id="a", **bounds("17:00", "18:00", None, None))
    came = claim(claim_id="b", kind="arrival", **bounds("22:00", "23:00", None, None))

    middles = [one.began_earliest + (one.began_latest - one.began_earliest) / 2 for one in (began, came)]
    naive = middles[1] - middles[0]
    assert naive == timedelta(minutes=300)

    assert minutes(told("response-delays", began, came)) == [(240, 360)]


def test_d3_an_interval_across_nought_means_that_the_order_is_unknown():
    began = claim(claim_id="a", **bounds("18:00", "19:00", None, None))
    came = claim(claim_id="b", kind="arrival", **bounds("18:30", "20:00", None, None))

    naive = max(timedelta(0), came.began_earliest - began.began_latest)
    assert naive == timedelta(0)

    found = told("response-delays", began, came)
    assert minutes(found) == [(-30, 120)]
    assert found.records()[0]["order_known"] is False
    assert found.sentences[0].startswith("Arrival came 30 minutes before to 2 hours after onset (order unknown)")


def test_d3_pooled_intervals_keep_their_bounds():
    """Of eleven delays of 0 to 60 minutes each, nothing is known of the median but that it lies within 0 to 60."""
    events = [
        one
        for number in range(11)
        for one in (
            claim(event_id=f"e{number}", **bounds("18:00", "19:00", None, None)),
            at("19:00", "arrival", event_id=f"e{number}"),
        )
    ]

    naive = [mean((0, 60)) for _ in range(11)]
    assert set(naive) == {30}

    found = told("pooled-delays", *unique(events))
    assert pool(found, "median") == (0, 60)
    assert "30 minutes" not in found.sentence


def test_d4_an_account_that_never_says_that_help_came_is_named():
    reached = unique(responses((10, 20)))
    waiting = at("18:00", "clash", account="south")

    naive = mean(10 if one.event_id == "e0" else 20 for one in reached)
    assert naive == 15

    found = told("response-delays", *reached, waiting, as_known_at=None)
    assert found.sentences[-1] == "Onset and arrival are not both timed by south."


def test_d4_not_yet_arrived_is_longer_than_until_it_was_said():
    stated = {"stated_at": night("23:00")}
    reached, waiting = unique(responses((10, 20), **stated)), at("18:00", "clash", event_id="waiting", **stated)
    denied = claim(claim_id="nobody", kind="arrival", stance="denies", event_id="waiting", **stated)

    naive = mean(late for late in (10, 20, None) if late)
    assert naive == 15

    rows = told("response-delays", *reached, waiting, denied, calls="every").records()
    assert [(row["shortest_minutes"], row["longest_minutes"]) for row in rows if row["event_id"] == "waiting"] == [
        (300, None)
    ]


def test_d4_silence_on_an_arrival_is_no_wait_until_the_account_spoke_last():
    silent = at("18:00", "clash", stated_at=night("18:30"))
    later = killed("later", 2, stated_at="2020-03-01T12:00Z", event_id="another")

    naive = (later.stated_at - silent.began_latest).total_seconds() / 3600
    assert naive > 500

    for calls in ("arrivals", "every"):
        assert told("response-delays", silent, later, calls=calls).records() == []
        [row] = told("pooled-delays", silent, later, calls=calls).records()
        assert (row["n"], row["n_excluded"]) == (0, 1)


def test_d4_pooled_delays_of_every_call_count_those_who_still_wait():
    """Ten were reached within ten minutes and eleven not yet after five hours, so that fewer than half were reached."""
    stated = {"stated_at": night("23:00")}
    waiting = [at("18:00", "clash", event_id=f"waiting{number}", **stated) for number in range(11)]
    denied = [claim(kind="arrival", stance="denies", event_id=f"waiting{number}", **stated) for number in range(11)]

    naive = mean(range(1, 11))
    assert naive == 5.5

    found = told("pooled-delays", *unique([*responses(range(1, 11), **stated), *waiting, *denied]), calls="every")
    assert pool(found, "median") == (None, None)
    assert found.sentences[0] == (
        "Fewer than half of all events had an arrival by the last word of those still open, by north "
        "(every event, n = 21: 10 with an arrival, none cleared without and 11 still open)."
    )


def test_d5_the_longest_delay_is_kept_by_default():
    late = unique(responses((10, 20, 300)))

    naive = mean(one for one in (10, 20, 300) if one <= 60)
    assert naive == 15

    found = told("response-delays", *late)
    assert minutes(found) == [(10, 10), (20, 20), (300, 300)]
    assert found.sentences[0] == "It took 10 to 300 minutes from onset to arrival, depending on the event."


def test_d5_delays_at_several_events_of_one_account_depend_on_the_event():
    late = unique(responses((10, 20, 300)))

    naive = {one.account for one in late}
    assert naive == {"north"}

    assert "depending on the account" not in told("response-delays", *late).sentences[0]


def test_d5_pooled_delays_are_not_trimmed_unless_the_viewer_says_so():
    late = unique(responses(TEN_AND_ONE_LATE))

    naive = [one for one in TEN_AND_ONE_LATE if one <= 60]
    assert len(naive) == 10

    [row] = told("pooled-delays", *late).records()
    assert (row["n"], row["n_excluded"]) == (11, 0)


def test_d5_a_trimming_rule_is_a_switch_that_says_what_it_removed():
    late = unique(responses(TEN_AND_ONE_LATE))

    naive = [one for one in TEN_AND_ONE_LATE if one <= 60]
    assert len(naive) == 10

    found = told("pooled-delays", *late, trimmed_above_minutes=60)
    assert [(row["n"], row["n_excluded"]) for row in found.records()] == [(10, 1)]
    assert "1 event of certainly more than 60 minutes, which the reader leaves out" in found.sentence
    assert "pooled without delays over 1 hour" in found.stamp()


BEGAN_BY_NORTH, CAME_BY_SOUTH = at("18:00", "clash"), at("23:00", "arrival", account="south")


def test_d6_the_start_of_one_account_is_never_paired_with_the_stop_of_another():
    naive = CAME_BY_SOUTH.began_latest - BEGAN_BY_NORTH.began_latest
    assert naive == timedelta(minutes=300)

    found = told("response-delays", BEGAN_BY_NORTH, CAME_BY_SOUTH)
    assert found.records() == []
    assert found.sentences[0] == "No account shown times both onset and arrival."


@pytest.mark.parametrize("side", [None, "northern"])
def test_d6_by_side_two_accounts_are_not_paired_either_unless_it_is_said(side):
    both = [one.model_copy(update={"side": side}) for one in (BEGAN_BY_NORTH, CAME_BY_SOUTH)]

    naive = both[1].began_latest - both[0].began_latest
    assert naive == timedelta(minutes=300)

    found = told("response-delays", *both, by="side")
    assert found.records() == [] or "different accounts" in found.sentence


def test_d6_a_scenario_pairs_two_accounts_and_says_that_it_is_mixed():
    found = told("response-delays", BEGAN_BY_NORTH, CAME_BY_SOUTH, scenario="start=north,stop=south")

    assert minutes(found) == [(300, 300)]
    assert "mixed" in found.sentence.lower()
    assert "mixed" in found.stamp()


TWO_UNITS = (at("18:00", "clash"), at("18:10", "arrival", subkind="A1"), at("18:30", "arrival", subkind="B2"))


def test_d7_two_units_at_one_event_are_one_delay():
    naive = [(unit.began_latest - TWO_UNITS[0].began_latest).seconds / 60 for unit in TWO_UNITS[1:]]
    assert (len(naive), mean(naive)) == (2, 20)

    [row] = told("response-delays", *TWO_UNITS).records()
    assert row["shortest_minutes"] == 10


def test_d7_the_first_unit_to_arrive_stops_the_clock():
    naive = max(unit.began_latest for unit in TWO_UNITS[1:]) - TWO_UNITS[0].began_latest
    assert naive == timedelta(minutes=30)

    found = told("response-delays", *TWO_UNITS)
    assert minutes(found) == [(10, 10)]
    assert "contradicts" not in found.sentence


def test_d7_every_unit_is_counted_only_where_the_viewer_says_so():
    found = told("response-delays", *TWO_UNITS, units="every")

    assert [(row["subkind"], row["shortest_minutes"]) for row in found.records()] == [("A1", 10), ("B2", 30)]
    assert "every unit" in found.stamp()


def test_d7_two_arrivals_of_one_unit_do_contradict_each_other():
    naive = TWO_UNITS[1].began_latest < TWO_UNITS[2].began_latest
    assert naive

    same = [one.model_copy(update={"subkind": "A1"}) for one in TWO_UNITS]
    found = told("response-delays", *same)
    assert minutes(found) == [(10, 30)]
    assert "contradicts itself" in found.sentence


def test_d7_a_log_of_units_is_read_as_one_event_a_call():
    path = fixture("response/sf_fire_calls_nikitaAD.extract2000.csv")
    log = pd.read_csv(path)

    naive = len(log)
    assert naive == 2000
    assert log["Call Number"].nunique() < naive

    claims = kept(found for _, found in numbered(path, Given(path.name, "America/Los_Angeles")))
    assert len({one.event_id for one in claims}) == log["Call Number"].nunique()


def test_d8_three_delays_are_shown_as_they_are():
    three = unique(responses((10, 20, 60)))

    naive = quantiles((10, 20, 60), n=10, method="inclusive")[-1]
    assert naive == 52

    found = told("response-delays", *three)
    assert minutes(found) == [(10, 10), (20, 20), (60, 60)]
    assert not {word for word in ("median", "percentile", "average", "mean", "P90", "52") if word in found.sentence}


def test_d8_no_percentile_is_given_below_ten():
    three = unique(responses((10, 20, 60)))

    naive = quantiles((10, 20, 60), n=10, method="inclusive")[-1]
    assert naive == 52

    found = told("pooled-delays", *three)
    assert (pool(found, "median"), pool(found, "p90")) == ((None, None), (None, None))
    assert found.sentences[0] == "Too few delays from onset to arrival for a median: no account tells more than 3."
    assert "52" not in found.sentence
