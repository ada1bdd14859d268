"""What the viewer chose, read from the link alone, so that no view waits for the sidebar to be drawn."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import streamlit as st
from pydantic import ValidationError

from contested.compared.resolution import Resolution
from contested.moment import at_zone
from contested.selection import By, Selection
from contested.story import Story
from contested.voices import voices

MOMENTS = ("from", "to", "as_known_at", "compared_with")


def selection(story: Story) -> Selection:
    """Read the selection; what the link asks for and nobody knows is passed over."""
    usual = {"zone": story.package.zone}
    asked = usual | dict(_asked())
    asked |= {key: _instant(asked[key], asked["zone"]) for key in MOMENTS if key in asked}
    asked |= {key: [one for one in asked[key] if one in known] for key, known in _known(story).items() if key in asked}
    if asked.get("resolution") not in {*Resolution, *_known(story)["account"], *story.sources}:
        asked.pop("resolution", None)
    if asked.get("known_by") not in story.clocks():
        asked.pop("known_by", None)
    try:
        return Selection.model_validate(asked)
    except ValidationError as refused:
        wrong = {error["loc"][0] for error in refused.errors() if error["loc"]}
        return Selection.model_validate(usual | {key: value for key, value in asked.items() if key not in wrong})


def _asked() -> Iterator[tuple[str, Any]]:
    """Go through the parameters of the link that are fields of a selection."""
    for name, field in Selection.model_fields.items():
        key = field.alias or name
        if said := st.query_params.get_all(key):
            yield key, said if field.default == () else said[-1]


def _instant(text: str, zone: str) -> datetime | None:
    """Read a moment; one without an offset is on the clocks of the viewer's zone, if they showed it exactly once."""
    try:
        read = datetime.fromisoformat(text)
        return read if read.tzinfo else at_zone(read, zone)
    except (ValueError, OSError, KeyError):
        return None


def _known(story: Story) -> dict[str, set[str]]:
    return {
        "account": {voice.key for voice in voices(story, By.ACCOUNT)},
        "side": {voice.key for voice in voices(story, By.SIDE)},
        "kind": {str(claim.kind) for claim in story.claims},
        "place": {claim.place for claim in story.claims if claim.place},
    }
