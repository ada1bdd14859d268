"""Where things lie on this machine: the dashboard, the example, and the record of what is imported."""

import os
import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path

_INSTALLED = Path(__file__).parents[1] / "served"
HOME = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parents[3]
"""The folder with `dashboard`, `data` and `.streamlit`: inside the installed package, or the checkout."""
EXAMPLE = HOME / "data" / "korday-2020"


def font() -> bytes:
    """Read the font of the pages, as the dashboard brings it with it, so that a file of its own looks the same."""
    folders = (find_spec("streamlit") or ModuleSpec("", None)).submodule_search_locations or ()
    found = (path for folder in folders for path in Path(folder, "static", "static", "media").glob(_FONT))
    return next((path.read_bytes() for path in found), b"")


_FONT = "SourceSansVF-Upright.*.woff2"


def default_record() -> Path:
    """Return where imports are kept unless the environment says otherwise: in the checkout, or the user's folder."""
    if HOME != _INSTALLED:
        return HOME / "record.sqlite"
    return _data_folder() / "contested" / "record.sqlite"


def _data_folder() -> Path:
    """Return the folder in which programs keep what belongs to a user, as each system has it."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
