"""A figure as SVG, written without a browser: the same marks, words and colours as Plotly draws of it.

It knows what our charts draw, which is bars, points, lines, areas, shapes and notes, and refuses anything else. Text
from data stays text: it is read out of the figure's own markup and escaped anew.
"""

from collections.abc import Callable, Iterator
from typing import Any

from contested.export.svg import axes, element, shapes, texts, traces
from contested.export.svg.element import tag
from contested.export.svg.paper import Paper
from contested.theme import Figure

_BELOW = "below"


def svg(figure: Figure, alt: str, name: str = "f", paint: Callable[[str], str] = str) -> str:
    """Write a figure as one SVG element.

    `alt` says it to those who cannot see it, `name` sets its parts apart from those of others on the page, and `paint`
    gives what stands for a colour there, by default the colour itself.
    """
    layout = figure["layout"]
    paper = Paper(layout, figure["data"], name, paint)
    body = "".join(_layers(figure["data"], layout, paper))
    width, height = layout["width"], layout["height"]
    frame = {"xmlns": element.NAMESPACE, "viewBox": f"0 0 {width} {height}", "width": width, "height": height}
    font = {"font-family": layout["font"]["family"].replace('"', "'"), "xml:space": "preserve"}
    return tag("svg", frame | font | {"role": "img", "aria-label": alt}, tag("defs", {}, paper.defs()) + body)


def _layers(data: list[dict[str, Any]], layout: dict[str, Any], paper: Paper) -> Iterator[str]:
    """Give what lies lowest first: shapes below, rules, bars, lines and points, shapes above, notes."""
    drawn = layout.get("shapes", ())
    yield from (shapes.shape(one, paper) for one in drawn if one.get("layer") == _BELOW)
    yield from axes.rules(paper)
    for is_bar in (True, False):
        yield from (
            traces.trace(data, place, paper) for place, one in enumerate(data) if (one["type"] == "bar") is is_bar
        )
    yield from axes.labels(paper)
    yield from (shapes.shape(one, paper) for one in drawn if one.get("layer") != _BELOW)
    yield from (texts.note(one, paper) for one in layout.get("annotations", ()) if paper.holds(one))
