"""The hours: counted as one would with a pencil, hour by hour, and named by the claims that say so."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import bounds, claim, fields, night
from tests.lies.small_stories import hours, told

from contested import Claim
from contested.analysis.timing.time_steps import grid

HOUR = timedelta(hours=1)
START = datetime(2020, 2, 7, tzinfo=UTC)


def clash(claim_id, *clocks, **said):
    return claim(claim_id=claim_id, event_id=said.pop("event_id", claim_id), **bounds(*clocks), **said)


def behind(found, account="north"):
    """Give the claims behind each hour of an account: {"22:00": ["a"]}."""
    rows = found.rows[found.rows["account"] == account]
    return {f"{hour:%H:%M}": ids for hour, ids in zip(rows["hour"], found.claim_ids(rows), strict=True)}


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
    assert found.claim_ids() == [["a"], []]


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


@settings(max_examples=settings().max_examples // 2)
@given(st.lists(clashes(), min_size=1, max_size=12))
def test_every_hour_counts_what_one_counts_going_through_the_clashes_one_by_one(made):
    claims = [Claim(**fields(claim_id=f"k{number:02}", event_id=f"e{number}") | one) for number, one in enumerate(made)]

    found = told("hourly-clashes", *claims)
    rows, behind_rows = found.rows, found.claim_ids()

    for row, claim_ids in zip(rows.itertuples(), behind_rows, strict=True):
        mine = [one for one in claims if one.account == row.account]
        assert claim_ids == [one.claim_id for one in mine if is_possible(one, row.hour)]
        assert row.possible == len(claim_ids)
        assert row.certain == sum(is_certain(one, row.hour) for one in mine)
        assert row.certain <= row.expected + 1e-9
        assert row.expected <= row.possible + 1e-9
    counted = Counter(claim_id for ids in behind_rows for claim_id in ids)
    assert set(counted) == {one.claim_id for one in claims}
    for _, of_one in rows.groupby("account"):
        assert set(of_one["hour"].diff().dropna()) <= {HOUR}


# Days, and the clocks of a zone

ZONES = (
    "UTC",
    "Asia/Almaty",
    "Asia/Kolkata",
    "America/New_York",
    "Europe/London",
    "America/Havana",
    "Australia/Lord_Howe",
)
DAYS = st.dates(date(2019, 1, 1), date(2024, 12, 31))
KNOWN = st.sampled_from(("with an end", "without an end"))


def midnight(day, zone):
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def of_the_day(day, zone, known):
    """Say that a clash was on a day, whenever."""
    first, last = midnight(day, zone), midnight(day + timedelta(1), zone)
    end = {"ended_earliest": first, "ended_latest": last} if known == "with an end" else {}
    return claim(began_earliest=first, began_latest=last, **end)


@settings(max_examples=settings().max_examples // 2)
@given(DAYS, st.sampled_from(ZONES), KNOWN)
def test_a_clash_of_a_day_is_possible_in_the_hours_of_that_day_and_in_no_other(day, zone, known):
    rows = told("hourly-clashes", of_the_day(day, zone, known), zone=zone).rows

    length = midnight(day + timedelta(1), zone) - midnight(day, zone)
    assert len(rows) == length // HOUR
    assert {hour.date() for hour in rows["hour"]} == {day}
    assert rows["until"].iloc[-1] == midnight(day + timedelta(1), zone)
    assert (rows["certain"].sum(), set(rows["possible"])) == (0, {1})


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        ("2020-02-07", "Asia/Almaty", 24),
        ("2024-02-29", "Asia/Almaty", 25),
        ("2020-03-08", "America/New_York", 23),
        ("2020-11-01", "America/New_York", 25),
        ("2020-03-08", "America/Havana", 23),
        ("2020-11-01", "America/Havana", 25),
    ],
)
def test_a_day_on_which_the_clocks_change_has_an_hour_more_or_less(day, zone, hours):
    told_of = of_the_day(date.fromisoformat(day), zone, "with an end")

    assert len(told("hourly-clashes", told_of, zone=zone).rows) == hours


def test_the_beginning_by_the_stroke_of_an_hour_is_not_possible_in_the_hour_that_begins_then():
    begun_by = claim(**bounds("18:00", "19:00", None, None), stated_at=night("19:00"))

    assert hours(told("hourly-clashes", begun_by)) == {"18:00": (0, 1)}


def test_what_is_of_an_instant_on_the_stroke_is_of_the_hour_that_begins_then():
    assert hours(told("hourly-clashes", clash("a", "18:00", "18:00", "18:00", "18:00"))) == {"18:00": (1, 1)}


# Longer steps


def lasting(first, last):
    return claim(began_earliest=first, began_latest=first, ended_earliest=last, ended_latest=last)


@pytest.mark.parametrize(
    ("last", "step", "number"),
    [
        ("2020-03-07T18:00Z", "hour", 24 * 29),
        ("2020-08-07T18:00Z", "day", 183),
        ("2030-02-07T18:00Z", "month", 121),
        ("2520-02-07T18:00Z", "year", 501),
        ("9520-02-07T18:00Z", "century", 76),
    ],
)
def test_the_longer_the_time_the_coarser_the_step(last, step, number):
    found = told("hourly-clashes", lasting("2020-02-07T18:00Z", last))

    assert (set(found.rows["step"]), len(found.rows)) == ({step}, number)
    assert set(found.rows["certain"]) == {1}
    assert (f"Counted by {step}" in found.sentence) == (step != "hour")
    unit = {"hour": "h", "century": "centuries"}.get(step, f"{step}s")
    assert f"{number:,} {unit} certain" in str(found.figure()["layout"]["annotations"])


def test_of_a_longer_step_nothing_is_expected_but_what_is_certain():
    doubtful = claim(began_earliest="2020-01-10T00:00Z", ended_latest="2030-01-20T00:00Z")

    assert told("hourly-clashes", doubtful).rows["expected"].isna().all()
    assert (
        told("hourly-clashes", lasting("2020-01-10T00:00Z", "2030-01-20T00:00Z")).rows["expected"].tolist() == [1] * 121
    )


def test_one_night_beside_a_mistyped_year_is_still_counted_by_the_hour_where_it_is_chosen():
    mistyped = claim(claim_id="typo", account="south", began_earliest="1020-02-07T18:00Z", ended_latest=night("20:00"))
    fought = clash("a", "18:10", "18:10", "19:40", "19:40")

    assert set(told("hourly-clashes", mistyped, fought).rows["step"]) == {"year"}
    chosen = told("hourly-clashes", mistyped, fought, **{"from": night("18:00"), "to": night("23:00")})
    assert hours(chosen) == {"18:00": (1, 1), "19:00": (1, 1)}
    assert hours(chosen, "south") == {"18:00": (0, 1), "19:00": (0, 1)}


@settings(deadline=None, max_examples=40)
@given(
    st.datetimes(datetime(2, 2, 1), datetime(9900, 1, 1)),  # noqa: DTZ001
    st.timedeltas(timedelta(minutes=1), timedelta(365 * 9000)),
    st.sampled_from(ZONES),
)
def test_a_grid_covers_the_time_without_a_gap_and_never_has_too_many_steps(first, length, zone):
    begun = first.replace(tzinfo=UTC)
    over = min(begun + min(length, datetime(9990, 1, 1, tzinfo=UTC) - begun), datetime(9990, 1, 1, tzinfo=UTC))
    low, high = ((moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) for moment in (begun, over))

    steps = grid(low, high, zone)

    assert (np.diff(steps.edges) > 0).all()
    assert steps.edges[0] <= low < steps.edges[1]
    assert steps.edges[-2] < high <= steps.edges[-1]
    assert len(steps.edges) <= 2_003


# Words


def test_hours_that_follow_one_another_are_said_from_when_to_when():
    found = told("hourly-clashes", clash("a", "18:00", "18:00", "21:00", "21:00"))

    assert found.sentence.startswith("north: certain in 3 hours (7 Feb 2020, 18:00 to 21:00)")


def test_hours_that_lie_apart_are_not_said_to_fill_the_time_between_them():
    far = [clash("a", "18:00", "18:00", "19:00", "19:00"), clash("b", "22:00", "22:00", "23:00", "23:00")]

    assert "certain in 2 hours (within 7 Feb 2020, 18:00 to 23:00)" in told("hourly-clashes", *far).sentence
