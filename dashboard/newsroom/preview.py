"""As it will appear: the attributed sentence of a claim that is not published, and the lane with its mark."""

import streamlit as st

import claims
from contested.answers import Answer, answer
from contested.charts import CHARTS
from contested.drawing import glyph_html, html
from contested.model.claim import Claim
from contested.model.corrections import TIMES
from contested.query.selection import By, Selection
from contested.query.store import Store
from contested.query.voices import legend_of, voices
from contested.text.attribution import attributed
from contested.theme import Figure, hue
from newsroom.desk import Desk
from panel import mount, room

_AROUND = 6 * 3600
"""Seconds before and after, from which the neighbours in the lane are."""
_NEIGHBOURS = 3
_BESIDES = f"""
select claim_id from known where account = $account and began_latest is not null and claim_id <> $own
    and abs(epoch(began_latest) - $at) <= {_AROUND}
order by abs(epoch(began_latest) - $at), claim_id limit {_NEIGHBOURS}
"""
_WIDE = 500


def show(desk: Desk, claim: Claim) -> None:
    """Show the lane of the account with its neighbours and the new mark in a frame, then the sentence."""
    _lane(desk, claim)
    st.html(f'<p class="attr">{html(sentence(desk, claim))}</p>')


def sentence(desk: Desk, claim: Claim) -> str:
    """Say the claim in the words in which readers copy it."""
    selected = Selection(zone=desk.zone)
    return attributed([claim], legend_of(desk.story, selected, voices(desk.story, claims.facets(), By.ACCOUNT)))


def voice_html(desk: Desk, claim: Claim) -> str:
    """Write the account of a claim with its shape and colour."""
    shown = voices(desk.story, claims.facets(), By.ACCOUNT)
    voice = next((one for one in shown if one.key == claim.account), None)
    if voice is None:
        return f"<b>{html(claim.account)}</b>"
    name = f'<span style="color:var(--l{hue(voice.number)})">{html(voice.label)}</span>'
    return f"{glyph_html(voice.number, voice.form, is_hollow=bool(claim.via))} {name}"


def _lane(desk: Desk, claim: Claim) -> None:
    """Draw the claim among the next ones of its account as the timeline will; a claim without a time has no mark."""
    moment = next((one for name in ("began_latest", *TIMES) if (one := getattr(claim, name))), None)
    if moment is None:
        st.html('<p class="msg note"><i aria-hidden="true">–</i><span>No time: no mark on the timeline</span></p>')
        return
    at, own = moment.timestamp(), claim.claim_id
    found = claims.store().columns(_BESIDES, Selection(), account=claim.account, own=own, at=at)["claim_id"]
    besides = claims.store().claims(found.to_pylist())
    store = Store([*besides.values(), claim])
    chart = next(one for one in CHARTS if one.key == "timeline")
    told = answer(chart, desk.story, store, Selection(zone=desk.zone))
    drawn = mount.drawn(told.figure, min(_WIDE, room.of_page(room.window())))
    mount.show(mount.Chart("newsroom-preview", drawn, told.sentence, _mark_of(own, told, drawn.figure)))


def _mark_of(claim_id: str, told: Answer, figure: Figure) -> str | None:
    """Name the mark behind which a claim stands."""
    return next(
        (
            name
            for name, rows in mount.marks(figure).items()
            if any(claim_id in ids for ids in told.behind_marks([row for row in rows if row >= 0]))
        ),
        None,
    )
