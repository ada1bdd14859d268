"""The remarks of a slide: a presenter says a sentence at a moment, which stands with an arrow on the chart."""

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

import streamlit as st

import claims
from contested.drawing import html
from contested.model.remark import MOST_LETTERS, WHOSE, Remark
from contested.model.times import day_and_hour, readings, zone_time
from contested.record.decks import MOST_REMARKS


def show(key: str, told: Sequence[Remark], keep: Callable[[Sequence[Remark]], None]) -> None:
    """List them, let each be taken out, and ask for another; `keep` is given what they then are."""
    zone = claims.story().package.zone
    st.html(f"<h4>Your remarks on the chart</h4><p class=sub>An arrow and a sentence, shown as yours: {WHOSE}.</p>")
    for number, one in enumerate(told):
        others = [*told[:number], *told[number + 1 :]]
        text, button = st.columns([5, 1], vertical_alignment="center")
        text.html(f"<p>{html(one.sentence(zone))}</p>")
        button.button(
            "Take out",
            help=f"Take out the remark of {day_and_hour(one.at.astimezone(ZoneInfo(zone)))}",
            on_click=keep,
            args=(others,),
            key=f"deck-unsay-{key}-{number}",
        )
    if len(told) < MOST_REMARKS:
        _add(key, told, keep, zone)


def _add(key: str, told: Sequence[Remark], keep: Callable[[Sequence[Remark]], None], zone: str) -> None:
    """Ask for a moment and a sentence; an hour that the clocks showed twice is the first of the two."""
    when, what = (f"deck-{one}-{key}-{len(told)}" for one in ("when", "what"))
    moment, words = st.columns([2, 3])
    moment.datetime_input(f"Moment, {zone_time(zone)}", value=None, key=when)
    words.text_input("What you say of it", max_chars=MOST_LETTERS, key=what)

    def add() -> None:
        wall, said = st.session_state[when], st.session_state[what].strip()
        if wall and said:
            keep([*told, Remark(at=readings(wall, zone)[0], words=said)])

    st.button("Add remark", on_click=add, key=f"deck-say-{key}")
