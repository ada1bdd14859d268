"""The request filter: middleware that checks `Host`, `Origin` and the right to upload, before Streamlit is asked.

For a foreign `Origin` Streamlit asks a server outside for its own address, and it admits any page of this machine; here
the `Origin` must be exactly that of the dashboard itself, or one that its keeper allows.
"""

import os
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
PROXY_VARIABLE = "CONTESTED_PROXY_USER"
"""The variable that names the header in which a proxy says who is signed in; then nobody counts as on this machine."""
FORWARDED = ("forwarded", "via", "x-real-ip", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto")
"""Headers that proxies add; a request with one may come from another machine."""
HEALTH = "/_stcore/health"
READING = {"GET", "HEAD", "OPTIONS"}
API = "/api/"
UPLOAD = "/_stcore/upload_file/"
AUTHORIZED_SESSIONS: set[str] = set()
"""Ids of the sessions in which the keeper's token was entered; from other machines only they upload."""
_REFUSED = {
    "host": "This dashboard is not reached under this name. Its keeper names the ones it has: server.allowedHosts.",
    "origin": "Another page asked for this. Open the dashboard itself.",
    "keeper": "Enter the keeper's token on the page Import; nothing is taken in before.",
}


def is_local(address: str | None, client: str | None, headers: Mapping[str, str]) -> bool:
    """Return whether server and client are both on the loopback interface, with no proxy between."""
    return address in LOOPBACK and client in LOOPBACK and not any(name in headers for name in FORWARDED)


def is_allowed_host(host: str, names: Collection[str]) -> bool:
    """Return whether a `Host` header names one of the allowed hosts; `*.example.org` allows every subdomain."""
    try:
        found = urlsplit(f"//{host}")
        name, is_bare = (found.hostname or "").rstrip("."), found.port != 0 and found.netloc == host and "@" not in host
    except ValueError:
        return False
    return bool(name) and is_bare and any(_matches(name, one.strip().lower().rstrip(".")) for one in names)


def _matches(name: str, pattern: str) -> bool:
    return pattern in {"*", name} or (pattern.startswith("*.") and name.endswith(pattern[1:]))


def refusal(scope: Scope, address: str | None, names: Collection[str], origins: Collection[str]) -> str | None:
    """Return why a request is refused (`host`, `origin` or `keeper`), or None if it is passed on.

    A GET without an `Origin` is a visit. Browsers send one with every WebSocket and upload; without it they come from
    a program, which is admitted on this machine alone, or to the API with a token, which the API itself looks at.
    """
    headers = Headers(scope=scope)
    host, origin = headers.get("host", ""), headers.get("origin")
    if scope["type"] == "http" and scope["path"] == HEALTH:
        return None
    if names and not is_allowed_host(host, names):
        return "host"
    is_on_this_machine = is_local(address, (scope.get("client") or [None])[0], headers)
    if origin is None:
        is_visit = scope["type"] == "http" and scope["method"] in READING
        has_token = scope["type"] == "http" and scope["path"].startswith(API) and "authorization" in headers
        return None if is_visit or has_token or is_on_this_machine else "origin"
    if origin not in {own_origin(scope), *origins} or len(headers.getlist("origin")) > 1:
        return "origin"
    session, _, _ = scope["path"].partition(UPLOAD)[2].partition("/")
    may_upload = is_on_this_machine or session in AUTHORIZED_SESSIONS
    return "keeper" if UPLOAD in scope["path"] and not may_upload else None


def own_origin(scope: Scope) -> str:
    """Return the origin of the dashboard's own pages, by the `Host` of a request."""
    scheme = {"ws": "http", "wss": "https"}.get(scope["scheme"], scope["scheme"])
    return f"{scheme}://{Headers(scope=scope).get('host', '')}".lower()


class RequestFilter:
    """ASGI middleware: passes on requests of the dashboard's own pages, answers the others with 403 or 1008."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        names, origins = (st.get_option(f"server.{name}") for name in ("allowedHosts", "corsAllowedOrigins"))
        address = None if os.environ.get(PROXY_VARIABLE) else st.get_option("server.address")
        refused = refusal(scope, address, names, origins)
        if refused is None:
            await self.app(_with_own_origin(scope), receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(_REFUSED[refused], status_code=403)(scope, receive, send)


def _with_own_origin(scope: Scope) -> Scope:
    """Replace an allowed origin by the dashboard's own one: Streamlit would look another one up."""
    headers = MutableHeaders(raw=list(scope["headers"]))
    if "origin" in headers:
        headers["origin"] = own_origin(scope)
    return {**scope, "headers": headers.raw}
