"""The figure: shares over time with their bands, together or in small multiples; few delays as they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil, floor, log, sqrt
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd

from contested import drawing, theme
from contested.analysis.coverage.silence import briefly
from contested.analysis.timing.delay import Told, bound, call, each_told
from contested.analysis.timing.delay_words import clock
from contested.analysis.timing.interval_censoring import ecdf_polygon
from contested.analysis.timing.targets import percent
from contested.analysis.timing.turnbull import Mass, cdf_line
from contested.charts.pooled_delays.groups import BAND, ONE_PLOT, PANELS, Group, groups, percentile_words
from contested.drawing import intervals
from contested.drawing.intervals import Interval, IntervalLane
from contested.model.times import brief_duration
from contested.model.wording import counted
from contested.query.legend import Lane, Legend
from contested.theme import LIGHT, Figure, Trace

_HIGH, _LOW, _LEFT, _NAMES, _FOOT, _KEY = 400, 320, 44, 176, 46, 20
"""In px: how high the plot is, and on a phone; the room for shares, names, the axis, and a line of a key."""
_MARKS, _RESOLUTION = 480, 200
"""How many delays are marked at the most, and into how many parts a share is drawn where delays are many."""


def draw(answer: pd.DataFrame, legend: Legend, width: float) -> Figure:
    """Draw the share of the delays over by then: all accounts in one plot, many each in their own, few as they are."""
    told = groups(answer, legend)
    enough = [group for group in told if group.is_enough]
    if not enough:
        silence = intervals.Silence(len(legend.voices), legend.noun, "gives no delay", "give no delay")
        return intervals.draw(_lanes(told, legend), width, silence)
    if len(enough) > ONE_PLOT or (legend.selection.group and len(told) > ONE_PLOT):
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
        quiet = sum(voice.key not in rows for voice in lane.voices)
        drawn = IntervalLane(lane.label, lane.number, lane.shape, tuple(intervals), silent, "", quiet)
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


def time_axis(told: list[Group], targets: Sequence[float]) -> _Axis:
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
    is_narrow = drawing.is_phone(width)
    axis = time_axis(told, legend.selection.target_minutes)
    plot = (_LOW if is_narrow else _HIGH) - 12 - _FOOT
    top = _KEY * len(told) + 12 if is_narrow else 12
    left, right = (40, 12) if is_narrow else (_LEFT, _NAMES)
    data, ends = _lines(told, axis, legend)
    shapes, notes = _key(told, legend, left, top) if is_narrow else ([], _names(told, ends, legend, plot))
    for share in (0.5, 0.9):
        shapes.append(drawing.line(0, share, 1, share, LIGHT["midnight"], dash="dot", xref="paper"))
    for one in legend.selection.target_minutes:
        shapes.append(_target(one, axis))
        text = f"{'target ' * (one == legend.selection.target)}{brief_duration(one, one)}"
        notes.append(drawing.note(text, one / axis.per, 0.02, yref="y", yanchor="bottom", xshift=5, is_on_page=True))
    below: dict[str, Any] = {"xref": "paper", "yref": "paper", "yanchor": "top", "yshift": -24}
    words = f"{_UNIT_NAMES[axis.unit]} {clock(legend)}"
    notes.append(drawing.note(words, 0.5, 0, LIGHT["quiet"], anchor="center", **below))
    sized: dict[str, Any] = {"left": left, "right": right, "top": top, "bottom": _FOOT}
    axes: dict[str, Any] = {"xaxis": axis.ticks(width - left - right), "yaxis": _shares()}
    return drawing.figure(width, plot + top + _FOOT, data, shapes=shapes, notes=notes, **sized, **axes)


def _lines(told: list[Group], axis: _Axis, legend: Legend) -> tuple[list[Trace], list[float]]:
    """Draw the line of each, and return how high it ends; those with few delays stand above each other."""
    data: list[Trace] = []
    ends: list[float] = []
    for group in told:
        if group.is_enough:
            line = _line(group, axis)
            data += [
                *_band(group, axis, line),
                *_curve(group, line, is_thin=group.row.n < BAND),
                *_percentiles(group, axis),
            ]
            data += _ends(group, axis, legend, len(told))
            ends.append(next((y for y in reversed(line[1]) if y is not None), 0.0))
        else:
            height = 0.05 * (1 + sum(not one.is_enough for one in told[: len(ends)]))
            data += _few(group, axis, legend, height)
            ends.append(height)
    return data, ends


def _names(told: list[Group], ends: list[float], legend: Legend, plot: float) -> list[drawing.Shape]:
    """Name each beside the end of its line, in a plot of so many px."""
    places = drawing.apart([(1 - share / 1.02) * plot for share in ends], 42, 14, plot - 8)
    notes = []
    for group, place in zip(told, places, strict=True):
        ink = theme.label_colour(group.voice.number)
        end = drawing.note("", 1, 1 - place / plot, ink, xref="paper", yref="paper", xshift=10)
        notes.append(end | {"text": "<br>".join(_name_and_end(group, legend))})
    return notes


def _key(told: list[Group], legend: Legend, left: float, top: float) -> tuple[list[drawing.Shape], list[drawing.Shape]]:
    """Name each in a line above the plot, after its shape."""
    shapes, notes = [], []
    for number, group in enumerate(told):
        y = 12 + _KEY * number - top + 4
        shapes += _glyph(group, y - 2)
        ink = theme.label_colour(group.voice.number)
        line = drawing.note("", 0, 1, ink, xref="paper", yref="paper", xshift=18 - left, yshift=-y)
        notes.append(line | {"text": "  ".join(_name_and_end(group, legend))})
    return shapes, notes


def _name_and_end(group: Group, legend: Legend) -> tuple[str, str]:
    name = drawing.shortened(group.voice.label, 24)
    return f"<b>{theme.plain(name)}</b>", theme.plain(_end_words(group, legend.selection.target))


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
    few = f", n = {row.n}" if row.n < BAND else ""
    if target:
        return f"{percent(*group.share_within(target))} within {brief_duration(target, target)}{few}"
    median = percentile_words(row.median_low, row.median_high)
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
    if group.is_exact and group.row.n < BAND:
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


def _curve(group: Group, line: _Walk, *, is_thin: bool = False) -> list[Trace]:
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


def _ends(group: Group, axis: _Axis, legend: Legend, groups: int) -> list[Trace]:
    """Put a mark that is not seen where a delay lifts the line, or either edge of the band; so many groups share."""
    row, found, marks = group.row, [], _MARKS // (groups * (1 if group.is_exact else 2))
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


@dataclass(frozen=True)
class _Grid:
    """Panels in rows of so many, on a plot of so many px."""

    panels: int
    across: int
    gap: int
    width: float

    @property
    def height(self) -> int:
        return -(-self.panels // self.across) * _ROW

    def axes(self, number: int, axis: _Axis) -> dict[str, Any]:
        """Place the two axes of a panel; time is written below the lowest ones, shares left of the first ones."""
        row, column = divmod(number, self.across)
        wide = (self.width - self.gap * (self.across - 1)) / self.across
        start, top = column * (wide + self.gap) / self.width, 1 - (row * _ROW + _HEAD) / self.height
        x, y = _axis_names(number)
        time = {"domain": [start, min(1.0, start + wide / self.width)], "anchor": y}
        share = {"domain": [max(0.0, top - _PANEL / self.height), top], "anchor": x}
        is_lowest = number + self.across >= self.panels
        return {
            x.replace("x", "xaxis"): axis.ticks(wide) | time | {"showticklabels": is_lowest},
            y.replace("y", "yaxis"): _shares((0, 0.5, 0.9)) | share | {"showticklabels": column == 0},
        }


_PANEL, _HEAD = 104, 40
_ROW = _PANEL + _HEAD + 10
"""In px: how high a panel is, its name and numbers above it, and both with the room below."""


def _axis_names(number: int) -> tuple[str, str]:
    return (f"x{number + 1}", f"y{number + 1}") if number else ("x", "y")


def _multiples(told: list[Group], legend: Legend, width: float) -> Figure:
    """Draw a panel for each, its line over those of all others in grey: accounts with most delays, or groups, first."""
    shown, is_narrow, left, right, foot = with_a_panel(told, legend), drawing.is_phone(width), 40, 6, 24
    targets = legend.selection.target_minutes
    axis = time_axis(shown, targets)
    grid = _Grid(len(shown), 2 if is_narrow else 3, 14 if is_narrow else 24, width - left - right)
    lines = {group.voice.key: _line(group, axis) for group in shown if group.is_enough}
    everybody = _in_grey(lines.values())
    data: list[Trace] = []
    shapes: list[drawing.Shape] = []
    notes: list[drawing.Shape] = []
    axes: dict[str, Any] = {}
    for number, group in enumerate(shown):
        x, y = _axis_names(number)
        traces = _in_panel(group, axis, lines.get(group.voice.key), legend, len(shown))
        data += [trace | {"xaxis": x, "yaxis": y} for trace in (everybody, *traces)]
        shapes += [_target(one, axis, x, f"{y} domain") for one in targets]
        notes.append(_heading(group, legend, number, 22 if is_narrow else 30))
        axes |= grid.axes(number, axis)
    sized: dict[str, Any] = {"left": left, "right": right, "bottom": foot}
    return drawing.figure(width, grid.height + foot, data, shapes=shapes, notes=notes, **sized, **axes)


def _in_grey(lines: Iterable[_Walk]) -> Trace:
    """Draw all lines as one, each after a gap."""
    ends = [([*x, None], [*y, None]) for x, y in lines]
    x, y = ([at for end in ends for at in end[which]] for which in (0, 1))
    style = {"shape": "hv", "width": 1, "color": LIGHT["rule"]}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip", "line": style}


def _in_panel(group: Group, axis: _Axis, line: _Walk | None, legend: Legend, groups: int) -> list[Trace]:
    """Draw one group in a panel of its own: its line, or its delays where they are few."""
    if line is None:
        return _few(group, axis, legend, 0.5)
    drawn = [*_curve(group, line, is_thin=group.row.n < BAND), *_percentiles(group, axis)]
    return drawn + _ends(group, axis, legend, groups)


def _heading(group: Group, legend: Legend, number: int, letters: int) -> drawing.Shape:
    """Write above a panel whose it is, and what its line comes to."""
    name = theme.plain(drawing.shortened(group.voice.label, letters))
    many = f", n = {group.row.n:,}" if group.row.n >= BAND else ""
    said = theme.plain(f"{_end_words(group, legend.selection.target)}{many}")
    ink = LIGHT["text"] if legend.selection.group else theme.label_colour(group.voice.number)
    x, y = _axis_names(number)
    above: dict[str, Any] = {"xref": f"{x} domain", "yref": f"{y} domain", "yanchor": "bottom", "yshift": 3}
    return drawing.note("", 0, 1, ink, **above) | {"text": f"<b>{name}</b><br>{said}"}


def with_a_panel(told: list[Group], legend: Legend) -> list[Group]:
    """Choose what has a panel: groups in their order, of accounts those with most delays."""
    ordered = told if legend.selection.group else sorted(told, key=lambda group: -group.row.n)
    return ordered[:PANELS]


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
