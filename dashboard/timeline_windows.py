"""The windows of the timeline: hours between gaps, offered beside its tabs; the fullest is shown by default."""

import streamlit as st

import claims
import link
from contested.analysis.timing.opening_window import opened, windows
from contested.query.selection import Selection

STATES = "".join(f'<span><i class="{one}"></i>{one}</span>' for one in ("certain", "possible", "hearsay", "denied"))
"""The key of the four states in which a mark is drawn, as HTML."""


def show(selected: Selection) -> None:
    """Show the key of the marks, and the windows where there are several."""
    st.html(f'<p class="key">{STATES}</p>', width="content")
    every = claims.ask("timeline", selected.model_copy(update={"since": None, "until": None}))
    offered = {one.name: one.instants(selected.zone) for one in windows(every.rows)}
    if len(offered) > 1:
        shown = claims.ask("timeline", selected)
        window = opened(shown.rows, shown.legend)
        usual = opened(every.rows, every.legend)
        st.segmented_control(
            "Hours shown",
            list(offered),
            label_visibility="collapsed",
            width="content",
            **link.span("window", offered, window and window.name, usual and usual.name),
        )
