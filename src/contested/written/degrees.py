"""Degrees of latitude or longitude as people and programs write them."""

import re

_DECIMAL = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>\d{1,3})(?:[.,](?P<part>\d+))?\s*°?\s*(?P<letter>[NSEWСЮВЗ]?)", re.IGNORECASE
)
_SEXAGESIMAL = re.compile(
    r"(?P<sign>[+-]?)(?P<degrees>\d{1,3})\s*[°º:]\s*(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*(?:['′’:]\s*(?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|''))?)?"
    r"\s*(?P<letter>[NSEWСЮВЗ]?)",
    re.IGNORECASE,
)
_SOUTH_OR_WEST = set("SWЮЗ")
_SIXTY = 60


def degrees(text: str) -> float | None:
    """Read 43.1234, 43,1234, 43°07'24"N or 43.1234 S as degrees north or east; None where it is neither."""
    if plain := _DECIMAL.fullmatch(text.strip()):
        return _signed(plain, float(f"{plain['whole']}.{plain['part'] or 0}"))
    parts = _SEXAGESIMAL.fullmatch(text.strip())
    if parts is None:
        return None
    minutes, seconds = (float((parts[name] or "0").replace(",", ".")) for name in ("minutes", "seconds"))
    if minutes >= _SIXTY or seconds >= _SIXTY:
        return None
    return _signed(parts, round(int(parts["degrees"]) + minutes / _SIXTY + seconds / _SIXTY**2, 7))


def _signed(written: re.Match[str], size: float) -> float:
    return -size if written["sign"] == "-" or written["letter"].upper() in _SOUTH_OR_WEST else size
