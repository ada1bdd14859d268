"""The OpenAPI 3.1 description of the API, generated from the models of a claim, a source and a selection."""

from typing import Any

from pydantic.json_schema import models_json_schema
from starlette.requests import Request
from starlette.responses import JSONResponse

from api.parameters import FORMATS
from api.problem import MEDIA_TYPE
from api.reading import OF_CLAIMS
from contested.charts import CHARTS
from contested.model.claim import Claim
from contested.model.side_tables import Source
from contested.query.selection import Selection

_MODELS = (Claim, Source, Selection)
_STORY = {
    "name": "story",
    "in": "query",
    "description": "Which story of the record; by default the one that is shown.",
    "schema": {"type": "string"},
}


_FROZEN = {
    "name": "frozen",
    "in": "query",
    "description": "The story as the record then stood: an entry such as 17-0a1b2c3d4e5f, or a time.",
    "schema": {"type": "string"},
}


def described(_: Request) -> JSONResponse:
    """Describe every address, what it takes and what it gives."""
    models: list[Any] = [(model, "serialization") for model in _MODELS]
    known = models_json_schema(models, ref_template="#/components/schemas/{model}")[1]["$defs"]
    chosen = [*_parameters(known["Selection"]), _STORY, _FROZEN]
    return JSONResponse(
        {
            "openapi": "3.1.0",
            "info": {"title": "contested", "version": "1", "description": "What a story says, and who says it."},
            "paths": dict(_paths(chosen)),
            "components": {"schemas": known, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        }
    )


def _parameters(selection: dict[str, Any]) -> list[dict[str, Any]]:
    """Write the fields of a selection as parameters; one that holds several values is repeated."""
    return [
        {
            "name": name,
            "in": "query",
            "description": field.get("description", ""),
            "schema": {key: value for key, value in field.items() if key != "description"},
        }
        for name, field in selection["properties"].items()
    ]


def _paths(chosen: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    chart = _in_path("chart", {"enum": [chart.key for chart in CHARTS]})
    claim_id = _in_path("claim_id", {"type": "string"})
    pages = [
        _number("limit", "How many claims; 100 unless said, at most 1000."),
        _number("first", "How many come before."),
    ]
    claim, source = ({"$ref": f"#/components/schemas/{name}"} for name in ("Claim", "Source"))
    listed = {"type": "object", "properties": {"rows": {"type": "array", "items": claim}}}
    sources = {"type": "object", "properties": {"sources": {"type": "array", "items": source}}}
    anything = {"type": "object"}
    words = {"why": {"type": "string"}, "as_it_stands": {"type": "array", "items": {"type": "string"}}}
    sent = {"type": "object", "properties": {"claim": claim} | words, "required": ["claim"]}
    return [
        ("/api/v1/head", _get("The story, its charts and the last entry of its record", chosen, {"json": anything})),
        (
            "/api/v1/answers/{chart}",
            _get("Answer a chart", [chart, *chosen, _format(*FORMATS)], dict.fromkeys(FORMATS, anything)),
        ),
        (
            "/api/v1/claims",
            {"post": _post("Record a claim, or with If-Match a correction of one", _CLAIM, sent)}
            | _get(
                "List the claims of a selection",
                [*chosen, *pages, _format(*OF_CLAIMS)],
                {"json": listed} | {name: {} for name in OF_CLAIMS[1:]},
            ),
        ),
        ("/api/v1/check", {"post": _post("Name every problem of a file of claims", _NAME, {})}),
        ("/api/v1/claims/{claim_id}", _get("Give one claim", [claim_id, _STORY], {"json": claim})),
        (
            "/api/v1/claims/{claim_id}/history",
            _get("Say how a claim was changed", [claim_id, _STORY], {"json": anything}),
        ),
        ("/api/v1/sources", _get("List the sources", [_STORY], {"json": sources})),
        ("/api/v1/events", _get("Say each time that the story has grown, as server-sent events", [_STORY, _LAST], {})),
        ("/api/v1/told/{rule}.atom", _get("What a rule of the newsroom told, newest first, as Atom", [_RULE], {})),
        ("/api/v1/feed.atom", _get("Corrections and withdrawals, newest first, as Atom", [_STORY], {})),
    ]


def _get(summary: str, parameters: list[dict[str, Any]], given: dict[str, Any]) -> dict[str, Any]:
    content = {FORMATS[name].split(";")[0]: {"schema": schema} for name, schema in given.items()}
    refused = {"content": {MEDIA_TYPE: {"schema": {"type": "object"}}}}
    answers = {
        "200": {"description": summary, **({"content": content} if content else {})},
        "304": {"description": "What the given ETag stands for still holds"},
        "403": {"description": "A token was sent, and it is not the keeper's", **refused},
        "404": {"description": "There is no such thing", **refused},
        "422": {"description": "A parameter cannot be followed; each is named with why and how to mend it", **refused},
        "503": {"description": "Too many ask at once", **refused},
    }
    either: list[dict[str, list[str]]] = [{}, {"token": []}]
    return {"get": {"summary": summary, "security": either, "parameters": parameters, "responses": answers}}


def _post(summary: str, parameters: list[dict[str, Any]], body: dict[str, Any]) -> dict[str, Any]:
    media_type = "application/json" if body else "application/octet-stream"
    refused = {"content": {MEDIA_TYPE: {"schema": {"type": "object"}}}}
    codes = {"401": "No token", "403": "Another token", "409": "Somebody else wrote first", "413": "Too large"}
    codes |= {"422": "What is sent cannot stay as it is; each fault is named with why and how to mend it"}
    return {
        "summary": summary,
        "parameters": parameters,
        "security": [{"token": []}],
        "requestBody": {"required": True, "content": {media_type: {"schema": body}}},
        "responses": {"201" if body else "200": {"description": summary}}
        | {code: {"description": words, **refused} for code, words in codes.items()},
    }


def _header(name: str, words: str, *, is_required: bool) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": is_required, "description": words, "schema": {"type": "string"}}


_CLAIM = [
    _STORY,
    _header("Idempotency-Key", "Another for each claim; what is sent twice is recorded once.", is_required=True),
    _header("If-Match", "The number of the revision that is corrected.", is_required=False),
]
_LAST = _header("Last-Event-ID", "The last entry that is known; by default the newest.", is_required=False)
_NAME = [
    {"name": "name", "in": "query", "description": "The name of the file, by which its format is known."}
    | {"schema": {"type": "string"}},
    {"name": "clocks", "in": "query", "description": "The IANA time zone of its clocks, where they name none."}
    | {"schema": {"type": "string"}},
]


def _in_path(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema}


_RULE = _in_path("rule", {"type": "string"})


def _number(name: str, words: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": words, "schema": {"type": "integer", "minimum": 0}}


def _format(*names: str) -> dict[str, Any]:
    words = "The format; by default what Accept names first, or JSON."
    return {"name": "format", "in": "query", "description": words, "schema": {"enum": list(names)}}
