"""The shared cases of dispatch logs: every date is the one that was meant, or is asked about."""

from datetime import timedelta

import pytest
from tests.ingest.codebooks.tables import reading

HERE = "America/New_York"


def moments(found, kind):
    return {one.event_id.removeprefix("call-"): one.began_latest for one in found.claims if one.kind == kind}


def waits(found, start="call"):
    """Give the minutes from the call, or another milestone, to the arrival."""
    begun, arrived = moments(found, start), moments(found, "arrival")
    return {call: (arrived[call] - begun[call]) / timedelta(minutes=1) for call in arrived}


def test_the_day_is_first_where_one_row_shows_it(case):
    found = reading(case("dispatch/day_first_uk.csv"), "Europe/London")

    assert {round(minutes, 2) for call, minutes in waits(found).items() if call not in {"L11", "L12"}} == {5}
    assert [round(waits(found)[call]) for call in ("L11", "L12")] == [6, 6]
    assert {f"{one:%d %B}" for one in moments(found, "call").values()} == {"05 March", "15 March"}


def test_slashes_and_a_short_offset_are_utc(case):
    found = reading(case("dispatch/slashed_iso_offset_00.csv"), HERE)

    assert waits(found) == {"07-1": 7}
    assert moments(found, "call")["07-1"].isoformat() == "2031-11-15T11:10:00+00:00"


def test_24_o_clock_is_the_next_midnight(case):
    found = reading(case("dispatch/twenty_four_hours.csv"), HERE)

    assert waits(found) == {"M1": 5}
    assert moments(found, "arrival")["M1"].isoformat() == "2031-03-03T00:00:00-05:00"


def test_stamps_that_have_two_readings_are_asked_about_and_a_clear_row_is_kept(case):
    found = reading(case("dispatch/dst_fall_back.csv"), HERE)

    assert [(one.row, one.code) for one in found.problems if one.severity == "error"] == [(2, "E-TZ-AMBIGUOUS")]
    assert found.accepted == {3}
    assert waits(found)["F2"] == pytest.approx(8 + 3 / 60)


def test_milliseconds_since_1970_are_read_as_such(case):
    found = reading(case("dispatch/epoch_ms_read_as_1510.csv"), HERE)

    assert {one.began_latest.year for one in found.claims} == {2017}
    assert waits(found) == {"D1": pytest.approx(400 / 60), "D2": 5}
    assert {one.code for one in found.problems} == {"W-TIME-EPOCH"}


def test_an_arrival_in_1900_is_no_arrival(case):
    found = reading(case("dispatch/sentinel_1900.csv"), HERE)

    assert set(waits(found).values()) == {10}
    assert "W10" not in waits(found)
    assert [(one.row, one.code) for one in found.problems] == [(11, "W-TIME-PLACEHOLDER")]
