"""Work that is shared out is the same work, whoever does it."""

import threading
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested import CHARTS, Selection, Store, answer
from contested.model import parallel
from contested.model.parallel import beside, pieces, together


def test_what_is_done_beside_each_other_comes_in_the_order_in_which_it_was_asked_for():
    assert list(beside(lambda number: number * number, iter(range(9)))) == [number * number for number in range(9)]


@pytest.mark.parametrize("rows", [0, 10**6])
def test_what_is_done_together_comes_in_its_order_however_much_it_is(rows):
    assert together(str.upper, ["a", "b", "c"], rows) == ["A", "B", "C"]


def test_only_much_is_shared_out():
    def who(_):
        return threading.current_thread().name

    assert set(together(who, range(3), 10)) == {threading.current_thread().name}


def test_two_hands_work_at_once_this_one_from_the_first_and_the_other_from_the_last():
    both = threading.Barrier(2, timeout=60)

    def who(_):
        both.wait()
        return threading.current_thread().name

    first, *middle, last = together(who, range(4), 10**6)
    assert first == threading.current_thread().name
    assert last != first
    assert sorted(middle) == sorted([first, last])


@given(st.integers(0, 10**7))
def test_pieces_hold_every_row_once_and_in_order_and_there_is_one_for_each_hand(rows):
    found = pieces(rows)

    assert found[0].start == 0
    assert found[-1].stop == rows
    assert all(one.stop == other.start for one, other in pairwise(found))
    assert len(found) == 1 or len(found) % 2 == 0
    assert max(one.stop - one.start for one in found) <= max(30_000, 1 << 17)


def test_a_mistake_of_another_hand_is_a_mistake_of_the_work():
    with pytest.raises(ZeroDivisionError):
        together(lambda number: 1 // number, [1, 0], 10**6)


@pytest.mark.parametrize("chosen", [{}, {"by": "side", "resolution": "majority"}], ids=["all", "by side"])
@pytest.mark.parametrize("few", [0, 4_000])
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
def test_however_the_work_is_shared_out_the_answer_is_the_same(chart, few, chosen, korday, monkeypatch):
    told = [answer(chart, korday, Store(korday.claims, korday.published()), Selection(**chosen)).document()]
    monkeypatch.setattr(parallel, "_MUCH", 0)
    monkeypatch.setattr(parallel, "_PIECE", 7)
    told.append(
        answer(chart, korday, Store(korday.claims, korday.published(), few=few), Selection(**chosen)).document()
    )

    assert told[0] == told[1]
