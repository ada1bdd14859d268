"""Changes: what became known since an earlier moment, one line each, and which moment that is."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

import account_name
import claims
import last_visit
from card import card
from contested.answers import Answer
from contested.chart import Chart
from contested.charts.changes import ADDED, SIGNS, Entry, entries, number_of, since
from contested.drawing import html
from contested.model.vocabulary import KnownBy
from contested.model.wording import counted
from contested.query.legend import Legend
from contested.query.selection import Selection
from sharing import link
from untrusted import plain

TOP, SHOWN = 5, 500
"""How many changes the story shows, and how many this view."""
PRESETS = {
    "looked": "Since you last looked",
    "morning": "Since 09:00",
    "yesterday": "Since yesterday",
    "moment": "A moment",
}
"""From which moment on changes are listed, by the names of the choices."""


def show(chart: Chart, selected: Selection) -> None:
    """Show everything that became known since the earlier moment, and choose that moment."""
    card(claims.ask(chart.key, selected), body=_list)


def show_short(answer: Answer) -> None:
    """Show the changes that weigh most."""
    listed = [one for one in entries(answer.rows, answer.legend, TOP) if one.change not in ADDED]
    more = number_of(answer.rows) - len(listed)
    with st.container(key="card-changes-short", gap=None):
        st.header(plain(answer.title), anchor=False)
        if not answer.rows.empty:
            st.html(
                f'<p class="sub">{html(since(answer.rows))}</p>{change_list(listed, _written(listed, answer.legend))}'
            )
        left = f"{more:,} more {'change' if more == 1 else 'changes'}" if more > 0 else ""
        every = f'<a href="{html(link.url("changes"))}" target="_self">All changes</a>'
        st.html(f'<p class="foot"><span>{html(left)}</span>{every}</p>')


def change_list(listed: list[Entry], names: Mapping[str, str] | None = None) -> str:
    """Write changes as a list: sign, who, as HTML where it is written otherwise, what, and since when."""
    return f'<ul class="changes">{"".join(_item(one, names or {}) for one in listed)}</ul>' if listed else ""


def _written(listed: list[Entry], legend: Legend) -> Mapping[str, str]:
    return account_name.written(
        dict.fromkeys(who for entry in listed for who in entry.who), [voice.label for voice in legend.voices]
    )


_SAID = {
    "▲": "raised",
    "▼": "lowered",
    "≠": "contradiction",
    "✕": "withdrawn",
    "✎": "corrected",
    "~": "restated",
    "+": "new",
}
"""What each sign says."""


def _key(listed: list[Entry]) -> str:
    """Explain the signs of a list, as HTML; a screen reader hears at each entry what its sign says."""
    signs = dict.fromkeys(SIGNS[entry.change] for entry in listed)
    words = "".join(f"&ensp;<b>{sign}</b> {_SAID[sign]}" for sign in signs)
    return f'<span class="signs" aria-hidden="true">{words}</span>'


def _item(entry: Entry, names: Mapping[str, str]) -> str:
    who = " against ".join(f"<b>{names.get(one) or html(one)}</b>" for one in entry.who)
    return (
        f'<li><span class="sign" aria-hidden="true">{SIGNS[entry.change]}</span>'
        f'<span><span class="unseen">{html(entry.change)}: </span>{who}: {html(entry.words)}</span>'
        f"<time>{html(entry.when)}</time></li>"
    )


def _list(answer: Answer) -> None:
    _presets(answer.legend.selection)
    if answer.rows.empty:
        st.html('<p class="sub">Nothing is new. Choose an earlier moment.</p>')
        return
    listed = entries(answer.rows, answer.legend, SHOWN)
    st.html(f'<p class="sub">{html(since(answer.rows))}{_key(listed)}</p>{change_list(listed)}')
    if more := number_of(answer.rows) - len(listed):
        st.html(f'<p class="sub">{counted(more, "change")} more in the table.</p>')


def _presets(selected: Selection) -> None:
    """Offer the moments from which on changes are listed; the link holds the moment, not the choice."""
    moments = presets(selected, last_visit.last_visit())
    chosen = next((key for key, moment in moments.items() if moment == selected.compared_with), None)
    is_own = selected.compared_with is not None and chosen is None
    st.segmented_control(
        "Since",
        [*moments, "moment"],
        format_func=PRESETS.__getitem__,
        label_visibility="collapsed",
        **link.written("changes-since", "moment" if is_own else chosen, partial(_choose, moments, selected)),
    )
    if is_own:
        _own_moment(selected)


def presets(selected: Selection, visited: datetime | None) -> dict[str, datetime]:
    """Give the moment of each choice, by the clock of the viewer's zone at the moment as known at, by default now."""
    zone = ZoneInfo(selected.zone)
    now = (selected.as_known_at or datetime.now(zone)).astimezone(zone)
    morning = now.replace(hour=9, minute=0, second=0, microsecond=0)
    moments = {
        "morning": morning if morning < now else morning - timedelta(days=1),
        "yesterday": now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1),
    }
    return ({"looked": visited.replace(microsecond=0)} if visited and not selected.as_known_at else {}) | moments


def _choose(moments: dict[str, datetime], selected: Selection, chosen: str | None) -> None:
    """Write the moment of a choice; what is chosen again is let go, and the usual moment shown."""
    if chosen == "looked":
        basis = last_visit.selection_since(selected, moments[chosen]).known_by
        link.put("known_by", None if basis is KnownBy.STATED else str(basis))
    moment = _usual(selected) if chosen == "moment" else moments.get(chosen or "")
    link.put("compared_with", moment.isoformat(timespec="seconds") if moment else None)


def _usual(selected: Selection) -> datetime:
    """Give the moment from which on changes are listed where none is chosen, by default a day ago."""
    rows = claims.ask("changes", selected).rows
    if rows.empty:
        return datetime.now(ZoneInfo(selected.zone)) - timedelta(days=1)
    since: pd.Timestamp = rows["since"].iloc[0]
    return since.to_pydatetime()


def _own_moment(selected: Selection) -> None:
    if selected.compared_with:
        wall = selected.compared_with.astimezone(ZoneInfo(selected.zone)).replace(tzinfo=None)
        wired = link.written("changes-moment", wall, partial(_write_moment, selected.zone))
        st.datetime_input("What changed since", width=260, **wired)


def _write_moment(zone: str, wall: datetime | None) -> None:
    link.put("compared_with", link.instant(wall, zone).isoformat(timespec="minutes") if wall else None)
