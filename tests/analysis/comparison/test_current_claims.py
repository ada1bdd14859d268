"""What nothing can stand against is left out of the comparison, and nothing else is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import claim

from contested import Selection, Store
from contested.analysis.comparison.current_claims import CURRENT, disputable
from contested.analysis.comparison.positions import read_positions
from contested.analysis.comparison.table import tabulate, write_rows
from contested.query.legend import Legend


def at(minute):
    return f"2020-02-07T18:{minute:02}+06:00"


def milestone(claim_id, kind, minute, **more):
    return claim(claim_id=claim_id, kind=kind, began_earliest=at(minute), began_latest=at(minute), **more)


LOG = [milestone("1", "call", 0), milestone("2", "dispatch", 1), milestone("3", "arrival", 9)]


def kept(claims, wholes=None):
    rows = Store(claims).columns(CURRENT, Selection())
    return sorted(disputable(rows, wholes or {})["claim_id"].to_pylist())


def test_of_a_call_of_which_each_milestone_is_told_once_and_in_order_nothing_can_be_disputed():
    assert kept(LOG) == []


@pytest.mark.parametrize(
    "more",
    [
        milestone("4", "call", 0, account="south"),
        milestone("4", "transport", 2),
        milestone("4", "end", 20, question="When did it end?"),
        claim(claim_id="4", kind="casualties", measure="killed", best=0),
        claim(claim_id="4", kind="statement", answer="yes", question="Was it so?"),
    ],
    ids=["told twice", "out of order", "asked in words", "a figure", "words"],
)
def test_one_claim_that_may_be_disputed_keeps_all_of_its_event(more):
    other_event = [one.model_copy(update={"claim_id": f"x{one.claim_id}", "event_id": "calm"}) for one in LOG]

    assert kept([*LOG, more, *other_event]) == ["1", "2", "3", "4"]


def test_a_part_and_its_whole_are_kept_and_so_is_what_tells_of_a_place_that_is_located():
    parts = [one.model_copy(update={"event_id": f"e{one.claim_id}"}) for one in LOG]
    placed = [milestone("4", "call", 0, event_id="e4", place="x"), milestone("5", "call", 0, event_id="e5", place="y")]
    point = claim(claim_id="6", event_id="e6", place="x", latitude=42.9, longitude=75.3)

    assert kept(parts, {"e1": {"e2"}}) == ["1", "2"]
    assert kept([*placed, point]) == ["4", "6"]


MINUTES = st.none() | st.integers(0, 5)
DRAWN = st.fixed_dictionaries(
    {"event_id": st.sampled_from("pqr"), "account": st.sampled_from("ab")},
    optional={
        "kind": st.sampled_from(["clash", "call", "dispatch", "arrival", "end", "statement"]),
        "place": st.sampled_from("xy"),
        "latitude": st.just(42.9),
        "stance": st.sampled_from(["asserts", "denies", "relays"]),
        "subkind": st.sampled_from(["police", "SWAT"]),
        "question": st.just("When did the fight end?"),
        "measure": st.just("killed"),
        "same_event": st.just("likely"),
    },
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(DRAWN, MINUTES, MINUTES, MINUTES), max_size=9))
def test_without_what_cannot_be_disputed_the_same_pairs_are_found(drawn):
    rows = Store(_claims(drawn)).columns(CURRENT, Selection())
    legend = Legend((), Selection(), wholes={"p": frozenset("q")} if len(drawn) % 2 else {})

    assert _pairs(disputable(rows, legend.wholes), legend) == _pairs(rows, legend)


def _claims(drawn):
    for number, (cells, first, second, third) in enumerate(drawn):
        began = sorted(one for one in (first, second) if one is not None)
        times = {"began_earliest": at(began[0])} if began else {}
        times |= {"began_latest": at(began[-1])} if len(began) > 1 else {}
        times |= {"ended_latest": at(third)} if third is not None and third >= max(began, default=0) else {}
        point = {"longitude": 75.3, "radius_km": 1.0} if "latitude" in cells else {}
        figure = {"best": number % 3} if "measure" in cells else {}
        asked = {"answer": "yes"} if "question" in cells else {}
        yield claim(claim_id=str(number), **{"kind": "call"} | cells | times | point | figure | asked)


def _pairs(rows, legend):
    positions = read_positions(rows, legend)
    written = write_rows(positions, tabulate(positions))
    return [
        (row.question, *row.accounts, row.relation, *row.values, *row.claim_ids, row.sentence, *row.topics, row.origins)
        for row in written.itertuples()
    ]
