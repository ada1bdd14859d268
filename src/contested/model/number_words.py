"""Numbers in words: each number that a text spells out, read in the language in which the text is written.

The words are those of `languages/`. Words that another language has too ("once" is eleven in Spanish) count only where
the text has no more common words of a language without them. An article that also means one is no number.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from contested.model.language import Words, alternatives, languages

_THOUSAND, _MILLION, _HUNDRED = 1000, 1_000_000, 100
_TENS_OF_TWENTY = (60, 80)
"""Behind these French goes on to nineteen: soixante-dix-huit, quatre-vingt-dix."""


class _Language(NamedTuple):
    values: Mapping[str, int]
    spelt: re.Pattern[str]
    """A number of one word or of several, however they are joined."""
    word: re.Pattern[str]
    common: re.Pattern[str]
    multiplies_hundreds: bool
    """Whether two hundred is written as two and hundred, not as a word of its own."""
    units_stand_first: bool
    one_is_an_article: bool


def spelt_numbers(text: str) -> set[int]:
    """Read every number that a text spells out."""
    plain = text.casefold().replace("’", "'")
    return {number for one in _likely(plain) for found in one.spelt.finditer(plain) for number in _read(found[0], one)}


def _likely(text: str) -> list[_Language]:
    """Find the languages of which a text has the most common words: all of them where it has none."""
    common = [(len(one.common.findall(text)), one) for one in _languages()]
    most = max(number for number, _ in common)
    return [one for number, one in common if number == most]


def _read(words: str, language: _Language) -> Iterator[int]:
    """Add up the words of a number; one that cannot belong to the number before it begins another."""
    total, part, parts = 0, 0, 0
    for value in map(language.values.__getitem__, language.word.findall(words)):
        if value >= _THOUSAND:
            total, part = total + max(part, 1) * value, 0
        elif value == _HUNDRED and language.multiplies_hundreds and 0 < part < 10:  # noqa: PLR2004 a unit
            part *= _HUNDRED
        elif not parts or _goes_on(part, value, language):
            part += value
        else:
            yield from _whole(total + part, parts, language)
            total, part, parts = 0, value, 0
        parts += 1
    yield from _whole(total + part, parts, language)


def _whole(number: int, parts: int, language: _Language) -> Iterator[int]:
    if not (language.one_is_an_article and number == parts == 1):
        yield number


def _goes_on(part: int, value: int, language: _Language) -> bool:
    """Say whether a word can stand behind what was said since the last thousand."""
    rest = part % _HUNDRED
    if not rest:
        return not part or value < _HUNDRED
    if rest < 20:  # noqa: PLR2004 a unit, or ten in a language that says ten one
        return (language.units_stand_first and rest < 10 and 20 <= value < _HUNDRED) or (rest == 10 and 0 < value < 10)  # noqa: PLR2004
    return rest % 10 == 0 and 0 < value < (20 if rest in _TENS_OF_TWENTY else 10)


@cache
def _languages() -> tuple[_Language, ...]:
    return tuple(map(_language, languages()))


def _language(words: Words) -> _Language:
    values = {form: value for value, forms in _valued(words) for form in forms}
    longest = "|".join(sorted(values, key=len, reverse=True))
    joins = "|".join((*words.get("joins", ()), "-"))
    spelt = rf"(?<![^\W_])(?:{longest})(?:\s?(?:{joins})?\s?(?:{longest}))*(?![^\W_])"
    return _Language(
        values,
        re.compile(spelt),
        re.compile(longest),
        re.compile(alternatives(*words.get("common", ()))),
        len(words.get("hundreds", ())) == 1,
        words.get("units_stand_first", False),
        words.get("one_is_an_article", False),
    )


def _valued(words: Mapping[str, Any]) -> Iterator[tuple[int, list[str]]]:
    yield from enumerate(words.get("numbers", ()))
    yield from zip(range(20, _HUNDRED, 10), words.get("tens", ()), strict=False)
    yield from zip(range(_HUNDRED, _THOUSAND, _HUNDRED), words.get("hundreds", ()), strict=False)
    yield from ((_THOUSAND, words.get("thousands", [])), (_MILLION, words.get("millions", [])))
