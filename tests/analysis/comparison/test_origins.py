"""Independent origins: what shares a claim, a document, a speaker or a side with another is one with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.analysis.comparison.origins import independent, said


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
    assert independent((True, one) for one in found) == (number, 0)


def test_what_is_not_stated_is_not_independent_and_joins_what_it_shares_an_origin_with():
    assert independent([(True, ["a"]), (False, ["b"]), (False, ["c"])]) == (1, 2)
    assert independent([(True, ["a", "wire"]), (False, ["b", "wire"])]) == (1, 0)
    assert independent([(False, ["a"]), (False, ["b"])]).said() == "origin not stated"
    assert independent([(True, ["a"]), (False, ["b"])]).said() == "1 origin, 1 not stated"


@given(st.lists(st.tuples(st.booleans(), st.sets(st.integers(0, 9), min_size=1)), max_size=6))
def test_there_are_never_more_origins_than_positions_and_a_copy_adds_none(found):
    assert sum(independent(found)) <= len(found)
    assert independent(found).stated <= sum(is_stated for is_stated, _ in found)
    assert independent([*found, *found]) == independent(found)
    assert independent(found[::-1]) == independent(found)


def test_one_origin_is_not_called_independent():
    assert (said(0), said(1), said(2)) == ("origin not stated", "1 origin", "2 independent origins")
