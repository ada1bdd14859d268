"""Moments are read only where they are certain, and said as a person says them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError
from tests.claims_for_tests import claim

from contested.model.times import (
    Instant,
    Zone,
    at,
    at_zone,
    between,
    brief_span,
    day,
    day_and_hour,
    drawn_at,
    duration,
    event_bounds,
    instant,
    span,
    utc,
    whole_days,
    zone_time,
)

INSTANT = TypeAdapter(Instant | None)
ZONES = st.sampled_from(["UTC", "Asia/Almaty", "Europe/London", "America/New_York", "Asia/Kathmandu"])
ZONE = TypeAdapter(Zone)


def read(cell):
    return INSTANT.validate_python(cell)


def why_not(cell):
    """Give the reason and the fix of a time that is refused."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Instant).validate_python(cell)
    [error] = caught.value.errors()
    return error["msg"], error["ctx"]["fix"]


def clock(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    "cell",
    [
        "2020-02-07T17:00+06:00",
        "2020-02-07 17:00+06:00",
        "2020-02-07T17:00:00+06:00",
        "2020-02-07T17:00:00.000+06:00",
        "2020-02-07T17:00+0600",
        "2020-02-07T11:00Z",
        " 2020-02-07T11:00Z ",
        datetime(2020, 2, 7, 11, tzinfo=UTC),
    ],
)
def test_a_time_with_its_offset_is_an_instant(cell):
    assert read(cell) == datetime(2020, 2, 7, 11, tzinfo=UTC)


@settings(deadline=None)
@given(st.datetimes(min_value=clock("1900-01-01"), max_value=clock("2100-01-01")), st.integers(-14 * 60, 14 * 60))
def test_an_instant_that_is_written_is_read_again(wall, minutes):
    written = (wall.replace(tzinfo=UTC) + timedelta(minutes=minutes)).isoformat()

    assert read(written).isoformat() == written


@pytest.mark.parametrize("cell", ["", "   ", None])
def test_an_empty_time_is_unknown(cell):
    assert instant(cell) is None


@pytest.mark.parametrize("cell", ["2020-02-07T17:00", "2020-02-07 17:00:00"])
def test_a_time_without_a_zone_is_refused(cell):
    assert why_not(cell) == ("no time zone", f"write the offset, like {cell}+06:00")


@pytest.mark.parametrize(
    "cell",
    [
        "5-6 p.m.",
        "17:00",
        "17:00+06:00",
        "2020-02-07",
        "7.2.2020 17:00",
        "07/02/2020",
        "1581073200",
        "1581073200000",
        "43868",
        "43868.708",
        "20200207T1700+0600",
        "2020-02-07T17+06:00",
        "2020-02-07T5:00+06:00",
        "2020-02-07T17:00 ALMT",
        "2020-02-07T17:00[Asia/Almaty]",
        "٢٠٢٠-02-07T17:00+06:00",
        "about 2020-02-07T17:00+06:00",
        "2020-W06-5T17:00+06:00",
        "now",
        1581073200,
        1581073200.5,
        0,
        True,
        [],
    ],
    ids=repr,
)
def test_what_is_not_a_written_time_is_refused(cell):
    assert why_not(cell) == ("not a time with date, hour and minute", "write it like 2020-02-07T17:00+06:00")


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("2020-02-07T25:00+06:00", "hour must be in 0..23"),
        ("2020-02-07T17:60+06:00", "minute must be in 0..59"),
        ("2020-02-30T17:00+06:00", "day is out of range for month"),
        ("2019-02-29T17:00+06:00", "day is out of range for month"),
        ("2020-13-01T17:00+06:00", "month must be in 1..12"),
    ],
)
def test_a_time_that_no_calendar_has_is_refused(cell, reason):
    assert why_not(cell) == (reason, "correct it")


def test_a_datetime_without_a_zone_is_refused():
    with pytest.raises(ValidationError, match="timezone"):
        read(clock("2020-02-07T17:00"))


def test_an_offset_that_no_clock_has_is_refused():
    with pytest.raises(ValidationError):
        read("2020-02-07T17:00+06:60")


def test_an_instant_that_cannot_be_kept_is_refused():
    with pytest.raises(ValidationError):
        read("0001-01-01T00:00+06:00")


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_refused_or_an_instant_with_its_offset(text):
    try:
        said = read(text)
    except ValidationError:
        said = None

    assert said is None or said.utcoffset() is not None


@pytest.mark.parametrize("name", ["UTC", "Asia/Almaty", "Europe/Berlin"])
def test_a_zone_has_an_iana_name(name):
    assert ZONE.validate_python(name) == name


@pytest.mark.parametrize(
    "name", ["", "Asia", "Asia/Korday", "ALMT", "+06:00", "../etc/passwd", "zone.tab", "\0", "a" * 999]
)
def test_what_is_no_zone_is_refused(name):
    with pytest.raises(ValidationError, match="no such time zone"):
        ZONE.validate_python(name)


def test_an_instant_is_kept_in_utc_without_saying_so():
    assert utc(clock("2020-02-07T17:00+06:00")) == clock("2020-02-07T11:00")


@pytest.mark.parametrize(
    ("wall", "offset"),
    [("2020-02-07T17:00", 6), ("2024-02-29T22:59", 6), ("2024-03-01T00:00", 5), ("2025-02-07T17:00", 5)],
)
def test_almaty_is_six_hours_ahead_until_the_last_of_february_2024_and_five_since(wall, offset):
    assert at_zone(clock(wall), "Asia/Almaty").utcoffset() == timedelta(hours=offset)


@pytest.mark.parametrize(("wall", "zone"), [("2024-02-29T23:30", "Asia/Almaty"), ("2020-10-25T02:30", "Europe/Berlin")])
def test_a_time_that_happened_twice_is_refused(wall, zone):
    said = f"{wall.replace('T', ' ')} is ambiguous or missing in {zone}"

    with pytest.raises(PydanticCustomError, match=said) as caught:
        at_zone(clock(wall), zone)

    assert caught.value.context["fix"] == "write the offset in digits"


def test_a_time_that_never_happened_is_refused():
    with pytest.raises(PydanticCustomError, match="2020-03-29 02:30 is ambiguous or missing in Europe/Berlin"):
        at_zone(clock("2020-03-29T02:30"), "Europe/Berlin")


def test_an_instant_is_said_with_its_day_and_year():
    assert day_and_hour(clock("2020-02-07T18:00+06:00")) == "7 Feb 2020, 18:00"


def test_a_day_is_said_without_its_year():
    assert day(clock("2020-02-07T18:00+06:00")) == "7 Feb"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2020-02-07T19:00", "2020-02-07T19:00", "7 Feb, 19:00"),
        ("2020-02-07T17:00", "2020-02-07T18:00", "7 Feb, 17:00–18:00"),
        ("2020-02-08T00:00", "2020-02-08T14:35", "8 Feb, by 14:35"),
        ("2020-02-08T00:00", "2020-02-08T23:59", "8 Feb"),
        ("2020-02-07T00:00", "2020-02-09T00:00", "7–8 Feb"),
        ("2020-01-31T00:00", "2020-02-02T00:00", "31 Jan–1 Feb"),
        ("2020-02-07T20:00", "2020-02-08T06:00", "7 Feb, 20:00–8 Feb, 06:00"),
    ],
)
def test_a_brief_span_has_no_year(first, last, said):
    assert brief_span(*(datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in (first, last))) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2020-02-07T18:00", "2020-02-07T18:00", "7 Feb 2020, 18:00"),
        ("2020-02-07T17:00", "2020-02-07T18:00", "7 Feb 2020, 17:00 to 18:00"),
        ("2020-02-07T18:00", "2020-02-08T05:00", "7 Feb, 18:00 to 8 Feb 2020, 05:00"),
        ("2020-02-07T18:00", "2020-03-07T18:00", "7 Feb, 18:00 to 7 Mar 2020, 18:00"),
        ("2019-12-31T23:00", "2020-01-01T01:00", "31 Dec 2019, 23:00 to 1 Jan 2020, 01:00"),
    ],
)
def test_a_span_names_the_day_and_the_year_once(first, last, said):
    assert span(clock(first), clock(last)) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2020-02-07T00:00+06:00", "2020-02-08T00:00+06:00", "7 February 2020"),
        ("2020-02-07T00:00+06:00", "2020-02-07T23:59+06:00", "7 February 2020"),
        ("2020-02-07T00:00+06:00", "2020-02-09T00:00+06:00", "7–8 February 2020"),
        ("2020-01-31T00:00+06:00", "2020-02-02T23:59+06:00", "31 January to 2 February 2020"),
        ("2019-12-31T00:00+06:00", "2020-01-02T00:00+06:00", "31 December 2019 to 1 January 2020"),
        ("2020-02-07T00:00+06:00", "2020-02-08T05:00+06:00", "7 Feb, 00:00 to 8 Feb 2020, 05:00"),
        ("2020-02-07T20:00+06:00", "2020-02-08T00:00+06:00", "7 Feb, 20:00 to 8 Feb 2020, 00:00"),
    ],
)
def test_whole_days_are_said_by_their_dates_alone(first, last, said):
    assert span(clock(first), clock(last)) == said


@pytest.mark.parametrize(
    ("earliest", "latest", "said"),
    [
        (None, None, ""),
        ("2020-02-07T18:00+06:00", "2020-02-07T18:00+06:00", "at 7 Feb 2020, 18:00"),
        ("2020-02-07T00:00+06:00", "2020-02-08T00:00+06:00", "on 7 February 2020"),
        ("2020-02-07T00:00+06:00", "2020-02-08T23:59+06:00", "within 7–8 February 2020"),
        ("2020-02-07T18:00+06:00", "2020-02-08T23:59+06:00", "between 7 Feb 2020, 18:00 and the end of 8 Feb 2020"),
        (None, "2020-02-07T23:59+06:00", "by the end of 7 Feb 2020"),
        ("2020-02-07T18:00+06:00", None, "not before 7 Feb 2020, 18:00"),
        ("2020-02-07T00:00+06:00", None, "not before 7 February 2020"),
        (None, "2020-02-08T00:00+06:00", "by the end of 7 Feb 2020"),
        ("2020-02-07T20:00+06:00", "2020-02-08T00:00+06:00", "between 7 Feb 2020, 20:00 and 8 Feb 2020, 00:00"),
    ],
)
def test_bounds_are_said_as_a_person_says_them(earliest, latest, said):
    assert between(*(one and clock(one) for one in (earliest, latest))) == said


def test_the_last_minute_of_a_day_is_its_end():
    assert at(clock("2020-02-11T23:59+06:00")) == "the end of 11 Feb 2020"
    assert at(clock("2020-02-11T23:58+06:00")) == "11 Feb 2020, 23:58"


@given(st.dates(min_value=clock("1950-01-02").date(), max_value=clock("2090-01-01").date()), st.integers(1, 40), ZONES)
def test_what_is_known_by_its_days_is_drawn_within_the_last_of_them(first, number, zone):
    begun = datetime.combine(first, datetime.min.time(), ZoneInfo(zone))
    over = begun + timedelta(number)
    last = first + timedelta(number - 1)

    assert whole_days(begun, over) == whole_days(begun, over - timedelta(minutes=1)) == (first, last)
    for end in (over, over - timedelta(minutes=1)):
        assert (drawn_at(begun, end).date(), drawn_at(begun, end).hour) == (last, 12)


def test_what_is_known_to_the_minute_is_drawn_at_it():
    moment = clock("2020-02-11T00:00+06:00")

    assert drawn_at(None, moment) == drawn_at(moment, moment) == moment


@pytest.mark.parametrize(
    ("shortest", "longest", "said"),
    [
        (None, None, "an unknown time"),
        (20, None, "at least 20 minutes"),
        (0, None, "at least 0 minutes"),
        (None, 60, "at most 1 hour"),
        (0, 0, "0 minutes"),
        (1, 1, "1 minute"),
        (30, 30, "30 minutes"),
        (59, 59, "59 minutes"),
        (60, 60, "1 hour"),
        (61, 61, "61 minutes"),
        (90, 90, "1.5 hours"),
        (1, 2, "1 to 2 minutes"),
        (300, 360, "5 to 6 hours"),
        (300, 345, "300 to 345 minutes"),
        (0, 60, "0 to 60 minutes"),
        (60, 90, "1 to 1.5 hours"),
        (4_320, 4_320, "72 hours"),
        (7_200, 7_200, "5 days"),
        (7_261, None, "at least 5 days"),
        (None, 7_261, "at most 5.1 days"),
        (7_200, 8_700, "5 to 6.1 days"),
        (20, 7_200, "20 minutes to 5 days"),
        (0, 7_200, "0 to 5 days"),
        (52_597_080, 52_597_080, "100 years"),
        (None, 1_100_000, "at most 2.1 years"),
        (7_200, 2_629_800, "5 days to 5 years"),
    ],
)
def test_a_duration_is_said_in_the_unit_that_a_person_uses(shortest, longest, said):
    assert duration(shortest, longest) == said


@pytest.mark.parametrize(
    ("shortest", "longest", "said"),
    [
        (-60, 60, "1 hour before to 1 hour after"),
        (-15, 300, "15 minutes before to 5 hours after"),
        (-60, -60, "1 hour before"),
        (-360, -300, "5 to 6 hours before"),
        (-60, 0, "0 to 60 minutes before"),
        (-60, None, "at most 1 hour before"),
        (None, -60, "at least 1 hour before"),
        (-7_261, None, "at most 5.1 days before"),
        (-7_261, 60, "5.1 days before to 1 hour after"),
        (-8_700, -7_200, "5 to 6.1 days before"),
    ],
)
def test_a_duration_that_may_run_backwards_says_before_and_after(shortest, longest, said):
    assert duration(shortest, longest) == said


def test_a_duration_up_to_nothing_has_no_negative_zero():
    assert duration(-60.0, 0.0) == "0 to 60 minutes before"


def test_a_long_duration_is_said_in_full():
    assert "e+" not in duration(1_234_567, 1_234_567)


def test_a_claim_reckons_with_instants_also_where_it_was_given_clocks_of_a_zone():
    began, ended = (datetime(2020, 3, 29 + days, tzinfo=ZoneInfo("Europe/Berlin")) for days in (0, 1))

    told = claim(began_earliest=began, ended_latest=ended)

    assert (ended - began).total_seconds() == 24 * 3600, "what the clocks say of that day"
    assert (told.ended_latest - told.began_earliest).total_seconds() == 23 * 3600
    assert told.began_earliest.isoformat() == "2020-03-29T00:00:00+01:00"


SPANS = st.tuples(st.datetimes(), st.datetimes()).map(lambda pair: tuple(sorted(pair)))


@given(SPANS, SPANS)
def test_what_began_and_ended_within_its_bounds_still_does_so_when_they_are_read_together(began, ended):
    """Draw the truth as the earliest begin and the latest end, which can be true together whenever anything can."""
    bounds = event_bounds(began, ended)

    if began[0] <= ended[1]:
        assert bounds["began_earliest"] == began[0] <= bounds["began_latest"] <= bounds["ended_latest"] == ended[1]
        assert bounds["began_earliest"] <= bounds["ended_earliest"] <= bounds["ended_latest"]


NOT_SAID = (None, None)


@given(SPANS)
def test_a_begin_or_an_end_alone_bounds_only_itself(span):
    assert tuple(event_bounds(span, NOT_SAID).values()) == (*span, *NOT_SAID)
    assert tuple(event_bounds(NOT_SAID, span).values()) == (*NOT_SAID, *span)


def test_an_end_by_which_it_was_over_alone_says_by_when_it_had_begun():
    began, over = datetime(2020, 2, 7, 18, tzinfo=UTC), datetime(2020, 2, 7, 20, tzinfo=UTC)

    bounds = event_bounds((began, over + timedelta(hours=4)), (None, over))

    assert tuple(bounds.values()) == (began, over, None, over)


def test_the_time_of_a_zone_is_named_by_its_city():
    assert [zone_time(zone) for zone in ("Asia/Almaty", "America/New_York", "UTC")] == [
        "Almaty time",
        "New York time",
        "UTC",
    ]
