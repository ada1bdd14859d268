"""Write access: who writes in a session, and in which role; asked again at each write.

On the machine itself one person publishes, without any log-in, and all its stories are shown. Where other machines
reach the server everybody reads, until a log-in is set up: the keeper's token, a proxy that names who is signed in, or
a provider of OpenID Connect. Who is signed in has the role that was given in the file of roles beside the record, and
without one reads.
"""

import getpass
import hmac
import os
import time
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

import sign_in
from contested.cli.home import beside
from contested.drawing import html
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
    is_shared = os.environ.get(PROXY_VARIABLE) or st.get_option("server.corsAllowedOrigins") or sign_in.is_set_up()
    return not is_shared and is_local(st.get_option("server.address"), address, _headers())


def person() -> str:
    """Name who writes, as it is kept with each entry: the user of this machine, who is signed in, or the keeper."""
    if is_local_session():
        return getpass.getuser()
    return signed_in() or KEEPER


def signed_in() -> str:
    """Name who is signed in; empty where nobody is."""
    return _names()[-1] if _names() else ""


def _names() -> tuple[str, ...]:
    """Give every name by which a role may have been given to who is signed in, the one they are shown by last."""
    if one := _by_provider():
        return one.subject, one.name
    return (name,) if (name := _by_proxy()) else ()


def _by_provider() -> sign_in.SignedIn | None:
    one = sign_in.signed_in()
    return None if one is None or _roles().has_ended(one.subject, one.issued_at) else one


def _by_proxy() -> str:
    """Name whom the proxy says is signed in; nobody where no proxy is set up, whatever a header says."""
    header = os.environ.get(PROXY_VARIABLE, "").lower()
    if not header or st.get_option("server.address") not in LOOPBACK:
        return ""
    name = _headers().get(header, "").encode("latin-1", "replace").decode("utf-8", "replace").strip()
    return name if name.isprintable() and len(name) <= _LONGEST_NAME else ""


def sign_out() -> None:
    """End this log-in for every browser that still has its cookie, and take the cookie from this one."""
    if one := _by_provider():
        _roles().end(one.subject, one.issued_at)
    st.logout()


def role() -> Role:
    """Say in which role this session is, as it is now."""
    if is_local_session() or st.session_state.get(_AUTHORIZED):
        return Role.PUBLISHER
    names = _names()
    return _roles().of(*names) if names else Role.VIEWER


def may_write() -> bool:
    """Return whether this session may change claims."""
    return role().includes(Role.EDITOR)


def may_publish() -> bool:
    """Return whether this session may bring and undo whole files; who may is let upload them."""
    may, session = role().includes(Role.PUBLISHER), get_script_run_ctx()
    if session and not is_local_session():
        (AUTHORIZED_SESSIONS.add if may else AUTHORIZED_SESSIONS.discard)(session.session_id)
    return may


def refuse_reader() -> None:
    """Raise `NotAllowedError` unless this session may publish now."""
    if not role().includes(Role.PUBLISHER):
        message = f"{signed_in() or 'who is not signed in'} may not publish files"
        raise NotAllowedError(message)


def ask() -> None:
    """Draw what leads to the right to write: a log-in, the field for the token, or in words who gives it."""
    if name := signed_in():
        st.html(f"<p>Signed in as {html(name)} ({html(role())}). The keeper gives roles.</p>")
        if sign_in.is_set_up():
            st.button("Sign in as somebody else", key="sign-out-here", type="tertiary", on_click=sign_out)
        return
    if sign_in.is_set_up():
        st.button("Sign in", key="sign-in-here", type="primary", on_click=st.login)
        st.caption("You come back to this address, with your filters, after signing in.")
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
