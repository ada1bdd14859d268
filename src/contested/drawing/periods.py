"""Delays period by period: median and 90 % with their bands, shares in time, and columns of n on a zero of their own.

The median is a circle, the 90 % a diamond. What is not reached, or lies above the scale, is a head at its upper edge. A
period of too few for a percentile is a hatched column alone. Of several accounts each has a panel, on one scale.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import ceil, inf, isfinite
from typing import Any, NamedTuple

from contested import drawing, theme
from contested.analysis.timing.targets import Share, percent
from contested.drawing import Shape, apart, figure, glyph, is_phone, line, note, possible, shortened
from contested.model.times import brief_duration
from contested.theme import LIGHT, NAME, Figure, Trace

Ends = tuple[float, float]
"""Between which minutes something lies; infinite where nothing bounds it."""


class Mark(NamedTuple):
    """One period: where it stands, what it is called, how many delays it holds, and their percentiles, if any.

    Its shares are in the order of the targets.
    """

    place: int
    name: str
    n: int
    row: int
    median: Ends | None
    median_band: Ends
    p90: Ends | None
    p90_band: Ends
    shares: Sequence[Share] = ()


class Panel(NamedTuple):
    """The periods of one account, and how it is named where there are several."""

    marks: Sequence[Mark]
    label: str = ""
    number: int = 0
    shape: int = 0


class Axis(NamedTuple):
    """What stands below all panels: how many places, which are named, and before which a line is ruled."""

    size: int
    names: Sequence[tuple[int, str]]
    rules: Sequence[int] = ()


class Scale(NamedTuple):
    """How far the minutes reach, the step of their lines, and the unit they are written in."""

    top: float
    step: float
    unit: str
    per: float


_UNITS = (("min", 1.0, 180.0), ("h", 60.0, 72 * 60.0), ("d", 1440.0, inf))
"""Each unit, the minutes of one, and up to how many minutes it is used."""
_STEPS = tuple(step * 10**power for power in range(7) for step in (1, 2, 5))


def scale(panels: Iterable[Panel], targets: Sequence[float]) -> Scale:
    """End the scale above every median and target, and where nineteen of twenty of all marks lie below it."""
    marks = [mark for panel in panels for mark in panel.marks]
    medians, others = (
        [end for ends in some if ends and all(map(isfinite, ends)) for end in ends]
        for some in ([mark.median for mark in marks], [mark.p90 for mark in marks])
    )
    most = max([*medians, max(targets, default=0) * 1.05, *_most_of(sorted([*medians, *others])), 1.0]) * 1.08
    unit, per, _ = next(one for one in _UNITS if most <= one[2])
    step = next(step for step in _STEPS if most / per / step <= 6)  # noqa: PLR2004 lines
    return Scale(ceil(most / per / step) * step, step, unit, per)


def _most_of(ends: list[float]) -> list[float]:
    return [ends[ceil(0.95 * len(ends)) - 1]] if ends else []


_LEFT, _RIGHT, _PHONE = 44, 84, 42
_HIGH, _SHORT, _SEVERAL = 206, 170, 128
"""How many px high the percentiles are: wide, on half of a page or a phone, and of several accounts."""
_GAP, _COLUMNS, _NAME, _KEY, _FOOT = 34, 48, 26, 24, 26
_SHARES = 72
"""How many px high the shares in time are."""
_MANY, _CROWDED = 30, 60
"""Of more periods the marks are smaller, of very many there are none but the lines."""


class _Look(NamedTuple):
    """How a percentile is drawn: its colours, and its shape."""

    mark: str
    label: str
    symbol: str


_MEDIAN, _P90 = (
    _Look(theme.colour(one), theme.label_colour(one), shape) for one, shape in ((0, "circle"), (2, "diamond"))
)


def draw(panels: Sequence[Panel], axis: Axis, targets: Sequence[float], width: float, *, has_p90: bool) -> Figure:
    """Draw all panels below each other."""
    is_narrow = is_phone(width)
    scaled = scale(panels, targets)
    left, right = (_PHONE, 10) if is_narrow else (_LEFT, _RIGHT)
    high = _SEVERAL if len(panels) > 1 else _HIGH if width >= 700 else _SHORT  # noqa: PLR2004 px
    sheet = _Sheet(width - left - right, left, scaled, axis, [], [], [])
    y = 8.0
    if is_narrow:
        y = _key(sheet, targets, y, has_p90=has_p90)
    most = max((mark.n for panel in panels for mark in panel.marks), default=1)
    for number, panel in enumerate(panels):
        y += 10 * (number > 0)
        if panel.label:
            y = _named(sheet, panel, y)
        top, base = y, y + high
        _percentiles(sheet, panel, targets, (top, base), has_p90=has_p90, has_names=not is_narrow)
        if targets and any(mark.shares for mark in panel.marks):
            base += _GAP + _SHARES
            _shares(sheet, panel, targets, (base - _SHARES, base))
        y = base + _GAP + _COLUMNS
        _counts(sheet, panel, most, (base + _GAP, y))
        sheet.shapes.extend(line(one - 0.5, top, one - 0.5, y, LIGHT["midnight"]) for one in axis.rules)
    for place, text in axis.names:
        lines = "<br>".join(map(theme.plain, text.split("\n")))
        at = note("", place, y + 4, LIGHT["quiet"], anchor="center", yanchor="top") | {"text": lines, "align": "center"}
        sheet.notes.append(at)
    foot = _FOOT + 16 * any("\n" in text for _, text in axis.names)
    x = {"range": [-0.6, axis.size - 0.4], "showticklabels": False}
    height = y + foot
    framed: dict[str, Any] = {"left": left, "right": right, "shapes": sheet.shapes, "notes": sheet.notes}
    y_axis = {"range": [height, 0], "showticklabels": False}
    return figure(width, height, sheet.data, **framed, xaxis=x, yaxis=y_axis)


class _Sheet(NamedTuple):
    """What the panels are drawn on: the y axis counts px from the top."""

    plot: float
    left: float
    scale: Scale
    axis: Axis
    data: list[Trace]
    shapes: list[Shape]
    notes: list[Shape]

    def height(self, minutes: float, span: tuple[float, float]) -> float:
        """Place minutes between the top and the base of a panel, cut at both."""
        top, base = span
        share = min(max(minutes / self.scale.per / self.scale.top, 0), 1)
        return base - share * (base - top)


def _named(sheet: _Sheet, panel: Panel, y: float) -> float:
    sheet.shapes.extend(glyph(panel.number, panel.shape, 6, y + 10))
    ink, place = theme.label_colour(panel.number), {"xref": "paper", "xshift": 18, "size": NAME}
    sheet.notes.append(note(shortened(panel.label, 40), 0, y + 10, ink, **place))  # type: ignore[arg-type]
    return y + _NAME


def _key(sheet: _Sheet, targets: Sequence[float], y: float, *, has_p90: bool) -> float:
    """Name the marks above the plot, where there is no room beside it."""
    x, middle = -sheet.left, y + 8
    for look, text in ((_MEDIAN, "median"), *([(_P90, "90%")] if has_p90 else [])):
        corner = {"xref": "paper", "xshift": x + 14, "yref": "y"}
        sheet.shapes.extend(glyph(0 if look is _MEDIAN else 2, 0 if look is _MEDIAN else 2, x + 6, middle))
        sheet.notes.append(note(text, 0, middle, look.label, **corner))  # type: ignore[arg-type]
        x += 24 + drawing.text_width(text)
    if targets:
        written = ", ".join(_written(one, sheet.scale) for one in targets)
        sheet.notes.append(note(f"dashed: target {written}", 0, middle, xref="paper", xshift=x + 4))
    return y + _KEY


def _written(minutes: float, scaled: Scale) -> str:
    return f"{minutes / scaled.per:g}{'' if scaled.unit == 'min' else f' {scaled.unit}'}"


def _percentiles(  # noqa: PLR0913 what is drawn of a panel
    sheet: _Sheet, panel: Panel, targets: Sequence[float], span: tuple[float, float], *, has_p90: bool, has_names: bool
) -> None:
    """Draw the scale, then the 90 % and the median over it, each named where its line ends."""
    scaled = sheet.scale
    number = 0.0
    while number <= scaled.top:
        y = sheet.height(number * scaled.per, span)
        sheet.shapes.append(line(0, y, 1, y, LIGHT["grid"] if number else LIGHT["axis"], xref="paper"))
        is_first = number == scaled.step
        text = f"{number:g} {scaled.unit}" if is_first else f"{number:g}"
        sheet.notes.append(note(text, 0, y, LIGHT["quiet"], anchor="right", xref="paper", xshift=-6))
        number += scaled.step
    ends: list[tuple[float, str, str]] = []
    for look, text in ((_P90, "90%"), (_MEDIAN, "median")):
        if look is _P90 and not has_p90:
            continue
        last = _series(sheet, panel, look, text, span)
        ends += [(last, text, look.label)] if last is not None else []
    for target in targets:
        y = sheet.height(target, span)
        dashed = line(0, y, 1, y, LIGHT["text"], width=1.5, dash="dash", xref="paper", layer="above")
        sheet.shapes.append(dashed)
        ends.append((y, f"target {_written(target, scaled)}", LIGHT["text"]))
    if has_names:
        for y, (_, text, ink) in zip(apart([y for y, _, _ in ends], 17, *span), ends, strict=True):
            sheet.notes.append(note(text, 1, y, ink, xref="paper", xshift=10))


def _series(sheet: _Sheet, panel: Panel, look: _Look, text: str, span: tuple[float, float]) -> float | None:
    """Draw the band, the line and the marks of one percentile; give the height of its end."""
    told = [(mark, *_of(mark, look)) for mark in panel.marks]
    runs = [
        [(mark, ends, band) for _, (mark, ends, band) in run if ends]
        for _, run in groupby(enumerate(told), lambda one: one[1][0].place - one[0] if one[1][1] else None)
    ]
    last = None
    for run in filter(None, runs):
        places = [mark.place for mark, _, _ in run]
        low, high = ([sheet.height(band[end], span) for _, _, band in run] for end in (0, 1))
        area = {"type": "scatter", "mode": "lines", "x": [*places, *places[::-1]], "y": [*high, *low[::-1]]}
        fill = {"fill": "toself", "fillcolor": look.mark, "opacity": 0.15, "line": {"width": 0, "color": look.mark}}
        sheet.data.append(area | fill | {"hoverinfo": "skip"})
        last = sheet.height(run[-1][1][1], span)
    for end in (0, 1):
        if end and all(ends[0] == ends[1] for run in runs for _, ends, _ in run):
            continue
        sheet.data.extend(_line(sheet, [run for run in runs if run], look, end, span))
    sheet.data.extend(_marks(sheet, [one for run in runs for one in run], look, text, span))
    return last


def _of(mark: Mark, look: _Look) -> tuple[Ends | None, Ends]:
    return (mark.median, mark.median_band) if look is _MEDIAN else (mark.p90, mark.p90_band)


_Run = list[tuple[Mark, Ends, Ends]]


def _line(sheet: _Sheet, runs: list[_Run], look: _Look, end: int, span: tuple[float, float]) -> list[Trace]:
    """Join the marks that follow one another; a gap where one is above the scale."""
    x: list[float | None] = []
    y: list[float | None] = []
    for run in runs:
        for mark, ends, _ in run:
            is_shown = ends[end] / sheet.scale.per <= sheet.scale.top
            x.append(mark.place)
            y.append(sheet.height(ends[end], span) if is_shown else None)
        x, y = [*x, None], [*y, None]
    style = {"width": 2, "color": look.mark}
    return [{"type": "scatter", "mode": "lines", "x": x, "y": y, "line": style, "hoverinfo": "skip"}] if x else []


def _marks(sheet: _Sheet, told: _Run, look: _Look, text: str, span: tuple[float, float]) -> list[Trace]:
    """Mark each percentile, from its least to its most where bounds leave it open; a head where it is above all."""
    if not told:
        return []
    size = 4 if sheet.axis.size > _CROWDED else 6 if sheet.axis.size > _MANY else 8
    found: list[Trace] = []
    for end in (0, 1):
        some = [one for one in told if not end or one[1][0] != one[1][1]]
        if not some:
            continue
        is_above = [ends[end] / sheet.scale.per > sheet.scale.top for _, ends, _ in some]
        shapes = ["triangle-up" if above else look.symbol for above in is_above]
        found.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [mark.place for mark, _, _ in some],
                "y": [sheet.height(ends[end], span) for _, ends, _ in some],
                "marker": {"symbol": shapes, "size": size, "color": look.mark},
                "cliponaxis": False,
                "customdata": [[mark.row] for mark, _, _ in some],
                "hovertext": [
                    theme.plain(f"{mark.name}, n = {mark.n:,}: {text} {said(ends)}") for mark, ends, _ in some
                ],
                "hoverinfo": "text",
            }
        )
    return found


_OF_TARGETS = (1, 3, 4, 5, 6)
"""The colours of the shares within the first target, the second, and so on: none of them a percentile's."""


def _shares(sheet: _Sheet, panel: Panel, targets: Sequence[float], span: tuple[float, float]) -> None:
    """Draw the share within each target with its band, from none to all; each is named above in its colour."""
    top, base = span
    for share, text in ((0, "0"), (0.5, "50"), (1, "100%")):
        y = base - share * (base - top)
        sheet.shapes.append(line(0, y, 1, y, LIGHT["grid"] if share else LIGHT["axis"], xref="paper"))
        sheet.notes.append(note(text, 0, y, LIGHT["quiet"], anchor="right", xref="paper", xshift=-6))
    x = 0.0
    for words, ink in (
        ("share within", LIGHT["quiet"]),
        *(
            (brief_duration(one, one), theme.label_colour(_OF_TARGETS[place % len(_OF_TARGETS)]))
            for place, one in enumerate(targets)
        ),
    ):
        sheet.notes.append(note(words, 0, top - 9, ink, xref="paper", xshift=x, is_on_page=True))
        x += drawing.text_width(words) + 8
    for place, target in enumerate(targets):
        within, number = f"within {brief_duration(target, target)}", _OF_TARGETS[place % len(_OF_TARGETS)]
        sheet.data.extend(_share(panel, place, within, theme.colour(number), theme.symbol(number), span))


def _share(  # noqa: PLR0913, PLR0917 what a share is drawn of
    panel: Panel, target: int, within: str, ink: str, symbol: str, span: tuple[float, float]
) -> list[Trace]:
    """Draw the share within one target: its band, its line where periods follow one another, and its marks."""
    top, base = span
    told = [mark for mark in panel.marks if mark.shares]
    found: list[Trace] = []

    def height(share: float) -> float:
        return base - share * (base - top)

    for _, run in groupby(enumerate(told), lambda one: one[1].place - one[0]):
        marks = [mark for _, mark in run]
        places, of = [mark.place for mark in marks], [mark.shares[target] for mark in marks]
        around = [height(one.most) for one in of] + [height(one.least) for one in reversed(of)]
        area = {"type": "scatter", "mode": "lines", "x": [*places, *reversed(places)], "y": around}
        fill = {"fill": "toself", "fillcolor": ink, "opacity": 0.15, "line": {"width": 0, "color": ink}}
        middle = [height((one.low + one.high) / 2) for one in of]
        joined = {"type": "scatter", "mode": "lines", "x": places, "y": middle, "line": {"width": 2, "color": ink}}
        found += [area | fill | {"hoverinfo": "skip"}, joined | {"hoverinfo": "skip"}]
    if told:
        of = [mark.shares[target] for mark in told]
        marks_ = {
            "type": "scatter",
            "mode": "markers",
            "x": [mark.place for mark in told],
            "y": [height((one.low + one.high) / 2) for one in of],
            "marker": {"symbol": symbol, "size": 6 if len(told) <= _CROWDED else 4, "color": ink},
            "customdata": [[mark.row] for mark in told],
            "hovertext": [
                theme.plain(f"{mark.name}, n = {mark.n:,}: {percent(one.low, one.high)} {within}, {_interval(one)}")
                for mark, one in zip(told, of, strict=True)
            ],
            "hoverinfo": "text",
        }
        found.append(marks_)
    return found


def _interval(share: Share) -> str:
    return f"95% interval {share.least:.0%}–{share.most:.0%}"


def said(ends: Ends) -> str:
    """Say a percentile: 7.4 min, 5–6 h, 20 min or more, not reached."""
    low, high = (end if isfinite(end) else None for end in ends)
    return "not reached" if low is None and high is None else brief_duration(low, high)


def _counts(sheet: _Sheet, panel: Panel, most: int, span: tuple[float, float]) -> None:
    """Draw how many delays each period holds, hatched where they are too few for a percentile."""
    top, base = span
    sheet.shapes.append(line(0, base, 1, base, LIGHT["axis"], xref="paper"))
    own = max((mark.n for mark in panel.marks), default=0)
    words = note(f"n, {own:,} at most", 0, top - 9, LIGHT["quiet"], xref="paper", is_on_page=True)
    sheet.notes.append(words)
    wide = 0.78 if sheet.axis.size <= _CROWDED else 0.9
    for is_few in (False, True):
        marks = [mark for mark in panel.marks if (mark.median is None) is is_few]
        if marks:
            heights = [(base - top) * mark.n / most for mark in marks]
            few = ", too few" * is_few
            fill = possible(LIGHT["axis"]) if is_few else {"color": LIGHT["axis"], "line": {"width": 0}}
            sheet.data.append(
                {
                    "type": "bar",
                    "x": [mark.place for mark in marks],
                    "base": [base] * len(marks),
                    "y": [-height for height in heights],
                    "width": [wide] * len(marks),
                    "marker": fill,
                    "customdata": [[mark.row] for mark in marks],
                    "hovertext": [theme.plain(f"{mark.name}, n = {mark.n:,}{few}") for mark in marks],
                    "hoverinfo": "text",
                }
            )
