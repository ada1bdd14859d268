"""Evidence: which words carry a mark, who spoke them, and the sentence to paste."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

import streamlit as st

import claims
import link
from contested.model.claim import Claim
from contested.model.wording import counted
from contested.query.legend import Legend
from contested.query.search import LIMIT, links
from contested.query.selection import By, Selection
from contested.query.voices import legend_of, voices
from contested.text.attribution import attributed
from contested.text.claim_details import address, corrected, details, related
from untrusted import plain

PAGE = 25
"""How many claims are on a page; `LIMIT` holds whole pages."""


def show(selected: Selection) -> None:
    """Show the claims that hold the words searched for."""
    story, store = claims.story(), claims.store()
    st.title("Evidence", anchor=False)
    st.caption(plain(story.package.title))
    text = st.text_input(
        "Search claims and sources",
        type="search",
        **link.text("search"),
        placeholder="Words that must all occur",
        max_chars=200,
    )
    found = claims.search(selected, text or "")
    st.header(f"{counted(found.claims, 'claim')} in view", anchor=False)
    if not found.claims:
        st.info("No claim in view holds all these words. Use fewer, or choose more accounts in the sidebar.")
        return
    pages = -(-found.claims // PAGE)
    page = st.pagination(pages, key="page", bind="query-params") if pages > 1 else 1
    begin, on_page = divmod((page - 1) * PAGE, LIMIT)
    standing = claims.search(selected, text or "", begin * LIMIT).standing
    ids = list(standing)[on_page : on_page + PAGE]
    legend = legend_of(story, selected, voices(story, claims.facets(), By.ACCOUNT))
    _together(store.claims(found.standing), legend, found.standing)
    relations = links(store, selected, ids)
    others = {other for found_of in relations.values() for ids_of in found_of.values() for other in ids_of}
    every = store.claims({*ids, *others})
    for claim_id in ids:
        _one(every[claim_id], legend, standing[claim_id], related(relations.get(claim_id, {}), every, legend))


def _together(offered: Mapping[str, Claim], legend: Legend, standing: Mapping[str, str]) -> None:
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
        _sentence([offered[claim_id] for claim_id in standing if claim_id in chosen], legend, standing)


def _sentence(quoted: list[Claim], legend: Legend, standing: Mapping[str, str]) -> None:
    st.code(attributed(quoted, legend, standing), language=None, wrap_lines=True)


def _one(claim: Claim, legend: Legend, standing: str, relations: dict[str, str]) -> None:
    story = claims.story()
    source = story.sources.get(claim.source_id)
    changes = "; ".join(corrected(claim, story, ZoneInfo(legend.selection.zone)))
    told = details(claim, source, legend, standing) | relations | ({"Changed": changes} if changes else {})
    with st.container(border=True, key=f"claim-{claim.claim_id}"):
        st.markdown(f"**{plain(claim.summary)}**")
        st.markdown("  \n".join(f"**{question}** {plain(words)}" for question, words in told.items()))
        if url := address(source):
            st.link_button("Open the source", url, type="tertiary", key=f"source-{claim.claim_id}")
        _sentence([claim], legend, {claim.claim_id: standing})
