"""Corrections: what was published, what it says now, and why."""

import csv
import io
from urllib.parse import urlencode

import streamlit as st

import claims
from card import copy_link
from contested.drawing import html
from contested.export.table import harmless
from contested.model.times import zone_words
from contested.model.wording import counted
from contested.query.selection import Selection
from contested.text.corrections_log import Correction, corrections_log
from newsroom.story_log import line
from sharing import link
from untrusted import plain

SHOWN = 100
PATH = "corrections"


def show(selected: Selection) -> None:
    """List every correction and withdrawal since the claims were recorded, the newest first."""
    story = claims.story()
    changed = claims.store().claims(list(story.changes))
    log = corrections_log(story, changed, selected.zone)
    st.title(plain(title(log)), anchor=False)
    if not log:
        st.html(f'<p class="sub">{html(_nothing(is_kept=bool(story.head)))}</p>')
        return
    clocks = html(zone_words(selected.zone, log[0].at))
    st.html(f'<p class="sub">What was published, what it says now, and why; the newest first, times in {clocks}</p>')
    st.html(f'<ol class="corrections">{"".join(map(line, log[:SHOWN]))}</ol>')
    left = f"{counted(len(log) - SHOWN, 'entry', 'entries')} more in the file" if len(log) > SHOWN else ""
    with st.container(horizontal=True, gap="small", key="corrections-foot"):
        st.html(f'<p class="foot">{html(left)}</p>', width="stretch")
        st.download_button(
            "As a file", _csv(log), "corrections.csv", "text/csv", key="corrections-csv", type="tertiary"
        )
        feed = urlencode([(name, value) for name, value in link.filters() if name == "story"])
        st.html(f'<p class="foot"><a href="./api/v1/feed.atom?{html(feed)}">Feed</a></p>', width="content")
        st.html(f'<p class="acts">{copy_link(PATH)}</p>', width="content")


def title(log: list[Correction]) -> str:
    """Say how many claims were corrected and withdrawn."""
    acts = {act: len({one.claim_id for one in log if one.act == act}) for act in ("corrected", "withdrawn")}
    told = [f"{counted(number, 'claim')} {act}" for act, number in acts.items() if number]
    return " and ".join(told) or ("Claims were put back in place" if log else "Nothing has been corrected")


def _nothing(*, is_kept: bool) -> str:
    if is_kept:
        return "Every claim stands as it was first recorded."
    return "This story is read from files, which hold no earlier states; load it into a record to keep them."


def _csv(log: list[Correction]) -> str:
    """Write the log as CSV, a row for each thing that was changed; no text in it would run as a formula."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("recorded_at", "claim_id", "account", "about", "act", "field", "was", "now", "why"))
    for one in log:
        about = (one.at.isoformat(), one.claim_id, one.account, one.about, one.act)
        for difference in one.differences or [("", one.summary, "")]:
            writer.writerow([harmless(cell) for cell in (*about, *difference, one.why)])
    return file.getvalue()
