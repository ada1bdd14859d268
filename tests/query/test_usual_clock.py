"""The clock that a story opens on: what most events of a log have, else from the first clash to the arrival."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.claims_for_tests import claim

from contested import Store
from contested.query.usual_clock import usual_clock

CASES = {
    "a story of a night": ({"clash": 3, "call": 2, "arrival": 1}, ("onset", "arrival")),
    "a log": ({"call": 900, "dispatch": 890, "arrival": 800, "end": 900}, ("call", "arrival")),
    "a log of which few calls are told": ({"call": 20, "dispatch": 890, "arrival": 800}, ("dispatch", "arrival")),
    "nearly as many calls as dispatches": ({"call": 850, "dispatch": 890, "arrival": 800}, ("call", "arrival")),
    "a log without arrivals": ({"call": 900, "dispatch": 890, "end": 800}, ("call", "end")),
    "a log of what was responded to": ({"clash": 900, "call": 900, "arrival": 800}, ("onset", "arrival")),
    "a data set of clashes": ({"clash": 2000}, ("onset", "arrival")),
    "a short log": ({"call": 3, "dispatch": 3, "arrival": 2, "end": 3}, ("call", "arrival")),
    "a few calls beside a clash": ({"clash": 1, "call": 29, "arrival": 29}, ("onset", "arrival")),
    "calls alone": ({"call": 3}, ("onset", "arrival")),
    "nothing": ({}, ("onset", "arrival")),
}


@pytest.mark.parametrize(("events", "clock"), CASES.values(), ids=CASES)
def test_the_clock_that_most_events_have(events, clock):
    assert usual_clock(events) == clock


def test_events_are_counted_and_not_what_is_told_of_them():
    """Ten units go to each of thirty calls, and are no more calls."""
    start = datetime(2024, 1, 1, tzinfo=UTC)
    times = {"began_earliest": start, "began_latest": start + timedelta(minutes=1)}
    claims = [
        claim(claim_id=f"{n}-{kind}-{unit}", event_id=f"e{n}", kind=kind, subkind=unit, **times)
        for n in range(30)
        for kind, units in (("call", "A"), ("dispatch", "ABCDEFGHIJ"), ("arrival", "ABCDEFGHIJ"))
        for unit in units
    ]

    assert Store(claims).facets().clock == ("call", "arrival")
