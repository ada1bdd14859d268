"""The windows of the timeline: hours between gaps, offered beside its tabs; the fullest is shown by default.

On a page of many cards a window is of the timeline alone, and stands in the link under its name; on the timeline's own
view it is the filter of hours.
"""

from collections.abc import Collection
from typing import Any

import streamlit as st

import claims
from answer_cache import once_per_answer
from contested.analysis.timing.opening_window import Window, opened, windows
from contested.answers import Answer
from contested.query.selection import Selection
from sharing import link

STATES = "".join(f'<span><i class="{one}"></i>{one}</span>' for one in ("certain", "possible", "hearsay", "denied"))
"""The key of the four states in which a mark is drawn, as HTML."""
OWN = "timeline-window"
"""The parameter of a window that is of the timeline alone."""


def show(selected: Selection) -> None:
    """Show the key of the marks, and the windows where there are several: each filters by its hours."""
    show_key()
    offered = {one.name: one.instants(selected.zone) for one in _offered(selected)}
    if len(offered) > 1:
        shown, usual = _opened(selected), _opened(_without_hours(selected))
        _choose(offered, **link.span("hours", offered, shown and shown.name, usual and usual.name))


def show_own(selected: Selection) -> None:
    """Show the same where only the timeline goes by the window that is chosen."""
    show_key()
    offered = [one.name for one in _offered(selected)]
    if len(offered) > 1:
        usual = _opened(selected)
        _choose(offered, **link.one(OWN, offered, usual and usual.name))


def of_own(selected: Selection) -> Selection:
    """Narrow a selection to the window that the link names for the timeline alone."""
    asked = st.query_params.get(OWN)
    window = next((one for one in _offered(selected) if one.name == asked), None) if asked else None
    if window is None:
        return selected
    since, until = window.instants(selected.zone)
    return Selection.model_validate(selected.model_dump() | {"since": since, "until": until})


def show_key() -> None:
    """Show what the four states look like."""
    st.html(f'<p class="key">{STATES}</p>', width="content")


def _choose(offered: Collection[str], **wired: Any) -> None:  # noqa: ANN401 a binding
    st.segmented_control("Hours shown", list(offered), label_visibility="collapsed", width="content", **wired)


def _offered(selected: Selection) -> list[Window]:
    return windows_of(claims.ask("timeline", _without_hours(selected)))


def _opened(selected: Selection) -> Window | None:
    return _window_of(claims.ask("timeline", selected))


@once_per_answer
def windows_of(answer: Answer) -> list[Window]:
    """List the windows of a timeline."""
    return windows(answer.rows)


@once_per_answer
def _window_of(answer: Answer) -> Window | None:
    return opened(answer.rows, answer.legend)


def _without_hours(selected: Selection) -> Selection:
    return selected.model_copy(update={"since": None, "until": None})
