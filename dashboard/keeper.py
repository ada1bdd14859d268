"""The keeper: who may bring claims to the record, and which stories are shown.

At the machine itself everybody may, and all its stories are shown. Where other machines reach the server, only who has
entered the keeper's token in this session may write, and only the story that the server was started with is shown.
"""

import hmac
import os
import time

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from gate import KEEPERS, is_local

TOKEN = "CONTESTED_KEEPER_TOKEN"  # noqa: S105 where it is named, not what it is
SHORTEST = 16
"""Letters of a token; a shorter one is guessed."""
_PAUSE = 1.0
"""Seconds that a wrong token costs."""
_KNOWN = "is_keeper"


def is_here() -> bool:
    """Say whether this session sits at the machine, and nobody reaches the server from another one."""
    client = st.context.ip_address  # none, where it is that of this machine
    headers = {name.lower(): value for name, value in st.context.headers.items()}
    return is_local(st.get_option("server.address"), client if isinstance(client, str) else "127.0.0.1", headers)


def may_write() -> bool:
    """Say whether this session may write."""
    return is_here() or bool(st.session_state.get(_KNOWN))


def ask() -> None:
    """Ask for the token; it stays on the server, and is gone from the page once it was right."""
    token = os.environ.get(TOKEN, "")
    if len(token) < SHORTEST:
        st.info(
            f"Other machines can reach this dashboard, so nothing can be brought to it until its keeper sets a token "
            f"of at least {SHORTEST} letters, in the environment variable {TOKEN}."
        )
        return
    st.text_input("The keeper's token", type="password", key="token", max_chars=1000, on_change=_entered)
    if st.session_state.get(_KNOWN) is False:
        st.error("This is not the keeper's token. Ask the keeper of this dashboard for it.")


def _entered() -> None:
    entered = st.session_state.pop("token", "")
    is_right = is_token(entered, os.environ.get(TOKEN, ""))
    if not is_right:
        time.sleep(_PAUSE)
    st.session_state[_KNOWN] = is_right
    if is_right and (session := get_script_run_ctx()):
        KEEPERS.add(session.session_id)


def is_token(entered: str, token: str) -> bool:
    """Compare in a time that says nothing of how much was right."""
    return len(token) >= SHORTEST and hmac.compare_digest(entered.encode("utf-8", "replace"), token.encode())
