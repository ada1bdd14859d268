"""Rows of 90th percentiles: each a mark on its interval, below the name of its part, beside the objective of that."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from contested import drawing, theme
from contested.theme import LIGHT, Figure, Trace

Ends = tuple[float | None, float | None]
"""Minutes between which something lies; None where nothing bounds it."""


class Ranged(NamedTuple):
    """One row: its name, what it says, the 90th percentile and its interval, and the row of the answer it draws."""

    name: str
    words: str
    p90: Ends
    interval: Ends
    row: int


class Part(NamedTuple):
    """Rows below one name, and the minutes within which nine of ten are to be over, if that is set."""

    name: str
    objective: float | None
    rows: list[Ranged]


_ROW, _HEAD, _FOOT = 24, 30, 30


def draw(parts: Sequence[Part], width: float) -> Figure:
    """Draw all parts below each other on one scale of minutes."""
    if not parts:
        return drawing.figure(width, 24, [])
    is_narrow, left = drawing.is_phone(width), 120 if drawing.is_phone(width) else 190
    data: list[Trace] = []
    notes: list[drawing.Shape] = []
    shapes: list[drawing.Shape] = []
    ends = [end for part in parts for row in part.rows for end in (row.interval[1], row.p90[1], part.objective) if end]
    most = max(ends, default=10.0) * 1.05
    y = 0.0
    for part in parts:
        head = drawing.note("", 0, y + _HEAD - 10, xref="paper", xshift=-left)
        notes.append(head | {"text": f"<b>{theme.plain(part.name)}</b>"})
        y += _HEAD
        if part.objective:
            end = y + _ROW * len(part.rows)
            shapes.append(
                drawing.line(part.objective, y, part.objective, end, LIGHT["text"], width=1.5, dash="4px,3px")
            )
        for row in part.rows:
            name = theme.plain(drawing.shortened(row.name, 16 if is_narrow else 26))
            notes.append(drawing.note(name, 0, y + _ROW / 2, LIGHT["quiet"], xref="paper", xshift=-left))
            data += _marks(row, y + _ROW / 2, most)
            y += _ROW
    axis = {"range": [0, most], "showgrid": True, "gridcolor": LIGHT["grid"], "ticksuffix": " min", "nticks": 6}
    high = max(y, _ROW) + _FOOT
    sized: dict[str, Any] = {"left": left, "right": 12, "top": 0, "bottom": _FOOT, "shapes": shapes, "notes": notes}
    ruled = {"range": [max(y, _ROW), 0], "showticklabels": False}
    return drawing.figure(width, high, data, xaxis=axis | {"showticklabels": True}, yaxis=ruled, **sized)


def _marks(row: Ranged, y: float, most: float) -> list[Trace]:
    """Mark a percentile on its interval, which runs on to the edge where it has no known end."""
    ink, (least, longest) = theme.colour(0), row.interval
    edges = [0.0 if least is None else least, most if longest is None else longest]
    span = {"type": "scatter", "mode": "lines", "x": edges, "y": [y, y], "hoverinfo": "skip"}
    middle = [value for value in dict.fromkeys(row.p90) if value is not None]
    dot = {
        "type": "scatter",
        "mode": "markers",
        "x": middle,
        "y": [y] * len(middle),
        "hovertext": theme.plain(row.words),
    }
    look = {"marker": {"size": 10, "color": ink}, "customdata": [[row.row]] * len(middle), "hoverinfo": "text"}
    return [span | {"line": {"width": 3, "color": ink}}, dot | look]
