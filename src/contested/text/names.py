"""Names of accounts in running text: as short as leaves them apart; common nouns in small letters."""

import re
from collections import Counter
from collections.abc import Mapping

_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_COMMON = frozenset(
    [
        "authorities",
        "doctors",
        "eyewitnesses",
        "firefighters",
        "hospitals",
        "journalists",
        "locals",
        "media",
        "newspapers",
        "officials",
        "others",
        "outlets",
        "police",
        "press",
        "prosecutors",
        "protesters",
        "rebels",
        "relayed",
        "reporters",
        "rescuers",
        "residents",
        "rumour",
        "rumours",
        "soldiers",
        "survivors",
        "villagers",
        "witnesses",
    ]
)
"""First words of names that are common nouns: within a sentence they begin with a small letter."""
_ONE = frozenset({"media", "press", "relayed", "rumour"})
"""Those of them that take a verb in the singular."""


def short_names(names: Mapping[str, str]) -> dict[str, str]:
    """Leave out what stands in brackets at the end of each name, where that leaves all of them apart."""
    bare = {key: _BRACKETS.sub("", name) or name for key, name in names.items()}
    number = Counter(bare.values())
    return {key: bare[key] if number[bare[key]] == 1 else name for key, name in names.items()}


def in_sentence(name: str) -> str:
    """Write a name as it stands within a sentence: officials, but Vlast and Dungan residents."""
    return name[0].lower() + name[1:] if name.split(maxsplit=1)[0].casefold() in _COMMON else name


def is_plural(name: str) -> bool:
    """Say whether a name is one of several people: officials say, Vlast says."""
    words = re.sub(r"\(.*", "", name).casefold().split()
    return bool(words) and not _ONE & {*words} and (words[-1] in _COMMON or words[0] in _COMMON)
