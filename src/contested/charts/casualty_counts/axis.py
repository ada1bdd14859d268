"""The axis of days, months or years, and where things stand on it in px."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from contested.charts.casualty_counts.panels import Panel
from contested.drawing import Shape, is_phone, line, note, text_width
from contested.theme import CLEAR, LIGHT

HEAD = 26
"""Px above a panel for its name."""


@dataclass(frozen=True)
class Room:
    """Where things stand in px: the plot between its left and right edge, and the days that it shows."""

    width: float
    left: float
    right: float
    since: datetime
    until: datetime
    strip: float = 0
    """How wide the strip of what was said at no known time is."""

    def px(self, moment: datetime) -> float:
        """Give where a moment stands, in px from the left edge."""
        return self.left + (self.right - self.left) * ((moment - self.since) / (self.until - self.since))


PX: dict[str, Any] = {"xref": "x2", "yref": "y"}
"""Both axes in px from the upper left corner of the figure."""


MONTHS_FROM, YEARS_FROM = 45, 1095
"""From how many days on an axis counts months, and years."""


def day_axis(panels: list[Panel], room: Room, width: float) -> tuple[list[Shape], list[Shape]]:
    """Rule the days, each with its number in its middle, or months or years; no label touches another."""
    span_ = (room.until - room.since).days
    words, shapes, notes = [], [], []
    if span_ <= MONTHS_FROM:
        days = [room.since + timedelta(days=number) for number in range(span_ + 1)]
        edges = days
        for place, one in enumerate(days[:-1]):
            is_named = (not place or one.day == 1) and not is_phone(width)
            middle = (room.px(one) + room.px(one + timedelta(days=1))) / 2
            words.append((middle, f"{one.day} {one:%b}" if is_named else f"{one.day}", is_named))
    else:
        edges = _firsts(room)
        words = [(room.px(one), f"{one:%Y}" if span_ > YEARS_FROM else f"{one:%b %Y}", True) for one in edges]
    taken: list[tuple[float, float]] = []
    for wanted, text, _ in sorted(words, key=lambda one: (not one[2], one[0])):
        half = text_width(text) / 2
        x = max(wanted, room.left + half - 4)
        if all(x + half + 6 < low or x - half - 6 > high for low, high in taken) and x + half <= width:
            taken.append((x - half, x + half))
            notes.append(note(text, x, panels[-1].bottom + 4, LIGHT["quiet"], anchor="center", yanchor="top", **PX))
    if is_phone(width) and span_ <= MONTHS_FROM:
        text = f"{room.since:%b %Y}"
        notes.append(note(text, room.right + 8, panels[-1].bottom + 4, LIGHT["quiet"], yanchor="top", **PX))
    for panel in panels:
        shapes += [line(clock_text(one), 0, clock_text(one), 1, xref="x", yref=f"{panel.axis} domain") for one in edges]
    return shapes, notes


def _firsts(room: Room) -> list[datetime]:
    """Give the first days of months, or years, as many as have room for their names."""
    is_year = (room.until - room.since).days > YEARS_FROM
    every = [
        datetime(year, month, 1)  # noqa: DTZ001 the clock of the reader, without its zone
        for year in range(room.since.year, room.until.year + 1)
        for month in ((1,) if is_year else range(1, 13))
    ]
    shown = [one for one in every if room.since <= one <= room.until]
    wide = 46 if is_year else 72
    steps = (1, 2, 5, 10, 20, 50, 100) if is_year else (1, 2, 3, 6, 12)
    most = (room.right - room.left) / wide
    step = next((one for one in steps if len(shown) / one <= most), steps[-1])
    return [one for one in shown if (one.year if is_year else one.month - 1) % step == 0]


def clock_text(moment: datetime) -> str:
    """Write a moment as an axis of time reads it."""
    return f"{moment:%Y-%m-%dT%H:%M}"


def path_at(  # noqa: PLR0913 what places a path
    x: float, y: float, path: str, ink: str, *, width: float = 1, is_filled: bool = False
) -> Shape:
    """Draw a path of px around a place, upwards positive."""
    placed = {"type": "path", "path": path, "xsizemode": "pixel", "ysizemode": "pixel", "xanchor": x, "yanchor": y}
    return placed | PX | {"line": {"color": ink, "width": width}, "fillcolor": ink if is_filled else CLEAR}


def short_day(moment: datetime, room: Room) -> str:
    """Write a day as short as the axis is long."""
    days = (room.until - room.since).days
    return (
        f"{moment:%Y}"
        if days > YEARS_FROM
        else f"{moment.day} {moment:%b}{moment.year if days > MONTHS_FROM * 8 else ''}"
    )


def on_day(moment: datetime, room: Room) -> str:
    """Write when something was said: on 14 Feb, in 2020."""
    return f"{'in' if (room.until - room.since).days > YEARS_FROM else 'on'} {short_day(moment, room)}"


def bold(text: Shape) -> Shape:
    """Set a note in bold."""
    return text | {"text": f"<b>{text['text']}</b>"}
