"""The sidebar: the filters of every view, each wired to the parameter of the link that a field of `Selection` names."""

from collections.abc import Iterable, Mapping
from itertools import permutations

import streamlit as st

import link
from contested.model.story import Story
from contested.model.times import HEDGE_MINUTES
from contested.model.vocabulary import MILESTONE_KINDS, UNIT_KINDS, Calls, Milestone, Units
from contested.model.wording import spaced
from contested.model.zones import names
from contested.query.facets import Facets
from contested.query.legend import Voice
from contested.query.resolution import Resolution
from contested.query.scenario import is_scenario
from contested.query.selection import By, Selection
from contested.query.voices import voices
from untrusted import plain


def show(story: Story, facets: Facets, names: list[str], selected: Selection) -> None:
    """Show the stories, where there are several, and the filters of the one in view."""
    with st.sidebar:
        if len(names) > 1:
            st.selectbox("Story", names, **link.one("story", names, names[0]))
        _voices(story, facets)
        _more(story, facets)
        _times(story, facets, selected)
        _clocks(story, facets, selected)
        _resolution(story, facets)


def _voices(story: Story, facets: Facets) -> None:
    st.radio("Tell the story by", list(map(str, By)), horizontal=True, **link.one("by", list(By), By.ACCOUNT))
    _pills("Accounts", "account", _counted(voices(story, facets, By.ACCOUNT), facets.accounts))
    _pills("Sides", "side", _counted(voices(story, facets, By.SIDE), facets.sides))


def _counted(named: Iterable[Voice], counts: Mapping[str, int]) -> dict[str, str]:
    return {voice.key: f"{voice.label} ({counts.get(voice.key, 0):,})" for voice in named}


def _more(story: Story, facets: Facets) -> None:
    places = {place: story.places[place].label if place in story.places else place for place in facets.places}
    with st.expander("Kind and place"):
        _pills("Kinds", "kind", {kind: kind for kind in facets.kinds})
        _pills("Places", "place", places)


def _pills(label: str, key: str, options: dict[str, str]) -> None:
    wired, shown = link.many(key, options), {one: plain(label) for one, label in options.items()}
    st.pills(label, list(options), selection_mode="multi", format_func=shown.__getitem__, **wired)


def _times(story: Story, facets: Facets, selected: Selection) -> None:
    here = st.context.timezone or "UTC"
    zones = list(dict.fromkeys([story.package.zone, "UTC", here if here in names() else "UTC", selected.zone]))
    fields = {"from": "From", "to": "To", "as_known_at": "As known at", "compared_with": "What changed since"}
    with st.expander("Time and reading"):
        zone = st.selectbox("Time zone", zones, **link.one("zone", zones, story.package.zone))
        for key, label in fields.items():
            st.datetime_input(label, **link.moment(key, zone))
        times = list(map(str, facets.clocks))
        if len(times) > 1:
            st.radio("Known by the time it was", times, horizontal=True, **link.one("known_by", times, times[0]))
        st.toggle(f"Read “about” as ±{HEDGE_MINUTES} minutes", **link.flag("hedged"))


def _clocks(story: Story, facets: Facets, selected: Selection) -> None:
    milestones = list(map(str, Milestone))
    with st.expander("Clock of the delays"):
        start = st.selectbox(
            "Starts at", milestones, format_func=spaced, **link.one("start", milestones, Milestone.ONSET)
        )
        stop = st.selectbox(
            "Stops at", milestones, format_func=spaced, **link.one("stop", milestones, Milestone.ARRIVAL)
        )
        st.selectbox("Of several units", list(map(str, Units)), **link.one("units", list(Units), Units.FIRST))
        if not facets.kinds.keys().isdisjoint(UNIT_KINDS):
            wired = link.one("calls", list(Calls), Calls.ARRIVALS)
            st.radio("Of which calls", list(map(str, Calls)), format_func=_CALLS.__getitem__, **wired)
        _one_of("Scenario: believe two accounts", "scenario", _scenarios(story, facets, start, stop))
        for way, rules in _RULES.items():
            asked = getattr(selected, f"trimmed_{way}_minutes")
            options = ({} if asked is None else {str(asked): f"{asked} minutes"}) | rules
            _one_of(f"Leave out of the pools, if {way}", f"trimmed_{way}_minutes", options)


_CALLS = {Calls.ARRIVALS: "Calls with an arrival", Calls.EVERY: "Every call, also where help never came"}


_RULES = {
    "below": {"0": "0 minutes (Home Office, e: out of order)", "1": "1 minute (Home Office, d)"},
    "above": {"60": "60 minutes (Home Office, d)"},
}
"""Published rules of trimming: those of the Home Office for response times to fires in England, April 2021 to March
2022, leave out what took (d) over an hour or less than a minute, and (e) what is out of order."""


_MOST_PAIRED = 20
"""Pairs of more accounts than this are no list to choose from; a link may still name any two."""


def _scenarios(story: Story, facets: Facets, start: str, stop: str) -> dict[str, str]:
    """Pair every two accounts that tell of what starts or stops a clock, and what the link asks for besides."""
    heard = {account for account, kinds in facets.kinds_of.items() if not kinds.isdisjoint(MILESTONE_KINDS)}
    labels = {voice.key: voice.label for voice in voices(story, facets, By.ACCOUNT) if voice.key in heard}
    pairs = {
        f"start={one},stop={other}": f"{labels[one]} on the {start}, {labels[other]} on the {stop}"
        for one, other in permutations(labels, 2)
    }
    asked = filter(is_scenario, st.query_params.get_all("scenario"))
    return {one: one for one in asked} | (pairs if len(labels) <= _MOST_PAIRED else {})


def _resolution(story: Story, facets: Facets) -> None:
    accounts = {voice.key: f"Prefer {voice.label}" for voice in voices(story, facets, By.ACCOUNT)}
    sources = story.sources.keys() & {*st.query_params.get_all("resolution")}
    rules = {str(rule): words for rule, words in _RESOLUTIONS.items()}
    options = {one: f"Prefer {one}" for one in sources} | accounts | rules
    wired = link.one("resolution", options, Resolution.ALL)
    ordered = [*rules, *(one for one in options if one not in rules)]
    st.selectbox("Where figures differ", ordered, format_func=options.__getitem__, **wired)


_RESOLUTIONS = {
    Resolution.ALL: "Show all",
    Resolution.RANGE: "Give the range",
    Resolution.MAJORITY: "Go by the majority of independent origins",
    Resolution.DEFER: "Leave it open",
}


def _one_of(label: str, key: str, options: dict[str, str]) -> None:
    """Offer one of several, or none."""
    wired = link.one(key, options)
    st.selectbox(label, list(options), format_func=options.__getitem__, placeholder="None", **wired)
