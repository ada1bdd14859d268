"""The link: the one wire between widgets and the address.

Before a widget is drawn it takes its value from the link; when a viewer changes it, the link changes, as a step that
back and forward know. Nothing else is kept, so that a link holds all there is. Streamlit's own binding would do the
first half, but it writes labels for ids and leaves no step to go back to.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, TypedDict
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import streamlit as st
from pydantic_core import PydanticCustomError

import claims
from contested.model.times import at_zone
from contested.query.selection import Selection

FILTERS = ["story", *(field.alias or name for name, field in Selection.model_fields.items())]
"""The parameters that choose what is shown, whatever the view."""
ON = {"1", "on", "t", "true", "y", "yes"}
"""What switches something on, as a selection reads it."""
ENTRY = "record"
"""The parameter that names the last entry of the record, of which a link shows the claims."""


class Wired(TypedDict):
    """What a widget is given to be wired to the link."""

    key: str
    on_change: Any
    args: tuple[Any, ...]


def many(key: str, options: Collection[str]) -> Wired:
    """Wire a widget of several choices."""
    return _wired(key, [value for value in st.query_params.get_all(key) if value in options], [], "")


def one(key: str, options: Collection[str], usual: str | None = None) -> Wired:
    """Wire a widget of one choice."""
    value, usual = st.query_params.get(key), usual and str(usual)
    return _wired(key, value if value in options else usual, usual, "")


def flag(key: str) -> Wired:
    """Wire a switch."""
    return _wired(key, st.query_params.get(key, "").casefold() in ON, usual=False, zone="")


def text(key: str) -> Wired:
    """Wire a field of text."""
    return _wired(key, st.query_params.get(key, ""), "", "")


def moment(key: str, zone: str) -> Wired:
    """Wire a field of date and hour, which shows wall-clock time while the link holds an instant."""
    try:
        read = datetime.fromisoformat(st.query_params.get(key, ""))
        wall = read.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if read.tzinfo else read
    except (ValueError, OverflowError):
        wall = None
    return _wired(key, wall, None, zone)


def kept(keys: Collection[str]) -> list[tuple[str, str]]:
    """Give what a link to another view must carry along."""
    return [(key, value) for key in keys for value in st.query_params.get_all(key)]


def witnessed() -> list[tuple[str, str]]:
    """Give every filter, with the entry of the record that is in view."""
    entry = claims.last_entry()
    return kept(FILTERS) + ([(ENTRY, entry)] if entry else [])


def address(view: str, **more: str) -> str:
    """Write a link to another view of the same selection."""
    return f"./{view}?{urlencode([*witnessed(), *more.items()])}"


def _wired(key: str, value: object, usual: object, zone: str) -> Wired:
    st.session_state[key] = value
    return Wired(key=key, on_change=_write, args=(key, usual, zone))


def _write(key: str, usual: object, zone: str) -> None:
    value = st.session_state[key]
    if entry := claims.last_entry():
        st.query_params[ENTRY] = entry
    if value == usual or value is None:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = _said(value, zone)


def _said(value: Any, zone: str) -> str | list[str]:  # noqa: ANN401 whatever a widget holds
    match value:
        case bool():
            return "true"
        case datetime():
            return _instant(value, zone).isoformat(timespec="minutes")
        case list() | tuple():
            return [str(part) for part in value]
        case _:
            return str(value)


def _instant(wall: datetime, zone: str) -> datetime:
    """Read a wall clock in a zone; one that was shown twice or never stays as it is, and the page says so."""
    try:
        return at_zone(wall, zone)
    except PydanticCustomError:
        return wall
