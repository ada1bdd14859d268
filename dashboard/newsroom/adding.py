"""Add a claim: a sentence of a wire is pasted, its words fill what is empty, and the claim is published or kept."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

import claims
import failures
from contested.drawing import html
from contested.ingest.as_said import read_said
from contested.ingest.cells.unreadable import Unreadable
from contested.ingest.sentence import Passage, measure_of, passages
from contested.ingest.statement import SAID, SAID_ZONE, Reading, clocks, read_cells
from contested.model.claim import Claim
from contested.model.times import day_and_hour
from contested.model.vocabulary import FATAL_AND_INJURED
from contested.model.wording import counted, listing
from contested.query.selection import Selection
from contested.record.entry import Entry
from newsroom import claim_fields, preview, publishing
from newsroom.desk import ADD, CLAIM, UNDO, Desk, asked, at, drafts, entry_asked, go, new_claim_id
from newsroom.draft_form import NEEDED, Form, group, label, said
from sharing import link

SENTENCE = "sentence"
FIELDS = {"time_words": "time", "figure_words": "figure", "speaker": "who", SAID: "said"}
"""Field → what words of a sentence fill it."""
_SPOKE = "select distinct account from known where lower(speaker) like '%' || lower($who) || '%' limit 2"
_LIKE = """
select claim_id, summary from known where account = $account and event_id = $event and measure = $measure
    and best is not distinct from $best and low is not distinct from $low and high is not distinct from $high limit 3
"""
_NAMED = 4
"""How many things that are left are named."""
_LEAST_WHO = 4
"""Letters of a speaker by which an account is looked for."""


def show(desk: Desk) -> None:
    """Show the form of a new claim; what was typed of it is its draft."""
    if not (claim_id := asked(CLAIM)):
        claim_id = new_claim_id()
        link.write({CLAIM: claim_id})
    if published := _published(desk):
        _notice(published)
    draft = drafts().of(desk.who, desk.name, claim_id)
    cells = dict(draft.cells) if draft else _carried(desk, published)
    reading = read_cells(cells, claim_id, desk.zone)
    faults = dict(reading.faults)
    if reading.claim:
        faults |= publishing.faults(desk, reading.claim, cells)
    form = Form(desk, claim_id, 0, cells, faults)
    left, right = st.columns([500, 660], gap="large")
    with left, st.container(key="newsroom-left"):
        form.area(SENTENCE, "paste it; Ctrl + Enter reads it", lambda: _read(form))
        claim_fields.where_it_stands(form, reading)
        if cells.get(SENTENCE):
            _found(form)
        group("As it will appear")
        if reading.claim and not faults:
            preview.show(desk, reading.claim)
            _alike(reading.claim)
        else:
            st.html('<p class="msg"><span>Shown once what is needed is filled.</span></p>')
    with right:
        claim_fields.show(form, reading)
        _foot(form, reading, draft.kept_at if draft else None)


def _published(desk: Desk) -> Entry | None:
    """Give the entry of the claim that was just published."""
    entry = entry_asked(desk.record)
    return entry if entry and entry.claim_id and entry.story == desk.name else None


def _carried(desk: Desk, entry: Entry | None) -> dict[str, str]:
    """Begin the next claim with the source and the day of the one that was just published."""
    if entry is None:
        return {}
    claim = Claim.model_validate_json(entry.body)
    last = claim.stated_at.astimezone(ZoneInfo(desk.zone)) if claim.stated_at else None
    words = {SAID: f"{last:%Y-%m-%d}" if claim.stated_earliest else day_and_hour(last)} if last else {}
    return {"source_id": claim.source_id} | words


def _notice(entry: Entry) -> None:
    undo, timeline = at(UNDO, entry=str(entry.seq)), link.url("timeline")
    st.html(
        f'<p class="strip" role="status"><b>Published as entry {entry.seq}.</b> '
        f'<a href="{html(undo)}" target="_self">Undo</a> · '
        f'<a href="{html(timeline)}" target="_self">See it on the timeline</a> · '
        "the source and when it was said stay for the next sentence</p>"
    )


def _read(form: Form) -> None:
    """Fill what is empty with the words of the sentence; figures beyond the first each wait in a draft of their own."""
    found = _passages(form)
    first = {kind: next((one for one in found if one.kind == kind), None) for kind in FIELDS.values()}
    told = {name: first[kind] for name, kind in FIELDS.items()}
    filled = {name: one.words for name, one in told.items() if one} | _of_figure(form, first["figure"])
    if (who := first["who"]) and (account := _account(who.words)):
        filled["account"] = account
    form.put({name: words for name, words in filled.items() if not form.cells.get(name)})
    for number, one in enumerate([one for one in found if one.kind == "figure"][1:], start=2):
        shared = {
            name: form.cells.get(name, "")
            for name in (SENTENCE, "source_id", "locator", SAID, SAID_ZONE, "speaker", "account", "side", "time_words")
        }
        of_its_own = shared | {"figure_words": one.words} | _of_figure(form, one)
        key = f"{form.claim_id}-{number}"
        if drafts().of(form.desk.who, form.desk.name, key) is None and not form.desk.revisions(key):
            drafts().keep(
                form.desk.who, form.desk.name, key, {name: words for name, words in of_its_own.items() if words}, 0
            )


def _of_figure(form: Form, figure: Passage | None) -> dict[str, str]:
    measure = measure_of(form.cells.get(SENTENCE, ""), figure) if figure else None
    if measure is None:
        return {}
    return {"measure": str(measure)} | ({"kind": "casualties"} if measure in FATAL_AND_INJURED else {})


def _passages(form: Form) -> tuple[Passage, ...]:
    words, zone = form.cells.get(SAID, "").strip(), clocks(form.cells, SAID_ZONE, form.desk.zone)
    read = read_said(words, zone) if words else (None, None)
    said_at = None if isinstance(read, Unreadable) else read[1]
    return passages(form.cells.get(SENTENCE, ""), form.desk.zone, said_at)


def _account(who: str) -> str | None:
    """Name the account for which these words spoke before, if it was always the same one."""
    if len(who) < _LEAST_WHO:
        return None
    found = claims.store().columns(_SPOKE, Selection(), who=who)["account"].to_pylist()
    return str(found[0]) if len(found) == 1 else None


def _found(form: Form) -> None:
    """Show the sentence with the words underlined that tell a time, a figure, or who said it."""
    found, text = _passages(form), form.cells[SENTENCE]
    taken = {form.cells.get(name, "") for name in FIELDS}
    group("What was found in it")
    st.html(f'<p class="words">{"".join(_marked(text, found))}</p>')
    used = sum(one.words in taken for one in found)
    figures = sum(one.kind == "figure" for one in found)
    waits = f"; {counted(figures - 1, 'figure')} more, each in a draft of its own" if figures > 1 else ""
    told = (
        f"{used} of {counted(len(found), 'reading')} taken over{waits}"
        if found
        else "No time, figure or speaker was found; fill the fields"
    )
    st.html(said("note", told))


def _marked(text: str, found: Iterable[Passage]) -> Iterator[str]:
    place = 0
    for one in found:
        yield f"{html(text[place : one.start])}<u>{html(text[one.start : one.end])}</u><sup>{one.kind}</sup> "
        place = one.end
    yield html(text[place:])


def _alike(claim: Claim) -> None:
    """Say that the same figure of the same account is here already; both may be kept."""
    if claim.measure is None or (claim.low, claim.best, claim.high) == (None, None, None):
        return
    asked_for = {"account": claim.account, "event": claim.event_id, "measure": str(claim.measure)}
    bounds = {"best": claim.best, "low": claim.low, "high": claim.high}
    rows = claims.store().columns(_LIKE, Selection(), **asked_for, **bounds).to_pylist()
    if rows:
        named = listing(f"{row['claim_id']} ({row['summary']})" for row in rows)
        st.html(
            said(
                "warn", f"The same figure of this account is here already: {named}. Say under More if this repeats it."
            )
        )


def left(faults: Mapping[str, str], otherwise: str = "Nothing left.") -> str:
    """Say what must be mended before a button works, as HTML."""
    if not faults:
        return html(otherwise)
    names = sorted(faults, key=lambda name: name not in NEEDED)
    named = listing([*(label(name).lower() for name in names[:_NAMED]), *(["more"] if len(names) > _NAMED else [])])
    return f"<b>{counted(len(faults), 'thing')} left</b>: {html(named)}."


def kept(moment: datetime | None) -> str:
    """Say when the draft was kept, by the clock of the reader, as HTML."""
    if moment is None:
        return ""
    return f' <span class="quiet">Draft kept {here(moment):%H:%M:%S}, also if this tab closes.</span>'


def here(moment: datetime) -> datetime:
    """Give a moment by the clock of the reader."""
    zone = st.context.timezone
    return moment.astimezone(ZoneInfo(zone) if isinstance(zone, str) and zone else None)


def _foot(form: Form, reading: Reading, kept_at: datetime | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="newsroom-foot"):
        st.html(f'<p class="things-left">{left(form.faults)}{kept(kept_at)}</p>', width="stretch")
        if st.button("Save as draft", key="save-draft"):
            form.keep()
            go(ADD)
            st.rerun()
        if st.button("Publish", type="primary", key="publish", disabled=bool(form.faults)) and reading.claim:
            with failures.reported("Nothing was published; your words are kept"):
                entry = publishing.publish(form, reading.claim)
                go(ADD, new_claim_id(), entry.seq)
                st.rerun()
