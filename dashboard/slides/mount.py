"""The mount of the list of slides: what each shows, and which one was chosen or put in another place."""

import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

_SCRIPT = Path(__file__).parent / "browser" / "slides.js"
_NAME = f"slides-{hashlib.sha256(_SCRIPT.read_bytes()).hexdigest()[:12]}"
"""Part of the address of the script, which a browser keeps for good."""
_COMPONENT = f"contested.{_NAME}"


class Listed(NamedTuple):
    """A slide in the list: its title, what it is, and its picture as SVG."""

    title: str
    about: str
    picture: str


def show(
    key: str, slides: Sequence[Listed], chosen: int, choose: Callable[[int], None], put: Callable[[int, int], None]
) -> None:
    """Show the slides; `choose` is told which one is pressed, `put` which one goes to which place."""
    _register()
    _component()(
        key=key,
        data={"slides": [one._asdict() for one in slides], "chosen": chosen},
        on_choose_change=lambda: _told(key, "choose", lambda place: choose(int(place))),
        on_put_change=lambda: _told(key, "put", lambda places: put(int(places[0]), int(places[1]))),
    )


def _told(key: str, name: str, act: Callable[[Any], None]) -> None:
    said = st.session_state[key][name]
    if said is not None:
        act(said)


def _register() -> None:
    """Let Streamlit serve the script as a file, which the page's policy allows; once a runtime, as tests make many."""
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(_COMPONENT) is None:
        component = ComponentConfig(_NAME, _SCRIPT.parent.name)
        manager.register_from_manifest(ComponentManifest("contested", "1", [component]), _SCRIPT.parents[1])


@cache
def _component() -> Any:  # noqa: ANN401 Streamlit's own
    return st.components.v2.component(_COMPONENT, js=_SCRIPT.name, isolate_styles=False)
