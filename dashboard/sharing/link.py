"""Widgets bound to the query string of the address, which holds the whole state of a page.

A widget is drawn with the value of its parameter; a change of the widget is written to the address as a step of the
browser's history. Streamlit's own binding writes labels instead of ids, and no step to go back to.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import streamlit as st
from pydantic_core import PydanticCustomError

import claims
from contested.model.times import at_zone
from contested.query.selection import Selection

FROZEN = "frozen"
"""The parameter that names the state of the story that is shown, whatever was recorded since."""
FILTERS = ["story", FROZEN, *(field.alias or name for name, field in Selection.model_fields.items())]
"""The parameters of every view: the story, its state, and the fields of a `Selection`."""
ON = {"1", "on", "t", "true", "y", "yes"}
"""Values of a boolean parameter that are true."""
ENTRY = "record"
"""The parameter that names the last entry of the record when the link was made."""


class Binding(TypedDict):
    """The arguments of a widget by which it is bound to a parameter."""

    key: str
    on_change: Any
    args: tuple[Any, ...]


def many(key: str, options: Collection[str]) -> Binding:
    """Bind a widget of several choices."""
    return _bind(key, [value for value in st.query_params.get_all(key) if value in options], [], "")


def one(key: str, options: Collection[str], usual: str | None = None) -> Binding:
    """Bind a widget of one choice."""
    value, usual = st.query_params.get(key), usual and str(usual)
    return _bind(key, value if value in options else usual, usual, "")


def text(key: str) -> Binding:
    """Bind a field of text."""
    return _bind(key, st.query_params.get(key, ""), "", "")


def moment(key: str, zone: str) -> Binding:
    """Bind a field of date and time, which shows local time while the parameter holds an instant with an offset."""
    try:
        read = datetime.fromisoformat(st.query_params.get(key, ""))
        wall = read.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if read.tzinfo else read
    except (ValueError, OverflowError):
        wall = None
    return _bind(key, wall, None, zone)


def choice(key: str, value: object, usual: object) -> Binding:
    """Bind a widget of one value that is read elsewhere."""
    return _bind(key, value, usual, "")


def written(key: str, value: object, write: Callable[[Any], None]) -> Binding:
    """Bind a widget to what is read elsewhere; a function writes what it is changed to."""
    st.session_state[key] = value
    return Binding(key=key, on_change=lambda: write(st.session_state[key]), args=())


def kept(key: str, write: Callable[[Any], None]) -> Binding:
    """Bind a widget that is drawn with a value of its own; a function writes what it is changed to."""
    return Binding(key=key, on_change=lambda: write(st.session_state[key]), args=())


def span(key: str, offered: Mapping[str, tuple[str, str]], value: str | None, usual: str | None) -> Binding:
    """Bind a choice of hours to the parameters `from` and `to`."""
    st.session_state[key] = value if value in offered else None
    return Binding(key=key, on_change=_write_span, args=(key, offered, usual))


def _write_span(key: str, offered: Mapping[str, tuple[str, str]], usual: str | None) -> None:
    name = st.session_state[key]
    if name:
        since, until = (None, None) if name == usual else offered[name]
        write({"from": since, "to": until})


def write(chosen: Mapping[str, object]) -> None:
    """Write parameters to the address; an empty one leaves it."""
    for key, value in chosen.items():
        put(key, None if value is None or value in ("", False, [], ()) else _said(value, ""))


def parameters(keys: Collection[str]) -> list[tuple[str, str]]:
    """List the present values of parameters, for a link to another view."""
    return [(key, value) for key in keys for value in st.query_params.get_all(key)]


def filters() -> list[tuple[str, str]]:
    """List the present values of every filter, with the last entry of the record."""
    entry = claims.last_entry()
    return parameters(FILTERS) + ([(ENTRY, entry)] if entry and FROZEN not in st.query_params else [])


def url(view: str, **more: str | Sequence[str]) -> str:
    """Write the relative address of another view of the same selection, with other values of some parameters."""
    return f"./{view}?{urlencode(_with(more))}"


def _with(more: Mapping[str, str | Sequence[str]]) -> list[tuple[str, str]]:
    kept = [(name, value) for name, value in filters() if name not in more]
    several = {name: [value] if isinstance(value, str) else value for name, value in more.items()}
    return [*kept, *((name, value) for name, values in several.items() for value in values if value)]


LEADS = "leads-on"
"""Where a session keeps what it is led on to."""


def lead(view: str, **more: str | Sequence[str]) -> None:
    """Lead on to another view of the same selection once the page is drawn again, as a link would."""
    query: dict[str, list[str]] = {}
    for name, value in _with(more):
        query.setdefault(name, []).append(value)
    st.session_state[LEADS] = (view, query)


def led() -> tuple[str, dict[str, list[str]]] | None:
    """Give the view and the parameters that the reader is led on to, once."""
    leads: tuple[str, dict[str, list[str]]] | None = st.session_state.pop(LEADS, None)
    return leads


def frozen_url(view: str, pin: str | None = None) -> str:
    """Write the relative address of a view at a state, by default what it shows now; empty where nothing pins it."""
    pin = claims.pin() if pin is None else pin
    kept = [(name, value) for name, value in parameters(FILTERS) if name != FROZEN]
    return f"./{view}?{urlencode([*kept, (FROZEN, pin)])}" if pin else ""


def _bind(key: str, value: object, usual: object, zone: str) -> Binding:
    st.session_state[key] = value
    return Binding(key=key, on_change=_write, args=(key, usual, zone))


def _write(key: str, usual: object, zone: str) -> None:
    value = st.session_state[key]
    put(key, None if value == usual or value is None else _said(value, zone))


def put(key: str, value: str | list[str] | None) -> None:
    """Write a parameter to the address as a step of the browser's history, or take it away."""
    if FROZEN not in st.query_params and (entry := claims.last_entry()):
        st.query_params[ENTRY] = entry
    if value is None:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = value


def _said(value: Any, zone: str) -> str | list[str]:  # noqa: ANN401 whatever a widget holds
    match value:
        case bool():
            return "true"
        case datetime():
            return instant(value, zone).isoformat(timespec="minutes")
        case float():
            return f"{value:g}"
        case list() | tuple():
            return [str(part) for part in value]
        case _:
            return str(value)


def instant(wall: datetime, zone: str) -> datetime:
    """Read a wall clock in a zone; one that was shown twice or never stays as it is, and the page says so."""
    try:
        return at_zone(wall, zone)
    except PydanticCustomError:
        return wall
