"""The API: the answers, claims and sources of a story for programs, under `/api/v1`.

It takes the parameters of a link and gives what the terminal gives, as readers see it; who has the keeper's token may
send claims, and reads what the newsroom sees. Errors are `application/problem+json` (RFC 9457).
"""

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from api import events, reading, told, writing
from api.description import described
from api.parameters import NEWSROOM
from api.problem import Refused, of_status, refused
from api.turns import in_turn
from contested.model.problem import ContestedError

ROUTES = {
    "/v1/head": reading.head,
    "/v1/answers/{chart}": reading.answer,
    "/v1/claims": reading.claims,
    "/v1/claims/{claim_id:path}/history": reading.history,
    "/v1/claims/{claim_id:path}": reading.claim,
    "/v1/sources": reading.sources,
    "/v1/feed.atom": reading.feed,
    "/v1/told/{rule}.atom": told.feed,
    "/v1/openapi.json": described,
}
"""Path → what answers it, the more special first."""
WRITING = {"/v1/claims": writing.state, "/v1/check": writing.check}
"""Path → what takes in what is sent to it."""

LISTENING = {"/v1/events": events.stream}
"""Path → what goes on answering."""


async def _refused(_: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        return of_status(error.status_code, error.headers)
    return refused(error if isinstance(error, Refused) else Refused(422, str(error)))


class Newsroom:
    """ASGI middleware: who reads with the keeper's token is given what the newsroom sees; a wrong token is refused."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at the token of who reads; who writes is looked at where it is taken in."""
        if scope["type"] == "http" and scope["method"] in _READS and _has_token(Headers(scope=scope)):
            try:
                await writing.refuse_stranger(Request(scope))
            except Refused as error:
                await refused(error)(scope, receive, send)
                return
            scope[NEWSROOM] = True
        await self.app(scope, receive, send)


_READS = {"GET", "HEAD"}


def _has_token(headers: Headers) -> bool:
    """Say whether a token is sent; what a proxy in front of the server asks for of another kind does not concern us."""
    return headers.get("authorization", "").lower().startswith("bearer ")


API = Starlette(
    routes=[
        *(Route(path, takes, methods=["POST"]) for path, takes in WRITING.items()),
        *(Route(path, answers) for path, answers in LISTENING.items()),
        *(Route(path, in_turn(answers)) for path, answers in ROUTES.items()),
    ],
    middleware=[Middleware(Newsroom)],
    exception_handlers={HTTPException: _refused, Refused: _refused, ContestedError: _refused},
)
