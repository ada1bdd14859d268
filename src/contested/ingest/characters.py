"""Characters that no cell may hold: invisible ones, and those that cannot be stored.

Control characters run in terminals, direction marks show 10 as 01, half a letter cannot be written as UTF-8.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from contested.ingest.options import Given
from contested.model.problem import Problem

Cells = Mapping[str, Any]
Translate = Callable[[int, Cells, Given], Iterable[Cells | Problem]]

LONGEST = 20_000
UNSEEN = re.compile("[\u200b\u2060\ufeff\U000e0000-\U000e007f]")
"""Letters that nobody sees, so that two names look like one; web pages leave them behind."""
_SHOWN = 200
_FLAWS = (
    (re.compile("[\ud800-\udfff]"), "E-CTRL", "half an emoji, a lone surrogate", "retype the text"),
    (re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]"), "E-CTRL", "control characters", "remove them"),
    (re.compile("[\u202a-\u202e\u2066-\u2069]"), "E-BIDI", "a text-direction override", "remove it"),
)


def refusing(translate: Translate) -> Translate:
    """Stop a row that somebody typed and can mend, where a cell of it cannot be kept."""

    def read(number: int, row: Cells, given: Given) -> Iterator[Cells | Problem]:
        flaws = list(unfit(number, row))
        yield from flaws or translate(number, row, given)

    return read


def mending(translate: Translate) -> Translate:
    """Leave such letters out of a row that somebody published, and say so."""

    def read(number: int, row: Cells, given: Given) -> Iterator[Cells | Problem]:
        flaws = [flaw._replace(code="W-NORMALISED", severity="warning") for flaw in unfit(number, row)]
        yield from (flaw._replace(fix="nothing: they are left out") for flaw in flaws)
        yield from translate(
            number, {column: without_flaws(value) for column, value in row.items()} if flaws else row, given
        )

    return read


def without_flaws(value: object) -> object:
    """Give a cell without the letters that cannot be kept, and no longer than it may be."""
    match value:
        case str():
            for pattern, *_ in _FLAWS:
                value = pattern.sub("", value)
            return value[:LONGEST]
        case list() | tuple():
            return [without_flaws(one) for one in value]
        case dict():
            return {without_flaws(name): without_flaws(one) for name, one in value.items()}
    return value


def unfit(number: int, row: Cells) -> Iterator[Problem]:
    """Find the cells of a row that cannot be kept."""
    if _are_plain(row.values()):
        return
    for column, value in row.items():
        flaws = (_flaw(text) for text in _texts(value))
        if flaw := next((one for one in flaws if one), None):
            text, code, reason, fix = flaw
            yield Problem(code, number, column, text, reason, fix)


def _are_plain(cells: Iterable[Any]) -> bool:
    """Say whether some cells are typed words, and not too many, so that no letter needs a second look."""
    try:
        text = "".join(filter(None, cells))
    except TypeError:
        return False
    return text.isascii() and text.isprintable() and len(text) <= LONGEST


def shown(text: str) -> str:
    """Cut a long text to what a message can hold, its halves of letters written out."""
    whole = text.encode(errors="backslashreplace").decode()
    return whole if len(whole) <= _SHOWN else f"{whole[:_SHOWN]}…"


def printable(text: str) -> str:
    """Write out every letter that does not show, such as a control character or a mark of direction, but line ends."""
    return "".join(one if one.isprintable() or one == "\n" else ascii(one)[1:-1] for one in text)


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list() | tuple():
            for one in value:
                yield from _texts(one)
        case dict():
            for name, one in value.items():
                yield from _texts(name)
                yield from _texts(one)


def _flaw(text: str) -> tuple[str, str, str, str] | None:
    if len(text) > LONGEST:
        reason = f"{len(text):,} characters; the limit is {LONGEST:,}"
        return text[:20], "E-LONG", reason, "shorten it, and attach the document as a source"
    if text.isascii() and text.isprintable():
        return None
    for pattern, code, reason, fix in _FLAWS:
        if found := pattern.findall(text):
            return shown(text), code, f"holds {reason} ({_named(found)})", fix
    return None


def _named(letters: list[str]) -> str:
    return ", ".join(dict.fromkeys(f"U+{ord(letter):04X}" for letter in letters[:_SHOWN]))
