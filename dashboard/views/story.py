"""The story: what happened, as of when, told by whom."""

import streamlit as st

import claims
import failures
from card import card
from contested.answers import Answer
from contested.query.selection import Selection
from untrusted import plain
from views.compare import most_disputed

FINDINGS = (("hourly-clashes", "Clashes", 0), ("response-delays", "Help", 0), ("casualty-counts", "People", 1))
"""The charts below the first, what each is about, and on which side its card stands."""


def show(selected: Selection) -> None:
    """Show the whole story for the claims that the viewer selected, its first chart before all else."""
    story = claims.story()
    st.title(plain(story.package.title), anchor=False)
    if story.package.standfirst:
        st.markdown(plain(story.package.standfirst))
    stamp, findings = st.container(), st.columns(3)
    with failures.reported("The timeline cannot be shown"):
        timeline = claims.ask("timeline", selected)
        stamp.caption(plain(timeline.stamp()))
        card(timeline)
    sides = st.columns(2)
    for finding, (key, name, side) in zip(findings, FINDINGS, strict=True):
        with finding, failures.reported(f"{name} cannot be shown"):
            answer = claims.ask(key, selected)
            _finding(name, answer)
            with sides[side]:
                card(answer)
    with failures.reported("Where the accounts differ cannot be shown"):
        most_disputed(selected)


def _finding(name: str, answer: Answer) -> None:
    with st.container(border=True, height="stretch"):
        st.caption(name)
        st.header(plain(answer.title), anchor=False)
        st.markdown(plain(" ".join(answer.sentences[1:4])))
