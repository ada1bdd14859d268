"""The drawer of more filters: each stands for a field of `Selection`, and acts only by the button at the foot."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from itertools import permutations
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st
from pydantic import ValidationError

import claims
from contested.analysis.timing.delay_words import WORDS
from contested.model.story import Story
from contested.model.times import HEDGE_MINUTES, zone_words
from contested.model.vocabulary import MILESTONE_KINDS, UNIT_KINDS, Calls, KnownBy, Milestone, Units
from contested.model.wording import spaced
from contested.model.zones import names
from contested.query.facets import Facets
from contested.query.resolution import Resolution
from contested.query.selection import By, Selection
from contested.query.voices import voices
from sharing import link
from untrusted import plain

_DRAFT = "draft-"
"""What the keys of the widgets here begin with: what they hold is not in the link before the button is pressed."""
_MOMENTS = {"from": "Happened from", "to": "until", "compared_with": "What changed since"}
Draft = dict[str, Any]


def forget() -> None:
    """Drop what was chosen here and not shown, as a page does that is drawn anew without the drawer."""
    for key in [key for key in st.session_state if str(key).startswith(_DRAFT)]:
        del st.session_state[key]


@st.dialog("More filters", position="right", width=520)
def show(story: Story, facets: Facets, selected: Selection) -> None:
    """Show the filters of one story, as they are in the link until the reader changes them here."""
    st.caption("Accounts are the chips on the page. Nothing here changes what is counted as said.")
    drafted: Draft = {}
    drafted |= _kinds_and_places(story, facets, selected)
    drafted |= _times(story, facets, selected)
    drafted |= _clock(story, facets, selected)
    drafted |= _figures(story, facets, selected)
    _button(drafted, facets, selected)


def _button(drafted: Draft, facets: Facets, selected: Selection) -> None:
    """Show how many claims would be left, and put the choice into the link."""
    total = sum(facets.accounts.values())
    left, reason = _left(drafted, selected)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="drawer-foot"
    ):
        if st.button("Clear all", key="draft-clear", type="tertiary"):
            link.write(dict.fromkeys(drafted))
            st.rerun()
        if reason:
            st.caption(plain(reason))
        words = f"Show {left:,} of {total:,} claims" if left else "Show no claims"
        if st.button(words, key="show-claims", type="primary", disabled=bool(reason)):
            link.write(drafted)
            st.rerun()


def _left(drafted: Draft, selected: Selection) -> tuple[int, str]:
    """Count the claims that the choice leaves, and say what is wrong with it, if anything is."""
    usual = {name: field.default for name, field in Selection.model_fields.items()}
    asked = selected.model_dump(by_alias=True) | {
        key: usual.get({"from": "since", "to": "until"}.get(key, key)) if _is_none(value) else value
        for key, value in drafted.items()
    }
    try:
        left = sum(claims.claims_by_account(Selection.model_validate(asked)).values())
    except ValidationError as refused:
        return 0, str(refused.errors(include_url=False)[0]["msg"])
    return left, "" if left else "Nothing would be left."


def _is_none(value: object) -> bool:
    return value is None or value in ("", [], ())


def _kinds_and_places(story: Story, facets: Facets, selected: Selection) -> Draft:
    kinds = {kind: f"{spaced(kind)} :gray[{number:,}]" for kind, number in facets.kinds.items()}
    places = {place: story.places[place].label if place in story.places else place for place in facets.places}
    events = {event: story.events[event].label if event in story.events else event for event in facets.events}
    sides = {
        one.key: f"{plain(one.label)} :gray[{facets.sides.get(one.key, 0):,}]" for one in voices(story, facets, By.SIDE)
    }
    chosen = {
        "kind": _pills("Kinds", "kind", kinds, [str(one) for one in selected.kind]),
        "place": _searched("Places", "place", places, facets.places, selected.place) if places else [],
        "event": _searched("Events", "event", events, facets.events, selected.event) if len(events) > 1 else [],
    }
    groups = _groups(facets, selected)
    told_on = _pills("Told on the side of", "side", sides, _of(selected.side, sides)) if sides else []
    return chosen | {"side": told_on, "where": groups}


def _of(chosen: Iterable[str], offered: Collection[str]) -> list[str]:
    return [one for one in chosen if one in offered]


def _pills(name: str, key: str, words: Mapping[str, str], chosen: list[str]) -> list[str]:
    """Offer a few values to be pressed."""
    found: list[str] = st.pills(
        name, list(words), selection_mode="multi", format_func=words.__getitem__, key=_draft(key, chosen)
    )
    return found


def _searched(
    name: str, key: str, labels: Mapping[str, str], numbers: Mapping[str, int], chosen: Iterable[str]
) -> list[str]:
    """Offer many values to be searched, each with the number of its claims."""
    found: list[str] = st.multiselect(
        name,
        list(labels),
        format_func=lambda one: f"{labels[one]} {numbers[one]:,}",
        placeholder=f"Search {len(labels)} {name.lower()}",
        key=_draft(key, _of(chosen, labels)),
    )
    return found


def _groups(facets: Facets, selected: Selection) -> list[str]:
    """Offer the groups of calls and other events, as far as columns were kept for them."""
    columns = [column for column in facets.kept_columns.values() if column.is_offered]
    offered = {f"{one.name}={value}": number for one in columns for value, number in one.events_of.items()}
    offered |= {said: 0 for said in selected.where if said not in offered}
    if not offered:
        return []
    found: list[str] = st.multiselect(
        "Groups",
        list(offered),
        format_func=lambda said: said.replace("=", " is ", 1) + (f" {offered[said]:,}" if offered[said] else ""),
        placeholder=f"Search {len(offered)} groups",
        key=_draft("where", list(selected.where)),
    )
    return found


def _times(story: Story, facets: Facets, selected: Selection) -> Draft:
    here = st.context.timezone or "UTC"
    zones = list(dict.fromkeys([story.package.zone, "UTC", here if here in names() else "UTC", selected.zone]))
    last = max(claims.moments(selected.known_by), default=None)
    st.markdown("**Time**")
    zone = st.selectbox(
        "Times in", zones, format_func=lambda one: _zone(one, story, last), key=_draft("zone", selected.zone)
    )
    drafted: Draft = {"zone": None if zone == story.package.zone else zone}
    values = {"from": selected.since, "to": selected.until, "compared_with": selected.compared_with}
    left, right = st.columns(2)
    for (key, label), place in zip(_MOMENTS.items(), (left, right, st.container()), strict=True):
        wall = place.datetime_input(label, key=_draft(f"{key}-{zone}", _wall(values[key], zone)))
        drafted[key] = link.instant(wall, zone) if wall else None
    st.caption("What gives no time is never filtered away by one.")
    times = list(map(str, facets.clocks))
    if len(times) > 1:
        known = st.radio(
            "“As known at” goes by when it was",
            times,
            format_func=lambda one: _KNOWN_BY.get(one, one),
            horizontal=True,
            key=_draft("known_by", str(selected.known_by)),
        )
        drafted["known_by"] = None if known == times[0] else known
    drafted["hedged"] = st.toggle(f"Read “about” as ±{HEDGE_MINUTES} minutes", key=_draft("hedged", selected.hedged))
    return drafted


_KNOWN_BY = {str(KnownBy.STATED): "said"}
"""What a clock is called where its own word is not one of every day."""


def _zone(zone: str, story: Story, moment: datetime | None) -> str:
    """Name a zone by its city and how far its clocks were from UTC at a moment, and that of the story as such."""
    return f"{zone_words(zone, moment)}{', the story’s' if zone == story.package.zone else ''}"


def _wall(moment: datetime | None, zone: str) -> datetime | None:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if moment else None


def _clock(story: Story, facets: Facets, selected: Selection) -> Draft:
    milestones = list(map(str, Milestone))
    st.markdown("**Clock of the delays**")
    left, right = st.columns(2)
    start = left.selectbox("Starts at", milestones, format_func=_milestone, key=_draft("start", str(selected.start)))
    stop = right.selectbox("Stops at", milestones, format_func=_milestone, key=_draft("stop", str(selected.stop)))
    left, right = st.columns(2)
    units = left.selectbox("Of several units", list(map(str, Units)), key=_draft("units", str(selected.units)))
    drafted: Draft = {
        "start": None if start == facets.clock.start else start,
        "stop": None if stop == facets.clock.stop else stop,
        "units": None if units == Units.FIRST else units,
    }
    if not facets.kinds.keys().isdisjoint(UNIT_KINDS):
        calls = right.selectbox(
            "Of which calls",
            list(map(str, Calls)),
            format_func=_CALLS.__getitem__,
            key=_draft("calls", str(selected.calls)),
        )
        drafted["calls"] = None if calls == Calls.ARRIVALS else calls
    pairs = _scenarios(story, facets, start, stop)
    drafted["scenario"] = _one_of("Scenario: believe two accounts", "scenario", selected.scenario, pairs)
    for (way, rules), place in zip(_RULES.items(), st.columns(2), strict=True):
        name = f"trimmed_{way}_minutes"
        asked = getattr(selected, name)
        options = ({} if asked is None else {str(asked): f"{asked} minutes"}) | rules
        with place:
            drafted[name] = _one_of(f"Leave out what is {way}", name, None if asked is None else str(asked), options)
    return drafted


_CALLS = {Calls.ARRIVALS: "those with an arrival", Calls.EVERY: "every call"}


def _milestone(key: str) -> str:
    """Name what starts or stops a clock."""
    return WORDS[Milestone(key)].noun


_RULES = {
    "below": {"0": "0 minutes (Home Office, e: out of order)", "1": "1 minute (Home Office, d)"},
    "above": {"60": "60 minutes (Home Office, d)"},
}
"""Published rules of trimming: those of the Home Office for response times to fires in England, April 2021 to March
2022, leave out what took (d) over an hour or less than a minute, and (e) what is out of order."""


_MOST_PAIRED = 20
"""Pairs of more accounts than this are no list to choose from; a link may still name any two."""


def _scenarios(story: Story, facets: Facets, start: str, stop: str) -> dict[str, str]:
    """Pair every two accounts that tell of what starts or stops a clock."""
    heard = {account for account, kinds in facets.kinds_of.items() if not kinds.isdisjoint(MILESTONE_KINDS)}
    labels = {voice.key: voice.label for voice in voices(story, facets, By.ACCOUNT) if voice.key in heard}
    if len(labels) > _MOST_PAIRED:
        return {}
    first, last = _milestone(start), _milestone(stop)
    return {
        f"start={one},stop={other}": f"{labels[one]} on the {first}, {labels[other]} on the {last}"
        for one, other in permutations(labels, 2)
    }


def _figures(story: Story, facets: Facets, selected: Selection) -> Draft:
    st.markdown("**Figures and groups**")
    by = st.radio("Tell the story by", list(map(str, By)), horizontal=True, key=_draft("by", str(selected.by)))
    accounts = {voice.key: f"Prefer {voice.label}" for voice in voices(story, facets, By.ACCOUNT)}
    sources = story.sources.keys() & {selected.resolution}
    rules = {str(rule): words for rule, words in _RESOLUTIONS.items()}
    options = rules | {one: f"Prefer {one}" for one in sources} | accounts
    rule = st.selectbox(
        "Where figures differ",
        list(options),
        format_func=options.__getitem__,
        key=_draft("resolution", str(selected.resolution)),
    )
    return {"by": None if by == By.ACCOUNT else by, "resolution": None if rule == Resolution.ALL else rule}


_RESOLUTIONS = {
    Resolution.ALL: "Show all",
    Resolution.RANGE: "Give the range",
    Resolution.MAJORITY: "Go by the majority of independent origins",
    Resolution.DEFER: "Leave it open",
}


def _one_of(label: str, key: str, value: str | None, options: dict[str, str]) -> str | None:
    """Offer one of several, or none."""
    offered = ({value: value} if value and value not in options else {}) | options
    chosen: str | None = st.selectbox(
        label, list(offered), format_func=offered.__getitem__, placeholder="None", index=None, key=_draft(key, value)
    )
    return chosen


def _draft(key: str, value: object) -> str:
    """Name the widget of a parameter, which begins with what is in the link."""
    name = f"{_DRAFT}{key}"
    if name not in st.session_state:
        st.session_state[name] = value
    return name
