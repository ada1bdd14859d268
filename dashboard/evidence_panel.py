"""The claims behind a mark: in neutral words, with the words kept, who said it when, and what stands against it."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import streamlit as st

import claims
import write_access
from contested.analysis.comparison.compare import Relation
from contested.drawing import glyph_html, html
from contested.model.claim import Claim
from contested.model.wording import counted, quoted
from contested.query.legend import Legend, Voice
from contested.query.search import links
from contested.query.selection import By, Selection
from contested.query.voices import legend_of, voices
from contested.text.attribution import attributed
from contested.text.claim_details import address, corrected, details, held_back, related
from contested.theme import CARRIED, hue
from sharing.link import url as address_of

MOST_PAIRS = 2_000
"""Among how many contradictions those of a claim are sought."""


class Readings(NamedTuple):
    """What is said of claims beside what they state themselves: their standing, relations and contradictions."""

    legend: Legend
    standing: Mapping[str, str]
    relations: Mapping[str, Mapping[str, str]]
    against: Mapping[str, list[str]]

    def voice(self, claim: Claim) -> Voice:
        """Give the name, colour and shape of a claim's account."""
        known = (voice for voice in self.legend.voices if voice.key == claim.account)
        return next(known, Voice(claim.account, claim.account, 0))


def read(ids: Iterable[str], selected: Selection, standing: Mapping[str, str]) -> tuple[dict[str, Claim], Readings]:
    """Fetch claims, and all that is said of them, in the order of their ids."""
    story, store, wanted = claims.story(), claims.store(), list(ids)
    legend = legend_of(story, selected, voices(story, claims.facets(), By.ACCOUNT))
    found = links(store, selected, wanted)
    against = _contradictions(wanted, selected)
    others = {other for by in found.values() for some in by.values() for other in some}
    every = store.claims({*wanted, *others, *(other for some in against.values() for other in some)})
    relations = {one: related(by, every, legend) for one, by in found.items()}
    said = {one: [_opposed(every[other], legend) for other in some] for one, some in against.items()}
    return {one: every[one] for one in wanted if one in every}, Readings(legend, standing, relations, said)


def _contradictions(wanted: list[str], selected: Selection) -> dict[str, list[str]]:
    """Find the claims that cannot be true together with each of these."""
    found = claims.ask("disagreements", selected)
    pairs = (
        found.rows[found.rows["relation"] == Relation.CONTRADICT].head(MOST_PAIRS) if len(found.rows) else found.rows
    )
    against: dict[str, list[str]] = {}
    for ids in found.claim_ids(pairs) if len(pairs) else ():
        for one in {*ids} & {*wanted}:
            against.setdefault(one, []).extend(other for other in ids if other != one)
    return {one: list(dict.fromkeys(others)) for one, others in against.items()}


def _opposed(claim: Claim, legend: Legend) -> str:
    return f"{legend.label(claim.account)}: {claim.summary} ({claim.claim_id})"


def show(ids: Iterable[str], selected: Selection, more: int = 0) -> None:
    """Show the first of these claims, and count the others, with those that are not named."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return
    found, readings = read(wanted[:CARRIED], selected, {})
    cards = "".join(
        f'<section class="evidence">{_head(one, readings)}{body(one, readings)}</section>' for one in found.values()
    )
    st.html(cards)
    left = max(len(wanted) - CARRIED, 0) + more
    if left:
        st.caption(f"And {counted(left, 'claim')} more; the download names them, and Evidence shows them.")


def _head(claim: Claim, readings: Readings) -> str:
    voice = readings.voice(claim)
    name = f'<span style="color:var(--l{hue(voice.number)})">{html(voice.label)}</span>'
    shape = glyph_html(voice.number, voice.form, is_hollow=bool(claim.via))
    return f'<p class="who">{shape} {name}</p><h3>{html(claim.summary)}</h3>'


def body(claim: Claim, readings: Readings) -> str:
    """Write all that a claim states and all that is said of it, and its sentence to copy."""
    story, legend = claims.story(), readings.legend
    source, standing = story.sources.get(claim.source_id), readings.standing.get(claim.claim_id, "standing")
    kept = [claim.time_words and f"“{claim.time_words}”", quoted(claim.figure_words, claim.low, claim.best, claim.high)]
    words = " · ".join(filter(None, kept))
    told = ({"Words kept": words} if words else {}) | details(claim, source, legend, standing)
    if held := held_back(claim, ZoneInfo(legend.selection.zone), datetime.now(UTC)):
        told = {"Held back": held} | told
    if against := readings.against.get(claim.claim_id):
        told["Against it"] = "; ".join(against)
    told |= readings.relations.get(claim.claim_id, {})
    if changes := corrected(claim, story, ZoneInfo(legend.selection.zone)):
        told["Changed"] = "; ".join(changes)
    rows = "".join(f"<dt>{html(question)}</dt><dd>{html(answer)}</dd>" for question, answer in told.items())
    sentence = attributed([claim], legend, {claim.claim_id: standing})
    where = address(source)
    link = f'<a href="{html(where)}" target="_blank" rel="noopener noreferrer">Open the source</a>' if where else ""
    copy = f'<button type="button" class="copy" data-copy="{html(sentence)}">Copy attributed sentence</button>'
    return f'<dl>{rows}</dl><div class="sentence">{copy}<p>{html(sentence)}</p>{link}{_edit(claim)}</div>'


def _edit(claim: Claim) -> str:
    """Lead to the forms that change a claim, for who may write, and to the corrections of one that was changed."""
    if write_access.may_write() and claims.current_story().head is not None:
        named = {"correct": "Correct", "withdraw": "Withdraw", "history": "History"}
        links = [
            f'<a href="{html(address_of("newsroom", do=do, claim=claim.claim_id))}" target="_self">{words}</a>'
            for do, words in named.items()
        ]
        return f'<p class="edit">{" ".join(links)}</p>'
    if claim.claim_id in claims.story().changes:
        return f'<p class="edit"><a href="./corrections#{html(claim.claim_id)}" target="_self">History</a></p>'
    return ""
