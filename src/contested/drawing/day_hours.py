"""The 24 hours of the day as columns: certain solid, and possible hatched above it; a panel each, all on one scale."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from contested import theme
from contested.drawing import Shape, certain, figure, glyph, is_phone, line, note, possible, shortened, text_width
from contested.theme import CLEAR, LIGHT, NAME, Figure, Trace

HOURS = 24
_HEAD, _LINE, _PANEL, _FOOT, _LEFT, _GAP, _ACROSS = 28, 18, 110, 32, 40, 28, 3


class Hour(NamedTuple):
    """One hour of the day: its number, how much is certain and possible, what it says, and the row behind it."""

    hour: int
    certain: int
    possible: int
    words: str
    row: int


class Day(NamedTuple):
    """The hours of one account, and what is said beside its name."""

    hours: Sequence[Hour]
    label: str
    number: int
    shape: int
    peak: str


def draw(days: Sequence[Day], width: float) -> Figure:
    """Draw the panels, three beside each other where there is room."""
    across = 1 if is_phone(width) else max(1, min(_ACROSS, len(days), int(width // 260)))
    plot = width - _LEFT - 6
    wide = (plot - _GAP * (across - 1)) / across
    hour = wide / HOURS
    top, step = _top(max((one.possible for day in days for one in day.hours), default=1))
    data: list[Trace] = []
    shapes: list[Shape] = []
    notes: list[Shape] = []
    below = _LINE if any(_named(day) > wide for day in days) else 0
    y = 0.0
    for first in range(0, len(days), across):
        base = y + _HEAD + below + _PANEL
        for column, day in enumerate(days[first : first + across]):
            left = column * (HOURS + _GAP / hour)
            _scale(shapes, notes, (left, base), top, step, is_named=column == 0)
            _name(day, left, wide, y, below, shapes, notes)
            data += _columns(day, left, base, top)
            for at in (0, 6, 12, 18) if hour * 6 >= 46 else (0, 12):  # noqa: PLR2004 px
                place: dict[str, Any] = {"anchor": "left" if at == 0 else "center", "yanchor": "top"}
                notes.append(note(f"{at:02}:00", left + at, base + 4, LIGHT["quiet"], **place))
        y = base + _FOOT
    axes: dict[str, Any] = {
        "xaxis": {"range": [0, plot / hour], "showticklabels": False},
        "yaxis": {"range": [y, 0], "showticklabels": False},
    }
    return figure(width, max(y, 40), data, left=_LEFT, right=6, shapes=shapes, notes=notes, **axes)


def _top(most: int) -> tuple[int, int]:
    """Choose how far the scale reaches and the step of its lines, of which there are at most four."""
    step = next(step * 10**power for power in range(10) for step in (1, 2, 5) if most / (step * 10**power) <= 3.4)  # noqa: PLR2004
    return max(step, -(-most // step) * step), step


def _scale(  # noqa: PLR0913 what places it
    shapes: list[Shape], notes: list[Shape], corner: tuple[float, float], top: int, step: int, *, is_named: bool
) -> None:
    left, base = corner
    for number in range(0, top + 1, step):
        y = base - number / top * _PANEL
        shapes.append(line(left, y, left + HOURS, y, LIGHT["grid"] if number else LIGHT["axis"]))
        if is_named:
            notes.append(note(f"{number:,}", left, y, LIGHT["quiet"], anchor="right", xshift=-6))
    shapes += [line(left + at, base - _PANEL, left + at, base) for at in (6, 12, 18)]


def _named(day: Day) -> float:
    """Reckon how wide the head of a panel is on one line."""
    return 30 + text_width(day.label, NAME) + text_width(day.peak)


def _name(  # noqa: PLR0913, PLR0917 what places it
    day: Day, x: float, wide: float, y: float, below: float, shapes: list[Shape], notes: list[Shape]
) -> None:
    """Name a panel at its left, and say when it is busiest: at its right, or below where one is too wide for that."""
    ink = theme.label_colour(day.number)
    shapes += [shape | {"xref": "x", "xanchor": x} for shape in glyph(day.number, day.shape, 6, y + 12)]
    room = wide - 20 if below else wide - 30 - text_width(day.peak)
    label = day.label if text_width(day.label, NAME) <= room else shortened(day.label, int(room / 8))
    notes.append(note(label, x, y + 12, ink, size=NAME, xshift=18, is_on_page=True))
    place: dict[str, Any] = {"xshift": 18} if below else {"anchor": "right"}
    notes.append(note(day.peak, x if below else x + HOURS, y + 12 + below, ink, is_on_page=True, **place))


def _columns(day: Day, left: float, base: float, top: int) -> list[Trace]:
    """Draw what is certain, what is possible beyond it, and what a pointer finds over the whole height."""
    ink, told = theme.colour(day.number), [one for one in day.hours if one.possible]
    high = _PANEL / top
    bars = (
        (certain(ink), [base] * len(told), [-one.certain * high for one in told]),
        (
            possible(ink),
            [base - one.certain * high for one in told],
            [-(one.possible - one.certain) * high for one in told],
        ),
    )
    common = {"type": "bar", "x": [left + one.hour + 0.5 for one in told], "width": [1] * len(told)}
    drawn: list[Trace] = [
        common | {"base": bases, "y": heights, "marker": fill, "hoverinfo": "skip"} for fill, bases, heights in bars
    ]
    targets = {
        "base": [base] * len(told),
        "y": [-_PANEL] * len(told),
        "marker": {"color": CLEAR, "line": {"width": 0}},
        "customdata": [[one.row] for one in told],
        "hovertext": [theme.plain(one.words) for one in told],
        "hoverinfo": "text",
    }
    return [*drawn, common | targets] if told else []
