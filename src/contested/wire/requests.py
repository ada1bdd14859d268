"""Requests over the network: of so many bytes and seconds at most, to addresses that are checked at each redirect."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urljoin

from contested.model.problem import RefusedAddressError, UnansweredError
from contested.wire.addresses import Address, Resolve, checked, resolved

MOST_BYTES = 50 << 20
SECONDS, TO_CONNECT = 30.0, 10.0
"""How long a whole answer may take, and how long nothing may come."""
REDIRECTS = 5
_CHUNK = 1 << 16
_LATE = "it takes too long"
_MOVED = {301, 302, 303, 307, 308}
AGENT = "contested (a newsroom's watcher)"


class Reply(NamedTuple):
    """What was answered, and at which address in the end."""

    status: int
    headers: Mapping[str, str]
    """By their names in small letters."""
    body: bytes
    url: str


class Reach(NamedTuple):
    """What a request may reach, and what it may take."""

    allowed: Collection[str] = ()
    """Hosts inside the network that may be asked all the same."""
    most_bytes: int = MOST_BYTES
    seconds: float = SECONDS
    resolve: Resolve = resolved


OPEN = Reach()
"""The open network alone."""


def get(url: str, headers: Mapping[str, str], reach: Reach = OPEN) -> Reply:
    """Ask for what is at an address, following redirects; raises `RefusedAddressError` or `UnansweredError`."""
    end = time.monotonic() + reach.seconds
    at = checked(url, reach.allowed, reach.resolve)
    for _ in range(REDIRECTS + 1):
        reply = _asked("GET", at, headers, b"", end, reach.most_bytes)
        if reply.status not in _MOVED:
            return reply
        there = checked(urljoin(at.url, reply.headers.get("location", "")), reach.allowed, reach.resolve)
        if at.is_secure and not there.is_secure:
            raise RefusedAddressError(there.url, "a redirect leads from https to http")
        at = there
    raise UnansweredError(url, f"it leads on more than {REDIRECTS} times")


def post(url: str, body: bytes, headers: Mapping[str, str], reach: Reach = OPEN) -> Reply:
    """Send something to an address, which may not lead on; raises `RefusedAddressError` or `UnansweredError`."""
    at = checked(url, reach.allowed, reach.resolve)
    end = time.monotonic() + min(reach.seconds, TO_CONNECT)
    return _asked("POST", at, headers, body, end, min(reach.most_bytes, _CHUNK))


def _asked(  # noqa: PLR0913, PLR0917 what a request consists of
    method: str, at: Address, headers: Mapping[str, str], body: bytes, end: float, most: int
) -> Reply:
    connection = _Connection(at, end)
    late = threading.Timer(max(end - time.monotonic(), 0), connection.give_up)
    late.daemon = True
    late.start()
    try:
        sent = {"User-Agent": AGENT, "Accept-Encoding": "identity", "Connection": "close", **headers}
        connection.request(method, at.path, body or None, sent)
        answer = connection.getresponse()
        named = {name.lower(): value for name, value in answer.headers.items()}
        is_moved = answer.status in _MOVED or answer.status == HTTPStatus.NOT_MODIFIED
        return Reply(answer.status, named, b"" if is_moved else _read(answer, at, end, most), at.url)
    except (OSError, http.client.HTTPException) as error:
        why = _LATE if time.monotonic() > end else str(error) or type(error).__name__
        raise UnansweredError(at.url, why) from error
    finally:
        late.cancel()
        connection.close()


def _read(answer: http.client.HTTPResponse, at: Address, end: float, most: int) -> bytes:
    """Read an answer in pieces, no more of them than are wanted."""
    pieces, size = list[bytes](), 0
    if (answer.length or 0) > most:
        raise UnansweredError(at.url, f"it is larger than {most:,} bytes")
    while piece := answer.read1(_CHUNK):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            raise UnansweredError(at.url, f"it is larger than {most:,} bytes")
    if time.monotonic() > end:
        raise UnansweredError(at.url, _LATE)
    if answer.length:
        raise UnansweredError(at.url, f"it ends {answer.length:,} bytes too soon")
    return b"".join(pieces)


class _Connection(http.client.HTTPConnection):
    """A connection to the IP address that was checked, under the name of its host."""

    def __init__(self, at: Address, end: float) -> None:
        super().__init__(at.host, at.port, timeout=TO_CONNECT)
        self._at, self._end = at, end

    def connect(self) -> None:
        """Connect to what was checked, whatever the name of the host now means."""
        left = min(TO_CONNECT, self._end - time.monotonic())
        if left <= 0:
            raise TimeoutError(_LATE)
        self.sock = socket.create_connection((self._at.ip, self._at.port), left)
        if self._at.is_secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self._at.host)

    def give_up(self) -> None:
        """End what is under way, whatever it waits for."""
        with suppress(OSError):
            if self.sock:
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)
