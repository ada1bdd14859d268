"""Write access: which sessions may import and undo, and see every story.

On the machine itself everybody may write, and all its stories are shown. Where other machines reach the server, only a
session in which the keeper's token was entered may write, and only the story that it was started with is shown.
"""

import getpass
import hmac
import os
import time

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from request_filter import AUTHORIZED_SESSIONS, is_local

TOKEN_VARIABLE = "CONTESTED_KEEPER_TOKEN"  # noqa: S105 the variable that holds it
KEEPER = "keeper"
MIN_LENGTH = 16
"""Characters of a token; a shorter one could be guessed."""
_DELAY = 1.0
"""Seconds to wait after a wrong token, against guessing."""
_AUTHORIZED = "may_write"


def is_local_session() -> bool:
    """Return whether the browser is on this machine, and the server cannot be reached from another one."""
    client = st.context.ip_address  # none, where it is that of this machine
    headers = {name.lower(): value for name, value in st.context.headers.items()}
    return is_local(st.get_option("server.address"), client if isinstance(client, str) else "127.0.0.1", headers)


def may_write() -> bool:
    """Return whether this session may write to the record."""
    return is_local_session() or bool(st.session_state.get(_AUTHORIZED))


def name() -> str:
    """Name who writes in this session, as it is kept with each entry: the user of this machine, or its keeper."""
    return getpass.getuser() if is_local_session() else KEEPER


def ask_token() -> None:
    """Draw the field for the token, or say that none is set."""
    token = os.environ.get(TOKEN_VARIABLE, "")
    if len(token) < MIN_LENGTH:
        st.info(
            f"Other machines can reach this dashboard, so nothing can be brought to it until its keeper sets a token "
            f"of at least {MIN_LENGTH} letters, in the environment variable {TOKEN_VARIABLE}."
        )
        return
    st.text_input("The keeper's token", type="password", key="token", max_chars=1000, on_change=_check)
    if st.session_state.get(_AUTHORIZED) is False:
        st.error("This is not the keeper's token. Ask the keeper of this dashboard for it.")


def _check() -> None:
    entered = st.session_state.pop("token", "")
    is_right = is_token(entered, os.environ.get(TOKEN_VARIABLE, ""))
    if not is_right:
        time.sleep(_DELAY)
    st.session_state[_AUTHORIZED] = is_right
    if is_right and (session := get_script_run_ctx()):
        AUTHORIZED_SESSIONS.add(session.session_id)


def is_token(entered: str, token: str) -> bool:
    """Compare in constant time."""
    return len(token) >= MIN_LENGTH and hmac.compare_digest(entered.encode("utf-8", "replace"), token.encode())
