"""The sidebar: the filters of every view, each wired to the parameter of the link that a field of `Selection` names."""

from collections import Counter
from datetime import datetime
from typing import Any

import streamlit as st
from pydantic import ValidationError

import link
from contested.answer import voices
from contested.moment import HEDGE_MINUTES, at_zone
from contested.selection import NO_SIDE, By, Selection
from contested.story import Story
from contested.vocabulary import Milestone
from untrusted import plain


def selection(story: Story) -> Selection:
    """Show the filters and give what the viewer selected."""
    with st.sidebar:
        try:
            return Selection.model_validate(_voices(story) | _more(story) | _times(story) | _clocks())
        except ValidationError as refused:
            st.error(refused.errors()[0]["msg"])
            st.stop()


def _voices(story: Story) -> dict[str, Any]:
    by = st.radio("Tell the story by", list(map(str, By)), horizontal=True, **link.one("by", list(By), By.ACCOUNT))
    counts = Counter(claim.account for claim in story.claims)
    accounts = {voice.key: f"{voice.label} ({counts[voice.key]})" for voice in voices(story, By.ACCOUNT)}
    told = Counter(claim.side or NO_SIDE for claim in story.claims)
    sides = {voice.key: f"{voice.label} ({told[voice.key]})" for voice in voices(story, By.SIDE)}
    return {"by": by, "account": _pills("Accounts", "account", accounts), "side": _pills("Sides", "side", sides)}


def _more(story: Story) -> dict[str, Any]:
    kinds = {kind: kind for kind in sorted({str(claim.kind) for claim in story.claims})}
    named = sorted({claim.place for claim in story.claims if claim.place})
    places = {place: story.places[place].label if place in story.places else place for place in named}
    with st.expander("Kind and place"):
        return {"kind": _pills("Kinds", "kind", kinds), "place": _pills("Places", "place", places)}


def _pills(label: str, key: str, options: dict[str, str]) -> tuple[str, ...]:
    wired, shown = link.many(key, options), {one: plain(label) for one, label in options.items()}
    return tuple(st.pills(label, list(options), selection_mode="multi", format_func=shown.__getitem__, **wired))


def _times(story: Story) -> dict[str, Any]:
    zones = list(dict.fromkeys([story.package.zone, "UTC", st.context.timezone or "UTC"]))
    fields = {"from": "From", "to": "To", "as_known_at": "As known at", "compared_with": "What changed since"}
    with st.expander("Time and reading"):
        zone = st.selectbox("Time zone", zones, **link.one("zone", zones, story.package.zone))
        walls = {key: st.datetime_input(label, **link.moment(key, zone)) for key, label in fields.items()}
        hedged = st.toggle(f"Read “about” as ±{HEDGE_MINUTES} minutes", **link.flag("hedged"))
    return {"zone": zone, "hedged": hedged} | {key: _instant(wall, zone) for key, wall in walls.items()}


def _instant(wall: datetime | None, zone: str) -> datetime | None:
    return at_zone(wall, zone) if wall else None


def _clocks() -> dict[str, Any]:
    milestones = list(map(str, Milestone))
    with st.expander("Clock of the delays"):
        start = st.selectbox("Starts at", milestones, **link.one("start", milestones, Milestone.ONSET))
        stop = st.selectbox("Stops at", milestones, **link.one("stop", milestones, Milestone.ARRIVAL))
    return {"start": start, "stop": stop}
