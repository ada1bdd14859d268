"""Tell me: of what one person wants to be told, and what they were told; a rule has a feed and may send a message."""

from zoneinfo import ZoneInfo

import streamlit as st

import claims
import failures
import watching
from contested.drawing import html
from contested.model.times import day_and_hour
from contested.model.wording import counted
from contested.query.selection import Selection
from contested.wire.addresses import inside
from contested.wire.notices import Notice, State
from contested.wire.requests import Reach
from contested.wire.rules import About, Rule, Wanted, measured
from contested.wire.telling import begin, refuse_hook
from newsroom.desk import Desk
from untrusted import plain

WORDS = {
    About.MAXIMUM: "any highest figure changes, of",
    About.CONTRADICTION: "accounts newly cannot both be right on",
    About.ACCOUNT: "this account speaks",
}
_ASKED = {
    About.MAXIMUM: "select distinct measure as one from known where measure is not null order by one",
    About.CONTRADICTION: "select distinct question as one from known where question is not null order by one",
    About.ACCOUNT: "select distinct account as one from known order by one",
}
"""What a rule may be about in a story, as SQL."""
_SHOWN = 20
_HOW = {State.TOLD: "", State.WAITING: "not sent yet", State.SENT: "sent", State.GIVEN_UP: "not sent"}


def title(desk: Desk) -> str:
    """Name the page with how much was told and not seen."""
    number = watching.notices().unseen(desk.who)
    return f"Tell me {number}" if number else "Tell me"


def show(desk: Desk) -> None:
    """List what was told, then the rules, and offer another one."""
    _told(desk)
    rules = [one for one in watching.rules().of(desk.who) if one.story == desk.name]
    st.html('<p class="group">You are told when</p>')
    if not rules:
        st.html('<p class="sub">Nothing yet: say below what you wait for.</p>')
    for rule in rules:
        _rule(desk, rule)
    with failures.reported("Nothing was kept"):
        _another(desk)


def _told(desk: Desk) -> None:
    found = [one for one in watching.readable(desk.record, watching.notices().of(desk.who)) if one.story == desk.name]
    unseen = sum(not one.seen for one in found)
    with st.container(horizontal=True, vertical_alignment="center", key="told-head"):
        words = f"{counted(unseen, 'thing')} you have not seen" if unseen else "Nothing new"
        st.html(f'<p class="group">{words}</p>', width="stretch")
        if unseen and st.button("Mark as seen", key="see-told", type="tertiary"):
            watching.notices().see(desk.who)
            st.rerun()
    lines = "".join(_line(one, desk.zone) for one in found[:_SHOWN])
    st.html(f'<div class="told">{lines}</div>' if lines else '<p class="sub">What you are told is listed here.</p>')


def _line(one: Notice, zone: str) -> str:
    told_at = day_and_hour(one.kept_at.astimezone(ZoneInfo(zone)))
    how = " · ".join(part for part in (_HOW[one.state], one.problem) if part)
    words = html(one.words) if one.seen else f"<b>{html(one.words)}</b>"
    return f'<p class="draft">{words}<small class="quiet">{html(told_at)}{html(f" · {how}" if how else "")}</small></p>'


def _rule(desk: Desk, rule: Rule) -> None:
    sent = f" · sent to {rule.hook}, signed with {rule.secret}" if rule.hook else ""
    feed = f'<a href="./api/v1/told/{html(rule.id)}.atom" target="_self">Feed</a>'
    line = f'{html(rule.words(desk.names("account")))}<small class="quiet">{feed}{html(sent)}</small>'
    with st.container(horizontal=True, vertical_alignment="center", key=f"rule-{rule.id}"):
        st.html(f'<p class="draft">{line}</p>', width="stretch")
        dropped = watching.rules().drop
        st.button("Take away", key=f"drop-{rule.id}", type="tertiary", on_click=dropped, args=(desk.who, rule.id))


def _another(desk: Desk) -> None:
    """Offer another rule: what happens, of what, and where a message of it goes."""
    st.html('<p class="group">Tell me when</p>')
    left, right = st.columns(2, gap="medium")
    about = left.selectbox("What happens", list(WORDS), format_func=WORDS.__getitem__, key="tell-about")
    offered = [str(one) for one in claims.store().columns(_ASKED[about], Selection())["one"].to_pylist()]
    names = desk.names("account") if about is About.ACCOUNT else {}
    subject = right.selectbox(
        "Of what", offered, format_func=lambda one: names.get(one) or measured(one), key=f"tell-{about}"
    )
    hint = "Send it to an address (may stay empty): https, each message signed"
    hook = (st.text_input(hint, key="tell-hook", max_chars=500) or "").strip()
    if st.button("Tell me", key="tell-add", type="primary", disabled=subject is None) and subject:
        desk.writing()  # who may not write any more keeps no rule
        if hook:
            refuse_hook(hook, Reach(inside()))
        begin(desk.record, watching.rules(), Wanted(desk.who, desk.name, about, subject, hook))
        st.toast(plain("Kept. What is so already is not told."))
        st.rerun()
