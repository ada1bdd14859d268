"""The head of the record for every open page: looked at four times a second at most, however many pages ask."""

import time
from collections.abc import Callable

import anyio
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from contested.record.entry import Head
from contested.record.frozen import named

SECONDS = 0.25
PATH = "/api/v1/newest"


class Newest:
    """The head as it was last read; one reads it again, and who asks meanwhile is told what was read before."""

    def __init__(self, read: Callable[[], Head | None], clock: Callable[[], float] = time.monotonic) -> None:
        self._read, self._clock = read, clock
        self._head: Head | None = None
        self.told = 0
        """How often somebody was told something since the server began: who has a page open sees that, too."""
        self._read_at = -SECONDS

    async def head(self) -> Head | None:
        """Give the head, at most a quarter of a second old; none where the story is kept in no record."""
        now = self._clock()
        if self._head is None or now - self._read_at >= SECONDS:
            self._read_at = now
            self._head = await anyio.to_thread.run_sync(self._read)
        return self._head

    def named(self, head: Head) -> str:
        """Name the state that a page knows: the last entry, and how much was told."""
        return f"{named(head)}.{self.told}"


def _read() -> Head | None:
    import claims  # noqa: PLC0415 what reads and asks a story is slow to import, and the server answers before

    kept = claims.record()
    return kept.head if kept else None


NEWEST = Newest(_read)


async def answer(request: Request) -> Response:
    """Name the last entry of the record; to who knows it, say only that it still is."""
    head = await NEWEST.head()
    if head is None:
        return JSONResponse({"head": None}, headers={"Cache-Control": "no-store"})
    name = NEWEST.named(head)
    tag = f'"{name}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match", "").removeprefix("W/") == tag:
        return Response(status_code=304, headers=headers)
    return JSONResponse({"head": name}, headers=headers)


ROUTE = Route(PATH, answer)
"""Stands before the API, whose modules are imported only once a program asks."""
