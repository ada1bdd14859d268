"""A count as an editor writes it: digits, or the words of a bound or a range, kept beside what they leave open.

"-" may be none or unknown, "1,200" may be one thousand or a little more than one: both are refused. "10+", "10-12" and
"dozens" are read only where a person said that bare notations are to be read.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from contested.written.findings import Findings

_LONGEST = 100
_POPULATION = 8_300_000_000
_UNSAID = {"-", "--", "–", "—", "−", "?", "n/a", "na", "nan", "none", "nil", "null", "no", "unknown", ".."}
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_CROWDS = re.compile(
    r"(?:a |an |many |some )?(tens|dozens?|scores?|hundreds|thousands|several|some|many|few|couple)\b.*"
)
_DASH = r"\s*[-–—]\s*"
_N = r"(\d{1,10})"
_BARE_BOUND = re.compile(rf"{_N}\s*\+|[>≥]\s*=?\s*{_N}|[<≤]\s*=?\s*{_N}")
_BARE_RANGE = re.compile(rf"{_N}{_DASH}{_N}")
_SUM = re.compile(rf"{_N}(?:\s*\+\s*{_N})+")
_SEPARATED = re.compile(r"\d{1,3}(?:[,.' \u00a0\u202f]\d{3})+")
_AT_LEAST = re.compile(rf"(?:at least|no (?:fewer|less) than|minimum(?: of)?) {_N}|{_N} or more")
_MORE = re.compile(rf"(?:more than|over|above) {_N}")
_AT_MOST = re.compile(rf"(?:at most|up to|no more than|maximum(?: of)?) {_N}|{_N} or (?:fewer|less)")
_FEWER = re.compile(rf"(?:fewer than|less than|under|below) {_N}")
_ABOUT = re.compile(rf"(?:about|around|approximately|approx\.?|roughly|some|nearly|almost|circa|ca\.?|~) ?{_N}")
_BETWEEN = re.compile(rf"(?:between {_N} and {_N}|(?:from )?{_N} to {_N}|(?:about|around) {_N}{_DASH}{_N})")


class Figure(NamedTuple):
    """A count with its range; what was not said is unknown."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    words: str | None = None

    def __bool__(self) -> bool:
        return any(part is not None for part in self)


def figure(found: Findings, name: str, *, vague: bool) -> Figure:
    """Read the three cells of a count, and the words beside them."""
    low, high = (_bound(found, f"{name}_{end}") for end in ("low", "high"))
    read = _best(found, f"{name}_best", vague=vague)
    if (read.low is not None and low is not None) or (read.high is not None and high is not None):
        found.refuse(
            "E-NUM-BOUND", f"{name}_best", "a bound, and the bound has a cell of its own", "keep one of the two"
        )
    made = Figure(low if low is not None else read.low, read.best, high if high is not None else read.high)
    _refuse_disorder(found, name, made)
    return made._replace(words=found[f"{name}_text"] or read.words)


def _refuse_disorder(found: Findings, name: str, made: Figure) -> None:
    known = [
        (f"{name}_{end}", value) for end, value in zip(Figure._fields, made, strict=True) if isinstance(value, int)
    ]
    for (below, low), (above, high) in pairwise(known):
        if low > high:
            found.refuse("E-NUM-ORDER", above, f"{below} {low} is above {above} {high}", "low <= best <= high")


def _bound(found: Findings, column: str) -> int | None:
    text = found[column]
    if not text:
        return None
    if _is_plain(text):
        return int(text)
    if meant := _meant(text.lower()):
        found.refuse("E-NUM-BOUND", column, "words in a bound", f"write digits only ({meant[1]})")
    else:
        _refuse(found, column)
    return None


def _best(found: Findings, column: str, *, vague: bool) -> Figure:
    text = found[column]
    if not text:
        return Figure()
    if _is_plain(text):
        return Figure(best=int(text))
    meant = _meant(text.lower()) or (_bare(text.lower()) if vague and len(text) <= _LONGEST else None)
    if not meant:
        _refuse(found, column)
        return Figure()
    found.warn("W-NUM-VAGUE", column, f"read as {meant[1]}", "confirm it, or fill low, best and high")
    return meant[0]._replace(words=text)


def _is_plain(text: str) -> bool:
    return (
        text.isascii()
        and text.isdigit()
        and int(text[:12]) < _POPULATION
        and len(text.lstrip("0")) < len("10000000000")
    )


def _meant(text: str) -> tuple[Figure, str] | None:
    """Read what the words of a count leave open, and say by which rule."""
    if len(text) > _LONGEST:
        return None
    readings = ((_AT_LEAST, 0, "low"), (_MORE, 1, "low"), (_AT_MOST, 0, "high"), (_FEWER, -1, "high"))
    for pattern, step, end in readings:
        if found := pattern.fullmatch(text):
            number = max(_first(found) + step, 0)
            made = Figure(low=number) if end == "low" else Figure(high=number)
            return made, f"{end} {number}, the rest unknown"
    if found := _ABOUT.fullmatch(text):
        return Figure(best=_first(found)), f"best {_first(found)}, as said; its range is unknown"
    if found := _BETWEEN.fullmatch(text):
        low, high = (int(part) for part in found.groups() if part)
        return Figure(low=low, high=high), f"low {low}, high {high}"
    if _SUM.fullmatch(text):
        parts = [int(part) for part in text.split("+")]
        return Figure(low=max(parts), high=sum(parts)), (
            f"low {max(parts)}, high {sum(parts)}: the parts may overlap, so they are not added up"
        )
    return None


def _bare(text: str) -> tuple[Figure, str] | None:
    """Read a bare notation, where a person asked for it."""
    if found := _BARE_BOUND.fullmatch(text):
        strict, number = "=" not in text and text[0] in "<>", _first(found)
        if found[3]:
            return Figure(high=max(number - strict, 0)), f"high {max(number - strict, 0)}, the rest unknown"
        return Figure(low=number + strict), f"low {number + strict}, the rest unknown"
    if found := _BARE_RANGE.fullmatch(text):
        return Figure(low=int(found[1]), high=int(found[2])), f"low {found[1]}, high {found[2]}"
    return (Figure(), "no number; the word is kept") if _CROWDS.fullmatch(text) else None


def _first(found: re.Match[str]) -> int:
    return int(next(part for part in found.groups() if part))


def _refuse(found: Findings, column: str) -> None:
    code, reason, fix = _why(found[column].lower(), column.rpartition("_")[0])
    found.refuse(code, column, reason, fix)


def _why(text: str, name: str) -> tuple[str, str, str]:
    """Say why a cell is no count, and what to write."""
    if len(text) > _LONGEST:
        return "E-NUM", "too long for a count", "write digits only, and the words in the text"
    digits = "".join(letter for letter in text if letter.isdecimal())
    plain = str(int(digits)) if digits and len(digits) < len("10000000000") else ""
    refused = _why_notation(text, name, plain) or _why_words(text, name)
    if refused:
        return refused
    return (
        "E-NUM",
        "not a whole number",
        f"write {plain}" if plain else "write digits only, or leave it empty if unknown",
    )


def _why_notation(text: str, name: str, plain: str) -> tuple[str, str, str] | None:
    if re.fullmatch(r"[-−–]\s*\d+(\.\d+)?", text):
        return "E-NUM-NEG", "a count cannot be below zero", "correct it, or leave it empty if unknown"
    if found := _BARE_BOUND.fullmatch(text):
        end = "high" if found[3] else "low"
        return "E-NUM-BOUND", "a bound, not a best figure", f"put {plain} in {name}_{end}, leave best empty"
    if found := _BARE_RANGE.fullmatch(text):
        return "E-NUM-RANGE", "a range", f"{name}_low {found[1]}, {name}_high {found[2]}"
    if _SEPARATED.fullmatch(text):
        return "E-NUM-SEPARATOR", "a separator that may be thousands or decimals", f"write {plain}"
    if re.fullmatch(r"\d+[.,]\d+", text):
        return "E-NUM", "people come in whole numbers", "correct it"
    return ("E-NUM", "larger than any population", "correct it") if text.isascii() and text.isdigit() else None


def _why_words(text: str, name: str) -> tuple[str, str, str] | None:
    if text in _UNSAID:
        return "E-NUM-AMBIGUOUS", f"'{text}' may mean none or unknown", "write 0 for none, leave empty for unknown"
    if text in _NUMBERS:
        return "E-NUM-WORDS", "a number in words", f"write {_NUMBERS.index(text)}"
    if _CROWDS.fullmatch(text):
        reason = f"no number; sources differ on what '{text[:40]}' is"
        return "E-NUM-WORDS", reason, f"leave the counts empty and keep the word in {name}_text"
    return None
