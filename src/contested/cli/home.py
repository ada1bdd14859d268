"""Where things lie on this machine: the dashboard, the example, and the record of what is imported."""

import os
import sys
from pathlib import Path

_INSTALLED = Path(__file__).parents[1] / "served"
HOME = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parents[3]
"""The folder with `dashboard`, `data` and `.streamlit`: inside the installed package, or the checkout."""
EXAMPLE = HOME / "data" / "korday-2020"


def default_record() -> Path:
    """Return where imports are kept unless the environment says otherwise: in the checkout, or the user's folder."""
    if HOME != _INSTALLED:
        return HOME / "record.sqlite"
    return _data_folder() / "contested" / "record.sqlite"


def beside(record: str, ending: str) -> Path:
    """Say where what belongs to a record and is not in it is kept: beside its file, or with those of this machine."""
    return default_record().with_name(f"shared.{ending}") if "://" in record else Path(f"{record}.{ending}")


def _data_folder() -> Path:
    """Return the folder in which programs keep what belongs to a user, as each system has it."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
