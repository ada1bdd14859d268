"""Axes of a figure as SVG: their rules, their nought, their line, and the numbers beside them."""

from collections.abc import Iterator, Mapping
from math import ceil, floor, log10
from typing import Any

from contested.export.svg.element import tag
from contested.export.svg.paper import Paper, Scale
from contested.export.svg.texts import Block, block

_CLEAR = 4
"""How many px a number keeps from its axis."""
_STEPS = (1, 2, 5, 10)
_USUAL = 6


def rules(paper: Paper) -> Iterator[str]:
    """Write the rules of every axis that has them, then its nought and its line."""
    for name, axis in paper.axes.items():
        scale, (low, high) = paper.scales[name], _across(name, axis, paper).edges
        if axis.get("showgrid"):
            for value, _ in _ticks(axis, scale):
                yield _rule(name, scale.px(value), low, high, paper.colour(axis["gridcolor"]))
        if axis.get("zeroline") and min(scale.low, scale.high) <= 0 <= max(scale.low, scale.high):
            yield _rule(name, scale.px(0), low, high, paper.colour(axis["zerolinecolor"]))
        if axis.get("showline"):
            at = high if name[0] == "x" else low
            along = scale.edges
            yield _rule("y" if name[0] == "x" else "x", at, *along, paper.colour(axis["linecolor"]))


def labels(paper: Paper) -> Iterator[str]:
    """Write the numbers of every axis that shows them: below the plot, or left of it."""
    for name, axis in paper.axes.items():
        if axis.get("showticklabels", True) and axis.get("visible", True):
            scale, (low, high) = paper.scales[name], _across(name, axis, paper).edges
            font, clear = axis["tickfont"], _CLEAR + axis.get("ticklabelstandoff", 0)
            for value, words in _ticks(axis, scale):
                at = scale.px(value)
                place = (at, high + clear, "center", "top") if name[0] == "x" else (low - clear, at, "right", "middle")
                x, y, anchor, yanchor = place
                yield block(Block(words, x, y, font["color"], font["size"], anchor, yanchor), paper)


def _across(name: str, axis: Mapping[str, Any], paper: Paper) -> Scale:
    """Give the axis that this one stands at."""
    other = "y" if name[0] == "x" else "x"
    anchor = axis.get("anchor", other)
    return paper.scales.get(anchor, paper.scales[other])


def _rule(name: str, at: float, low: float, high: float, colour: str) -> str:
    placed = {"x1": at, "x2": at, "y1": low, "y2": high}
    if name[0] == "y":
        placed = {"x1": low, "x2": high, "y1": at, "y2": at}
    return tag("line", {**placed, "stroke": colour, "stroke-width": 1})


def _ticks(axis: Mapping[str, Any], scale: Scale) -> list[tuple[float, str]]:
    """Give the numbers of an axis that lie on it, each with its words."""
    if "tickvals" in axis:
        told = list(zip(map(scale.number, axis["tickvals"]), axis.get("ticktext", axis["tickvals"]), strict=True))
    elif scale.is_date:
        message = "an axis of time without its own ticks cannot be written as SVG"
        raise ValueError(message)
    else:
        told = [
            (value, f"{value:g}{axis.get('ticksuffix', '')}") for value in _rounds(scale, axis.get("nticks", _USUAL))
        ]
    least, most = sorted((scale.low, scale.high))
    return [(value, str(words)) for value, words in told if least <= value <= most]


def _rounds(scale: Scale, most: int) -> list[float]:
    """Choose at most so many round numbers."""
    low, high = sorted((scale.low, scale.high))
    rough = (high - low) / most
    power = 10 ** floor(log10(rough))
    step = next(one * power for one in _STEPS if one * power >= rough)
    return [step * number for number in range(ceil(low / step), floor(high / step) + 1)]
