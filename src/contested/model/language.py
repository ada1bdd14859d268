"""Languages: the words for numbers, months, parts of the day, bounds and crowds, one file for each in `languages/`."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

Words = Mapping[str, Any]
_FOLDER = "languages"
_DASHES = re.compile(r"[‐‑‒–—−]")


def with_hyphens(text: str) -> str:
    """Write every dash and minus of a text as a hyphen."""
    return _DASHES.sub("-", text)


@cache
def languages() -> tuple[Words, ...]:
    """Read every language file, in the order of their names."""
    found = sorted(files("contested.model").joinpath(_FOLDER).iterdir(), key=lambda one: one.name)
    return tuple(tomllib.loads(one.read_text(encoding="utf-8")) for one in found if one.name.endswith(".toml"))


@cache
def listed(key: str, section: str = "") -> tuple[str, ...]:
    """Give the words or templates under a key, of all languages, each once."""
    sections = (one.get(section, {}) if section else one for one in languages())
    return tuple(dict.fromkeys(word for one in sections for word in one.get(key, ())))


@cache
def numbered(key: str, first: int) -> Mapping[str, int]:
    """Give the number that each form stands for, where a key lists the forms of several in order."""
    found: dict[str, int] = {}
    for one in languages():
        for number, forms in enumerate(one.get(key, ()), start=first):
            found |= dict.fromkeys(forms, number)
    return found


@cache
def parts_of_the_day() -> Mapping[str, tuple[int, int]]:
    """Give from which hour to which each part of a day lasts; past 24 it is the next day."""
    return {
        part: (low, high) for one in languages() for part, (low, high) in one.get("time", {}).get("parts", {}).items()
    }


@cache
def alternatives(*words: str) -> str:
    """Write a pattern for any of some words, the longest first, none within another word."""
    longest = "|".join(sorted(words, key=len, reverse=True))
    return rf"(?<![^\W_])(?:{longest})(?![^\W_])"


@cache
def templates(key: str, section: str, **stand_for: str) -> tuple[re.Pattern[str], ...]:
    """Compile the templates under a key, with a pattern for each of their places."""
    return tuple(re.compile(_filled(one, stand_for)) for one in listed(key, section))


def _filled(template: str, stand_for: Mapping[str, str]) -> str:
    for place, pattern in stand_for.items():
        template = template.replace(f"{{{place}}}", pattern)
    return template


def matches(key: str, section: str, text: str, **stand_for: str) -> Iterator[re.Match[str]]:
    """Find the templates of a key that a whole text fits."""
    return (found for one in templates(key, section, **stand_for) if (found := one.fullmatch(text)))
