"""The fields of a claim on a page, in the order in which an editor asks: who, said, what, when, how many, where."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

import claims
from contested.ingest.statement import FIGURE_BY_HAND, SAID, SAID_ZONE, TIMES_BY_HAND, Reading, clocks
from contested.model.corrections import FIGURE, TIMES
from contested.model.held_back import HOLDING
from contested.model.times import between, day_and_hour, zone_words
from contested.model.vocabulary import Stance
from contested.model.zones import names as zone_names
from contested.query.selection import Selection
from newsroom.draft_form import Form, band, group, label, said, words_of

_STANCES = {"asserts": "asserts it", "denies": "denies it", "relays": "passes it on", "corrects": "corrects itself"}
_RELATIONS = ("supersedes", "same_origin", "part_of", "corrects")
_OTHERS = ("victims", "unit", "quote_locator", "subkind", "groups", "latitude", "longitude", "radius_km")
_NEITHER = "–"
MOST_OFFERED = 400
"""How many claims of a story are offered as those that another one replaces or repeats."""


def show(form: Form, reading: Reading) -> None:
    """Draw every field of a claim but the source, with how its words were read."""
    _who(form)
    _said(form, reading)
    _what(form)
    _when(form, reading)
    _how_many(form, reading)
    _where(form)
    _more(form)
    hold_back(form)


def where_it_stands(form: Form) -> None:
    """Draw the source; of a new one its publisher and address are asked too."""
    sources = form.desk.names("source_id")
    left, right = st.columns([3, 2])
    with left:
        form.choice("source_id", sources, new=True)
    with right:
        form.text("locator", "optional", 200)
    if form.cells.get("source_id") and form.cells["source_id"] not in sources:
        left, right = st.columns(2)
        with left:
            form.text("source_publisher", "of the new source", 200)
        with right:
            form.text("source_url", "https://…, optional", 1000)


def _who(form: Form) -> None:
    story = form.desk.story
    group("Who")
    left, right = st.columns(2)
    with left:
        form.choice("account", form.desk.names("account"), new=True)
        form.text("speaker", "private people by their role", 200)
    with right:
        form.choice("side", story.package.sides, "or no side’s story")
        form.text("via", "outermost first: A > B", 400, note=_passed_on(form.cells.get("via", "")))
    form.segments("stance", _STANCES, str(Stance.ASSERTS))


def _passed_on(via: str) -> str:
    links = [one for one in via.split(" > ") if one.strip()]
    if not links:
        return ""
    return "The source quotes the speaker" if len(links) == 1 else f"Hearsay through {len(links)}; its mark is hollow"


def _said(form: Form, reading: Reading) -> None:
    group("When it was said")
    left, right = st.columns([3, 2])
    zone, cells = form.desk.zone, form.cells
    with left:
        form.text(SAID, "like 8 Feb 2020, 15:33", 100, note=_read_as(reading, zone))
    with right:
        form.choice(SAID_ZONE, dict.fromkeys(zone_names(), ""), f"else {zone_city(zone)}")
    if not cells.get(SAID) and (cells.get("stated_earliest") or cells.get("stated_at")):
        for place, name in zip(st.columns(2), ("stated_earliest", "stated_at"), strict=True):
            with place:
                form.text(name, "", 60)


def zone_city(zone: str) -> str:
    """Name a zone by its city."""
    return zone.rpartition("/")[2].replace("_", " ")


def _read_as(reading: Reading, zone: str) -> str:
    if reading.claim is None or reading.claim.stated_at is None:
        return ""
    ends = (reading.claim.stated_earliest, reading.claim.stated_at)
    moments = [one.astimezone(ZoneInfo(zone)) if one else None for one in ends]
    first, last = moments
    told = day_and_hour(last) if last and first is None else between(first, last)
    return f"Read as {told} in {zone_words(zone, last)}"


def _what(form: Form) -> None:
    group("What")
    left, right = st.columns(2)
    with left:
        form.choice("kind", words_of("kind"))
    with right:
        form.choice("event_id", form.desk.names("event_id"), new=True)
    left, right = st.columns([3, 2])
    with left:
        form.text("summary", f"{len(form.cells.get('summary', ''))} of 300", 300)
    with right:
        form.text("label", f"{len(form.cells.get('label', ''))} of 30", 30)


def _when(form: Form, reading: Reading) -> None:
    group("When it happened")
    left, right = st.columns([3, 2])
    with left:
        form.text("time_words", "", 100)
    with right:
        form.choice("zone", dict.fromkeys(zone_names(), ""), f"else {zone_city(form.desk.zone)}")
    if form.cells.get(TIMES_BY_HAND):
        for place, name in zip(st.columns(4), TIMES, strict=True):
            with place:
                form.text(name, "", 60)
        form.choice("time_basis", words_of("time_basis"), "how the bounds came about")
    else:
        zone = ZoneInfo(clocks(form.cells, "zone", form.desk.zone))
        times = reading.times
        band({label(name): _hour(getattr(times, name), zone) if times else _NEITHER for name in TIMES})
        _rule(times.rule if times else "")
    form.switch(TIMES_BY_HAND, "Set by hand")


def _hour(moment: datetime | None, zone: ZoneInfo) -> str:
    return day_and_hour(moment.astimezone(zone)) if moment else _NEITHER


def _rule(rule: str) -> None:
    st.html(said("ok", f"Rule: {rule}. What was not said stays open.") if rule else '<p class="msg"></p>')


def _how_many(form: Form, reading: Reading) -> None:
    group("How many")
    left, middle, right = st.columns(3)
    with left:
        form.text("figure_words", "", 100)
    with middle:
        form.choice("measure", words_of("measure"))
    with right:
        form.text("definition", "optional", 200)
    figure = reading.figure
    if form.cells.get(FIGURE_BY_HAND):
        for place, name in zip(st.columns(3), FIGURE, strict=True):
            with place:
                form.text(name, "", 12)
    else:
        known = {name: getattr(figure, name) if figure else None for name in FIGURE}
        band({label(name): _NEITHER if value is None else f"{value:,}" for name, value in known.items()})
        _rule(figure.rule if figure else "")
    form.switch(FIGURE_BY_HAND, "Set by hand ")


def _where(form: Form) -> None:
    group("Where, and which question it answers")
    left, middle, right = st.columns([2, 3, 2])
    with left:
        form.choice("place", form.desk.names("place"), new=True)
    with middle:
        form.choice("question", form.desk.names("question"), "or none", new=True)
    with right:
        form.text("answer", "a few words", 200)


def _more(form: Form) -> None:
    """Draw what is seldom needed, folded unless it is filled."""
    filled = any(form.cells.get(name) for name in (*_RELATIONS, "victims"))
    with st.expander("More: replaces, repeats, part of, whom the figure counts", expanded=filled):
        others = claims_of(form)
        for name in _RELATIONS:
            own = form.cells.get("account") if name == "supersedes" else None
            form.several(name, {key: words for key, (account, words) in others.items() if own in {None, account}})
        left, right = st.columns(2)
        with left:
            form.choice("scope", words_of("scope"))
        with right:
            form.choice("same_event", words_of("same_event"))
        places = st.columns(2)
        for number, name in enumerate(_OTHERS):
            with places[number % 2]:
                form.text(name)


def hold_back(form: Form) -> None:
    """Draw what keeps a claim from readers, folded unless it is filled."""
    filled = any(form.cells.get(name) for name in HOLDING)
    with st.expander("Hold back: editors see it, readers do not", expanded=filled):
        form.text("embargo_until", f"like 8 Feb 2020, 15:33, in {zone_city(form.desk.zone)}; it ends by itself", 60)
        form.switch("sensitive", "Sensitive: held back for good")
        form.message("sensitive")


def claims_of(form: Form) -> Mapping[str, tuple[str, str]]:
    """List claims of the story to relate this one to, each with its account and its words."""
    asked = f"select claim_id, account, summary from known order by claim_id limit {MOST_OFFERED}"
    rows = claims.store().columns(asked, Selection()).to_pylist()
    return {
        row["claim_id"]: (row["account"], f"{row['account']}: {row['summary'][:80]}")
        for row in rows
        if row["claim_id"] != form.claim_id
    }
