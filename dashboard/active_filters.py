"""The filters in use, each as a pill that takes it off, with how many claims they leave."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo

import streamlit as st

import claims
from contested.model.story import Story
from contested.model.times import HEDGE_MINUTES, day_and_hour, span
from contested.model.vocabulary import Calls, Kind, Units
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
    names = _names(story)
    for name, values in selected.kept_values():
        if name == "where":
            for one, kept in by_name(selected.where).items():
                yield Active(narrowed(one, [_few(kept, "values")], selected.zone), (name,))
        else:
            yield Active(_few([names.get(name, {}).get(one, one) for one in values], f"{name}s"), (name,))
    yield from _times(selected)
    yield from _reading(story, selected)
    yield from _compared(selected)


def _names(story: Story) -> Mapping[str, Mapping[str, str]]:
    """Give the words for what filters name by an id."""
    return {
        "account": {NOBODY: "nobody is heard"} | {key: account.label for key, account in story.accounts.items()},
        "side": story.package.sides,
        "kind": {kind: spaced(kind) for kind in Kind},
        "place": {key: place.label for key, place in story.places.items()},
        "event": {key: event.label for key, event in story.events.items()},
    }


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
