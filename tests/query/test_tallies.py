"""Tallies give what the claims give that they count, whatever is selected."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import claim, night

from contested import Selection, Store
from contested.analysis.coverage.coverage import question
from contested.analysis.coverage.topic import EVERYTHING, milestones
from contested.query import tallies
from contested.query.database import FEW

MANY = FEW + 1
"""More than all claims of these tests: of so few, nothing is tallied."""
MIDNIGHT = datetime.fromisoformat("2020-02-08T00:00Z")
MOMENTS = st.builds(
    lambda quarters, odd: MIDNIGHT + timedelta(minutes=15 * quarters, seconds=odd),
    st.integers(-8, 8),
    st.sampled_from([0, 0, 0, 7]),
)
TIMES = st.none() | MOMENTS
DOUBTS = st.sampled_from([{}] * 6 + [{"stance": "denies"}, {"status": "withdrawn"}, {"same_event": "likely"}])


@st.composite
def milestone(draw, number):
    """Draw a claim around midnight, some on the quarter of an hour, now and then with a doubt."""
    early, late, over = sorted(draw(st.tuples(MOMENTS, MOMENTS, MOMENTS)))
    begun = draw(st.sampled_from([(early, late), (early, early), (early, None), (None, late), (None, None)]))
    return claim(
        claim_id=f"k{number}",
        event_id=draw(st.sampled_from(["one", "two"])),
        account=draw(st.sampled_from(["north", "south"])),
        kind=draw(st.sampled_from(["clash", "call", "arrival"])),
        began_earliest=begun[0],
        began_latest=begun[1],
        ended_latest=draw(st.sampled_from([None, over])),
        stated_at=draw(TIMES),
        side=draw(st.sampled_from([None, None, "n"])),
        place=draw(st.sampled_from(["masanchi", None])),
        zone=draw(st.sampled_from([None, None, "Asia/Kathmandu"])),
        time_basis=draw(st.sampled_from([None, "logged", "derived"])),
        supersedes=draw(st.sampled_from([(), (), ("k0",)])),
        **draw(DOUBTS),
    )


@st.composite
def told(draw):
    return [draw(milestone(number)) for number in range(draw(st.integers(1, 8)))]


SELECTIONS = st.builds(
    Selection,
    account=st.sampled_from([(), (), ("north",), ("",)]),
    side=st.sampled_from([(), (), ("n",), ("neither",)]),
    place=st.sampled_from([(), (), ("masanchi",)]),
    event=st.sampled_from([(), (), (), ("one",)]),
    kind=st.sampled_from([(), (), ("call", "clash")]),
    since=TIMES,
    until=TIMES,
    as_known_at=st.sampled_from([None, None, MIDNIGHT]),
    zone=st.sampled_from(["UTC", "Asia/Almaty", "Asia/Kathmandu"]),
    by=st.sampled_from(["account", "account", "side"]),
    hedged=st.sampled_from([False, False, True]),
)


def coverage(store, topic, chosen):
    """Count the claims of a topic, with how often each time that may be round is told, in any order."""
    rows = store.columns(question(topic), chosen).to_pylist()
    return [row | {"times": sorted(row.get("times") or ())} for row in rows]


def listed(store):
    """List the facets of a store, also those that are asked for when they are wanted."""
    found = store.facets()
    return found, found.events, found.clock, found.kept_columns


@settings(max_examples=settings().max_examples // 5)
@given(claims=told(), cut=st.integers(0, 10), several=st.lists(SELECTIONS, min_size=4, max_size=4))
def test_what_is_in_view_and_why_it_counts_is_the_same_with_tallies_and_without(claims, cut, several):
    one_by_one, together = Store(claims, few=MANY), Store(claims[:cut], few=0)
    together.add(claims[cut:])

    assert listed(together) == listed(one_by_one)
    for chosen in several:
        assert together.summary(chosen) == one_by_one.summary(chosen)
        for topic in (EVERYTHING, milestones()):
            assert coverage(together, topic, chosen) == coverage(one_by_one, topic, chosen)


def hourly(number):
    """Tell of a call at each full hour from midnight on."""
    moments = [MIDNIGHT + timedelta(hours=one) for one in range(number)]
    return [
        claim(claim_id=f"k{one}", event_id=f"e{one}", kind="call", began_earliest=at, began_latest=at, stated_at=at)
        for one, at in enumerate(moments)
    ]


@pytest.mark.parametrize(("until", "number"), [("09T00:00Z", 24), ("09T06:00Z", 30), ("08T06:30Z", 7)])
def test_of_a_day_that_is_in_view_in_part_the_claims_are_counted_one_by_one(until, number):
    assert Store(hourly(48), few=0).summary(Selection(until=f"2020-02-{until}")).claims == number


def test_tallies_answer_what_is_asked_of_now_and_by_what_they_tell_apart():
    assert tallies.holds(Selection(account=("north",), place=("masanchi",), since=night("18:00"), by="side"))
    assert not tallies.holds(Selection(as_known_at=night("18:00")))
    assert not tallies.holds(Selection(event=("one",)))
    assert not tallies.holds(Selection(hedged=True))


def test_tallies_are_kept_where_they_are_few_or_far_fewer_than_the_claims():
    assert tallies.are_worth_keeping(FEW, 5_000)
    assert tallies.are_worth_keeping(200_000, 1_000_000)
    assert not tallies.are_worth_keeping(300_000, 1_000_000)
