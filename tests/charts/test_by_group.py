"""Clashes and the killed compared by group, by pencil: raw numbers always, hours and rates from ten on."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from tests.claims_for_tests import claim
from tests.lies.small_stories import claims_behind, told, unique

from contested.query.selection import By

NIGHT = datetime(2031, 3, 2, 21, tzinfo=UTC)


def clash(number, district, account="north", hours=1, **more):
    """Claim a clash from 21:00 of a day on, told to the minute."""
    began = NIGHT + timedelta(days=number)
    over = began + timedelta(hours=hours)
    times = dict.fromkeys(("began_earliest", "began_latest"), began) | dict.fromkeys(
        ("ended_earliest", "ended_latest"), over
    )
    of = {"event_id": f"e{number}", "account": account, "groups": json.dumps({"district": district})}
    return claim(kind="clash", **times | of | more)


def toll(number, district, best, account="north", **more):
    """Claim how many were killed in one event."""
    of = {"event_id": f"e{number}", "account": account, "groups": json.dumps({"district": district})}
    told_of = {"kind": "casualties", "measure": "killed", "scope": "event", "best": best}
    began = NIGHT + timedelta(days=number)
    return claim(began_earliest=began, began_latest=began, **told_of | of | more)


TEN = [clash(number, "East", hours=2) for number in range(10)]
THREE = [clash(number, "West") for number in range(10, 13)]


def asked(*claims, key="clashes-by-group", **chosen):
    return told(key, *unique(claims), **{"group": "district", "by": By.ACCOUNT} | chosen)


def hours(found):
    return {(row["group_value"], row["hour"]): (row["n"], row["certain"], row["possible"]) for row in found.records()}


def test_each_group_has_its_hours_and_its_number_and_fewer_than_ten_only_the_number():
    found = asked(*TEN, *THREE)

    told_hours = hours(found)
    assert told_hours["East", "21:00"] == told_hours["East", "22:00"] == (10, 10, 10)
    assert told_hours["East", "20:00"] == (10, 0, 0)
    assert told_hours["West", None] == (3, None, None)
    assert found.title == "Most clashes are of East: 10 of 13"
    assert "West: 3 clashes." in found.sentence
    assert found.fine == "Fewer than 10 clashes: West (3)."


def test_a_mark_leads_to_the_claims_of_its_hour_and_a_row_of_few_to_all_of_its_group():
    found = asked(*TEN, *THREE)

    marks = [name for trace in found.figure()["data"] for name in trace.get("customdata", ())]
    assert {len(claims_behind(found, mark)) for mark in marks} == {10}
    [west] = found.rows.index[found.rows["group_value"] == "West"]
    assert len(found.claim_ids(found.rows.loc[[west]])[0]) == 3


def test_accounts_are_compared_each_for_itself():
    found = asked(*TEN, *[clash(number, "East", "south") for number in range(10)])

    assert {row["account"]: row["n"] for row in found.records()} == {"north": 10, "south": 10}
    assert found.title.startswith("Nothing to compare: all 10 clashes are of East")


def test_a_clash_of_which_two_values_are_told_is_in_no_group():
    found = asked(*TEN, clash(9, "West", claim_id="other"))

    assert {row["group_value"]: row["n"] for row in found.records()} == {"East": 9}


@pytest.mark.parametrize("group", ["weekday", "hour", "year", "month", "2031-03-07T00:00"])
def test_clashes_are_compared_by_the_calendar_and_around_a_moment(group):
    found = asked(*TEN, group=group)

    values = {row["group_value"]: row["n"] for row in found.records()}
    assert sum(values.values()) == 10
    assert values == {
        "hour": {"21:00": 10},
        "year": {"2031": 10},
        "month": {"2031-03": 10},
        "2031-03-07T00:00": {"before": 5, "after": 5},
    }.get(group, values)


def killed(found):
    return {
        row["group_value"]: (row["events"], row["figures"], row["killed"], row["low"], row["high"])
        for row in found.records()
    }


TOLLS = [toll(number, "East", 2, low=1, high=4) for number in range(10)]
FEW = [toll(number, "West", 1) for number in range(10, 13)]


def test_the_killed_of_each_group_are_added_up_over_events_with_n():
    found = asked(*TOLLS, *FEW, clash(13, "West"), key="killed-by-group")

    assert killed(found) == {"East": (10, 10, 20, 10, 40), "West": (4, 3, 3, None, None)}
    assert [row["killed_per_event"] for row in found.records()] == [2, None]
    assert "East: 10 events, 20 killed (10 to 40) in 10 with a figure, 2.0 an event." in found.sentence
    assert "West: 4 events, 3 killed in 3 with a figure." in found.sentence
    assert found.title == "20 people were killed in 10 events of East, more than of any other"


def test_where_bounds_reach_as_far_no_group_certainly_has_most():
    found = asked(*TOLLS, *[toll(number, "West", 3) for number in range(10, 14)], key="killed-by-group")

    assert found.title == "No group certainly has most killed; by best figures East"


def test_an_event_of_two_totals_is_counted_and_not_added_up():
    found = asked(*TOLLS, toll(0, "East", 9, claim_id="again"), key="killed-by-group")

    assert killed(found)["East"] == (10, 9, 18, 9, 36)


@pytest.mark.parametrize("key", ["clashes-by-group", "killed-by-group"])
def test_without_a_group_nothing_is_compared(key):
    found = asked(*TEN, *TOLLS, key=key, group=None)

    assert found.title == "No account is compared by group: choose one"
    assert found.rows.empty
