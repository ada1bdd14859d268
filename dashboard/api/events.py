"""The stream of entries: tells a program that the record has grown, so that it asks anew only then.

Server-sent events, as browsers and most libraries read them. An entry is named, never shown: what it says is asked for
at its address, where what is withheld stays withheld.
"""

import asyncio
import json
from collections.abc import AsyncIterator

import anyio
from starlette.requests import Request
from starlette.responses import StreamingResponse

import claims
from api.parameters import story_ref
from api.problem import Refused
from contested.record.entry import Head
from contested.record.log import Record

MEDIA_TYPE = "text/event-stream"
SECONDS = 1.0
"""How often the head of the record is looked at, in the name of each stream."""
_LOOKS = 10
"""After how many looks a stream ends: who listens asks again, as browsers do, and a server can stop."""
_AGAIN_MILLISECONDS = 500
MOST = 100
"""How many streams may be open at once."""
_open: set[Request] = set()


async def stream(request: Request) -> StreamingResponse:
    """Send an event for each time the story has grown, from the entry that `Last-Event-ID` names, or from now on."""
    ref = await anyio.to_thread.run_sync(story_ref, request)
    kept = claims.record()
    if kept is None or ref.head is None or ref.name is None:
        raise Refused(404, "this story is kept in no record, so it does not grow")
    if len(_open) >= MOST:
        raise Refused(503, f"{MOST} streams are open; ask for the head now and then", headers={"Retry-After": "60"})
    return StreamingResponse(
        _told(request, kept, ref, _known(request, ref.head.seq)),
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


def _known(request: Request, newest: int) -> int:
    """Read the number of the last entry that a program knows; of what is none, it begins at the newest."""
    said = request.headers.get("last-event-id", "")
    return min(int(said), newest) if said.isascii() and said.isdigit() and len(said) <= len(str(newest)) else newest


async def _told(request: Request, kept: Record, ref: claims.StoryRef, last: int) -> AsyncIterator[str]:
    _open.add(request)
    try:
        yield f"retry: {_AGAIN_MILLISECONDS}\nid: {last}\n\n"
        for _ in range(_LOOKS):
            grown, newest = await anyio.to_thread.run_sync(_since, kept, ref, last)
            if grown:
                told = {"story": ref.name, "entry": newest.seq, "hash": newest.hash, "entries": grown}
                yield f"id: {newest.seq}\nevent: entries\ndata: {json.dumps(told)}\n\n"
            last = newest.seq
            await asyncio.sleep(SECONDS)
    finally:
        _open.discard(request)


def _since(kept: Record, ref: claims.StoryRef, last: int) -> tuple[int, Head]:
    """Count what readers may know was recorded of a story after an entry, and give the last entry of all."""
    newest = kept.head
    return len(claims.entries(claims.for_readers(ref), last, newest.seq)), newest
