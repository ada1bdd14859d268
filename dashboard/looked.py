"""When this browser last looked: a moment that it remembers by itself, offered as the one to compare with.

Each run marks the page with its moment. The script of the page (`looked.js`) keeps that of the last one seen, and once
a new visit begins it puts it into a cookie, which the server only reads. The link alone chooses what is shown.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st
from pydantic import TypeAdapter, ValidationError
from streamlit.navigation.page import StreamlitPage

import claims
import link
from contested.charts.changes import counts
from contested.model.times import Instant, at
from contested.model.vocabulary import KnownBy
from contested.query.selection import Selection
from untrusted import plain

REMEMBERED = (
    "This browser remembers when it last looked at each story, so that it can say what is new since: a moment in a "
    "cookie (`last_looked-…`) and in its own storage (`seen-…`), for a year. It is sent to this dashboard alone, which "
    "keeps nothing of it; it says nothing of who you are, and clearing the data of this site forgets it."
)
_MOMENT = TypeAdapter(Instant)


def mark(begun: datetime, zone: str) -> None:
    """Say at the foot of the page when it was made, of which story: what the browser remembers of it."""
    with st.container(key=f"seen-{name(claims.shown())}-{int(begun.timestamp())}"):
        st.caption(plain(f"This page was made at {_said(begun, zone)}."))


def name(shown: claims.Shown) -> str:
    """Name a story in a cookie: short, and saying nothing of it."""
    return hashlib.sha256(f"{shown.where}\n{shown.name}".encode()).hexdigest()[:12]


def last(cookies: Mapping[str, str], story: str, now: datetime) -> datetime | None:
    """Read when the browser last looked at a story; a cookie is anybody's text."""
    try:
        looked = _MOMENT.validate_python(cookies.get(f"last_looked-{story}"))
    except ValidationError:
        return None
    return looked if looked and looked <= now else None


def before() -> datetime | None:
    """Say when this browser last looked at the story in view, before this visit."""
    return last(st.context.cookies, name(claims.shown()), datetime.now(UTC))


def offer(selected: Selection, looked: datetime | None, page: StreamlitPage, changes: StreamlitPage) -> None:
    """Say what is new since the browser last looked, and link to it; on the page of changes, also where nothing is."""
    if looked is None or selected.compared_with or selected.as_known_at:
        return
    since, at = everything(selected, looked), _said(looked, selected.zone)
    new = news(since)
    if new or page is changes:
        told = f"Since you last looked ({at}): {new}." if new else f"You last looked at {at}; nothing is new since."
        chosen = [("compared_with", looked.isoformat(timespec="seconds")), ("known_by", since.known_by)]
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="looked"):
            st.caption(plain(told), width="content")
            st.page_link(changes, label="Show what is new", query_params=[*link.kept(("story", "zone", "by")), *chosen])


def everything(selected: Selection, looked: datetime) -> Selection:
    """Choose all that became known since: by what the record took in, where there is one, else by what was stated."""
    clock = KnownBy.RECORDED if KnownBy.RECORDED in claims.story().clocks() else KnownBy.STATED
    return Selection(zone=selected.zone, by=selected.by, known_by=clock, compared_with=looked)


def news(since: Selection) -> str:
    """Count what is new by its kind, or say nothing where nothing is."""
    return counts(claims.ask("changes", since).rows) if claims.is_news(since) else ""


def _said(moment: datetime, zone: str) -> str:
    return at(moment.astimezone(ZoneInfo(zone)))
