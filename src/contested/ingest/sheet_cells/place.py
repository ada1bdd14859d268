"""The coordinates of a record: both or neither, within range, near the file's other places."""

import re

from contested.ingest.cells.coordinates import FAR_KM, PLAIN_DEGREES
from contested.ingest.sheet_cells.findings import Findings
from contested.model.geo import Point, kilometres

_MOST = {"lat": 90, "lon": 180}
_DECIMAL_COMMA = re.compile(r"[+-]?\d{1,3},\d+")


def point(found: Findings, middle: Point | None) -> Point | None:
    """Read latitude and longitude, and warn of what lies far from the file's other places."""
    if not found["lat"] and not found["lon"]:
        return None
    for column, other in (("lat", "longitude without a latitude"), ("lon", "latitude without a longitude")):
        if not found[column]:
            found.refuse("E-GEO", column, f"a {other}", "give both or neither")
        else:
            _refuse_unless_degrees(found, column)
    if found.refused("lat", "lon"):
        return None
    read = float(found["lat"]), float(found["lon"])
    if read == (0, 0):
        found.warn(
            "W-GEO-NULL", "lat", "0, 0 lies in the Atlantic; programs write it for unknown", "leave both empty if so"
        )
    elif middle and (away := kilometres(read, middle)) > FAR_KM:
        swapped = abs(read[1]) <= _MOST["lat"] and kilometres((read[1], read[0]), middle) < away
        doubt = "; latitude and longitude swapped?" if swapped else ""
        found.warn("W-GEO-FAR", "lat", f"{away:,.0f} km from this file's other places{doubt}", "check it")
    return read


def _refuse_unless_degrees(found: Findings, column: str) -> None:
    text = found[column]
    if not (text.isascii() and PLAIN_DEGREES.fullmatch(text)):
        plain = text.replace(",", ".") if _DECIMAL_COMMA.fullmatch(text) else "42.928"
        found.refuse("E-GEO", column, "not degrees with a decimal point", f"write it like {plain}")
    elif abs(float(text)) > _MOST[column]:
        found.refuse("E-GEO", column, f"beyond {_MOST[column]} degrees", "correct it")
