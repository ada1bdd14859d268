"""Coordinates: degrees of latitude or longitude as people and programs write them, and points in one cell."""

import re
from collections.abc import Iterable
from statistics import median

from contested.model.geo import Point

FAR_KM = 1000
"""What lies further from the other places of its file is doubted."""
_FEW = 3
"""Fewer points than this have no middle to be far from."""
PLAIN_DEGREES = re.compile(r"[+-]?\d{1,3}(\.\d+)?")

_DECIMAL = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>\d{1,3})(?:[.,](?P<part>\d+))?\s*°?\s*(?P<letter>[NSEWСЮВЗ]?)", re.IGNORECASE
)
_SIXTIETHS = r"\d{1,2}(?:[.,]\d+)?"
_SEXAGESIMAL = re.compile(
    rf"(?P<sign>[+-]?)(?P<degrees>\d{{1,3}})(?:\s*[°º:]\s*|\s)(?P<minutes>{_SIXTIETHS})"
    rf"(?:\s*['′’:]\s*|\s|(?=[NSEWСЮВЗ]|$))(?:(?P<seconds>{_SIXTIETHS})\s*(?:\"|″|”|''|))?\s*(?P<letter>[NSEWСЮВЗ]?)",
    re.IGNORECASE,
)
_LETTER_FIRST = re.compile(r"([NSEWСЮВЗ])\s*(\d.*)", re.IGNORECASE | re.DOTALL)
_AROUND = re.compile(r"^\s*POINT\b|[()\[\]]", re.IGNORECASE)
_NAMED = re.compile(r"\blat\w*[^\w+-]+([-+]?\d+\.\d+).*\blon\w*[^\w+-]+([-+]?\d+\.\d+)", re.IGNORECASE | re.DOTALL)
_BETWEEN = (r";", r"\|", r",\s+", r",", r"(?<=[NSEWСЮВЗ])\s+", r"\s+(?=[NSEWСЮВЗ]\s*\d)", r"\s+")
"""What parts latitude from longitude; the first that leaves two of degrees does."""
_SOUTH_OR_WEST = set("SWЮЗ")
_EAST_OR_WEST = set("EWВЗ")
_RUSSIAN = {r"с\. ?ш\.": "С", r"ю\. ?ш\.": "Ю", r"в\. ?д\.": "В", r"з\. ?д\.": "З"}
_SIXTY = 60


def degrees(text: str) -> float | None:
    """Read 43.1234, 43,1234, 43°07'24"N or 43.1234 S as degrees north or east; None where it is neither."""
    text = _letter_last(text)
    if plain := _DECIMAL.fullmatch(text):
        return _signed(plain, float(f"{plain['whole']}.{plain['part'] or 0}"))
    parts = _SEXAGESIMAL.fullmatch(text)
    if parts is None or not (parts["letter"] or re.search("[°º:]", text)):
        return None
    minutes, seconds = (float((parts[name] or "0").replace(",", ".")) for name in ("minutes", "seconds"))
    if minutes >= _SIXTY or seconds >= _SIXTY:
        return None
    return _signed(parts, round(int(parts["degrees"]) + minutes / _SIXTY + seconds / _SIXTY**2, 7))


def point(text: str) -> tuple[str, str] | None:
    """Part a cell into its latitude and its longitude, each as written; None where it does not hold both.

    Well-known text has the longitude first, and letters of the sky say which is which.
    """
    if named := _NAMED.search(text):
        return named[1], named[2]
    plain = _AROUND.sub(" ", _in_letters(text)).strip()
    for between in _BETWEEN:
        parts = [_letter_last(part) for part in re.split(between, plain, flags=re.IGNORECASE)]
        if len(parts) == len(("latitude", "longitude")) and None not in map(degrees, parts):
            first, second = parts
            is_turned = text.upper().lstrip().startswith("POINT") or first[-1].upper() in _EAST_OR_WEST
            return (second, first) if is_turned else (first, second)
    return None


def _in_letters(text: str) -> str:
    for words, letter in _RUSSIAN.items():
        text = re.sub(words, letter, text, flags=re.IGNORECASE)
    return text


def _letter_last(text: str) -> str:
    """Put the letter of the sky behind the degrees, where it stands before them."""
    return _LETTER_FIRST.sub(r"\2 \1", _in_letters(text).strip())


def _signed(written: re.Match[str], size: float) -> float:
    return -size if written["sign"] == "-" or written["letter"].upper() in _SOUTH_OR_WEST else size


def middle(points: Iterable[tuple[object, object]]) -> Point | None:
    """Find the middle of a file's places, if it has enough of them."""
    read = [
        (float(str(lat)), float(str(lon)))
        for lat, lon in points
        if PLAIN_DEGREES.fullmatch(str(lat).strip()) and PLAIN_DEGREES.fullmatch(str(lon).strip())
    ]
    return (median(lat for lat, _ in read), median(lon for _, lon in read)) if len(read) >= _FEW else None
