"""The last visit of this browser, and what is new since; remembered by the browser alone, in a cookie.

Each run stamps the page with its time. The script of the page (`last_visit.js`) keeps the stamp of the last page seen,
and puts it into a cookie once a new visit begins; the server only reads it. The link alone chooses what is shown.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st
from pydantic import TypeAdapter, ValidationError
from streamlit.navigation.page import StreamlitPage

import claims
from contested.charts.changes import counts
from contested.model.times import Instant, at
from contested.model.vocabulary import KnownBy
from contested.query.selection import Selection
from sharing import link
from untrusted import plain

COOKIE_NOTICE = (
    "This browser remembers when it last looked at each story, so that it can say what is new since: a moment in a "
    "cookie (`last_looked-…`) and in its own storage (`seen-…`), for a year. It is sent to this dashboard alone, which "
    "keeps nothing of it; it says nothing of who you are, and clearing the data of this site forgets it. While a page "
    "is open, a cookie (`shown-…`) names the entry that it shows, so that it goes on with it where it was cut off."
)
_INSTANT = TypeAdapter(Instant)


def stamp_page(rendered_at: datetime) -> None:
    """Write at the foot of the page when it was made, in UTC, for a zone may go by another clock now than in the story.

    Its CSS class tells the script of when, and of which story.
    """
    with st.container(key=f"seen-{story_hash(claims.current_story())}-{int(rendered_at.timestamp())}"):
        st.caption(f"This page was made on {at(rendered_at.astimezone(UTC))} UTC.")


def story_hash(shown: claims.StoryRef) -> str:
    """Hash where a story is and its name: short, and telling nothing of it."""
    return hashlib.sha256(f"{shown.where}\n{shown.name}".encode()).hexdigest()[:12]


def read_cookie(cookies: Mapping[str, str], story: str, now: datetime) -> datetime | None:
    """Parse the time of the last visit to a story, if the cookie holds one of the past; a cookie is untrusted text."""
    try:
        visited = _INSTANT.validate_python(cookies.get(f"last_looked-{story}"))
    except ValidationError:
        return None
    return visited if visited <= now else None


def last_visit() -> datetime | None:
    """Return when this browser visited the story in view before, if it did."""
    return read_cookie(st.context.cookies, story_hash(claims.current_story()), datetime.now(UTC))


def render_changes_link(
    selected: Selection, visited: datetime | None, page: StreamlitPage, changes: StreamlitPage
) -> None:
    """Count what is new since the last visit, and link to it; on the page of changes also where nothing is."""
    if visited is None or selected.compared_with or selected.as_known_at:
        return
    since, when = selection_since(selected, visited), _local(visited, selected.zone)
    new = describe_changes(since)
    if new or page is changes:
        line = f"Since you last looked ({when}): {new}." if new else f"You last looked at {when}; nothing is new since."
        chosen = [("compared_with", visited.isoformat(timespec="seconds")), ("known_by", since.known_by)]
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="last-visit"):
            st.caption(plain(line), width="content")
            st.page_link(
                changes, label="Show what is new", query_params=[*link.parameters(("story", "zone", "by")), *chosen]
            )


def selection_since(selected: Selection, visited: datetime) -> Selection:
    """Select all that became known since: by the time it was recorded if the story is in a record, else stated."""
    time_basis = KnownBy.RECORDED if KnownBy.RECORDED in claims.facets().clocks else KnownBy.STATED
    return Selection(zone=selected.zone, by=selected.by, known_by=time_basis, compared_with=visited)


def describe_changes(since: Selection) -> str:
    """Say what is new, counted by its kind; empty if nothing is."""
    return counts(claims.ask("changes", since).rows) if claims.is_news(since) else ""


def _local(moment: datetime, zone: str) -> str:
    return at(moment.astimezone(ZoneInfo(zone)))
