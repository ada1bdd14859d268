"""Numbers, ranges and lists are put into sentences as a person would."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.model.wording import counted, figure, how_far, listing, verb


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C"), (iter("AB"), "A and B")],
)
def test_names_are_joined_with_commas_and_an_and(names, said):
    assert listing(names) == said


@pytest.mark.parametrize(
    ("number", "said"), [(0, "no claims"), (1000, "1,000 claims"), (1, "1 claim"), (2, "2 claims"), (21, "21 claims")]
)
def test_a_noun_is_counted(number, said):
    assert counted(number, "claim") == said


@pytest.mark.parametrize(("number", "said"), [(0, "no people"), (1, "1 person"), (2, "2 people")])
def test_a_noun_may_have_a_plural_of_its_own(number, said):
    assert counted(number, "person", "people") == said


@pytest.mark.parametrize(("subjects", "said"), [([], "say"), (["A"], "says"), (["A", "B"], "say")])
def test_a_verb_fits_its_subjects(subjects, said):
    assert verb(subjects, "says", "say") == said


@pytest.mark.parametrize(
    ("low", "best", "high", "said"),
    [
        (None, 10, None, "10"),
        (8, None, None, "at least 8"),
        (None, None, 12, "at most 12"),
        (8, None, 12, "8 to 12"),
        (8, 10, 12, "10 (8 to 12)"),
        (10, 10, 12, "10 (10 to 12)"),
        (8, 8, 8, "8"),
        (8, None, 8, "8"),
        (0, 0, 0, "0"),
        (None, 0, None, "0"),
        (0, None, 0, "0"),
        (8.0, 10.0, 12.0, "10 (8 to 12)"),
        (math.nan, 10.0, math.nan, "10"),
        (8.0, math.nan, math.nan, "at least 8"),
    ],
)
def test_a_figure_is_said_with_its_range(low, best, high, said):
    assert figure(low, best, high) == said


def test_a_figure_without_a_number_is_said_in_its_words():
    assert figure(None, None, None, "dozens") == "dozens"


def test_a_number_goes_before_its_words():
    assert figure(None, 25, None, "dozens") == "25"


def test_a_figure_without_number_or_words_says_so_and_is_not_zero():
    assert figure(None, None, None) == "an unknown number"


def test_words_that_a_table_lacks_are_no_words():
    assert figure(math.nan, math.nan, math.nan, math.nan) == "an unknown number"


@pytest.mark.parametrize(("low", "high"), [(8, None), (None, 12)])
def test_half_a_range_is_said_too(low, high):
    assert str(low or high) in figure(low, 10, high)


@settings(deadline=None)
@given(st.lists(st.integers(0, 10**9), min_size=3, max_size=3).map(sorted))
def test_a_whole_range_is_always_said(ordered):
    low, best, high = ordered

    assert all(str(number) in figure(low, best, high) for number in ordered)


@pytest.mark.parametrize(
    ("done", "of", "said"),
    [
        (0, 0, "The file is opened …"),
        (0, 9, "The file is opened …"),
        (1, 0, "1 row read"),
        (2, 0, "2 rows read"),
        (12_000, 50_001, "12,000 of 50,001 lines read"),
        (9, 8, "8 of 8 lines read"),
    ],
)
def test_how_far_a_reading_is_is_said_in_rows_never_beyond_all_of_them(done, of, said):
    assert how_far(done, of) == said
