"""The mount of the look at the record: the browser asks for its head once a second, and for the bar once it moved."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from live import newest

KEY = "live-look"
_SCRIPT = Path(__file__).parent / "browser" / "look.js"
_NAME = f"look-{hashlib.sha256(_SCRIPT.read_bytes()).hexdigest()[:12]}"
"""Part of the address of the script, which a browser keeps for good."""
_COMPONENT = f"contested.{_NAME}"


def show(data: Mapping[str, Any]) -> None:
    """Show how old the data of the page are; where the head is another one than here, the fragment runs again."""
    _mount(KEY, {**data, "address": f".{newest.PATH}"})


def listen() -> None:
    """Show nothing; the whole page runs again where its session was lost, and the fragment with it."""
    _mount(f"{KEY}-whole", {"isWhole": True})


def _mount(key: str, data: Mapping[str, Any]) -> None:
    _register()
    _component()(key=key, data=data, on_moved_change=lambda: None)


def _register() -> None:
    """Let Streamlit serve the script as a file, which the page's policy allows; once a runtime, as tests make many."""
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(_COMPONENT) is None:
        component = ComponentConfig(_NAME, _SCRIPT.parent.name)
        manager.register_from_manifest(ComponentManifest("contested", "1", [component]), _SCRIPT.parents[1])


@cache
def _component() -> Any:  # noqa: ANN401 Streamlit's own
    return st.components.v2.component(_COMPONENT, js=_SCRIPT.name, isolate_styles=False)
