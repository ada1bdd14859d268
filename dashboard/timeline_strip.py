"""The strip of all days above a timeline of very many events, and the slider whose ends are the window shown."""

from datetime import datetime, timedelta
from functools import partial

import streamlit as st

import claims
from answer_cache import once_per_answer
from contested.analysis.timing.opening_window import Window, is_mark, opened
from contested.answers import Answer
from contested.charts.timeline import MOST_EVENTS
from contested.drawing import overview
from contested.model.times import day
from contested.model.wording import counted
from contested.query.selection import Selection
from panel import mount, room
from sharing import link
from timeline_windows import windows_of

LEAST = timedelta(days=4)
"""What is no longer than this is seen at one glance without a strip."""


def show(selected: Selection) -> None:
    """Show the strip and its slider, where events are very many and lie far apart."""
    found = _counts(_of_all_days(selected))
    if found is None or (shown := _shown(claims.ask("timeline", selected))) is None:
        return
    edges, numbers = found
    draw = partial(overview.draw, edges, numbers, (shown.since, shown.until))
    said = f"{counted(sum(numbers), 'event')} by the day on which each begins at the earliest."
    mount.show(mount.Chart("timeline-strip", mount.drawn(draw, room.of_page(room.window())), said))
    _slider(edges, shown, selected)


def _of_all_days(selected: Selection) -> Answer:
    return claims.ask("timeline", selected.model_copy(update={"since": None, "until": None}))


@once_per_answer
def _shown(answer: Answer) -> Window | None:
    """Find the window shown among the events of all days."""
    return opened(_of_all_days(answer.legend.selection).rows, answer.legend)


@once_per_answer
def _counts(every: Answer) -> tuple[list[datetime], list[int]] | None:
    """Count the events of all days by steps, where they are very many and lie far apart."""
    marks = every.rows["first"][is_mark(every.rows)]
    if len(marks) <= MOST_EVENTS:
        return None
    whole = windows_of(every)[-1]
    if whole.until - whole.since <= LEAST:
        return None
    edges = overview.steps(whole.since, whole.until)
    return edges, overview.counts(marks.dt.tz_localize(None), edges)


def _slider(edges: list[datetime], shown: Window, selected: Selection) -> None:
    """Choose the first and the last step that are shown; the link holds them as its hours."""
    first = max((edge for edge in edges if edge <= shown.since), default=edges[0])
    last = min((edge for edge in edges if edge >= shown.until), default=edges[-1])
    years, key = edges[0].year != edges[-1].year, f"days-{first:%Y%m%d}-{last:%Y%m%d}"
    with st.container(key="days-shown"):
        st.select_slider(
            "Days shown",
            edges,
            value=(first, last),  # a slider of two ends only where it is told so, so each window is one of its own
            label_visibility="collapsed",
            format_func=lambda edge: f"{day(edge)} {edge.year}" if years else day(edge),
            **link.kept(key, partial(_write, selected.zone)),
        )


def _write(zone: str, ends: tuple[datetime, datetime]) -> None:
    """Write a window; ends that meet leave it as it was."""
    if ends[0] < ends[1]:
        since, until = Window("", *ends).instants(zone)
        link.write({"from": since, "to": until})
