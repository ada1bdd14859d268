"""A column as a guess sees it: its name in plain words, its first cells, and how names and cells are scored."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from contested.ingest.mapping import EMPTY, Column
from contested.ingest.row import Row, name
from contested.model.language import languages

LEAST = 82
"""A guess is made of a score of so many in a hundred."""
SURE, NEARLY = 100, 95
SHORT = 4
"""Names so short are only guessed letter by letter."""
DATE = re.compile(
    r"\D{0,4}\d{1,4}[-./ ]\s?(?:\d{1,2}|[^\W\d]{3,9})[-./ ,]\s?\d{2,4}.*"
    r"|[^\W\d]{3,9}\.?\s{1,2}\d{1,2},?\s\d{4}.*|\d{4}(?:-\d\d)?|\d{4}-W?\d+"
    r"|(?:[^\W\d]{2,12}[,.]?\s)?\d{1,2}(?:er|[.º]|-?го)?\s(?:de\s)?[^\W\d]{3,9}\.?,?\s(?:de\s|del\s)?\d{4}.*"
    r"|\d{4}\s?(?:жыл\w*|ж\.)\s.*",
    re.DOTALL,
)
CLOCK = re.compile(
    r"[^\d]{0,6}\d{1,2}(?:[:.h]\d\d.*|\D{1,6}\d{1,2}(?:[:.h]\d\d.*|\D{1,6})?)|\d{1,2}\s?[ap]\.?m\.?", re.IGNORECASE
)
NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
UNPARTED = re.compile(
    r"(?:19|20)\d{6}(?:\d\d){2,3}|(?:19|20)\d{6}T\d{4}(?:\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d(?::?\d\d)?)?"
    r"|(?:[01]\d|2[0-4])[0-5]\d(?:[0-5]\d)?"
)
"""A moment or a time of day whose digits nothing parts."""
EPOCH = re.compile(r"\d{10}(?:\.\d+)?|\d{13}|\d{16}")
_NUMBER_SIGN = re.compile(r"№|(?<=[^\W\d_]) ?#|\bN[°º]", re.IGNORECASE)


class ColumnSample(NamedTuple):
    """A column: its name in plain words, and its cells that are not empty."""

    column: str
    called: tuple[str, ...]
    cells: tuple[str, ...]

    def all_are(self, pattern: re.Pattern[str]) -> bool:
        """Say whether most cells are written so; an empty column may be anything."""
        return 2 * sum(bool(pattern.fullmatch(cell)) for cell in self.cells) >= len(self.cells)

    def codes(self) -> set[str]:
        """Give the cells that differ, in small letters."""
        return {cell.casefold() for cell in self.cells}


Scored = tuple[int, Column]


def column_sample(column: str, rows: Sequence[Row]) -> ColumnSample:
    """Sample a column; a row of HXL tags under its header is read as a further name."""
    cells = [cell for row in rows if (cell := cell_text(row.get(column))).casefold() not in EMPTY]
    tags = [cell.strip("#").replace("+", " ") for cell in cells[:1] if cell.startswith("#")]
    called = dict.fromkeys((column_words(column), *tags, *_shorter_names(column)))
    return ColumnSample(column, tuple(called), tuple(cells[len(tags) :]) if tags else tuple(cells))


_LOCAL = re.compile(r"\blocal\b")
_PATH = re.compile(r"(?:\w+\.)+([^\W\d]\w*)")
"""A name as nested fields have it: `casualties.injured`."""


def _shorter_names(column: str) -> list[str]:
    """Give the names that say the same in fewer words: without `local`, or the last part of a path."""
    path = _PATH.fullmatch(column)
    plain = [_LOCAL.sub(" ", column_words(one)) for one in (column, *([path[1]] if path else []))]
    return [called for one in plain if (called := " ".join(one.split()))]


def column_words(column: str) -> str:
    """Give a column's name in plain words: `InjuryDate` and `injury_date` are one, `Call #` and `Call No.` too."""
    numbered = _NUMBER_SIGN.sub(" number ", column.replace("DtTm", "dttm"))
    apart = re.sub(r"(?<=[^\W\d_A-ZА-Я])(?=[A-ZА-Я][^\W\d_A-ZА-Я]|ID\b)", " ", numbered)
    return " ".join(name(re.sub(r"[.:#()\[\]/?,;–—]+", " ", apart)).replace("_", " ").split())


@cache
def plain_number(called: str) -> str:
    """Write every abbreviation of a number in a name as the same word."""
    numbers = set(known_names()["words"]["number"])
    words = ["number" if word in numbers else word for word in called.split()]
    return " ".join(sorted(words) if "number" in words else words)


def cell_text(cell: object) -> str:
    """Give a cell as text without blanks around it."""
    return "" if cell is None else str(cell).strip()


@cache
def known_names() -> Mapping[str, Mapping[str, list[str]]]:
    """Give the names that columns have, by what they hold, in every language of `languages/`."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    for one in languages():
        for section, keys in one.get("columns", {}).items():
            for key, words in keys.items():
                found.setdefault(section, {}).setdefault(key, {}).update(dict.fromkeys(words))
    return {section: {key: list(words) for key, words in keys.items()} for section, keys in found.items()}


def is_of_a_person(called: Collection[str]) -> bool:
    """Say whether a name tells of a birth or a death of one person, which is no event of ours."""
    return any(born in name for name in called for born in known_names()["words"]["born"])
