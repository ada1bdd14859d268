"""Heaping: figures and times that may stand for a word or a rounding are named, and stay as they are."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import claim, night
from tests.lies.small_stories import killed, told

from contested.analysis.coverage.heaping import figure_looks, time_looks

FEBRUARY, NEXT_YEAR = datetime(2020, 2, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "look"),
    [
        (10, "may stand for several or tens"),
        (12, "may stand for dozens"),
        (100, "may stand for hundreds"),
        (20, "is round"),
        (40, "is round"),
        (150, "is round"),
        (300, "is round"),
        (2500, "is round"),
        (24_000, ""),
        (0, ""),
        (1, ""),
        (5, ""),
        (8, ""),
        (11, ""),
        (25, ""),
        (178, ""),
        (192, ""),
        (None, ""),
        (float("nan"), ""),
    ],
)
def test_a_figure_looks_like_a_word_or_round_or_like_a_count(number, look):
    assert figure_looks(number) == look


@given(st.integers(2, 9), st.integers(1, 8))
def test_one_digit_and_noughts_are_round(digit, noughts):
    assert figure_looks(digit * 10**noughts) == "is round"


@given(st.integers(0, 10**9))
def test_a_round_figure_ends_in_nought(number):
    assert not figure_looks(number) or number % 10 == 0 or number == 12


def wall(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Almaty"))


@pytest.mark.parametrize(
    ("first", "last", "look"),
    [
        ("2020-02-07T23:00", "2020-02-07T23:00", "full hour"),
        ("2020-02-07T23:30", "2020-02-07T23:30", "half hour"),
        ("2020-02-07T00:00", "2020-02-07T00:00", "midnight"),
        ("2020-02-07T23:07", "2020-02-07T23:07", ""),
        ("2020-02-07T17:00", "2020-02-07T18:00", ""),
        ("2020-02-15T00:00", "2020-02-16T00:00", "middle of the month"),
        ("2020-02-16T00:00", "2020-02-16T23:59", "middle of the month"),
        ("2020-02-01T00:00", "2020-02-02T00:00", "first of the month"),
        ("2020-02-07T00:00", "2020-02-08T00:00", ""),
        ("2020-02-01T00:00", "2020-03-01T00:00", ""),
    ],
)
def test_a_time_looks_rounded_or_like_a_whole_month_or_exact(first, last, look):
    assert time_looks(wall(first), wall(last)) == look


def test_seconds_after_the_full_hour_are_exact():
    second = wall("2020-02-07T23:00") + timedelta(seconds=7)

    assert time_looks(second, second) == ""


@pytest.mark.parametrize("bounds", [(None, None), (None, wall("2020-02-07T23:00")), (wall("2020-02-07T23:00"), None)])
def test_half_a_time_looks_like_nothing(bounds):
    assert time_looks(*bounds) == ""


def begun(claim_id, clock, **said):
    return claim(claim_id=claim_id, event_id=claim_id, began_earliest=night(clock), began_latest=night(clock), **said)


def test_times_that_look_rounded_are_counted_under_the_chart():
    found = told("timeline", begun("a", "18:00"), begun("b", "18:30"), begun("c", "18:07"))

    assert "2 of 3 times are full or half hours: two that coincide need not be one moment." in found.sentence


def test_a_full_hour_is_one_on_the_wall_where_it_was_said():
    """Half past in India is a full hour in London; the claim says where its time was said."""
    in_delhi = begun("a", "18:30", zone="Asia/Kolkata")

    assert "1 time is a full or half hour" in told("timeline", in_delhi).sentence
    assert "1 time is a full or half hour" in told("timeline", in_delhi, zone="Asia/Kathmandu").sentence
    nepal = begun("a", "18:15", zone="Asia/Kathmandu")
    assert "1 time is a full or half hour" in told("timeline", nepal).sentence


def test_a_day_that_may_stand_for_its_month_is_counted():
    coded = claim(began_earliest="2020-02-15T00:00Z", began_latest="2020-02-16T00:00Z")

    assert "1 time is a day that may stand for a whole month." in told("timeline", coded).sentence


def test_figures_that_may_stand_for_a_word_are_counted_and_left_as_they_are():
    found = told("casualty-counts", killed("a", 12), killed("b", 40, "10:00"), killed("c", 41, "11:00"))

    assert "1 of 3 figures may stand for a word, as 12 does for dozens." in found.sentence
    assert "1 of 3 figures is round." in found.sentence
    assert [row["best"] for row in found.records()] == [12, 40, 41]


def test_where_nothing_looks_so_nothing_is_said():
    said = told("casualty-counts", killed("a", 8), killed("b", 11, "10:00")).sentence

    assert not {word for word in ("round", "stand for") if word in said}


# Round hours that coincide

ELEVEN = {"time_words": "at 11 p.m."}


def delay(*claims, **chosen):
    [row] = told("response-delays", *claims, **{"start": "call"} | chosen).records()
    return row["shortest_minutes"], row["longest_minutes"], row["order_known"]


def spoken(kind, clock, **said):
    return claim(claim_id=kind, kind=kind, began_earliest=night(clock), began_latest=night(clock), **said)


def test_two_round_hours_that_coincide_leave_the_order_open():
    call, arrival = (spoken(kind, "23:00", **ELEVEN) for kind in ("call", "arrival"))

    assert delay(call, arrival) == (-60, 60, False)
    assert "(order unknown)" in told("response-delays", call, arrival, start="call").sentences[0]


def test_two_round_hours_that_differ_stand_as_they_were_said():
    assert delay(spoken("call", "22:00", **ELEVEN), spoken("arrival", "23:00", **ELEVEN)) == (60, 60, True)


@pytest.mark.parametrize(("clock", "words"), [("23:07", ELEVEN), ("23:00", {})], ids=["to-the-minute", "logged"])
def test_a_time_to_the_minute_or_from_a_log_is_one_moment(clock, words):
    assert delay(spoken("call", clock, **words), spoken("arrival", clock, **words)) == (0, 0, True)


def test_the_tolerance_is_declared_where_the_delay_is_counted():
    assert "coincide are each read as ±30 minutes" in told("response-delays").chart.caveat


@settings(max_examples=settings().max_examples // 2)
@given(st.lists(st.tuples(st.integers(0, 59 * 24 * 60), st.sampled_from([0, 0, 30, 24 * 60 - 1, 24 * 60])), max_size=9))
def test_the_times_that_are_counted_are_those_that_look_so_one_by_one(drawn):
    """The look is read of the day and hour alone, and only where the minute is full or half; nothing else looks so."""
    spans = [(FEBRUARY + timedelta(minutes=begun), timedelta(minutes=width)) for begun, width in drawn]
    claims = [
        claim(claim_id=f"k{number}", began_earliest=first, began_latest=first + width, stated_at=NEXT_YEAR)
        for number, (first, width) in enumerate(spans)
    ]
    looks = [time_looks(first, first + width) for first, width in spans]
    on_the_hour = sum(look in {"midnight", "full hour", "half hour"} for look in looks)
    of_a_month = sum(look.endswith("of the month") for look in looks)

    said = told("timeline", *claims).sentence

    for number, one, several in (
        (on_the_hour, "is a full or half hour", "are full or half hours"),
        (of_a_month, "is a day that may stand", "are days that may stand"),
    ):
        every = f"{len(looks)} time{'s' * (len(looks) > 1)}"
        count = every if number == len(looks) else f"{number} of {every}"
        words = f"{count} {one if number == 1 else several}"
        assert (words in said) if number else (one not in said and several not in said)
