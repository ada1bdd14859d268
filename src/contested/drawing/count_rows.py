"""Rows of counts: a name, numbers in columns, and where there is room a bar with a bracket; on a phone without bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from contested.drawing import Shape, figure, is_phone, line, note, shortened, text_width, wrapped
from contested.theme import CLEAR, LIGHT, NAME, SMALLEST, Figure, Trace, plain

_HEAD, _ROW, _FINE, _BETWEEN = 28, 31, 19, 20
"""In px: how high the heads, a row, a line below and the room between two tables are."""
_BAR, _NUMBER, _APART = 140, 56, 32
"""In px: how wide bars and a column of numbers are, and the room between two tables beside each other."""


@dataclass(frozen=True)
class CountRow:
    """A row: its name, its numbers, the row of the answer that it draws, and what is said when it is pointed at."""

    name: str
    numbers: tuple[str, ...]
    row: int
    words: str
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class CountTable:
    """Rows under their heads: of the names, then of the numbers."""

    heads: tuple[str, ...]
    rows: tuple[CountRow, ...]


def draw(tables: Sequence[CountTable], width: float, fine: str = "") -> Figure:
    """Draw tables beside each other, on a phone below each other, and a fine line below."""
    tables = [one for one in tables if one.rows]
    below = is_phone(width)
    wide = width if below or not tables else (width - _APART * (len(tables) - 1)) / len(tables)
    shapes: list[Shape] = []
    notes: list[Shape] = []
    marks: list[Trace] = []
    x, y, foot = 0.0, 0.0, 0.0
    for one in tables:
        bottom = _table(one, x, y, wide, has_bars=len(tables) == 1 and not below, parts=(shapes, notes, marks))
        foot = max(foot, bottom)
        x, y = (0.0, bottom + _BETWEEN) if below else (x + wide + _APART, 0.0)
    for text in wrapped(fine, width) if fine else ():
        notes.append(_text(text, 0, foot + 8 + _FINE / 2, LIGHT["quiet"], size=SMALLEST))
        foot += _FINE
    high = max(foot + (12 if fine else 2), 24)
    axis: dict[str, Any] = {"showticklabels": False}
    across, down = axis | {"range": [0, width]}, axis | {"range": [high, 0]}
    return figure(width, high, marks, shapes=shapes, notes=notes, xaxis=across, yaxis=down)


def _table(  # noqa: PLR0913 where a table stands, and what it is drawn into
    one: CountTable,
    x: float,
    y: float,
    wide: float,
    *,
    has_bars: bool,
    parts: tuple[list[Shape], list[Shape], list[Trace]],
) -> float:
    """Draw a table from its upper left corner on; give where it ends."""
    shapes, notes, marks = parts
    room = _BAR + 16 if has_bars and any(row.value is not None for row in one.rows) else 0
    right = x + wide - room
    ends = [right - _NUMBER * number for number in range(len(one.heads) - 1)][::-1]
    name_room = (ends[0] if ends else right) - _NUMBER - x
    heads = [(x, "left", one.heads[0]), *((end, "right", head) for end, head in zip(ends, one.heads[1:], strict=True))]
    notes += [_text(head, at, y + _HEAD / 2, LIGHT["quiet"], anchor, SMALLEST) for at, anchor, head in heads]
    shapes.append(_rule(x, x + wide, y + _HEAD, LIGHT["axis"]))
    most = max((max(row.value or 0, row.high or 0) for row in one.rows), default=0) or 1
    for number, row in enumerate(one.rows):
        middle = y + _HEAD + _ROW * (number + 0.5)
        notes.append(_text(_fitted(row.name, name_room), x, middle, LIGHT["text"]))
        notes += [_text(said, at, middle, LIGHT["text"], "right") for said, at in zip(row.numbers, ends, strict=True)]
        shapes.append(_rule(x, x + wide, middle + _ROW / 2, LIGHT["grid"]))
        marks.append(_mark(row, (x + x + wide) / 2, middle, wide))
        if room and row.value is not None:
            _bar(row, right + 16, middle, _BAR / most, shapes)
    return y + _HEAD + _ROW * len(one.rows)


def _fitted(name: str, room: float) -> str:
    """Cut a name in its middle until it has room."""
    letters = len(name)
    while letters > _LEAST and text_width(shortened(name, letters), NAME) > room:
        letters -= 1
    return shortened(name, letters)


_LEAST = 8
"""How many letters of a name are shown at the least."""


def _bar(row: CountRow, x: float, y: float, scale: float, shapes: list[Shape]) -> None:
    """Draw the bar of a row, and the bracket from its low to its high."""
    fill = {"fillcolor": LIGHT["axis"], "line": {"width": 0}, "layer": "below"}
    edges = {"x0": x, "x1": x + (row.value or 0) * scale, "y0": y - 5, "y1": y + 5}
    shapes.append({"type": "rect", "xref": "x", "yref": "y"} | fill | edges)
    if row.low is not None and row.high is not None:
        low, high, ink = x + row.low * scale, x + row.high * scale, LIGHT["ink"]
        shapes.append(line(low, y, high, y, ink, width=1.2, layer="above"))
        shapes += [line(at, y - 4, at, y + 4, ink, width=1.2, layer="above") for at in (low, high)]


def _mark(row: CountRow, x: float, y: float, wide: float) -> Trace:
    """Let the whole row be pointed at and chosen."""
    return {
        "type": "bar",
        "orientation": "h",
        "base": [x - wide / 2],
        "x": [wide],
        "y": [y],
        "width": [_ROW - 2],
        "marker": {"color": CLEAR, "line": {"width": 0}},
        "customdata": [[row.row]],
        "hovertext": [plain(row.words)],
        "hoverinfo": "text",
    }


def _rule(x0: float, x1: float, y: float, ink: str) -> Shape:
    return line(x0, y, x1, y, ink)


def _text(  # noqa: PLR0913, PLR0917 what places a text
    text: str, x: float, y: float, ink: str, anchor: str = "left", size: float = NAME
) -> Shape:
    return note(text, x, y, ink, anchor=anchor, size=size)
