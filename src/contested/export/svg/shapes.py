"""Shapes of a figure as SVG: lines, rectangles, discs and paths, placed by an axis or so many px beside a place."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from contested.export.svg.element import tag
from contested.export.svg.paper import Paper, reference

_PART = re.compile(r"[MLHVZ]|[^\sMLHVZ,]+")
_PIXEL = "pixel"
_DASHES = {"dot": (1, 1), "dash": (3, 3), "longdash": (5, 5), "dashdot": (3, 1, 1, 1), "longdashdot": (5, 1, 1, 1)}
_LEAST_DASH = 3


def shape(one: Mapping[str, Any], paper: Paper) -> str:
    """Write a shape; what is placed on an axis is cut off at its ends."""
    x, y = _along("x", one, paper), _along("y", one, paper)
    axes = [reference(one, letter) for letter in "xy"]
    clip = paper.clip(*axes) if any(ref in paper.scales for ref in axes) else ""
    return tag(*_outline(one, x, y, _look(one, paper) | {"clip-path": clip}))


_Place = Callable[[Any], float]


def _outline(one: Mapping[str, Any], x: _Place, y: _Place, look: dict[str, object]) -> tuple[str, dict[str, object]]:
    if one["type"] == "path":
        return "path", look | {"d": _path(one["path"], x, y)}
    x0, x1, y0, y1 = x(one["x0"]), x(one["x1"]), y(one["y0"]), y(one["y1"])
    if one["type"] == "line":
        return "line", look | {"x1": x0, "x2": x1, "y1": y0, "y2": y1, "fill": ""}
    if one["type"] == "rect":
        return "rect", look | {"x": min(x0, x1), "y": min(y0, y1), "width": abs(x1 - x0), "height": abs(y1 - y0)}
    if one["type"] == "circle":
        middle = {"cx": (x0 + x1) / 2, "cy": (y0 + y1) / 2}
        return "ellipse", look | middle | {"rx": abs(x1 - x0) / 2, "ry": abs(y1 - y0) / 2}
    message = f"no shape {one['type']!r} can be written as SVG"
    raise ValueError(message)


def _along(letter: str, one: Mapping[str, Any], paper: Paper) -> _Place:
    """Say where the values of a shape lie along x or y: on its axis, or px from its anchor, of which more is up."""
    ref = reference(one, letter)
    if one.get(f"{letter}sizemode") != _PIXEL:
        return lambda value: paper.at(ref, value)
    anchor, sign = paper.at(ref, one[f"{letter}anchor"]), 1 if letter == "x" else -1
    return lambda value: anchor + sign * float(value)


def _path(words: str, x: _Place, y: _Place) -> str:
    """Place every point of a path of straight lines."""
    written, is_across, command = [], True, "M"
    for part in _PART.findall(words):
        if part in "MLHVZ":
            written.append(part)
            command, is_across = part, part != "V"
            continue
        written.append(f"{x(part) if is_across else y(part):.2f}")
        is_across = not is_across if command in "ML" else is_across
    return " ".join(written)


def _look(one: Mapping[str, Any], paper: Paper) -> dict[str, object]:
    opacity = one.get("opacity", 1)
    return {
        "fill": paper.colour(one.get("fillcolor")),
        "opacity": opacity if opacity != 1 else "",
        **stroke(one.get("line", {}), paper),
    }


def stroke(line: Mapping[str, Any], paper: Paper, width: float = 2) -> dict[str, object]:
    """Say how a line looks; by default it is so many px wide."""
    width, colour = line.get("width", width), paper.colour(line.get("color"))
    if not width or colour == "none":
        return {}
    return {"stroke": colour, "stroke-width": width, "stroke-dasharray": _dashes(line.get("dash", "solid"), width)}


def _dashes(dash: str, width: float) -> str:
    if dash == "solid":
        return ""
    if dash not in _DASHES:
        return dash.replace("px", "")
    return ",".join(f"{part * max(width, _LEAST_DASH):g}" for part in _DASHES[dash])
