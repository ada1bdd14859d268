"""Turns: programs ask two at a time and a few wait, so that they never keep the pages from their threads."""

from collections.abc import Awaitable, Callable

import anyio
from starlette.requests import Request
from starlette.responses import Response

from api.problem import Refused

AT_ONCE, WAITING = 2, 16
_RETRY_SECONDS = "2"


class Turns:
    """The requests that are answered and those that wait, of one server."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._limiter: anyio.CapacityLimiter | None = None
        self._at_once, self._most, self._inside = at_once, at_once + waiting, 0

    async def run(self, answer: Callable[[Request], Response], request: Request) -> Response:
        """Answer in a thread once it is a request's turn; raises `Refused` (503) where too many wait already."""
        if self._inside >= self._most:
            detail = f"{self._most} requests are being answered or wait; ask again in {_RETRY_SECONDS} seconds"
            raise Refused(503, detail, headers={"Retry-After": _RETRY_SECONDS})
        self._limiter = self._limiter or anyio.CapacityLimiter(self._at_once)  # it belongs to the loop that runs
        self._inside += 1
        try:
            return await anyio.to_thread.run_sync(answer, request, limiter=self._limiter)
        finally:
            self._inside -= 1


TURNS = Turns()


def in_turn(answer: Callable[[Request], Response], turns: Turns = TURNS) -> Callable[[Request], Awaitable[Response]]:
    """Make a route of a function that answers in a thread, in its turn."""

    async def route(request: Request) -> Response:
        return await turns.run(answer, request)

    return route
