"""The bar of a frozen link: as of which entry the page is, and what has changed since in what it shows."""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.navigation.page import StreamlitPage

import claims
import write_access
from contested.drawing import html
from contested.model.claim import Claim
from contested.model.times import day_and_hour
from contested.query.selection import By, Selection
from contested.query.voices import legend_of, voices
from contested.record.entry import Head
from contested.text.since_then import Difference, differences, sentence
from sharing import link

MOST, NAMED = 2_000, 3
"""How many claims that were revised since are compared, and how many differences are named."""
_IN_VIEW = "select claim_id from selected where claim_id in (select unnest($ids))"


def notice(selected: Selection, page: StreamlitPage, charts: frozenset[str]) -> None:
    """Say as of when a frozen page is, what has changed since, and link to the page of now."""
    said = st.query_params.get(link.FROZEN)
    if said is None:
        return
    shown = claims.current_story()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="frozen"):
        words, is_followed = _words(said, shown, selected, page.url_path if page.url_path in charts else "")
        st.html(f"<p>{words}</p>", width="content")
        others = [(name, value) for name, value in link.filters() if name not in {link.FROZEN, link.ENTRY}]
        st.page_link(page, label="See now" if is_followed else "Go on without it", query_params=others)


def _words(said: str, shown: claims.StoryRef, selected: Selection, key: str) -> tuple[str, bool]:
    """Write the bar as HTML, and say whether the page is what the link names."""
    if shown.head is None:
        if said == claims.pin():
            return "<b>Frozen</b> · the data are those that the link was made of", True
        return _OTHER_FILES, False
    kept = claims.record()
    if kept is None or not _is_at(said, shown.head):
        return _NO_ENTRY, False
    then = datetime.fromisoformat(kept.entry(shown.head.seq).recorded_at).astimezone(ZoneInfo(selected.zone))
    changed = told(since(shown, claims.newest(), selected, key))
    return f"<b>Frozen</b> at entry {shown.head.seq}, {day_and_hour(then)} · {html(changed)}", True


def told(found: list[Difference]) -> str:
    """Count what has changed since, and name the first of it."""
    first = "; ".join(one.words for one in found[:NAMED])
    more = f"; and {len(found) - NAMED:,} more" if len(found) > NAMED else ""
    return f"{sentence(found)}{': ' if found else ''}{first}{more}"


def _is_at(said: str, head: Head) -> bool:
    """Say whether the page is at the entry that a link names, or at the last one by the time that it names."""
    is_here, asked = write_access.is_local_session(), st.query_params.get("story")
    entry = claims.frozen_entry(is_here, asked, said)
    if entry is None:
        return False
    return claims.resolve(is_here, asked, entry.head(), for_newsroom=write_access.may_write()).shown.head == head


_NO_ENTRY = "This link is frozen at an entry that this record does not hold. You see what is known now."
_OTHER_FILES = (
    "This link was frozen on other data: the files that hold this story were changed since, and keep no earlier state. "
    "You see what they hold now."
)


@st.cache_data(max_entries=200, show_spinner=False)
def since(then: claims.StoryRef, now: claims.StoryRef, selected: Selection, key: str = "") -> list[Difference]:
    """Name what a view, or the chart of a key, shows otherwise than it did, once for all who look at the same."""
    kept = claims.record()
    if kept is None or then.head is None or now.head is None or then.head == now.head or now.name is None:
        return []
    ids = kept.changed_ids(now.name, then.head.seq, now.head.seq, MOST)
    story = claims.story_of(now)
    legend = legend_of(story, selected, voices(story, claims.store_of(now).facets(), By.ACCOUNT))
    before, after = (_in_view(ref, selected, key, ids) for ref in (then, now))
    return differences(before, after, legend)


def _in_view(ref: claims.StoryRef, selected: Selection, key: str, ids: list[str]) -> dict[str, Claim]:
    """Give those of some claims that a view holds, or that stand behind the chart of a key."""
    store = claims.store_of(ref)
    if key:
        return store.claims(claims.ask_of(ref, key, selected).claims_among(ids))
    return store.claims(store.columns(_IN_VIEW, selected, ids=ids)["claim_id"].to_pylist())
