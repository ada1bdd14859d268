"""The corrections log of a story: for its readers, and in the newsroom with who made each entry."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import streamlit as st

import claims
from contested.drawing import html
from contested.model.times import day_and_hour
from contested.text.corrections_log import Correction, corrections_log
from newsroom.desk import Desk
from sharing import link

SHOWN = 8
PUBLIC, WITH_WHO = "Public", "With who"
_RECENT = timedelta(days=7)


def show(desk: Desk) -> None:
    """List the last corrections of the story, as readers see them or with who made them."""
    changed = claims.store().claims(list(desk.story.changes))
    log = corrections_log(desk.story, changed, desk.zone)
    recent = sum(one.at > datetime.now(UTC) - _RECENT for one in log)
    st.html(f'<p class="log-head"><b>Corrections log of the story</b> <span>{recent} in 7 days</span></p>')
    if not log:
        st.html('<p class="sub">Nothing has been corrected. Every claim stands as it was first recorded.</p>')
        return
    chosen = st.segmented_control(
        "How it is told", [PUBLIC, WITH_WHO], default=WITH_WHO, key="log-told", label_visibility="collapsed"
    )
    who = {} if chosen == PUBLIC else _who(desk)
    lines = "".join(line(one, who.get((one.claim_id, one.at.astimezone(UTC)), "")) for one in log[:SHOWN])
    feed = urlencode([(name, value) for name, value in link.filters() if name == "story"])
    st.html(
        f'<ol class="corrections">{lines}</ol><p class="log-foot"><a href="./api/v1/feed.atom?{html(feed)}">Feed</a> '
        f'<a href="./corrections" target="_self">All {len(log)}, and as a file</a></p>'
    )


def _who(desk: Desk) -> Mapping[tuple[str, datetime], str]:
    """Name who made each change of a claim."""
    return {
        (claim_id, change.recorded_at.astimezone(UTC)): change.who
        for claim_id, changes in desk.story.changes.items()
        for change in changes
    }


def line(one: Correction, who: str = "") -> str:
    """Write an entry: when, whose claim about what, each thing that was changed, and why; in the newsroom by whom."""
    changed = " · ".join(
        f'{html(name)}: {_old(was)} → <b class="now">{html(now)}</b>' for name, was, now in one.differences
    )
    evidence = link.url("evidence", search=one.claim_id)
    summary = _old(one.summary) if one.act == "withdrawn" else html(one.summary)
    told = changed if one.act == "corrected" else f'{summary} <b class="now">{html(one.act)}</b>'
    by = f" · {html(who)}" if who else ""
    return (
        f'<li id="{html(one.claim_id)}"><time>{html(day_and_hour(one.at))}</time>'
        f"<p><b>{html(one.account)}</b>, {html(one.about)}<br>{told}"
        f"<small>{html(one.why or 'no reason given')}{by} · "
        f'<a href="{html(evidence)}" target="_self">{html(one.claim_id)}</a></small></p></li>'
    )


def _old(words: str) -> str:
    return html(words) if words == "–" else f'<s><span class="unseen">was </span>{html(words)}</s>'
