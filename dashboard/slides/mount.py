"""The mount of the list of slides: what each shows, and which one was chosen or put in another place."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st

from browser_component import BrowserComponent

_COMPONENT = BrowserComponent("slides", Path(__file__).parent / "browser", ("slides.js",))


class Listed(NamedTuple):
    """A slide in the list: its title, what it is, and its picture as SVG."""

    title: str
    about: str
    picture: str


def show(
    key: str, slides: Sequence[Listed], chosen: int, choose: Callable[[int], None], put: Callable[[int, int], None]
) -> None:
    """Show the slides; `choose` is told which one is pressed, `put` which one goes to which place."""
    _COMPONENT.mount(
        key=key,
        data={"slides": [one._asdict() for one in slides], "chosen": chosen},
        on_choose_change=lambda: _told(key, "choose", lambda place: choose(int(place))),
        on_put_change=lambda: _told(key, "put", lambda places: put(int(places[0]), int(places[1]))),
    )


def _told(key: str, name: str, act: Callable[[Any], None]) -> None:
    said = st.session_state[key][name]
    if said is not None:
        act(said)
