"""Evidence: which words carry a mark, who spoke them, and the sentence to paste."""

from zoneinfo import ZoneInfo

import streamlit as st

import claims
import link
from contested.model.claim import Claim
from contested.model.wording import counted
from contested.query.legend import Legend
from contested.query.search import links
from contested.query.selection import By, Selection
from contested.query.voices import legend_of, voices
from contested.text.attribution import attributed
from contested.text.claim_details import address, corrected, details, related
from untrusted import plain

PAGE, OFFERED = 25, 500


def show(selected: Selection) -> None:
    """Show the claims that hold the words searched for."""
    story = claims.story()
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
    every = claims.by_id()
    st.header(f"{counted(len(found), 'claim')} in view", anchor=False)
    if not found:
        st.info("No claim in view holds all these words. Use fewer, or choose more accounts in the sidebar.")
        return
    pages = -(-len(found) // PAGE)
    page = st.pagination(pages, key="page", bind="query-params") if pages > 1 else 1
    ids = list(found)[(page - 1) * PAGE : page * PAGE]
    shown = [every[claim_id] for claim_id in ids]
    legend = legend_of(story, selected, voices(story, By.ACCOUNT))
    _together([every[claim_id] for claim_id in list(found)[:OFFERED]], legend, found)
    bound = links(claims.store(), selected, ids)
    for claim in shown:
        _one(claim, legend, found[claim.claim_id], related(bound.get(claim.claim_id, {}), every, legend))


def _together(offered: list[Claim], legend: Legend, standing: dict[str, str]) -> None:
    names = {claim.claim_id: f"{claim.claim_id} · {legend.label(claim.account)} · {claim.summary}" for claim in offered}
    chosen = st.multiselect(
        "Attribute several claims in one sentence",
        list(names),
        format_func=names.__getitem__,
        placeholder="Choose claims, or copy the sentence under each",
        select_all=False,
        **link.many("quote", names),
    )
    if chosen:
        _sentence([claim for claim in offered if claim.claim_id in chosen], legend, standing)


def _sentence(quoted: list[Claim], legend: Legend, standing: dict[str, str]) -> None:
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
