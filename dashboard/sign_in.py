"""Signing in by OpenID Connect: whom the provider's token names, until it expires or they have signed out.

Streamlit keeps what the token says in a signed cookie for 30 days, and looks neither at its expiry nor at whether who
sends it has signed out since; here both are looked at, each time that somebody's role is asked.
"""

import os
import time
from collections.abc import Mapping
from typing import Any, NamedTuple

import streamlit as st

SETTINGS = {
    "server_metadata_url": "CONTESTED_OIDC_METADATA",
    "client_id": "CONTESTED_OIDC_CLIENT",
    "client_secret": "CONTESTED_OIDC_SECRET",
    "redirect_uri": "CONTESTED_OIDC_CALLBACK",
    "cookie_secret": "CONTESTED_COOKIE_SECRET",
}
"""What Streamlit calls each setting → the variable that holds it; `.streamlit/secrets.toml` can hold them as well."""
_LONGEST = 200


class SignedIn(NamedTuple):
    """Who signed in, and when, by the clock of the provider."""

    subject: str
    """What the provider calls them for good."""
    name: str
    """Their address where the provider has verified it, else the subject."""
    issued_at: int


def secrets(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Give the settings of the log-in as Streamlit takes them; none where the environment does not hold all of them."""
    told = {name: environment.get(variable, "") for name, variable in SETTINGS.items()}
    return {"auth": told} if all(told.values()) else {}


def is_set_up() -> bool:
    """Say whether people sign in with a provider."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def signed_in() -> SignedIn | None:
    """Say who has signed in with a provider, where one is set up and the token has not expired."""
    return named(st.user.to_dict(), time.time()) if is_set_up() else None


def named(token: Mapping[str, Any], now: float) -> SignedIn | None:
    """Read whom a token names at a moment; one that lacks anything, or has expired, names nobody."""
    match token:
        case {"is_logged_in": True, "sub": str(subject), "exp": int(expires), "iat": int(issued)}:
            if not _is_name(subject) or isinstance(expires, bool) or isinstance(issued, bool) or now >= expires:
                return None
            return SignedIn(subject, _verified(token) or subject, issued)
    return None


def _verified(token: Mapping[str, Any]) -> str:
    match token:
        case {"email": str(email), "email_verified": True} if _is_name(email):
            return email
    return ""


def _is_name(word: str) -> bool:
    return bool(word.strip()) and word.isprintable() and len(word) <= _LONGEST
