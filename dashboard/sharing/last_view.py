"""The chart that a session looked at last, as it was filtered, which a deck may take as a slide."""

import streamlit as st

from contested.query.selection import Selection
from contested.record.decks import Planned

_KEPT = "last-view"


def planned(chart: str, selected: Selection) -> Planned:
    """Plan a slide of a chart as it is filtered."""
    return Planned(chart=chart, selection=selected.model_dump(mode="json", by_alias=True, exclude_defaults=True))


def remember(chart: str, selected: Selection) -> None:
    """Keep which chart is looked at."""
    st.session_state[_KEPT] = planned(chart, selected).model_dump_json()


def slide() -> Planned | None:
    """Plan a slide of the chart that was looked at last."""
    kept: str | None = st.session_state.get(_KEPT)
    return Planned.model_validate_json(kept) if kept else None
