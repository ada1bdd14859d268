"""When the second unit came, and the third, by pencil: and which calls have none, since fewer were sent or came."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.claims_for_tests import claim

from contested import CHARTS, Selection, Store, Story, answer
from contested.charts.units_on_scene import lines
from contested.model.arrow_schema import to_arrow

CHART = next(chart for chart in CHARTS if chart.key == "units-on-scene")
START = datetime(2031, 3, 2, 10, tzinfo=UTC)


def call(number, *units, station="North", account="log"):
    """Claim a call, and of each unit that was sent a minute later when it came; None where it was cleared instead."""
    own = {"event_id": f"c{number}", "account": account, "groups": {"station": station}, "time_basis": "logged"}
    told = [("call", "", 0)]
    for unit, minutes in enumerate(units):
        told += [("dispatch", f"E{unit}", 1)]
        told += [("end", f"E{unit}", 40)] if minutes is None else [("arrival", f"E{unit}", minutes)]
    for kind, unit, minutes in told:
        moment = START + timedelta(hours=number, minutes=minutes)
        named = {"claim_id": f"{account}-{number}-{kind}-{unit}", "subkind": unit or None}
        yield claim(**named, kind=kind, began_earliest=moment, began_latest=moment, **own)


TEN = [told for number in range(1, 11) for told in call(number, number + 10, number)]
"""Ten calls of two units: the first to come after 1, 2 … 10 minutes, the second ten minutes later."""
ALONE = [*call(11, 3)]
CANCELLED = [*call(12, 4, None)]
ON_ITS_WAY = [one for one in call(13, 5, None) if one.kind != "end"]


@pytest.fixture
def asked(korday):
    def ask(*claims, **chosen):
        story = Story(name="made", package=korday.package, claims=to_arrow(claims))
        return answer(CHART, story, Store(claims), Selection(**{"start": "call"} | chosen))

    return ask


def numbers(found):
    return {
        row["unit"]: (row["n"], row["median_low"], row["p90_low"], row["n_fewer_sent"], row["n_not_arrived"])
        for row in found.records()
    }


def test_the_second_unit_is_the_second_to_come_whichever_it_is(asked):
    assert numbers(asked(*TEN)) == {1: (10, 5, 9, 0, 0), 2: (10, 15, 19, 0, 0)}


def test_a_call_of_one_unit_has_no_second_and_one_that_was_cancelled_is_counted_apart(asked):
    found = asked(*TEN, *ALONE, *CANCELLED)

    assert numbers(found)[2] == (10, 15, 19, 1, 1)
    assert (
        "second unit: 90 % within 19 min (95 % interval 17 min or more; n = 10; 1 call to which fewer were sent; "
        "1 call to which as many were sent that did not all come)"
    ) in found.sentence


def test_of_every_call_what_was_cancelled_was_never_reached(asked):
    found = asked(*TEN, *ALONE, *CANCELLED, calls="every")

    assert numbers(found)[2][:3] == (11, 16, 20)
    assert found.rows["p90_most"].isna().tolist() == [True, True]


def test_what_is_not_told_to_have_come_or_to_have_been_cleared_is_not_guessed(asked):
    [_, second] = asked(*TEN, *ON_ITS_WAY).records()

    assert (second["n"], second["n_not_arrived"], second["n_not_told"]) == (10, 0, 1)


def test_arrivals_between_bounds_give_the_n_th_of_the_earliest_and_of_the_latest(asked):
    late = {"began_latest": lambda one: one.began_latest + timedelta(minutes=2)}
    vague = [
        one.model_copy(update={"began_latest": late["began_latest"](one)}) if one.kind == "arrival" else one
        for one in TEN
    ]

    [_, second] = asked(*vague).records()

    assert (second["median_low"], second["median_high"]) == (15, 17)


def test_the_clock_may_start_with_the_dispatch(asked):
    found = asked(*TEN, start="dispatch")

    assert numbers(found)[2][:3] == (10, 14, 18)
    assert found.subtitle.startswith("Minutes from dispatch to the arrival of each unit")


def test_beside_the_readers_target_the_title_counts_what_is_met(asked):
    found = asked(*TEN, target_minutes=12)

    assert found.title == "1 of 2 arrivals certainly misses the objective, 0 certainly meet it"


def test_by_group_each_station_has_its_own_and_fewer_than_ten_have_none(asked):
    found = asked(*TEN, *call(14, 2, 4, station="South"), group="station")

    told = [(one.unit, one.name, one.n, one.p90) for one in lines(found.rows, found.legend)]
    assert told == [
        ("first unit", "North", "10", "9 min"),
        ("first unit", "South", "1", ""),
        ("second unit", "North", "10", "19 min"),
        ("second unit", "South", "1", ""),
    ]


def test_units_that_too_few_calls_have_are_named_and_not_listed(asked):
    found = asked(*TEN, *call(15, 1, 2, 3, 4))

    assert [one.unit for one in lines(found.rows, found.legend)] == ["first unit", "second unit"]
    assert found.fine == "Fewer than 10 calls have a third unit and those after it: the table gives their numbers."


def test_calls_whose_units_are_not_named_tell_nothing(asked):
    unnamed = [one.model_copy(update={"subkind": None}) for one in TEN]

    assert asked(*unnamed).title == "No account names the units that came and times them"


def test_every_mark_leads_to_the_calls_and_the_arrivals_behind_it(asked):
    found = asked(*TEN, *ALONE)

    marks = [trace["customdata"][0][0] for trace in found.figure()["data"] if "customdata" in trace]
    assert [len(ids) for ids in found.behind_marks(marks)] == [32, 30]
