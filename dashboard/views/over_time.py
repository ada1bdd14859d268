"""Over time: how long help took period by period, by the hour of the day or the weekday, and of the week."""

from collections.abc import Callable
from functools import partial

import streamlit as st

import claims
import delay_controls
from card import card, show_chart
from contested.analysis.timing.periods import known
from contested.answers import Answer
from contested.chart import Chart
from contested.drawing import html
from contested.model.times import LEAST_DELAYS
from contested.model.vocabulary import Period
from contested.query.selection import Selection
from sharing import link

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
            _half(claims.ask(second, selected), _segments)
        with st.container(key="place-delays-by-hour-of-week"):
            _half(claims.ask(LED_ON[-1], selected))


def _half(answer: Answer, controls: Callable[[], None] | None = None) -> None:
    """Show a card that has half of the page."""
    card(answer, controls=controls, body=_say_too_few if are_too_few(answer) else None, is_half=True)


def are_too_few(answer: Answer) -> bool:
    """Say whether there are not even delays for one median, so that a figure would be empty."""
    return int(known(answer.rows)["n"].sum()) < LEAST_DELAYS


def _say_too_few(_: Answer) -> None:
    """Say in the place of the figure why there is none, and where each delay stands."""
    each = f'<a href="{html(link.url("response-delays"))}" target="_self">Each delay by itself</a>'
    st.html(f'<p class="too-few">A median is drawn of {LEAST_DELAYS} delays or more. {each}</p>')


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
    (_say_too_few if are_too_few(answer) else show_chart)(answer)
