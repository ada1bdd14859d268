"""The slide that was taken out last, so that it can be put back while the page is open."""

from collections.abc import Callable

import streamlit as st

from contested.record.decks import Planned

_KEPT = "slides-taken-out"
"""Where a session keeps it, with its deck and its place."""


def remember(deck: str, place: int, slide: Planned) -> None:
    """Keep a slide that is taken out."""
    st.session_state[_KEPT] = (deck, place, slide)


def offer(deck: str, put_back: Callable[[Planned, int], None]) -> None:
    """Offer to put it back where it was, if it was in this deck."""
    of, place, slide = st.session_state.get(_KEPT, ("", 0, None))
    if slide is None or of != deck:
        return

    def back() -> None:
        del st.session_state[_KEPT]
        put_back(slide, place)

    st.button("Put back", on_click=back, key="deck-back")
