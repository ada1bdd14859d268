"""The figure: panels above each other on one axis of days, with room for the labels."""

from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from contested.analysis.totals import clock, round_ticks
from contested.charts.casualty_counts.annotations import annotations_of
from contested.charts.casualty_counts.axis import HEAD, MONTHS_FROM, PX, Room, bold, day_axis
from contested.charts.casualty_counts.foot import foot_of, key_of_marks
from contested.charts.casualty_counts.labels import (
    LABEL,
    end_labels,
    ends_of,
    label_width,
    number_of_lines,
    undated_strip,
)
from contested.charts.casualty_counts.marks import hover, said, stems, traces_of
from contested.charts.casualty_counts.panels import WIDE, Panel, panels_of
from contested.drawing import Shape, figure, is_phone, note, points, shortened, text_width, wrapped
from contested.drawing.lanes import fitted
from contested.query.legend import Legend
from contested.query.rows import Row
from contested.text import casualty_figures
from contested.theme import LIGHT, NOTHING, Figure, Trace, label_colour, plain

_FOOT, _GAP = 24, 30
"""Px under the last panel for the days, and between panels."""


def draw(answer: pd.DataFrame, legend: Legend, width: float, *, is_brief: bool = False) -> Figure:
    """Draw a panel per count with a line per account; say at the foot who gives no toll, or one in words only."""
    every = panels_of(answer, legend, width)
    panels = [panel for panel in every if panel.has_numbers]
    dated = [row for panel in panels for row in panel.rows if not pd.isna(row.stated_at)]
    if not dated:
        return _list(answer, legend, width, is_brief=is_brief)
    room = _room(panels, dated, legend, width)
    below = _placed(panels, room, *((0, 110) if width < WIDE else (18, 150))) + _FOOT
    traces: list[Trace] = []
    shapes, notes = day_axis(panels, room, width)
    if width >= WIDE:
        notes.append(note(key_of_marks(panels), 0, 9, LIGHT["quiet"], **PX))
    for panel in panels:
        traces += traces_of(panel, room, legend)
        shapes += stems(panel, room)
        notes.append(bold(note(panel.name, room.left, panel.top - 6, size=14, yanchor="bottom", **PX)))
        labels = end_labels(panel, room)
        undated = undated_strip(panel, room, legend)
        traces += undated[0]
        shapes += labels[0] + undated[1]
        notes += labels[1] + undated[2]
    notes += annotations_of(panels[0], room)
    in_words = [panel for panel in every if panel not in panels]
    foot, words, height = foot_of(answer, legend, panels, room, below, is_brief=is_brief, in_words=in_words)
    axes: dict[str, Any] = {panel.axis.replace("y", "yaxis"): _counts(panel, height) for panel in panels}
    across: dict[str, Any] = {"showticklabels": False, "anchor": "free"}
    days = {
        "type": "date",
        "range": [f"{edge:%Y-%m-%dT%H:%M}" for edge in (room.since, room.until)],
        "domain": [room.left / width, room.right / width],
    }
    return figure(
        width,
        height,
        [NOTHING | {"xaxis": "x2", "yaxis": "y"}, *traces],
        shapes=[*shapes, *foot],
        notes=[*notes, *words],
        xaxis=days | across,
        xaxis2={"range": [0, width]} | across,
        yaxis={"range": [height, 0]} | across,
        **axes,
    )


def _counts(panel: Panel, height: float) -> dict[str, Any]:
    """Rule the axis of the figures of one panel, in a chart of so many px."""
    return {
        "range": [0, panel.ticks[-1]],
        "tickvals": panel.ticks,
        "ticktext": [f"{tick:,}" for tick in panel.ticks],
        "domain": [1 - panel.bottom / height, 1 - panel.top / height],
        "showgrid": True,
        "gridcolor": LIGHT["grid"],
        "zeroline": True,
        "zerolinecolor": LIGHT["axis"],
        "anchor": "x",
    }


def _room(panels: list[Panel], dated: list[Row], legend: Legend, width: float) -> Room:
    """Leave room left for the ticks and what is undated, right for the labels at the ends; choose the days shown."""
    for panel in panels:
        heights = [float(n) for row in panel.rows for n in (row.low, row.best, row.high) if not pd.isna(n)]
        panel.ticks = round_ticks(max([1.0, *heights]))
    phone = is_phone(width)
    is_undated = any(pd.isna(row.stated_at) for panel in panels for row in panel.rows)
    strip = (52 if phone else 150) if is_undated else 0
    ticks = max(text_width(f"{panel.ticks[-1]:,}") for panel in panels)
    most = width * (0.39 if phone else 0.36 if width < WIDE else 0.24)
    labels = [label_width(one.names, f" {one.words} {one.definition}") for panel in panels for one in ends_of(panel)]
    labels += [text_width(one.name) + 14 for panel in panels if panel.is_of_events for one in panel.lines]
    right = min(most, max([0.0, *labels]) + 22)
    first, last = (edge(clock(row) for row in dated) for edge in (min, max))
    since = first.replace(hour=0, minute=0, second=0, microsecond=0)
    until = last.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    if known := legend.selection.as_known_at:
        known = known.astimezone(dated[0].stated_at.tzinfo).replace(tzinfo=None)
        until = min(max(until, known), until + max(timedelta(days=1), (until - since) / 3))
    if (until - since).days > MONTHS_FROM:
        aside = (until - since) / 40
        since, until = since - aside, until + aside
    return Room(width, strip + ticks + (18 if strip else 8), width - right, since, until, strip)


def _placed(panels: list[Panel], room: Room, top: float, most: int) -> float:
    """Stack the panels, each as high as its labels need, and give the lower edge of the last one."""
    for place, panel in enumerate(panels, start=2):
        count = number_of_lines(panel, room) + sum(bool(one.undated) for line in panel.lines for one in line.series)
        least = most if place == 2 or len(panel.rows) > 3 else 90  # noqa: PLR2004 the first panel; small figures
        panel.height, panel.axis, panel.top = max(least, LABEL * (count + 1)), f"y{place}", top + HEAD
        top = panel.bottom + _GAP - HEAD + 6
    return panels[-1].bottom


_LISTED = 20
"""How many figures of one measure are listed at most."""


def _list(answer: pd.DataFrame, legend: Legend, width: float, *, is_brief: bool) -> Figure:
    """List figures that are said nowhen, or in words only: they stand on no axis; of many numbers the highest."""
    totals = answer[~answer["is_part"].astype(bool)].sort_values("height", ascending=False, kind="stable")
    highest = totals.groupby("measure", sort=False).head(_LISTED)
    is_cut = len(highest) < len(totals)
    panels = panels_of(highest if is_cut else answer, legend, width)
    which = "highest" if totals["height"].notna().any() else "first"
    cut = f"; the {_LISTED} {which} of each measure" if is_cut else ""
    shapes: list[Shape] = []
    notes: list[Shape] = []
    marks: list[Trace] = []
    top = 4.0
    for panel in panels:
        how = "; not said when" if all(pd.isna(row.stated_at) for row in panel.rows) else ""
        how += "" if panel.has_numbers else "; in words only"
        for text in wrapped(f"{panel.name}{how}{cut}", width):
            notes.append(bold(note(text, 0, top + 10, size=14, **PX)))
            top += 18
        top += 10
        for one in panel.lines:
            for row in sorted(one.rows, key=lambda row: -row.height) if is_cut else one.rows:
                text = f"{shortened(one.name, 22)}  {said(row)}"
                told = hover(row, legend)
                if panel.is_of_events:
                    event = casualty_figures.event_named(row, legend)
                    text = fitted(f"{text} · {event}", width - 24, 14)
                    told = f"{told}; {plain(event)}"
                notes.append(note(text, 24, top, label_colour(one.number), size=14, **PX))
                [first, *ring] = points([10], [top], one.number, one.lane.shape, is_hollow=bool(row.hearsay), size=10)
                about = {"customdata": [[row.number]], "hovertext": [told], "hoverinfo": "text"}
                marks += [trace | {"xaxis": "x2"} for trace in (first | about, *ring)]
                top += 24
    room = Room(width, 0, width, datetime.min, datetime.max)  # noqa: DTZ901 no axis
    foot, words_, height = foot_of(answer, legend, panels, room, top + 2, is_brief=is_brief)
    height = max(height, 24)
    axis = {"showticklabels": False, "anchor": "free"}
    return figure(
        width,
        height,
        marks,
        shapes=[*shapes, *foot],
        notes=[*notes, *words_],
        xaxis2=axis | {"range": [0, width]},
        yaxis=axis | {"range": [height, 0]},
    )
