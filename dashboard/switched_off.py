"""Who is switched off: the sentence that names them where nothing is left to show, and what switches them on."""

import streamlit as st

import claims
from contested.drawing import html
from contested.model.wording import listing, named
from contested.query.legend import Legend
from contested.query.selection import By, Selection
from contested.query.voices import voices
from sharing import link

_NAMED = 12
"""Up to how many are all named; of more only the first."""


def offer(selected: Selection, key: str) -> None:
    """Name the accounts that are switched off, and offer to switch them on; nothing where all are heard."""
    if not selected.account:
        return
    every = voices(claims.story(), claims.facets(), By.ACCOUNT)
    lanes = Legend(every, selected.model_copy(update={"open_groups": ()})).lanes()
    off = [lane.label for lane in lanes if not {one.key for one in lane.voices} & {*selected.account}]
    who = listing(off) if len(off) <= _NAMED else named(off)
    with st.container(horizontal=True, gap=None, key=f"switched-off-{key}"):
        are = "is" if len(off) == 1 else "are"
        st.html(f'<p class="off">{html(who)} {are} switched off.</p>', width="content")
        st.button(
            "Switch them on", key=f"switch-on-{key}", type="tertiary", on_click=link.write, args=({"account": []},)
        )
