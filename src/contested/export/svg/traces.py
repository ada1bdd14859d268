"""Traces of a figure as SVG: bars, points, lines, areas and words, each mark with what it says."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import sqrt
from typing import Any

from contested.export.svg.element import tag, text
from contested.export.svg.paper import Paper
from contested.export.svg.shapes import stroke
from contested.export.svg.texts import Block, block, plain

_Point = tuple[float, float]
_OPEN = "-open"
_SIZE = 6
_AREA, _DOWN_TO = "toself", "tonexty"
_TELLS = "text"


def trace(data: Sequence[Mapping[str, Any]], place: int, paper: Paper) -> str:
    """Write the trace at a place of the data; an area may reach down to the trace before it."""
    one = data[place]
    if one["type"] not in {"bar", "scatter"}:
        message = f"no trace {one['type']!r} can be written as SVG"
        raise ValueError(message)
    if one.get("visible", True) is not True:
        return ""
    x, y = one.get("xaxis", "x"), one.get("yaxis", "y")
    clip = paper.clip(x, y) if one.get("cliponaxis", True) else ""
    drawn = "".join(_bars(one, x, y, paper) if one["type"] == "bar" else _scatter(data, place, x, y, paper))
    opacity = one.get("opacity", 1)
    return tag("g", {"clip-path": clip, "opacity": opacity if opacity != 1 else ""}, drawn) if drawn else ""


def _bars(one: Mapping[str, Any], x: str, y: str, paper: Paper) -> Iterator[str]:
    """Write each bar as a rectangle: a length from its base along one axis, a width around its place on the other."""
    is_level = one.get("orientation") == "h"
    along, across = (x, y) if is_level else (y, x)
    lengths, places = (one["x"], one["y"]) if is_level else (one["y"], one["x"])
    scale, other = paper.scales[along], paper.scales[across]
    width = one.get("width") or _width([other.number(place) for place in places if place is not None])
    for number, (length, place) in enumerate(zip(lengths, places, strict=True)):
        if length is None or place is None:
            continue
        base, wide = _nth(one.get("base", 0), number), _nth(width, number)
        begin = scale.number(base)
        ends = scale.px(begin), scale.px(begin + scale.number(length))
        at = other.number(place)
        sides = other.px(at - wide / 2), other.px(at + wide / 2)
        (left, right), (top, bottom) = (sorted(pair) for pair in ((ends, sides) if is_level else (sides, ends)))
        box = {"x": left, "y": top, "width": right - left, "height": bottom - top}
        yield _told("rect", box | _fill(one.get("marker", {}), number, paper), _words(one, number))


def _width(places: Sequence[float]) -> float:
    """Let bars without a width touch."""
    gaps = [after - before for before, after in pairwise(sorted(set(places)))]
    return float(min(gaps, default=1))


def _scatter(data: Sequence[Mapping[str, Any]], place: int, x: str, y: str, paper: Paper) -> Iterator[str]:
    one = data[place]
    mode, shape = one.get("mode", "lines+markers"), one.get("line", {}).get("shape", "linear")
    points = _points(one, x, y, paper)
    if one.get("fill"):
        yield from _area(one, points, _points(data[place - 1], x, y, paper), paper)
    if "lines" in mode and (look := stroke(one.get("line", {}), paper)):
        path = " ".join(_path(run, shape) for run in _runs(points))
        yield tag("path", {"d": path, "fill": "none", **look})
    if "markers" in mode:
        yield from _markers(one, points, paper)
    if _TELLS in mode:
        yield from _texts(one, points, paper)


def _points(one: Mapping[str, Any], x: str, y: str, paper: Paper) -> list[_Point | None]:
    """Place the points of a trace; one without a place breaks its line."""
    across, up = paper.scales[x], paper.scales[y]
    pairs = zip(one["x"], one["y"], strict=True)
    return [None if at is None or height is None else (across.px(at), up.px(height)) for at, height in pairs]


def _runs(points: Sequence[_Point | None]) -> list[list[_Point]]:
    """Part a line where a point is missing."""
    runs: list[list[_Point]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _path(points: Sequence[_Point], shape: str) -> str:
    """Join points by straight lines, or by steps."""
    first, *others = points
    steps = [f"M{first[0]:.2f},{first[1]:.2f}"]
    for x, y in others:
        steps.append(f"H{x:.2f}V{y:.2f}" if shape == "hv" else f"L{x:.2f},{y:.2f}")
    return "".join(steps)


def _area(
    one: Mapping[str, Any], points: Sequence[_Point | None], before: Sequence[_Point | None], paper: Paper
) -> Iterator[str]:
    """Fill what a line encloses, or what lies between it and the line before."""
    fill, shape = one["fill"], one.get("line", {}).get("shape", "linear")
    if fill not in {_AREA, _DOWN_TO}:
        message = f"no area {fill!r} can be written as SVG"
        raise ValueError(message)
    look: dict[str, object] = {"fill": paper.colour(one.get("fillcolor")), "stroke": "none"}
    runs = _runs(points)
    if fill == _AREA:
        yield tag("path", look | {"d": "".join(f"{_path(run, shape)}Z" for run in runs)})
        return
    for upper, lower in zip(runs, _runs(before), strict=True):
        back = _stepped(lower, shape)[::-1]
        yield tag("path", look | {"d": f"{_path([*_stepped(upper, shape), *back], 'linear')}Z"})


def _stepped(points: Sequence[_Point], shape: str) -> list[_Point]:
    """Give the corners of a line of steps as points of their own."""
    if shape != "hv":
        return list(points)
    corners = [corner for (_, y), after in pairwise(points) for corner in ((after[0], y), after)]
    return [*points[:1], *corners]


def _markers(one: Mapping[str, Any], points: Sequence[_Point | None], paper: Paper) -> Iterator[str]:
    marker = one.get("marker", {})
    for number, point in enumerate(points):
        if point is None:
            continue
        symbol, size = _nth(marker.get("symbol", "circle"), number), _nth(marker.get("size", _SIZE), number)
        is_open = symbol.endswith(_OPEN) or symbol in _STROKES
        ink, edge = _nth(marker.get("color"), number), marker.get("line", {})
        width = _nth(edge.get("width", 1 if is_open else 0), number) or (1 if is_open else 0)
        line = {"width": width, "color": ink if is_open else _nth(edge.get("color"), number)}
        opacity = _nth(marker.get("opacity", 1), number)
        look = {"fill": "none" if is_open else paper.colour(ink), **stroke(line, paper)}
        look |= {"opacity": opacity} if opacity != 1 else {}
        if opacity or _words(one, number):
            yield _told(
                "path", {"d": _symbol(symbol.removesuffix(_OPEN), *point, size / 2), **look}, _words(one, number)
            )


def _texts(one: Mapping[str, Any], points: Sequence[_Point | None], paper: Paper) -> Iterator[str]:
    font = one["textfont"]
    vertical, _, side = one.get("textposition", "middle center").partition(" ")
    anchor, shift = {"right": ("left", 4), "left": ("right", -4), "center": ("center", 0)}[side]
    for number, point in enumerate(points):
        if point is not None:
            colour, size = _nth(font["color"], number), _nth(font["size"], number)
            place = (point[0] + shift, point[1])
            yanchor = {"top": "bottom", "bottom": "top"}.get(vertical, "middle")
            written = block(Block(one["text"][number], *place, colour, size, anchor, yanchor), paper)
            yield _told("g", {}, _words(one, number), written)


def _fill(marker: Mapping[str, Any], number: int, paper: Paper) -> dict[str, object]:
    """Fill a bar; what is hatched is drawn over what is plain."""
    edge, pattern = marker.get("line", {}), marker.get("pattern", {})
    line = {"width": _nth(edge.get("width", 0), number), "color": _nth(edge.get("color"), number)}
    shape, fill = _nth(pattern.get("shape", ""), number), paper.colour(_nth(marker.get("color"), number))
    opacity = _nth(marker.get("opacity", 1), number)
    look = {"fill": _hatch(shape, pattern, number, paper) if shape else fill, **stroke(line, paper)}
    return look | ({"opacity": opacity} if opacity != 1 else {})


def _hatch(shape: str, pattern: Mapping[str, Any], number: int, paper: Paper) -> str:
    """Hatch with lines so far apart, of which so much is ink."""
    ink, apart = paper.colour(_nth(pattern["fgcolor"], number)), _nth(pattern["size"], number)
    solidity = _nth(pattern["solidity"], number)
    if shape not in {"/", "x"}:
        message = f"no hatch {shape!r} can be written as SVG"
        raise ValueError(message)
    size, q = apart * sqrt(2), apart * sqrt(2) / 4
    rising = f"M{-q:.2f},{q:.2f}L{q:.2f},{-q:.2f}M0,{size:.2f}L{size:.2f},0"
    rising += f"M{size - q:.2f},{size + q:.2f}L{size + q:.2f},{size - q:.2f}"
    falling = f"M0,0L{size:.2f},{size:.2f}" if shape == "x" else ""
    width = apart - apart * sqrt(1 - solidity) if shape == "x" else apart * solidity
    box = {"width": size, "height": size, "patternUnits": "userSpaceOnUse"}
    line = {"stroke": ink, "stroke-width": float(width), "fill": "none"}
    return paper.defined("pattern", (shape, ink, apart, solidity), box, tag("path", {"d": rising + falling, **line}))


_STROKES = {"line-ns", "line-ew"}
_CORNERS: dict[str, list[_Point]] = {
    "square": [(-1, -1), (1, -1), (1, 1), (-1, 1)],
    "diamond": [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)],
    "cross": [
        *((1.2, -0.4), (0.4, -0.4), (0.4, -1.2), (-0.4, -1.2), (-0.4, -0.4), (-1.2, -0.4)),
        *((-1.2, 0.4), (-0.4, 0.4), (-0.4, 1.2), (0.4, 1.2), (0.4, 0.4), (1.2, 0.4)),
    ],
    "triangle-up": [(-1.155, 0.5), (1.155, 0.5), (0, -1)],
    "triangle-down": [(-1.155, -0.5), (1.155, -0.5), (0, 1)],
    "triangle-left": [(0.5, -1.155), (0.5, 1.155), (-1, 0)],
    "triangle-right": [(-0.5, -1.155), (-0.5, 1.155), (1, 0)],
    "hexagon": [(-0.866, -0.5), (-0.866, 0.5), (0, 1), (0.866, 0.5), (0.866, -0.5), (0, -1)],
    "star": [
        *((0.315, -0.433), (1.331, -0.433), (0.508, 0.165), (0.823, 1.133), (0, 0.535)),
        *((-0.823, 1.133), (-0.508, 0.165), (-1.331, -0.433), (-0.315, -0.433), (0, -1.4)),
    ],
}
"""The corners of symbols of radius 1, as Plotly draws them."""


def _symbol(symbol: str, x: float, y: float, r: float) -> str:
    """Outline a symbol around a place."""
    if symbol == "circle":
        return f"M{x - r:.2f},{y:.2f}a{r:g},{r:g} 0 1 0 {2 * r:g},0a{r:g},{r:g} 0 1 0 {-2 * r:g},0Z"
    if symbol == "line-ns":
        return f"M{x:.2f},{y - 1.4 * r:.2f}V{y + 1.4 * r:.2f}"
    if symbol == "line-ew":
        return f"M{x - 1.4 * r:.2f},{y:.2f}H{x + 1.4 * r:.2f}"
    if symbol not in _CORNERS:
        message = f"no symbol {symbol!r} can be written as SVG"
        raise ValueError(message)
    return "M" + "L".join(f"{x + r * a:.2f},{y + r * b:.2f}" for a, b in _CORNERS[symbol]) + "Z"


def _words(one: Mapping[str, Any], number: int) -> str:
    """Give what a mark says of itself when it is pointed at."""
    if one.get("hoverinfo") != _TELLS or "hovertext" not in one:
        return ""
    return plain(_nth(one["hovertext"], number))


def _told(name: str, attributes: Mapping[str, object], words: str, inner: str = "") -> str:
    return tag(name, attributes, (tag("title", {}, text(words)) if words else "") + inner)


def _nth(value: Any, number: int) -> Any:  # noqa: ANN401 one for all, or one for each
    return value[number] if isinstance(value, list | tuple) else value
