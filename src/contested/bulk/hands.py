"""Hands: pieces of work done beside each other, and given in the order in which they were asked for."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_HANDS = 2
"""So many pieces are worked at while the one before is used; each takes memory."""

Item = TypeVar("Item")
Done = TypeVar("Done")


def beside(work: Callable[[Item], Done], items: Iterator[Item]) -> Iterator[Done]:
    """Do a work on each item, some at a time."""
    with ThreadPoolExecutor(_HANDS) as hands:
        waiting = deque[Future[Done]]()
        for item in _ahead(items):
            waiting.append(hands.submit(work, item))
            if len(waiting) > _HANDS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Make each item while the one before is used."""
    with ThreadPoolExecutor(1) as hand:
        coming = hand.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = hand.submit(next, items, None)
            yield item
