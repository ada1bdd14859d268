"""Wording: how numbers, ranges and lists are put into sentences."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count
from math import isnan

_MANY = ("dozens", "scores", "tens", "hundreds", "thousands", "millions", "number")


def listing(names: Iterable[str]) -> str:
    """Join names: A, B and C."""
    *others, last = list(names) or [""]
    return f"{', '.join(others)} and {last}" if others else last


_NAMED = 3
"""How many of a long list are named."""


def first(names: Iterable[str]) -> list[str]:
    """Give names, of many only the first ones and how many more there are."""
    found = list(names)
    more = len(found) - _NAMED
    return [*found[:_NAMED], f"{more:,} more"] if more > 0 else found


def named(names: Iterable[str]) -> str:
    """Join names, of many only the first ones: A, B, C and 7 more."""
    return listing(first(names))


def distinct(names: Iterable[str]) -> Iterator[str]:
    """Tell names that are the same apart, by numbers from the second on."""
    taken: set[str] = set()
    for name in names:
        alternatives = (f"{name} ({number})" for number in count(2))
        taken.add(one := next(one for one in chain([name], alternatives) if one not in taken))
        yield one


def counted(number: int, noun: str, plural: str = "") -> str:
    """Count a noun: 1 claim, 2 claims, no claims, 1,000 claims."""
    return f"{f'{number:,}' if number else 'no'} {noun if number == 1 else plural or several(noun)}"


def out_of(number: int, every: int, noun: str) -> str:
    """Count some of all: 10 of 17 accounts; 17 accounts, where it is all of them."""
    return counted(number, noun) if number == every else f"{number:,} of {counted(every, noun)}"


def several(noun: str) -> str:
    """Name more than one of what is counted: calls, dispatches, first clashes."""
    return f"{noun}es" if noun.endswith(("ch", "sh")) else f"{noun}s"


_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def in_words(number: int) -> str:
    """Write a number as running text does: up to twelve in letters."""
    return _WORDS[number] if number < len(_WORDS) else f"{number:,}"


def counted_in_words(number: int, noun: str, plural: str = "") -> str:
    """Count a noun in letters: no claims, one claim, twelve claims, 13 claims."""
    return f"{in_words(number)} {noun if number == 1 else plural or several(noun)}"


def capital(text: str) -> str:
    """Begin a text with a capital letter."""
    return text[:1].upper() + text[1:]


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


HEADLINE = 300
"""Letters that a headline has at most."""
_SHORTER = ((60, 8), (40, 5), (30, 3), (24, 1))
"""How long a name in a headline may be and how many of a list it names, from mild to strict, where all is too long."""


def headline(text: str, names: Iterable[str]) -> str:
    """Shorten a finding to a headline: long names in their middle, long lists of names by how many more there are.

    Where that is not enough, clauses at its end are counted instead of said. No number is ever cut.
    """
    if len(text) <= HEADLINE:
        return text
    found = sorted({name for name in names if name and name in text}, key=len, reverse=True)
    short = text
    for longest, most in _SHORTER if found else ():
        short = _with_short_lists(text, found, longest, most)
        if len(short) <= HEADLINE:
            return short
    return _with_fewer_clauses(short)


def cut(text: str, longest: int) -> str:
    """Cut a text in its middle, where no number stands."""
    if len(text) <= longest:
        return text
    half = (longest - 1) // 2
    head, tail = text[:half], text[-half:]
    head = re.sub(r"\d[\d.,'\s]*$", "", head) if re.match(r"[\d.,']", text[half:]) else head
    tail = re.sub(r"^[\d.,'\s]*\d", "", tail) if re.search(r"[\d.,']$", text[:-half]) else tail
    return f"{head.rstrip()}…{tail.lstrip()}"


def _with_short_lists(text: str, names: list[str], longest: int, most: int) -> str:
    name = "|".join(map(re.escape, names))

    def shortened(found: re.Match[str]) -> str:
        listed = re.findall(name, found[0])
        said = [cut(one, longest) for one in listed[:most]]
        return listing([*said, f"{len(listed) - most} more"] if len(listed) > most else said)

    return re.sub(rf"(?<!\w)(?:{name})(?:(?:, | and )(?:{name}))*(?!\w)", shortened, text)


def _with_fewer_clauses(text: str) -> str:
    clauses = text.split("; ")
    for kept in range(len(clauses) - 1, 0, -1):
        short = f"{'; '.join(clauses[:kept])}; and {len(clauses) - kept} more."
        if len(short) <= HEADLINE:
            return short
    return cut(text, HEADLINE)
