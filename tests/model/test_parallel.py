"""Work that threads share is the same work, whoever does it."""

import threading

import pytest

from contested.model.parallel import map_ahead, map_ordered


def test_what_is_computed_ahead_comes_in_the_order_of_its_items():
    assert list(map_ahead(lambda number: number * number, iter(range(9)))) == [number * number for number in range(9)]


def test_results_come_in_the_order_of_their_items():
    assert map_ordered(str.upper, ["a", "b", "c"]) == ["A", "B", "C"]


def test_two_threads_work_at_once_the_calling_one_from_the_first_and_the_other_from_the_last():
    both = threading.Barrier(2, timeout=60)

    def who(_):
        both.wait()
        return threading.current_thread().name

    first, *middle, last = map_ordered(who, range(4))
    assert first == threading.current_thread().name
    assert last != first
    assert sorted(middle) == sorted([first, last])


def test_a_mistake_of_another_thread_is_a_mistake_of_the_work():
    with pytest.raises(ZeroDivisionError):
        map_ordered(lambda number: 1 // number, [1, 0])
