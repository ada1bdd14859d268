"""Delays: each account's own, all of them together, and every clock, by which the others can be set."""

from collections.abc import Callable
from functools import partial

import streamlit as st

import claims
import clock_table
import link
from card import card, show_chart
from contested.answers import Answer
from contested.chart import Chart
from contested.charts.clocks import grids, milestones_shown, unrun
from contested.charts.pooled_delays import Summary, beside, summaries
from contested.drawing import glyph_html, html
from contested.query.selection import Selection
from panel import room

SEGMENTS = {"response-delays": "Each account", "pooled-delays": "All delays together", "clocks": "Every clock"}
"""What the view shows one of, by the charts: the words of the switch between them."""
ROWS = "The observations behind these figures"
SEGMENT = "delays"
"""The parameter of a link that names one."""


def show(chart: Chart, selected: Selection) -> None:
    """Show the chart that the link names, under a switch between the three."""
    asked = st.query_params.get(SEGMENT)
    key = asked if asked in SEGMENTS else chart.key
    bodies: dict[str, Callable[[Answer], None]] = {"pooled-delays": _pooled, "clocks": _clocks}
    card(claims.ask(key, selected), controls=_segments, body=bodies.get(key))


def _segments() -> None:
    usual = next(iter(SEGMENTS))
    st.segmented_control(
        "Delays",
        list(SEGMENTS),
        format_func=SEGMENTS.__getitem__,
        label_visibility="collapsed",
        **link.one(SEGMENT, SEGMENTS, usual),
    )


def _pooled(answer: Answer) -> None:
    """Show the figure, and beside it, or below it on a phone, the target and the numbers as a table."""
    numbers = table(summaries(answer.rows, answer.legend), answer.legend.selection.target_minutes)
    with st.container(horizontal=True, key="pooled"):
        with st.container(key="pooled-plot"):
            show_chart(answer, room.beside(room.of_page(room.window())) if numbers else None)
        if numbers:
            with st.container(key="pooled-table", width=room.BESIDE):
                _target(answer.legend.selection)
                st.html(f'{numbers}<p class="sub">{html(beside(answer.rows, answer.legend))}</p>')
                st.html(f'<p class="sub"><a href="{html(link.url("observations"))}" target="_self">{ROWS}</a></p>')


def _target(selected: Selection) -> None:
    """Let the reader set within how many minutes help is to come."""
    st.number_input(
        "Target, minutes",
        0.1,
        step=1.0,
        format="%g",
        placeholder="None",
        width=150,
        **link.choice("target_minutes", selected.target_minutes, None),
    )


def table(listed: list[Summary], target: float | None) -> str:
    """Write n, median, 90 % and the share within a target of each account as HTML."""
    if not any(one.median for one in listed):
        return ""
    heads = ["Account", "n", "median", "90%", *([f"within {target:g} min"] if target else [])]
    rows = "".join(map(partial(_row, has_target=bool(target)), listed))
    return f'<table class="small"><tr>{"".join(f"<th>{html(head)}</th>" for head in heads)}</tr>{rows}</table>'


def _row(one: Summary, *, has_target: bool) -> str:
    voice = one.group.voice
    name = f'<span style="color:var(--l{voice.number % 7})">{html(voice.label)}</span>'
    cells = [one.n, one.median or "too few", one.p90, *([one.within] if has_target else [])]
    written = "".join(f"<td>{html(cell)}</td>" for cell in cells)
    return f"<tr><td>{glyph_html(voice.number, voice.form)} {name}</td>{written}</tr>"


def _clocks(answer: Answer) -> None:
    """Show a table for each account, of which a cell sets the clock of every view."""
    told, selected = grids(answer.rows, answer.legend), answer.legend.selection
    address = partial(link.url, "response-delays", **{SEGMENT: "clocks"})
    shown = clock_table.tables(told, *milestones_shown(answer.rows, answer.legend), selected, address)
    silent = f'<p class="sub">{html(unrun(answer.rows, answer.legend))}</p>'
    st.html(f"{shown}{clock_table.KEY}{silent}" if told else silent)
