"""Lanes of intervals on one scale of time: who tells how long something took, and who does not say.

Each interval is a bar between two ticks after a dotted lead from zero, with its value at its end; an exact one is a
tick with a point, and one that is open at an end has a head there. Who says nothing has a pale band.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from math import ceil, floor, isfinite
from typing import NamedTuple

from contested import drawing
from contested.drawing.silent_row import Quiet, members_of, silent_row
from contested.model.times import brief_duration
from contested.model.wording import out_of
from contested.theme import LIGHT, NAME, SMALLEST, VALUE, Figure, Trace, colour, label_colour, plain

_BAR, _TICK, _STEM, _POINT, _GAP = 14, 26, 28, 4, 9
"""In px: how high a bar and its ticks are, how long the stem of an open end is, how much wider a point than a
tick, how far off its value stands."""
_SINGLE, _ROW, _PAD, _SILENT, _ABOVE, _FOOT = 44, 30, 14, 22, 22, 26
"""Heights in px: a lane of one interval, each of several and the room around them, a silent lane, a name above a lane,
the axis."""
_MARGIN, _RIGHT, _LETTER = 176, 8, 1.06
"""In px the room for names and right of the plot; how much wider bold letters are."""
_MOST_LANES, _MOST_TOLD, _MOST_ROWS = 8, 7, 6
"""Of more lanes the silent share one; more that tell something share one beyond these; more intervals of one lane share
one row."""
_UNITS = {
    60: ("min", 1, (1, 5, 10, 15, 30, 60)),
    72 * 60: ("h", 60, (1, 2, 3, 6, 12, 24)),
    10**12: ("d", 1440, tuple(digit * 10**power for power in range(8) for digit in (1, 2, 5))),
}
"""By how many minutes a scale holds at most: its unit, the minutes of it, and the steps between its lines."""


@dataclass(frozen=True)
class Interval:
    """What lies between two bounds, in minutes, infinite where it is open."""

    low: float
    high: float
    number: int
    """Which row it draws."""
    words: str
    """What is said of it when it is pointed at."""
    beside: str = ""
    """What stands beside its value, such as the event that it is of."""
    value: str = ""
    """What stands at its end; by default how long it is."""
    is_hearsay: bool = False
    is_faint: bool = False

    @property
    def said(self) -> str:
        """Write how long it is."""
        low, high = (end if isfinite(end) else None for end in (self.low, self.high))
        return self.value or brief_duration(low, high)

    @property
    def start(self) -> float:
        """Give where it is drawn from: where it is open, where it is bounded."""
        return self.low if isfinite(self.low) else self.high

    @property
    def end(self) -> float:
        """Give where it is drawn to."""
        return self.high if isfinite(self.high) else self.low


@dataclass(frozen=True)
class IntervalLane:
    """One row of a figure: whose it is, its intervals, or what is said where there are none."""

    label: str
    number: int
    shape: int
    intervals: tuple[Interval, ...] = ()
    silent: str = ""
    more: str = ""
    """What stands under the name."""
    quiet: int = 0
    """Of how many of the accounts that share it there is none."""
    is_rest: bool = False
    """Whether it stands for several that have no lane of their own."""

    @property
    def ink(self) -> str:
        """Give the colour of its marks."""
        return LIGHT["axis"] if self.is_rest else colour(self.number)

    @property
    def label_ink(self) -> str:
        """Give the colour of its name and its values."""
        return LIGHT["quiet"] if self.is_rest else label_colour(self.number)


@dataclass(frozen=True)
class _Scale:
    """A scale in minutes over a plot of so many px, with its unit and the steps between lines and between labels."""

    least: float
    most: float
    width: float
    unit: str
    per: float
    line: float
    label: float

    def px(self, minutes: float) -> float:
        return (minutes - self.least) / (self.most - self.least) * self.width

    def minutes(self, px: float) -> float:
        return px / self.width * (self.most - self.least)


@dataclass
class _Parts:
    """What a figure is made of so far, down to a height in px."""

    data: list[Trace] = field(default_factory=list)
    shapes: list[drawing.Shape] = field(default_factory=list)
    notes: list[drawing.Shape] = field(default_factory=list)
    y: float = 0.0


class Silence(NamedTuple):
    """Of how many accounts or sides the silent ones are counted, and what one of them, or several, do not do."""

    every: int
    noun: str
    one: str
    several: str

    def said(self, number: int) -> str:
        """Count so many silent ones: 16 of 17 accounts give no delay."""
        return f"{out_of(number, self.every, self.noun)} {self.one if number == 1 else self.several}"


def draw(lanes: Sequence[IntervalLane], width: float, folded: Silence, *, is_brief: bool = False) -> Figure:
    """Draw a figure of a width in px; `folded` says what the silent ones do not do.

    In brief the silent share a row however few they are.
    """
    is_narrow, told = drawing.is_phone(width), [lane for lane in lanes if lane.intervals]
    left = 0 if is_narrow or len(lanes) == 1 else _MARGIN
    silent = [lane for lane in lanes if not lane.intervals]
    is_folded = len(silent) > 1 and (is_narrow or is_brief or len(lanes) > _MOST_LANES)
    kept = _kept([lane for lane in lanes if lane.intervals or not is_folded])
    scale = _scale(list(chain.from_iterable(lane.intervals for lane in kept)), width - left - _RIGHT) if told else None
    parts = _Parts()
    for lane in kept:
        if scale and lane.intervals:
            _told(parts, lane, left, scale, is_alone=len(lanes) == 1)
        else:
            _silent(parts, lane, left, is_narrow=is_narrow)
    if is_folded:
        _folded(parts, lanes, folded, left, width - left - _RIGHT, is_brief=is_brief)
    high = max(parts.y + 2, _SILENT)
    axis = {"range": [scale.least, scale.most] if scale else [0, 1], "showticklabels": False}
    ruled, ticks = _rules(scale, high, is_flush=not left) if scale else ([], [])
    foot = _FOOT if scale else 0
    return drawing.figure(
        width,
        high + foot,
        parts.data,
        left=left,
        right=_RIGHT,
        bottom=foot,
        shapes=[*ruled, *parts.shapes],
        notes=[*parts.notes, *ticks],
        xaxis=axis,
        yaxis={"range": [high, 0], "showticklabels": False},
    )


def _kept(lanes: list[IntervalLane]) -> list[IntervalLane]:
    """Keep the lanes that tell most, in their order, and put the others that tell something into one."""
    told = [lane for lane in lanes if lane.intervals]
    most = sorted(told, key=lambda lane: -len(lane.intervals))[:_MOST_TOLD]
    rest = [lane for lane in told if lane not in most]
    kept = [lane for lane in lanes if lane not in rest]
    if not rest:
        return kept
    together = tuple(
        replace(one, beside="", words=f"{plain(lane.label)}: {one.words}") for lane in rest for one in lane.intervals
    )
    return [*kept, IntervalLane(f"{len(rest)} more", 0, 0, together, is_rest=True)]


def _scale(intervals: list[Interval], width: float) -> _Scale:
    """Find a scale that holds every interval that ends with its value; where none ends, those that do not."""
    ended = [one for one in intervals if isfinite(one.high)] or intervals
    least, furthest = min(0.0, *(one.start for one in intervals)), max(0.0, *(one.end for one in ended))
    span = max(furthest - least, 1.0)
    for one in (one for one in intervals if one.end <= furthest):
        taken = min(_room(one), width * 0.75)
        span = max(span, (one.end - least) * width / (width - taken))
    unit, per, steps = next(found for most, found in _UNITS.items() if span <= most)
    px = width / span * per
    line = next((step for step in steps if step * px >= (24 if unit == "min" else 11)), steps[-1])
    apart = max(
        48, 1.5 * drawing.text_width(f"{span / per:,.0f} {unit}") + 6
    )  # the last label leans back on the one before
    label = next((step for step in steps if step * px >= apart and step % line == 0), steps[-1])
    least = floor(round(least / per / line, 6)) * line * per
    most = ceil(round((least + span) / per / line, 6)) * line * per
    return _Scale(least, most, width, unit, per, line, label)


def _room(one: Interval) -> float:
    """Reckon how many px stand right of an interval: its stem, its value and what is beside it."""
    value = drawing.text_width(one.said, VALUE) * _LETTER
    beside = drawing.text_width(one.beside) + 8 if one.beside else 0
    stem = _STEM + 6 if not isfinite(one.high) else _POINT if one.low == one.high else 0
    return stem + _GAP + value + beside


def _rules(scale: _Scale, high: float, *, is_flush: bool) -> tuple[list[drawing.Shape], list[drawing.Shape]]:
    """Rule the scale, zero heaviest, with the numbers below."""
    shapes, notes = [], []
    first, last = (round(end / scale.per / scale.line) for end in (scale.least, scale.most))
    for step in range(first, last + 1):
        number = step * scale.line
        x = number * scale.per
        heavy = 2 if scale.least < 0 else 1
        ink, wide = (LIGHT["axis"], heavy) if not number else (LIGHT["grid"], 1)
        shapes.append(drawing.line(x, 0, x, high, ink, width=wide))
        if number % scale.label == 0:
            text = f"{number:,} {scale.unit}".replace("-", "−")
            leans = "left" if step == first and is_flush else "right" if step == last else "center"
            notes.append(drawing.note(text, x, 0, LIGHT["quiet"], anchor=leans, yanchor="top", yref="paper", yshift=-3))
    return shapes, notes


def _told(parts: _Parts, lane: IntervalLane, left: float, scale: _Scale, *, is_alone: bool) -> None:
    """Draw a lane of intervals, each in a row of its own, or many in one row."""
    several = 1 < len(lane.intervals) <= _MOST_ROWS
    if not left and not is_alone:
        _name(parts, lane, parts.y + 12, 0)
    elif not left and lane.more:
        parts.notes.append(drawing.note(lane.more, 1, parts.y + 12, LIGHT["quiet"], anchor="right", xref="paper"))
    if not left and (lane.more or not is_alone):
        parts.y += _ABOVE
    height = _ROW * len(lane.intervals) + _PAD if several else _SINGLE
    if left:
        _name(parts, lane, parts.y + (_PAD / 2 + _ROW / 2 if several else height / 2), left)
    if len(lane.intervals) > _MOST_ROWS:
        _strip(parts, lane, parts.y + height / 2, scale)
    else:
        for row, one in enumerate(lane.intervals):
            _interval(parts, lane, one, parts.y + (_PAD / 2 + _ROW * (row + 0.5) if several else height / 2), scale)
    parts.y += height


def _name(parts: _Parts, lane: IntervalLane, y: float, left: float) -> None:
    """Name a lane left of the plot, or above it, after its shape; what is said under the name, right of it."""
    if lane.is_rest:
        shapes: list[drawing.Shape] = []
        text = drawing.note(lane.label, 0, y, lane.label_ink, size=NAME, xref="paper", xshift=18 - left)
    else:
        shapes, text = drawing.lane_name(lane.label, lane.number, lane.shape, y, left)
    parts.shapes += shapes
    parts.notes.append(text if left else text | {"bgcolor": LIGHT["page"]})
    if lane.more and left:
        parts.notes.append(drawing.note(lane.more, 0, y + 16, LIGHT["quiet"], xref="paper", xshift=18 - left))
    elif lane.more:
        more = drawing.note(lane.more, 1, y, LIGHT["quiet"], anchor="right", xref="paper", is_on_page=True)
        parts.notes.append(more)


def _interval(parts: _Parts, lane: IntervalLane, one: Interval, y: float, scale: _Scale) -> None:
    """Draw one interval with its lead, its ticks and its value."""
    if one.start > scale.most:
        _beyond(parts, lane, one, y, scale)
        return
    begins = min(max(0.0, scale.least), one.start)
    parts.shapes.append(drawing.line(begins, y, one.start, y, lane.ink, dash="dot"))
    for end in dict.fromkeys((one.start, one.end)):
        parts.shapes.append(drawing.line(end, y - _TICK / 2, end, y + _TICK / 2, lane.ink, width=2, layer="above"))
    shift = _GAP
    if not isfinite(one.high):
        shift += _STEM + 6
        _open(parts, lane, one, y, scale.minutes(_STEM))
    elif not isfinite(one.low):
        _open(parts, lane, one, y, -scale.minutes(_STEM))
    elif one.low == one.high:
        parts.data += drawing.points(
            [one.low], [y], lane.number, lane.shape, is_hollow=one.is_hearsay, **_about([one]), **_faint(one)
        )
        shift += _POINT
    else:
        parts.data.append(_bars([one], y, lane))
    parts.notes.append(_value(one, lane, min(one.end, scale.most), y, xshift=shift))


def _open(parts: _Parts, lane: IntervalLane, one: Interval, y: float, stem: float) -> None:
    """Draw a stem of so many minutes with a head towards where an interval is open."""
    parts.shapes.append(drawing.line(one.start, y, one.start + stem, y, lane.ink, width=2.5, layer="above"))
    parts.data.append(_head(one, lane, one.start + stem, y, is_right=stem > 0))


def _beyond(parts: _Parts, lane: IntervalLane, one: Interval, y: float, scale: _Scale) -> None:
    """Draw what lasts longer than the scale holds as a lead to a head at its edge."""
    at = scale.most - scale.minutes(7)
    parts.shapes.append(drawing.line(max(0.0, scale.least), y, at, y, lane.ink, dash="dot"))
    parts.data.append(_head(one, lane, at, y, is_right=True))
    parts.notes.append(_value(one, lane, at, y, xshift=-12, anchor="right", is_on_page=True))


def _head(one: Interval, lane: IntervalLane, x: float, y: float, *, is_right: bool) -> Trace:
    symbol = f"triangle-{'right' if is_right else 'left'}{'-open' * one.is_hearsay}"
    marker = {"symbol": symbol, "size": 12, "color": lane.ink, "line": {"width": 1.5 * one.is_hearsay}}
    placed = {"type": "scatter", "mode": "markers", "x": [x], "y": [y], "cliponaxis": False}
    return placed | {"marker": marker} | _about([one]) | _faint(one)


def _value(one: Interval, lane: IntervalLane, x: float, y: float, *, xshift: float, **place: object) -> drawing.Shape:
    """Write how long an interval is at its end, and quietly what is beside it."""
    quiet = f'<span style="color:{LIGHT["quiet"]}">  {plain(one.beside)}</span>'
    beside = f'<span style="font-size:{SMALLEST}px">{quiet}</span>'
    text = f"<b>{plain(one.said)}</b>{beside if one.beside else ''}"
    ink = LIGHT["quiet"] if one.is_faint else lane.label_ink
    return drawing.note("", x, y, ink, size=VALUE, xshift=xshift, **place) | {"text": text}  # type: ignore[arg-type]


def _strip(parts: _Parts, lane: IntervalLane, y: float, scale: _Scale) -> None:
    """Lay many intervals over each other in one row."""
    shown = [one for one in lane.intervals if one.start <= scale.most]
    long = [one for one in shown if isfinite(one.low) and isfinite(one.high) and one.low < one.high]
    at_once = [one for one in shown if one not in long]
    if long:
        parts.data.append(_bars(long, y, lane) | {"opacity": 0.4})
    if at_once:
        x, about = [one.start for one in at_once], _about(at_once) | {"opacity": 0.5}
        parts.data += drawing.points(x, [y] * len(x), lane.number, lane.shape, size=10, **about)


def _bars(intervals: list[Interval], y: float, lane: IntervalLane) -> Trace:
    style = drawing.hearsay if all(one.is_hearsay for one in intervals) else drawing.certain
    placed = {"type": "bar", "orientation": "h", "base": [one.low for one in intervals], "y": [y] * len(intervals)}
    sized = {"x": [one.high - one.low for one in intervals], "width": [_BAR] * len(intervals)}
    return placed | sized | {"marker": style(lane.ink)} | _about(intervals) | _faint(intervals[0])


def _about(intervals: list[Interval]) -> Trace:
    said = {"customdata": [[one.number] for one in intervals], "hovertext": [one.words for one in intervals]}
    return said | {"hoverinfo": "text"}


def _faint(one: Interval) -> Trace:
    return {"opacity": 0.45} if one.is_faint else {}


def _silent(parts: _Parts, lane: IntervalLane, left: float, *, is_narrow: bool) -> None:
    """Draw the pale band of a lane that tells nothing."""
    middle = parts.y + _SILENT / 2
    parts.shapes.append(drawing.silent_band(parts.y, _SILENT))
    text = lane.silent
    if left:
        _name(parts, lane, middle, left)
    else:
        parts.shapes += drawing.glyph(lane.number, lane.shape, 7, middle)
        room = 44 if is_narrow else 200
        text = f"{drawing.shortened(lane.label, max(12, room - len(text)))}: {text}"
    parts.notes.append(drawing.note(text, 0, middle, LIGHT["quiet"], xref="paper", xshift=8 if left else 20))
    parts.y += _SILENT


def _folded(  # noqa: PLR0913 who is silent, and where it is said
    parts: _Parts, lanes: Sequence[IntervalLane], folded: Silence, left: float, plot: float, *, is_brief: bool
) -> None:
    """Let many silent lanes share one row: what they do not do, then who they are."""
    words = folded.said(sum(lane.quiet for lane in lanes))
    quiet = [Quiet(lane.label, lane.number, lane.shape) for lane in lanes if not lane.intervals]
    members = {lane.label: lane.quiet for lane in lanes if lane.intervals and lane.quiet}
    rest = members_of(members, is_after=bool(quiet))
    margins, only = (left, _RIGHT), is_brief and not left
    shapes, notes, high = silent_row(words, quiet, rest, plot, margins, parts.y, _MOST_FOLDED, only_shapes=only)
    parts.shapes += shapes
    parts.notes += notes
    parts.y += high


_MOST_FOLDED = 4
"""Over how many lines silent lanes are named at most."""
