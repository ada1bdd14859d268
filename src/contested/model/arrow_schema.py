"""Columns: how the fields of a claim are kept, derived from `Claim` itself.

Instants are kept in UTC; only the edges know other time zones.
"""

import warnings
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import get_args, get_origin

import pyarrow as pa
from pydantic import AwareDatetime

from contested.model.claim import Claim
from contested.model.times import utc

# `cursor.sql` would plan every question twice, which costs more than the copy of its rows that this warns of.
warnings.filterwarnings("ignore", "Arrow output on a DB-API result makes an extra copy", UserWarning)

_TYPES: dict[object, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    AwareDatetime: pa.timestamp("us"),
}


def kept(value: object) -> object:
    """Put a value the way it is kept."""
    match value:
        case datetime():
            return utc(value)
        case tuple():
            return list(value)
        case _:
            return value


def tabled(claims: Iterable[Claim]) -> pa.Table:
    """Put claims the way they are kept."""
    return pa.Table.from_pylist([{name: kept(value) for name, value in claim} for claim in claims], COLUMNS)


def _type_of(annotation: object) -> pa.DataType:
    """Find the column type of a field, looking through `| None` and `Annotated`."""
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return pa.string()
    if get_origin(annotation) is tuple:
        return pa.list_(pa.string())
    if isinstance(annotation, type):
        return _TYPES[annotation]
    return next(_type_of(part) for part in get_args(annotation))


COLUMNS = pa.schema([(name, _type_of(field.annotation)) for name, field in Claim.model_fields.items()])
