"""Form: events of a file that may be events of other imports of its story; none is matched unless a person says so."""

import streamlit as st

from contested.model.wording import counted
from contested.record import like_events
from contested.record.log import Record
from contested.record.release import Submission
from importing.examination import Dropped
from untrusted import plain

SHOWN = 50


def matched(kept: Record, brought: Submission, dropped: Dropped) -> Submission:
    """Offer the events that may be those of other imports; none is matched unless a person says so."""
    before = like_events.matched_before(kept, brought)
    brought = like_events.as_known(brought, before)
    if before:
        st.html(f'<p class="read-so">{counted(len(before), "event")} matched as before</p>')
    like = like_events.like_events(kept, brought)
    if not like:
        return brought
    named = {one.event_id: one for one in like[:SHOWN]}
    st.html(
        f'<p class="look-here">{counted(len(like), "event")} may be told already under another name. '
        "Choose those that are.</p>"
    )
    key = dropped.asks("like-events", [])
    st.session_state[key] = [one for one in st.session_state[key] if one in named]
    chosen = st.multiselect(
        "The same events", list(named), format_func=lambda one: plain(named[one].in_words()), key=key
    )
    return like_events.as_known(brought, {one: named[one].known_as for one in chosen})
