"""The filters in use, each as a pill that takes it off, with how many claims they leave."""

from collections.abc import Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

import streamlit as st

import claims
from contested.model.story import Story
from contested.model.times import HEDGE_MINUTES, day_and_hour, span
from contested.model.vocabulary import Calls, Units
from contested.model.wording import spaced
from contested.query import scenario
from contested.query.facets import Facets
from contested.query.groups import by_name, narrowed, spoken
from contested.query.resolution import sentence
from contested.query.selection import NOBODY, By, Selection
from sharing import link
from untrusted import plain


class Active(NamedTuple):
    """A filter in use: what it says, and the parameters that hold it."""

    words: str
    parameters: tuple[str, ...]


def show(story: Story, facets: Facets, selected: Selection) -> None:
    """Show a row of the filters in use; nothing where none is."""
    found = list(active(story, selected))
    if not found:
        return
    total, left = sum(facets.accounts.values()), sum(claims.claims_by_account(selected).values())
    with st.container(horizontal=True, gap=None, key="filters-in-use"):
        st.html(f'<span class="left">{left:,} of {total:,} claims</span>', width="content")
        for one in found:
            key = f"off-{one.parameters[0]}"
            st.button(f"{plain(one.words)} ✕", key=key, on_click=link.write, args=(dict.fromkeys(one.parameters),))
        every = dict.fromkeys(name for one in found for name in one.parameters)
        st.button("Clear all", key="clear-all", type="tertiary", on_click=link.write, args=(every,))


def active(story: Story, selected: Selection) -> Iterator[Active]:
    """Go through the filters that are not as usual."""
    if selected.account:
        labels = {NOBODY: "nobody is heard"} | {key: account.label for key, account in story.accounts.items()}
        yield Active(_few([labels.get(one, one) for one in selected.account], "accounts"), ("account",))
    if selected.side:
        yield Active(_few([story.package.sides.get(one, one) for one in selected.side], "sides"), ("side",))
    if selected.kind:
        yield Active(_few([spaced(one) for one in selected.kind], "kinds"), ("kind",))
    if selected.place:
        names = [story.places[one].label if one in story.places else one for one in selected.place]
        yield Active(_few(names, "places"), ("place",))
    if selected.event:
        events = [story.events[one].label if one in story.events else one for one in selected.event]
        yield Active(_few(events, "events"), ("event",))
    for name, values in by_name(selected.where).items():
        yield Active(narrowed(name, [_few(values, "values")], selected.zone), ("where",))
    yield from _times(selected)
    yield from _reading(story, selected)
    yield from _compared(selected)


def _few(names: list[str], noun: str) -> str:
    return " or ".join(names) if len(names) < 3 else f"{len(names)} {noun}"  # noqa: PLR2004 a pill is short


def _times(selected: Selection) -> Iterator[Active]:
    zone = ZoneInfo(selected.zone)
    since, until = (moment and moment.astimezone(zone) for moment in (selected.since, selected.until))
    if since and until:
        yield Active(span(since, until), ("from", "to"))
    elif since:
        yield Active(f"from {day_and_hour(since)}", ("from",))
    elif until:
        yield Active(f"until {day_and_hour(until)}", ("to",))
    if selected.known_by != Selection.model_fields["known_by"].default:
        yield Active(f"known by when it was {selected.known_by}", ("known_by",))
    if selected.hedged:
        yield Active(f"“about” as ±{HEDGE_MINUTES} min", ("hedged",))


def _reading(story: Story, selected: Selection) -> Iterator[Active]:
    names = {key: account.label for key, account in story.accounts.items()}
    if selected.by is not By.ACCOUNT:
        yield Active("told by side", ("by",))
    if (selected.start, selected.stop) != claims.facets().clock:
        yield Active(f"from {spaced(selected.start)} to {spaced(selected.stop)}", ("start", "stop"))
    if selected.units is not Units.FIRST:
        yield Active("every unit", ("units",))
    if selected.calls is not Calls.ARRIVALS:
        yield Active("every call", ("calls",))
    if selected.scenario:
        yield Active(scenario.said(selected.scenario, lambda key: names.get(key, key)), ("scenario",))
    if rule := sentence(selected.resolution, names):
        yield Active(rule, ("resolution",))
    if trimmed := selected.trimmed():
        yield Active(f"without delays {' or '.join(trimmed)}", ("trimmed_below_minutes", "trimmed_above_minutes"))


def _compared(selected: Selection) -> Iterator[Active]:
    if selected.group:
        yield Active(f"by {spoken(selected.group, selected.zone)}", ("group",))
    if selected.target_minutes:
        yield Active(selected.targets(), ("target_minutes",))
    if selected.period is not None:
        yield Active(f"by {selected.period}", ("period",))
