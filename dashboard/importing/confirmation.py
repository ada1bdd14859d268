"""Optimistic locking of what a person confirms: only the difference that was shown is recorded.

While a person looks at a difference it stays the same, whatever others write. If somebody has written since, or a
choice on the page has changed, nothing is recorded with the click, and the person is shown the difference as it now is.
"""

from typing import NamedTuple

import streamlit as st

from contested.model.problem import ConflictError
from contested.record.edits import ChangeNote
from contested.record.entry import EMPTY_HEAD, Entry, Head
from contested.record.log import Record
from contested.record.release import Release, accept

_BASE = "base-entry"


class Confirmation(NamedTuple):
    """What was shown when the button was clicked: the head it was computed against, and its hash."""

    base: Head
    digest: str


def base_of(record: Record | None, subject: str) -> Head:
    """Return the head of the record when this session began to look at a subject; a difference is computed by it."""
    seen: tuple[str, Head] | None = st.session_state.get(_BASE)
    if seen is None or seen[0] != subject:
        seen = st.session_state[_BASE] = (subject, record.head if record else EMPTY_HEAD)
    return seen[1]


def of(release: Release) -> Confirmation:
    """Name what a difference would record, for the click that confirms it."""
    return Confirmation(release.base, release.digest())


def button(label: str, shown: Confirmation, key: str, *, disabled: bool) -> None:
    """Draw the button that confirms a difference."""
    st.button(label, type="primary", disabled=disabled, key=key, on_click=_confirm, args=(key, shown))


def _confirm(key: str, confirmation: Confirmation) -> None:
    st.session_state[f"confirmed-{key}"] = confirmation


def pop(key: str) -> Confirmation | None:
    """Return what the last click confirmed, once; the next difference is computed against the record as it is then."""
    confirmation: Confirmation | None = st.session_state.pop(f"confirmed-{key}", None)
    if confirmation:
        st.session_state.pop(_BASE, None)
    return confirmation


def commit(record: Record, confirmation: Confirmation, release: Release, note: ChangeNote) -> Entry:
    """Record a release that was computed anew; raises `ConflictError` unless it is just the one that was confirmed."""
    record.refuse_changed_since(release.submission.story, confirmation.base)
    if release.digest() != confirmation.digest:
        message = "what would be recorded is not what was shown, as a choice on the page has changed; look at it anew"
        raise ConflictError(message)
    return accept(record, release._replace(base=confirmation.base), note)
