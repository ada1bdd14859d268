"""What is drawn of the figures: a panel for each count, in it a line for each account or a bar for a closed group."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from contested.analysis.thinning import MOST, fair_share, largest, thinned
from contested.analysis.totals import Series, clock, is_of_a_day, series_by_total
from contested.model.vocabulary import FATAL_AND_INJURED, Measure
from contested.model.wording import capital
from contested.query.legend import Lane, Legend
from contested.query.rows import Row
from contested.query.selection import By
from contested.text import casualty_figures as figures
from contested.text.names import short_names

WIDE = 784
"""From how many px on each definition of the injured has a panel of its own."""


_PANELS, _LINES = 4, 8
"""How many panels, and lines in one, a figure has at most."""


_MOVED = 5
"""How many hours from noon of its day a figure is moved at the most."""


_SHIFTS = (0, 3, -3)
"""By how many px lines of the same height are moved apart."""


@dataclass(frozen=True)
class Line:
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
class Panel:
    """One count on an axis of its own, in px from the top."""

    name: str
    lines: list[Line]
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
    def has_numbers(self) -> bool:
        """Say whether any of its figures is a number; the others are in words only."""
        return any(not pd.isna(row.height) for row in self.rows)

    @property
    def rows(self) -> list[Row]:
        """Give all its figures."""
        return [*(row for one in self.lines for row in one.rows), *(row for one in self.others for row in one.rows)]


def panels_of(answer: pd.DataFrame, legend: Legend, width: float) -> list[Panel]:
    """Put the totals into panels: the killed first, the injured by definition where there is room for it."""
    drawn = _drawn(answer)
    counted_ = {measure: series_by_total(drawn, measure) for measure in FATAL_AND_INJURED}
    every = [one for totals in counted_.values() for series in totals.values() for one in series]
    names = _short(every, legend) if width >= WIDE else None
    found: list[Panel] = []
    for measure, totals in counted_.items():
        events = len({total.event_id for total in totals})
        if events > _PANELS:
            found.append(_of_events(measure, totals, legend))
            continue
        order = sorted(totals, key=lambda one: (one.definition != "", -sum(len(each.rows) for each in totals[one])))
        is_split = measure == Measure.KILLED or width >= WIDE
        alone = [one for one in order if is_split and sum(len(each.rows) for each in totals[one]) > 1][:_PANELS]
        rest = [one for one in order if one not in alone]
        if len(rest) == 1 and len(alone) < _PANELS:
            alone, rest = [*alone, *rest], []
        for total in alone:
            what = total.named(legend if events > 1 else None)
            is_bare = not what and measure == Measure.INJURED and len(order) > 1
            name = f"{capital(measure)}{f': {what}' if what else ', no definition given' * is_bare}, people"
            found.append(Panel(name, *_lines([("", totals[total])], legend, names)))
        if rest:
            how = "in other ways" if len(rest) > 1 else "another way"
            name = f"{capital(measure)}{f', counted {how}' * bool(alone)}, people"
            told = [(total.named(legend if events > 1 else None), totals[total]) for total in rest]
            found.append(Panel(name, *_lines(told, legend, names)))
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


def _lines(told: _Told, legend: Legend, names: _Names) -> tuple[list[Line], list[Series]]:
    """Give a line for each account and definition; of very many those that changed most, and the others apart."""
    every = _every_line(told, legend, names)
    if len(every) <= _LINES:
        return _moved(every), []
    most = sorted(
        every, key=lambda one: (-sum(len(each.steps) for each in one.series), -len(one.rows), _first_claim(one))
    )
    kept = [one for one in most[: _LINES - 1] if sum(len(each.steps) for each in one.series) > 1] or most[: _LINES - 1]
    others = [each for one in every if one not in kept for each in one.series]
    return _moved([one for one in every if one in kept]), others


def _every_line(told: _Told, legend: Legend, names: _Names = None) -> list[Line]:
    lanes = {voice.key: lane for lane in legend.lanes() for voice in lane.voices}
    names = names or _short([one for _, series in told for one in series], legend)
    found: dict[tuple[str, str, str], Line] = {}
    for place, (definition, series) in enumerate(told):
        for one in series:
            lane = lanes[one.account]
            key = lane.key, "" if lane.is_closed_group else one.voice, definition
            together = (*found[key].series, one) if key in found else (one,)
            is_bar = lane.is_closed_group and len({each.voice for each in together}) > 1
            name = lane.label if is_bar else names[one.voice]
            found[key] = Line(lane, together, name, definition, _DASHES[place % len(_DASHES)])
    order = [lane.key for lane in legend.lanes()]
    return sorted(found.values(), key=lambda one: order.index(one.lane.key))


def _short(series: Iterable[Series], legend: Legend) -> dict[str, str]:
    """Name the voices of some series, as short as leaves them apart."""
    name = legend.label if legend.selection.by is By.ACCOUNT else legend.account
    return short_names({one.voice: name(one.voice) for one in series})


def _moved(lines: list[Line]) -> list[Line]:
    """Move figures of one day within it, and lines of one height by a few px, so that none hides another.

    The order goes by the claims, so that no account has a place of its own.
    """
    order = sorted(lines, key=_first_claim)
    of_a_day = [one for one in order if any(not pd.isna(row.stated_at) and is_of_a_day(row) for row in one.rows)]
    apart_by = np.linspace(-_MOVED, _MOVED, len(of_a_day)) if len(of_a_day) > 1 else [0.0] * len(of_a_day)
    hours = {id(one): float(moved) for one, moved in zip(of_a_day, apart_by, strict=True)}
    shifts = {}
    ends: dict[float | None, int] = defaultdict(int)
    for one in order:
        height = max((row.height for row in one.latest if not pd.isna(row.height)), default=None)
        shifts[id(one)] = 0 if one.is_bar or height is None else _SHIFTS[ends[height] % len(_SHIFTS)]
        ends[height] += not one.is_bar
    return [replace(one, hours=hours.get(id(one), 0), shift=shifts[id(one)]) for one in lines]


def _first_claim(one: Line) -> str:
    return min(str(row.claim_id) for row in one.rows)


def _of_events(measure: Measure, totals: dict[figures.Total, list[Series]], legend: Legend) -> Panel:
    """Put the figures of many events into one panel, where no line joins them."""
    lines = _every_line([("", [one for every in totals.values() for one in every])], legend)
    name = f"{capital(measure)}, people; a figure for each of {len({one.event_id for one in totals}):,} events"
    return Panel(name, _moved(lines), is_of_events=True)
