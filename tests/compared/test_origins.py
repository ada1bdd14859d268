"""Independent origins: what shares a claim, a document, a voice or a side with another is one with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.compared.origins import independent, said


@pytest.mark.parametrize(
    ("found", "number"),
    [
        ([], 0),
        ([["a"]], 1),
        ([["a"], ["b"]], 2),
        ([["a", "wire"], ["b", "wire"]], 1),
        ([["a", "b"], ["c", "d"], ["b", "c"]], 1),
        ([["a", "b"], ["c"], ["b", "d"]], 2),
    ],
)
def test_what_is_linked_however_far_is_one_origin(found, number):
    assert independent(found) == number


@given(st.lists(st.sets(st.integers(0, 9), min_size=1), max_size=6))
def test_there_are_never_more_origins_than_positions_and_a_copy_adds_none(found):
    assert independent(found) <= len(found)
    assert independent([*found, *found]) == independent(found)
    assert independent(found[::-1]) == independent(found)


def test_one_origin_is_not_called_independent():
    assert (said(1), said(2)) == ("1 origin", "2 independent origins")
