"""Milestones: first and every unit, waits as known at, and bounds that hold whatever the truth."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import bounds, claim, night
from tests.lies.small_stories import asked, at, small, told, traces, unique

from contested import Claim

BEGAN = at("18:00", "clash")


def minutes(found):
    return [(row["subkind"], row["shortest_minutes"], row["longest_minutes"]) for row in found.records()]


def arrival(claim_id, low, high, unit=None):
    return claim(claim_id=claim_id, kind="arrival", subkind=unit, **bounds(low, high, None, None))


def sent(clock, unit):
    return at(clock, "dispatch", subkind=unit)


# Units


def test_the_first_of_several_units_came_between_the_least_of_their_bounds():
    units = arrival("a", "18:10", "18:40", "A1"), arrival("b", "18:20", "18:30", "B2")

    assert minutes(told("response-delays", BEGAN, *units)) == [(None, 10, 30)]


def test_a_unit_that_certainly_came_later_is_no_ground_of_the_delay():
    units = arrival("a", "18:10", "18:15", "A1"), arrival("b", "18:30", "18:40", "B2")

    [row] = told("response-delays", BEGAN, *units).records()
    assert row["claim_ids"] == ["a", "clash18:00"]


def test_a_unit_that_may_have_come_at_any_time_may_have_been_the_first():
    units = arrival("a", "18:10", "18:15", "A1"), arrival("b", None, "18:40", "B2")

    assert minutes(told("response-delays", BEGAN, *units)) == [(None, None, 15)]


def test_every_unit_has_its_own_dispatch_and_one_without_goes_by_the_first():
    claims = sent("18:10", "A1"), sent("18:20", "B2"), at("18:25", "arrival", subkind="A1")
    claims += at("18:50", "arrival", subkind="B2"), at("19:10", "arrival", subkind="C3")

    found = told("response-delays", *claims, start="dispatch", units="every")
    assert minutes(found) == [("A1", 15, 15), ("B2", 30, 30), ("C3", 60, 60)]
    assert "(unit B2)" in found.sentence
    assert minutes(told("response-delays", *claims, start="dispatch")) == [(None, 15, 15)]


def test_what_sort_of_clash_it_was_makes_it_no_second_clash():
    told_twice = BEGAN, at("18:00", "clash", subkind="riot").model_copy(update={"claim_id": "again"})

    assert minutes(told("response-delays", *told_twice, at("18:30", "arrival"), units="every")) == [(None, 30, 30)]


def test_every_unit_is_pooled_only_where_it_is_asked_for():
    units = at("18:10", "arrival", subkind="A1"), at("18:30", "arrival", subkind="B2")

    assert [told("pooled-delays", BEGAN, *units, units=which).records()[0]["n"] for which in ("first", "every")] == [
        1,
        2,
    ]


# Silence, denials and what others tell

NINE = {"as_known_at": night("21:00")}
EVERY = {"calls": "every"}


def known(one):
    return one.model_copy(update={"stated_at": datetime(2020, 2, 7, 19, tzinfo=UTC)})


@pytest.mark.parametrize("chosen", [{}, NINE, EVERY, NINE | EVERY], ids=str)
def test_an_account_that_never_mentions_the_stop_has_no_delay(chosen):
    found = told("response-delays", known(BEGAN), **chosen)

    assert found.records() == []
    assert "at least" not in found.sentence


def denial(**said):
    return known(claim(claim_id="denied", kind="arrival", stance="denies", **said))


@pytest.mark.parametrize(
    ("denied", "minutes"),
    [
        (denial(), 60),
        (denial(began_latest=night("18:40")), 40),
        (denial(began_earliest=night("18:40"), began_latest=night("18:40")), 40),
        (denial(began_latest=night("23:00")), 60),
    ],
    ids=["until it is said", "by a moment", "at a moment", "never after it is said"],
)
def test_an_account_that_denies_the_stop_says_that_it_had_not_come_by_then(denied, minutes):
    [row] = told("response-delays", known(BEGAN), denied, **EVERY).records()

    assert (row["outcome"], row["censored"]) == ("open", True)
    assert (row["shortest_minutes"], row["longest_minutes"]) == (minutes, None)
    assert row["claim_ids"] == ["clash18:00", "denied"]


def test_what_had_not_come_by_then_is_no_call_with_an_arrival_but_is_counted():
    reached = at("18:30", "arrival", event_id="e0"), at("18:00", "clash", event_id="e0")
    found = told("response-delays", *unique([known(BEGAN), *map(known, reached)]), denial())

    assert found.sentences[0] == (
        "It took 30 minutes from onset to arrival (1 event with an arrival; 1 more is still open)."
    )
    assert [row["event_id"] for row in found.records()] == ["e0"]


@pytest.mark.parametrize(
    "more",
    [
        at("20:00", "arrival"),
        claim(claim_id="untimed", kind="arrival"),
        claim(claim_id="passed on", kind="arrival", stance="relays", via="a neighbour"),
    ],
    ids=lambda one: one.claim_id,
)
def test_a_stop_that_the_account_tells_of_is_not_open(more):
    rows = told("response-delays", known(BEGAN), known(more), denial(), **NINE, **EVERY).records()

    assert not [row for row in rows if row["censored"]]


def test_a_stop_that_a_filter_hides_is_not_open():
    hidden = told("response-delays", known(BEGAN), known(at("20:00", "arrival")), kind=["clash"], **EVERY)

    assert hidden.records() == []


def test_another_account_that_tells_of_the_stop_closes_nothing_but_is_mentioned():
    came = known(at("20:00", "arrival", account="south"))
    found = told("response-delays", known(BEGAN), denial(), came, **EVERY)

    assert [row["shortest_minutes"] for row in found.records()] == [60]
    assert "(another account tells of the arrival)" in found.sentence
    assert "another account" not in told("response-delays", known(BEGAN), denial(), **EVERY).sentence


def test_of_many_delays_the_first_are_written_out_and_all_are_in_the_table():
    events = [(at("18:00", "clash", event_id=f"e{n}"), at("18:30", "arrival", event_id=f"e{n}")) for n in range(61)]
    found = told("response-delays", *unique([one for pair in events for one in pair]))

    assert len(found.records()) == 61
    assert sum(len(trace["x"]) for trace in traces(found)) == 61
    assert "The first 60 of 61 delays are written out" in found.sentence
    assert found.sentence.count("It took 30 minutes") == 61  # and once as the headline


# Whatever the truth

MIDNIGHT = datetime(2020, 2, 8, tzinfo=UTC)
margins = st.integers(0, 120)
truths = st.lists(st.tuples(st.integers(-600, 600), margins, margins), min_size=2, max_size=5)


def said(number, kind, true, below, above):
    return Claim(
        claim_id=f"{number}",
        event_id="night",
        account="north",
        kind=kind,
        subkind=None if kind == "clash" else f"unit {number}",
        source_id="S",
        summary="made",
        began_earliest=MIDNIGHT + timedelta(minutes=true - below),
        began_latest=MIDNIGHT + timedelta(minutes=true + above),
    )


@settings(max_examples=settings().max_examples // 3)
@given(truths)
def test_the_true_delay_of_the_first_unit_lies_within_the_bounds(drawn):
    claims = [said(n, "arrival" if n else "clash", *one) for n, one in enumerate(drawn)]
    true = min(moment for moment, *_ in drawn[1:]) - drawn[0][0]

    [row] = told("response-delays", *claims).records()
    assert row["shortest_minutes"] <= true <= row["longest_minutes"]


@settings(max_examples=settings().max_examples // 6)
@given(truths, truths)
def test_another_account_changes_no_delay_of_the_first(drawn, others):
    claims = [said(n, "arrival" if n else "clash", *one) for n, one in enumerate(drawn)]
    more = [said(n, "arrival" if n else "clash", *one) for n, one in enumerate(others)]
    more = [one.model_copy(update={"claim_id": f"more {one.claim_id}", "account": "south"}) for one in more]

    alone, beside = small(*claims), small(*claims, *more)
    for key in ("response-delays", "pooled-delays", "clocks"):
        rows = [row for row in asked(key, beside).records() if row["account"] == "north"]
        assert rows == asked(key, alone).records()
