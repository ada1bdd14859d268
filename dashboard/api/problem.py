"""Refusals of a request, as problem+json (RFC 9457): what, where, why, and how to mend it."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import JSONResponse

MEDIA_TYPE = "application/problem+json"
_WHY = {
    HTTPStatus.NOT_FOUND: "nothing is at this address; /api/v1/openapi.json lists what there is",
    HTTPStatus.METHOD_NOT_ALLOWED: "this address is not asked in this way; /api/v1/openapi.json lists how",
}


class Refused(Exception):  # noqa: N818 it is the refusal that is sent
    """A request that cannot be answered."""

    def __init__(
        self, status: int, detail: str, *errors: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors, self.headers = HTTPStatus(status), detail, errors, headers


def refused(error: Refused) -> JSONResponse:
    """Write a refusal as problem+json."""
    told = {"type": "about:blank", "title": error.status.phrase, "status": int(error.status), "detail": error.detail}
    more = {"errors": list(error.errors)} if error.errors else {}
    return JSONResponse(told | more, error.status, error.headers, MEDIA_TYPE)


def of_status(status: int, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Write what the routing refuses."""
    found = HTTPStatus(status)
    return refused(Refused(found, _WHY.get(found, found.description), headers=headers))
