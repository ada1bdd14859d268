"""A scenario: whom the reader believes, what comes of it, and that it never passes for one account's telling."""

import pytest
from tests.lies.small_stories import at, told

from contested.query.scenario import Moment, beliefs, is_scenario, name, otherwise, said

CHOSEN = "start=north,stop=south,named=Late help"
BOTH = (at("18:00", "clash"), at("23:00", "arrival", account="south"))


def test_whom_one_believes_on_what():
    assert beliefs(CHOSEN) == {"start": "north", "stop": "south"}
    assert name(CHOSEN) == "Late help"
    assert name("start=north,stop=south") == ""


def test_it_is_said_with_its_name_and_that_it_is_mixed():
    assert said(CHOSEN, str.title) == "Scenario “Late help” (mixed accounts: North on the start and South on the stop)"


@pytest.mark.parametrize("text", ["", "north", "start=north", "start=a,stop=a", "start=a,lunch=b", "start=a,arrival=b"])
def test_what_is_none(text):
    assert not is_scenario(text)


def test_the_result_its_claims_and_what_it_depends_on():
    others = (at("17:00", "clash", account="west"), at("22:00", "arrival", account="east"))
    found = told("response-delays", *BOTH, *others, scenario=CHOSEN)

    [row] = found.records()
    assert (row["shortest_minutes"], row["claim_ids"]) == (300, ["arrival23:00", "clash18:00"])
    assert found.sentences[0] == (
        "Scenario “Late help” (mixed accounts: north on the start and south on the stop): "
        "it took 5 hours from onset to arrival (night)."
    )
    assert found.sentences[1] == (
        "It depends on whom one believes: by the onset of west it took 6 hours from onset to arrival; "
        "by the arrival of east it took 4 hours from onset to arrival."
    )


def test_where_nobody_else_times_it_nothing_else_is_to_be_believed():
    assert "Nobody else shown times the onset or the arrival of it." in (
        told("response-delays", *BOTH, scenario=CHOSEN).sentence
    )


def test_by_milestone_it_holds_for_every_clock():
    call = at("19:00", "call", account="west")
    scenario = "onset=north,call=west,arrival=south"

    for start, minutes in (("onset", 300), ("call", 240)):
        [row] = told("response-delays", *BOTH, call, scenario=scenario, start=start).records()
        assert row["shortest_minutes"] == minutes


def test_it_changes_no_delay_of_any_account():
    alone = told("response-delays", *BOTH, at("20:00", "arrival"))
    mixed = told("response-delays", *BOTH, at("20:00", "arrival"), scenario=CHOSEN)

    assert [row for row in mixed.records() if not row["account"].startswith("scenario")] == alone.records()
    assert alone.sentences[0] in mixed.sentence


def test_by_side_the_believed_are_still_accounts():
    both = [one.model_copy(update={"side": "ours"}) for one in BOTH]

    [row] = told("response-delays", *both, scenario=CHOSEN, by="side").records()
    assert row["account"] == f"scenario: {CHOSEN}"


def test_an_account_that_a_filter_hides_is_not_believed():
    found = told("response-delays", *BOTH, scenario=CHOSEN, account=["north"])

    assert found.records() == []
    assert "no delay from onset to arrival is shown" in found.sentences[0]


def test_its_mark_bears_its_name():
    found = told("response-delays", *BOTH, scenario=CHOSEN)

    [trace] = found.figure()["data"]
    assert trace["x"] == [300]
    assert all(
        "Late help" in note["text"] for note in found.figure()["layout"]["annotations"] if "5 hours" in note["text"]
    )


def test_an_end_left_open_leaves_the_delay_open():
    moments = [Moment("onset", "a", 0, None), Moment("onset", "b", 5, 10), Moment("arrival", "c", 60, 70)]

    assert [(one.account, bounds) for one, bounds in otherwise(moments, [("onset", "b"), ("arrival", "c")])] == [
        ("a", (None, 70))
    ]


@pytest.mark.parametrize("key", ["response-delays", "pooled-delays", "clocks"])
def test_what_mixes_accounts_stands_below_the_accounts_themselves(key):
    theirs = [one.model_copy(update={"claim_id": f"{one.claim_id}z", "account": "zone"}) for one in BOTH]

    *others, last = dict.fromkeys(told(key, *BOTH, *theirs, scenario=CHOSEN).rows["account"])

    assert last == f"scenario: {CHOSEN}"
    assert others
    assert others == sorted(others)
