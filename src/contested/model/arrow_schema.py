"""The Arrow schema of claims, derived from the fields of `Claim`; instants are UTC without a zone."""

import warnings
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
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


def to_arrow(claims: Iterable[Claim]) -> pa.Table:
    """Convert claims to a table with the schema `COLUMNS`, a row each."""
    return pa.Table.from_pylist([{name: kept(value) for name, value in claim} for claim in claims], COLUMNS)


def from_arrow(table: pa.Table) -> Iterator[Claim]:
    """Convert each row of a table with the schema `COLUMNS` to a validated claim, its times aware and in UTC."""
    return map(from_row, table.to_pylist())


def from_row(row: Mapping[str, object]) -> Claim:
    """Convert one row, a value for each column, to a validated claim."""
    aware = {name: cell.replace(tzinfo=UTC) if isinstance(cell, datetime) else cell for name, cell in row.items()}
    return Claim.model_validate(aware)


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
