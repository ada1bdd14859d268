"""A component of ours in the browser: its scripts as files with addresses of their own, and its place on the page."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

PATH = "/_stcore/bidi-components/contested."
"""Where the scripts of our components are."""


@dataclass(frozen=True)
class BrowserComponent:
    """Scripts in one folder, of which the first draws the component."""

    word: str
    folder: Path
    scripts: tuple[str, ...]
    style: str | None = None
    """The style sheet beside them, which goes with the page."""

    @cached_property
    def _name(self) -> str:
        """Name it by what its scripts hold: others have another address, and each is kept by the browser for good."""
        held = b"".join((self.folder / name).read_bytes() for name in self.scripts)
        return f"{self.word}-{hashlib.sha256(held).hexdigest()[:12]}"

    def addresses(self) -> list[str]:
        """Return the addresses of its scripts, from that of the page."""
        return [f".{PATH}{self._name}/{script}" for script in self.scripts]

    def register(self) -> None:
        """Let Streamlit serve the scripts as files, as the page's policy allows; once a runtime, as tests make many."""
        manager = get_bidi_component_manager()
        if manager.get_component_asset_root(f"contested.{self._name}") is None:
            component = ComponentConfig(self._name, self.folder.name)
            manager.register_from_manifest(ComponentManifest("contested", "1", [component]), self.folder.parent)

    @cached_property
    def _renderer(self) -> Any:  # noqa: ANN401 Streamlit's own
        css = (self.folder / self.style).read_text(encoding="utf-8") if self.style else None
        return st.components.v2.component(f"contested.{self._name}", js=self.scripts[0], css=css, isolate_styles=False)

    def mount(self, **what: Any) -> None:  # noqa: ANN401 Streamlit's own
        """Put it on the page, with its key, its data and what is called when it changes."""
        self.register()
        self._renderer(**what)
