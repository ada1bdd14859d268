"""What every figure is drawn from: its frame, marks by what is certain of them, names, and labels that never collide.

A figure is a Plotly figure as plain data. Where it has lanes, its y axis counts pixels from the top, so that a lane is
as high on a phone as on a desk. States look the same everywhere: certain is solid, possible hatched, hearsay hollow,
denied crossed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, pi, sin
from typing import Any, NamedTuple

from contested.theme import (
    CLEAR,
    FONT,
    LIGHT,
    NARROW,
    SMALLEST,
    SYMBOLS,
    Figure,
    Trace,
    colour,
    hue,
    label_colour,
    plain,
)

_NARROW_LETTERS, _WIDE_LETTERS = frozenset("ijl.,:;|'!()[]ft1r -·"), frozenset("mwMWGOQ%@–—")
Shape = dict[str, Any]


def text_width(text: str, size: float = SMALLEST) -> float:
    """Reckon how many px the page's font sets a text, to within a few per cent: labels are placed without a browser."""
    return sum(map(_letter_width, text)) * size


def _letter_width(letter: str) -> float:
    if letter in _NARROW_LETTERS:
        return 0.29
    if letter in _WIDE_LETTERS:
        return 0.78
    return 0.58 if letter.isupper() or letter.isdigit() else 0.49


def wrapped(text: str, width: float, size: float = SMALLEST) -> list[str]:
    """Break a text into lines of at most so many px, at its spaces that may be broken."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and text_width(f"{lines[-1]} {word}", size) <= width * 0.96:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def is_phone(width: float) -> bool:
    """Say whether a figure of this width, in px, is drawn for a phone."""
    return width < NARROW


def figure(  # noqa: PLR0913 the parts of a figure
    width: float,
    height: float,
    data: Iterable[Trace],
    *,
    left: float = 0,
    right: float = 0,
    top: float = 0,
    bottom: float = 0,
    shapes: Sequence[Shape] = (),
    notes: Sequence[Shape] = (),
    **axes: Any,  # noqa: ANN401 Plotly's own
) -> Figure:
    """Frame a figure of this size in px: no box, no legend, no drag; axes have no lines but those that are drawn."""
    axis = {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "fixedrange": True,
        "ticks": "",
        "automargin": False,
        "tickfont": {"size": SMALLEST, "color": LIGHT["quiet"]},
    }
    hover = {"font": {"family": FONT, "size": SMALLEST, "color": LIGHT["text"]}, "align": "left"}
    layout = {
        "width": round(width),
        "height": round(height),
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "bargap": 0,
        "barmode": "overlay",
        "font": {"family": FONT, "size": SMALLEST, "color": LIGHT["text"]},
        "hoverlabel": hover | {"bgcolor": LIGHT["page"], "bordercolor": LIGHT["rule"]},
        "shapes": list(shapes),
        "annotations": list(notes),
    }
    named = dict.fromkeys(name for name in ("xaxis", "yaxis", *axes) if "axis" in name)
    layout |= {name: axis | axes.pop(name, {}) for name in named}
    return {
        "data": list(data) or [{"type": "scatter", "x": [None], "y": [None], "hoverinfo": "skip"}],
        "layout": layout | axes,
    }


def note(  # noqa: PLR0913 what places a text
    text: str,
    x: Any,  # noqa: ANN401 a place on any axis
    y: Any,  # noqa: ANN401
    colour: str = LIGHT["text"],
    *,
    size: float = SMALLEST,
    anchor: str = "left",
    yanchor: str = "middle",
    xref: str = "x",
    yref: str = "y",
    is_on_page: bool = False,
    **more: Any,  # noqa: ANN401 Plotly's own
) -> Shape:
    """Write a text, escaped, at a place of the chart; `is_on_page` gives it the page's colour as its ground."""
    aligned = anchor if anchor in {"left", "right"} else "center"
    placed = {"x": x, "y": y, "xref": xref, "yref": yref, "xanchor": anchor, "yanchor": yanchor, "align": aligned}
    ground = {"bgcolor": LIGHT["page"]} if is_on_page else {}
    shift = {"yshift": 1} if yanchor == "middle" else {}  # Plotly centres the box of the line, where letters stand low
    style = {"text": plain(text), "showarrow": False, "borderpad": 0, "font": {"size": size, "color": colour}}
    return style | placed | ground | shift | more


def line(  # noqa: PLR0913 what places a line
    x0: Any,  # noqa: ANN401
    y0: Any,  # noqa: ANN401
    x1: Any,  # noqa: ANN401
    y1: Any,  # noqa: ANN401
    colour: str = LIGHT["grid"],
    *,
    width: float = 1,
    dash: str = "solid",
    xref: str = "x",
    yref: str = "y",
    layer: str = "below",
) -> Shape:
    """Draw a straight line."""
    style = {"color": colour, "width": width, "dash": dash}
    return {"type": "line", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "xref": xref, "yref": yref} | {
        "layer": layer,
        "line": style,
    }


def box(  # noqa: PLR0913 what places a rectangle
    x0: Any,  # noqa: ANN401
    y0: Any,  # noqa: ANN401
    x1: Any,  # noqa: ANN401
    y1: Any,  # noqa: ANN401
    fill: str,
    *,
    xref: str = "x",
    yref: str = "y",
    edge: str = "",
) -> Shape:
    """Fill a rectangle."""
    placed = {"type": "rect", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "xref": xref, "yref": yref, "layer": "below"}
    return placed | {"fillcolor": fill, "line": {"width": 1 if edge else 0, "color": edge or CLEAR}}


# what is certain of a bar


def certain(colour: str) -> dict[str, Any]:
    """Fill what is certain."""
    return {"color": colour, "line": {"color": colour, "width": 1}}


def possible(colour: str) -> dict[str, Any]:
    """Hatch what is only possible."""
    pattern = {"shape": "/", "fgcolor": colour, "bgcolor": CLEAR, "size": 5, "solidity": 0.42}
    return {"color": CLEAR, "line": {"color": colour, "width": 1}, "pattern": pattern}


def hearsay(colour: str) -> dict[str, Any]:
    """Leave what rests on hearsay hollow."""
    return {"color": CLEAR, "line": {"color": colour, "width": 1.5}}


def denied(colour: str) -> dict[str, Any]:
    """Cross through what is denied."""
    pattern = {"shape": "x", "fgcolor": colour, "bgcolor": CLEAR, "size": 13, "solidity": 0.1}
    return {"color": CLEAR, "line": {"color": colour, "width": 1.5}, "pattern": pattern}


# shapes of accounts

_SQUARE = 0.86


def _corners(number: int, inner: float | None = None) -> list[tuple[float, float]]:
    """Give the corners of a polygon or star of radius 1, from the top clockwise."""
    steps = number * (2 if inner else 1)
    radii = [inner if inner and step % 2 else 1.0 for step in range(steps)]
    return [(r * sin(2 * pi * n / steps), -r * cos(2 * pi * n / steps)) for n, r in enumerate(radii)]


_CORNERS: dict[str, list[tuple[float, float]]] = {
    "square": [(-_SQUARE, -_SQUARE), (_SQUARE, -_SQUARE), (_SQUARE, _SQUARE), (-_SQUARE, _SQUARE)],
    "diamond": [(0, -1.18), (1.18, 0), (0, 1.18), (-1.18, 0)],
    "cross": [
        *((-0.36, -1.0), (0.36, -1.0), (0.36, -0.36), (1.0, -0.36), (1.0, 0.36), (0.36, 0.36)),
        *((0.36, 1.0), (-0.36, 1.0), (-0.36, 0.36), (-1.0, 0.36), (-1.0, -0.36), (-0.36, -0.36)),
    ],
    "triangle-up": [(0, -1.06), (1.06, 0.86), (-1.06, 0.86)],
    "hexagon": _corners(6),
    "star": _corners(5, 0.46),
}
_RING = 1.7
"""How much wider than its shape the ring is that tells the second seven shapes from the first."""


def glyph(number: int, shape: int, x: float, y: float, *, radius: float = 4.6) -> list[Shape]:
    """Draw the shape of an account in its colour, x px right of the left edge: no font has to have it."""
    fill = {"fillcolor": colour(number), "line": {"width": 0}}
    placed = {"xref": "paper", "yref": "y", "xsizemode": "pixel", "ysizemode": "pixel", "xanchor": 0, "yanchor": y}
    placed |= {"layer": "above"}
    ringed = shape >= len(SYMBOLS)
    r = radius * 0.8 if ringed else radius
    corners = _CORNERS.get(SYMBOLS[shape % len(SYMBOLS)])
    drawn = placed | fill | (_disc(x, r) if corners is None else _path(corners, x, r))
    edge = {"fillcolor": CLEAR, "line": {"width": 1.2, "color": colour(number)}}
    return [drawn, placed | edge | _disc(x, r * _RING)] if ringed else [drawn]


def _disc(x: float, r: float) -> Shape:
    return {"type": "circle", "x0": x - r, "x1": x + r, "y0": -r, "y1": r}


def _path(corners: Iterable[tuple[float, float]], x: float, r: float) -> Shape:
    return {"type": "path", "path": "M" + " L".join(f"{x + r * a:.2f},{-r * b:.2f}" for a, b in corners) + " Z"}


def glyph_svg(number: int, shape: int, *, radius: float = 5.5, is_hollow: bool = False) -> str:
    """Draw the same shape for a page, coloured by its custom properties; hollow is hearsay, or switched off."""
    ringed = shape >= len(SYMBOLS)
    size = 2 * radius * (_RING * 0.8 if ringed else 1) + 3
    middle, r, paint = size / 2, radius * (0.8 if ringed else 1), f"var(--m{hue(number)})"
    style = f'fill="none" stroke="{paint}" stroke-width="1.6"' if is_hollow else f'fill="{paint}"'
    corners = _CORNERS.get(SYMBOLS[shape % len(SYMBOLS)])
    places = " ".join(f"{middle + r * a:.1f},{middle + r * b:.1f}" for a, b in corners or ())
    inner = (
        f'<polygon points="{places}" {style}/>' if corners else f'<circle cx="{middle}" cy="{middle}" r="{r}" {style}/>'
    )
    ring = f'<circle cx="{middle}" cy="{middle}" r="{r * _RING:.1f}" fill="none" stroke="{paint}"/>' if ringed else ""
    box = f'width="{size:.0f}" height="{size:.0f}" viewBox="0 0 {size:g} {size:g}"'
    return f'<svg class="glyph" {box} aria-hidden="true">{inner}{ring}</svg>'


def glyph_html(number: int, shape: int, *, is_hollow: bool = False) -> str:
    """Draw the same shape as HTML without SVG, which Streamlit takes out of a page's own HTML; hollow is hearsay."""
    corners = _CORNERS.get(SYMBOLS[shape % len(SYMBOLS)])
    places = ",".join(f"{50 + 42 * a:.0f}% {50 + 42 * b:.0f}%" for a, b in corners or ())
    clip = f"polygon({places})" if corners else "circle(42%)"
    ringed = " ringed" * (shape >= len(SYMBOLS)) + " hollow" * is_hollow
    paint = f"--mark:var(--m{hue(number)})"
    return f'<i class="glyph{ringed}" aria-hidden="true" style="{paint}"><i style="clip-path:{clip}"></i></i>'


def points(  # noqa: PLR0913 what a mark shows
    x: Sequence[Any],
    y: Sequence[Any],
    number: int,
    shape: int,
    *,
    is_hollow: bool = False,
    size: float = 12,
    **about: Any,  # noqa: ANN401 Plotly's own
) -> list[Trace]:
    """Mark points with the shape of an account, hollow where they rest on hearsay; the second seven have a ring."""
    ink, symbol = colour(number), SYMBOLS[shape % len(SYMBOLS)] + "-open" * is_hollow
    common = {"type": "scatter", "mode": "markers", "x": list(x), "y": list(y), "cliponaxis": False}
    marker = {"symbol": symbol, "size": size, "color": ink, "line": {"width": 1.8 * is_hollow, "color": ink}}
    traces = [common | {"marker": marker} | about]
    if shape >= len(SYMBOLS):
        axes = {name: about[name] for name in ("xaxis", "yaxis", "opacity") if name in about}
        ring = {"symbol": "circle-open", "size": size * _RING, "color": ink, "line": {"width": 1.2, "color": ink}}
        traces.append(common | {"marker": ring, "hoverinfo": "skip"} | axes)
    return traces


def lane_name(  # noqa: PLR0913 what places a name
    label: str, number: int, shape: int, y: float, left: float, *, indent: float = 0
) -> tuple[list[Shape], Shape]:
    """Name a lane left of the plot, in its colour after its shape: its shapes and its text."""
    at = indent - left
    text = note(shortened(label), 0, y, label_colour(number), size=14, xref="paper", xshift=at + 18)
    return glyph(number, shape, at + 7, y), text


def silent_band(y: float, height: float) -> Shape:
    """Draw the pale band of a lane that says nothing, y px from the top."""
    return box(0, y + 2, 1, y + height - 2, LIGHT["silent"], xref="paper")


def shortened(text: str, most: int = 30) -> str:
    """Cut a long name in its middle, between two words where it has some."""
    if len(text) <= most:
        return text
    head, tail = text[: most // 2 - 1], text[-(most // 2) :]
    whole_head = head if text[len(head)] == " " else head.rpartition(" ")[0]
    whole_tail = tail if text[-len(tail) - 1] == " " else tail.partition(" ")[2]
    return f"{(whole_head or head).rstrip()}…{(whole_tail or tail).lstrip()}"


def html(text: object) -> str:
    """Escape a text from data for a page."""
    return escape(str(text), quote=True)


# labels that never collide


@dataclass(frozen=True)
class Mark:
    """A mark with its label, in px from the left edge of the plot."""

    x0: float
    x1: float
    label: str
    number: int
    """Which row of the answer it draws."""
    can_hold: bool = False
    """Whether the label may stand on it, where it fits."""
    weight: float = 0
    """Heavier marks are placed first."""


class Placed(NamedTuple):
    """Where a mark stands: its sub-row, and its label on, right of, left of, or above it."""

    mark: Mark
    row: int
    side: str
    at: float
    """Where its box begins: of a label above, the label's left edge."""


class Packing(NamedTuple):
    """Marks in sub-rows, how many there are, and the marks for which there was no room."""

    placed: list[Placed]
    rows: int
    left_out: list[Mark]


_CLEAR_OF = 8
"""How many px a label keeps from whatever else stands in its row."""


def packed(marks: Iterable[Mark], left: float, right: float, *, gap: float = 4, most: int | None = None) -> Packing:
    """Put marks with their labels into as few sub-rows as possible, so that none touches another.

    A label stands on its mark, right or left of it, else in a sub-row of its own above. What finds no place in `most`
    sub-rows is left out.
    """
    rows: list[list[tuple[float, float]]] = []
    placed: list[Placed] = []
    left_out: list[Mark] = []
    for mark in sorted(marks, key=lambda one: (-one.weight, one.x0)):
        wide = text_width(mark.label) + 6 if mark.label else 0
        ways = []
        if mark.can_hold and wide + 8 <= mark.x1 - mark.x0:
            ways.append(("on", mark.x0, mark.x1))
        if mark.x1 + gap + wide <= right:
            ways.append(("right", mark.x0, mark.x1 + gap + wide))
        if mark.x0 - gap - wide >= left:
            ways.append(("left", mark.x0 - gap - wide, mark.x1))
        above = min(max(mark.x0, left), max(left, right - wide))
        needed = 1 if ways else 2
        row, way = next(
            (row, way)
            for row in range(len(rows) + 1)
            for way in (ways or [("above", above, above + wide)])
            if _free(rows, row, way[1:]) and (ways or _free(rows, row + 1, (mark.x0, mark.x1)))
        )
        if most is not None and row + needed > most:
            left_out.append(mark)
            continue
        while len(rows) < row + needed:
            rows.append([])
        rows[row].append(way[1:])
        if needed == 2:  # noqa: PLR2004 the label above, the mark below it
            rows[row + 1].append((mark.x0, mark.x1))
        placed.append(Placed(mark, row + needed - 1, way[0], way[1]))
    return Packing(placed, max(1, len(rows)), left_out)


def _free(rows: list[list[tuple[float, float]]], row: int, wanted: tuple[float, float]) -> bool:
    taken = rows[row] if row < len(rows) else []
    return all(wanted[1] + _CLEAR_OF <= low or wanted[0] - _CLEAR_OF >= high for low, high in taken)


def apart(wanted: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """Push labels at least so many px apart along one axis, each as near as can be to where it wants to be."""
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    places = [wanted[one] for one in order]
    for _ in range(200):
        for upper in range(1, len(places)):
            short = least - (places[upper] - places[upper - 1])
            if short > 0:
                places[upper - 1] -= short / 2
                places[upper] += short / 2
        if places:
            places[0] = max(places[0], low)
            places[-1] = min(places[-1], high)
    found = [0.0] * len(wanted)
    for one, place in zip(order, places, strict=True):
        found[one] = place
    return found
