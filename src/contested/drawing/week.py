"""The hours of a week as cells: seven days below each other, Monday first, 24 hours across.

How much a cell holds is one of six steps of a colour. What holds too few for a number is hatched, and what holds
nothing is pale.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from contested import theme
from contested.drawing import Shape, box, figure, glyph, is_phone, note, shortened, text_width
from contested.theme import CLEAR, LIGHT, NAME, Figure, Trace

HOURS, DAYS = 24, ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FEW, NONE = -1, -2
"""In the place of a step: what holds too few for a number, and what holds nothing."""


class Cell(NamedTuple):
    """One hour of the week: its number from Monday midnight on, its step, what it says, and the rows behind it."""

    hour: int
    step: int
    words: str
    rows: Sequence[int]


class Strip(NamedTuple):
    """One week: its cells, in whose colour, and how it is named, if it is."""

    cells: Sequence[Cell]
    number: int = 0
    shape: int = 0
    label: str = ""
    more: str = ""


class Key(NamedTuple):
    """What the steps mean: what the first is under and the last from, and whether some hold too few."""

    least: str
    most: str
    ramps: Sequence[tuple[int, int]] = ((0, -1),)
    """The colours to show, each with the shape of its account, if it has one."""
    few: str = ""
    none: str = "none"


_ROW, _NARROW_ROW, _NAMES, _GAP = 25, 23, 40, 52
_FOOT, _HEAD, _KEY = 30, 24, 24
_SWATCH = 17


def draw(strips: Sequence[Strip], key: Key, width: float, across: int = 1) -> Figure:
    """Draw weeks, so many beside each other, under a key."""
    is_narrow = is_phone(width)
    across = 1 if is_narrow else across
    high = _NARROW_ROW if is_narrow else _ROW
    plot = width - _NAMES - 6
    hour = (plot - _GAP * (across - 1)) / across / HOURS
    data: list[Trace] = []
    shapes: list[Shape] = []
    notes: list[Shape] = []
    y = _key(key, shapes, notes, width)
    for first in range(0, len(strips), across):
        row = strips[first : first + across]
        head = _HEAD if any(strip.label or strip.more for strip in row) else 0
        for column, strip in enumerate(row):
            x = column * (HOURS + _GAP / hour)
            _named(strip, x, y, shapes, notes)
            data += _cells(strip, x, y + head, high)
            notes += _frame(x, y + head, high, hour)
        y += head + 7 * high + _FOOT
    axes: dict[str, Any] = {
        "xaxis": {"range": [0, plot / hour], "showticklabels": False},
        "yaxis": {"range": [y, 0], "showticklabels": False},
    }
    return figure(width, y, data, left=_NAMES, right=6, shapes=shapes, notes=notes, **axes)


def _named(strip: Strip, x: float, y: float, shapes: list[Shape], notes: list[Shape]) -> None:
    """Name a week above it: whose in bold, then what of it."""
    if strip.label:
        marks = glyph(strip.number, strip.shape, 7 - _NAMES, y + 10)
        shapes += [shape | {"xref": "x", "xanchor": x} for shape in marks]
    if strip.label or strip.more:
        ink = theme.label_colour(strip.number)
        name = f"<b>{theme.plain(shortened(strip.label, 26))}</b> " if strip.label else ""
        at = (18 if strip.label else 0) - _NAMES
        notes.append(note("", x, y + 10, ink, size=NAME, xshift=at) | {"text": f"{name}{theme.plain(strip.more)}"})


def _frame(x: float, y: float, high: float, hour: float) -> list[Shape]:
    """Name the days at the left and the hours below."""
    days = [
        note(name, x, y + (row + 0.5) * high, LIGHT["quiet"], anchor="left", xshift=-_NAMES)
        for row, name in enumerate(DAYS)
    ]
    every = 6 if hour * 6 >= 62 else 12  # noqa: PLR2004 px
    anchors = {0: "left", HOURS: "right"}
    hours = [
        note(f"{at:02}:00", x + at, y + 7 * high + 4, LIGHT["quiet"], anchor=anchors.get(at, "center"), yanchor="top")
        for at in range(0, HOURS + 1, every)
    ]
    return [*days, *hours]


def _cells(strip: Strip, x: float, y: float, high: float) -> list[Trace]:
    """Draw the cells: those with a step in its colour, those of too few hatched, and all others pale."""
    told = {cell.hour: cell for cell in strip.cells}
    pale = [hour for hour in range(7 * HOURS) if hour not in told]
    found = [_bars(pale, x, y, high, {"color": LIGHT["silent"], "line": {"width": 0}}) | {"hoverinfo": "skip"}]
    ramp = theme.ramp(strip.number)
    hatch = {"shape": "/", "fgcolor": LIGHT["axis"], "bgcolor": CLEAR, "size": 5, "solidity": 0.25}
    looks: tuple[tuple[list[Cell], dict[str, Any]], ...] = (
        ([cell for cell in strip.cells if cell.step == FEW], {"color": CLEAR, "pattern": hatch}),
        (sorted((cell for cell in strip.cells if cell.step != FEW), key=lambda cell: cell.hour), {}),
    )
    for cells, look in looks:
        if cells:
            colours = [LIGHT["silent"] if cell.step == NONE else ramp[cell.step] for cell in cells]
            marker = {"color": colours, "line": {"width": 0}} | look
            found.append(
                _bars([cell.hour for cell in cells], x, y, high, marker)
                | {
                    "customdata": [list(theme.carried(cell.rows)) for cell in cells],
                    "hovertext": [theme.plain(cell.words) for cell in cells],
                    "hoverinfo": "text",
                }
            )
    return found


def _bars(hours: Sequence[int], x: float, y: float, high: float, marker: dict[str, Any]) -> Trace:
    inset = 1 / high
    return {
        "type": "bar",
        "orientation": "h",
        "base": [x + hour % HOURS + 0.03 for hour in hours],
        "x": [0.94] * len(hours),
        "y": [y + (hour // HOURS + 0.5) * high for hour in hours],
        "width": [high * (1 - 2 * inset)] * len(hours),
        "marker": marker,
    }


def _key(key: Key, shapes: list[Shape], notes: list[Shape], width: float) -> float:
    """Write what the steps mean, in as many lines as it takes; give how many px high that is."""
    parts: list[tuple[str, Any]] = [("text", key.least)]
    for number, shape in key.ramps:
        parts += [("glyph", (number, shape))] * (shape >= 0) + [("ramp", number)]
    parts.append(("text", key.most))
    parts += [("few", key.few)] * bool(key.few) + [("none", key.none)] * bool(key.none)
    x, y = 0.0, 9.0
    for kind, what in parts:
        room = _room(kind, what)
        if x + room > width and x:
            x, y = 0.0, y + 20
        at = x - _NAMES
        match kind:
            case "text":
                notes.append(_words(what, at, y))
            case "glyph":
                shapes += glyph(what[0], what[1], at + 5, y)
            case "ramp":
                for step, ink in enumerate(theme.ramp(what)):
                    shapes.append(_swatch(at + step * _SWATCH, y, _SWATCH, ink))
            case _:
                shapes += _hatched(at, y) if kind == "few" else [_swatch(at, y, 20, LIGHT["silent"])]
                notes.append(_words(what, at + 26, y))
        x += room
    return y + _KEY - 6


def _room(kind: str, what: object) -> float:
    """Reckon how many px a part of the key takes, with what it keeps free after it."""
    match kind:
        case "glyph":
            return 16
        case "ramp":
            return 6 * _SWATCH + 10
        case "text":
            return text_width(str(what)) + 10
    return text_width(str(what)) + 48


def _words(text: str, at: float, y: float) -> Shape:
    return note(text, 0, y, LIGHT["quiet"], xref="paper", xshift=at)


def _swatch(at: float, y: float, wide: float, ink: str, edge: str = "") -> Shape:
    shape = box(0, 0, 0, 0, ink, edge=edge)
    placed = {"xref": "paper", "xsizemode": "pixel", "ysizemode": "pixel", "xanchor": 0, "yanchor": y, "layer": "above"}
    return shape | placed | {"x0": at, "x1": at + wide, "y0": -5, "y1": 5}


def _hatched(at: float, y: float) -> list[Shape]:
    """Draw a swatch of slanted lines: a shape has no pattern."""
    strokes = " ".join(f"M{at + step},-5 L{at + step + 5},5" for step in range(0, 17, 4))
    placed = {"xref": "paper", "yref": "y", "xsizemode": "pixel", "ysizemode": "pixel", "xanchor": 0, "yanchor": y}
    line = {"width": 1, "color": LIGHT["axis"]}
    return [
        _swatch(at, y, 20, CLEAR, LIGHT["rule"]),
        {"type": "path", "path": strokes, "layer": "above", "line": line} | placed,
    ]
