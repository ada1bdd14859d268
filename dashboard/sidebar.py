"""The sidebar: the one place where widgets, the link and the selection meet.

Every widget is bound to the parameter of the link that has its key, a field of `Selection` under the same name.
"""

from collections import Counter
from datetime import datetime
from typing import Any, Final

import streamlit as st
from pydantic import ValidationError

from contested.answer import voices
from contested.moment import at_zone
from contested.selection import NO_SIDE, By, Selection
from contested.story import Story
from contested.vocabulary import Milestone

BOUND: Final = "query-params"


def selection(story: Story) -> Selection:
    """Show the filters and give what the viewer selected."""
    with st.sidebar:
        chosen = _voices(story) | _more(story)
        chosen |= _times(story) | _clocks()
    try:
        return Selection.model_validate(chosen)
    except ValidationError as refused:
        st.sidebar.error(refused.errors()[0]["msg"])
        st.stop()


def _voices(story: Story) -> dict[str, Any]:
    by = st.radio("Tell the story by", list(By), key="by", horizontal=True, bind=BOUND)
    counts = Counter(claim.account for claim in story.claims)
    accounts = {voice.key: f"{voice.label} ({counts[voice.key]})" for voice in voices(story, By.ACCOUNT)}
    account = st.pills(
        "Accounts", list(accounts), selection_mode="multi", format_func=accounts.__getitem__, key="account", bind=BOUND
    )
    told = Counter(claim.side or NO_SIDE for claim in story.claims)
    sides = {voice.key: f"{voice.label} ({told[voice.key]})" for voice in voices(story, By.SIDE)}
    side = st.pills(
        "Sides of the story", list(sides), selection_mode="multi", format_func=sides.__getitem__, key="side", bind=BOUND
    )
    return {"by": by, "account": tuple(account), "side": tuple(side)}


def _more(story: Story) -> dict[str, Any]:
    kinds = sorted({claim.kind for claim in story.claims})
    named = sorted({claim.place for claim in story.claims if claim.place})
    places = {place: story.places[place].label if place in story.places else place for place in named}
    with st.expander("Kind and place"):
        kind = st.pills("Kinds", kinds, selection_mode="multi", key="kind", bind=BOUND)
        place = st.pills(
            "Places", list(places), selection_mode="multi", format_func=places.__getitem__, key="place", bind=BOUND
        )
    return {"kind": tuple(kind), "place": tuple(place)}


def _times(story: Story) -> dict[str, Any]:
    zones = dict.fromkeys([story.package.zone, "UTC", st.context.timezone or "UTC"])
    with st.expander("Time and reading"):
        zone = st.selectbox("Time zone", list(zones), key="zone", bind=BOUND)
        walls = {
            "from": st.datetime_input("From", value=None, key="from", bind=BOUND),
            "to": st.datetime_input("To", value=None, key="to", bind=BOUND),
            "as_known_at": st.datetime_input("As known at", value=None, key="as_known_at", bind=BOUND),
            "compared_with": st.datetime_input("What changed since", value=None, key="compared_with", bind=BOUND),
        }
        hedged = st.toggle("Read “about” as ±30 minutes", key="hedged", bind=BOUND)
    return {"zone": zone, "hedged": hedged} | {name: _instant(wall, zone) for name, wall in walls.items()}


def _instant(wall: datetime | None, zone: str) -> datetime | None:
    return at_zone(wall, zone) if wall else None


def _clocks() -> dict[str, Any]:
    with st.expander("Clock of the delays"):
        start = st.selectbox("Starts at", list(Milestone), key="start", bind=BOUND)
        stop = st.selectbox(
            "Stops at", list(Milestone), index=list(Milestone).index(Milestone.ARRIVAL), key="stop", bind=BOUND
        )
    return {"start": start, "stop": stop}
