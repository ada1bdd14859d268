"""The story of a data set: how many were killed, who they were, how sure that is; then a card for each question."""

from collections.abc import Iterator

import streamlit as st

import claims
import data_set_filters
import failures
import findings
import unsaid
from card import card
from contested.chart import Finding
from contested.charts.killed_over_time import who
from contested.charts.precision_and_sources import publishers
from contested.model.wording import counted
from contested.query.selection import Selection
from contested.query.story_form import Holdings
from unsaid import Unsaid
from views.story import half

_PAIRS = ("events-over-time", "who-against-whom", "map")
"""The charts below the first, two beside each other."""


def show(selected: Selection) -> None:
    """Show the findings of a data set, then the cards of what it holds."""
    held = claims.holdings()
    with failures.reported("The filters cannot be shown here"):
        data_set_filters.show(selected)
    with failures.reported("What was found cannot be shown"):
        findings.show(list(_findings(selected)))
    with failures.reported("The killed over time cannot be shown"):
        card(claims.ask("killed-over-time", selected))
    with st.container(horizontal=True, key="pairs", gap=None):
        for key in _PAIRS:
            _place(key, held, selected)
        with st.container(key="left-column", gap=None):
            _place("precision-and-sources", held, selected)
            unsaid.show("What this data set does not say", list(_unsaid(held, selected)))


def _place(key: str, held: Holdings, selected: Selection) -> None:
    with st.container(key=f"place-{key}"):
        if _is_answered(key, held):
            with failures.reported("This card cannot be shown"):
                half(claims.ask(key, selected))


def _is_answered(key: str, held: Holdings) -> bool:
    return {"who-against-whom": held.has_sides, "map": held.has_places, "events-over-time": held.has_times}.get(
        key, True
    )


def _findings(selected: Selection) -> Iterator[Finding]:
    for key in ("killed-over-time", "precision-and-sources"):
        answer = claims.ask(key, selected)
        if answer.finding:
            yield answer.finding
        if key == "killed-over-time" and (found := who(answer.rows)):
            yield found


def _unsaid(held: Holdings, selected: Selection) -> Iterator[Unsaid]:
    if not held.has_hours:
        yield Unsaid("The hour", "of any event: so there are no clashes by hour and no delays.")
    if held.accounts == 1:
        number = publishers(claims.ask("precision-and-sources", selected).rows)
        behind = f"; {counted(number, 'publisher')} stand behind the events" if number > 1 else ""
        yield Unsaid("What each side said:", f"one account speaks{behind}.")
    if not held.has_injured:
        yield Unsaid("Who was injured:", "no figure counts them, which does not mean that there were none.")
    if not held.is_dated:
        yield Unsaid("When it was said:", "no figure has a time of its own, so none can be seen to change.")
