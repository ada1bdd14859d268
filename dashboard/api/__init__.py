"""The API: the answers, claims and sources of a story for programs, under `/api/v1`.

It takes the parameters of a link and gives what the terminal gives; who has the keeper's token may send claims. Errors
are `application/problem+json` (RFC 9457).
"""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api import events, reading, told, writing
from api.description import described
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


API = Starlette(
    routes=[
        *(Route(path, takes, methods=["POST"]) for path, takes in WRITING.items()),
        *(Route(path, answers) for path, answers in LISTENING.items()),
        *(Route(path, in_turn(answers)) for path, answers in ROUTES.items()),
    ],
    exception_handlers={HTTPException: _refused, Refused: _refused, ContestedError: _refused},
)
