"""Where things are kept: the story that the dashboard was started with, and the record of what is written."""

import os

import streamlit as st

from contested.cli.home import EXAMPLE, default_record
from contested.record import is_record
from request_filter import LOOPBACK


def served_story() -> str:
    """Return what the dashboard was started with: a folder, a file, or a record."""
    return os.environ.get("CONTESTED_STORY", str(EXAMPLE))


def record_address() -> str | None:
    """Say which record keeps what is imported: the one in view, one of this machine, or none where others can reach it.

    Where imports to a dashboard that other machines reach are kept is for its keeper to decide, by CONTESTED_RECORD.
    """
    if is_record(served_story()):
        return served_story()
    alone = st.get_option("server.address") in LOOPBACK
    return os.environ.get("CONTESTED_RECORD") or (str(default_record()) if alone else None)
