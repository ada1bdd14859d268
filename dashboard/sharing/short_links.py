"""Short links: `/STORY/ENTRY` leads to a story as it then stood, and `/STORY/ENTRY-CODE` to a view of it as well.

The entry is its number and the first letters of its hash, or a time. What view and filters a code stands for is kept in
a file of its own beside the record: no entry changes, and without the file the long links go on.
"""

import base64
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlencode

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

import claims
from contested.record.entry import Entry
from contested.record.frozen import named
from request_filter import is_local
from sharing import where_kept

ADDRESS, MOST = 2_000, 100_000
"""How many letters a kept address may have, and how many are kept."""
_LETTERS, _HASH = 8, 8
_TABLE = "create table if not exists link (code text primary key, address text not null, kept_at text not null) strict"


def short(entry: Entry, story: str, address: str) -> str:
    """Give the short form of the address of a view that is frozen at an entry; empty where it cannot be kept."""
    state = f"{quote(story, safe='')}/{entry.seq}-{entry.hash[:_HASH]}"
    if not _view_of(address):
        return state
    file = _file()
    code = ""
    if file and len(address) <= ADDRESS:
        with suppress(sqlite3.Error):  # a folder that nobody may write to, a full disk: the long link is given
            code = _kept(file, address)
    return f"{state}-{code}" if code else ""


def _view_of(address: str) -> str:
    """Give what an address says beside the story and its state: its view and its filters."""
    view, _, query = address.removeprefix("./").partition("?")
    others = [one for one in query.split("&") if one and one.partition("=")[0] not in {"story", "frozen"}]
    return "&".join([*([view] if view else []), *others])


def _file() -> Path | None:
    """Name the file of kept links, beside a record that is a file."""
    where = where_kept.record_address()
    return Path(f"{where}.links") if where and "://" not in where else None


def _kept(file: Path, address: str) -> str:
    """Keep an address under a code that follows from it, so that the same one is kept once."""
    whole = base64.b32encode(hashlib.sha256(address.encode()).digest()).decode().lower().rstrip("=")
    with _opened(file) as links:
        for letters in range(_LETTERS, len(whole) + 1):
            code = whole[:letters]
            found = links.execute("select address from link where code = ?", (code,)).fetchone()
            if found == (address,):
                return code
            if found is None:
                [number] = links.execute("select count(*) from link").fetchone()
                if number >= MOST:
                    return ""
                kept_at = datetime.now(UTC).isoformat(timespec="seconds")
                links.execute("insert into link values (?, ?, ?)", (code, address, kept_at))
                return code
    return ""


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, timeout=5, isolation_level=None)) as links:
        links.execute(_TABLE)
        yield links


def _address(code: str) -> str | None:
    file = _file()
    if file is None or not file.is_file():
        return None
    with suppress(sqlite3.Error), _opened(file) as links:
        found = links.execute("select address from link where code = ?", (code,)).fetchone()
        return str(found[0]) if found else None
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
