"""How every chart looks: one colour and one shape per account, uncertainty always paler, text in the page's own colour.

Certain is solid, possible a hatch of the same colour, hearsay hollow, a rumour passed on dotted, and silence a named
grey band. The colours reach 3:1 on the light and on the dark page and stay apart for colour-blind eyes (tested); each
account has a shape of its own beside its colour.
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

COLOURS = ("#0072B2", "#C05A00", "#9A3BEA", "#6B6B6B", "#D0489B", "#00857C", "#8F7000")
SYMBOLS = ("circle", "square", "diamond", "cross", "triangle-up", "hexagon", "star")
GLYPHS = "●■◆✚▲⬢★"
"""The same shapes as letters, for a key in words."""
INK = "#000037"
"""The page's own text colour. Streamlit puts its theme's in the place of exactly this one, light or dark; elsewhere
it is what it says, nearly black."""
LIGHT_PAGE, DARK_PAGE = "#FFFFFF", "#16171A"
GRID = "rgba(128,128,128,0.22)"
SILENT = "rgba(128,128,128,0.13)"
FIT = 36
"""How many letters of a note fit into a line on the narrowest screen."""
_COUNT = re.compile(r"\bn = (?=\d)")
NOTHING: Trace = {"type": "scatter", "x": [None], "y": [None], "hoverinfo": "skip"}
"""What stands for no marks at all; Streamlit takes a figure without a trace for an error."""


CARRIED = 50
"""How many rows or claims a mark carries at most: as many as a page shows when the mark is opened."""


def carried(numbers: Sequence[Any]) -> Sequence[Any]:
    """Give what a mark carries of the rows or claims behind it: the first, and less than none for so many others."""
    return numbers if len(numbers) <= CARRIED + 1 else [*numbers[:CARRIED], CARRIED - len(numbers)]


def colour(index: int) -> str:
    """Give the colour of the nth account."""
    return COLOURS[index % len(COLOURS)]


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
