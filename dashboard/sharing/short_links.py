"""Short links: `/STORY/ENTRY` leads to a story as it then stood, and `/STORY/ENTRY-CODE` to a view of it as well.

The entry is its number and the first letters of its hash, or a time. What view and filters a code stands for is kept in
a place of its own beside the record: no entry changes, and without it the long links go on.
"""

from contextlib import suppress
from functools import cache
from urllib.parse import quote, urlencode

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

import claims
from contested.model.problem import UnusableRecordError
from contested.record.entry import Entry
from contested.record.frozen import named
from contested.record.links import Links
from request_filter import is_local
from sharing import where_kept

_HASH = 8


def short(entry: Entry, story: str, address: str) -> str:
    """Give the short form of the address of a view that is frozen at an entry; empty where it cannot be kept."""
    state = f"{quote(story, safe='')}/{entry.seq}-{entry.hash[:_HASH]}"
    if not _view_of(address):
        return state
    code = ""
    with suppress(UnusableRecordError):  # a folder that nobody may write to, a full disk: the long link is given
        links = _links()
        code = links.code(address) if links else ""
    return f"{state}-{code}" if code else ""


def _view_of(address: str) -> str:
    """Give what an address says beside the story and its state: its view and its filters."""
    view, _, query = address.removeprefix("./").partition("?")
    others = [one for one in query.split("&") if one and one.partition("=")[0] not in {"story", "frozen"}]
    return "&".join([*([view] if view else []), *others])


def _links() -> Links | None:
    """Open the links beside the record; none where nothing may be kept."""
    where = where_kept.record_address()
    return _opened(where) if where else None


@cache
def _opened(where: str) -> Links:
    return Links(where)


def _address(code: str) -> str | None:
    """Find what a code stands for, if it is kept here."""
    with suppress(UnusableRecordError):
        links = _links()
        return links.address(code) if links else None
    return None


def follow(request: Request) -> Response:
    """Lead a short link on to the view that it stands for."""
    story, state = request.path_params["story"], request.path_params["state"]
    client = request.client.host if request.client else None
    headers = {name.lower(): value for name, value in request.headers.items()}
    is_here = is_local(st.get_option("server.address"), client, headers)
    seq, _, rest = state.partition("-")
    start, _, code = rest.partition("-")
    is_time = "T" in state
    entry = claims.frozen_entry(is_here, story, state if is_time else f"{seq}-{start}")
    if entry is None or story not in claims.resolve(is_here, story, entry.head()).stories:
        return PlainTextResponse("This record holds no such entry; the link is of another one, or mistyped.", 404)
    address = _address(code) if code and not is_time else ""
    if address is None:
        return PlainTextResponse("What this short link stands for is not kept here.", 404)
    where = address or f"./?{urlencode([('story', story), ('frozen', named(entry))])}"
    return RedirectResponse(f"../{where.removeprefix('./')}", 307, {"Cache-Control": "no-store"})
