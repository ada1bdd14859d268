"""Text encodings, detected where the bytes can mean only one text.

UTF-8 is taken as it is, UTF-16 and UTF-32 by their mark. Windows-1252 is believed only where each foreign byte stands
between plain letters, as in "café": in other code pages whole words are foreign, and a lone wrong byte is no letter.
A code page of Cyrillic is believed only where many words are written as people write them in it, and in no other.
"""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from contested.model.problem import Problem

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
CHOICES = (
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1256", "koi8-r", "iso8859-2", "iso8859-5", "iso8859-9"),
    *("utf-8", "utf-16", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"),
)
"""Encodings that a person may choose where the letters do not show which was meant."""
_PIECE = 1 << 20
_ENDLESS = 50
_FOREIGN = re.compile(rb"[\x80-\xff]+")
_WESTERN = re.compile(rb"[\xc0-\xd6\xd8-\xf6\xf8-\xfe]{1,2}|[\x80\x82-\x8c\x8e\x91-\x9c\x9e-\xbf]{1,2}")
_LETTERS = re.compile(rb"[A-Za-z]")


_CYRILLIC_WORD = re.compile(r"[А-яЁёІіЇїЄєҐґ]+")
_VOWELS = set("аеёиоуыэюяіїє")
_WORDS = 12
"""So many words show their code page."""


class Encoding(NamedTuple):
    """The name of an encoding, and how Python names it; `broken` where a byte fits none."""

    codec: str
    name: str = "UTF-8"
    broken: bool = False

    def converted(self) -> Iterator[tuple[int, Problem]]:
        """Say that the letters were converted, before the first row."""
        if self.name != "UTF-8":
            reason, fix = f"the file is {self.name}, not UTF-8", "nothing; it was converted. Check the names in it"
            yield 0, Problem("W-ENC-CONVERTED", None, None, self.name, reason, fix, "warning")


_CYRILLIC = (Encoding("cp1251", "Windows-1251"), Encoding("koi8-r", "KOI8-R"), Encoding("cp866", "DOS 866"))


def encoding(path: Path, chosen: str | None = None) -> Encoding:
    """Find the encoding of a text, or hold it to the one that a person chose."""
    if chosen in CHOICES:
        name = "UTF-8" if chosen == "utf-8" else chosen
        return Encoding(chosen, name) if _decodes(path, chosen) else Encoding("utf-8-sig", broken=True)
    with path.open("rb") as file:
        start = file.read(4096)
    for mark, codec, name in _MARKS:
        if start.startswith(mark):
            return Encoding(codec, name) if _decodes(path, codec) else Encoding("utf-8-sig", broken=True)
    if half := _unmarked(start):
        return Encoding(half, "UTF-16") if _decodes(path, half) else Encoding("utf-8-sig", broken=True)
    if _decodes(path, "utf-8-sig"):
        return Encoding("utf-8-sig")
    if _is_western(path):
        return Encoding("cp1252", "Windows-1252")
    return _cyrillic(path) or Encoding("utf-8-sig", broken=True)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
    yield b""


def line_ends(path: Path) -> int:
    """Count where lines end."""
    return max(map(sum, zip(*((piece.count(b"\n"), piece.count(b"\r")) for piece in _pieces(path)), strict=True)))


def _decodes(path: Path, codec: str) -> bool:
    """Say whether all bytes are letters, or all before a line that has no end, which nobody will read."""
    decoder, unbroken = codecs.getincrementaldecoder(codec)(), 0
    is_utf_8 = codec.startswith("utf-8")
    try:
        for piece in _pieces(path):
            unbroken = 0 if b"\n" in piece or b"\r" in piece else unbroken + 1
            if unbroken > _ENDLESS:
                return True
            if not (is_utf_8 and piece and piece.isascii() and not decoder.getstate()[0]):
                decoder.decode(piece, final=not piece)
    except UnicodeDecodeError:
        return False
    return True


def _unmarked(start: bytes) -> str | None:
    """Recognise UTF-16 without a mark: every other byte of plain letters is zero."""
    pairs = max(len(start) // 2, 1)
    high, low = start[::2].count(0) / pairs, start[1::2].count(0) / pairs
    return "utf-16-le" if low > high + 1 / 2 else "utf-16-be" if high > low + 1 / 2 else None


def _is_western(path: Path) -> bool:
    content = path.read_bytes()
    return all(
        _WESTERN.fullmatch(found[0])
        and (found[0][0] < 0xC0 or _LETTERS.search(content[max(found.start() - 1, 0) : found.end() + 1]))  # noqa: PLR2004
        and not _is_utf_8(found[0])
        for found in _FOREIGN.finditer(content)
    )


def _cyrillic(path: Path) -> Encoding | None:
    """Find the one code page in which nearly all foreign words are words as people write them, if there are many."""
    with path.open("rb") as file:
        content = file.read(_PIECE)
    fitting = [one for one in _CYRILLIC if _decodes(path, one.codec) and _is_written(content, one.codec)]
    return fitting[0] if len(fitting) == 1 else None


def _is_written(content: bytes, codec: str) -> bool:
    """Say whether the foreign words of a text have their capitals at the beginning, and enough vowels."""
    words = set(_CYRILLIC_WORD.findall(content.decode(codec, "ignore")))
    long = [word for word in words if len(word) > 2]  # noqa: PLR2004 shorter ones may be anything
    letters = "".join(long).lower()
    cased = sum(word[1:].islower() or word.isupper() for word in long)
    vowels = sum(letter in _VOWELS for letter in letters)
    return len(long) >= _WORDS and cased >= 0.95 * len(long) and 0.3 <= vowels / len(letters) <= 0.6  # noqa: PLR2004


def _is_utf_8(letters: bytes) -> bool:
    try:
        letters.decode()
    except UnicodeDecodeError:
        return False
    return True
