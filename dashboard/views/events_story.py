"""The story of events that are no tellings, log or data set: how many, when and where, then what they hold."""

from collections.abc import Iterator
from functools import partial

import streamlit as st

import claims
import failures
import findings
import timeline_windows
from card import card
from contested.chart import Finding
from contested.model.wording import counted
from contested.query.selection import Selection
from contested.query.story_form import Holdings
from contested.text import periods
from views.story import half, silence


def show(selected: Selection) -> None:
    """Show how many events there are, when and where, then a card for each question that they answer."""
    held = claims.holdings()
    with failures.reported("What was found cannot be shown"):
        findings.show(list(_findings(held, selected)))
    if held.has_times:
        with failures.reported("The timeline cannot be shown"):
            card(claims.ask("timeline", selected), controls=partial(timeline_windows.show, selected))
    with st.container(horizontal=True, key="pairs", gap=None):
        for key, is_held in _cards(held).items():
            with st.container(key=f"place-{key}"):
                if is_held:
                    with failures.reported("This card cannot be shown"):
                        half(claims.ask(key, selected))
    silence()


def _cards(held: Holdings) -> dict[str, bool]:
    return {
        "casualty-counts": held.has_casualties,
        "response-delays": held.timed_events > 0,
        "map": held.has_places,
        "events-over-time": held.has_times,
    }


def _findings(held: Holdings, selected: Selection) -> Iterator[Finding]:
    """Say how many events, of what span, at how many places."""
    left = sum(claims.claims_by_account(selected).values())
    who = f"{counted(held.accounts, 'account')} {'tells' if held.accounts == 1 else 'tell'} of them"
    yield Finding(
        "Events", f"{counted(held.events, 'event')}, told in {counted(left, 'claim')}.", f"{who[0].upper()}{who[1:]}."
    )
    dated = claims.ask("events-over-time", selected)
    told = dated.rows["period"].dropna()
    if len(told):
        first, last = min(told), max(told)
        when = periods.name(first) if first == last else f"{periods.name(first)} to {periods.name(last)}"
        yield Finding("When", f"They are dated {'to ' if first == last else ''}{when}.", f"{dated.title}.")
    if places := len(claims.facets().places):
        yield Finding("Where", f"They name {counted(places, 'place')}.", "")
