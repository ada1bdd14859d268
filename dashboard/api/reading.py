"""What programs read: answers, claims and how they changed, sources, the head, and the feed of revisions."""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

import claims as kept
from api.feed import MEDIA_TYPE, atom
from api.parameters import FORMATS as MEDIA_TYPES
from api.parameters import Asked, asked, number, wanted
from api.problem import Refused
from contested.answers import Answer
from contested.charts import CHARTS
from contested.export import claim_table
from contested.export.formats import FORMATS
from contested.export.table import csv_text, parquet_pieces
from contested.model.corrections import Change
from contested.text.corrections_log import readings

MOST_CLAIMS = 1000
OF_CLAIMS = tuple(name for name in MEDIA_TYPES if name != "svg")
"""The formats in which claims are given; a picture is of one chart."""
_LAST = 10**9
_STARTED = secrets.token_hex(8)
"""Stands for what a story in no record holds: a server reads its files once."""
_IDS = "select claim_id from selected order by stated_at nulls last, claim_id limit $most offset $first"
_MEDIA_TYPES = MEDIA_TYPES | {"atom": MEDIA_TYPE}


def head(request: Request) -> Response:
    """Give the story that is shown, and the last entry of its record."""
    found = asked(request)
    summary = found.store.summary(found.selection)
    told = {
        "story": found.story.name,
        "title": found.story.package.title,
        "zone": found.story.package.zone,
        "record": {"entry": found.ref.head.seq, "hash": found.ref.head.hash} if found.ref.head else None,
        "claims": summary.claims,
        "data_hash": summary.data_hash,
        "charts": [chart.key for chart in CHARTS],
    }
    return _sent(request, found, "json", lambda: _json(told))


def answer(request: Request) -> Response:
    """Answer a chart in any format, each with the stamp and the sources of its rows."""
    key = request.path_params["chart"]
    if key not in {chart.key for chart in CHARTS}:
        raise Refused(404, f"no chart {key!r}; there are {', '.join(chart.key for chart in CHARTS)}")
    form, found = wanted(request, *MEDIA_TYPES), asked(request)

    def written() -> bytes | Iterator[bytes]:
        answered = kept.ask_of(found.ref, key, found.selection)
        return _PIECES[form](answered) if form in _PIECES else FORMATS[form].of_answer(answered)

    return _sent(request, found, form, written, key)


_PIECES: dict[str, Callable[[Answer], Iterator[bytes]]] = {
    "csv": lambda found: gathered(csv_text(found)),
    "json": lambda found: gathered(found.json()),
    "parquet": parquet_pieces,
}
"""What is sent while it is written, so that the server never holds all of a long table."""
_PIECE = 1 << 16


def gathered(texts: Iterable[str]) -> Iterator[bytes]:
    """Put texts together into pieces that are worth sending."""
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size >= _PIECE:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()


def claims(request: Request) -> Response:
    """Give the claims of a selection: a page of them as JSON, or all as a file; some are read here again."""
    form, found = wanted(request, *OF_CLAIMS), asked(request, "limit", "first")
    limit, first = number(request, "limit", 100, MOST_CLAIMS), number(request, "first", 0, _LAST)

    def written() -> bytes:
        if form != "json":
            return FORMATS[form].of_claims(claim_table.of_story(found.story, found.store, found.selection))
        total, page = found.store.summary(found.selection).claims, _chosen(found, first, limit)
        told = {"claims": total, "first": first, "rows": [one.model_dump(mode="json") for one in page.values()]}
        return _json(told | ({"next": _next(request, first + limit)} if limit and first + limit < total else {}))

    return _sent(request, found, form, written, "claims")


def claim(request: Request) -> Response:
    """Give one claim as it now stands."""
    found = asked(request)
    one = _one(found, request)
    return _sent(request, found, "json", lambda: _json(one.model_dump(mode="json")))


def history(request: Request) -> Response:
    """Give every change of a claim since it was recorded: when, why, what it said and what it then said."""
    found = asked(request)
    now = _one(found, request)
    changes = readings(found.story.changes.get(now.claim_id, ()), now)
    told = [_change(change, after.model_dump(mode="json")) for change, after in changes]
    return _sent(request, found, "json", lambda: _json({"claim_id": now.claim_id, "changes": told}))


def sources(request: Request) -> Response:
    """List the sources of the story."""
    found = asked(request)
    told = [source.model_dump(mode="json") for source in found.story.sources.values()]
    return _sent(request, found, "json", lambda: _json({"sources": told}))


def feed(request: Request) -> Response:
    """Give the corrections and withdrawals of a story as an Atom feed, the newest first."""
    found = asked(request)
    evidence = str(request.base_url.replace(path="/evidence"))
    return _sent(request, found, "atom", lambda: atom(found.story, str(request.url), evidence))


def _one(found: Asked, request: Request) -> Any:  # noqa: ANN401 a claim
    claim_id = request.path_params["claim_id"]
    there = found.store.claims([claim_id])
    if claim_id not in there:
        raise Refused(404, f"no claim {claim_id!r} in this story")
    return there[claim_id]


def _ids(found: Asked, first: int, most: int) -> list[str]:
    ids: list[str] = found.store.columns(_IDS, found.selection, first=first, most=most)["claim_id"].to_pylist()
    return ids


def _chosen(found: Asked, first: int, most: int) -> dict[str, Any]:
    ids = _ids(found, first, most)
    there = found.store.claims(ids)
    return {claim_id: there[claim_id] for claim_id in ids if claim_id in there}


def _next(request: Request, first: int) -> str:
    others = [(name, value) for name, value in request.query_params.multi_items() if name != "first"]
    return f"{request.url.path}?{urlencode([*others, ('first', first)])}"


def _change(change: Change, after: Mapping[str, Any]) -> dict[str, Any]:
    before = change.before.model_dump(mode="json")
    fields = {name: {"was": before[name], "is": after[name]} for name in change.fields}
    return {"act": change.act, "why": change.why, "recorded_at": change.recorded_at.isoformat(), "fields": fields}


def _sent(
    request: Request, found: Asked, form: str, write: Callable[[], bytes | Iterator[bytes]], name: str = ""
) -> Response:
    """Send what is written, or nothing where the program has it already."""
    headers = _headers(request, found, form)
    if headers["ETag"] in {
        one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")
    }:
        return Response(status_code=304, headers=headers)
    if form in FORMATS and form != "json":
        headers["Content-Disposition"] = f'attachment; filename="{name}.{FORMATS[form].suffix}"'
    made = write()
    if isinstance(made, bytes):
        return Response(made, media_type=_MEDIA_TYPES[form], headers=headers)
    return StreamingResponse(made, media_type=_MEDIA_TYPES[form], headers=headers)


def _headers(request: Request, found: Asked, form: str) -> dict[str, str]:
    """Name what the answer depends on: the data that may be seen, the selection, the address and the format."""
    head = found.ref.head.hash if found.ref.head else _STARTED
    state = [head, str(kept.lifted_at(found.ref)), kept.data_of(found.ref), found.ref.name]
    others = sorted((name, value) for name, value in request.query_params.multi_items())
    depends = json.dumps([*state, request.url.path, form, found.selection.model_dump_json(), others])
    tag = hashlib.sha256(depends.encode()).hexdigest()[:32]
    return {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache", "Vary": "Accept, Authorization"}


def _json(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, allow_nan=False).encode()
