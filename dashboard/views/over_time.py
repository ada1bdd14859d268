"""Over time: how long help took period by period, by the hour of the day or the weekday, and of the week."""

from functools import partial

import streamlit as st

import claims
import delay_controls
import link
from card import card, show_chart
from contested.answers import Answer
from contested.chart import Chart
from contested.model.vocabulary import Period
from contested.query.selection import Selection

SEGMENTS = {"delays-by-hour": "Hour of the day", "delays-by-weekday": "Weekday"}
"""What the second card is told by, by the charts."""
SEGMENT = "delays-by"
"""The parameter of a link that names one."""
LED_ON = (*SEGMENTS, "delays-by-hour-of-week")
"""The charts that this view holds beside its own."""


def show(chart: Chart, selected: Selection) -> None:
    """Show three cards: over time, and below it by the hour or the weekday beside the hours of the week."""
    card(claims.ask(chart.key, selected), body=partial(_with_controls, selected))
    asked = st.query_params.get(SEGMENT)
    second = asked if asked in SEGMENTS else next(iter(SEGMENTS))
    with st.container(horizontal=True, key="pairs", gap=None):
        with st.container(key="place-delays-by-hour"):
            card(claims.ask(second, selected), controls=_segments, is_half=True)
        with st.container(key="place-delays-by-hour-of-week"):
            card(claims.ask(LED_ON[-1], selected), is_half=True)


def _segments() -> None:
    usual = next(iter(SEGMENTS))
    st.segmented_control(
        "By",
        list(SEGMENTS),
        format_func=SEGMENTS.__getitem__,
        label_visibility="collapsed",
        **link.one(SEGMENT, SEGMENTS, usual),
    )


def _with_controls(selected: Selection, answer: Answer) -> None:
    """Show the figure under what it can be told by: the clock, the period, the target, and which calls."""
    told = str(answer.rows["unit"].iloc[0]) if len(answer.rows) else None
    with st.container(horizontal=True, key="controls-over-time", gap="small", vertical_alignment="bottom"):
        delay_controls.clock(selected)
        st.segmented_control(
            "By",
            list(map(str, Period)),
            format_func=str.capitalize,
            width="content",
            **link.choice("period", str(selected.period or told or ""), None),
        )
        delay_controls.target(selected)
        delay_controls.calls(selected)
    show_chart(answer)
