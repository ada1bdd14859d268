"""Apply a function to many items on several threads, with the results in the order of the items.

DuckDB, Arrow and NumPy release the interpreter while they work, so that threads use every core.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_THREADS = 2
"""So many results are computed ahead of the one in use; each takes memory."""

Item = TypeVar("Item")
Result = TypeVar("Result")


def map_ahead(function: Callable[[Item], Result], items: Iterator[Item]) -> Iterator[Result]:
    """Apply to items as they are made, a bounded number ahead of the result in use."""
    with ThreadPoolExecutor(_THREADS) as threads:
        waiting = deque[Future[Result]]()
        for item in _made_ahead(items):
            waiting.append(threads.submit(function, item))
            if len(waiting) > _THREADS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def map_ordered(function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """Apply to each item: the calling thread from the first on, the others from the last."""
    with ThreadPoolExecutor(_THREADS - 1) as threads:
        begun = [threads.submit(function, item) for item in reversed(items)]
        return [
            function(item) if one.cancel() else one.result() for item, one in zip(items, reversed(begun), strict=True)
        ]


def _made_ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Make each item while the one before is used."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = thread.submit(next, items, None)
            yield item
