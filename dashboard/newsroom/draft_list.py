"""Drafts: what this person has typed and not published, each with the way back to it."""

from zoneinfo import ZoneInfo

import streamlit as st

from contested.drawing import html
from contested.model.times import day_and_hour
from contested.record.drafts import Draft
from newsroom import withdrawing
from newsroom.desk import ADD, CORRECT, UNDO, WITHDRAW, Desk, at, drafts
from untrusted import plain


def show(desk: Desk) -> None:
    """List the drafts of this person, the latest first."""
    found = desk.drafts()
    if not found:
        st.html('<p class="sub">Nothing waits. What you type is kept here at once, until it is published.</p>')
    for one in found:
        with st.container(horizontal=True, vertical_alignment="center", key=f"draft-{one.claim_id}"):
            st.html(_line(desk, one), width="stretch")
            st.button(
                "Throw away",
                key=f"drop-{one.claim_id}",
                type="tertiary",
                on_click=drafts().drop,
                args=(desk.who, desk.name, one.claim_id),
            )


def _line(desk: Desk, one: Draft) -> str:
    kept = day_and_hour(one.kept_at.astimezone(ZoneInfo(desk.zone)))
    words = one.cells.get("summary") or one.cells.get("sentence") or one.cells.get("why") or "without words yet"
    return (
        f'<p class="draft"><a href="{html(_where(one))}" target="_self">{html(words)}</a>'
        f'<small class="quiet">{html(_what(one))} · kept {html(kept)}</small></p>'
    )


def _what(one: Draft) -> str:
    """Say what a draft is of: its id is that of a claim, or `withdraw:` and a claim, or `undo:` and an entry."""
    kind, _, rest = one.claim_id.partition(":")
    if rest:
        return f"{'withdrawal of' if kind == 'withdraw' else 'undo of entry'} {rest}"
    return f"correction of {one.claim_id}, revision {one.base}" if one.base else "a new claim"


def _where(one: Draft) -> str:
    kind, _, rest = one.claim_id.partition(":")
    if rest:
        return at(WITHDRAW, rest) if f"{kind}:" == withdrawing.DRAFT else at(UNDO, entry=rest)
    return at(CORRECT if one.base else ADD, one.claim_id)


def title(number: int) -> str:
    """Name the page with how many there are."""
    return plain(f"Drafts {number}" if number else "Drafts")
