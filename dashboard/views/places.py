"""Map: the places of the claims, and beside them, or below on a phone, their list, which is the filter of places."""

import streamlit as st

import claims
from card import card, show_chart
from contested.analysis.places import named, noun
from contested.answers import Answer
from contested.chart import Chart
from contested.drawing import html
from contested.model.wording import counted
from contested.query.selection import Selection
from panel import room
from sharing import link

LISTED = 14
"""How many places are listed; the table has all."""


def show(chart: Chart, selected: Selection) -> None:
    """Show the map and the list."""
    card(claims.ask(chart.key, selected), body=_beside)


def _beside(answer: Answer) -> None:
    """Show the list beside the map where both have room, and no claims are shown there; else below."""
    listed, page = table(answer), room.of_page(room.window())
    has_room = page - room.BESIDE - room.GAP >= _LEAST and "map-mark" not in st.query_params
    with st.container(horizontal=has_room, key="map-and-list"):
        with st.container(key="map-plot"):
            show_chart(answer, room.beside(page) if listed and has_room else None)
        if listed:
            with st.container(key="map-list", width=room.BESIDE if has_room else "stretch"):
                st.html(listed)


_LEAST = 560
"""The least width of a map beside a list, in px."""


def table(answer: Answer) -> str:
    """List the places that most claims name, as HTML; a name is a link that keeps this place alone, or all again."""
    rows = named(answer.rows)
    if rows.empty:
        return ""
    named_so = rows.groupby(["place", "label"], dropna=False, sort=False)
    sums = named_so["told"].sum().reset_index().sort_values(["told", "label"], ascending=[False, True])
    places = list(zip(sums["place"], sums["label"], sums["told"], strict=True))
    written = "".join(_row(*one, answer.legend.selection) for one in places[:LISTED])
    more = f'<p class="sub">{counted(len(places) - LISTED, "place")} more in the table.</p>'
    head = f'<tr><th scope="col">Place</th><th scope="col">{noun(answer.rows)}s</th></tr>'
    return f'<table class="small">{head}{written}</table>{more * (len(places) > LISTED)}'


def _row(place: object, label: str, number: int, selected: Selection) -> str:
    """Write a place; one that has no id of its own cannot be kept alone."""
    if not isinstance(place, str):
        return f"<tr><td>{html(label)}</td><td>{number:,}</td></tr>"
    is_kept = selected.place == (place,)
    to = link.url("map", place="" if is_kept else place)
    mark = ' aria-current="true"' * is_kept
    return f'<tr><td><a href="{html(to)}" target="_self"{mark}>{html(label)}</a></td><td>{number:,}</td></tr>'
