"""Totals over time: what an account said one after the other, and which of it stood when."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lies.small_stories import killed, told

from contested.analysis.totals import outline, round_ticks, series_by_total


def series(*claims, **chosen):
    """Give the series of the killed, whatever total they are of."""
    found = told("casualty-counts", *claims, **chosen)
    return [one for every in series_by_total(found.rows, "killed").values() for one in every]


def heights(rows):
    return [row.height for row in rows]


def test_a_series_keeps_what_changed_and_what_was_only_said_again():
    [one] = series(
        killed("a", 8, "08:00"), killed("b", 8, "08:30", supersedes="a"), killed("c", 10, "09:00", supersedes="b")
    )

    assert heights(one.steps) == [8, 10]
    assert heights(one.again) == [8]
    assert heights(one.latest) == [10]


def test_what_was_replaced_before_it_was_said_again_does_not_move_the_line():
    [one] = series(
        killed("a", 8, "08:00"), killed("b", 10, "09:00", supersedes="a"), killed("late", 8, "10:00", supersedes="a")
    )

    assert {*heights(one.steps), *heights(one.aside)} == {8, 10}
    assert all(row.standing == "standing" for row in one.steps[-1:])


def test_what_was_withdrawn_never_joins_the_line():
    [one] = series(killed("a", 8, "08:00"), killed("b", 80, "09:00", status="withdrawn"))

    assert heights(one.steps) == [8]
    assert heights(one.aside) == [80]


def test_a_figure_of_no_known_time_is_on_no_line():
    [one] = series(killed("a", 8, stated_at=None))

    assert heights(one.undated) == [8]
    assert not one.steps


def test_two_events_and_two_accounts_are_series_of_their_own():
    found = series(killed("a", 8), killed("b", 3, event_id="fire"), killed("c", 8, account="south"))

    assert len(found) == 3


def test_a_bound_that_becomes_a_number_is_a_change():
    [one] = series(killed("a", None, "08:00", low=8), killed("b", 8, "09:00", supersedes="a"))

    assert heights(one.steps) == [8, 8]


def test_a_part_is_on_no_line():
    assert not series(killed("a", 2, victims="police"))


def test_the_outline_holds_what_stood_at_each_moment():
    found = series(
        killed("a", 8, "08:00"), killed("b", 12, "10:00", supersedes="a"), killed("c", 9, "09:00", account="south")
    )

    assert [(low, high) for _, low, high in outline(found)] == [(8, 8), (8, 9), (9, 12)]


@given(st.integers(0, 10**9))
def test_an_axis_of_people_begins_at_nought_holds_the_largest_and_has_at_most_five_ticks(most):
    ticks = round_ticks(most)

    assert ticks[0] == 0
    assert ticks[-1] >= most
    assert 2 <= len(ticks) <= 5
    assert len({high - low for low, high in pairwise(ticks)}) == 1


@pytest.mark.parametrize(
    ("most", "ticks"), [(11, [0, 4, 8, 12]), (180, [0, 50, 100, 150, 200]), (84, [0, 25, 50, 75, 100])]
)
def test_ticks_are_round(most, ticks):
    assert round_ticks(most) == ticks
