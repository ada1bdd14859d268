"""A data package (Frictionless v1) with CSVW metadata: claims and side tables as CSV, each column said what it is.

The folder is itself a story: it is opened, and brought to a record, as any other.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin

import pyarrow as pa
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from contested.answers import Answer
from contested.export import about, claim_table
from contested.export.claim_table import Claims, as_csv, behind, csv_bytes
from contested.export.table import CSV_LIMITS, csv_text, schema
from contested.model.claim import Claim
from contested.model.side_tables import Account, Event, Place, Row, Source

_CSVW = "http://www.w3.org/ns/csvw"
LIMITS = (
    "the drawing; nor ids that hold a semicolon, for lists of ids are joined by one. Texts stand as they were told: "
    "a spreadsheet may take one that begins with = for a formula, so open the workbook there instead."
)
_TABLES: dict[str, type[Row]] = {"accounts": Account, "sources": Source, "events": Event, "places": Place}
_KEYS = {"account": "accounts", "source_id": "sources", "event_id": "events", "place": "places"}
_EARLY = (1980, 1, 1, 0, 0, 0)
"""The time of every file of an archive, so that the same claims make the same bytes."""


class Column(NamedTuple):
    """What a column holds."""

    name: str
    kind: str
    description: str = ""
    is_required: bool = False
    is_list: bool = False
    choices: tuple[str, ...] = ()


def of_answer(found: Answer) -> dict[str, bytes]:
    """Write an answer as the files of a package: its table, the claims behind it and what they name."""
    key = found.chart.key
    more = {f"{key}.csv": "".join(csv_text(found)).encode()}
    return _files(behind(found), more, {key: _of_answer(found)})


def of_claims(found: Claims) -> dict[str, bytes]:
    """Write claims as the files of a package."""
    return _files(found, {}, {})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Pack files into one archive, whose bytes follow from theirs alone."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EARLY), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def csvw_of(found: Answer) -> bytes:
    """Describe the CSV of an answer (CSV on the Web, W3C 2015), as the file beside it does."""
    told = about.of_answer(found).plain(CSV_LIMITS)
    return _json({"@context": _CSVW, **_dublin(told), **_csvw(found.chart.key, _of_answer(found))})


def csvw_of_claims(found: Claims) -> bytes:
    """Describe the CSV of claims the same way."""
    told = found.about.plain(claim_table.LIMITS)
    return _json({"@context": _CSVW, **_dublin(told), **_csvw(found.name, _of_model(Claim))})


def _csvw(name: str, columns: Iterable[Column]) -> dict[str, Any]:
    return {"url": f"{name}.csv", "tableSchema": {"columns": [_csvw_column(one) for one in columns]}}


def _files(found: Claims, more: Mapping[str, bytes], columns: Mapping[str, list[Column]]) -> dict[str, bytes]:
    tables = {name: getattr(found.story, name) for name in _TABLES if getattr(found.story, name)}
    described = {"claims": _of_model(Claim)} | {name: _of_model(_TABLES[name]) for name in tables} | dict(columns)
    files = {"claims.csv": as_csv(found)}
    for name, rows in tables.items():
        names = [one.name for one in described[name]]
        files[f"{name}.csv"] = csv_bytes(names, (row.model_dump() for row in rows.values()))
    told = found.about.plain(LIMITS)
    every = [_csvw(name, columns) for name, columns in described.items()]
    package, csvw = _package(found, described, told), {"@context": _CSVW, **_dublin(told), "tables": every}
    return files | dict(more) | {"datapackage.json": _json(package), "csv-metadata.json": _json(csvw)}


def _package(found: Claims, described: Mapping[str, list[Column]], told: Mapping[str, Any]) -> dict[str, Any]:
    package = found.story.package
    own = package.model_dump(mode="json", exclude={"title", "licenses"}, exclude_defaults=True)
    licences = [{name: text for name, text in one.model_dump().items() if text} for one in package.licenses]
    return {
        "profile": "data-package",
        "title": package.title,
        "description": f"{told['finding'].removesuffix('.')}. {told['stamp']}",
        **({"licenses": licences} if licences else {}),
        "sources": [{"title": words} for words in told["sources"]],
        "about": told,
        "contested": own | {"zone": package.zone},
        "resources": [_resource(name, columns, found) for name, columns in described.items()],
    }


def _resource(name: str, columns: list[Column], found: Claims) -> dict[str, Any]:
    key = columns[0].name
    schema: dict[str, Any] = {"fields": [_field(one) for one in columns], "missingValues": [""]}
    if name == "claims" or name in _TABLES:
        schema["primaryKey"] = [key]
    if name == "claims" and (keys := _foreign_keys(found)):
        schema["foreignKeys"] = keys
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _foreign_keys(found: Claims) -> list[dict[str, Any]]:
    """Name the columns whose every value a side table holds; a story may refer to what it says nothing of."""
    return [
        {"fields": [field], "reference": {"resource": table, "fields": [field]}}
        for field, table in _KEYS.items()
        if {*found.rows[field].to_pylist()} - {None} <= getattr(found.story, table).keys()
        and getattr(found.story, table)
    ]


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.is_required else {}
    if column.choices and not column.is_list:
        constraints["enum"] = list(column.choices)
    told: dict[str, Any] = {"name": column.name, "type": "string" if column.is_list else column.kind}
    told |= {"format": "any"} if told["type"] == "datetime" else {}
    told |= {"description": column.description} if column.description else {}
    return told | ({"constraints": constraints} if constraints else {})


def _csvw_column(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {"name": column.name, "titles": column.name, "datatype": column.kind}
    told |= {"required": True} if column.is_required else {}
    told |= {"separator": ";"} if column.is_list else {}
    return told | ({"dc:description": column.description} if column.description else {})


def _dublin(told: Mapping[str, Any]) -> dict[str, Any]:
    """Say what an export is about in the terms of Dublin Core, which CSVW takes as annotations."""
    names = {"finding": "dc:title", "licence": "dc:license", "stamp": "dc:provenance", "sources": "dc:source"}
    rest = ("sentence", "definition", "caveat", "filters", "hidden", "cannot_hold")
    said = [f"{name.replace('_', ' ')}: {told[name]}" for name in rest if told[name]]
    return {term: told[name] for name, term in names.items()} | {"dc:description": said}


def _of_model(model: type[BaseModel]) -> list[Column]:
    return [_of_field(name, field) for name, field in model.model_fields.items()]


def _of_field(name: str, field: FieldInfo) -> Column:
    kind, description = _bare(field.annotation), field.description or ""
    if get_origin(kind) is tuple:
        return Column(name, "string", f"{description} Joined by ;".strip(), is_list=True)
    choices = tuple(map(str, kind)) if isinstance(kind, type) and issubclass(kind, StrEnum) else ()
    return Column(name, _NAMES.get(kind, "string"), description, field.is_required(), choices=choices)


def _bare(kind: Any) -> Any:  # noqa: ANN401 any annotation
    """Look through `| None` and `Annotated`."""
    if get_origin(kind) in {Union, UnionType}:
        kind = next(one for one in get_args(kind) if one is not NoneType)
    return _bare(kind.__origin__) if hasattr(kind, "__metadata__") else kind


_NAMES: dict[object, str] = {int: "integer", float: "number", datetime: "datetime", bool: "boolean"}
_ARROW: tuple[tuple[Callable[[pa.DataType], bool], str], ...] = (
    (pa.types.is_timestamp, "datetime"),
    (pa.types.is_boolean, "boolean"),
    (pa.types.is_integer, "integer"),
    (pa.types.is_floating, "number"),
)


def _of_answer(found: Answer) -> list[Column]:
    """Describe the columns of the CSV of an answer."""
    typed = [Column(one.name, _arrow(one.type), is_list=pa.types.is_list(one.type)) for one in schema(found)]
    beside = {
        "stamp": "As known when, in which zone, filtered how, from which data",
        "sources": "The documents behind the row, joined by ;",
        "corrections": "What was changed in its claims since they were recorded",
    }
    names = ["stamp", "sources", *(["corrections"] if found.story.changes else [])]
    return [*typed, *(Column(name, "string", beside[name]) for name in names)]


def _arrow(kind: pa.DataType) -> str:
    return next((name for is_so, name in _ARROW if is_so(kind)), "string")


def _json(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
