"""The state of the record for every open page: looked at four times a second at most, however many pages ask.

It is named by a digest. That of readers moves with what they are told of, and with the end of an embargo; that of the
newsroom, which is asked for by a word that only its pages are given, with every entry.
"""

import hmac
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

import anyio
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from contested.record.entry import Head, digest

SECONDS = 0.25
PATH = "/api/v1/newest"
_SECRET = secrets.token_hex(16)
"""What the pages of the newsroom ask by; another one with each start of the server."""
_LETTERS = 16


class States(NamedTuple):
    """The names of the state of the record, for readers and for the newsroom."""

    readers: str
    newsroom: str
    record: str
    """The last entry and how much was told, by which both become others."""
    lasts_until: datetime | None = None
    """When an embargo ends, by which both become others as well."""


Read = Callable[[States | None], States | None]
"""Reads the state, by the one that was read last."""


class Newest:
    """The state as it was last read; one reads it again, and who asks meanwhile is told what was read before."""

    def __init__(self, read: Read, clock: Callable[[], float] = time.monotonic) -> None:
        self._read, self._clock = read, clock
        self._states: States | None = None
        self.told = 0
        """How often somebody was told something since the server began: the newsroom sees that, too."""
        self._read_at = -SECONDS

    async def states(self) -> States | None:
        """Give the state, at most a quarter of a second old; none where the story is kept in no record."""
        now = self._clock()
        if self._states is None or now - self._read_at >= SECONDS:
            self._read_at = now
            self._states = await anyio.to_thread.run_sync(self._read, self._states)
        return self._states


def for_readers(told: Head | None, lifted: datetime | None) -> str:
    """Name the state of a story by the last entry that its readers are told of, and the last end of an embargo."""
    return digest(f"{_SECRET} {told} {lifted}".encode())[:_LETTERS]


def for_newsroom(last: Head, lifted: datetime) -> str:
    """Name the state of the whole record by its last entry, by how much was told, and the last end of an embargo."""
    return digest(f"{_SECRET} {_of_record(last)} {lifted}".encode())[:_LETTERS]


def _of_record(last: Head) -> str:
    return f"{last} {NEWEST.told}"


def address(*, is_newsroom: bool) -> str:
    """Write the address at which a page asks for the state."""
    return f".{PATH}?newsroom={_SECRET}" if is_newsroom else f".{PATH}"


def _read(last: States | None) -> States | None:
    import claims  # noqa: PLC0415 what reads and asks a story is slow to import, and the server answers before

    kept = claims.record()
    if kept is None:
        return None
    head = kept.head
    if last and last.record == _of_record(head) and not (last.lasts_until and last.lasts_until <= datetime.now(UTC)):
        return last
    ref, (lifted, until) = claims.resolve(is_here=False, asked=None).shown, claims.embargoes()
    return States(for_readers(ref.head, claims.lifted_at(ref)), for_newsroom(head, lifted), _of_record(head), until)


NEWEST = Newest(_read)


async def answer(request: Request) -> Response:
    """Name the state of the record; to who knows it, say only that it still is."""
    states = await NEWEST.states()
    if states is None:
        return JSONResponse({"head": None}, headers={"Cache-Control": "no-store"})
    is_newsroom = hmac.compare_digest(request.query_params.get("newsroom", "").encode(), _SECRET.encode())
    name = states.newsroom if is_newsroom else states.readers
    tag = f'"{name}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match", "").removeprefix("W/") == tag:
        return Response(status_code=304, headers=headers)
    return JSONResponse({"head": name}, headers=headers)


ROUTE = Route(PATH, answer)
"""Stands before the API, whose modules are imported only once a program asks."""
