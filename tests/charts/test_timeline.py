"""A timeline of very many claims stays readable, and says what it leaves to the table."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import bounds, claim
from tests.lies.small_stories import marked
from tests.lies.small_stories import told as small_story

from contested import CHARTS, Selection, Store, Story, answer
from contested.model.arrow_schema import to_arrow

TIMELINE = next(chart for chart in CHARTS if chart.key == "timeline")
THINNED = " marks drawn"


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


def test_of_more_than_sixty_the_first_the_last_and_evenly_many_are_drawn_and_the_chart_says_so(korday):
    marks, words, rows = drawn(korday, *told(121))

    assert len(marks) == 60
    assert (marks[0], marks[-1]) == ("north arson 0000", "north arson 0120")
    assert f"north: 60 of 121{THINNED}" in words
    assert rows == 121


def test_what_is_left_out_is_said_in_words_too():
    found = small_story("timeline", *told(121))

    assert (
        "60 of 121 marks are drawn: of each lane the first, the last and evenly many between them." in found.sentences
    )


def test_a_rare_kind_is_not_thinned_with_a_frequent_one(korday):
    marks, _, _ = drawn(korday, *told(600), *told(3, kind="detention"))

    assert sum("detention" in one for one in marks) == 3


def test_only_the_account_that_is_thinned_is_said_to_be(korday):
    _, words, _ = drawn(korday, *told(61), *told(5, account="south"))

    assert words.count(THINNED) == 1
    assert f"north: 60 of 61{THINNED}" in words


def test_a_bar_that_contradicts_itself_is_drawn_though_it_is_one_of_very_many(korday):
    agreed = [
        claim(claim_id=f"k{number:03}", event_id=f"e{number:03}", **bounds("17:00", "18:00", "19:00", "20:00"))
        for number in range(99)
    ]
    odd = [
        claim(claim_id=one, event_id="odd", **bounds(*clocks, None, None))
        for one, clocks in (("k0305", ("17:00", "18:00")), ("k0306", ("19:00", "20:00")))
    ]

    assert "k0305" in drawn(korday, *agreed, *odd)[0]


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
def test_a_row_is_thinned_evenly_to_as_many_as_it_may_hold(korday, number):
    marks, _, rows = drawn(korday, *told(number))
    places = [int(one.split()[-1]) for one in marks]
    gaps = [later - one for one, later in pairwise(places)] or [0]

    assert len(marks) == min(number, 60)
    assert max(gaps) - min(gaps) <= 1
    assert rows == number
