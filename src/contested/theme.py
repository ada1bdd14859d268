"""The colours, shapes and sizes of every chart and page: the only place where they are written.

Each account has a colour and a shape; a colour never stands without its shape or the name. Figures are drawn in the
light colours, and a dark page puts `DARK_OF` each in its place. Marks reach 3:1 and texts 4.5:1 on either page, and the
colours stay apart for colour-blind eyes (tested).
"""

import re
from collections.abc import Sequence
from datetime import date
from textwrap import wrap
from typing import Any

Figure = dict[str, Any]
"""A Plotly figure as plain data: `{"data": [...], "layout": {...}}`."""
Trace = dict[str, Any]
Span = tuple[float, float]

LIGHT = {
    "page": "#FFFFFF",
    "ink": "#1A1A1A",
    "text": "#333333",
    "quiet": "#646460",
    "grid": "#E6E6E2",
    "rule": "#D4D4CE",
    "axis": "#8A8A85",
    "midnight": "#A9A9A3",
    "silent": "#F4F4F1",
    "hover": "#F0F0EC",
    "amber": "#FDF3DC",
    "blue": "#EDF4FB",
}
"""Titles and values (ink), running text, grey text, lines of a grid, edges of fields (rule), the zero of an axis, the
line of midnight, the band of the silent, what is pointed at, what cannot both be true (amber), what agrees (blue)."""
DARK = {
    "page": "#16171A",
    "ink": "#F1F1EE",
    "text": "#D6D6D2",
    "quiet": "#9C9C97",
    "grid": "#2B2D31",
    "rule": "#3A3C41",
    "axis": "#77777A",
    "midnight": "#5A5C62",
    "silent": "#1F2024",
    "hover": "#26282C",
    "amber": "#2F2717",
    "blue": "#1A2838",
}
MARKS = ("#507BB3", "#875A00", "#715295", "#7C8187", "#AA436B", "#006D57", "#A67259")
"""The colours of marks, in the order of the accounts."""
LABELS = ("#456FA6", "#875A00", "#715295", "#6B6F75", "#AA436B", "#006D57", "#96634B")
"""The colours of the names and labels that belong to these marks."""
DARK_MARKS = ("#79B9F2", "#BE9449", "#A084D7", "#B0B6BC", "#D86E85", "#0EA09B", "#E2AA86")
"""The colours of marks and labels on the dark page."""
_SHARES = (0.08, 0.26, 0.44, 0.64, 0.84)
_DEEP = 0.35


def _mixed(one: str, other: str, share: float) -> str:
    """Mix two colours, so much of the second."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(first * (1 - share) + second * share):02X}" for first, second in pairs)


def _ramp(mark: str, page: str, ink: str) -> tuple[str, ...]:
    return (*(_mixed(page, mark, share) for share in _SHARES), _mixed(mark, ink, _DEEP))


RAMPS = tuple(_ramp(mark, LIGHT["page"], LIGHT["ink"]) for mark in MARKS)
"""For each colour of marks six steps from little to much, for the cells of a week."""
_DARK_RAMPS = tuple(_ramp(mark, DARK["page"], DARK["ink"]) for mark in DARK_MARKS)
DARK_OF = (
    {light: DARK[name] for name, light in LIGHT.items()}
    | dict(zip((*MARKS, *LABELS), DARK_MARKS * 2, strict=True))
    | {light: dark for pair in zip(RAMPS, _DARK_RAMPS, strict=True) for light, dark in zip(*pair, strict=True)}
)
"""The dark colour that a dark page shows in place of each light one."""
FONT = '"Source Sans", "Source Sans 3", "Helvetica Neue", Arial, sans-serif'
CLEAR = "rgba(0,0,0,0)"
SMALLEST, NAME, VALUE, TITLE = 13, 14, 15, 20
"""Sizes of text in px: labels and ticks, names of accounts in a chart, a value at its bar, a title."""
NARROW = 480
"""A figure less wide than this, in px, is drawn for a phone: names stand above their lanes."""
WIDTHS = (328, 560, 784, 1160)
"""The widths in px that a figure is drawn for; a page shows the widest that fits."""

SYMBOLS = ("circle", "square", "diamond", "cross", "triangle-up", "hexagon", "star")
GLYPHS = "●■◆✚▲⬢★"
"""The same shapes as letters, for a key in words."""
INK = LIGHT["ink"]
LIGHT_PAGE, DARK_PAGE = LIGHT["page"], DARK["page"]
GRID = LIGHT["grid"]
SILENT = LIGHT["silent"]
FIT = 36
"""How many letters of a note fit into a line on the narrowest screen."""
_COUNT = re.compile(r"\bn = (?=\d)")
NOTHING: Trace = {"type": "scatter", "x": [None], "y": [None], "hoverinfo": "skip"}
"""What stands for no marks at all; Streamlit takes a figure without a trace for an error."""


_NEXT_ROUND = 3
"""Grey comes first in the second round."""
CARRIED = 50
"""How many rows or claims a mark carries at most: as many as a page shows when the mark is opened."""


def carried(numbers: Sequence[Any]) -> Sequence[Any]:
    """Give what a mark carries of the rows or claims behind it: the first, and less than none for so many others."""
    return numbers if len(numbers) <= CARRIED + 1 else [*numbers[:CARRIED], CARRIED - len(numbers)]


def hue(index: int) -> int:
    """Say which of the seven colours the nth account has.

    Later rounds begin elsewhere: the eighth account would else wear the colour of the first, often a side's.
    """
    return (index + index // len(MARKS) * _NEXT_ROUND) % len(MARKS)


def colour(index: int) -> str:
    """Give the colour of the marks of the nth account."""
    return MARKS[hue(index)]


def label_colour(index: int) -> str:
    """Give the colour of the name and the labels of the nth account."""
    return LABELS[hue(index)]


def ramp(index: int) -> tuple[str, ...]:
    """Give the six steps from little to much in the colour of the nth account."""
    return RAMPS[hue(index)]


def css() -> str:
    """Give every colour as a custom property of a page: `--ink`, `--m0` of marks, `--l0` of labels, `--r0-0` of ramps.

    Each is both, the light and the dark one, of which the page's own `color-scheme` chooses.
    """
    return ";".join(f"--{name}:light-dark({light},{dark})" for name, (light, dark) in _PROPERTIES.items())


def custom_property(colour: str) -> str:
    """Give what stands for a colour of a figure on a page that has the custom properties."""
    return f"var(--{_NAMES[colour]})" if colour in _NAMES else colour


def _properties() -> dict[str, tuple[str, str]]:
    """Name each colour, the light and the dark one."""
    pairs = {name: (light, DARK[name]) for name, light in LIGHT.items()}
    for letter, lights in (("m", MARKS), ("l", LABELS)):
        pairs |= {f"{letter}{number}": pair for number, pair in enumerate(zip(lights, DARK_MARKS, strict=True))}
    for number, ramps in enumerate(zip(RAMPS, _DARK_RAMPS, strict=True)):
        pairs |= {f"r{number}-{step}": pair for step, pair in enumerate(zip(*ramps, strict=True))}
    return pairs


_PROPERTIES = _properties()
_NAMES = {light: name for name, (light, _) in reversed(_PROPERTIES.items())}


def symbol(index: int, *, hollow: bool = False) -> str:
    """Give the shape of the nth account; hearsay is hollow."""
    return SYMBOLS[index % len(SYMBOLS)] + ("-open" if hollow else "")


def ends(span: Span, edges: Span, index: int, *, hollow: bool) -> tuple[list[float], list[str]]:
    """Place both ends of an interval on a scale, each with its shape; an end beyond it is an arrow at its edge."""
    places = [min(max(end, edges[0]), edges[1]) for end in span]
    arrows = ["left" if end < edges[0] else "right" if end > edges[1] else "" for end in span]
    return places, [
        f"triangle-{arrow}{'-open' * hollow}" if arrow else symbol(index, hollow=hollow) for arrow in arrows
    ]


def interval(span: Span, edges: Span, index: int, y: float, *, hollow: bool) -> Trace:
    """Draw what lies between two ends as a line on a scale, in the colour of the nth account."""
    places, shapes = ends(span, edges, index, hollow=hollow)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": places,
        "y": [y, y],
        "line": {"color": colour(index), "width": 5, "dash": "dot" if hollow else "solid"},
        "marker": {"symbol": shapes, "size": 13, "color": colour(index)},
        "hoverinfo": "text",
    }


def glyph(index: int) -> str:
    """Write the shape of the nth account in its colour."""
    return f'<span style="color:{colour(index)}">{GLYPHS[index % len(GLYPHS)]}</span>'


def solid(index: int) -> dict[str, Any]:
    """Fill what is certain."""
    return {"color": colour(index), "line": {"color": colour(index), "width": 1}}


def hatched(index: int, *, hollow: bool = False) -> dict[str, Any]:
    """Fill what is only possible; what rests on hearsay is left empty."""
    pattern = {
        "shape": "" if hollow else "/",
        "fgcolor": colour(index),
        "bgcolor": "rgba(0,0,0,0)",
        "size": 6,
        "solidity": 0.35,
    }
    return {"color": "rgba(0,0,0,0)", "line": {"color": colour(index), "width": 1}, "pattern": pattern}


def figure(data: Sequence[Trace], height: int, silent: str = "", **layout: Any) -> Figure:  # noqa: ANN401 Plotly's own
    """Set a figure in the house style, with those who say nothing named in a grey band at its foot."""
    foot = 8
    if silent:
        shape, text, below = silence(silent)
        layout |= {"shapes": [*layout.get("shapes", []), shape], "annotations": [*layout.get("annotations", []), text]}
        foot += below
        height += below
    axis = {"gridcolor": GRID, "zeroline": False, "showline": False, "automargin": True}
    axis["tickfont"] = {"color": INK, "size": 13}
    for name in [name for name in layout if name.startswith(("xaxis", "yaxis"))]:
        layout[name] = axis | layout[name]
    style = {
        "height": height,
        "margin": {"l": 8, "r": 12, "t": 8, "b": foot},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": "pan",
        "bargap": 0,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 14, "color": INK},
        "hoverlabel": {"align": "left"},
    }
    return {"data": list(data) or [NOTHING], "layout": style | layout}


def date_ticks(first: date, last: date) -> str:
    """Choose how the marks of an axis of time are written: years where it is long, hours where it is short."""
    days = (last - first).days
    return next(ticks for least, ticks in _DATE_TICKS.items() if days >= least)


_DATE_TICKS = {2000: "%Y", 60: "%b\n%Y", 12: "%-d %b\n%Y", -1: "%H:%M\n%-d %b"}
"""By the number of days from which on they are written so."""


def note(text: str, x: float, y: float, **place: Any) -> dict[str, Any]:  # noqa: ANN401 Plotly's own attributes
    """Write a text at a place of the chart, by default from its left edge."""
    settings = {"text": plain(text), "x": x, "y": y, "xref": "paper", "xanchor": "left", "showarrow": False}
    return settings | {"font": {"size": 13, "color": INK}, "align": "left"} | place


def band(low: float, high: float, yref: str = "y") -> dict[str, Any]:
    """Draw the grey band of an account that says nothing of what is asked."""
    edges = {"xref": "paper", "x0": 0, "x1": 1, "yref": yref, "y0": low, "y1": high}
    return {"type": "rect", "layer": "below", "line": {"width": 0}, "fillcolor": SILENT} | edges


def silence(text: str) -> tuple[dict[str, Any], dict[str, Any], int]:
    """Name those who say nothing in a grey band under the axis; give its shape, its text and the room it takes."""
    lines = wrap(text, FIT, break_long_words=False)
    below, height = 44, 10 + 18 * len(lines)
    place = {"yref": "paper", "yanchor": "top", "yshift": -below - 4, "xshift": 6}
    written = note("", 0, 0, **place) | {"text": "<br>".join(map(plain, lines))}
    edges = {"xref": "paper", "x0": 0, "x1": 1, "yref": "paper", "ysizemode": "pixel", "yanchor": 0}
    shape = {
        "type": "rect",
        "layer": "below",
        "line": {"width": 0},
        "fillcolor": SILENT,
        "y0": -below,
        "y1": -below - height,
    }
    return shape | edges, written, below + height


def lines(text: str, width: int = FIT) -> str:
    """Break a text into lines that fit a narrow screen, but never within a count such as n = 1."""
    together = _COUNT.sub("n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}", text)
    return "<br>".join(map(plain, wrap(together, width, break_long_words=False)))


def plain(text: str) -> str:
    """Keep text from being read as markup: Plotly takes tags and entities in titles, labels and hovers."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("%{", "%&#123;")
