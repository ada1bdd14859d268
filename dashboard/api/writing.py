"""What programs send: a claim to be recorded, with the keeper's token, and a file to be checked."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import anyio
from pydantic import ValidationError
from pydantic_core import PydanticCustomError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import claims as kept
import write_access
from api.parameters import story_ref
from api.problem import Refused
from api.turns import TURNS
from contested import library
from contested.ingest import sandbox
from contested.ingest.characters import unfit
from contested.ingest.options import Given
from contested.ingest.validation import problem_of
from contested.model.claim import Claim
from contested.model.corrections import changed, refuse_old_words
from contested.model.problem import ConflictError, OldWordsError, Problem
from contested.model.times import zone_name
from contested.record.edits import ChangeNote, correct
from contested.record.edits import state as stated
from contested.record.entry import Entry
from contested.record.log import Record
from contested.record.revisions import revision
from contested.record.roles import Role

MOST_OF_A_CLAIM, MOST_OF_A_FILE = 1 << 16, 10 << 20
"""Bytes that are taken in."""
_LONGEST_KEY = 200
_SECONDS = 1.0
"""How long who sends a wrong token waits for the answer, against guessing."""
_BODY = ("claim", "why", "as_it_stands")


async def state(request: Request) -> Response:
    """Record a claim, or with `If-Match` a correction of one; the same key sent twice is recorded once."""
    await refuse_stranger(request)
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise Refused(415, "send application/json")
    key = request.headers.get("idempotency-key", "")
    if not 0 < len(key) <= _LONGEST_KEY:
        raise Refused(400, f"give an Idempotency-Key of 1 to {_LONGEST_KEY} letters, another for each claim")
    told = _parsed(await _body(request, MOST_OF_A_CLAIM))
    return await TURNS.run(lambda asked: _recorded(asked, told, key), request)


async def check(request: Request) -> Response:
    """Name every problem of a file of claims, as `contested check` does; nothing is kept of it."""
    await refuse_stranger(request)
    sent = await _body(request, MOST_OF_A_FILE)
    return await TURNS.run(lambda asked: _checked(asked, sent), request)


async def refuse_stranger(request: Request) -> None:
    """Raise `Refused` without the keeper's token; a cookie never suffices, so that no other page can send anything."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer":
        detail = "this needs the keeper's token: Authorization: Bearer …"
        raise Refused(401, detail, headers={"WWW-Authenticate": "Bearer"})
    if not write_access.is_token(token.strip(), os.environ.get(write_access.TOKEN_VARIABLE, "")):
        await anyio.sleep(_SECONDS)
        raise Refused(403, "this is not the keeper's token")


async def _body(request: Request, most: int) -> bytes:
    """Read what is sent, which may be more than it says; raises `Refused` beyond `most` bytes."""
    taken = bytearray()
    async for piece in request.stream():
        taken += piece
        if len(taken) > most:
            raise Refused(413, f"more than the {most:,} bytes that are taken in")
    return bytes(taken)


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused(400, f"this is no JSON: {error}") from None
    if not isinstance(told, dict) or not isinstance(told.get("claim"), dict) or set(told) - set(_BODY):
        raise Refused(422, 'send {"claim": {…}, "why": "…"}, and "as_it_stands": [FIELD, …] for words that are right')
    if not isinstance(told.get("why", ""), str) or not isinstance(told.get("as_it_stands", []), list):
        raise Refused(422, "why is a text, as_it_stands a list of fields")
    return told


def _recorded(request: Request, told: Mapping[str, Any], key: str) -> Response:
    ref, record = story_ref(request), kept.record()
    if record is None or ref.head is None or ref.name is None:
        raise Refused(409, "the story that is shown is kept in no record; load it into one: contested load")
    writing = record.by(write_access.KEEPER, Role.PUBLISHER)  # whose token was looked at before
    note = ChangeNote(write_access.KEEPER, told.get("why", ""), f"keeper:{key}")
    claim = _claim(told["claim"], note.why)
    try:
        base = _base(request)
        if base:
            entry = _corrected(writing, ref.name, claim, note, base, told.get("as_it_stands", []))
        else:
            entry = stated(writing, ref.name, claim, note)
    except ConflictError as error:
        raise Refused(409, str(error)) from None
    except OldWordsError as error:
        raise Refused(422, str(error).replace("--and FIELD=VALUE", "as_it_stands")) from None
    return _created(entry)


def _claim(sent: Mapping[str, Any], why: str) -> Claim:
    """Validate a claim as a row of a file is; raises `Refused` that names every field which cannot stay."""
    faults = [_fault(one) for one in unfit(1, {**sent, "why": why})]
    if sent.get("recorded_at") is not None:
        faults.append({"field": "recorded_at", "reason": "set when it is recorded", "fix": "leave it out"})
    try:
        claim = Claim.model_validate(sent)
    except ValidationError as error:
        faults += [_fault(problem_of(1, one, sent)) for one in error.errors(include_url=False)]
    if faults:
        first = faults[0]
        raise Refused(422, f"{first['field']}: {first['reason']}; {first['fix']}", *faults)
    return claim


def _fault(problem: Problem) -> dict[str, str]:
    return {"field": problem.column or "claim", "reason": problem.reason, "fix": problem.fix}


def _base(request: Request) -> int:
    said = request.headers.get("if-match", "").strip('" ')
    if said and not (said.isascii() and said.isdigit() and 0 < int(said[:9]) == int(said)):
        raise Refused(400, 'If-Match names the revision that is corrected, such as "1"')
    return int(said or 0)


def _corrected(  # noqa: PLR0913, PLR0917 what a correction consists of
    record: Record, story: str, claim: Claim, note: ChangeNote, base: int, stands: list[str]
) -> Entry:
    if not note.why.strip():
        raise Refused(422, "why is it corrected? say it in why; it is kept and shown")
    seen = next((one for one in record.revisions(story, claim.claim_id) if one.rev == base), None)
    if seen is None:
        raise Refused(409, f"{claim.claim_id} has no revision {base} in {story}")
    before = revision(record, seen)
    if not (fields := changed(before, claim)):
        raise Refused(422, f"{claim.claim_id} says so already; nothing was recorded")
    given = {*fields, *stands}
    refuse_old_words(before, claim, given, library.package(record, story).zone)
    return correct(record, story, claim, note, base)


def _created(entry: Entry) -> Response:
    told = {"entry": entry.seq, "hash": entry.hash, "claim_id": entry.claim_id, "recorded_at": entry.recorded_at}
    return JSONResponse(told, 201)


def _checked(request: Request, sent: bytes) -> Response:
    name = Path(request.query_params.get("name", "claims.csv")).name
    if not name or len(name) > _LONGEST_KEY or name.startswith("."):
        raise Refused(422, "name is the name of the file, such as claims.csv")
    clocks = request.query_params.get("clocks")
    try:
        zone = zone_name(clocks) if clocks else None
    except PydanticCustomError as error:
        raise Refused(422, f"clocks: {error.message()}") from None
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(sent)
        found = sandbox.examine_in_sandbox(path, Given(name, zone))
    return JSONResponse(found.document())
