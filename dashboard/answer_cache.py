"""The cache of answers: each is computed once for all viewers, and the least recently used ones go."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from functools import wraps
from threading import Lock
from typing import TypeVar
from weakref import WeakKeyDictionary

from contested.answers import Answer

Found = TypeVar("Found")

MOST_ANSWERS, MOST_BYTES = 500, 1 << 28
"""How many answers of one story are kept at most, and how much memory their rows may take together."""


class AnswerCache:
    """Answers by what was asked, shared by all viewers: an answer never changes."""

    def __init__(self, most: int = MOST_ANSWERS, size: int = MOST_BYTES) -> None:
        self._most, self._size, self._lock = most, size, Lock()
        self._kept: OrderedDict[Hashable, Future[Answer]] = OrderedDict()
        self._sizes: dict[Hashable, int] = {}

    def get(self, key: Hashable, compute: Callable[[], Answer]) -> Answer:
        """Give the answer that is kept, or compute it; who asks for the same meanwhile waits for it.

        An error is raised to all who wait, and not kept.
        """
        with self._lock:
            is_new = key not in self._kept
            future = self._kept.setdefault(key, Future())
            self._kept.move_to_end(key)
        if is_new:
            try:
                answer = compute()
            except BaseException as error:
                with self._lock:
                    del self._kept[key]
                future.set_exception(error)
                raise
            future.set_result(answer)
            self._evict(key, _size(answer))
        return future.result()

    def _evict(self, new: Hashable, size: int) -> None:
        """Drop the least recently used answers that are one too many, or too large together with those used since.

        Each is measured once, for to measure all of them takes longer than to answer.
        """
        with self._lock:
            self._sizes[new] = size
            total = 0
            for number, key in enumerate([key for key in reversed(self._kept) if key in self._sizes]):
                total += self._sizes[key]
                if number >= self._most or (number and total > self._size):
                    del self._kept[key], self._sizes[key]


def once_per_answer(find: Callable[[Answer], Found]) -> Callable[[Answer], Found]:
    """Find something of an answer once, for as long as the answer is kept, however often a page is run again."""
    found: WeakKeyDictionary[Answer, Found] = WeakKeyDictionary()

    @wraps(find)
    def get(answer: Answer) -> Found:
        if answer not in found:
            found[answer] = find(answer)
        return found[answer]

    return get


def _size(answer: Answer) -> int:
    """Measure the memory of the rows of an answer in bytes, and some for its figure."""
    return int(answer.rows.memory_usage().sum()) + (1 << 17)
