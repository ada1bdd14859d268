"""What delays are measured by: the clock, the groups, the target, and which calls count; each is in the link."""

from collections.abc import Sequence

import streamlit as st

import claims
from contested.analysis.timing.delay_words import WORDS
from contested.model.vocabulary import Calls, Milestone
from contested.query.groups import Part, spoken
from contested.query.selection import Selection
from sharing import link
from untrusted import plain

_SAID = {str(one): WORDS[one].noun for one in Milestone}
_COUNTED = {str(Calls.EVERY): "every call", str(Calls.ARRIVALS): "calls with an arrival"}


def start(offered: Sequence[Milestone], shown: Milestone) -> None:
    """Let the reader choose what starts the clock, among some."""
    bound = link.choice("start", str(shown), str(claims.facets().clock.start))
    st.selectbox("Clock starts", list(map(str, offered)), format_func=_SAID.__getitem__, width=150, **bound)


def clock(selected: Selection) -> None:
    """Let the reader choose what starts the clock, and what stops it."""
    opened = claims.facets().clock
    for parameter, words, usual in (("start", "Clock starts", opened.start), ("stop", "Clock stops", opened.stop)):
        bound = link.choice(parameter, str(getattr(selected, parameter)), str(usual))
        st.selectbox(words, list(_SAID), format_func=_SAID.__getitem__, width=150, **bound)


def calls(selected: Selection) -> None:
    """Let the reader choose whether calls without an arrival count."""
    bound = link.choice("calls", str(selected.calls), str(Calls.ARRIVALS))
    st.segmented_control("Count", list(_COUNTED), format_func=_COUNTED.__getitem__, required=True, **bound)


def group_by(selected: Selection) -> None:
    """Offer the kept columns of a few values and the parts of the calendar; say why others are not offered."""
    columns = claims.facets().kept_columns.values()
    offered = [*(column.name for column in columns if column.is_offered), *map(str, Part)]
    offered += [selected.group] if selected.group and selected.group not in offered else []
    refused = "; ".join(f"{column.name}: {column.refusal}" for column in columns if not column.is_offered)
    st.selectbox(
        "Group by",
        offered,
        format_func=lambda name: spoken(name, selected.zone),
        index=None,
        placeholder="nothing",
        help=plain(f"Not offered: {refused}.") if refused else None,
        width=170,
        **link.choice("group", selected.group, None),
    )


def target(selected: Selection) -> None:
    """Let the reader set within how many minutes help is to come: one target, or several."""
    chosen = [f"{minutes:g}" for minutes in selected.target_minutes]
    st.multiselect(
        "Targets, minutes",
        [*dict.fromkeys([*chosen, *_USUAL_TARGETS])],
        accept_new_options=True,
        placeholder="none",
        width=max(_NARROW, 60 + 48 * len(chosen)),
        **link.choice("target_minutes", chosen, []),
    )


_USUAL_TARGETS = ("4", "5", "6", "8", "10", "15", "20", "30")
_NARROW = 130
"""In px; each target that is chosen takes more."""
