"""Remarks of a presenter on a chart: sentences in a band of their own above it, each with an arrow to its moment.

They cover no mark. A chart that has no such moment on its axis gets the sentence without an arrow.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from contested.drawing import Shape, note, text_width, wrapped
from contested.model.remark import Remark
from contested.theme import LIGHT, Figure

_LINE, _GAP, _ARROW = 17, 6, 12
"""The height of a line, what parts two sentences, and how long the shortest arrow is, in px."""
_LEAST, _MOST, _BESIDE, _HEAD = 180, 420, 6, 4
"""How wide a sentence is at least and at most, how far it stands from an arrow, and half the width of its head."""


class _Said(NamedTuple):
    """A sentence in lines, where it begins and where its arrow points, in px from the left of the plot."""

    lines: list[str]
    left: float
    place: float | None


class _Room(NamedTuple):
    """From where to where a sentence may stand, beside which arrow and whether to the right of it."""

    since: float
    until: float
    number: int
    is_right: bool


def remarked(figure: Figure, remarks: Iterable[Remark], zone: str) -> Figure:
    """Add remarks to a figure, which becomes as much higher as they need; nothing in it moves against the rest."""
    layout = figure["layout"]
    told = list(_laid_out(sorted(remarks, key=lambda one: one.at), layout, zone))
    band = sum(len(one.lines) * _LINE + _GAP for one in told) + _ARROW
    shapes, notes, up = list[Shape](), list[Shape](), float(band)
    for one in told:
        notes.append(_sentence(one, up))
        shapes += _arrow(one.place, up - _LINE / 2, _plot(layout)) if one.place is not None else []
        up -= len(one.lines) * _LINE + _GAP
    margin = layout["margin"] | {"t": layout["margin"]["t"] + band}
    more = {"height": layout["height"] + band, "margin": margin}
    more |= {"shapes": [*layout["shapes"], *shapes], "annotations": [*layout["annotations"], *notes]}
    return figure | {"layout": layout | more}


def _laid_out(told: Sequence[Remark], layout: dict[str, Any], zone: str) -> Iterator[_Said]:
    """Put each sentence beside its arrow, one below the other, so that none stands on the arrow of another.

    Those without an arrow come first, for no arrow runs through them.
    """
    begin = -float(layout["margin"]["l"])
    end = begin + layout["width"]
    pointed = []
    for one in told:
        place = _place(layout, one.at.astimezone(ZoneInfo(zone)).replace(tzinfo=None))
        if place is None:
            yield _Said(wrapped(one.sentence(zone), min(end - begin, _MOST)), begin, None)
        else:
            pointed.append((place, one.sentence(zone)))
    for room in max(_ways([place for place, _ in pointed], begin, end), key=_narrowest):
        place, words = pointed[room.number]
        lines = wrapped(words, min(room.until - room.since, _MOST))
        left = room.since if room.is_right else max(room.since, room.until - max(map(text_width, lines)))
        yield _Said(lines, left, place)


def _ways(places: Sequence[float], begin: float, end: float) -> Iterator[list[_Room]]:
    """Let some of the first stand right of their arrows and the others left, either of them above the others.

    To the right the first stands highest, to the left the last: so the arrows from above pass by. What stands below
    keeps clear of the nearest arrow from above. The best to read comes first.
    """
    for number in range(len(places), -1, -1):
        for is_right_above in (True, False):
            since = places[number - 1] + _BESIDE if number and is_right_above else begin
            until = places[number] - _BESIDE if number < len(places) and not is_right_above else end
            right = [_Room(places[one] + _BESIDE, until, one, is_right=True) for one in range(number)]
            left = [_Room(since, places[one] - _BESIDE, one, is_right=False) for one in range(number, len(places))][
                ::-1
            ]
            yield [*right, *left] if is_right_above else [*left, *right]


def _narrowest(rooms: Sequence[_Room]) -> float:
    """Say how wide the narrowest room is, as far as that matters."""
    return min((min(room.until - room.since, _LEAST) for room in rooms), default=0)


def _place(layout: dict[str, Any], moment: datetime) -> float | None:
    """Say how many px from the left of the plot a moment lies, where the chart has an axis that holds it."""
    for name, axis in layout.items():
        if name.startswith("xaxis") and axis.get("type") == "date" and axis.get("range"):
            first, last = (datetime.fromisoformat(end).replace(tzinfo=None) for end in axis["range"])
            if first <= moment <= last:
                begin, end = axis.get("domain") or (0, 1)
                share = begin + (end - begin) * ((moment - first) / (last - first))
                return float(share * (layout["width"] - layout["margin"]["l"] - layout["margin"]["r"]))
    return None


def _plot(layout: dict[str, Any]) -> tuple[float, float]:
    """Give from where to where the parts of a chart that have an axis stand, in shares of its height."""
    parts = [axis["domain"] for name, axis in layout.items() if name.startswith("yaxis") and axis.get("domain")]
    return (min(low for low, _ in parts), max(high for _, high in parts)) if parts else (0, 1)


def _sentence(one: _Said, up: float) -> Shape:
    """Write a sentence so many px above the plot."""
    placed: dict[str, Any] = {"xref": "paper", "yref": "paper", "yanchor": "top", "is_on_page": True}
    placed |= {"xshift": one.left, "yshift": up}
    lines = (note(line, 0, 0)["text"] for line in one.lines)
    return note("", 0, 1, LIGHT["ink"], **placed) | {"text": "<br>".join(lines)}


def _arrow(place: float, up: float, plot: tuple[float, float]) -> list[Shape]:
    """Draw an arrow down to the top of the chart, and a fine rule through its plot, not through words around it."""
    ink = {"color": LIGHT["ink"], "width": 1.5}
    pixels = {"xref": "paper", "yref": "paper", "xsizemode": "pixel", "xanchor": 0, "ysizemode": "pixel", "yanchor": 1}
    shaft = {"type": "line", "x0": place, "x1": place, "y0": _HEAD, "y1": up, "line": ink}
    corners = f"M{place - _HEAD:.2f},{2 * _HEAD} L{place + _HEAD:.2f},{2 * _HEAD} L{place:.2f},0 Z"
    head = {"type": "path", "path": corners, "fillcolor": LIGHT["ink"], "line": {"width": 0}}
    fine = {"type": "line", "x0": place, "x1": place, "y0": plot[0], "y1": plot[1], "layer": "below"}
    fine |= {"xref": "paper", "yref": "paper", "xsizemode": "pixel", "xanchor": 0}
    rule = fine | {"line": {"color": LIGHT["axis"], "width": 1, "dash": "dot"}}
    return [rule, pixels | {"layer": "above"} | shaft, pixels | {"layer": "above"} | head]
