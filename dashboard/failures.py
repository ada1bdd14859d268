"""Error messages: what a page says where something cannot be shown, in one sentence with one next step.

A reader never sees a traceback. What nobody foresaw gets a code of four signs, under which the log holds the rest.
"""

import errno
import logging
import secrets
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st
from pydantic import ValidationError
from streamlit.navigation.page import StreamlitPage

from chosen import PassedOver
from contested.ingest.characters import printable, shown
from contested.model.problem import ConflictError, ContestedError
from untrusted import plain

LOG = logging.getLogger("contested")
LISTED = 5
FULL = {errno.ENOSPC, errno.EDQUOT}


@contextmanager
def reported(title: str) -> Iterator[None]:
    """Catch any error and show it as a warning with its reason and a button to try again; the page goes on."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 every error is shown, or logged under a code
        st.warning(f"**{plain(title)}.** {plain(reason(error) or _logged(error))}")
        st.button("Look again" if isinstance(error, ConflictError) else "Try again", key=f"again-{title}")


def reason(error: Exception) -> str:
    """Describe an expected error in a sentence; empty for any other."""
    match error:
        case ContestedError():
            return _sentence(str(error))
        case ValidationError():
            first = error.errors(include_url=False)[0]
            return _sentence(f"{'.'.join(map(str, first['loc'])) or 'It'}: {first['msg']}")
        case OSError() if error.errno in FULL:
            return "The disk is full. Make room on it; what was recorded before is kept."
        case OSError():
            name = Path(str(error.filename)).name if error.filename else "it"  # not its folder: visitors read it
            return _sentence(f"The system refuses {name}: {error.strerror or type(error).__name__}")
        case MemoryError():
            return "The memory of this machine is not enough. Choose fewer accounts or a shorter time."
    return ""


def _sentence(text: str) -> str:
    text = shown(printable(text.strip()))
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '…')) else '.'}"


def _logged(error: Exception) -> str:
    """Log an unexpected error without control characters, and return a sentence with its code."""
    code = secrets.token_hex(2).upper()
    LOG.error("%s %s", code, printable("".join(traceback.format_exception(error))))
    return f"This is a fault of the program. It is written to the log as {code}; the rest of the page is not affected."


def offer_stories(asked: str, names: list[str], page: StreamlitPage) -> None:
    """Warn that the link names an unknown story, and link to those there are."""
    st.warning(
        f"**There is no story “{plain(shown(printable(asked)))}” here.** No other is shown in its place. Choose one:"
    )
    with st.container(key="offered-stories", gap=None):
        for name in names:
            st.page_link(page, label=plain(name), query_params={"story": name})


def warn_passed_over(parts: tuple[PassedOver, ...]) -> None:
    """List the parameters of the link that were ignored, and what is shown instead."""
    if parts:
        lines = [f"- {plain(part)}" for part in parts[:LISTED]]
        more = [f"- and {len(parts) - LISTED} more"] * (len(parts) > LISTED)
        st.warning("\n".join(["Not all that this link asks for can be shown.\n", *lines, *more]))
