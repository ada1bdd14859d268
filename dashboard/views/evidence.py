"""Evidence: every claim in view, found by its words: what stands first, each opened in place."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st

import claims
import evidence_panel
from contested.drawing import glyph_html, html
from contested.model.claim import Claim
from contested.model.times import brief_span
from contested.model.wording import capital, counted
from contested.query.search import FACETS, LIMIT
from contested.query.selection import By, Selection
from contested.query.voices import legend_of, voices
from contested.text.attribution import attributed
from contested.theme import hue
from live import fresh
from sharing import link

PAGE = 25
"""How many claims are on a page; `LIMIT` holds whole pages."""


def show(selected: Selection) -> None:
    """Show the claims that hold the words searched for and have what was chosen of them."""
    text = st.text_input(
        "Search claims and sources",
        type="search",
        **link.text("search"),
        placeholder="Words that must all occur",
        max_chars=200,
    )
    only = tuple(one for one in st.query_params.get_all("only") if one in FACETS)
    found = claims.search(selected, text or "", only=only)
    counts = {name: f"{name} {number:,}" for name, number in found.facets.items()}
    st.pills(
        "Only claims that are",
        list(FACETS),
        selection_mode="multi",
        format_func=counts.__getitem__,
        label_visibility="collapsed",
        **link.many("only", FACETS),
    )
    st.header(capital(counted(found.claims, "claim")), anchor=False)
    if not found.claims:
        st.info("No claim shown holds all these words. Use fewer, or take a filter off.")
        return
    pages = -(-found.claims // PAGE)
    page = st.pagination(pages, key="page", bind="query-params") if pages > 1 else 1
    begin, on_page = divmod((page - 1) * PAGE, LIMIT)
    standing = claims.search(selected, text or "", begin * LIMIT, only=only).standing
    every, readings = evidence_panel.read(list(standing)[on_page : on_page + PAGE], selected, standing)
    zone = ZoneInfo(selected.zone)
    years = {moment.year for claim in every.values() for moment in _moments(claim, (*_SAID, *_HAPPENED), zone)}
    new, has_year = fresh.claim_ids(), len(years) > 1
    rows = (
        _row(claim, readings, text or "", has_year=has_year, is_new=claim.claim_id in new) for claim in every.values()
    )
    st.html(f'<div class="claims">{"".join(rows)}</div>')
    _together(found.standing, selected)


def _row(claim: Claim, readings: evidence_panel.Readings, words: str, *, has_year: bool, is_new: bool = False) -> str:
    """Write a claim as a line that opens in place."""
    voice, zone = readings.voice(claim), ZoneInfo(readings.legend.selection.zone)
    standing = readings.standing.get(claim.claim_id, "standing")
    speaker = claim.speaker or "speaker not named"
    said = _span(_moments(claim, _SAID, zone), has_year=has_year) or "at an unknown time"
    happened = _span(_moments(claim, _HAPPENED, zone), has_year=has_year)
    summary = highlighted(claim.summary, words)
    summary = summary if standing == "standing" else f"<s>{summary}</s> <i>{html(standing)}</i>"
    summary = f"{fresh.TAG} {summary}" if is_new else summary
    if claim.is_held_back(datetime.now(UTC)):
        summary = f"{summary} <i>held back</i>"
    return (
        f'<details id="claim-{html(claim.claim_id)}"><summary>'
        f"<span>{glyph_html(voice.number, voice.form, is_hollow=bool(claim.via))}</span>"
        f'<span class="account" style="color:var(--l{hue(voice.number)})">{html(voice.label)}</span>'
        f'<span class="claim">{summary}</span>'
        f'<span class="said">{html(speaker)}{"," * bool(speaker)} <br>said {html(said)}</span>'
        f'<span class="when">{html(happened or "no time given")}</span>'
        f"</summary>{evidence_panel.body(claim, readings)}</details>"
    )


def _moments(claim: Claim, names: Iterable[str], zone: ZoneInfo) -> list[datetime]:
    return [moment.astimezone(zone) for name in names if (moment := getattr(claim, name))]


def _span(known: list[datetime], *, has_year: bool) -> str:
    """Say within which bounds something lies, short; with its year where the claims beside it are of others."""
    if not known:
        return ""
    first, last = min(known), max(known)
    year = f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
    return f"{year}: {brief_span(first, last)}" if has_year else brief_span(first, last)


_SAID = ("stated_earliest", "stated_at")
_HAPPENED = ("began_earliest", "began_latest", "ended_earliest", "ended_latest")


def highlighted(text: str, words: str) -> str:
    """Mark the words searched for in a text, whatever their case and accents; the text is escaped."""
    bare, wanted = _bare(text), [re.escape(_bare(word)) for word in words.split()]
    if not wanted or len(bare) != len(text):
        return html(text)
    marked, place = "", 0
    for hit in re.finditer("|".join(wanted), bare):
        marked += f"{html(text[place : hit.start()])}<mark>{html(text[hit.start() : hit.end()])}</mark>"
        place = hit.end()
    return marked + html(text[place:])


def _bare(text: str) -> str:
    """Write a text without case and accents, letter by letter."""
    return "".join(unicodedata.normalize("NFD", letter)[0].lower() for letter in text)


def _together(standing: Mapping[str, str], selected: Selection) -> None:
    """Offer one sentence that attributes several claims."""
    story, offered = claims.story(), claims.store().claims(standing)
    legend = legend_of(story, selected, voices(story, claims.facets(), By.ACCOUNT))
    names = {
        claim_id: f"{claim_id} · {legend.label(offered[claim_id].account)} · {offered[claim_id].summary}"
        for claim_id in standing
    }
    chosen = st.multiselect(
        "Attribute several claims in one sentence",
        list(names),
        format_func=names.__getitem__,
        placeholder="Choose claims, or copy the sentence under each",
        select_all=False,
        **link.many("quote", names),
    )
    if chosen:
        quoted = [offered[claim_id] for claim_id in standing if claim_id in chosen]
        st.code(attributed(quoted, legend, standing), language=None, wrap_lines=True)
