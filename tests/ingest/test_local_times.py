"""Clocks: a wall clock names an instant only with its zone, and only where it showed that time once."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.ingest.local_times import instant, zone_of
from contested.ingest.options import Given
from contested.ingest.row import Line, RefusedError

WALLS = st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1))  # noqa: DTZ001 wall clocks


def log(zone):
    return Line(2, {"stamp": "as written"}, Given("log.csv", zone))


def test_a_zone_that_nobody_names_is_asked_for():
    with pytest.raises(RefusedError) as caught:
        zone_of(log(None), "stamp")

    assert caught.value.said == (
        "stamp",
        "as written",
        "no time zone",
        "name the zone of the file's clocks, such as Asia/Almaty",
    )


@given(WALLS, st.sampled_from(["America/Los_Angeles", "Europe/Berlin", "Asia/Almaty", "Australia/Lord_Howe", "UTC"]))
def test_a_wall_clock_is_read_as_the_one_instant_at_which_it_showed_that_time_or_refused(wall, zone):
    offsets = {(wall.replace(tzinfo=ZoneInfo(zone), fold=fold)).utcoffset() for fold in (0, 1)}
    if len(offsets) == 2:
        with pytest.raises(RefusedError, match=r"did not happen|happened twice"):
            instant(log(zone), "stamp", wall)
    else:
        read = instant(log(zone), "stamp", wall)
        assert read.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall


@pytest.mark.parametrize(
    ("wall", "code"),
    [("2020-03-29T02:30", "E-TZ-GAP"), ("2020-10-25T02:30", "E-TZ-AMBIGUOUS")],
    ids=["skipped", "twice"],
)
def test_an_hour_that_clocks_skipped_or_showed_twice_is_refused_and_named(wall, code):
    with pytest.raises(RefusedError) as caught:
        instant(log("Europe/Berlin"), "stamp", datetime.fromisoformat(wall))

    assert caught.value.code == code
    assert wall.replace("T", " ") in str(caught.value)


def test_a_time_with_its_offset_needs_no_zone():
    aware = datetime.fromisoformat("2020-02-07T17:00+06:00")

    assert instant(log(None), "stamp", aware) is aware


@pytest.mark.parametrize("year", [1, 9998, 9999])
def test_a_year_that_a_zone_could_lead_out_of_is_refused(year):
    for zone in (None, UTC):
        with pytest.raises(RefusedError, match="no year that can be kept"):
            instant(log("Asia/Almaty"), "stamp", datetime(year, 12, 31, tzinfo=zone))
