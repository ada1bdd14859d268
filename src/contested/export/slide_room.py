"""How much room words take on a slide, by the mean width of a letter: who opens the file has fonts of their own."""

from collections.abc import Callable, Iterator, Sequence
from math import ceil
from typing import TypeVar

_T = TypeVar("_T")
_LETTER, _LINE, _BELOW = 0.52, 1.2, 0.25
"""The width of a letter, the height of a line and the gap below a paragraph, in heights of the letters."""


def high(paragraphs: Sequence[str], width: float, size: float) -> float:
    """Say how high paragraphs become in letters of a size, in points."""
    lines = sum(max(1, ceil(len(one) * size * _LETTER / width)) for one in paragraphs)
    return size * (lines * _LINE + len(paragraphs) * _BELOW)


def gap(size: float) -> float:
    """Give the gap below a paragraph."""
    return size * _BELOW


def largest(paragraphs: Sequence[str], width: float, height: float, sizes: Sequence[int]) -> int:
    """Choose the first size, from the largest, in which paragraphs stand in a room, else the smallest."""
    return next((size for size in sizes if high(paragraphs, width, size) <= height), sizes[-1])


def parted(told: Sequence[_T], height: Callable[[_T], float], room: float) -> Iterator[list[_T]]:
    """Give as many at a time as stand in a room, and at least one."""
    part: list[_T] = []
    for one in told:
        if part and sum(map(height, part)) + height(one) > room:
            yield part
            part = []
        part.append(one)
    if part:
        yield part
