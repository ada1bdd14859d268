"""Write access: who writes in a session, and in which role; asked again at each write.

On the machine itself one person publishes, without any log-in, and all its stories are shown. Where other machines
reach the server everybody reads, until a log-in is set up: the keeper's token, or a proxy that names who is signed in.
Whom a proxy names has the role that was given in the file of roles beside the record, and without one reads.
"""

import getpass
import hmac
import os
import time
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from contested.cli.home import beside
from contested.model.problem import NotAllowedError
from contested.record.roles import Role, Roles
from request_filter import AUTHORIZED_SESSIONS, LOOPBACK, PROXY_VARIABLE, is_local
from sharing import where_kept

TOKEN_VARIABLE = "CONTESTED_KEEPER_TOKEN"  # noqa: S105 the variable that holds it
KEEPER = "keeper"
MIN_LENGTH = 16
"""Characters of a token; a shorter one could be guessed."""
_LONGEST_NAME = 200
_DELAY = 1.0
"""Seconds to wait after a wrong token, against guessing."""
_AUTHORIZED = "may_write"


def is_local_session() -> bool:
    """Return whether the browser is on this machine, and nothing is set up by which another one could be behind it."""
    client = st.context.ip_address  # none, where it is that of this machine
    address = client if isinstance(client, str) else "127.0.0.1"
    is_shared = os.environ.get(PROXY_VARIABLE) or st.get_option("server.corsAllowedOrigins")
    return not is_shared and is_local(st.get_option("server.address"), address, _headers())


def person() -> str:
    """Name who writes, as it is kept with each entry: the user of this machine, whom the proxy names, or the keeper."""
    if is_local_session():
        return getpass.getuser()
    return signed_in() or KEEPER


def signed_in() -> str:
    """Name whom the proxy says is signed in; nobody where no proxy is set up, whatever a header says."""
    header = os.environ.get(PROXY_VARIABLE, "").lower()
    if not header or st.get_option("server.address") not in LOOPBACK:
        return ""
    name = _headers().get(header, "").encode("latin-1", "replace").decode("utf-8", "replace").strip()
    return name if name.isprintable() and len(name) <= _LONGEST_NAME else ""


def role() -> Role:
    """Say in which role this session is, as it is now."""
    if is_local_session() or st.session_state.get(_AUTHORIZED):
        return Role.PUBLISHER
    name = signed_in()
    return _roles().of(name) if name else Role.VIEWER


def may_write() -> bool:
    """Return whether this session may change claims."""
    return role().includes(Role.EDITOR)


def may_publish() -> bool:
    """Return whether this session may bring and undo whole files; who may is let upload them."""
    if not role().includes(Role.PUBLISHER):
        return False
    if (session := get_script_run_ctx()) and not is_local_session():
        AUTHORIZED_SESSIONS.add(session.session_id)
    return True


def refuse_reader() -> None:
    """Raise `NotAllowedError` unless this session may publish now."""
    if not role().includes(Role.PUBLISHER):
        message = f"{signed_in() or 'who is not signed in'} may not publish files"
        raise NotAllowedError(message)


def ask_token() -> None:
    """Draw the field for the token, or say that none is set."""
    if name := signed_in():
        st.info(f"You are signed in as {name.replace('`', ' ')!r} and may read, not change. The keeper gives roles.")
        return
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


def _roles() -> Roles:
    return _opened(beside(where_kept.record_address() or "", "roles"))


@cache
def _opened(path: Path) -> Roles:
    return Roles(path)


def _headers() -> dict[str, str]:
    return {name.lower(): value for name, value in st.context.headers.items()}
