"""The cache of answers: each is computed once for all, and what is kept is bounded in number and in memory."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from tests.claims_for_tests import claim
from tests.lies.small_stories import told

from answer_cache import AnswerCache, _size, once_per_answer


@pytest.fixture(scope="module")
def found():
    return told("timeline", claim())


def test_what_many_ask_at_once_is_computed_once(found):
    cache, begun, computed = AnswerCache(), Event(), []

    def compute():
        begun.wait()
        computed.append(found)
        return found

    with ThreadPoolExecutor(4) as viewers:
        answers = [viewers.submit(cache.get, "timeline", compute) for _ in range(4)]
        begun.set()
    assert all(one.result() is found for one in answers)
    assert len(computed) == 1


def test_of_more_answers_than_are_kept_the_least_recently_used_goes(found):
    cache, computed = AnswerCache(most=2), []

    def ask(key):
        cache.get(key, lambda: computed.append(key) or found)

    for key in ("a", "b", "a", "c", "a", "b"):
        ask(key)
    assert computed == ["a", "b", "c", "b"]


def test_answers_that_take_too_much_memory_together_are_not_all_kept(found):
    cache, computed = AnswerCache(size=int(_size(found) * 1.5)), []
    for key in ("a", "b", "b", "a"):
        cache.get(key, lambda key=key: computed.append(key) or found)

    assert computed == ["a", "b", "a"]


def test_an_error_is_not_kept(found):
    cache = AnswerCache()

    def fail():
        message = "no memory"
        raise MemoryError(message)

    with pytest.raises(MemoryError):
        cache.get("timeline", fail)
    assert cache.get("timeline", lambda: found) is found


def test_what_is_found_of_an_answer_is_found_once_for_as_long_as_it_is_kept():
    counted, asked = [], told("timeline", claim())
    count = once_per_answer(lambda answer: counted.append(len(answer.rows)) or counted[-1])

    assert [count(asked), count(asked)] == [1, 1]
    assert counted == [1]
    assert count(told("timeline", claim(), claim(claim_id="other"))) == 2
