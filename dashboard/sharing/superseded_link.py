"""Superseded links: a link names the last entry of the record, and a later reader is told that others followed."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

import claims
from contested.model.vocabulary import KnownBy
from contested.model.wording import counted
from contested.query.selection import Selection
from contested.record.frozen import entry_of
from sharing import link

_CLOCK = {"as_known_at", "known_by"}


def notice(selected: Selection, page: StreamlitPage) -> None:
    """Say that the record has new entries since the link was made, and link to the page as it was then."""
    if link.FROZEN in st.query_params:
        return
    made, kept = st.query_params.get(link.ENTRY), claims.record()
    now = claims.last_entry()
    is_rewound = selected.as_known_at and selected.known_by is KnownBy.RECORDED
    if kept is None or not now or not made or made == now or is_rewound:
        return
    entry = entry_of(kept, made)
    if entry is None:
        st.caption("This link was made from another record: it names an entry that this one does not hold.")
        return
    later = len(claims.entries(claims.current_story(), entry.seq, int(now.partition("-")[0])))
    if not later:
        return
    then = [("as_known_at", entry.recorded_at), ("known_by", str(KnownBy.RECORDED)), (link.ENTRY, now)]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="superseded"):
        entries = counted(later, "entry", "entries")
        st.caption(f"The record has moved on since this link was made, by {entries}.", width="content")
        chosen = [*link.parameters([key for key in link.FILTERS if key not in _CLOCK]), *then]
        st.page_link(page, label="Show it as it then read", query_params=chosen)
