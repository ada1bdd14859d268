"""A page that was cut off and reconnected: its new session goes on with what the page shows, not with what is newest.

The browser keeps the entry that a page shows in a cookie named by its session; a page that is opened or loaded anew
names no session before it, and begins with what is newest.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from contested.record.entry import Head
from contested.record.frozen import entry_of, named
from contested.record.log import Record

_PROTOCOL = "sec-websocket-protocol"
_PARTS = 3
"""What a browser names as the protocol: Streamlit's, a token, and the session that it had before, if any."""
_DIGITS = 10


class Shown(NamedTuple):
    """What a page shows: the record up to its head then, and for readers as of a moment."""

    head: Head
    at: datetime


def kept(shown: Shown) -> str:
    """Write what a page shows for its cookie."""
    return f"{named(shown.head)}.{int(shown.at.timestamp())}"


def cookie() -> str:
    """Name the cookie of this session."""
    session = get_script_run_ctx()
    return _cookie(session.session_id) if session else ""


def shown_before(record: Record) -> Shown | None:
    """Give what this page showed before it was cut off, if it was."""
    headers = {name.lower(): value for name, value in st.context.headers.items()}
    return before(headers, st.context.cookies, record)


def before(headers: Mapping[str, str], cookies: Mapping[str, str], record: Record) -> Shown | None:
    """Read it from the headers and cookies of a connection, which are untrusted text: no later moment than now."""
    protocol = [part.strip() for part in headers.get(_PROTOCOL, "").split(",")]
    said = cookies.get(_cookie(protocol[-1]), "") if len(protocol) == _PARTS else ""
    head, _, seconds = said.partition(".")
    entry, now = entry_of(record, head) if head else None, datetime.now(UTC)
    if entry is None:
        return None
    is_time = seconds.isascii() and seconds.isdigit() and len(seconds) <= _DIGITS
    return Shown(entry.head(), min(datetime.fromtimestamp(int(seconds), UTC), now) if is_time else now)


def _cookie(session: str) -> str:
    return f"shown-{hashlib.sha256(session.encode()).hexdigest()[:12]}"
