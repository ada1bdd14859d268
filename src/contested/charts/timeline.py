"""What happened when, by each account?

A lane for each account. What is certain is solid, what is only possible hatched, an instant is a mark, hearsay is
hollow, what is denied is crossed. What is known by its day alone is a strip over that day, never midnight. Very many
events are counted by the hour, or a longer step.
"""

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from itertools import starmap
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from contested import theme
from contested.analysis.coverage.topic import UNTIMED, Topic
from contested.analysis.coverage.warnings import of_time
from contested.analysis.timing.opening_window import Window, is_mark, opened, windows, within
from contested.chart import Chart
from contested.drawing import (
    Mark,
    Placed,
    Shape,
    certain,
    denied,
    hearsay,
    is_phone,
    line,
    note,
    packed,
    points,
    possible,
    text_width,
)
from contested.drawing.lanes import Cast, Sheet, cast, fitted, stamp
from contested.model.times import day, last_day, whole_days
from contested.model.times import days as spoken_days
from contested.model.times import span as spoken_span
from contested.model.vocabulary import MILESTONE_KINDS, Kind, Stance
from contested.model.wording import capital, counted, in_words, spaced, verb
from contested.query.legend import Lane, Legend
from contested.query.relations import HAS_STANDING_TIME
from contested.query.rows import Row, numbered

QUESTION = f"""
with milestone as (from read_together where kind in ({", ".join(f"'{kind}'" for kind in MILESTONE_KINDS)}))
, one as (select *, {HAS_STANDING_TIME} as is_read from selected)
, read as (
    select one.*, coalesce(milestone.claim_ids, [claim_id]) as claim_ids, coalesce(first_id, claim_id) as bar,
        -- an own word and a hearsay that are read into one bar leave it hearsay
        coalesce(milestone.hearsay, via is not null) as hearsay,
        coalesce(milestone.relayed, stance = 'relays') as relayed, coalesce(contradicts, false) as contradicts,
        if(milestone.kind is null, one.began_latest, milestone.began_latest) as certain_from,
        if(milestone.kind is null, one.ended_earliest, milestone.ended_earliest) as certain_to,
        if(milestone.kind is null, one.began_earliest, milestone.began_earliest) as possible_from,
        if(milestone.kind is null, one.ended_latest, milestone.ended_latest) as possible_to
    from one left join milestone
        on is_read and one.account = milestone.account and one.voice = milestone.voice
        and one.event_id = milestone.event_id and one.kind = milestone.kind)
select claim_id, event_id, account, voice, kind, began_earliest, began_latest, ended_earliest, ended_latest, stance,
    summary, label, time_words, time_basis, same_event, is_cut, hearsay, relayed, contradicts, standing, claim_ids, bar,
    certain_from, certain_to, possible_from, possible_to,
    least(possible_from, certain_from, certain_to, possible_to) as first,
    greatest(possible_from, certain_from, certain_to, possible_to) as last
from read
order by account, first, claim_id
"""

MOST_EVENTS = 200
"""More events than this in the window are counted instead of drawn one by one."""
_SUB, _SUB_ON_PHONE, _STRIP, _COLUMNS = 20, 21, 18, 40
_ROWS, _ROWS_ON_PHONE, _STRIPS, _IN_BRIEF = 8, 12, 4, 3
"""How many sub-rows of marks, and of days, a lane has at most, and how many of both in brief."""
_POINT, _LEAD, _ARROW = 7, 40, 22
"""How many px a point takes to either side, what was so by then before it, and the head of what has no end after it."""
_CLOCKS = ("possible_from", "certain_from", "certain_to", "possible_to", "first", "last")
_COUNTED = ("account", "event_id", "kind", "hearsay", "relayed", "certain_from", "certain_to", "first", "last")
_BOUNDS = ("began_earliest", "began_latest", "ended_earliest", "ended_latest")
_WEIGHT = {Kind.CLASH: 3, Kind.CALL: 3, Kind.DISPATCH: 3, Kind.ARRIVAL: 3, Kind.STATEMENT: -1}
_PALE = 0.45
_LABEL = 30


class _Event(NamedTuple):
    """A mark of the timeline: a row of the answer, its moments on the viewer's clock, and how it is drawn."""

    number: int
    row: Row
    label: str
    weight: float

    @property
    def is_hollow(self) -> bool:
        return bool(self.row.hearsay or self.row.relayed)

    @property
    def is_denied(self) -> bool:
        return bool(self.row.stance == Stance.DENIES)

    @property
    def is_pale(self) -> bool:
        return bool(self.row.standing != "standing")

    @property
    def is_point(self) -> bool:
        return bool(self.row.first == self.row.last)

    @property
    def is_certain(self) -> bool:
        return bool(not self.is_hollow and not self.is_denied and self.row.certain_from < self.row.certain_to)

    @property
    def is_of_days(self) -> bool:
        return not self.is_certain and whole_days(self.row.first, self.row.last) is not None

    @property
    def has_no_begin(self) -> bool:
        """Say whether it had begun by then and nobody tells since when."""
        return bool(pd.isna(self.row.possible_from) and pd.isna(self.row.certain_to) and self.is_point)

    @property
    def has_no_end(self) -> bool:
        """Say whether it was still so, or not yet, and nobody tells until when."""
        row = self.row
        lasts = pd.notna(row.certain_to) and pd.isna(row.possible_to)
        return bool(lasts or (self.is_point and pd.isna(row.certain_from) and pd.isna(row.possible_to)))


def draw(answer: pd.DataFrame, legend: Legend, width: float) -> theme.Figure:
    """Draw the lanes, top to bottom in the order of the legend; of very many events how many there were when."""
    return _draw(answer, legend, width, _Most(_ROWS_ON_PHONE if is_phone(width) else _ROWS, _STRIPS))


def brief(answer: pd.DataFrame, legend: Legend, width: float) -> theme.Figure:
    """Draw of each lane only the marks that weigh most, and all who date nothing in one row."""
    return _draw(answer, legend, width, _Most(_IN_BRIEF + is_phone(width), _IN_BRIEF, is_brief=True))


class _Most(NamedTuple):
    """How many sub-rows of marks, and of days, a lane has at most; in brief both share the same few."""

    rows: int
    strips: int
    is_brief: bool = False


def _draw(answer: pd.DataFrame, legend: Legend, width: float, most: _Most) -> theme.Figure:
    window = opened(answer, legend)
    marks = _marks(answer, window, answer.columns)
    if len(marks) <= MOST_EVENTS:
        marks = marks.assign(label=marks["bar"].map(_labels(answer)))
    who = cast(legend, _sizes(marks["account"]), width, is_brief=most.is_brief)
    sheet = Sheet.of(width)
    is_counted = window and (len(marks) > MOST_EVENTS or who.others)
    draw_lane = _lanes_of_counts(sheet, window, marks, who) if window and is_counted else partial(_lane_of_marks, most)
    for lane in who.shown:
        if lane not in who.heard:
            sheet.silent(lane, _silence(lane, answer, window))
        elif window:
            draw_lane(sheet, lane, window, _of(lane, marks), legend)
    if who.others and window:
        _count_others(sheet, window, marks, who)
    if who.is_folded():
        when = _when_silent(answer, marks, window, legend)
        sheet.silent_together(who, f"gives no time{when}", f"give no time{when}", is_brief=most.is_brief)
    return sheet.drawn(window.since, window.until) if window else sheet.undated()


def _marks(answer: pd.DataFrame, window: Window | None, columns: Iterable[str] = _COUNTED) -> pd.DataFrame:
    """Keep a row for each mark within the window, on the viewer's clock, in these columns; of many what counts them."""
    shown = is_mark(answer) & within(answer, window)
    marks = answer.loc[shown, [*(_COUNTED if shown.sum() > MOST_EVENTS else columns)]]
    local = {name: marks[name].dt.tz_localize(None) for name in _CLOCKS if name in marks and len(marks)}
    return marks.assign(**local)


def _labels(answer: pd.DataFrame) -> "pd.Series[str]":
    """Give the label of each mark: that of the claim that bounds its time most."""
    labelled = answer.loc[answer["label"].notna(), ["bar", "label", *_BOUNDS]]
    known = labelled[[*_BOUNDS]].notna().sum(axis=1)
    order = known.sort_values(ascending=False, kind="stable").index
    return labelled.loc[order].drop_duplicates("bar").set_index("bar")["label"]


def _sizes(accounts: "pd.Series[str]") -> dict[str, int]:
    return {str(key): int(number) for key, number in accounts.value_counts().items()}


def _of(lane: Lane, marks: pd.DataFrame) -> pd.DataFrame:
    return marks[marks["account"].isin([voice.key for voice in lane.voices])]


def _silence(lane: Lane, answer: pd.DataFrame, window: Window | None) -> str:
    """Say what an account does that dates nothing in the window."""
    claims = _of(lane, answer)
    undated = claims[claims["first"].isna()]
    if window and len(undated) < len(claims):
        return f"gives no time {_for(window)}"
    said = [words for words in undated["time_words"].dropna() if len(words) <= _LABEL]
    if said:
        return f"“{said[0]}”, no date"
    return f"gives no time ({counted(len(undated), 'claim')})" if len(undated) else "gives no time"


def _when_silent(answer: pd.DataFrame, marks: pd.DataFrame, window: Window | None, legend: Legend) -> str:
    """Say for when those without a mark in the window give no time, where one of them may give some for another."""
    silent = [voice.key for voice in legend.without(marks["account"])]
    is_cut = legend.selection.since is not None or legend.selection.until is not None
    may_tell = is_cut or (answer["first"].notna() & answer["account"].isin(silent)).any()
    return f" {_for(window)}" if window and may_tell else ""


def _for(window: Window) -> str:
    """Say for when, of a window: for that night, for 5 Feb, for these hours, for these days."""
    if "Night" in window.name:
        return "for that night"
    if whole := whole_days(window.since, window.until):
        return f"for {day(whole[0])}" if whole[0] == whole[1] else "for these days"
    return "for these hours" if window.until - window.since <= timedelta(days=2) else "for these days"


# marks, one by one


class _Scale(NamedTuple):
    """Where a moment of the window stands, in px."""

    window: Window
    plot: float

    def px(self, moment: datetime) -> float:
        return float(min(max((moment - self.window.since) / self.per_px, 0.0), self.plot))

    def clipped(self, moment: datetime) -> datetime:
        return min(max(moment, self.window.since), self.window.until)

    def moment(self, px: float) -> datetime:
        return self.window.since + px * self.per_px

    @property
    def per_px(self) -> timedelta:
        return (self.window.until - self.window.since) / self.plot


def _lane_of_marks(  # noqa: PLR0913, PLR0917 how much of what is drawn where
    most: _Most, sheet: Sheet, lane: Lane, window: Window, marks: pd.DataFrame, legend: Legend
) -> None:
    """Draw the marks of one lane with their labels, and below them what is known by its day alone."""
    scale = _Scale(window, sheet.plot)
    events = [_event(number, row, legend, sheet.plot - 8) for number, row in numbered(marks)]
    timed, of_days = ([one for one in events if one.is_of_days == whole] for whole in (False, True))
    packing = packed(
        [_boxed(one, number, scale) for number, one in enumerate(timed)], 2, sheet.plot - 2, most=most.rows
    )
    taken = packing.rows if timed and most.is_brief else 0
    strips, unplaced = _strips(of_days, scale, most.strips - taken)
    more = len(packing.left_out) + unplaced
    high = sheet.lane(lane, sheet.y + (13 if sheet.is_phone else 15), f"+{more:,} more" if more else "")
    top, sub = sheet.y + sheet.head + 4, _SUB_ON_PHONE if sheet.is_phone else _SUB
    canvas = _Canvas(sheet, lane, scale, legend, sub)
    for place in packing.placed:
        canvas.mark(timed[place.mark.number], place, top + (place.row + 0.5) * sub)
    top += packing.rows * sub if timed else 0
    for event, row, side in strips:
        canvas.strip(event, side, top + _STRIP * (row + 0.5))
    top += _STRIP * max((row + 1 for _, row, _ in strips), default=0)
    sheet.y = max(top + 4, sheet.y + (0 if sheet.is_phone else max(high, 30)))
    sheet.data += canvas.traces()
    sheet.rule(sheet.y)


def _event(number: int, row: Row, legend: Legend, room: float) -> _Event:
    pale = -4 * (row.standing != "standing")
    label = fitted(_label(row, legend), room)
    return _Event(number, row, label, _WEIGHT.get(row.kind, 0) + pale + 10 * bool(row.contradicts))


def _label(row: Row, legend: Legend) -> str:
    """Write the label of a mark: the editor's own, else when and what kind; and what makes it less than a telling."""
    label = row.label if isinstance(row.label, str) else f"{_when(row)}{_what(row, legend)}"
    if row.stance == Stance.DENIES and "deni" not in label:
        label = f"denied: {label}"
    if row.relayed and "rumour" not in label:
        label = f"rumour: {label}"
    elif row.hearsay and "hearsay" not in label:
        label = f"{label} (hearsay)"
    past = {"superseded": "replaced", "corrected": "corrected"}.get(row.standing)
    return f"{label} ({past})" if past else label


def _when(row: Row) -> str:
    """Say when of a point or of a day; of hours the axis says it."""
    if whole := whole_days(row.first, row.last):
        first, last = whole
        return f"{day(first)}: " if first == last else f"{day(first)} – {day(last)}: "
    if row.first != row.last:
        return ""
    clock = f"{row.first:%H:%M}"
    if pd.isna(row.possible_from) and pd.isna(row.certain_to):
        return f"by {clock}: "
    return f"{clock} " if pd.notna(row.certain_from) else f"from {clock}: "


def _what(row: Row, legend: Legend) -> str:
    """Say what kind of thing happened; of what is of no kind the event, where its name is short."""
    event = legend.event(row.event_id)
    return (
        event
        if row.kind == Kind.OTHER and len(event) <= _LABEL
        else spaced("event" if row.kind == Kind.OTHER else row.kind)
    )


def _boxed(event: _Event, number: int, scale: _Scale) -> Mark:
    """Say from where to where a mark reaches, in px, and whether it can hold its label."""
    row = event.row
    x0, x1 = scale.px(row.first), scale.px(row.last)
    wide = x1 - x0
    if event.is_point:
        x0, x1 = x0 - _POINT - _LEAD * event.has_no_begin, x1 + _POINT
    elif event.is_certain:
        wide = scale.px(row.certain_to) - scale.px(row.certain_from)
    holds = not event.is_point and (event.is_certain or event.is_hollow) and not event.is_denied
    x1 += _ARROW * event.has_no_end
    return Mark(x0, x1, event.label, number, holds and text_width(event.label) + 14 <= wide, event.weight)


def _strips(events: list[_Event], scale: _Scale, most: int) -> tuple[list[tuple[_Event, int, str]], int]:
    """Put days into so many rows that no label touches another; the label stands in its day, else beside it."""
    rows: list[list[tuple[float, float]]] = []
    placed, unplaced = [], 0
    for event in sorted(events, key=lambda one: (one.row.first, -one.weight)):
        low, high, wide = scale.px(event.row.first), scale.px(event.row.last), text_width(event.label) + 6
        ways = {
            "in": (low, max(high, low + wide + 18)) if wide + 22 <= high - low else None,
            "right": (low, high + 6 + wide) if high + 6 + wide <= scale.plot else None,
            "left": (low - 6 - wide, high) if low - 6 - wide >= 0 else None,
        }
        begin = max(scale.plot - wide, 0)
        ways["end"] = (min(low, begin), scale.plot)
        side, box = next((side, box) for side, box in ways.items() if box)
        number = next(
            n
            for n in range(len(rows) + 1)
            if n == len(rows) or all(box[1] + 8 <= a or box[0] - 8 >= b for a, b in rows[n])
        )
        if number >= most:
            unplaced += 1
            continue
        rows += [[]] * 0 if number < len(rows) else [[]]
        rows[number].append(box)
        placed.append((event, number, side))
    return placed, unplaced


class _Canvas:
    """The marks of one lane while they are drawn, by how they look: one trace for all that look alike."""

    def __init__(self, sheet: Sheet, lane: Lane, scale: _Scale, legend: Legend, sub: float) -> None:
        self.sheet, self.lane, self.scale, self.legend, self.sub = sheet, lane, scale, legend, sub
        self.mark_colour, self.ink = theme.colour(lane.number), theme.label_colour(lane.number)
        self.bars: dict[tuple[str, bool], list[tuple[_Event, datetime, datetime, float, float]]] = {}
        self.points: dict[tuple[bool, bool], list[tuple[_Event, float]]] = {}

    def mark(self, event: _Event, place: Placed, y: float) -> None:
        """Draw one event and its label."""
        row, thick = event.row, 16 if place.side == "on" else 13
        if event.is_point:
            self._point(event, y)
        elif event.row.relayed:
            self._bar("rumour", event, (row.first, row.last), y, thick)
            self._outline(event, y, thick)
        elif event.is_denied or event.is_hollow:
            self._bar("denied" if event.is_denied else "hearsay", event, (row.first, row.last), y, thick)
        else:
            self._bar("possible", event, (row.first, row.last), y, thick)
            if event.is_certain:
                style = "labelled" if place.side == "on" else "certain"
                self._bar(style, event, (row.certain_from, row.certain_to), y, thick)
        if event.has_no_end:
            self._arrow(row.last, y, 9 if event.is_point else 0)
        if row.standing == "withdrawn":
            self._struck(event, y)
        self._labelled(event, place, y)

    def strip(self, event: _Event, side: str, y: float) -> None:
        """Draw what is known by its day alone: a thin line over that day, its label in it or beside it."""
        window, row = self.scale.window, event.row
        first, last = self.scale.clipped(row.first), self.scale.clipped(row.last)
        dash = "dot" if event.is_hollow else "solid"
        self.sheet.shapes.append(
            line(stamp(first), y, stamp(last), y, self.mark_colour, width=1.5, dash=dash)
            | {"opacity": _PALE if event.is_pale else 1}
        )
        self._bar("day", event, (row.first, row.last), y, 14)
        if row.last > window.until:
            self._head(window.until, y, 1)
        if row.first < window.since:
            self._head(window.since, y, -1)
        self._strip_label(event, side, first, last, y)

    def _strip_label(self, event: _Event, side: str, first: datetime, last: datetime, y: float) -> None:
        moment, shift = {
            "in": (first, 16),
            "right": (last, 6),
            "left": (first, -6),
            "end": (self.scale.window.until, -2),
        }[side]
        anchor = "right" if side in {"left", "end"} else "left"
        self.sheet.notes.append(self._text(event, moment, y, anchor=anchor, xshift=shift, is_on_page=True))

    def _bar(self, style: str, event: _Event, span: tuple[datetime, datetime], y: float, thick: float) -> None:
        ends = (self.scale.clipped(span[0]), self.scale.clipped(span[1]))
        if ends[0] < ends[1]:
            self.bars.setdefault((style, event.is_pale), []).append((event, *ends, y, thick))

    def _point(self, event: _Event, y: float) -> None:
        moment = event.row.first
        self.points.setdefault((event.is_hollow or event.is_denied, event.is_pale), []).append((event, y))
        if event.has_no_begin:
            lead = self._px(moment, y, (-_LEAD - _POINT, 0), (-_POINT, 0))
            self.sheet.shapes.append(lead | {"line": {"color": self.mark_colour, "width": 1.5, "dash": "dot"}})
        if event.is_denied:
            self.sheet.shapes += [self._px(moment, y, (-5, -5), (5, 5)), self._px(moment, y, (-5, 5), (5, -5))]

    def _px(self, moment: datetime, y: float, begin: tuple[float, float], end: tuple[float, float]) -> Shape:
        placed = {
            "xref": "x",
            "yref": "y",
            "xsizemode": "pixel",
            "ysizemode": "pixel",
            "xanchor": stamp(moment),
            "yanchor": y,
        }
        drawn = {"type": "line", "x0": begin[0], "y0": begin[1], "x1": end[0], "y1": end[1], "layer": "above"}
        return placed | drawn | {"line": {"color": self.mark_colour, "width": 1.5}}

    def _path(self, moment: datetime, y: float, path: str) -> None:
        shape = self._px(moment, y, (0, 0), (0, 0))
        kept = {name: value for name, value in shape.items() if name not in {"x0", "y0", "x1", "y1"}}
        self.sheet.shapes.append(
            kept | {"type": "path", "path": path, "fillcolor": self.mark_colour, "line": {"width": 0}}
        )

    def _arrow(self, moment: datetime, y: float, aside: float) -> None:
        """Lead on from what has no end told; at the edge the head alone does."""
        if self.scale.plot - self.scale.px(moment) < _ARROW:
            self._head(self.scale.window.until, y, 1)
            return
        self._path(moment, y, f"M{aside},-0.75 L14,-0.75 L14,-4 L21,0 L14,4 L14,0.75 L{aside},0.75 Z")

    def _head(self, edge: datetime, y: float, way: int) -> None:
        """Point on at an edge of the window: to the right, or to the left."""
        self._path(edge, y, f"M{-way * 7},-4.5 L0,0 L{-way * 7},4.5 Z")

    def _outline(self, event: _Event, y: float, thick: float) -> None:
        """Dot the outline of a rumour passed on."""
        first, last = self.scale.clipped(event.row.first), self.scale.clipped(event.row.last)
        placed = {"type": "rect", "xref": "x", "yref": "y", "x0": stamp(first), "x1": stamp(last)}
        edge = {"color": self.mark_colour, "width": 1.6, "dash": "1.6px,2.6px"}
        self.sheet.shapes.append(placed | {"y0": y - thick / 2, "y1": y + thick / 2, "line": edge, "layer": "above"})

    def _struck(self, event: _Event, y: float) -> None:
        """Strike through what was withdrawn."""
        first, last = self.scale.clipped(event.row.first), self.scale.clipped(event.row.last)
        if event.is_point:
            self.sheet.shapes.append(
                self._px(first, y, (-10, 0), (10, 0)) | {"line": {"color": theme.LIGHT["text"], "width": 1.3}}
            )
        else:
            self.sheet.shapes.append(
                line(stamp(first), y, stamp(last), y, theme.LIGHT["text"], width=1.3, layer="above")
            )

    def _labelled(self, event: _Event, place: Placed, y: float) -> None:
        row = event.row
        first, last = self.scale.clipped(row.first), self.scale.clipped(row.last)
        aside = _POINT if event.is_point else 0
        if place.side == "on":
            low, high = (row.certain_from, row.certain_to) if event.is_certain else (first, last)
            low, high = self.scale.clipped(low), self.scale.clipped(high)
            ink = theme.LIGHT["page"] if event.is_certain and not event.is_pale else None
            self.sheet.notes.append(self._text(event, low + (high - low) / 2, y, ink, anchor="center"))
        elif place.side == "above":
            self.sheet.notes.append(self._text(event, self.scale.moment(place.at), y - self.sub + 2, is_on_page=True))
        elif place.side == "right":
            shift = aside + 4 + _ARROW * event.has_no_end
            self.sheet.notes.append(self._text(event, last, y, xshift=shift, is_on_page=True))
        else:
            shift = -aside - 4 - _LEAD * event.has_no_begin
            self.sheet.notes.append(self._text(event, first, y, anchor="right", xshift=shift, is_on_page=True))

    def _text(self, event: _Event, moment: datetime, y: float, ink: str | None = None, **place: Any) -> Shape:  # noqa: ANN401 what places a text
        text = note(
            event.label, stamp(moment), y, ink or (theme.LIGHT["quiet"] if event.is_pale else self.ink), **place
        )
        if event.row.standing == "withdrawn":
            text["font"] = text["font"] | {"lineposition": "through"}
        return text

    def traces(self) -> list[theme.Trace]:
        """Give the marks, those that look alike together."""
        looks: dict[str, Callable[[str], dict[str, Any]]] = {
            "possible": possible,
            "certain": certain,
            "labelled": lambda _: certain(self.ink),  # dark enough for the letters on it
            "hearsay": lambda ink: hearsay(ink) | {"color": theme.LIGHT["page"]},
            "denied": denied,
            "rumour": lambda _: {"color": theme.LIGHT["page"], "line": {"width": 0}},
            "day": lambda _: {"color": theme.CLEAR, "line": {"width": 0}},
        }
        found = []
        for style, pale in sorted(self.bars, key=lambda look: look[0] in {"certain", "labelled"}):
            drawn = self.bars[style, pale]
            events, since, until, heights, thick = zip(*drawn, strict=True)
            lengths = [(last - first) / timedelta(milliseconds=1) for first, last in zip(since, until, strict=True)]
            bars: theme.Trace = {"type": "bar", "orientation": "h", "base": [stamp(one) for one in since], "x": lengths}
            bars |= {"y": list(heights), "width": list(thick), "marker": looks[style](self.mark_colour)}
            found.append(bars | self._about(events, pale=pale))
        for (hollow, pale), marks in self.points.items():
            events, heights = zip(*marks, strict=True)
            moments = [stamp(one.row.first) for one in events]
            about = self._about(events, pale=pale)
            found += points(moments, heights, self.lane.number, self.lane.shape, is_hollow=hollow, **about)
        return found

    def _about(self, events: Iterable[_Event], *, pale: bool) -> theme.Trace:
        about: theme.Trace = {
            "customdata": [[one.number] for one in events],
            "hovertext": [_hover(one.row, self.legend) for one in events],
            "hoverinfo": "text",
        }
        return about | ({"opacity": _PALE} if pale else {})


def _hover(row: Row, legend: Legend) -> str:
    """Say in plain words who tells what, and when it was."""
    said = "denied: " if row.stance == Stance.DENIES else ""
    past = {"withdrawn": "withdrawn since", "superseded": "replaced since", "corrected": "corrected since"}
    also = [*of_time(row), *(["passed on as a rumour"] if row.relayed else []), past.get(row.standing, "")]
    when = ", ".join(filter(None, [spoken_span(row.first, row.last), *also]))
    whose = theme.plain(f"{legend.whose(row.account, row.voice)}: {said}{_shortened(row.summary, 90)}")
    return f"{whose}<br>{theme.plain(when)}"


def _shortened(text: str, width: int = 60) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


# counts, where there are very many


_STEPS = (
    "1h",
    "2h",
    "3h",
    "6h",
    "12h",
    "1D",
    "2D",
    "7D",
    "MS",
    "3MS",
    "YS",
    "2YS",
    "5YS",
    "10YS",
    "50YS",
    "100YS",
    "1000YS",
)
_MOST_COLUMNS = 480
_NARROWEST = 5
"""A column is at least so many px wide."""
LaneDrawer = Callable[[Sheet, Lane, Window, pd.DataFrame, Legend], None]


class _Columns(NamedTuple):
    """How many events begin in each step, and those of which no step is certain."""

    edges: list[datetime]
    events: list[list[int]]
    unplaced: int

    def highest(self) -> int:
        return max(map(len, self.events), default=0)


def _edges(window: Window, lanes: int, plot: float) -> list[datetime]:
    """Divide the window into the shortest steps of which there are not too many."""
    most = min(_MOST_COLUMNS / lanes, plot / _NARROWEST)
    step = next(
        one for one, hours in _LEAST_HOURS.items() if (window.until - window.since) / timedelta(hours=hours) <= most
    )
    since = pd.Timestamp(window.since).floor(step if step.endswith("h") else "D")
    if step.endswith("S"):
        since = since.replace(day=1, month=since.month if step.endswith("MS") else 1)
    edges = list(pd.date_range(since, window.until, freq=step))
    return [*edges, *([] if edges[-1] >= window.until else [edges[-1] + pd.tseries.frequencies.to_offset(step)])]


_LEAST_HOURS = dict(
    zip(
        _STEPS,
        (1, 2, 3, 6, 12, 24, 48, 168, 672, 2160, 8760, 17520, 43800, 87600, 438000, 876000, 8760000),
        strict=True,
    )
)


def _counted(marks: pd.DataFrame, edges: list[datetime]) -> _Columns:
    """Count each event in the step in which it begins, where it is certain which."""
    places = np.array(edges, "datetime64[us]")
    first = np.searchsorted(places, marks["first"].to_numpy("datetime64[us]"), "right") - 1
    begun_by = marks["certain_from"].fillna(marks["last"]).to_numpy("datetime64[us]")
    latest = np.where(
        begun_by > marks["first"].to_numpy("datetime64[us]"), begun_by - np.timedelta64(1, "us"), begun_by
    )
    is_sure = (first == np.searchsorted(places, latest, "right") - 1) & (first >= 0) & (first < len(edges) - 1)
    numbers = marks.index.to_numpy()
    events: list[list[int]] = [[] for _ in edges[:-1]]
    for place, number in zip(first[is_sure].tolist(), numbers[is_sure].tolist(), strict=True):
        events[place].append(number)
    return _Columns(edges, events, int((~is_sure).sum()))


def _lanes_of_counts(sheet: Sheet, window: Window, marks: pd.DataFrame, who: Cast) -> LaneDrawer:
    """Count all lanes by the same steps and on one scale."""
    heard = [lane for lane in who.shown if lane in who.heard]
    edges = _edges(window, len(heard) + bool(who.others), sheet.plot)
    counts = {lane.key: _counted(_of(lane, marks), edges) for lane in heard}
    top = max((one.highest() for one in counts.values()), default=0) or 1

    def draw_lane(sheet: Sheet, lane: Lane, window: Window, marks: pd.DataFrame, legend: Legend) -> None:  # noqa: ARG001 one lane as any other
        found, is_first = counts[lane.key], sheet.y == 0
        second = _how_many(len(marks), found, top if is_first else 0)
        high = sheet.lane(lane, sheet.y + 14, second)
        _columns(sheet, found, top, theme.colour(lane.number), lane.label)
        sheet.y = max(sheet.y + sheet.head + _COLUMNS + 8, sheet.y + (0 if sheet.is_phone else high))

    return draw_lane


def _how_many(number: int, found: _Columns, top: int) -> str:
    """Say how many events a lane holds, how many of them stand in no column, and what the highest column counts."""
    most = f"highest {top:,}" if top else ""
    unplaced = f"{found.unplaced:,} less precise" if found.unplaced else ""
    return ", ".join(filter(None, [counted(number, "event"), unplaced, most]))


def _columns(sheet: Sheet, found: _Columns, top: int, ink: str, name: str) -> None:
    foot = sheet.y + sheet.head + _COLUMNS
    shown = [place for place, events in enumerate(found.events) if events]
    steps = [(found.edges[place], found.edges[place + 1]) for place in shown]
    sheet.data.append(
        {
            "type": "bar",
            "x": [stamp(first + (last - first) / 2) for first, last in steps],
            "y": [-len(found.events[place]) / top * (_COLUMNS - 4) for place in shown],
            "base": [foot] * len(shown),
            "width": [(last - first) / timedelta(milliseconds=1) * 0.92 for first, last in steps],
            "marker": {"color": ink, "line": {"width": 0}},
            "customdata": [theme.carried(found.events[place]) for place in shown],
            "hovertext": [
                theme.plain(f"{name}, {spoken_span(*step)}: {counted(len(found.events[place]), 'event')}")
                for place, step in zip(shown, steps, strict=True)
            ],
            "hoverinfo": "text",
        }
    )
    sheet.rule(foot, theme.LIGHT["axis"])


def _count_others(sheet: Sheet, window: Window, marks: pd.DataFrame, who: Cast) -> None:
    """Count all who have no lane together, on a scale of their own."""
    heard = [lane for lane in who.shown if lane in who.heard]
    edges = _edges(window, len(heard) + 1, sheet.plot)
    keys = [voice.key for lane in who.others for voice in lane.voices]
    found = _counted(theirs := marks[marks["account"].isin(keys)], edges)
    name = f"{len(who.others):,} more accounts"
    sheet.name(name, None, 0, sheet.y + 14, f"{counted(len(theirs), 'event')}, own scale")
    _columns(sheet, found, found.highest() or 1, theme.LIGHT["axis"], name)
    sheet.y += sheet.head + _COLUMNS + 12


# words


def title(answer: pd.DataFrame, legend: Legend) -> str:
    """Say what the window shows first: who tells how long clashes went on, or how many events fall when."""
    if answer.empty:
        return f"{legend.nobody} says anything here"
    if (window := opened(answer, legend)) is None:
        return f"No claim{' shown' if legend.is_filtered else ''} gives a time, so nothing stands on the timeline"
    if (marks := _marks(answer, window)).empty:
        return f"{legend.nobody} gives a time {_for(window)}"
    return _of_window(answer, marks, window, legend)


def _of_window(answer: pd.DataFrame, marks: pd.DataFrame, window: Window, legend: Legend) -> str:
    fullest = _fullest(answer)
    if _who(marks["account"], legend).others:
        return f"{_peak(marks, window)}; {counted(marks['account'].nunique(), legend.noun)} date something"
    if fullest and (len(marks) > MOST_EVENTS or fullest.is_within(window)):
        marked = answer[is_mark(answer)]
        return f"{_number_in(answer, fullest):,} of {len(marked):,} {_noun(marked)}s fall {_on(fullest)}"
    if len(marks) <= MOST_EVENTS and all(starmap(whole_days, zip(marks["first"], marks["last"], strict=True))):
        return _days_only(marks, window, legend)
    if len(legend.voices) > 1 and (said := _how_long(answer, marks, legend)):
        return _with_silent(said, answer, marks, window, legend)
    return f"{_number(len(marks), _noun(marks))} {verb(range(len(marks)), 'is', 'are')} dated to {_spoken(window)}"


_COMPARED = 100_000


def _noun(marks: pd.DataFrame) -> str:
    """Say what marks are: events, where no two are of one, or claims; of very many that is not looked up."""
    is_each_of_its_own = len(marks) <= _COMPARED and marks["event_id"].nunique() == len(marks)
    return "event" if is_each_of_its_own else "claim"


def _how_long(answer: pd.DataFrame, marks: pd.DataFrame, legend: Legend) -> str:
    """Say who tells of a time in which clashes certainly went on, of their own knowledge."""
    own = ~(marks["hearsay"].astype(bool) | marks["relayed"].astype(bool))
    claims = answer.loc[marks.index]
    stands = (claims["standing"] == "standing") & (claims["stance"] != Stance.DENIES)
    lasting = stands & (marks["kind"] == Kind.CLASH) & (marks["certain_from"] < marks["certain_to"])
    who = marks.loc[lasting & own, "account"].unique()
    if not len(who):
        return ""
    if len(who) == 1:
        return f"One {legend.noun}, {legend.label(who[0])}, says how long clashes lasted"
    all_of_them = len(who) == len(legend.voices)
    number = in_words(len(who))
    whose = number if not all_of_them else "both" if len(who) == 2 else f"all {number}"  # noqa: PLR2004 both
    return f"{capital(whose)} {legend.noun}s say how long clashes lasted"


_MOST_WORDS = 14


def _with_silent(said: str, answer: pd.DataFrame, marks: pd.DataFrame, window: Window, legend: Legend) -> str:
    """Add how many give no time, as far as a title has room for it, and for when, unless they give none at all."""
    silent = len(legend.voices) - marks["account"].nunique()
    gives = f"{'gives' if silent == 1 else 'give'} no time"
    when = _when_silent(answer, marks, window, legend)
    longer = (f"{said}; {who} {gives}{when}" for who in (_number(silent, legend.noun).lower(), in_words(silent)))
    return next((one for one in longer if silent and len(one.split()) <= _MOST_WORDS), said)


def _days_only(marks: pd.DataFrame, window: Window, legend: Legend) -> str:
    """Say that nobody tells an hour."""
    whole, whose = whole_days(window.since, window.until), marks["account"].unique()
    if whole and whole[0] == whole[1]:
        number = _number(len(marks), _noun(marks))
        return f"{number} {'is' if len(marks) == 1 else 'are'} dated to {_spoken(window)}, none to the hour"
    if len(whose) == 1:
        return f"One {legend.noun}, {legend.label(whose[0])}, tells the day, not the hour"
    return f"{_number(len(whose), legend.noun)} tell the day, none the hour"


def _peak(marks: pd.DataFrame, window: Window) -> str:
    """Say when most of the marks begin."""
    noun = capital(_noun(marks))
    found = _counted(marks, _edges(window, 1, theme.WIDTHS[-1] / 2))
    place = max(range(len(found.events)), key=lambda one: len(found.events[one]))
    first, last = found.edges[place], found.edges[place + 1]
    if whole := whole_days(first, last):
        return f"{noun}s peak {'on' if whole[0] == whole[1] else 'in'} {_without_year(spoken_days(*whole))}"
    return f"{noun}s peak between {first:%H:%M} and {last:%H:%M} on {first.day} {first:%B}"


def _fullest(answer: pd.DataFrame) -> Window | None:
    """Give the window with the most claims, where there are several."""
    return max(windows(answer)[:-1], key=lambda one: _number_in(answer, one), default=None)


def _number_in(answer: pd.DataFrame, window: Window) -> int:
    return int((is_mark(answer) & within(answer, window)).sum())


def _number(number: int, noun: str) -> str:
    return f"{capital(in_words(number))} {noun if number == 1 else f'{noun}s'}"


def _spoken(window: Window) -> str:
    """Say which days: the night of 7–8 February, 5 February, 14–16 June."""
    days = _without_year(spoken_days(window.since.date(), last_day(window.until)))
    return f"the night of {days}" if window.name.startswith("Night") else days


def _on(window: Window) -> str:
    return f"{'in' if window.name.startswith('Night') else 'on'} {_spoken(window)}"


def _without_year(days: str) -> str:
    """Leave the year out where it is said but once."""
    return re.sub(r"(?<!\d{4} to )\b(\d+ [A-Z]\w+) \d{4}$", r"\1", days)


def fine(answer: pd.DataFrame, legend: Legend) -> str:
    """Say what an arrow and a dotted line mean, where some mark in the window has one."""
    marks = _marks(answer, opened(answer, legend), _CLOCKS)
    if not 0 < len(marks) <= MOST_EVENTS:
        return ""
    events = [_Event(number, row, "", 0) for number, row in numbered(marks)]
    has_arrow, has_dots = any(one.has_no_end for one in events), any(one.has_no_begin for one in events)
    return " ".join(["Arrow onwards: no end told."] * has_arrow + ["Dotted line: by then."] * has_dots)


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say how many claims are dated, by whom, and how many lie outside the hours shown."""
    if answer.empty:
        return [f"No {legend.noun} shown makes a claim."]
    dated = answer["account"][answer["first"].notna()]
    claims, undated = counted(len(answer), "claim"), len(answer) - len(dated)
    gap = f"{counted(undated, 'claim')} {'gives' if undated == 1 else 'give'} no time."
    if dated.empty:
        return [f"No {legend.noun} shown dates a claim.", gap]
    shown = within(answer, window := opened(answer, legend))
    heard = answer["account"][shown].unique()
    silent = legend.without(heard)
    voices = counted(len(legend.voices), legend.noun)
    found = f"{len(heard)} of {voices} {'dates' if len(heard) == 1 else 'date'} something in these hours"
    if silent:
        found += f"; nothing in them is dated {legend.by(silent)}"
    are, by = "is" if len(dated) == 1 else "are", counted(dated.nunique(), legend.noun)
    said = [f"{found}.", f"{len(dated)} of {claims} {are} dated, by {by}."]
    if window:
        said.append(f"The hours shown, {spoken_span(window.since, window.until)}, hold {shown.sum():,} of them.")
        said += _counting(answer["account"][shown & is_mark(answer)], legend)
    return [*said, gap if undated else "Each has a time."]


def _counting(marks: "pd.Series[str]", legend: Legend) -> list[str]:
    """Say where events are counted instead of drawn, and who has no lane."""
    others = len(_who(marks, legend).others)
    counts = f"These are more than {MOST_EVENTS} events, which are counted by the hour or a longer step."
    lanes = f"{counted(others, legend.noun)} of fewer claims {'has' if others == 1 else 'have'} no lane."
    return [counts] * (len(marks) > MOST_EVENTS) + [lanes] * (others > 0)


def _who(marks: "pd.Series[str]", legend: Legend) -> Cast:
    return cast(legend, _sizes(marks), theme.WIDTHS[-1])


def mark(row: Row, legend: Legend) -> str:
    """Name one claim."""
    return f"{legend.whose(row.account, row.voice)} · {row.kind} · {_shortened(row.summary)} · {row.claim_id}"


CHART = Chart(
    key="timeline",
    name="Timeline",
    definition="What happened when, a lane for each account",
    question=QUESTION,
    columns=(
        "claim_id",
        "event_id",
        "account",
        "kind",
        "began_earliest",
        "began_latest",
        "ended_earliest",
        "ended_latest",
        "stance",
        "summary",
        "time_basis",
        "same_event",
    ),
    caveat=(
        "A hatched bar says that something happened sometime within it or may have gone on through it, not that it "
        "lasted so long. A claim without a time is in no hour, and an empty lane is silence, not calm."
    ),
    draw=draw,
    brief=brief,
    tell=tell,
    title=title,
    fine=fine,
    mark=mark,
    key_columns=("claim_id",),
    topic=Topic(gaps=(UNTIMED,), is_of_time=True, is_tallied=True),
)
