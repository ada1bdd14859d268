"""The list of decks about a story: each is opened, and a new one begun."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

import claims
from contested.drawing import html
from contested.model.times import day_and_hour
from contested.model.wording import counted
from contested.record.decks import Decks


def show(decks: Decks, names: Sequence[str], begin: Callable[[], None], choose: Callable[[str], None]) -> None:
    """List them, the one changed last first; `choose` is told which one is opened, `begin` makes a new one."""
    for name in names:
        deck = decks.read(name)
        with st.container(horizontal=True, vertical_alignment="center", key=f"deck-of-mine-{name}"):
            number = counted(len(deck.slides), "slide")
            state = f"frozen at entry {deck.frozen.partition('-')[0]}" if deck.frozen else "live"
            about = f"{number} · {state} · changed {day_and_hour(local(decks.kept_at(name)))}"
            st.html(f"<p><b>{html(deck.title)}</b><br><small>{html(about)}</small></p>", width="stretch")
            st.button("Open", on_click=choose, args=(name,), key=f"deck-open-{name}", help=f"Open “{deck.title}”")
    st.button("New deck", on_click=begin, key="deck-new")


def local(moment: datetime) -> datetime:
    """Give a moment by the clocks of the story."""
    return moment.astimezone(ZoneInfo(claims.story().package.zone))
