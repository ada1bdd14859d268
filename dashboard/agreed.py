"""What a person agreed to: a difference as it was shown, carried from the click to the run that records it.

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

_VIEW = "in-view"


class Agreed(NamedTuple):
    """The record that was in view, and the difference from it, summed up in one hash."""

    base: Head
    digest: str


def in_view(record: Record | None, about: str) -> Head:
    """Give the last entry that was recorded when a person began to look at something; what they look at goes by it."""
    seen: tuple[str, Head] | None = st.session_state.get(_VIEW)
    if seen is None or seen[0] != about:
        seen = st.session_state[_VIEW] = (about, record.head if record else EMPTY_HEAD)
    return seen[1]


def button(label: str, one: Release, key: str, *, disabled: bool) -> None:
    """Draw the button by which a person agrees to a difference."""
    agreed = Agreed(one.base, one.digest())
    st.button(label, type="primary", disabled=disabled, key=key, on_click=_agree, args=(key, agreed))


def _agree(key: str, agreed: Agreed) -> None:
    st.session_state[f"agreed-{key}"] = agreed


def taken(key: str) -> Agreed | None:
    """Give what was agreed to with the last click, once; whatever becomes of it, the next look is a new one."""
    agreed: Agreed | None = st.session_state.pop(f"agreed-{key}", None)
    if agreed:
        st.session_state.pop(_VIEW, None)
    return agreed


def recorded(record: Record, agreed: Agreed, one: Release, hand: ChangeNote) -> Entry:
    """Record a difference, worked out anew, if it is the one that was agreed to and nobody has written since."""
    record.refuse_changed_since(one.submission.story, agreed.base)
    if one.digest() != agreed.digest:
        message = "what would be recorded is not what was shown, as a choice on the page has changed; look at it anew"
        raise ConflictError(message)
    return accept(record, one._replace(base=agreed.base), hand)
