"""A count as people write it: digits, or the words of a bound or a range, kept beside what they leave open.

What separates the digits of a number is shown by its column. "nearly 200" is at most 200. "dozens" is no number.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from contested.ingest.cells.unreadable import Unreadable
from contested.model.language import alternatives, listed, matches, numbered, with_hyphens

LONGEST = 100
POPULATION = 8_300_000_000
_DIGITS = 10
_LONGEST_NUMBER = 30
Notation = Literal["digits", "words", "bare"]
"""Digits need no word; words of a bound are read with a warning; a bare notation only where a person asked for it."""
Cell = tuple[int, str]

_N = r"(\d{1,10})"
_DASH = r" ?- ?"
_PLACES = {"n": _N, "a": _N, "b": _N}
_GROUPED = r"\d{1,3}(?:[ '’]\d{3})+(?!\d)"
_NUMBER = re.compile(rf"(?<![\d.,])(?:{_GROUPED}(?:[.,]\d+)?|\d+(?:[.,]\d+)*)", re.ASCII)
_MARKED = re.compile(r"\d+(?:[.,]\d+)+", re.ASCII)
_GROUPS = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+|[1-9]\d?(?:,\d\d)+,\d{3}")
_BOUNDS = (
    (re.compile(rf"{_N} ?\+"), "low", 0),
    (re.compile(rf"(?:≥|>=|> =|=>) ?{_N}"), "low", 0),
    (re.compile(rf"> ?{_N}"), "low", 1),
    (re.compile(rf"(?:≤|<=|< =|=<) ?{_N}"), "high", 0),
    (re.compile(rf"< ?{_N}"), "high", -1),
)
_RANGE = re.compile(rf"{_N}(?:{_DASH}|\.\.\.?){_N}")
_ROUGH_RANGE = re.compile(rf"[~≈±] ?{_N}{_DASH}{_N}")
_ROUGH = re.compile(rf"[~≈±] ?{_N}|{_N} ?(?:\?|\(\?\))")
_SUM = re.compile(rf"{_N}(?: ?\+ ?{_N})+")
_WITH_A_PART = re.compile(rf"{_N} ?\(([^()]*\d[^()]*)\)")
_INJURED = ("wounded", "injured")
"""The stems of the columns that count them."""
_UNKNOWN = {"?", "??", "...", "…", ".."}
_UNSAID = {"-", "--"}
_WORDED = (
    ("at_least", "low", 0),
    ("more_than", "low", 1),
    ("at_most", "high", 0),
    ("fewer_than", "high", -1),
    ("nearly", "high", 0),
)


class Separators(NamedTuple):
    """What the marks in the numbers of a column are: the first rows that show either use of each."""

    thousands: Mapping[str, Cell] = {}
    decimal: Mapping[str, Cell] = {}

    def use(self, mark: str) -> Literal["thousands", "decimal"] | None:
        """Say what a mark is; nothing where neither is shown, or both are."""
        grouped, decimal = mark in self.thousands, mark in self.decimal
        if grouped == decimal:
            other = "," if mark == "." else "."
            return "thousands" if not grouped and other in self.decimal and other not in self.thousands else None
        return "thousands" if grouped else "decimal"


NO_SEPARATORS = Separators()


class Count(NamedTuple):
    """A count with its range; what was not said is unknown."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    words: str | None = None
    rule: str = ""
    notation: Notation = "digits"
    advice: Unreadable | None = None
    """What to say where a bare notation is not to be read."""


def read_count(text: str, column: str = "killed", separators: Separators = NO_SEPARATORS) -> Count | Unreadable:
    """Read a cell that holds a count; `column` is the stem of the columns that an advice names."""
    if text.isascii() and text.isdigit() and len(text) < _DIGITS:
        return Count(best=int(text))
    if len(text) > LONGEST:
        return Unreadable("E-NUM", "too long for a count", "write digits only, and the words in the text")
    words = _tidied(text)
    plain = _multiplied(words) or _without_marks(words, separators)
    if isinstance(plain, Unreadable):
        return plain
    if refused := _not_whole(plain):
        return refused
    if plain.isdigit() and words[:1].isdigit() and words[-1:].isdigit():
        return Count(best=int(plain), rule=f"{plain}, by the marks in it" if plain != words else "")
    read = _worded(plain, column) or _bare(plain, column)
    return read._replace(words=text) if read else _refused(plain, column)


def _not_whole(words: str) -> Unreadable | None:
    """Refuse what looks like a number and is none of people."""
    if strange := [letter for letter in words if letter.isnumeric() and letter not in "0123456789"]:
        plain = "".join(str(unicodedata.decimal(one, one)) for one in words)
        fix = f"write {plain}" if plain.isascii() and plain.isdigit() else "write digits only"
        return Unreadable("E-NUM", f"digits other than 0-9 ({strange[0]})", fix)
    if any(
        int(number[-12:]) >= POPULATION or len(number.lstrip("0")) > _DIGITS for number in re.findall(r"\d+", words)
    ):
        return Unreadable("E-NUM", "larger than any population", "correct it")
    if re.search(r"\d ?[%‰]|\d_\d|\d[^\W\d_]+\d", words):
        return Unreadable("E-NUM", "not a whole number", "write digits only, or leave it empty if unknown")
    return None


def _tidied(text: str) -> str:
    """Write blanks, dashes and small letters in one way."""
    return with_hyphens(" ".join(text.lower().split()))


def _without_marks(words: str, separators: Separators) -> str | Unreadable:
    """Take out of each number what separates its thousands, as its column shows it."""
    for found in reversed(list(_NUMBER.finditer(words))):
        read = whole_number(found[0], separators)
        if isinstance(read, Unreadable):
            return read
        words = f"{words[: found.start()]}{read}{words[found.end() :]}"
    return words


def _multiplied(words: str) -> str | Unreadable | None:
    """Write out "1.2 thousand"; nothing where no such word stands behind a number."""
    for key, times in (("thousand", 1000), ("million", 1_000_000)):
        found = re.search(rf"(\d+)(?:[.,](\d{{1,2}}))? ?(?:{'|'.join(listed(key, 'count'))})(?![^\W_])", words)
        if found and len(re.findall(r"\d+", words)) == 1 + bool(found[2]):
            number = int(found[1]) * times + int((found[2] or "").ljust(2, "0")) * times // 100
            return f"{words[: found.start()]}{number}{words[found.end() :]}"
        if found:
            fix = "write each figure in digits, in a cell of its own"
            return Unreadable("E-NUM-SEVERAL", f"more than one figure, in {key}s", fix)
    return None


def whole_number(number: str, separators: Separators) -> str | Unreadable:
    """Give the digits of a whole number, read with the separators of its column."""
    if not _NUMBER.fullmatch(number) or len(number) > _LONGEST_NUMBER:
        return Unreadable("E-NUM", "not a whole number", "write digits only")
    digits = re.sub(r"[ '’]", "", number)
    return _by_marks(digits, separators) if _MARKED.fullmatch(digits) else digits


def _by_marks(digits: str, separators: Separators) -> str | Unreadable:
    last = re.findall(r"[.,]", digits)[-1]
    if last in separators.thousands and last in separators.decimal:
        return _both_uses(last, separators)
    use, plain = use_of(digits) or separators.use(last), re.sub(r"[.,]", "", digits)
    before, _, fraction = digits.rpartition(last)
    if use is None:
        reason = f"'{last}' may part thousands or a fraction: {plain} or {before}"
        return Unreadable("E-NUM-SEPARATOR", reason, "say what the mark is in this file, or write digits only")
    if use == "decimal" and fraction.strip("0"):
        return Unreadable("E-NUM", "people come in whole numbers", "correct it")
    return plain if use == "thousands" else re.sub(r"[.,]", "", before)


def _both_uses(mark: str, separators: Separators) -> Unreadable:
    (one, first), (other, second) = separators.thousands[mark], separators.decimal[mark]
    reason = f"'{mark}' parts thousands in row {one} ({first[:20]}), and a fraction in row {other} ({second[:20]})"
    return Unreadable("E-NUM-SEPARATOR", reason, "write digits only in one of them")


def use_of(digits: str) -> Literal["thousands", "decimal"] | None:
    """Say what the last mark of a number of people can only be, by the number alone; people come in whole numbers."""
    marks = re.findall(r"[.,]", digits)
    if len(set(marks)) > 1 or not _GROUPS.fullmatch(digits):
        return "decimal"
    return "thousands" if len(marks) > 1 or digits.rpartition(marks[-1])[2].strip("0") else None


def _worded(words: str, column: str) -> Count | None:
    """Read what the words of a count leave open, and say by which rule."""
    words = _without_people(words, column)
    words = words if re.search(r"\d", words) else _in_digits(words)
    for key, end, step in _WORDED:
        if found := _fitting(key, words):
            return _bound(_first(found), end, step, "words")
    if found := _fitting("about", words):
        return Count(best=_first(found), rule=f"best {_first(found)}, as said; its range is unknown", notation="words")
    if found := _fitting("between", words) or _fitting("either", words):
        return _between(found, "words")
    return _sum(words)


def _in_digits(words: str) -> str:
    """Write the numbers within words in digits: "at least two"; a number word alone stays one."""
    if words in _numbers():
        return words
    return re.sub(alternatives(*_numbers()), lambda found: str(_numbers()[found[0]]), words)


def _sum(words: str) -> Count | None:
    """Read a number alone, or numbers with a plus between them."""
    if not _SUM.fullmatch(words):
        return Count(best=int(words), rule=f"best {int(words)}", notation="words") if words.isdigit() else None
    parts = [int(part) for part in words.split("+")]
    rule = f"low {max(parts)}, high {sum(parts)}: the parts may overlap, so they are not added up"
    return Count(low=max(parts), high=sum(parts), rule=rule, notation="words")


def _without_people(words: str, column: str) -> str:
    """Leave out the nouns before the first number and after the last, if they are of those that the column counts."""
    counted = ("killed",) if column == "killed" else ("injured",) if column in _INJURED else ()
    nouns = alternatives(*(noun for key in ("people", *counted) for noun in listed(key, "count")))
    numbers = list(re.finditer(rf"\d+|{alternatives(*_numbers())}", words))
    if not numbers:
        return words
    start, end = numbers[0].start(), numbers[-1].end()
    before, after = (re.sub(rf"{nouns}:?", " ", part) for part in (words[:start], words[end:]))
    return " ".join(f"{before}{words[start:end]}{after}".split())


def _fitting(key: str, words: str) -> re.Match[str] | None:
    return next(matches(key, "count", words, **_PLACES), None)


def _bound(number: int, end: str, step: int, notation: Notation) -> Count:
    value = max(number + step, 0)
    rule = f"{end} {value}, the rest unknown"
    return (
        Count(low=value, rule=rule, notation=notation)
        if end == "low"
        else Count(high=value, rule=rule, notation=notation)
    )


def _between(found: re.Match[str], notation: Notation) -> Count | None:
    low, high = (int(part) for part in found.groups() if part)
    return Count(low=low, high=high, rule=f"low {low}, high {high}", notation=notation) if low <= high else None


def _bare(words: str, column: str) -> Count | None:
    """Read a bare notation, with what to write instead."""
    words = _without_people(words, column)
    for pattern, end, step in _BOUNDS:
        if found := pattern.fullmatch(words):
            read = _bound(_first(found), end, step, "bare")
            value = read.low if end == "low" else read.high
            fix = f"put {value} in {column}_{end}, leave best empty"
            return read._replace(advice=Unreadable("E-NUM-BOUND", "a bound, not a best figure", fix))
    if (found := _RANGE.fullmatch(words)) and (between := _between(found, "bare")):
        fix = f"{column}_low {between.low}, {column}_high {between.high}"
        return between._replace(advice=Unreadable("E-NUM-RANGE", "a range", fix))
    return _rough(words, column) or _no_number(words, column)


def _rough(words: str, column: str) -> Count | None:
    if (found := _ROUGH_RANGE.fullmatch(words)) and (read := _between(found, "bare")):
        fix = f"{column}_low {read.low}, {column}_high {read.high}"
        return read._replace(advice=Unreadable("E-NUM-RANGE", "a rough range", fix))
    if found := _ROUGH.fullmatch(words):
        number = _first(found)
        advice = Unreadable("E-NUM", "a rough figure", f"write {number}, and the doubt in {column}_text")
        return Count(best=number, rule=f"best {number}, as said; its range is unknown", notation="bare", advice=advice)
    if found := _WITH_A_PART.fullmatch(words):
        fix = f"write the whole figure alone, and its part in {column}_text or in a row of its own"
        advice = Unreadable("E-NUM-SEVERAL", "a figure and a part of it", fix)
        return Count(best=int(found[1]), rule=f"best {found[1]}, its part stays words", notation="bare", advice=advice)
    return None


def _no_number(words: str, column: str) -> Count | None:
    if words in _numbers():
        number = _numbers()[words]
        advice = Unreadable("E-NUM-WORDS", "a number in words", f"write {number}")
        return Count(best=number, rule=f"best {number}", notation="bare", advice=advice)
    if not re.search(r"\d", words) and re.search(
        "|".join(rf"(?<![^\W_]){one}" for one in listed("crowds", "count")), words
    ):
        reason = f"no number; sources differ on what '{words[:40]}' is"
        advice = Unreadable("E-NUM-WORDS", reason, f"leave the counts empty and keep the word in {column}_text")
        return Count(rule="no number; the word is kept", notation="bare", advice=advice)
    if words in _UNKNOWN or words in listed("unknown", "count"):
        fix = "write 0 for none, leave empty for unknown"
        advice = Unreadable("E-NUM-AMBIGUOUS", f"'{words[:40]}' is no number", fix)
        return Count(rule="unknown", notation="bare", advice=advice)
    return None


@cache
def _numbers() -> Mapping[str, int]:
    return numbered("numbers", 0)


def _first(found: re.Match[str]) -> int:
    return int(next(part for part in found.groups() if part))


def _refused(words: str, column: str) -> Unreadable:
    """Say why a cell is no count, and what to write; a number is named only where the cell holds exactly one."""
    if re.fullmatch(r"- ?\d+", words):
        return Unreadable("E-NUM-NEG", "a count cannot be below zero", "correct it, or leave it empty if unknown")
    if words in _UNSAID or words in listed("unsaid", "count"):
        fix = "write 0 for none, leave empty for unknown"
        return Unreadable("E-NUM-AMBIGUOUS", f"'{words[:40]}' may mean none or unknown", fix)
    others = "injured" if column == "killed" else "killed" if column in _INJURED else ""
    if others and re.search(alternatives(*listed(others, "count")), words):
        return Unreadable("E-NUM", f"speaks of the {others}", f"give the {others} a column or a row of their own")
    numbers = re.findall(r"\d+", words)
    if len(numbers) > 1:
        named = " and ".join(dict.fromkeys(numbers[:4]))
        fix = f"give each figure a cell of its own: {column}_low, {column}_best, {column}_high, or a row of its own"
        return Unreadable("E-NUM-SEVERAL", f"more than one figure: {named}", fix)
    one = f"if {int(numbers[0])} is the count, write it alone, and the words in {column}_text" if numbers else ""
    return Unreadable("E-NUM", "not a whole number", one or "write digits only, or leave it empty if unknown")
