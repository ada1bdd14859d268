"""By group: what a view tells of all, told once more of the groups of events that the reader compares."""

import streamlit as st

import claims
import delay_controls
from card import card
from contested.query.selection import Selection


def show(key: str, selected: Selection) -> None:
    """Let the reader choose what events are compared by, where any column was kept for it; then show the chart."""
    if not selected.group and not any(one.is_offered for one in claims.facets().kept_columns.values()):
        return
    with st.container(horizontal=True, key=f"controls-{key}"):
        delay_controls.group_by(selected)
    if selected.group:
        card(claims.ask(key, selected))
