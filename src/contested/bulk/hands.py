"""Hands: pieces of work done beside each other, and given in the order in which they were asked for."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_HANDS = 2
"""So many pieces are worked at while the one before is used; each takes memory."""

Item = TypeVar("Item")
Done = TypeVar("Done")


def beside(work: Callable[[Item], Done], items: Iterable[Item]) -> Iterator[Done]:
    """Do a work on each item, some at a time."""
    with ThreadPoolExecutor(_HANDS) as hands:
        waiting = deque[Future[Done]]()
        for item in items:
            waiting.append(hands.submit(work, item))
            if len(waiting) > _HANDS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
