"""How long did help take over many events, by whose clock?

The delays of all events are pooled, each account's for itself, in one of two readings. Of the calls with an arrival (or
whatever stops the clock) it says how long help took where it came: median and 90 % are order statistics, the line the
nonparametric maximum likelihood estimate (Turnbull 1976). Of every call it says which share was reached by when: the
cumulative incidence (Aalen and Johansen 1978; between bounds Hudgens, Satten and Longini 2001), where to be cleared
without an arrival is a competing event and only what is still open is right-censored. Of fewer than ten the intervals
themselves are drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil, floor, inf, log, sqrt
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from contested import drawing, theme
from contested.analysis.coverage.silence import briefly, otherwise, silences
from contested.analysis.coverage.topic import milestones
from contested.analysis.timing.compared_groups import Compared, Sentence, calls_of, comparison
from contested.analysis.timing.compared_groups import title as comparison_title
from contested.analysis.timing.delay import Told, bound, call, each_told, spoken, with_stop
from contested.analysis.timing.delay_words import (
    an,
    attributed,
    capital,
    clock,
    counted_word,
    fitting,
    out_of_order,
    short_name,
    start_noun,
    stop_noun,
)
from contested.analysis.timing.interval_censoring import ecdf_polygon
from contested.analysis.timing.milestones import CHOSEN
from contested.analysis.timing.observations import RECIPE, narrowed
from contested.analysis.timing.plain_delays import plainly
from contested.analysis.timing.pools import (
    NUMBERS,
    by_one,
    claims_behind,
    compared,
    delay_histogram,
    not_counted,
    plain_delay_histogram,
    pooled,
    population,
)
from contested.analysis.timing.pools import found as come_to
from contested.analysis.timing.targets import COLUMNS as SHARES
from contested.analysis.timing.targets import Share, in_columns, of_row, percent
from contested.analysis.timing.turnbull import Mass, cdf_line, npmle
from contested.chart import Asked, Chart
from contested.drawing import intervals
from contested.drawing.intervals import Interval, IntervalLane
from contested.model.times import LEAST_DELAYS, brief_duration, duration
from contested.model.vocabulary import Calls, Milestone
from contested.model.wording import counted, listing, spaced
from contested.query import groups as grouping
from contested.query.groups import label
from contested.query.legend import Lane, Legend, Voice
from contested.query.rows import Row, each
from contested.theme import LIGHT, Figure, Trace

_NAMED = 2
"""Of more accounts the headline does not say each one's numbers."""


def compute(rows: pd.DataFrame, legend: Legend) -> pd.DataFrame:
    """Pool the delays of each account, and estimate how they are distributed."""
    targets = legend.selection.target_minutes
    pools = [
        pool
        | {"masses": _masses(pool), "delays": rows.iloc[pool["places"]]}
        | in_columns(Compared("", "", pool["reached"]).shares(targets))
        for pool in pooled(rows, legend.selection.calls)
    ]
    own = ("delays", "reached", "masses", "excluded", "mixed", "voices")
    return pd.DataFrame(pools, columns=[*NUMBERS, *SHARES, *own])


def _masses(pool: dict[str, Any]) -> list[Mass]:
    """Estimate the distribution of enough delays: of every call the incidence is found already."""
    return pool["masses"] or (npmle(pool["reached"]) if pool["n"] >= LEAST_DELAYS else [])


@dataclass(frozen=True)
class Group:
    """The delays of one account, or of one group of its calls, as they are drawn: named and shaped as a voice is."""

    voice: Voice
    row: Row
    calls: str = ""
    """What its calls are called, where calls are grouped."""

    @property
    def is_enough(self) -> bool:
        """Say whether there are enough for a percentile."""
        return bool(self.row.n >= LEAST_DELAYS)

    @property
    def is_exact(self) -> bool:
        """Say whether nothing is left open."""
        return not (self.row.n_interval or self.row.n_right_censored)

    @property
    def compared(self) -> Compared:
        """Give its delays as they are compared with those of others."""
        return Compared(self.voice.label, self.calls, self.row.reached)

    def share_within(self, minutes: float) -> tuple[float, float]:
        """Bound the share that is over within so many minutes."""
        return self.compared.share_within(minutes)


def groups(answer: pd.DataFrame, legend: Legend) -> list[Group]:
    """List the accounts that have delays, in the order of the story; or the groups of calls, the soonest first."""
    if legend.selection.group:
        return _groups_of_calls(answer, legend)
    rows = {row.account: row for row in each(answer) if row.n}
    return [Group(voice, rows[voice.key]) for voice in legend.with_scenario().voices if voice.key in rows]


def _groups_of_calls(answer: pd.DataFrame, legend: Legend) -> list[Group]:
    """Name the groups of calls: up to four by their medians, in colours; more by their shares, in one; few last."""
    rows = [row for row in each(answer[answer["group_value"].notna()]) if row.n]
    accounts = {row.account for row in rows}
    target, is_together = legend.selection.target, len(rows) <= _ONE_PLOT

    def order(row: Row) -> tuple[float, ...]:
        delays = Compared("", "", row.reached)
        if row.n < LEAST_DELAYS:
            return (1.0, -row.n)
        if target and not is_together:
            return (0.0, *(-share for share in delays.share_within(target)))
        return (0.0, *delays.median())

    found = []
    for place, row in enumerate(sorted(rows, key=order)):
        name, number = _label(row, legend, accounts), place if is_together else 0
        found.append(Group(Voice(f"{row.account}/{row.group_value}", name, number), row, calls_of(name, call(legend))))
    return found


def _label(row: Row, legend: Legend, accounts: set[str]) -> str:
    name = label(legend.selection.group or "", row.group_value, legend.selection.zone)
    return f"{name}, {legend.with_scenario().label(row.account)}" if len(accounts) > 1 else name


class Summary(NamedTuple):
    """The numbers of one account as a table shows them; empty where there are too few or none."""

    group: Group
    n: str
    median: str
    p90: str
    shares: Sequence[Share] = ()
    """Of each target in turn."""


def summaries(answer: pd.DataFrame, legend: Legend) -> list[Summary]:
    """Give n, median, 90 % and the share within each target of each account."""
    return [_summary(group) for group in groups(answer, legend)]


def _summary(group: Group) -> Summary:
    row, number = group.row, f"{group.row.n:,}"
    if not group.is_enough:
        return Summary(group, number, "", "")
    ends = ((row.median_low, row.median_high), (row.p90_low, row.p90_high))
    median, p90 = (_percentile(*bounds) for bounds in ends)
    return Summary(group, number, median, p90, of_row(row))


def _percentile(low: float | None, high: float | None) -> str:
    least, most = bound(low), bound(high)
    return "not reached" if least is None and most is None else brief_duration(least, most)


_MARKS, _RESOLUTION = 480, 200
"""How many delays are marked at the most, and into how many parts a share is drawn where delays are many."""
_ONE_PLOT, _BAND, _ACROSS = 4, 30, 12
"""So many accounts share a plot, each with a band from so many delays on; of more, so many have one of their own."""
_HIGH, _LOW, _LEFT, _NAMES, _FOOT, _KEY = 400, 320, 44, 176, 46, 20
"""In px: how high the plot is, and on a phone; the room for shares, names, the axis, and a line of a key."""


def draw(answer: pd.DataFrame, legend: Legend, width: float) -> Figure:
    """Draw the share of the delays over by then: all accounts in one plot, many each in their own, few as they are."""
    told = groups(answer, legend)
    enough = [group for group in told if group.is_enough]
    if not enough:
        return intervals.draw(_lanes(told, legend), width, f"{legend.noun}s give no delay")
    if len(enough) > _ONE_PLOT or (legend.selection.group and len(told) > _ONE_PLOT):
        return _multiples(told if legend.selection.group else enough, legend, width)
    return _together(told, legend, width)


def _lanes(told: list[Group], legend: Legend) -> list[IntervalLane]:
    """Give the delays themselves, where all accounts have too few."""
    rows = {group.voice.key: group.row for group in told}
    legend = replace(legend, voices=tuple(group.voice for group in told)) if legend.selection.group else legend
    found = []
    for lane in legend.with_scenario().lanes():
        intervals = [
            Interval(
                one.low,
                one.high,
                one.label,
                theme.plain(f"{voice.label}, {_which(one, legend)}: {one.said(legend)}"),
                drawing.shortened(voice.label) if lane.is_closed_group else "",
                is_hearsay=one.hearsay,
                is_faint=one.outcome == "cleared",
            )
            for voice in lane.voices
            if voice.key in rows
            for one in each_told(rows[voice.key].delays)
        ]
        silent = _reason(lane, legend)
        drawn = IntervalLane(lane.label, lane.number, lane.shape, tuple(intervals), silent, "", len(lane.voices))
        found.append(drawn)
    return found


def _reason(lane: Lane, legend: Legend) -> str:
    done = {briefly(legend, voice.key) for voice in lane.voices if voice.key in legend.gaps}
    return done.pop() if len(done) == len(lane.voices) == 1 else "gives no delay"


@dataclass(frozen=True)
class _Axis:
    """The axis of time: from where to where in minutes, in which unit, and the minutes of one."""

    least: float
    most: float
    unit: str
    per: float

    @property
    def span(self) -> tuple[float, float]:
        return self.least / self.per, self.most / self.per

    def ticks(self, width: float) -> dict[str, Any]:
        """Rule the axis, its unit at the first number after nought."""
        low, high = self.span
        steps = (1, 2, 5, 10, 15, 20, 30, 50, 100, 200, 500, 1000)
        step = next((one for one in steps if one * width / (high - low) >= 34), steps[-1])  # noqa: PLR2004 px
        values = list(range(ceil(low / step) * step, floor(high) + 1, step))
        first = next((value for value in values if value > 0), None)
        texts = [f"{value} {self.unit}" if value == first else f"{value}".replace("-", "−") for value in values]
        ruled = {"range": [low, high], "tickvals": values, "ticktext": texts, "ticklabelstandoff": 5}
        return ruled | {"showgrid": True, "gridcolor": LIGHT["grid"], "showline": True, "linecolor": LIGHT["axis"]}


def _axis(told: list[Group], targets: Sequence[float]) -> _Axis:
    """End the axis where nineteen of twenty delays are over, and not before the last target."""
    bounds, counts = (np.concatenate(ends) for ends in zip(*(group.row.reached for group in told), strict=True))
    ended = np.isfinite(bounds[:, 1])
    ends, number = bounds[ended, 1], counts[ended]
    starts = bounds[np.isfinite(bounds[:, 0]), 0]
    if len(ends):
        order = np.argsort(ends)
        most = float(ends[order][np.searchsorted(np.cumsum(number[order]), 0.95 * number.sum())])
    else:
        most = float(starts.max(initial=60.0))
    most = max(most, max(targets, default=0) * 1.1, 1.0)
    least = min(0.0, float(starts.min(initial=0.0)))
    unit, per, whole = ("min", 1, 5) if most <= 180 else ("h", 60, 60) if most <= 4320 else ("d", 1440, 1440)  # noqa: PLR2004
    return _Axis(floor(least / whole) * whole, ceil(most / whole) * whole, unit, per)


_SHARE_TICKS = {0: "0%", 0.25: "25%", 0.5: "50%", 0.75: "75%", 0.9: "90%", 1: "100%"}


def _shares(only: tuple[float, ...] = tuple(_SHARE_TICKS)) -> dict[str, Any]:
    texts = [_SHARE_TICKS[share] for share in only]
    return {"range": [0, 1.02], "tickvals": list(only), "ticktext": texts, "showgrid": True, "gridcolor": LIGHT["grid"]}


def _together(told: list[Group], legend: Legend, width: float) -> Figure:
    """Draw all accounts in one plot, each named where its line ends, or in a key above."""
    is_narrow, target = drawing.is_phone(width), legend.selection.target
    axis = _axis(told, legend.selection.target_minutes)
    height = _LOW if is_narrow else _HIGH
    top = _KEY * len(told) + 12 if is_narrow else 12
    left, right = (40, 12) if is_narrow else (_LEFT, _NAMES)
    plot = height - 12 - _FOOT
    data: list[Trace] = []
    notes: list[drawing.Shape] = []
    shapes: list[drawing.Shape] = []
    ends = []
    few = 0
    for group in told:
        if group.is_enough:
            line = _line(group, axis)
            data += [*_band(group, axis, line), *_curve(group, axis, line, is_thin=group.row.n < _BAND)]
            data += _percentiles(group, axis)
            data += _ends(group, axis, legend, _MARKS // (len(told) * (1 if group.is_exact else 2)))
            ends.append((group, next((y for y in reversed(line[1]) if y is not None), 0.0)))
        else:
            few += 1
            data += _few(group, axis, legend, 0.05 * few)
            ends.append((group, 0.05 * few))
    wanted = drawing.apart([(1 - share / 1.02) * plot for _, share in ends], 42, 14, plot - 8)
    for number, ((group, _), place) in enumerate(zip(ends, wanted, strict=True)):
        name, said = f"<b>{theme.plain(drawing.shortened(group.voice.label, 24))}</b>", _end_words(group, target)
        ink = theme.label_colour(group.voice.number)
        if is_narrow:
            y = 12 + _KEY * number - top + 4
            shapes += _glyph(group, y - 2)
            key = drawing.note("", 0, 1, ink, xref="paper", yref="paper", xshift=18 - left, yshift=-y)
            notes.append(key | {"text": f"{name}  {theme.plain(said)}"})
        else:
            end = drawing.note("", 1, 1 - place / plot, ink, xref="paper", yref="paper", xshift=10)
            notes.append(end | {"text": f"{name}<br>{theme.plain(said)}"})
    for share in (0.5, 0.9):
        shapes.append(drawing.line(0, share, 1, share, LIGHT["midnight"], dash="dot", xref="paper"))
    for one in legend.selection.target_minutes:
        shapes.append(_target(one, axis))
        text = f"target {brief_duration(one, one)}" if one == target else brief_duration(one, one)
        notes.append(drawing.note(text, one / axis.per, 0.02, yref="y", yanchor="bottom", xshift=5, is_on_page=True))
    words = f"{_UNIT_NAMES[axis.unit]} {clock(legend)}"
    notes.append(
        drawing.note(
            words, 0.5, 0, LIGHT["quiet"], anchor="center", xref="paper", yref="paper", yanchor="top", yshift=-24
        )
    )
    sized: dict[str, Any] = {"bottom": _FOOT, "shapes": shapes, "notes": notes}
    sized |= {"left": left, "right": right, "top": top, "bottom": _FOOT, "shapes": shapes, "notes": notes}
    ticks = axis.ticks(width - left - right)
    return drawing.figure(width, plot + top + _FOOT, data, xaxis=ticks, yaxis=_shares(), **sized)


_UNIT_NAMES = {"min": "minutes", "h": "hours", "d": "days"}


def _glyph(group: Group, y: float) -> list[drawing.Shape]:
    """Draw the shape of an account in the key above a plot, y px below its top."""
    return [
        shape | {"yref": "paper", "yanchor": 1, "xanchor": 0} | _moved(shape, -33, -y)
        for shape in drawing.glyph(group.voice.number, group.voice.form, 0, 0)
    ]


def _moved(shape: drawing.Shape, right: float, up: float) -> drawing.Shape:
    """Move a shape that is sized in px."""
    if "path" not in shape:
        return {one: shape[one] + by for one, by in (("x0", right), ("x1", right), ("y0", up), ("y1", up))}
    corners = [corner.split(",") for corner in shape["path"][1:-2].replace("L", "").split()]
    return {"path": "M" + " L".join(f"{float(x) + right:.2f},{float(y) + up:.2f}" for x, y in corners) + " Z"}


def _end_words(group: Group, target: float | None) -> str:
    """Say beside a line what it comes to."""
    row = group.row
    if not group.is_enough:
        return f"n = {row.n}, too few"
    few = f", n = {row.n}" if row.n < _BAND else ""
    if target:
        return f"{percent(*group.share_within(target))} within {brief_duration(target, target)}{few}"
    median = _percentile(row.median_low, row.median_high)
    return f"half not reached{few}" if median == "not reached" else f"half within {median}{few}"


def _target(target: float, axis: _Axis, xref: str = "x", yref: str = "y domain") -> drawing.Shape:
    at = target / axis.per
    return drawing.line(at, 0, at, 1, LIGHT["text"], width=1.5, dash="dash", xref=xref, yref=yref, layer="above")


_Walk = tuple[list[float | None], list[float | None]]


def _line(group: Group, axis: _Axis) -> _Walk:
    """Follow the estimated share over time, as far as the axis goes; a gap where it is not known."""
    masses = [Mass(mass.low / axis.per, mass.high / axis.per, mass.probability) for mass in _thinned(group.row.masses)]
    low, high = axis.span
    inside = [mass for mass in masses if mass.high <= high]
    nothing: _Walk = ([low, high], [0.0, 0.0])
    x, y = cdf_line(inside, (low, high)) if inside else nothing
    following = next((mass for mass in masses if mass.high > high), None)
    if following and following.low < high and y:
        x[-1] = max(following.low, x[-2] or low)
    return x, y


def _band(group: Group, axis: _Axis, line: _Walk) -> list[Trace]:
    """Shade where the line lies: with 95 % certainty, or as far as the bounds of the delays leave open."""
    if group.is_exact and group.row.n < _BAND:
        return []
    if group.is_exact:
        half = sqrt(log(2 / 0.05) / (2 * group.row.n))
        walk = [(x, y) for x, y in zip(*line, strict=True) if x is not None and y is not None]
        around = [(x, min(1.0, y + half)) for x, y in walk] + [(x, max(0.0, y - half)) for x, y in reversed(walk)]
        x, y = [at for at, _ in around], [share for _, share in around]
    else:
        x, y = ecdf_polygon(group.row.reached.scaled(1 / axis.per), axis.span, _RESOLUTION)
    area = {"type": "scatter", "mode": "lines", "x": x, "y": y, "fill": "toself", "hoverinfo": "skip", "opacity": 0.14}
    ink = theme.colour(group.voice.number)
    return [area | {"fillcolor": ink, "line": {"width": 0, "color": ink}}]


def _curve(group: Group, axis: _Axis, line: _Walk, *, is_thin: bool = False) -> list[Trace]:  # noqa: ARG001
    style = {"shape": "hv", "width": 1.5 if is_thin else 2.5, "color": theme.colour(group.voice.number)}
    return [{"type": "scatter", "mode": "lines", "x": line[0], "y": line[1], "line": style, "hoverinfo": "skip"}]


def _percentiles(group: Group, axis: _Axis) -> list[Trace]:
    """Mark half and 90 % with the shape of the account, from their shortest to their longest."""
    row, ink, symbol = group.row, theme.colour(group.voice.number), theme.symbol(group.voice.form)
    found = []
    for share, low, high in ((0.5, row.median_low, row.median_high), (0.9, row.p90_low, row.p90_high)):
        ends = [end / axis.per for end in dict.fromkeys((bound(low), bound(high))) if end is not None]
        shown = [end for end in ends if end <= axis.most / axis.per]
        edge = {"width": 1.5, "color": LIGHT["page"]}
        marker = {"symbol": symbol, "size": 10, "color": ink, "line": edge}
        mark = {"type": "scatter", "mode": "lines+markers", "x": shown, "y": [share] * len(shown), "marker": marker}
        found += [mark | {"line": {"width": 2, "color": ink}, "hoverinfo": "skip"}] if shown else []
    return found


def _few(group: Group, axis: _Axis, legend: Legend, y: float) -> list[Trace]:
    """Draw each delay of an account that has too few for a line."""
    ink, symbol = theme.colour(group.voice.number), theme.symbol(group.voice.form, hollow=True)
    return [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": [min(max(end / axis.per, axis.span[0]), axis.span[1]) for end in (one.low, one.high)],
            "y": [y, y],
            "line": {"width": 2, "color": ink},
            "marker": {"symbol": symbol, "size": 9, "color": ink},
            "customdata": [[one.label]] * 2,
            "hovertext": theme.plain(f"{_which(one, legend)}: {one.said(legend)}"),
            "hoverinfo": "text",
        }
        for one in each_told(group.row.delays)
    ]


def _ends(group: Group, axis: _Axis, legend: Legend, marks: int) -> list[Trace]:
    """Put a mark that is not seen where a delay lifts the line, or either edge of the band, so often at the most."""
    row, found = group.row, []
    for end in ("high",) if group.is_exact else ("low", "high"):
        stopped = row.delays[row.delays["outcome"] != "cleared"].sort_values(end, kind="stable")
        heights = stopped["n"].cumsum() / row.n
        is_marked = np.isfinite(stopped[end]) & (stopped[end] <= axis.most)
        ended, heights = stopped[is_marked], heights[is_marked]
        shown = np.unique(np.linspace(0, len(ended) - 1, min(len(ended), marks)).round().astype(int))
        told = each_told(ended.iloc[shown])
        found.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": (ended[end].iloc[shown] / axis.per).tolist(),
                "y": heights.iloc[shown].tolist(),
                "marker": {"size": 9, "color": theme.colour(group.voice.number), "opacity": 0},
                "customdata": [[one.label] for one in told],
                "hovertext": [
                    theme.plain(f"{group.voice.label}, {_which(one, legend)}: {one.said(legend)}") for one in told
                ],
                "hoverinfo": "text",
            }
        )
    return found


def _multiples(told: list[Group], legend: Legend, width: float) -> Figure:
    """Draw a panel for each, its line over those of all others in grey: accounts with most delays, or groups, first."""
    is_narrow, target = drawing.is_phone(width), legend.selection.target
    shown = _shown(told, legend)
    axis, across = _axis(shown, legend.selection.target_minutes), 2 if is_narrow else 3
    panel, head, gap, left, right = 104, 40, 14 if is_narrow else 24, 40, 6
    rows = -(-len(shown) // across)
    height, plot_wide = rows * (panel + head + 10) + 24, width - left - right
    plot_high, wide = height - 24, (plot_wide - gap * (across - 1)) / across
    lines = {group.voice.key: _line(group, axis) for group in shown if group.is_enough}
    everybody: _Walk = ([], [])
    for x, y in lines.values():
        everybody = ([*everybody[0], *x, None], [*everybody[1], *y, None])
    data: list[Trace] = []
    shapes: list[drawing.Shape] = []
    notes: list[drawing.Shape] = []
    axes: dict[str, Any] = {}
    for number, group in enumerate(shown):
        row, column = divmod(number, across)
        suffix = str(number + 1) if number else ""
        on = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
        grey = {"type": "scatter", "mode": "lines", "x": everybody[0], "y": everybody[1], "hoverinfo": "skip"}
        data.append(grey | on | {"line": {"shape": "hv", "width": 1, "color": LIGHT["rule"]}})
        if group.is_enough:
            line = lines[group.voice.key]
            drawn = [*_curve(group, axis, line, is_thin=group.row.n < _BAND), *_percentiles(group, axis)]
            drawn += _ends(group, axis, legend, _MARKS // (len(shown) * (1 if group.is_exact else 2)))
        else:
            drawn = _few(group, axis, legend, 0.5)
        data += [trace | on for trace in drawn]
        shapes += [_target(one, axis, f"x{suffix}", f"y{suffix} domain") for one in legend.selection.target_minutes]
        name = f"<b>{theme.plain(drawing.shortened(group.voice.label, 22 if is_narrow else 30))}</b>"
        said = theme.plain(f"{_end_words(group, target)}{f', n = {group.row.n:,}' if group.row.n >= _BAND else ''}")
        ink = LIGHT["text"] if legend.selection.group else theme.label_colour(group.voice.number)
        place: dict[str, Any] = {
            "xref": f"x{suffix} domain",
            "yref": f"y{suffix} domain",
            "yanchor": "bottom",
            "yshift": 3,
        }
        notes.append(drawing.note("", 0, 1, ink, **place) | {"text": f"{name}<br>{said}"})
        top = 1 - (row * (panel + head + 10) + head) / plot_high
        start = column * (wide + gap) / plot_wide
        axes[f"xaxis{suffix}"] = axis.ticks(wide) | {
            "domain": [start, min(1.0, start + wide / plot_wide)],
            "anchor": f"y{suffix}",
            "showticklabels": number + across >= len(shown),
        }
        axes[f"yaxis{suffix}"] = _shares((0, 0.5, 0.9)) | {
            "domain": [max(0.0, top - panel / plot_high), top],
            "anchor": f"x{suffix}",
            "showticklabels": column == 0,
        }
    return drawing.figure(width, height, data, left=left, right=right, bottom=24, shapes=shapes, notes=notes, **axes)


def _shown(told: list[Group], legend: Legend) -> list[Group]:
    """Choose what has a panel: groups in their order, of accounts those with most delays."""
    ordered = told if legend.selection.group else sorted(told, key=lambda group: -group.row.n)
    return ordered[:_ACROSS]


def _thinned(masses: list[Mass]) -> list[Mass]:
    """Put together what rises by less than can be seen, where many a step does."""
    if len(masses) <= _RESOLUTION:
        return masses
    reached = np.floor(np.cumsum([mass.probability for mass in masses]) * _RESOLUTION).tolist()
    groups = (list(group) for _, group in groupby(zip(reached, masses, strict=True), itemgetter(0)))
    return [group[-1][1]._replace(probability=sum(mass.probability for _, mass in group)) for group in groups]


def _which(one: Told, legend: Legend) -> str:
    """Name the event of a delay, or say how many have it."""
    return legend.event(one.event_id) if one.event_id else counted(one.n, call(legend))


def _silence(answer: pd.DataFrame, legend: Legend) -> str:
    return silences(legend, answer.loc[answer["n"] > 0, "account"], f"No delay {_clocks(legend)} is told")


def _clocks(legend: Legend) -> str:
    return spaced(f"from {legend.selection.start} to {legend.selection.stop}")


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Give each account's median and P90 where ten delays allow it, its delays where not, and what is not counted."""
    if legend.selection.group and answer["n"].any():
        return _tell_groups(answer, legend)
    rows = {row.account: row for row in each(answer)}
    if not answer["n"].any():
        none = f"No {legend.noun} shown gives a delay {_clocks(legend)}."
        unreached = [by_one(row, legend) for row in rows.values() if population(row).every]
        return [none, *unreached, *otherwise(legend, ()), *(not_counted(row, legend) for row in rows.values())]
    heard = [rows[voice.key] for voice in legend.voices if voice.key in rows]
    mixed = [by_one(row, legend.with_scenario()) for row in rows.values() if row.mixed]
    said = [by_one(row, legend) for row in heard if population(row).every]
    said += _reversed(answer, legend)
    said += [f"{capital(_in_time_by(row, legend))}." for row in heard if of_row(row)]
    said += [not_counted(row, legend) for row in heard if row.n_excluded]
    said += compared(heard, legend)
    if legend.noun == "side":
        said.append("A delay of a side is always one account's own; where several time it, their bounds are joined.")
    return [
        _headline(answer[~answer["mixed"].astype(bool)], legend),
        *mixed,
        *said,
        *filter(None, [_silence(answer, legend)]),
    ]


def _tell_groups(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Give median and 90 % of each group, the comparison of two, and what is in no group."""
    told = groups(answer, legend)
    each_said = [f"{capital(group.calls)}: {_comes_to(group, legend)}." for group in told]
    between = compare(told, legend)
    return [
        f"{title(answer, legend)}.",
        *each_said,
        *([str(between)] if between else []),
        *_reversed(answer, legend),
        *ungrouped(answer, legend),
    ]


def _comes_to(group: Group, legend: Legend) -> str:
    """Say what a group comes to, and which share of it is in time."""
    within = listing(in_time(one) for one in of_row(group.row))
    return f"{come_to(group.row, legend.selection.calls)}{f'; {within}' if within else ''}"


def _in_time_by(row: Row, legend: Legend) -> str:
    """Say which share is in time by the clock of one account."""
    return f"{legend.according_to(row.account, row.voices)}, {listing(in_time(one) for one in of_row(row))}"


def in_time(share: Share) -> str:
    """Say which share is over within a target, with its interval."""
    within = brief_duration(share.minutes, share.minutes)
    return f"{percent(share.low, share.high)} within {within} ({share.least:.0%}–{share.most:.0%})"


def compare(told: list[Group], legend: Legend) -> Sentence | None:
    """Compare the medians of two groups; of more the intervals of each stand beside each other."""
    if not legend.selection.group or len(told) != 2:  # noqa: PLR2004 no test of many
        return None
    return comparison(told[0].compared, told[1].compared, _were_reached(legend))


def ungrouped(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say how many delays are of no group, and which groups and calls have none."""
    if not legend.selection.group:
        return []
    name, noun = grouping.spoken(legend.selection.group, legend.selection.zone), call(legend)
    of_none = int(answer.loc[answer["group_value"].isna(), "n"].sum())
    silent = int(answer["n_excluded"].sum())
    without = [label(legend.selection.group, row.group_value, legend.selection.zone) for row in _without_delays(answer)]
    said = [f"{counted(of_none, noun)} of no {name}, or of several."] * bool(of_none)
    said += [f"{counted(silent, noun)} without a delay {_clocks(legend)} do not count."] * bool(silent)
    return said + ([f"No delay of {listing(without)}."] if without else [])


def _without_delays(answer: pd.DataFrame) -> list[Row]:
    """List the groups of which no delay is told."""
    with_some = set(answer.loc[answer["n"] > 0, "group_value"].dropna())
    rows = each(answer[answer["group_value"].notna()].drop_duplicates("group_value"))
    return [row for row in rows if row.group_value not in with_some]


def title(answer: pd.DataFrame, legend: Legend) -> str:
    """Say within what time half were reached, or which share in time; or that there are too few to say."""
    told = groups(answer[~answer["mixed"].astype(bool)], legend)
    if legend.selection.group and told:
        compared_groups = [group.compared for group in told]
        return comparison_title(compared_groups, legend.selection.target, _were_reached(legend))
    if not told:
        return f"{legend.nobody} times both the {start_noun(legend)} and the {stop_noun(legend)}"
    enough = [group for group in told if group.is_enough]
    if not enough:
        most = max(int(group.row.n) for group in told)
        return f"Too few delays for a median: no {legend.noun} tells more than {counted_word(most)}"
    target = legend.selection.target
    if len(enough) == 1:
        return _of_one(enough[0], legend, target)
    if target:
        return _in_time(enough, legend, target)
    return _halves_of(enough, legend)


def _were_reached(legend: Legend) -> str:
    stop = legend.selection.stop
    return "were reached" if stop is Milestone.ARRIVAL else f"had {an(stop_noun(legend))}"


def _of_one(group: Group, legend: Legend, target: float | None) -> str:
    names = [short_name(group.voice.label)]
    whose = attributed(names, is_alone=len(legend.voices) == 1)
    of, reached = counted(int(group.row.n), call(legend)), _were_reached(legend)
    if target:
        fact = f"{percent(*group.share_within(target))} of {of} {reached} within {duration(target, target)}"
    elif (half := _within(group)) is None:
        fact = f"Fewer than half of {of} {reached}"
    else:
        fact = f"Half of {of} {reached} within {half}"
    return fitting(f"{fact}{whose}", fact)


def _within(group: Group) -> str | None:
    """Say within what time half were reached, if they were."""
    low, high = bound(group.row.median_low), bound(group.row.median_high)
    if low is None and high is None:
        return None
    return spoken(low, high).removeprefix("at most ")


def _in_time(enough: list[Group], legend: Legend, target: float) -> str:
    """Name the accounts with the greatest and the least share in time, where these differ."""
    ordered = sorted(enough, key=lambda group: group.share_within(target), reverse=True)
    best, worst = ordered[0], ordered[-1]
    shares = [percent(*group.share_within(target)) for group in (best, worst)]
    within = duration(target, target)
    if shares[0] == shares[1]:
        return f"{shares[0]} {_were_reached(legend)} within {within}, by each of {counted_word(len(enough))} accounts"
    names = [short_name(group.voice.label) for group in (best, worst)]
    fact = f"{_were_reached(legend)} within {within}"
    return fitting(
        f"{shares[0]} {fact} according to {names[0]}, {shares[1]} according to {names[1]}",
        f"By {names[0]} {shares[0]} {fact}, by {names[1]} {shares[1]}",
        f"{shares[1]} to {shares[0]} {fact}, by {legend.noun}",
    )


def _halves_of(enough: list[Group], legend: Legend) -> str:
    """Name the accounts by which half were reached soonest and latest."""
    known = [group for group in enough if bound(group.row.median_low) is not None]
    if not known:
        return f"Fewer than half of all {call(legend)}s {_were_reached(legend)}, by each {legend.noun}"
    ordered = sorted(known, key=lambda group: (group.row.median_low, bound(group.row.median_high) or inf))
    first, last = ordered[0], ordered[-1]
    one, other = _within(first), _within(last)
    if one == other:
        return f"Half {_were_reached(legend)} within {one}, by each of {counted_word(len(known))} {legend.noun}s"
    names = [short_name(group.voice.label) for group in (first, last)]
    return fitting(
        f"Half {_were_reached(legend)} within {one} according to {names[0]}, {other} according to {names[1]}",
        f"By {names[0]} half {_were_reached(legend)} within {one}, by {names[1]} within {other}",
        f"Half {_were_reached(legend)} within {one} or {other}, by {legend.noun}",
    )


def subtitle(_: pd.DataFrame, legend: Legend) -> str:
    """Say what share of what is counted."""
    reached = "reached" if legend.selection.stop is Milestone.ARRIVAL else f"with {an(stop_noun(legend))}"
    return f"Share of {call(legend)}s {reached} by each moment, {clock(legend)}"


def beside(answer: pd.DataFrame, legend: Legend) -> str:
    """Say what the figure leaves out, and what its bands are."""
    told = groups(answer, legend)
    enough = [group for group in told if group.is_enough]
    if not enough:
        return ""
    is_together = len(told if legend.selection.group else enough) <= _ONE_PLOT
    axis, said = _axis(told if is_together else _shown(enough, legend), legend.selection.target_minutes), []
    ends = np.concatenate([group.row.reached.bounds[:, 1] for group in told])
    longest = float(ends[np.isfinite(ends)].max(initial=0))
    if longest > axis.most:
        said.append(
            f"The axis ends at {duration(axis.most, axis.most)}; the longest took {duration(longest, longest)}."
        )
    if legend.selection.group:
        said = [*_unreached(answer, legend), *said, *ungrouped(answer, legend)]
    else:
        populations = (population(group.row) for group in enough)
        said += [f"{capital(of.said(legend))}." for of in populations if of.is_said(legend)][:1]
    said += _reversed(answer, legend)
    if not is_together:
        panels = len(told if legend.selection.group else enough)
        said.append("Grey: the others." + f" {_ACROSS} of {panels} have a panel." * (panels > _ACROSS))
    if is_together:
        exact = all(group.is_exact for group in enough)
        band = "where the line lies with 95% certainty" if exact else "as far as the told bounds leave open"
        said.append(f"Band: {band}.")
    return " ".join(said)


def _reversed(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say how many delays have their ends the wrong way round."""
    number, (start, stop) = int(answer["n_reversed"].sum()), (legend.selection.start, legend.selection.stop)
    said = out_of_order(number, start, stop)
    return [f"{said[0].upper()}{said[1:]}; counted as told."] if said else []


def _unreached(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say of how many calls no stop is told, and how these count."""
    noun, stop = call(legend), an(stop_noun(legend))
    every = [population(row) for row in each(answer)]
    without = sum(one.cleared + one.open for one in every)
    if not without:
        return []
    of = f"{without:,} of {sum(one.every for one in every):,} {noun}s have no {stop_noun(legend)}"
    count = (
        "count as not reached" if legend.selection.calls is Calls.EVERY else f"are left out: only {noun}s with {stop}"
    )
    return [f"{of}; they {count}."]


def _headline(answer: pd.DataFrame, legend: Legend) -> str:
    enough = answer[answer["n"] >= LEAST_DELAYS]
    if enough.empty:
        most = f"no {legend.noun} tells more than {answer['n'].max()}"
        return f"Too few delays {_clocks(legend)} for a median: {most}."
    whose = f"depending on the {legend.noun}" if len(enough) > 1 else f"by {legend.label(enough['account'].iloc[0])}"
    of = _populations(enough, legend)
    if legend.selection.calls is Calls.EVERY:
        return f"{_halves(enough, legend)}, {whose}{of}."
    hull = spoken(enough["median_low"].min(skipna=False), enough["median_high"].max(skipna=False))
    return f"The median delay {_clocks(legend)} is {hull}, {whose}{of}."


def _halves(enough: pd.DataFrame, legend: Legend) -> str:
    """Say within what time half of all calls had their stop, from the least to the most of the accounts."""
    half = enough[enough["median_low"].notna() | enough["median_high"].notna()]
    stop, start = with_stop(legend).replace("with", "had", 1), spaced(legend.selection.start)
    if half.empty:
        still = " by the last word of those still open" * bool(enough["n_open"].any())
        return f"Fewer than half of all {call(legend)}s {stop}{still}"
    hull = spoken(half["median_low"].min(skipna=False), half["median_high"].max(skipna=False))
    some = ", where half did," * (len(half) < len(enough))
    return f"Half of all {call(legend)}s {stop}{some} within {hull} of the {start}"


def _populations(enough: pd.DataFrame, legend: Legend) -> str:
    """Name the reading and its n: of one account or two in full, of more from the least to the most."""
    of = {legend.label(row.account): population(row) for row in each(enough)}
    if not any(one.is_said(legend) for one in of.values()):
        return ""
    if len(of) <= _NAMED:
        said = (f"{label}: {one.said(legend)}" if len(of) > 1 else one.said(legend) for label, one in of.items())
        return f" ({'. '.join(said)})"
    is_every = legend.selection.calls is Calls.EVERY
    numbers = sorted(one.every if is_every else one.reached for one in of.values())
    which = f"every {call(legend)}" if is_every else f"{call(legend)}s {with_stop(legend)}"
    return f" ({which}, n = {numbers[0]:,} to {numbers[-1]:,})"


def mark(row: Row, legend: Legend) -> str:
    """Name one pool."""
    group = row.group_value and f"{label(legend.selection.group or '', row.group_value, legend.selection.zone)} · "
    return f"{legend.label(row.account)} · {group or ''}n = {row.n}"


CHART = Chart(
    key="pooled-delays",
    name="Delays, pooled",
    definition="Share of the delays over by each moment",
    subtitle=subtitle,
    title=title,
    question=delay_histogram(CHOSEN, by_group=True),
    columns=(*NUMBERS, *SHARES, "claim_ids"),
    caveat=(
        f"Of fewer than {LEAST_DELAYS} delays no percentile is given; "
        "where there are more and one is missing, nothing bounds "
        "it. Calls with an arrival: the percentiles are order statistics of those alone. Every call: they come from "
        "the cumulative incidence of the arrival (Aalen and Johansen; between bounds the nonparametric maximum "
        "likelihood estimate), where to be cleared without one is a competing event and only what is open is "
        "right-censored; a percentile that so many never reached does not exist. An account that tells of no stop, "
        "nor that it had not come by a moment, has no delay: silence bounds nothing. An event without a start is not "
        "counted. The line takes for granted that long delays are told no less precisely than short ones. Nothing is "
        "trimmed unless the reader says so; what is left out is counted; what only may break the rule stays. Delays of "
        "different accounts are never pooled, but in a scenario. Medians are compared, and the log-rank test is made, "
        "of the calls with an arrival alone: a log-rank p is of one comparison, not of many, and says nothing of why "
        "two accounts differ."
    ),
    recipe=RECIPE,
    observed=lambda row, legend: narrowed(row, legend) if legend.selection.group else {},
    draw=draw,
    tell=tell,
    mark=mark,
    key_columns=("account", "group_value", "start", "stop"),
    marked=lambda rows: pd.concat(rows["delays"].tolist()),
    mark_columns=("account", "group_value", "outcome", "event_id", "subkind", "low", "high", "hearsay", "contradicts"),
    claims=claims_behind(CHOSEN, by_group=True),
    plainly=Asked(
        delay_histogram(CHOSEN, plainly=plainly(CHOSEN), by_group=True),
        claims_behind(CHOSEN, plainly=plainly(CHOSEN), by_group=True),
        plain_delay_histogram(CHOSEN, plainly(CHOSEN), by_group=True),
    ),
    compute=compute,
    topic=milestones(),
)
