"""The story: what happened, as of when, told by whom."""

import streamlit as st

import claims
from card import card
from contested.selection import Selection
from untrusted import plain
from views.compare import most_disputed


def show(selected: Selection) -> None:
    """Show the whole story for the claims that the viewer selected, its first chart before all else."""
    story = claims.story()
    st.title(plain(story.package.title), anchor=False)
    if story.package.standfirst:
        st.markdown(plain(story.package.standfirst))
    timeline = claims.ask("timeline", selected)
    st.caption(plain(timeline.stamp()))
    findings = st.columns(3)
    card(timeline)
    clashes, delays, casualties = (
        claims.ask(key, selected) for key in ("hourly-clashes", "response-delays", "casualty-counts")
    )
    for column, name, answer in zip(
        findings, ("Clashes", "Help", "People"), (clashes, delays, casualties), strict=True
    ):
        with column, st.container(border=True, height="stretch"):
            st.caption(name)
            st.header(plain(answer.title), anchor=False)
            st.markdown(plain(" ".join(answer.sentences[1:4])))
    left, right = st.columns(2)
    with left:
        card(clashes)
        card(delays)
    with right:
        card(casualties)
    most_disputed(selected)
