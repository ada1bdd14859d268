"""Wording: how numbers, ranges and lists are put into sentences."""

from collections.abc import Iterable, Sequence
from math import isnan

_MANY = ("dozens", "scores", "tens", "hundreds", "thousands", "millions", "number")


def listing(names: Iterable[str]) -> str:
    """Join names: A, B and C."""
    *others, last = list(names) or [""]
    return f"{', '.join(others)} and {last}" if others else last


def counted(number: int, noun: str, plural: str = "") -> str:
    """Count a noun: 1 claim, 2 claims, no claims, 1,000 claims."""
    return f"{f'{number:,}' if number else 'no'} {noun if number == 1 else plural or noun + 's'}"


def spaced(word: str) -> str:
    """Write a word of the vocabulary as running text: en_route is en route."""
    return word.replace("_", " ")


def how_far(done: int, of: int) -> str:
    """Say how far the reading of rows is: of how many at most, where that is known."""
    if not done:
        return "The file is opened …"
    return f"{min(done, of):,} of {of:,} lines read" if of else f"{counted(done, 'row')} read"


def verb(subjects: Sequence[object], singular: str, plural: str) -> str:
    """Choose the form of a verb that fits its subjects."""
    return singular if len(subjects) == 1 else plural


def of(words: str) -> str:
    """Join what is counted to a figure in words: dozens of, an unknown number of; digits need nothing."""
    return f"{words} of" if words.rsplit(maxsplit=1)[-1] in _MANY else words


def ended(text: str) -> str:
    """End a text as a sentence ends."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


HEDGES = ("about", "almost", "approximately", "around", "at least", "at most", "more than", "nearly", "over", "up to")
"""Words of a figure that its range says too."""


def quoted(words: str | None, *numbers: float | None) -> str:
    """Quote the words that a number was read from: 12 stands beside “dozens”, and nothing beside at least 8."""
    spoken = (
        isinstance(words, str) and words.casefold() not in HEDGES and not all(n is None or isnan(n) for n in numbers)
    )
    return f"“{words}”" if spoken else ""


def figure(low: float | None, best: float | None, high: float | None, words: str | None = None) -> str:
    """Say a figure with its range: 10, at least 8, 8 to 12, 10 (8 to 12); or its words where no number was given."""
    low, best, high = (None if n is None or isnan(n) else int(n) for n in (low, best, high))
    ranged = low is not None and high is not None and low != high
    if ranged:
        return f"{best} ({low} to {high})" if best is not None else f"{low} to {high}"
    if best is not None:
        half = f"at least {low}" if low not in {None, best} else f"at most {high}" if high not in {None, best} else ""
        return f"{best} ({half})" if half else f"{best}"
    if low is not None:
        return f"at least {low}" if high is None else f"{low}"
    if high is not None:
        return f"at most {high}"
    return words if words and isinstance(words, str) else "an unknown number"
