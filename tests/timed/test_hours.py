"""The hours: counted as one would with a pencil, hour by hour, and named by the claims that say so."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import bounds, claim, fields, night
from tests.lies.small_stories import hours, told

from contested import Claim

HOUR = timedelta(hours=1)
START = datetime(2020, 2, 7, tzinfo=UTC)


def clash(claim_id, *clocks, **said):
    return claim(claim_id=claim_id, event_id=said.pop("event_id", claim_id), **bounds(*clocks), **said)


def behind(found, account="north"):
    """Give the claims behind each hour of an account: {"22:00": ["a"]}."""
    rows = found.rows[found.rows["account"] == account]
    return {f"{hour:%H:%M}": list(ids) for hour, ids in zip(rows["hour"], rows["claim_ids"], strict=True)}


# Pencil


def test_an_hour_counts_each_clash_that_may_touch_it_and_those_that_must():
    found = told(
        "hourly-clashes", clash("a", "18:10", "18:10", "19:40", "19:40"), clash("b", "18:50", "19:10", "19:20", "20:20")
    )

    assert hours(found) == {"18:00": (1, 2), "19:00": (2, 2), "20:00": (0, 1)}


def test_a_clash_that_ends_as_the_clock_strikes_is_not_of_the_next_hour():
    assert hours(told("hourly-clashes", clash("a", "18:00", "18:00", "19:00", "19:00"))) == {"18:00": (1, 1)}


def test_an_hour_without_a_clash_between_two_is_there_and_has_none():
    found = told(
        "hourly-clashes", clash("a", "18:10", "18:10", "18:40", "18:40"), clash("b", "20:10", "20:10", "20:40", "20:40")
    )

    assert hours(found) == {"18:00": (1, 1), "19:00": (0, 0), "20:00": (1, 1)}
    assert behind(found) == {"18:00": ["a"], "19:00": [], "20:00": ["b"]}
    assert found.rows["expected"].tolist() == [1, 0, 1]


def test_the_hours_of_one_account_begin_and_end_where_its_own_clashes_do():
    early, late = clash("a", "18:10", "18:10", "18:40", "18:40"), clash("b", "23:10", "23:10", "23:40", "23:40")
    found = told("hourly-clashes", early, late.model_copy(update={"account": "south"}))

    assert (hours(found), hours(found, "south")) == ({"18:00": (1, 1)}, {"23:00": (1, 1)})


def test_the_claims_behind_an_hour_are_named_in_order_whatever_order_they_came_in():
    events = {"a": "first", "b": "second", "c": "first", "d": "second"}
    claims = [clash(name, "18:10", "18:10", "18:40", "18:40", event_id=events[name]) for name in "dacb"]

    assert behind(told("hourly-clashes", *claims)) == {"18:00": ["a", "b", "c", "d"]}


def test_who_dates_no_clash_has_no_hour_and_no_number():
    found = told("hourly-clashes", clash("a", "18:10", "18:10", "18:40", "18:40"), claim(claim_id="b", account="south"))

    [row] = [row for row in found.records() if row["account"] == "south"]
    assert (row["hour"], row["certain"], row["possible"], row["expected"]) == (None, None, None, None)
    assert [list(ids) for ids in found.rows["claim_ids"]] == [["a"], []]


def test_where_nobody_dates_a_clash_everybody_is_there_all_the_same():
    found = told("hourly-clashes", claim(claim_id="a"), claim(claim_id="b", account="south", kind="arson"))

    assert found.rows["account"].tolist() == ["north", "south"]
    assert found.rows[["hour", "certain", "possible", "expected"]].isna().all(axis=None)


def test_of_no_claim_there_is_no_row():
    assert told("hourly-clashes").rows.empty


def test_what_is_expected_of_a_clash_without_an_end_is_not_known_but_where_it_is_certain():
    found = told("hourly-clashes", clash("a", "18:10", "18:10", "19:30", None, stated_at=night("20:30")))

    assert [row["expected"] for row in found.records()] == [1, 1, None]
    assert found.rows["end_known"].tolist() == [False] * 3


def test_an_account_that_contradicts_itself_does_so_in_the_hours_concerned_alone():
    found = told(
        "hourly-clashes",
        clash("a", "18:00", "18:10", "18:40", "18:50", event_id="e"),
        clash("b", "19:00", "19:10", "19:40", "19:50", event_id="e"),
        clash("c", "21:00", "21:10", "21:40", "21:50"),
    )

    assert found.rows["contradicts"].tolist() == [True, True, False, False]


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ({"from": night("19:30")}, ["19:00", "20:00"]),
        ({"to": night("19:30")}, ["18:00", "19:00"]),
        ({"from": night("19:00"), "to": night("20:00")}, ["19:00"]),
    ],
)
def test_the_hours_that_the_viewer_chose_are_shown_whole(chosen, shown):
    assert list(hours(told("hourly-clashes", clash("a", "18:10", "18:10", "20:40", "20:40"), **chosen))) == shown


# Any clashes at all


@st.composite
def clashes(draw):
    begun = START + timedelta(minutes=draw(st.integers(0, 600)))
    steps = [timedelta(minutes=draw(st.integers(0, 120))) for _ in range(3)]
    names = ("began_earliest", "began_latest", "ended_earliest", "ended_latest")
    moments = [begun + sum(steps[:place], timedelta()) for place in range(4)]
    return dict(zip(names, moments, strict=True)) | {"account": draw(st.sampled_from(("north", "south")))}


def is_possible(one, hour):
    return one.began_earliest < hour + HOUR and (one.ended_latest > hour or one.began_earliest >= hour)


def is_certain(one, hour):
    begun = one.began_latest < hour + HOUR
    return is_possible(one, hour) and begun and (one.ended_earliest > hour or one.began_earliest >= hour)


@settings(deadline=None, max_examples=40)
@given(st.lists(clashes(), min_size=1, max_size=12))
def test_every_hour_counts_what_one_counts_going_through_the_clashes_one_by_one(made):
    claims = [Claim(**fields(claim_id=f"k{number:02}", event_id=f"e{number}") | one) for number, one in enumerate(made)]

    rows = told("hourly-clashes", *claims).rows

    for row in rows.itertuples():
        mine = [one for one in claims if one.account == row.account]
        assert list(row.claim_ids) == [one.claim_id for one in mine if is_possible(one, row.hour)]
        assert row.possible == len(row.claim_ids)
        assert row.certain == sum(is_certain(one, row.hour) for one in mine)
        assert row.certain <= row.expected + 1e-9
        assert row.expected <= row.possible + 1e-9
    counted = Counter(claim_id for ids in rows["claim_ids"] for claim_id in ids)
    assert set(counted) == {one.claim_id for one in claims}
    for _, of_one in rows.groupby("account"):
        assert set(of_one["hour"].diff().dropna()) <= {HOUR}
