"""The font of the pages, as the dashboard brings it with it: a file of its own then looks the same everywhere."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

_FONT = "SourceSansVF-Upright.*.woff2"


@cache
def font() -> bytes:
    """Read it as WOFF2; nothing where there is none, and a reader's own font stands in."""
    dashboard = find_spec("streamlit")
    folders = (dashboard.submodule_search_locations if dashboard else None) or ()
    found = (path for folder in folders for path in Path(folder, "static", "static", "media").glob(_FONT))
    return next((path.read_bytes() for path in found), b"")
