"""The strip above a timeline: how many events begin when, over all days, and between two lines the window shown.

An event counts in the step in which it begins at the earliest, whoever tells it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd

from contested.drawing import box, figure, is_phone, line, note
from contested.drawing.lanes import stamp, time_axis
from contested.theme import LIGHT, NAME, Figure, Trace

_HIGH, _LEFT, _RIGHT = 62, 176, 8
"""In px: how high the strip is, and the room at its sides, as of the lanes below it."""
MOST_STEPS = 120
"""Over more days a step is so many days that there are no more steps than this."""


def steps(since: datetime, until: datetime) -> list[datetime]:
    """Divide all days into steps of full days, with the end of the last one."""
    first = since.replace(hour=0, minute=0, second=0, microsecond=0)
    days = (until - first) // timedelta(days=1) + 1
    each = timedelta(days=-(-days // MOST_STEPS))
    edges = [first]
    while edges[-1] < until:
        edges.append(edges[-1] + each)
    return edges


def counts(begins: "pd.Series[pd.Timestamp]", edges: Sequence[datetime]) -> list[int]:
    """Count the events that begin in each step."""
    moments, places = begins.to_numpy("datetime64[us]"), np.array(edges, "datetime64[us]")
    held = np.searchsorted(places, moments, "right") - 1
    found: list[int] = np.bincount(held[(held >= 0) & (held < len(edges) - 1)], minlength=len(edges) - 1).tolist()
    return found


def draw(edges: Sequence[datetime], numbers: Sequence[int], shown: tuple[datetime, datetime], width: float) -> Figure:
    """Draw the columns on a pale band, and a line at either end of the window that is shown."""
    left = 0 if is_phone(width) else _LEFT
    plot, most = width - left - _RIGHT, max(numbers, default=0) or 1
    middles = [stamp(one + (other - one) / 2) for one, other in pairwise(edges)]
    columns: Trace = {
        "type": "bar",
        "x": middles,
        "y": [-number / most * (_HIGH - 6) for number in numbers],
        "base": [_HIGH] * len(numbers),
        "width": [(edges[1] - edges[0]) / timedelta(milliseconds=1) * 0.88] * len(numbers),
        "marker": {"color": LIGHT["axis"], "line": {"width": 0}},
        "hoverinfo": "skip",
    }
    ruled, ticks, foot = time_axis(edges[0], edges[-1], plot, _HIGH, (left, _RIGHT))
    ends = [line(stamp(edge), 0, stamp(edge), _HIGH, LIGHT["ink"], width=2, layer="above") for edge in shown]
    name = [note("all days", 0, _HIGH / 2, LIGHT["quiet"], size=NAME, xref="paper", xshift=18 - left)] * bool(left)
    return figure(
        width,
        _HIGH + foot,
        [columns],
        left=left,
        right=_RIGHT,
        bottom=foot,
        shapes=[box(0, 0, 1, _HIGH, LIGHT["silent"], xref="paper"), *ruled, *ends],
        notes=[*ticks, *name],
        xaxis={"type": "date", "range": [stamp(edges[0]), stamp(edges[-1])], "showticklabels": False},
        yaxis={"range": [_HIGH, 0], "showticklabels": False},
    )
