"""How many were killed and injured: who said what, when?

Killed above injured on one axis of days. A line steps through what each account said, to the moment as known at; a
closed group of accounts has a bar a day, from its lowest to its highest figure. One known by its day alone stands
inside that day, one of no known time in a strip of its own. No figure is ever added to another, and figures of some
people (police, one hospital) stay in the table.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from contested.analysis.coverage.silence import otherwise
from contested.analysis.coverage.topic import counts
from contested.analysis.coverage.warnings import of_figure
from contested.analysis.thinning import MOST, MOST_ACCOUNTS, fair_share, largest, thinned
from contested.analysis.totals import Series, clock, is_bound, is_of_a_day, outline, round_ticks, series_by_total
from contested.chart import Chart, Finding
from contested.drawing import (
    Shape,
    apart,
    box,
    figure,
    glyph,
    is_phone,
    line,
    note,
    points,
    shortened,
    text_width,
    wrapped,
)
from contested.model.times import span
from contested.model.vocabulary import FATAL_AND_INJURED, Measure
from contested.model.wording import capital, counted, in_words, listing, named
from contested.query.legend import Lane, Legend
from contested.query.rows import Row, each
from contested.query.selection import By
from contested.text import casualty_figures as figures
from contested.text import toll
from contested.text.names import in_sentence, is_plural, short_names
from contested.theme import CLEAR, LIGHT, NOTHING, Figure, Trace, colour, label_colour, plain

QUESTION = f"""
with stated as (
    select *, victims is not null or len(part_of) > 0 as is_part, coalesce(best, low, high) as height,
        coalesce(scope = 'event', false) as is_alone
    from selected
    where measure in ({", ".join(f"'{measure}'" for measure in FATAL_AND_INJURED)}) and stance <> 'denies')
, whole as (
    select account, voice, measure, event_id, definition, is_alone, max(stated_at) as stated_at
    from stated where standing = 'standing' and not is_part
    group by all)
select stated.account, stated.measure, stated.stated_at, low, best, high, scope, standing, source_id, claim_id,
    stated_earliest, figure_words, stated.definition, victims, via is not null as hearsay, [claim_id] as claim_ids,
    stated.event_id, is_part, is_renewed, height, stated.voice, side, speaker, via, same_origin,
    standing = 'standing' and not is_part
        and stated.stated_at is not distinct from whole.stated_at as is_latest
from stated left join whole
    on stated.account = whole.account and stated.voice = whole.voice and stated.measure = whole.measure
    and stated.event_id = whole.event_id and stated.definition is not distinct from whole.definition
    and stated.is_alone = whole.is_alone
order by stated.account, stated.measure, stated.stated_at, claim_id
"""

_FIGURE = ("low", "best", "high", "scope", "standing", "source_id", "claim_id", "figure_words")
_WIDE = 784
"""From how many px on each definition of the injured has a panel of its own."""
_PANELS, _LINES = 4, 8
"""How many panels, and lines in one, a figure has at most."""
_HEAD, _FOOT, _GAP, _LABEL = 26, 24, 30, 17
"""Px above a panel for its name, under the last for the days, between panels, and between labels."""
_MOVED = 5
"""How many hours from noon of its day a figure is moved at the most."""
_PALE = 0.45
_SHIFTS = (0, 3, -3)
"""By how many px lines of the same height are moved apart."""


@dataclass(frozen=True)
class _Line:
    """What one account, or one closed group, says of a total: its series, one or those of the members."""

    lane: Lane
    series: tuple[Series, ...]
    name: str
    definition: str = ""
    """What is counted, where the lines of a panel count differently."""
    dash: str = "solid"
    hours: float = 0
    """By how many hours figures of a day are moved from its noon."""
    shift: float = 0
    """By how many px the line is moved down, so that it does not hide an equal one."""

    @property
    def is_bar(self) -> bool:
        """Say whether it is drawn as a bar a day instead of a line."""
        return self.lane.is_closed_group and len(self.series) > 1

    @property
    def number(self) -> int:
        """Give its colour."""
        return self.lane.number

    @property
    def rows(self) -> list[Row]:
        """Give all its figures."""
        return [row for one in self.series for row in one.rows]

    @property
    def latest(self) -> list[Row]:
        """Give what it says last."""
        return [row for one in self.series for row in one.latest]

    def at(self, row: Row) -> datetime:
        """Give where a figure stands on the axis."""
        if self.is_bar:
            return clock(row).replace(hour=12, minute=0, second=0) + timedelta(hours=self.hours)
        return clock(row) + timedelta(hours=self.hours * is_of_a_day(row))


@dataclass
class _Panel:
    """One count on an axis of its own, in px from the top."""

    name: str
    lines: list[_Line]
    others: list[Series] = field(default_factory=list)
    """Those that have no line of their own: a pale range holds them."""
    is_of_events: bool = False
    """Whether each figure is of an event of its own, so that no line joins any."""
    height: int = 150
    top: float = 0
    axis: str = "y2"
    ticks: list[int] = field(default_factory=lambda: [0, 1])

    def px(self, value: float, shift: float = 0) -> float:
        """Give the height of a value in px from the top of the figure."""
        return self.top + self.height * (1 - value / self.ticks[-1]) + shift

    def shifted(self, value: float, shift: float) -> float:
        """Give a value that is drawn so many px lower."""
        return value - shift * self.ticks[-1] / self.height

    @property
    def bottom(self) -> float:
        """Give its lower edge."""
        return self.top + self.height

    @property
    def rows(self) -> list[Row]:
        """Give all its figures."""
        return [*(row for one in self.lines for row in one.rows), *(row for one in self.others for row in one.rows)]


@dataclass(frozen=True)
class _Room:
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


def draw(answer: pd.DataFrame, legend: Legend, width: float) -> Figure:
    """Draw a panel per count with a line per account, and name those who state no toll at the foot."""
    panels = _panels(answer, legend, width)
    dated = [row for panel in panels for row in panel.rows if not pd.isna(row.stated_at)]
    if not dated:
        return _list(panels, answer, legend, width)
    room = _room(panels, dated, legend, width)
    below = _placed(panels, 0 if width < _WIDE else 18) + _FOOT
    traces: list[Trace] = []
    shapes, notes = _days(panels, room, width)
    if width >= _WIDE:
        notes.append(note(_legend_of_marks(panels), 0, 9, LIGHT["quiet"], **_PX))
    for panel in panels:
        traces += _traces(panel, room, legend)
        shapes += _stems(panel, room)
        notes.append(_bold(note(panel.name, room.left, panel.top - 6, size=14, yanchor="bottom", **_PX)))
        labels = _end_labels(panel, room)
        undated = _strip(panel, room, legend)
        traces += undated[0]
        shapes += labels[0] + undated[1]
        notes += labels[1] + undated[2]
    notes += _told(panels[0], room)
    foot, words, height = _foot(answer, legend, panels, room, below)
    axes: dict[str, Any] = {
        panel.axis.replace("y", "yaxis"): {
            "range": [0, panel.ticks[-1]],
            "tickvals": panel.ticks,
            "ticktext": [f"{tick:,}" for tick in panel.ticks],
            "domain": [1 - panel.bottom / height, 1 - panel.top / height],
            "showgrid": True,
            "gridcolor": LIGHT["grid"],
            "zeroline": True,
            "zerolinecolor": LIGHT["axis"],
            "anchor": "x",
        }
        for panel in panels
    }
    return figure(
        width,
        height,
        [NOTHING | {"xaxis": "x2", "yaxis": "y"}, *traces],
        shapes=[*shapes, *foot],
        notes=[*notes, *words],
        xaxis={
            "type": "date",
            "range": [f"{edge:%Y-%m-%dT%H:%M}" for edge in (room.since, room.until)],
            "domain": [room.left / width, room.right / width],
            "showticklabels": False,
            "anchor": "free",
        },
        xaxis2={"range": [0, width], "showticklabels": False, "anchor": "free"},
        yaxis={"range": [height, 0], "showticklabels": False, "anchor": "free"},
        **axes,
    )


_PX: dict[str, Any] = {"xref": "x2", "yref": "y"}
"""Both axes in px from the upper left corner of the figure."""


# what is drawn of the answer


def _panels(answer: pd.DataFrame, legend: Legend, width: float) -> list[_Panel]:
    """Put the totals into panels: the killed first, the injured by definition where there is room for it."""
    drawn = _drawn(answer)
    counted_ = {measure: series_by_total(drawn, measure) for measure in FATAL_AND_INJURED}
    every = [one for totals in counted_.values() for series in totals.values() for one in series]
    names = _short(every, legend) if width >= _WIDE else None
    found: list[_Panel] = []
    for measure, totals in counted_.items():
        events = len({total.event_id for total in totals})
        if events > _PANELS:
            found.append(_of_events(measure, totals, legend))
            continue
        order = sorted(totals, key=lambda one: (one.definition != "", -sum(len(each.rows) for each in totals[one])))
        is_split = measure == Measure.KILLED or width >= _WIDE
        alone = [one for one in order if is_split and sum(len(each.rows) for each in totals[one]) > 1][:_PANELS]
        rest = [one for one in order if one not in alone]
        if len(rest) == 1 and len(alone) < _PANELS:
            alone, rest = [*alone, *rest], []
        for total in alone:
            what = total.named(legend if events > 1 else None)
            is_bare = not what and measure == Measure.INJURED and len(order) > 1
            name = f"{capital(measure)}{f': {what}' if what else ', not defined' * is_bare}, people"
            found.append(_Panel(name, *_lines([("", totals[total])], legend, names)))
        if rest:
            name = f"{capital(measure)}{', counted otherwise' * bool(alone)}, people"
            told = [(total.named(legend if events > 1 else None), totals[total]) for total in rest]
            found.append(_Panel(name, *_lines(told, legend, names)))
    return [panel for panel in found if panel.rows]


def _drawn(answer: pd.DataFrame) -> pd.DataFrame:
    """Keep as many figures as a browser can draw: of each account the lowest, the highest, and evenly many others."""
    if len(answer) <= MOST:
        return answer
    most = largest(answer["account"].value_counts())
    told = [rows for _, rows in answer[answer["account"].isin(most)].groupby(["measure", "account"], sort=False)]
    room = fair_share([len(rows) for rows in told])
    return pd.concat([thinned(rows, room, _rank) for rows in told]).sort_index()


def _rank(rows: pd.DataFrame) -> "pd.Series[int]":
    """Put the lowest and the highest figure first, then the latest ones."""
    ends = {rows[name].idxmin() for name in ("low", "height") if rows[name].notna().any()}
    ends |= {rows[name].idxmax() for name in ("height", "high") if rows[name].notna().any()}
    return (2 - rows["is_latest"].astype(int)).where(~rows.index.isin(ends), 0)


_Told = list[tuple[str, list[Series]]]
"""Series with what they count, where the lines of a panel count differently."""
_Names = dict[str, str] | None
"""The names of voices in a figure; None lets each panel choose as short ones as tell apart those in it."""
_DASHES = ("solid", "dot", "dash", "dashdot")


def _lines(told: _Told, legend: Legend, names: _Names) -> tuple[list[_Line], list[Series]]:
    """Give a line for each account and definition; of very many those that changed most, and the others apart."""
    every = _every_line(told, legend, names)
    if len(every) <= _LINES:
        return _moved(every), []
    most = sorted(every, key=lambda one: (-sum(len(each.steps) for each in one.series), -len(one.rows)))
    kept = [one for one in most[: _LINES - 1] if sum(len(each.steps) for each in one.series) > 1] or most[: _LINES - 1]
    others = [each for one in every if one not in kept for each in one.series]
    return _moved([one for one in every if one in kept]), others


def _every_line(told: _Told, legend: Legend, names: _Names = None) -> list[_Line]:
    lanes = {voice.key: lane for lane in legend.lanes() for voice in lane.voices}
    names = names or _short([one for _, series in told for one in series], legend)
    found: dict[tuple[str, str, str], _Line] = {}
    for place, (definition, series) in enumerate(told):
        for one in series:
            lane = lanes[one.account]
            key = lane.key, "" if lane.is_closed_group else one.voice, definition
            together = (*found[key].series, one) if key in found else (one,)
            is_bar = lane.is_closed_group and len({each.voice for each in together}) > 1
            name = lane.label if is_bar else names[one.voice]
            found[key] = _Line(lane, together, name, definition, _DASHES[place % len(_DASHES)])
    order = [lane.key for lane in legend.lanes()]
    return sorted(found.values(), key=lambda one: order.index(one.lane.key))


def _short(series: Iterable[Series], legend: Legend) -> dict[str, str]:
    """Name the voices of some series, as short as leaves them apart."""
    name = legend.label if legend.selection.by is By.ACCOUNT else legend.account
    return short_names({one.voice: name(one.voice) for one in series})


def _moved(lines: list[_Line]) -> list[_Line]:
    """Move figures of one day within it, and lines of one height by a few px, so that none hides another."""
    of_a_day = [one for one in lines if any(not pd.isna(row.stated_at) and is_of_a_day(row) for row in one.rows)]
    apart_by = np.linspace(-_MOVED, _MOVED, len(of_a_day)) if len(of_a_day) > 1 else [0.0] * len(of_a_day)
    moved = {id(one): float(hours) for one, hours in zip(of_a_day, apart_by, strict=True)}
    found = []
    ends: dict[float | None, int] = defaultdict(int)
    for one in lines:
        height = max((row.height for row in one.latest if not pd.isna(row.height)), default=None)
        shift = 0 if one.is_bar or height is None else _SHIFTS[ends[height] % len(_SHIFTS)]
        ends[height] += not one.is_bar
        found.append(replace(one, hours=moved.get(id(one), 0), shift=shift))
    return found


def _of_events(measure: Measure, totals: dict[figures.Total, list[Series]], legend: Legend) -> _Panel:
    """Put the figures of many events into one panel, where no line joins them."""
    lines = _every_line([("", [one for every in totals.values() for one in every])], legend)
    name = f"{capital(measure)}, people; each figure is of one of {len({one.event_id for one in totals}):,} events"
    return _Panel(name, _moved(lines), is_of_events=True)


# where it stands


def _room(panels: list[_Panel], dated: list[Row], legend: Legend, width: float) -> _Room:
    """Leave room left for the ticks and what is undated, right for the labels at the ends; choose the days shown."""
    for panel in panels:
        heights = [float(n) for row in panel.rows for n in (row.low, row.best, row.high) if not pd.isna(n)]
        panel.ticks = round_ticks(max([1.0, *heights]))
    phone = is_phone(width)
    is_undated = any(pd.isna(row.stated_at) for panel in panels for row in panel.rows)
    strip = (52 if phone else 150) if is_undated else 0
    ticks = max(text_width(f"{panel.ticks[-1]:,}") for panel in panels)
    most = width * (0.39 if phone else 0.36 if width < _WIDE else 0.24)
    labels = [_width(one.names, f" {one.words} {one.definition}") for panel in panels for one in _ends(panel)]
    labels += [text_width(one.name) + 14 for panel in panels if panel.is_of_events for one in panel.lines]
    right = min(most, max([0.0, *labels]) + 22)
    first, last = (edge(clock(row) for row in dated) for edge in (min, max))
    since = first.replace(hour=0, minute=0, second=0, microsecond=0)
    until = last.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    if known := legend.selection.as_known_at:
        known = known.astimezone(dated[0].stated_at.tzinfo).replace(tzinfo=None)
        until = min(max(until, known), until + max(timedelta(days=1), (until - since) / 3))
    if (until - since).days > _MONTHS_FROM:
        aside = (until - since) / 40
        since, until = since - aside, until + aside
    return _Room(width, strip + ticks + (18 if strip else 8), width - right, since, until, strip)


def _placed(panels: list[_Panel], top: float) -> float:
    """Stack the panels, each as high as its labels need, and give the lower edge of the last one."""
    for place, panel in enumerate(panels, start=2):
        count = len(_ends(panel)) + sum(bool(one.undated) for line in panel.lines for one in line.series)
        least = 150 if place == 2 or len(panel.rows) > 3 else 90  # noqa: PLR2004 the first panel; small figures
        panel.height, panel.axis, panel.top = max(least, _LABEL * (count + 1)), f"y{place}", top + _HEAD
        top = panel.bottom + _GAP - _HEAD + 6
    return panels[-1].bottom


_MONTHS_FROM, _YEARS_FROM = 45, 1095
"""From how many days on an axis counts months, and years."""


def _days(panels: list[_Panel], room: _Room, width: float) -> tuple[list[Shape], list[Shape]]:
    """Rule the days, each with its number in its middle, or months or years; no label touches another."""
    span_ = (room.until - room.since).days
    words, shapes, notes = [], [], []
    if span_ <= _MONTHS_FROM:
        days = [room.since + timedelta(days=number) for number in range(span_ + 1)]
        edges = days
        for place, one in enumerate(days[:-1]):
            is_named = (not place or one.day == 1) and not is_phone(width)
            middle = (room.px(one) + room.px(one + timedelta(days=1))) / 2
            words.append((middle, f"{one.day} {one:%b}" if is_named else f"{one.day}", is_named))
    else:
        edges = _firsts(room)
        words = [(room.px(one), f"{one:%Y}" if span_ > _YEARS_FROM else f"{one:%b %Y}", True) for one in edges]
    taken: list[tuple[float, float]] = []
    for wanted, text, _ in sorted(words, key=lambda one: (not one[2], one[0])):
        half = text_width(text) / 2
        x = max(wanted, room.left + half - 4)
        if all(x + half + 6 < low or x - half - 6 > high for low, high in taken) and x + half <= width:
            taken.append((x - half, x + half))
            notes.append(note(text, x, panels[-1].bottom + 4, LIGHT["quiet"], anchor="center", yanchor="top", **_PX))
    if is_phone(width) and span_ <= _MONTHS_FROM:
        text = f"{room.since:%b %Y}"
        notes.append(note(text, room.right + 8, panels[-1].bottom + 4, LIGHT["quiet"], yanchor="top", **_PX))
    for panel in panels:
        shapes += [line(_text(one), 0, _text(one), 1, xref="x", yref=f"{panel.axis} domain") for one in edges]
    return shapes, notes


def _firsts(room: _Room) -> list[datetime]:
    """Give the first days of months, or years, as many as have room for their names."""
    is_year = (room.until - room.since).days > _YEARS_FROM
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


# marks


def _traces(panel: _Panel, room: _Room, legend: Legend) -> list[Trace]:
    """Draw the lines and bars, then the marks on them."""
    traces = _range(panel, room) if panel.others else []
    for one in panel.lines:
        if one.is_bar:
            traces += _bars(one)
        elif not panel.is_of_events:
            traces += [trace for each in one.series for trace in _stairs(panel, one, each, room)]
        traces += _between(one)
    for one in panel.lines:
        traces += _marks(panel, one, legend)
    return [trace | {"xaxis": trace.get("xaxis", "x"), "yaxis": panel.axis} for trace in traces]


def _text(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}"


def _stairs(panel: _Panel, one: _Line, series: Series, room: _Room) -> list[Trace]:
    """Step through what stood, to the end of the axis."""
    if not series.steps:
        return []
    heights = [panel.shifted(row.height, one.shift) for row in series.steps]
    drawn = {"color": colour(one.number), "width": 2 if one.dash == "solid" else 1.5, "dash": one.dash, "shape": "hv"}
    x = [*(_text(one.at(row)) for row in series.steps), _text(room.until)]
    return [
        {"type": "scatter", "mode": "lines", "x": x, "y": [*heights, heights[-1]], "line": drawn, "hoverinfo": "skip"}
    ]


def _bars(one: _Line) -> list[Trace]:
    """Join the lowest and the highest figure of each day of a group."""
    days: dict[datetime, list[float]] = defaultdict(list)
    for row in one.rows:
        if not pd.isna(row.stated_at) and not pd.isna(row.height):
            days[one.at(row)].append(row.height)
    return _strokes([(_text(day), min(of), max(of)) for day, of in days.items() if min(of) < max(of)], one, 3)


def _between(one: _Line) -> list[Trace]:
    """Draw the range of each figure that has one upright."""
    dated = [row for row in one.rows if not pd.isna(row.stated_at) and not pd.isna(row.height)]
    known = [(row, [n for n in (row.low, row.best, row.high) if not pd.isna(n)]) for row in dated]
    return _strokes([(_text(one.at(row)), min(of), max(of)) for row, of in known if min(of) < max(of)], one, 2)


def _strokes(of: list[tuple[str, float, float]], one: _Line, width: int) -> list[Trace]:
    """Draw upright strokes; an empty point lifts the pen."""
    if not of:
        return []
    x = [place for at, _, _ in of for place in (at, at, None)]
    y = [value for _, low, high in of for value in (low, high, None)]
    drawn = {"color": colour(one.number), "width": width}
    return [{"type": "scatter", "mode": "lines", "x": x, "y": y, "line": drawn, "hoverinfo": "skip"}]


def _range(panel: _Panel, room: _Room) -> list[Trace]:
    """Draw the range within which those without a line of their own lie, and their figures as small dots."""
    edges = outline(panel.others)
    x = [*(_text(moment) for moment, _, _ in edges), _text(room.until)]
    edge = {"type": "scatter", "mode": "lines", "x": x, "line": {"shape": "hv", "width": 0}, "hoverinfo": "skip"}
    low = [value for _, value, _ in edges]
    high = [value for _, _, value in edges]
    if not edges:
        return []
    fill = {"fill": "tonexty", "fillcolor": LIGHT["grid"]}
    return [edge | {"y": [*low, low[-1]]}, edge | fill | {"y": [*high, high[-1]]}]


def _marks(panel: _Panel, one: _Line, legend: Legend) -> list[Trace]:
    """Mark each figure: hollow is hearsay, pale replaced since, a tick says it again."""
    again = {row.number for part in one.series for row in part.again} if not one.is_bar else set()
    dated = [row for row in one.rows if not pd.isna(row.stated_at) and not pd.isna(row.height)]
    shown, ticks = ([row for row in dated if (row.number in again) is is_tick] for is_tick in (False, True))
    ink, traces = colour(one.number), []
    if ticks:
        tick = {"symbol": "line-ns", "size": 7, "color": ink, "line": {"width": 1.5, "color": ink}}
        traces.append(_points(panel, one, ticks, legend) | {"marker": tick})
    if shown:
        placed = _points(panel, one, shown, legend)
        pale = [row.standing != "standing" for row in shown]
        ground = {"size": 11, "color": LIGHT["page"], "line": {"width": 1, "color": LIGHT["page"]}}
        marker = {
            "size": 8 if panel.is_of_events else 10,
            "color": [LIGHT["page"] if row.hearsay else ink for row in shown],
            "line": {
                "width": [2 if row.hearsay else 0 if one.is_bar else 1 for row in shown],
                "color": [ink if row.hearsay else LIGHT["page"] for row in shown],
            },
            "opacity": [_PALE if is_pale else 1 for is_pale in pale],
        }
        first, *ring = points(placed["x"], placed["y"], one.number, one.lane.shape, size=10)
        shape = first["marker"]["symbol"]
        if any(pale) and not panel.is_of_events:
            bare = {name: value for name, value in placed.items() if name not in {"customdata", "hovertext"}}
            traces.append(bare | {"marker": ground | {"symbol": shape}, "hoverinfo": "skip"})
        traces += [placed | {"marker": marker | {"symbol": shape}}, *ring]
    return traces


def _points(panel: _Panel, one: _Line, rows: list[Row], legend: Legend) -> Trace:
    shift = 0 if one.is_bar or panel.is_of_events else one.shift
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [None if pd.isna(row.stated_at) else _text(one.at(row)) for row in rows],
        "y": [panel.shifted(row.height, shift) for row in rows],
        "customdata": [[row.number] for row in rows],
        "hovertext": [_hover(row, legend) for row in rows],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _stems(panel: _Panel, room: _Room) -> list[Shape]:
    """Draw an arrow at each figure that is only a bound: upwards at least, downwards at most."""
    found = []
    for one in panel.lines:
        again = {row.number for part in one.series for row in part.again}
        for row in one.rows:
            way = {"least": 1, "most": -1}.get(is_bound(row))
            if way and row.number not in again and not pd.isna(row.stated_at) and not panel.is_of_events:
                y = panel.px(row.height, 0 if one.is_bar else one.shift)
                path = f"M0,{5 * way} L0,{13 * way} M-3.5,{12 * way} L3.5,{12 * way} L0,{18 * way} Z"
                found.append(_drawn_at(room.px(one.at(row)), y, path, colour(one.number), width=1.5, is_filled=True))
    return found


def _drawn_at(  # noqa: PLR0913 what places a path
    x: float, y: float, path: str, ink: str, *, width: float = 1, is_filled: bool = False
) -> Shape:
    """Draw a path of px around a place, upwards positive."""
    placed = {"type": "path", "path": path, "xsizemode": "pixel", "ysizemode": "pixel", "xanchor": x, "yanchor": y}
    return placed | _PX | {"line": {"color": ink, "width": width}, "fillcolor": ink if is_filled else CLEAR}


# words


_Named = list[tuple[str, str]]
"""Names of accounts, each with its colour, and the words between them in the colour of text."""


class _End(NamedTuple):
    """The label at the end of a line: how high, whose, the figure with its doubts, and what it counts."""

    height: float
    names: _Named
    words: str
    definition: str = ""
    accounts: int = 1


def _ends(panel: _Panel) -> list[_End]:
    """Give the label at the end of each line, and its height: who says what last; equal figures are said once."""
    found: dict[tuple[float, str, str], list[_Line]] = {}
    for one in panel.lines:
        latest = [row for row in one.latest if not pd.isna(row.stated_at) and not pd.isna(row.height)]
        if latest and not panel.is_of_events:
            found.setdefault(_said_last(one, latest), []).append(one)
    labels = []
    for (height, words, definition), lines in found.items():
        named_ = [(one.name, label_colour(one.number)) for one in lines[:2]]
        if len(lines) > 2:  # noqa: PLR2004
            named_[1:] = [(f"{len(lines) - 1} more", LIGHT["text"])]
        joined = [named_[0]] if len(named_) == 1 else [named_[0], (" and ", LIGHT["text"]), named_[1]]
        labels.append(_End(height, joined, words, definition, len(lines)))
    if panel.others and (edges := outline(panel.others)):
        _, low, high = edges[-1]
        between = f"{low:,.0f}" if low == high else f"{low:,.0f}–{high:,.0f}"
        labels.append(_End((low + high) / 2, [(f"{len(panel.others)} more", LIGHT["quiet"])], between))
    return labels


def _said_last(one: _Line, latest: list[Row]) -> tuple[float, str, str]:
    """Give the height of the last figure of a line, its words, and what it counts."""
    numbers = [row for row in latest if not is_bound(row)] or latest
    low, high = min(numbers, key=lambda row: row.height), max(numbers, key=lambda row: row.height)
    words = _written(high)
    if low.height < high.height:
        words = f"{low.height:,.0f}–{words}" if one.is_bar else f"{low.height:,.0f} or {words}"
    notes = []
    if one.is_bar:
        telling = {part.voice for part in one.series}
        notes.append(f"({len(telling)} of {len(one.lane.voices)})" if len(telling) < len(one.lane.voices) else "")
    elif all(row.hearsay for row in numbers):
        notes.append("(hearsay)")
    height = (low.height + high.height) / 2 if one.is_bar else high.height
    return float(height), " ".join(filter(None, [words, *notes])), one.definition


def _written(row: Row) -> str:
    """Write a figure in few letters; one that is only a bound never looks like a count."""
    if pd.isna(row.best) and row.low < row.high:
        return f"{row.low:,.0f}–{row.high:,.0f}"
    bound = is_bound(row)
    return f"{row.height:,.0f}{'+' if bound == 'least' else ''}{' at most' if bound == 'most' else ''}"


def _end_labels(panel: _Panel, room: _Room) -> tuple[list[Shape], list[Shape]]:
    """Write what each line ends at right of it, pushed apart, each joined to its line."""
    if panel.is_of_events:
        return _names_beside(panel, room)
    labels = _ends(panel)
    wanted = [panel.px(label.height) for label in labels]
    places = apart(wanted, _LABEL, panel.top + 2, panel.bottom - 2)
    shapes, notes = [], []
    for label, y, place in zip(labels, wanted, places, strict=True):
        fitted, said = _fitted(label, room.width - room.right - 22)
        text = "".join(f'<span style="color:{ink}">{plain(name)}</span>' for name, ink in fitted)
        ink = label.names[0][1]
        notes.append(note("", room.right + 14, place, ink, **_PX) | {"text": text + plain(said)})
        shapes.append(_drawn_at(room.right, y, f"M0,0 L11,{y - place:.1f}", ink))
    return shapes, notes


def _names_beside(panel: _Panel, room: _Room) -> tuple[list[Shape], list[Shape]]:
    """Name the accounts right of the panel, as many as there is room for."""
    shapes, notes = [], []
    for place, one in enumerate(panel.lines[: int(panel.height / 18) - 1]):
        y = panel.top + 10 + 18 * place
        shapes += glyph(one.number, one.lane.shape, room.right + 18, y)
        longest = next(
            (n for n in range(30, 5, -1) if text_width(_shorter(one.name, n)) < room.width - room.right - 32), 5
        )
        notes.append(note(_shorter(one.name, longest), room.right + 28, y, label_colour(one.number), **_PX))
    if more := len(panel.lines) - len(notes):
        y = panel.top + 10 + 18 * len(notes)
        notes.append(note(f"{more} more", room.right + 28, y, LIGHT["quiet"], **_PX))
    return shapes, notes


def _fitted(label: _End, width: float) -> tuple[_Named, str]:
    """Shorten a label to a width: first what it says beside the figure, then its names; the figure stays whole."""
    number = label.words.partition(" (")[0]
    for said in (label.words, number):
        full = f"{said} {label.definition}".rstrip()
        if _width(label.names, f" {full}") <= width:
            return label.names, f"\N{NO-BREAK SPACE}{full}"
    if definition := label.definition:
        longest = next((n for n in range(40, 7, -1) if text_width(f"{number} {shortened(definition, n)}") <= width), 7)
        return [], f"{number} {shortened(definition, longest)}"
    if label.accounts > 1:
        return [(f"{in_words(label.accounts)} accounts", LIGHT["text"])], f"\N{NO-BREAK SPACE}{number}"
    cuts = ([(_shorter(name, longest), ink) for name, ink in label.names] for longest in range(30, 4, -1))
    cut = next((cut for cut in cuts if _width(cut, f" {number}") <= width), [])
    return cut, f"\N{NO-BREAK SPACE}{number}"


def _shorter(name: str, longest: int) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip(' (')}…"


def _width(names: _Named, words: str) -> float:
    return text_width("".join(name for name, _ in names) + words)


def _strip(panel: _Panel, room: _Room, legend: Legend) -> tuple[list[Trace], list[Shape], list[Shape]]:
    """Draw what was said at no known time left of the axis: at its height, without a line."""
    if not room.strip:
        return [], [], []
    edge = room.strip - 8
    told = [(one, row) for one in panel.lines for row in one.rows if pd.isna(row.stated_at) and not pd.isna(row.height)]
    shapes = [box(0, panel.top, edge, panel.bottom, LIGHT["silent"], **_PX)]
    notes, traces = [], []
    if panel.axis == "y2":
        said = "no date" if is_phone(room.width) else "not said when"
        notes.append(note(said, 2, panel.bottom + 4, LIGHT["quiet"], yanchor="top", **_PX))
    wanted = [panel.px(row.height) for _, row in told]
    for (one, row), y, place in zip(told, wanted, apart(wanted, _LABEL, panel.top + 8, panel.bottom - 8), strict=True):
        words = _written(row) if edge < 100 else f"{shortened(one.name, 14)} {_written(row)}"  # noqa: PLR2004 px of a phone
        notes.append(note(words, 24, place, label_colour(one.number), **_PX))
        mark = _points(panel, one, [row], legend) | {"x": [12], "xaxis": "x2", "y": [y], "yaxis": "y"}
        [first, *_] = points([0], [0], one.number, one.lane.shape, is_hollow=bool(row.hearsay), size=10)
        traces.append(mark | {"marker": first["marker"]})
        if abs(place - y) > 1:
            shapes.append(_drawn_at(12, y, f"M5,0 L11,{y - place:.1f}", label_colour(one.number)))
    return traces, shapes, notes


def _told(panel: _Panel, room: _Room) -> list[Shape]:
    """Tell the first figure and the last change beside their marks, where there is room."""
    steps = [(one.at(row), one, row, place) for one in panel.lines for row, place in _steps(one)]
    if panel.is_of_events or len(steps) < 2:  # noqa: PLR2004
        return []
    steps.sort(key=lambda step: step[0])
    when, first, row, _ = steps[0]
    who = in_sentence(first.name)
    says = "say" if is_plural(first.name) else "says"
    told = [
        (when, first, row, [f"{_day(when, room)}: {who} {says} {_written(row)}", f"{_written(row)} {_on(when, room)}"])
    ]
    changes = [(at, one, row, place) for at, one, row, place in steps if place]
    if changes:
        when, one, row, place = changes[-1]
        before = one.series[0].steps[place - 1]
        way = "raised" if row.height > before.height else "lowered"
        short = f"{_written(row)} {_on(when, room)}"
        told.append((when, one, row, [f"{way} to {short}", short]))
    taken = [*_obstacles(panel, room)]
    notes = []
    for when, one, row, texts in told:
        x, y = room.px(when), panel.px(row.height, one.shift)
        found = next((box for box in _places(x, y, texts) if _is_free(box, taken, panel, room)), None)
        if found:
            text, (left, top, right, bottom) = found
            taken.append((left, top, right, bottom))
            notes.append(note(text, left + 2, (top + bottom) / 2, is_on_page=True, **_PX))
    return notes


_Box = tuple[float, float, float, float]
"""Left, top, right and bottom in px."""


def _steps(one: _Line) -> list[tuple[Row, int]]:
    """Give the changes of a line with their places; those of a bar are no changes of one account."""
    return [] if one.is_bar else [(row, place) for part in one.series for place, row in enumerate(part.steps)]


def _day(moment: datetime, room: _Room) -> str:
    """Write a day as short as the axis is long."""
    days = (room.until - room.since).days
    return (
        f"{moment:%Y}"
        if days > _YEARS_FROM
        else f"{moment.day} {moment:%b}{moment.year if days > _MONTHS_FROM * 8 else ''}"
    )


def _on(moment: datetime, room: _Room) -> str:
    """Write when something was said: on 14 Feb, in 2020."""
    return f"{'in' if (room.until - room.since).days > _YEARS_FROM else 'on'} {_day(moment, room)}"


def _obstacles(panel: _Panel, room: _Room) -> Iterator[_Box]:
    """Give the boxes of all that a label must not touch: marks, lines and bars."""
    for one in panel.lines:
        dated = [row for row in one.rows if not pd.isna(row.stated_at) and not pd.isna(row.height)]
        for row in dated:
            x, y = room.px(one.at(row)), panel.px(row.height, one.shift)
            way = is_bound(row)
            yield x - 9, y - (19 if way == "least" else 9), x + 9, y + (19 if way == "most" else 9)
        for part in one.series:
            corners = [(room.px(one.at(row)), panel.px(row.height, one.shift)) for row in part.steps]
            if corners and not one.is_bar:
                for (x, y), (after, below) in pairwise([*corners, (room.right, corners[-1][1])]):
                    yield x, y - 2, after, y + 2
                    yield after - 2, min(y, below), after + 2, max(y, below)
        days: dict[float, list[float]] = defaultdict(list)
        for row in dated if one.is_bar else ():
            days[room.px(one.at(row))].append(panel.px(row.height))
        yield from ((x - 3, min(of), x + 3, max(of)) for x, of in days.items())


def _places(x: float, y: float, texts: Sequence[str]) -> Iterator[tuple[str, _Box]]:
    """Try each wording above, below and beside a mark."""
    for text in texts:
        wide = text_width(text) * 1.04 + 8
        for left, middle in (
            (x - wide - 6, y - 18),
            (x - 8, y + 19),
            (x + 12, y + 19),
            (x - 8, y - 19),
            (x - wide / 2, y - 19),
            (x - wide / 2, y + 19),
            (x - wide - 12, y),
            (x + 12, y),
        ):
            yield text, (left, middle - 8, left + wide, middle + 8)


def _is_free(found: tuple[str, _Box], taken: Sequence[_Box], panel: _Panel, room: _Room) -> bool:
    left, top, right, bottom = found[1]
    name = room.left, panel.top - _HEAD, room.left + text_width(panel.name, 15) + 8, panel.top - 4
    is_inside = left >= room.left and right <= room.right and top >= panel.top - 18 and bottom <= panel.bottom - 2
    return is_inside and not any(
        left < other[2] and other[0] < right and top < other[3] and other[1] < bottom for other in (*taken, name)
    )


def _hover(row: Row, legend: Legend) -> str:
    """Say one figure in plain words: who, what, when, and what is doubtful in it."""
    said = (figures.stated_figure(row), row.measure, row.victims, row.definition)
    what = " ".join(part for part in said if isinstance(part, str))
    since = {"superseded": "replaced since", "corrected": "corrected since", "withdrawn": "withdrawn since"}
    notes = [_when(row) or "nobody says when", *of_figure(row), since.get(row.standing, "")]
    return plain(f"{legend.whose(row.account, row.voice)}: {what}; {', '.join(filter(None, notes))}")


def _when(row: Row) -> str:
    if pd.isna(row.stated_at):
        return ""
    return span(row.stated_at if pd.isna(row.stated_earliest) else row.stated_earliest, row.stated_at)


# what stands below


_Words = tuple[list[Shape], list[Shape], float]
"""Shapes, notes and the lower edge in px."""


def _foot(answer: pd.DataFrame, legend: Legend, panels: list[_Panel], room: _Room, top: float) -> _Words:
    """Name those who state no toll in a pale band, and count the figures that are not drawn."""
    shapes, notes = [], []
    heard = {row.account for panel in panels for row in panel.rows}
    heard |= {*legend.gaps}
    quiet = [lane for lane in legend.lanes() if not heard & {voice.key for voice in lane.voices}]
    if quiet:
        right = room.width if is_phone(room.width) else room.right
        shapes.append(box(room.left, top + 2, right, top + 24, LIGHT["silent"], **_PX))
        x = room.left + 12
        for lane in quiet[:_MOST_SHAPES]:
            shapes += glyph(lane.number, lane.shape, x, top + 13)
            x += 17
        texts = _silences(quiet, answer, legend)
        text = next((one for one in texts if text_width(one) <= right - x - 8), "")
        notes.append(note(text, x - 4, top + 13, LIGHT["quiet"], **_PX))
        top += 30
    whole = {row.account for panel in panels for row in panel.rows}
    for text in (*otherwise(legend, whole), *_left_undrawn(answer, panels, room.width)):
        for part in wrapped(text, room.width - room.left):
            notes.append(note(part, room.left, top + 9, LIGHT["quiet"], **_PX))
            top += 18
    return shapes, notes, top + 2


_MOST_SHAPES = 9


def _silences(quiet: list[Lane], answer: pd.DataFrame, legend: Legend) -> Iterator[str]:
    """Say who states no toll, from the longest wording to the shortest."""
    names = [in_sentence(name) for name in short_names({lane.key: lane.label for lane in quiet}).values()]
    state = "state" if len(names) > 1 or is_plural(names[0]) else "states"
    if len(names) <= 3:  # noqa: PLR2004
        yield f"{listing(names)} {state} no toll"
    number = f"{in_words(len(quiet))} {legend.noun}{'s' * (len(quiet) > 1)} {'state' if len(quiet) > 1 else 'states'}"
    sides = toll.silence(answer, legend)
    if "side" in sides.split():
        yield f"{number} no toll; {sides}"
        yield sides
    yield f"{named(names)} {state} no toll"
    yield f"{number} no toll"
    yield "no toll"


def _left_undrawn(answer: pd.DataFrame, panels: list[_Panel], width: float) -> list[str]:
    drawn = sum(len(panel.rows) for panel in panels)
    if len(answer) > MOST:
        return [f"{drawn:,} of {len(answer):,} figures drawn"]
    parts = len(answer) - drawn
    if not parts or width < _WIDE:
        return []
    return [f"{counted(parts, 'figure')} of some people only, such as the police or one hospital, in the table"]


def _list(panels: list[_Panel], answer: pd.DataFrame, legend: Legend, width: float) -> Figure:
    """List figures of which nobody says when they were said: without a time there is no order, and no axis."""
    shapes: list[Shape] = []
    notes: list[Shape] = []
    marks: list[Trace] = []
    top = 4.0
    for panel in panels:
        notes.append(_bold(note(f"{panel.name}; not said when", 0, top + 10, size=14, **_PX)))
        top += 28
        for one in panel.lines:
            for row in one.rows:
                words = row.figure_words if isinstance(row.figure_words, str) else ""
                text = f"{shortened(one.name, 22)}  {_written(row) if not pd.isna(row.height) else words}"
                notes.append(note(text, 24, top, label_colour(one.number), size=14, **_PX))
                [first, *ring] = points([10], [top], one.number, one.lane.shape, is_hollow=bool(row.hearsay), size=10)
                about = {"customdata": [[row.number]], "hovertext": [_hover(row, legend)], "hoverinfo": "text"}
                marks += [trace | {"xaxis": "x2"} for trace in (first | about, *ring)]
                top += 24
    room = _Room(width, 0, width, datetime.min, datetime.max)  # noqa: DTZ901 no axis
    foot, words_, height = _foot(answer, legend, panels, room, top + 2)
    axis = {"showticklabels": False, "anchor": "free"}
    return figure(
        width,
        height,
        marks,
        shapes=[*shapes, *foot],
        notes=[*notes, *words_],
        xaxis2=axis | {"range": [0, width]},
        yaxis=axis | {"range": [height, 0]},
    )


def _bold(text: Shape) -> Shape:
    return text | {"text": f"<b>{text['text']}</b>"}


def _legend_of_marks(panels: list[_Panel]) -> str:
    """Explain the marks that the figure holds."""
    lines = [one for panel in panels for one in panel.lines]
    rows = [row for one in lines for row in one.rows]
    told = {
        "Line: the account’s standing figure.": any(
            not one.is_bar for p in panels if not p.is_of_events for one in p.lines
        ),
        "Bar: lowest to highest of one day.": any(one.is_bar for one in lines),
        "Hollow: hearsay.": any(row.hearsay for row in rows),
        "Arrow: at least.": any(is_bound(row) == "least" for row in rows),
        "Arrow down: at most.": any(is_bound(row) == "most" for row in rows),
        "Small tick: said again.": any(part.again for one in lines if not one.is_bar for part in one.series),
        "Pale: replaced since.": any(row.standing == "superseded" for row in rows),
        "Pale band: all others.": any(panel.others for panel in panels),
    }
    return " ".join(words for words, holds in told.items() if holds)


# what is said


def _said_silences(answer: pd.DataFrame, legend: Legend) -> list[str]:
    quiet = [text for measure in FATAL_AND_INJURED if (text := _silence(answer, legend, measure))]
    return [*filter(None, [figures.partial_figures(answer, legend)]), *otherwise(legend, ()), *quiet]


def _silence(answer: pd.DataFrame, legend: Legend, measure: str) -> str:
    heard = {*answer.loc[answer["measure"] == measure, "account"].unique()}
    heard |= legend.gaps.keys() - set(answer["account"].unique())
    quiet = legend.without(heard)
    return f"No figure of the {measure} is stated {legend.by(quiet)}." if quiet else ""


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Give the latest standing figure of each account and the range across them; never a sum."""
    if answer.empty:
        return [f"No {legend.noun} in view counts the killed or injured.", *otherwise(legend, ())]
    latest = {measure: figures.latest_figures(answer, measure) for measure in FATAL_AND_INJURED}
    by_account = (figures.latest_by_account([*each(rows)], legend, measure) for measure, rows in latest.items())
    found = [
        *figures.headlines(answer, legend),
        *filter(None, by_account),
        *figures.omitted_totals_note(answer, latest),
        *_left_out(answer, legend),
    ]
    return [*found, *_undated(answer), *_said_silences(answer, legend)]


def _left_out(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say what is not drawn."""
    if len(answer) <= MOST_ACCOUNTS:
        return []
    sizes = answer["account"].value_counts()
    panels = answer[answer["account"].isin(largest(sizes))].groupby(["measure", "account"]).size()
    drawn, others = int(panels.clip(upper=fair_share(panels)).sum()), len(sizes) - MOST_ACCOUNTS
    which = "of each account the lowest, the highest, and evenly many of the latest and the others"
    thin = f"{drawn:,} of {len(answer):,} figures are drawn: {which}."
    lanes = f"{counted(others, legend.noun)} of fewer figures {'is' if others == 1 else 'are'} not drawn."
    return [thin] * (drawn < len(answer)) + [lanes] * (others > 0)


def _undated(answer: pd.DataFrame) -> list[str]:
    """Count the figures of which nobody says when they were stated."""
    number = int(answer["stated_at"].isna().sum())
    return [f"{counted(number, 'figure')} {'has' if number == 1 else 'have'} no known time of statement."] * (
        number > 0
    )


def finding(answer: pd.DataFrame, legend: Legend) -> Finding:
    """Say the toll for the story's page."""
    return Finding("People", *toll.finding(answer, legend))


def mark(row: Row, legend: Legend) -> str:
    """Name one stated figure."""
    when = _when(row) or "time unknown"
    return (
        f"{legend.whose(row.account, row.voice)} · {figures.stated_figure(row)} {row.measure} · {when} · {row.claim_id}"
    )


CHART = Chart(
    key="casualty-counts",
    name="Casualties",
    definition="People, by the day it was said",
    question=QUESTION,
    columns=("account", "measure", "stated_earliest", "stated_at", *_FIGURE),
    caveat=(
        "The figures are statements, not counts of ours; they are never added up. Definitions of injured differ: "
        "wounded, hospitalised and sought medical help are not one number. An account without a figure is silent."
    ),
    draw=draw,
    tell=tell,
    title=toll.title,
    finding=finding,
    mark=mark,
    key_columns=("claim_id",),
    topic=counts(*FATAL_AND_INJURED),
)
