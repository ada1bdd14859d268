"""The Arrow schema of claims, derived from the fields of `Claim`; instants are UTC without a zone."""

import warnings
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Literal, get_args, get_origin

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import AwareDatetime

from contested.model.claim import Claim
from contested.model.times import utc

# `cursor.sql` would plan every question twice, which costs more than the copy of its rows that this warns of.
warnings.filterwarnings("ignore", "Arrow output on a DB-API result makes an extra copy", UserWarning)

_REPEATED = 1 << 17
"""So many rows of a default stand for any number of them."""
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


def with_defaults(table: pa.Table) -> pa.Table:
    """Add the columns that a table of claims lacks, with the defaults of their fields; they take hardly any memory."""
    told = {name: table[name] for name in table.column_names}
    columns = [told[name] if name in told else _defaults(name, len(table)) for name in COLUMNS.names]
    return pa.table(columns, COLUMNS.names).cast(COLUMNS)


def _defaults(name: str, rows: int) -> pa.ChunkedArray:
    (whole, rest), some = divmod(rows, _REPEATED), _repeated(name)
    return pa.chunked_array([*[some] * whole, some[:rest]])


@lru_cache(None)
def _repeated(name: str) -> pa.Array:
    default, of = kept(Claim.model_fields[name].default), COLUMNS.field(name).type
    if default is None:
        return pa.nulls(_REPEATED, of)
    return pa.array([default], of).take(pa.repeat(0, _REPEATED))


def said_columns(table: pa.Table) -> list[str]:
    """List the columns that say in some row what is not the default of their field."""
    return [
        field.name for field in COLUMNS if _says_anything(table[field.name], Claim.model_fields[field.name].default)
    ]


def _says_anything(column: pa.ChunkedArray, default: object) -> bool:
    if pa.types.is_list(column.type):
        return bool(pc.max(pc.list_value_length(column)).as_py())
    if isinstance(default, str):
        return pc.all(pc.equal(column, str(default))).as_py() is False
    return bool(column.null_count < len(column))


def _type_of(annotation: object) -> pa.DataType:
    """Find the column type of a field, looking through `| None` and `Annotated`."""
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return pa.string()
    if get_origin(annotation) is tuple:
        return pa.list_(pa.string())
    if get_origin(annotation) is Literal:
        return pa.string()
    if isinstance(annotation, type):
        return _TYPES[annotation]
    return next(_type_of(part) for part in get_args(annotation))


COLUMNS = pa.schema([(name, _type_of(field.annotation)) for name, field in Claim.model_fields.items()])
