"""Failures: what a page says where something cannot be shown, in a sentence of its own with one next step.

A reader never sees a traceback. What nobody foresaw gets a code of four signs, under which the log holds the rest.
"""

import errno
import logging
import secrets
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

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
def explained(what: str) -> Iterator[None]:
    """Say in the place of what failed that it did, why, and what to do next; the rest of the page goes on."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 whatever fails is said, or logged under a code
        st.warning(f"**{plain(what)}.** {plain(why(error) or _logged(error))}")
        st.button("Look again" if isinstance(error, ConflictError) else "Try again", key=f"again-{what}")


def why(error: Exception) -> str:
    """Say why something failed, as far as it was foreseen."""
    match error:
        case ContestedError():
            return _sentence(str(error))
        case ValidationError():
            first = error.errors(include_url=False)[0]
            return _sentence(f"{'.'.join(map(str, first['loc'])) or 'It'}: {first['msg']}")
        case OSError() if error.errno in FULL:
            return "The disk is full. Make room on it; what was recorded before is kept."
        case OSError():
            return _sentence(f"The system refuses {error.filename or 'it'}: {error.strerror or type(error).__name__}")
        case MemoryError():
            return "The memory of this machine is not enough. Choose fewer accounts or a shorter time."
    return ""


def _sentence(text: str) -> str:
    text = shown(printable(text.strip()))
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '…')) else '.'}"


def _logged(error: Exception) -> str:
    """Write a failure that nobody foresaw to the log, in letters that only show, and name it by a code."""
    code = secrets.token_hex(2).upper()
    LOG.error("%s %s", code, printable("".join(traceback.format_exception(error))))
    return f"This is a fault of the program. It is written to the log as {code}; the rest of the page is not affected."


def unknown_story(asked: str, names: list[str], page: StreamlitPage) -> None:
    """Say that the link asks for a story that is not here, show no other in its place, and offer those there are."""
    st.warning(
        f"**There is no story “{plain(shown(printable(asked)))}” here.** No other is shown in its place. Choose one:"
    )
    for name in names:
        st.page_link(page, label=plain(name), query_params={"story": name})


def passed_over(parts: tuple[PassedOver, ...]) -> None:
    """Name what the link asks for and nobody can follow, and what is shown instead."""
    if parts:
        lines = [f"- {plain(part)}" for part in parts[:LISTED]]
        more = [f"- and {len(parts) - LISTED} more"] * (len(parts) > LISTED)
        st.warning("\n".join(["Not all that this link asks for can be shown.\n", *lines, *more]))
