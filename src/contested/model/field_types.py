"""Types of the fields of a claim: how one cell becomes a value, or is refused with a reason and a way to mend it.

An empty cell is unknown. Nothing is guessed, coerced or filled with zero.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError


def _blank_is_unknown(cell: object) -> object:
    return None if isinstance(cell, str) and not cell.strip() else cell


def _whole(cell: object) -> object:
    if isinstance(cell, str) and not (cell.strip().isascii() and cell.strip().isdigit()):
        fix = "write digits only; leave it empty if unknown; a range goes into low and high"
        raise PydanticCustomError("number", "{reason}", {"reason": "not a whole number", "fix": fix})
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, bool | float):
        raise PydanticCustomError("number", "{reason}", {"reason": "not a whole number", "fix": "write digits only"})
    return cell


def _number(cell: object) -> object:
    if isinstance(cell, bool) or (isinstance(cell, str) and "_" in cell):
        raise PydanticCustomError("number", "{reason}", {"reason": "not a number", "fix": "write it like 42.93"})
    return cell


def _listed(cell: object) -> object:
    if isinstance(cell, str):
        return [part.strip() for part in cell.split(";") if part.strip()]
    return () if cell is None else cell


def _grouped(cell: object) -> object:
    """Read groups as one JSON object of words, also where they come as an object."""
    if cell is None or cell == "":
        return None
    try:
        read = json.loads(cell) if isinstance(cell, str) else cell
    except ValueError:
        read = None
    if not isinstance(read, Mapping) or not all(isinstance(part, str) for one in read.items() for part in one):
        reason, fix = "not a JSON object of words", 'write it like {"agency": "FIRE"}, or leave it empty'
        raise PydanticCustomError("groups", "{reason}", {"reason": reason, "fix": fix})
    return json.dumps(dict(read), ensure_ascii=False) if read else None


_YES, _NO = {"yes", "y", "true", "t", "1", "on"}, {"", "no", "n", "false", "f", "0", "off"}


def _yes_or_nothing(cell: object) -> object:
    """Read a switch that is on or empty; a word that is neither is refused, so that nothing slips out."""
    if not isinstance(cell, str | int):
        return cell
    word = str(cell).strip().casefold()
    return "yes" if word in _YES else None if word in _NO else word


class Usual(BeforeValidator):
    """What an empty cell is read as, and nothing else."""


def usual(word: object) -> Usual:
    """Read an empty cell as the usual word."""
    return Usual(lambda cell: word if cell is None or cell == "" else cell)


Blank = BeforeValidator(_blank_is_unknown)
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
LABEL_LETTERS = 30
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LABEL_LETTERS)]
"""Words short enough to stand beside a mark."""
Told = Annotated[str, StringConstraints(pattern=r"\S")]
"""Words kept as they stand, blanks and all."""
Count = Annotated[int, Field(ge=0, lt=8_300_000_000), BeforeValidator(_whole)]
Latitude = Annotated[float | None, Field(ge=-90, le=90, allow_inf_nan=False), BeforeValidator(_number), Blank]
Longitude = Annotated[float | None, Field(ge=-180, le=180, allow_inf_nan=False), BeforeValidator(_number), Blank]
Radius = Annotated[float | None, Field(ge=0, allow_inf_nan=False), BeforeValidator(_number), Blank]
Groups = Annotated[str | None, BeforeValidator(_grouped)]
"""What rows are compared by, as a JSON object of words: {"agency": "FIRE"}."""
Sensitive = Annotated[Literal["yes"] | None, BeforeValidator(_yes_or_nothing)]
Ids = Annotated[tuple[str, ...], BeforeValidator(_listed)]


def refuse_half_a_point(latitude: float | None, longitude: float | None) -> None:
    """Refuse a latitude without a longitude, or the other way round."""
    if (latitude is None) != (longitude is None):
        lacking = "latitude" if latitude is None else "longitude"
        raise refused("place", lacking, "half a point", "give both latitude and longitude, or neither")


def refused(code: str, column: str, reason: str, fix: str) -> PydanticCustomError:
    """Say why a row cannot stand: the column, the reason, and how to mend it."""
    return PydanticCustomError(code, "{reason}", {"column": column, "reason": reason, "fix": fix})
