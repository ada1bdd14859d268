"""Hands: pieces of work done beside each other, and given in the order in which they were asked for.

What reads, sorts or compares columns leaves the interpreter free meanwhile, so that each core does a piece.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_HANDS = 2
"""So many pieces are worked at while the one before is used; each takes memory."""

_MUCH = 30_000
"""Of fewer rows to share out the work takes longer than to do it."""
_PIECE = 1 << 17
"""So many rows at a time, so that the memory of one piece serves the next."""

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


def together(work: Callable[[Item], Done], items: Sequence[Item], rows: int = _MUCH) -> list[Done]:
    """Do a work on each item: this hand from the first on, the others from the last; of few rows this hand does all."""
    if rows < _MUCH:
        return [work(item) for item in items]
    with ThreadPoolExecutor(_HANDS - 1) as hands:
        begun = [hands.submit(work, item) for item in reversed(items)]
        return [work(item) if one.cancel() else one.result() for item, one in zip(items, reversed(begun), strict=True)]


def pieces(rows: int) -> list[slice]:
    """Share rows out, as many pieces to each hand, where they are many."""
    number = 1 if rows < max(_MUCH, 1) else -(-rows // (_PIECE * _HANDS)) * _HANDS
    return [slice(rows * piece // number, rows * (piece + 1) // number) for piece in range(number)]


def _ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Make each item while the one before is used."""
    with ThreadPoolExecutor(1) as hand:
        coming = hand.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = hand.submit(next, items, None)
            yield item
