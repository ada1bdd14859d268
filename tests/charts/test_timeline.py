"""A timeline of very many claims stays readable, and says what it leaves to the table."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import bounds, claim
from tests.lies.small_stories import marked

from contested import CHARTS, Selection, Store, Story, answer
from contested.model.arrow_schema import to_arrow

TIMELINE = next(chart for chart in CHARTS if chart.key == "timeline")
THINNED = "of a row of more than 60 marks every so many is drawn; the table has all"


def told(number, kind="arson", account="north"):
    """Make claims of one account and kind, an hour apart."""
    hours = [datetime(2020, 2, 7, tzinfo=UTC) + timedelta(hours=hour) for hour in range(number)]
    return [
        claim(claim_id=f"{account} {kind} {place:04}", account=account, kind=kind, began_earliest=at, began_latest=at)
        for place, at in enumerate(hours)
    ]


def drawn(korday, *claims):
    """Draw a timeline; give the claims behind its marks, its words, and how many rows its table has."""
    found = answer(TIMELINE, Story("made", korday.package, to_arrow(claims)), Store(claims), Selection())
    figure = TIMELINE.draw(found.rows, found.legend)
    return (
        [ids[0] for ids in marked(found)],
        " ".join(note["text"] for note in figure["layout"]["annotations"]),
        len(found.table()),
    )


def test_sixty_marks_in_a_row_are_all_drawn(korday):
    marks, words, rows = drawn(korday, *told(60))

    assert (len(marks), rows) == (60, 60)
    assert THINNED not in words


def test_of_more_than_sixty_every_second_is_drawn_and_the_chart_says_so(korday):
    marks, words, rows = drawn(korday, *told(61))

    assert marks == [f"north arson {place:04}" for place in range(0, 61, 2)]
    assert THINNED in words
    assert rows == 61


def test_a_rare_kind_is_not_thinned_with_a_frequent_one(korday):
    marked, _, _ = drawn(korday, *told(600), *told(3, kind="detention"))

    assert sum("detention" in one for one in marked) == 3


def test_only_the_account_that_is_thinned_is_said_to_be(korday):
    _, words, _ = drawn(korday, *told(61), *told(5, account="south"))

    assert words.count(THINNED) == 1
    assert f"north: {THINNED}" in words


def test_claims_that_are_read_together_are_one_mark_and_do_not_crowd_a_row(korday):
    night = [claim(claim_id=f"k{number}", **bounds("17:00", "18:00", "04:00", "05:00")) for number in range(100)]

    _, words, _ = drawn(korday, *night)

    assert THINNED not in words


@pytest.mark.parametrize("by", ["account", "side"])
def test_korday_is_drawn_whole(ask, by):
    found = ask("timeline", by=by)

    assert THINNED not in str(TIMELINE.draw(found.rows, found.legend))


@settings(max_examples=10)
@given(st.integers(1, 400))
def test_a_row_is_thinned_evenly_and_never_below_half_of_what_it_may_hold(korday, number):
    marked, _, rows = drawn(korday, *told(number))
    places = [int(one.split()[-1]) for one in marked]

    assert min(number, 30) <= len(marked) <= 60
    assert len({later - one for one, later in pairwise(places)}) <= 1
    assert rows == number
