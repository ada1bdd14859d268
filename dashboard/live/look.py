"""The mount of the look at the record: the browser asks for its head once a second, and for the bar once it moved."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from browser_component import BrowserComponent

KEY = "live-look"
_COMPONENT = BrowserComponent("look", Path(__file__).parent / "browser", ("look.js",))


def show(data: Mapping[str, Any]) -> None:
    """Show how old the data of the page are; where the head is another one than here, the fragment runs again."""
    _mount(KEY, data)


def listen() -> None:
    """Show nothing; the whole page runs again where its session was lost, and the fragment with it."""
    _mount(f"{KEY}-whole", {"isWhole": True})


def _mount(key: str, data: Mapping[str, Any]) -> None:
    _COMPONENT.mount(key=key, data=data, on_moved_change=lambda: None)
