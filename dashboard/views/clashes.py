"""Clashes: when they went on, and where many did over several days at which hours of the day and of the week."""

import streamlit as st

import by_group
import claims
import timeline_windows
from card import card
from contested.analysis.timing.time_steps import Step
from contested.chart import Chart
from contested.model.vocabulary import Period
from contested.query.selection import Selection
from sharing import link

ALSO = ("clashes-by-hour", "clashes-by-hour-of-week")
"""The charts that this view holds beside its own, where clashes are many."""
BY_GROUP = "clashes-by-group"
"""The chart of the same by group."""
_PERIODS = (Period.DAY, Period.WEEK, Period.MONTH)


def show(chart: Chart, selected: Selection) -> None:
    """Show the clashes of each hour or day, and where they are counted by day or longer at which hours they were."""
    answer = claims.ask(chart.key, selected)
    dated = answer.rows[answer.rows["hour"].notna()]
    is_many = len(dated) > 0 and dated["step"].iloc[0] != Step.HOUR and int(dated["possible"].max()) > 1
    told = str(dated["step"].iloc[0]) if len(dated) else ""
    card(answer, controls=(lambda: _periods(selected, told)) if is_many else timeline_windows.show_key)
    if is_many:
        for key in ALSO:
            card(claims.ask(key, selected))
    by_group.show(BY_GROUP, selected)


def _periods(selected: Selection, told: str) -> None:
    """Let the reader choose by which periods clashes are counted."""
    st.segmented_control(
        "By",
        list(map(str, _PERIODS)),
        format_func=str.capitalize,
        label_visibility="collapsed",
        **link.choice("period", str(selected.period or told), None),
    )
