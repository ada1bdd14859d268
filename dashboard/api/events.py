"""The stream of entries: tells a program that the record has grown, so that it asks anew only then.

Server-sent events, as browsers and most libraries read them. An entry is named, never shown: what it says is asked for
at its address, where what is withheld stays withheld.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import NamedTuple

import anyio
from starlette.requests import Request
from starlette.responses import StreamingResponse

import claims
from api.parameters import is_newsroom, story_ref
from api.problem import Refused
from contested.record.entry import EMPTY_HEAD, Head

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
    if claims.record() is None or ref.head is None or ref.name is None:
        raise Refused(404, "this story is kept in no record, so it does not grow")
    if len(_open) >= MOST:
        raise Refused(503, f"{MOST} streams are open; ask for the head now and then", headers={"Retry-After": "60"})
    return StreamingResponse(
        _told(request, _known(request, ref)),
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


class Known(NamedTuple):
    """What a program was told of a story: up to which entry, and as of when, which is another thing with an embargo."""

    ref: claims.StoryRef
    head: Head
    at: datetime
    is_newsroom: bool

    def id(self) -> str:
        """Write it as the id of an event, by which a program goes on; never later than the look was."""
        return f"{self.head.seq}-{int(self.at.timestamp() * 1000)}"


def _known(request: Request, ref: claims.StoryRef) -> Known:
    """Read what a program knows by the id of its last event; of what is none, it begins with what is so now."""
    now, head = datetime.now(UTC), ref.head or EMPTY_HEAD
    seq, _, moment = request.headers.get("last-event-id", "").partition("-")
    if not _is_number(seq, head.seq):
        return Known(ref, head, now, is_newsroom(request))
    is_time = _is_number(moment, int(now.timestamp() * 1000))
    at = datetime.fromtimestamp(int(moment) / 1000, UTC) if is_time else now
    return Known(ref, Head(min(int(seq), head.seq), ""), min(at, now), is_newsroom(request))


def _is_number(said: str, most: int) -> bool:
    return said.isascii() and said.isdigit() and len(said) <= len(str(most))


async def _told(request: Request, known: Known) -> AsyncIterator[str]:
    _open.add(request)
    try:
        yield f"retry: {_AGAIN_MILLISECONDS}\nid: {known.id()}\n\n"
        for _ in range(_LOOKS):
            grown, known = await anyio.to_thread.run_sync(_since, known)
            if grown:
                told = {"story": known.ref.name, "entry": known.head.seq, "hash": known.head.hash, "entries": grown}
                yield f"id: {known.id()}\nevent: entries\ndata: {json.dumps(told)}\n\n"
            await asyncio.sleep(SECONDS)
    finally:
        _open.discard(request)


def _since(known: Known) -> tuple[int, Known]:
    """Count what is told of a story that a program does not know, and give what it then knows."""
    at = datetime.now(UTC)
    now = then = claims.newest_of(known.ref)
    if not known.is_newsroom:
        now, then = claims.for_readers(now, at), claims.for_readers(then, known.at)
    head = now.head or EMPTY_HEAD
    lifted = claims.lifted_since(then._replace(head=known.head), now)
    grown = len(claims.entries(now, known.head.seq, head.seq)) + len(lifted)
    return grown, known._replace(head=head, at=at)
