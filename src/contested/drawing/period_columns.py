"""Columns over days, months or years on one scale of counts: stacked, hatched where not sure, with a bracket."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from contested.drawing import Shape, figure, line, note, possible, text_width
from contested.text import periods
from contested.theme import CLEAR, LIGHT, Figure, Trace, plain

_WIDE = 0.82
"""Which part of its period a column fills."""
_FOOT, _KEY, _TOP = 26, 22, 22
"""In px: the room for the axis, for a line of the key, and above the highest column."""


class Piece(NamedTuple):
    """A part of a column: how many, in which colour, and the row that it draws."""

    name: str
    value: float
    ink: str
    row: int
    words: str
    """What is said when it is pointed at."""
    is_unsure: bool = False


@dataclass(frozen=True)
class Column:
    """A period with its pieces from below, and the bracket on them where there is one."""

    period: str
    pieces: tuple[Piece, ...]
    low: float | None = None
    high: float | None = None
    label: str = ""
    """What stands above it, of the one that the title names."""

    @property
    def value(self) -> float:
        """Add up its pieces."""
        return sum(piece.value for piece in self.pieces)

    @property
    def top(self) -> float:
        """Give the highest that is drawn of it."""
        return max(self.value, self.high or 0)


def draw(columns: Sequence[Column], width: float, high: float, bracket: str = "", unsure: str = "") -> Figure:
    """Draw columns at their places in time with a key above; periods of which nothing is told are empty.

    `bracket` and `unsure` are the words of the key for the bracket, and for what is hatched.
    """
    if not columns:
        return figure(width, 24, [])
    every = periods.every(min(one.period for one in columns), max(one.period for one in columns))
    places = {period: place for place, period in enumerate(every)}
    most = max(one.top for one in columns) or 1
    left = text_width(f"{most:,.0f}") + 14
    entries = _entries(columns, bracket, unsure)
    top = _TOP + max((y + _KEY for _, _, y in _set(entries, width)), default=0.0)
    shapes, notes = _key(entries, width, left, top)
    scale = (width - left - 8) / len(every)
    for one in columns:
        shapes += _bracket(one, places[one.period])
    ruled, ticks = _ticks(every, scale)
    notes += [*ticks, *(_label(one, places[one.period], scale, width - left) for one in columns if one.label)]
    limit = most * 1.02
    step = _step(limit)
    at = [step * number for number in range(int(limit / step) + 1)]
    return figure(
        width,
        top + high + _FOOT,
        _traces(columns, places),
        left=left,
        right=8,
        top=top,
        bottom=_FOOT,
        shapes=[*ruled, *shapes],
        notes=notes,
        xaxis={"range": [-0.5, len(every) - 0.5], "showticklabels": False},
        yaxis={
            "range": [0, limit],
            "tickvals": at,
            "ticktext": [f"{value:,}" for value in at],
            "showgrid": True,
            "gridcolor": LIGHT["grid"],
            "zeroline": True,
            "zerolinecolor": LIGHT["axis"],
        },
    )


def _step(limit: float) -> int:
    """Choose the distance of the rules, of which there are at most five: 1, 2 or 5 of a power of ten."""
    steps = (number * int(f"1{'0' * power}") for power in range(12) for number in (1, 2, 5))
    return next(step for step in steps if limit / step <= _RULES)


_RULES = 5


def _traces(columns: Sequence[Column], places: dict[str, int]) -> list[Trace]:
    """Draw the pieces, those of one name together."""
    names = list(dict.fromkeys((piece.name, piece.is_unsure) for one in columns for piece in one.pieces))
    found = []
    for named in names:
        told = [
            (places[one.period], sum(other.value for other in one.pieces[:number]), piece)
            for one in columns
            for number, piece in enumerate(one.pieces)
            if (piece.name, piece.is_unsure) == named and piece.value
        ]
        if told:
            found.append(_trace(told))
    return found


def _trace(told: list[tuple[int, float, Piece]]) -> Trace:
    pieces = [piece for _, _, piece in told]
    ink = pieces[0].ink
    solid: dict[str, Any] = {"color": ink, "line": {"width": 0}}
    return {
        "type": "bar",
        "x": [place for place, _, _ in told],
        "y": [piece.value for piece in pieces],
        "base": [below for _, below, _ in told],
        "width": [_WIDE] * len(told),
        "marker": possible(ink) if pieces[0].is_unsure else solid,
        "customdata": [[piece.row] for piece in pieces],
        "hovertext": [plain(piece.words) for piece in pieces],
        "hoverinfo": "text",
    }


def _bracket(one: Column, place: int) -> list[Shape]:
    """Draw a bracket from the lowest to the highest figure."""
    if one.low is None or one.high is None:
        return []
    ink = LIGHT["ink"]
    upright = line(place, one.low, place, one.high, ink, width=1.2, layer="above")
    ends = [
        line(place - 0.22, value, place + 0.22, value, ink, width=1.2, layer="above") for value in (one.low, one.high)
    ]
    return [upright, *ends] if one.low != one.high else ends[:1]


def _label(one: Column, place: int, scale: float, room: float) -> Shape:
    """Name a column above it, towards the side that has room."""
    wide, x = text_width(one.label), (place + 0.5) * scale
    anchor = "center" if wide / 2 < x < room - wide / 2 else "left" if x < room / 2 else "right"
    return note(one.label, place, one.top, anchor=anchor, yanchor="bottom", yshift=4, is_on_page=True)


def _ticks(every: Sequence[str], scale: float) -> tuple[list[Shape], list[Shape]]:
    """Rule the first period of each year and name the periods, as many as have room."""
    unit = every[0].count("-")
    years = [place for place, period in enumerate(every) if unit and (not place or period[:4] != every[place - 1][:4])]
    rules = [line(place - 0.5, 0, place - 0.5, 1, LIGHT["midnight"], yref="paper") for place in years if place]
    has_room = scale * len(every) / max(len(years), 1) > _YEAR * _NAMED
    named = [(place, periods.tick(every[place])) for place in range(len(every))] if not unit or has_room else []
    wide = max((text_width(text) for _, text in named), default=0) + 10
    step = max(1, -(-wide // scale)) if named else 1
    notes = [
        note(text, place, 0, LIGHT["quiet"], anchor="center", yanchor="top", yref="paper", yshift=-4)
        for place, text in named
        if place % step == 0 and (place + 0.5) * scale > text_width(text) / 2
    ]
    if named:
        return rules, notes
    apart = max(1, -(-_YEAR // (scale * 12 if unit == 1 else scale * 366)))
    return rules, [
        note(every[place][:4], place - 0.5, 0, LIGHT["quiet"], yanchor="top", yref="paper", yshift=-4, xshift=2)
        for number, place in enumerate(years)
        if number % apart == 0 and (len(every) - place) * scale > _YEAR
    ]


_YEAR, _NAMED = 34, 12
"""Px that a year takes at the axis, and how many of these a year is wide where its months are named."""


class _Entry(NamedTuple):
    """A line of the key: its words, and what stands before them."""

    words: str
    sign: str
    ink: str


def _entries(columns: Sequence[Column], bracket: str, unsure: str) -> list[_Entry]:
    """Name what needs a name: the colours where there are several, the bracket, what is hatched."""
    pieces = [piece for one in columns for piece in one.pieces if piece.value]
    inks = {piece.name: piece.ink for piece in pieces if not piece.is_unsure}
    found = [_Entry(name, "solid", ink) for name, ink in inks.items()] if len(inks) > 1 else []
    if bracket and any(one.low is not None and one.high is not None for one in columns):
        found.append(_Entry(bracket, "bracket", LIGHT["ink"]))
    hatched = [piece.ink for piece in pieces if piece.is_unsure]
    return found + [_Entry(unsure, "hatched", ink) for ink in hatched[:1]]


def _key(entries: Sequence[_Entry], width: float, left: float, plot: float) -> tuple[list[Shape], list[Shape]]:
    """Write the key above the plot, whose upper left corner lies `left` and `plot` px from that of the figure."""
    shapes: list[Shape] = []
    notes: list[Shape] = []
    for entry, x, y in _set(entries, width):
        across, up = x - left, plot - y - _KEY / 2
        shapes += _sign(entry, across, up)
        placed = note(entry.words, 0, 1, xref="paper", yref="paper", xshift=across + _SIGN + 6)
        notes.append(placed | {"yshift": up + 1})
    return shapes, notes


def _set(entries: Sequence[_Entry], width: float) -> list[tuple[_Entry, float, float]]:
    """Set the entries into lines, in px from the upper left corner."""
    found, x, y = [], 0.0, 0.0
    for entry in entries:
        wide = _SIGN + 6 + text_width(entry.words)
        if x and x + wide > width:
            x, y = 0.0, y + _KEY
        found.append((entry, x, y))
        x += wide + 16
    return found


_SIGN = 20


def _sign(entry: _Entry, x: float, y: float) -> list[Shape]:
    """Draw what stands before an entry, x px right of the plot's left edge and y px above its top."""
    if entry.sign == "bracket":
        middle = x + _SIGN / 2
        return [
            _px_path(
                f"M{middle - 4},{y - 6} H{middle + 4} M{middle},{y - 6} V{y + 6} M{middle - 4},{y + 6} H{middle + 4}",
                entry.ink,
            )
        ]
    frame = f"M{x},{y - 5} H{x + _SIGN} V{y + 5} H{x} Z"
    if entry.sign == "solid":
        return [_px_path(frame, entry.ink) | {"fillcolor": entry.ink}]
    strokes = " ".join(f"M{x + at},{y - 5} L{x + at + 5},{y + 5}" for at in range(0, _SIGN - 4, 5))
    return [_px_path(f"{frame} {strokes}", entry.ink)]


def _px_path(path: str, ink: str) -> Shape:
    """Draw a path in px from the upper left corner of the plot, upwards positive."""
    anchor = {"xref": "paper", "yref": "paper", "xanchor": 0, "yanchor": 1, "xsizemode": "pixel", "ysizemode": "pixel"}
    return {"type": "path", "path": path, "fillcolor": CLEAR, "line": {"color": ink, "width": 1}} | anchor
