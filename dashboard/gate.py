"""The gate: under which name and from which pages the server may be asked, before Streamlit hears of a request.

Where a foreign page knocks, Streamlit asks an address outside for its own one, and it lets in any page of this machine;
here the `Origin` must be that of the dashboard itself, to the letter, or one that its keeper named.
"""

from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
FORWARDED = ("forwarded", "via", "x-real-ip", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto")
"""Headers by which a proxy names who asked it; whoever sends one is not known to sit at this machine."""
HEALTH = "/_stcore/health"
READING = {"GET", "HEAD", "OPTIONS"}
UPLOAD = "/_stcore/upload_file/"
KEEPERS: set[str] = set()
"""The sessions in which the keeper's token was entered; from elsewhere nobody else uploads anything."""
_REFUSED = {
    "host": "This dashboard is not reached under this name. Its keeper names the ones it has: server.allowedHosts.",
    "origin": "Another page asked for this. Open the dashboard itself.",
    "keeper": "Enter the keeper's token on the page Import; nothing is taken in before.",
}


def is_local(address: str | None, client: str | None, headers: Mapping[str, str]) -> bool:
    """Say whether somebody at this machine asks a server that no other machine reaches, as far as can be known."""
    return address in LOOPBACK and client in LOOPBACK and not any(name in headers for name in FORWARDED)


def is_named(host: str, names: Collection[str]) -> bool:
    """Say whether a server may be asked under this name; `*.example.org` stands for every name that ends so."""
    try:
        found = urlsplit(f"//{host}")
        name, is_bare = (found.hostname or "").rstrip("."), found.port != 0 and found.netloc == host and "@" not in host
    except ValueError:
        return False
    return bool(name) and is_bare and any(_fits(name, one.strip().lower().rstrip(".")) for one in names)


def _fits(name: str, pattern: str) -> bool:
    return pattern in {"*", name} or (pattern.startswith("*.") and name.endswith(pattern[1:]))


def refusal(scope: Scope, address: str | None, names: Collection[str], origins: Collection[str]) -> str | None:
    """Say why a request is not passed on, `host`, `origin` or `keeper`, or nothing where it is.

    A reading without an `Origin` is a visit. A connection and an upload always have one where a browser makes them;
    without it they come from a program, which is let in at this machine alone.
    """
    headers = Headers(scope=scope)
    host, origin = headers.get("host", ""), headers.get("origin")
    if scope["type"] == "http" and scope["path"] == HEALTH:
        return None
    if names and not is_named(host, names):
        return "host"
    is_here = is_local(address, (scope.get("client") or [None])[0], headers)
    if origin is None:
        is_visit = scope["type"] == "http" and scope["method"] in READING
        return None if is_visit or is_here else "origin"
    if origin not in {own(scope), *origins} or len(headers.getlist("origin")) > 1:
        return "origin"
    session, _, _ = scope["path"].partition(UPLOAD)[2].partition("/")
    return "keeper" if UPLOAD in scope["path"] and not is_here and session not in KEEPERS else None


def own(scope: Scope) -> str:
    """Give the origin of the dashboard's own pages, as the request was addressed."""
    scheme = {"ws": "http", "wss": "https"}.get(scope["scheme"], scope["scheme"])
    return f"{scheme}://{Headers(scope=scope).get('host', '')}".lower()


class Gate:
    """Passes on what the dashboard's own pages ask, and refuses the rest in one sentence."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        given = (st.get_option(f"server.{name}") for name in ("address", "allowedHosts", "corsAllowedOrigins"))
        refused = refusal(scope, *given)
        if refused is None:
            await self.app(_as_own(scope), receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(_REFUSED[refused], status_code=403)(scope, receive, send)


def _as_own(scope: Scope) -> Scope:
    """Name the dashboard's own origin in place of another that its keeper allowed: Streamlit would look that one up."""
    headers = MutableHeaders(raw=list(scope["headers"]))
    if "origin" in headers:
        headers["origin"] = own(scope)
    return {**scope, "headers": headers.raw}
