"""Groups: by what calls are compared and narrowed, and which of them a table offers."""

import pytest
from tests.claims_for_tests import claim, found

from contested import Selection, Store
from contested.query import groups


def call(number, at, kind="call", **said):
    """Claim that a call of 2 March 2031 came at a time of New York's clocks."""
    moment = f"2031-03-{at}-05:00"
    named = {"claim_id": f"c{number}-{kind}", "event_id": f"c{number}", "account": "log", "kind": kind}
    return claim(**named | {"began_earliest": moment, "began_latest": moment} | said)


FIRE, EMS = {"agency": "FIRE", "priority": "1"}, {"agency": "EMS"}
CALLS = [
    call(1, "02T17:10", groups=FIRE),
    call(1, "02T17:15", "arrival", groups=FIRE),
    call(2, "02T18:20", groups=EMS),
    call(3, "04T17:30", groups=FIRE | {"priority": "2"}),
    call(4, "05T09:00"),
]
HERE = {"zone": "America/New_York", "start": "call"}


@pytest.mark.parametrize(
    ("where", "left"),
    [
        (["agency=FIRE"], {"c1-call", "c1-arrival", "c3-call"}),
        (["agency=FIRE", "agency=EMS"], {"c1-call", "c1-arrival", "c2-call", "c3-call"}),
        (["agency=FIRE", "priority=2"], {"c3-call"}),
        (["priority=9"], set()),
        (["hour=17:00"], {"c1-call", "c1-arrival", "c3-call"}),
        (["weekday=Sunday", "agency=EMS"], {"c2-call"}),
        (["month=2031-03"], {"c1-call", "c1-arrival", "c2-call", "c3-call", "c4-call"}),
        (["2031-03-04T00:00=after"], {"c3-call", "c4-call"}),
        (["2031-03-02T18:20-05:00=before"], {"c1-call", "c1-arrival"}),
    ],
)
@pytest.mark.parametrize("few", [0, 100])
def test_where_leaves_the_claims_of_the_calls_that_are_of_the_group(where, left, few):
    kept = Store(CALLS, few=few).ask("select claim_id from selected", Selection(where=where, **HERE))

    assert set(kept["claim_id"]) == left


def test_an_hour_is_that_of_the_viewers_clocks():
    assert found(*CALLS, where=["hour=22:00"], start="call") == {"c1-call", "c1-arrival", "c3-call"}


def test_bounds_that_leave_the_hour_open_are_of_no_hour_and_of_one_day():
    vague = call(5, "06T17:30", began_latest="2031-03-06T18:30-05:00")

    assert not found(vague, where=["hour=17:00", "hour=18:00"], **HERE)
    assert found(vague, where=["weekday=Thursday"], **HERE) == {"c5-call"}


@pytest.mark.parametrize("name", ['the "real" priority', "a\\b", "Час вызова", "$.x", "it's"])
def test_a_column_may_be_called_anything(name):
    told = [call(1, "02T17:10", groups={name: "1"}), call(2, "02T17:10", groups={name: "2"})]

    assert found(*told, where=[f"{name}=2"]) == {"c2-call"}


def test_the_kept_columns_are_listed_with_their_values_and_of_how_many_calls_they_are_told():
    listed = Store(CALLS).facets().kept_columns

    assert list(listed) == ["agency", "priority"]
    assert listed["agency"] == groups.KeptColumn("agency", {"FIRE": 2, "EMS": 1}, 2, 3, 4)
    assert listed["priority"].events_of == {"1": 1, "2": 1}


@pytest.mark.parametrize("few", [0, 100])
def test_a_call_of_several_units_is_counted_once_and_under_each_value_that_is_told_of_it(few):
    units = [
        call(1, "02T17:10", "arrival", claim_id=unit, subkind=unit, groups={"station": station, "priority": "1"})
        for unit, station in (("E1", "1"), ("E2", "2"))
    ]

    listed = Store([*units, call(2, "02T17:10", groups={"station": "2"})], few=few).facets().kept_columns

    assert listed["station"] == groups.KeptColumn("station", {"2": 2, "1": 1}, 2, 2, 2)
    assert listed["priority"] == groups.KeptColumn("priority", {"1": 1}, 1, 1, 2)


@pytest.mark.parametrize(
    ("number", "is_offered", "refusal"),
    [(1, False, "one value"), (2, True, ""), (12, True, ""), (34, False, "34 values, too many")],
)
def test_columns_of_two_to_twelve_values_are_offered(number, is_offered, refusal):
    told = [call(one, "02T17:10", groups={"unit": f"E{one}"}) for one in range(number)]

    unit = Store(told).facets().kept_columns["unit"]

    assert (unit.is_offered, unit.refusal) == (is_offered, refusal)


def test_a_column_that_is_called_like_a_part_of_the_calendar_is_listed_and_not_offered():
    told = [call(one, "02T17:10", groups={"hour": f"{one}"}) for one in (1, 2)]

    hour = Store(told).facets().kept_columns["hour"]

    assert (hour.is_offered, hour.refusal) == (False, "called like a part of the calendar")


def test_of_many_claims_the_kept_columns_are_those_of_few():
    casualties = claim(claim_id="x", event_id="c9", account="log", kind="casualties", groups=EMS)

    assert Store([*CALLS, casualties], few=0).facets().kept_columns == Store([*CALLS, casualties]).facets().kept_columns


@pytest.mark.parametrize(
    ("group", "values"),
    [
        ("agency", {"c1": "FIRE", "c2": "EMS", "c3": "FIRE"}),
        ("hour", {"c1": "17:00", "c2": "18:00", "c3": "17:00", "c4": "09:00"}),
        ("year", dict.fromkeys(["c1", "c2", "c3", "c4"], "2031")),
        ("2031-03-04T00:00", {"c1": "before", "c2": "before", "c3": "after", "c4": "after"}),
    ],
)
def test_each_call_is_of_one_group(group, values):
    grouped = Store(CALLS).ask("select event_id, group_value from grouped", Selection(group=group, **HERE))

    assert dict(zip(grouped["event_id"], grouped["group_value"], strict=True)) == values


def test_a_call_of_which_two_values_are_told_is_of_no_group_and_each_of_its_units_is_of_its_own():
    told = [
        call(1, "02T17:10", "arrival", claim_id=unit, subkind=unit, groups={"station": station})
        for unit, station in (("E1", "1"), ("E2", "2"))
    ]

    def asked(units):
        rows = Store(told).columns("from grouped", Selection(group="station", units=units)).to_pylist()
        return {(row["subkind"], row["group_value"]) for row in rows}

    assert asked("first") == {(None, None)}
    assert asked("every") == {(None, None), ("E1", "1"), ("E2", "2")}


def test_a_selection_says_what_it_is_narrowed_to_and_compared_by():
    chosen = Selection(where=["priority=1", "priority=2", "call_type=Fire"], group="2031-03-04T00:00", **HERE)

    assert "where priority is 1 or 2 and call type is Fire" in chosen.sentence()
    assert "compared by before or after 4 Mar 2031" in chosen.sentence()
    assert "where before 4 Mar 2031" in Selection(where=["2031-03-04T00:00=before"], **HERE).sentence()
