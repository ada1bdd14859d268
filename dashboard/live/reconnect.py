"""A page that was cut off and reconnected: its new session goes on with what the page shows, not with what is newest.

The browser keeps the entry that a page shows in a cookie named by its session; a page that is opened or loaded anew
names no session before it, and begins with what is newest.
"""

import hashlib
from collections.abc import Mapping

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from contested.record.entry import Head
from contested.record.frozen import entry_of
from contested.record.log import Record

_PROTOCOL = "sec-websocket-protocol"
_PARTS = 3
"""What a browser names as the protocol: Streamlit's, a token, and the session that it had before, if any."""


def cookie() -> str:
    """Name the cookie of this session."""
    session = get_script_run_ctx()
    return _named(session.session_id) if session else ""


def shown_before(kept: Record) -> Head | None:
    """Give the head that this page showed before it was cut off, if it was."""
    return head_before({name.lower(): value for name, value in st.context.headers.items()}, st.context.cookies, kept)


def head_before(headers: Mapping[str, str], cookies: Mapping[str, str], kept: Record) -> Head | None:
    """Read it from the headers and cookies of a connection, which are untrusted text."""
    protocol = [part.strip() for part in headers.get(_PROTOCOL, "").split(",")]
    said = cookies.get(_named(protocol[-1]), "") if len(protocol) == _PARTS else ""
    entry = entry_of(kept, said) if said else None
    return entry.head() if entry else None


def _named(session: str) -> str:
    return f"shown-{hashlib.sha256(session.encode()).hexdigest()[:12]}"
