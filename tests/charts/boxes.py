"""Where the texts of a figure stand, reckoned in px without a browser: no two of them may touch."""

import re
from datetime import datetime
from html import unescape
from itertools import combinations
from typing import NamedTuple

from contested.drawing import text_width
from contested.theme import LIGHT

_SLACK = 1
_LINE = 1.25
"""How high a line is, as a multiple of its letters."""


class Box(NamedTuple):
    """A text or a bar, with its edges in px from the top left corner of the figure."""

    left: float
    top: float
    right: float
    bottom: float
    text: str = ""

    def touches(self, other):
        across = self.left < other.right - _SLACK and other.left < self.right - _SLACK
        return across and self.top < other.bottom - _SLACK and other.top < self.bottom - _SLACK

    def holds(self, other):
        return self.left <= other.left + _SLACK and other.right <= self.right + _SLACK


def overlapping(figure):
    """Name the pairs of texts that touch each other."""
    return [(one.text, other.text) for one, other in combinations(texts(figure), 2) if one.touches(other)]


def on_bars(figure):
    """Name the texts that touch a bar without standing wholly on it."""
    return [text.text for text in texts(figure) for bar in bars(figure) if text.touches(bar) and not bar.holds(text)]


def outside(figure):
    """Name the texts that reach over an edge of the figure."""
    wide, high = figure["layout"]["width"], figure["layout"]["height"]
    return [
        box.text
        for box in texts(figure)
        if box.left < -_SLACK or box.right > wide + _SLACK or box.top < -_SLACK or box.bottom > high + _SLACK
    ]


def in_the_plot(figure):
    """Name the texts of the left margin that reach into the plot."""
    notes, margin = figure["layout"]["annotations"], figure["layout"]["margin"]["l"]
    named = [
        note for note in notes if note.get("bgcolor") != LIGHT["silent"]
    ]  # the row of the silent is as wide as all
    of_margin = [note for note in named if note["xref"] == "paper" and note["x"] == 0 and note.get("xshift", 0) < 0]
    boxes = [_text(note, figure["layout"]) for note in of_margin]
    return [box.text for box in boxes if box.right > margin + _SLACK]


def texts(figure):
    """Give the box of each text."""
    return [_text(note, figure["layout"]) for note in figure["layout"]["annotations"] if note["text"]]


def bars(figure):
    """Give the box of each level bar that can be seen."""
    found = []
    for trace in figure["data"]:
        if trace.get("orientation") == "h" and trace["marker"]["line"]["width"]:
            for since, length, y, high in zip(trace["base"], trace["x"], trace["y"], trace["width"], strict=True):
                edges = (_moment(since), _moment(since) + length)
                left, right = (_across(edge, "x", figure["layout"]) for edge in edges)
                middle = _down(y, "y", figure["layout"])
                found.append(Box(left, middle - high / 2, right, middle + high / 2))
    return found


def _text(note, layout):
    size = note["font"]["size"]
    lines = [unescape(re.sub(r"<[^>]*>", "", line)) for line in note["text"].split("<br>")]
    wide, high = max(text_width(line, size) for line in lines), _LINE * size * len(lines)
    x = _across(note["x"], note["xref"], layout) + note.get("xshift", 0)
    y = _down(note["y"], note["yref"], layout) - note.get("yshift", 0)
    left = x - {"left": 0, "center": wide / 2, "right": wide}[note["xanchor"]]
    top = y - {"top": 0, "middle": high / 2, "bottom": high}[note["yanchor"]]
    return Box(left, top, left + wide, top + high, " / ".join(lines))


def _across(value, ref, layout):
    margin = layout["margin"]
    return margin["l"] + _share(value, ref, layout) * (layout["width"] - margin["l"] - margin["r"])


def _down(value, ref, layout):
    margin = layout["margin"]
    return margin["t"] + (1 - _share(value, ref, layout)) * (layout["height"] - margin["t"] - margin["b"])


def _share(value, ref, layout):
    """Place a value along a plot, from its begin (0) to its end (1)."""
    if ref == "paper":
        return value
    axis = layout[f"{ref[0]}axis{ref.split()[0][1:]}"]
    begin, end = axis.get("domain", (0, 1))
    if not ref.endswith("domain"):
        low, high = map(_moment, axis["range"])
        value = (_moment(value) - low) / (high - low)
    return begin + value * (end - begin)


def _moment(value):
    return datetime.fromisoformat(value).timestamp() * 1000 if isinstance(value, str) else value
