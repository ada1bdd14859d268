"""How many clashes were under way in each hour, by each account?

A clash is certain in an hour if it was under way in it wherever the truth lies between the bounds that the account
gives, and possible if it may have been. Expected is the chance that it was under way at half past, were every moment
between the bounds equally likely: an assumption, not a finding. Where an account gives no end, the clash stays
possible until the account spoke. Where the time in view is too long for hours, days, months, years or centuries are
counted alike, which the answer says. Going by side a clash is still one, certain where one voice of the side makes it
so.
"""

from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from contested import theme
from contested.analysis.coverage import incomplete_hours
from contested.analysis.coverage.silence import denials, is_denied, otherwise, silences
from contested.analysis.coverage.topic import milestones
from contested.analysis.thinning import MOST
from contested.analysis.timing.hours import Columns, Extent, hourly
from contested.analysis.timing.time_steps import Step
from contested.chart import Chart, Computed, Finding
from contested.drawing import Shape, box, certain, glyph, hearsay, is_phone, line, note, possible, shortened, text_width
from contested.drawing.lanes import Cast, Sheet, cast, stamp
from contested.model.times import day, day_and_hour, duration, last_day, span
from contested.model.times import days as spoken_days
from contested.model.wording import capital, counted, counted_in_words, in_words, named, out_of, verb
from contested.query import clash_extents
from contested.query.legend import Lane, Legend, Voice
from contested.query.rows import Row, each, numbered
from contested.query.selection import By
from contested.text.names import in_sentence, is_plural, short_names

_PLURAL = {step: f"{step}s" for step in Step} | {Step.CENTURY: "centuries"}
_CELL, _PANEL, _HEAD, _FOOT = 28, 96, 30, 12
"""How many px high a strip is, a panel of columns, the line of its name above it, and what is free below."""


def compute(rows: Columns, legend: Legend) -> Computed:
    """Count the clashes of each hour, and say whether it is incomplete."""
    counts, claim_ids = hourly(rows, legend)
    marked = incomplete_hours.marked(counts, legend)
    return Computed(marked, lambda some: some.assign(claim_ids=pd.Series(claim_ids(some), some.index, object)))


class _Step(NamedTuple):
    """What the voices of a lane tell of one step of time, on the viewer's clock."""

    since: datetime
    until: datetime
    certain: int
    """How many clashes are certain in it, by whichever one voice makes most so, of its own knowledge."""
    possible: int
    is_hearsay: bool
    """Whether all that is possible in it rests on hearsay."""
    is_incomplete: bool
    """Whether, by how late it was told so far, more may be told of it."""
    numbers: list[int]

    @property
    def state(self) -> str:
        """Say how it is drawn."""
        if not self.possible:
            return ""
        return "hearsay" if self.is_hearsay else "certain" if self.certain else "possible"


class _Told(NamedTuple):
    """What a lane tells: its steps from the first to the last, and whether any end is told."""

    steps: list[_Step]
    has_end: bool
    unit: Step

    def in_steps(self, number: int) -> str:
        """Count its steps: 11 h, 5 days."""
        return f"{number:,} h" if self.unit is Step.HOUR else counted(number, self.unit, _PLURAL[self.unit])

    def number(self, state: str) -> int:
        """Count the steps that are drawn so."""
        return sum(step.state == state for step in self.steps)


Axis = tuple[datetime, datetime]
Lanes = dict[str, _Told]
"""What is told by the key of its lane."""


def draw(answer: pd.DataFrame, legend: Legend, width: float, *, is_brief: bool = False) -> theme.Figure:
    """Draw a strip of hours a lane; where more than one clash is under way at once, columns from zero on one scale.

    In brief all who date no clash share a row.
    """
    dated = answer[answer["hour"].notna()]
    sizes = {str(key): int(number) for key, number in dated["account"].value_counts().items()}
    who = cast(legend, sizes, width, legend.gaps, is_brief=is_brief)
    shown = [lane for lane in who.shown if lane in who.heard]
    lanes = {lane.key: _told(dated, [voice.key for voice in lane.voices]) for lane in shown}
    rest = [voice.key for lane in who.others for voice in lane.voices]
    others = _told(dated, rest) if rest else None
    is_strip = dated.empty or int(dated["possible"].max()) <= 1
    draw_them = _strips if is_strip else _columns
    return draw_them(who, lanes, others, legend, width, is_brief=is_brief)


def _told(dated: pd.DataFrame, keys: list[str]) -> _Told:
    """Read the steps of some voices: certain where one alone makes it so; never summed over voices."""
    rows = dated[dated["account"].isin(keys)]
    local = rows.assign(**{name: rows[name].dt.tz_localize(None) for name in ("hour", "until")})
    found: dict[datetime, _Step] = {}
    for number, row in numbered(local):
        until = row.until if row.until > row.hour else row.hour + timedelta(hours=1)  # clocks went back within it
        one = found.get(row.hour) or _Step(row.hour, until, 0, 0, is_hearsay=True, is_incomplete=False, numbers=[])
        found[row.hour] = one._replace(
            certain=max(one.certain, int(row.own_certain)),
            possible=max(one.possible, int(row.possible)),
            is_hearsay=one.is_hearsay and not row.own_possible,
            is_incomplete=one.is_incomplete or row.incomplete is True,
            numbers=[*one.numbers, number],
        )
    return _Told([found[hour] for hour in sorted(found)], bool(rows["end_known"].all()), _step(rows))


def _silent_together(sheet: Sheet, who: Cast, *, is_brief: bool) -> None:
    if who.is_folded():
        sheet.silent_together(who, "dates no clash", "date no clash", is_brief=is_brief)


def _silence(lane: Lane, legend: Legend) -> str:
    """Say what a lane without a dated clash does instead, if it speaks of one."""
    gap = next((legend.gaps[voice.key] for voice in lane.voices if voice.key in legend.gaps), "")
    return f"{gap[0].lower()}{gap[1:]}" if gap else "dates no clash"


# strips


def _strips(  # noqa: PLR0913 who says what, and how much of it is drawn where
    who: Cast, lanes: Lanes, others: _Told | None, legend: Legend, width: float, *, is_brief: bool
) -> theme.Figure:
    sheet = Sheet.of(width, 190 if width >= 800 else 168, on_phone=12)  # noqa: PLR2004 px of a desk
    every = [*lanes.values(), *([others] if others else [])]
    axis = _axis(every)
    each = -(-sum(bool(step.possible) for told in every for step in told.steps) // MOST)
    for lane in who.shown:
        if lane.key not in lanes or not axis:
            sheet.silent(lane, _silence(lane, legend))
            continue
        look, text = _look(lane), _how_many(lanes[lane.key])
        middle = sheet.y + (12 if sheet.is_phone else 4 + _CELL / 2)
        high = sheet.name(lane.label, lane.number, lane.shape, middle, text if sheet.is_phone else "", lane.indent)
        foot = middle + high - 9
        y = _strip(sheet, lanes[lane.key], axis, look, each)
        if not sheet.is_phone:
            sheet.notes.append(note(text, 1, y, look.label, xref="paper", xshift=20))
            sheet.y = max(sheet.y, foot)
    if others and axis:
        look = _look_of_others(f"{len(who.others):,} more accounts")
        sheet.name(look.name, None, 0, sheet.y + (12 if sheet.is_phone else 4 + _CELL / 2))
        _strip(sheet, others, axis, look, each)
    _silent_together(sheet, who, is_brief=is_brief)
    return sheet.drawn(*axis) if axis else sheet.undated()


class Look(NamedTuple):
    """The colours of a lane, and the name that its marks say."""

    mark: str
    label: str
    name: str


def _look(lane: Lane) -> Look:
    return Look(theme.colour(lane.number), theme.label_colour(lane.number), lane.label)


def _look_of_others(name: str) -> Look:
    return Look(theme.LIGHT["axis"], theme.LIGHT["quiet"], name)


def _axis(every: list[_Told]) -> Axis | None:
    """Show from an hour before the first possible one to two after the last that is told: an open end has no hour."""
    steps = [step for told in every for step in told.steps if step.possible]
    if not steps:
        return None
    first = min(step.since for step in steps)
    step = min(one.until - one.since for one in steps)
    ended = [one.until for told in every if told.has_end for one in told.steps if one.possible]
    ended += [one.until for one in steps if one.state == "certain"]
    last = max(ended) if ended else min(max(one.until for one in steps), first + 24 * step)
    return first - step, last + 2 * step


def _how_many(told: _Told) -> str:
    """Say how many hours are certain and how many more are possible, or that no end is told."""
    certain, possible, hearsay = (told.number(state) for state in ("certain", "possible", "hearsay"))
    if not certain + possible:
        return f"hearsay{'' if told.has_end else ', no end told'}" if hearsay else ""
    if not told.has_end and certain == 1 and told.steps[0].state == "certain":
        return f"from {_begin(told)}, no end told"
    if told.has_end:
        more = f", +{possible:,} possible" if possible else ""
        return f"{told.in_steps(certain)} certain{more}" if certain else f"{told.in_steps(possible)} possible"
    return f"{told.in_steps(certain)} certain, no end told" if certain else "possible, no end told"


def _begin(told: _Told) -> str:
    """Say where the steps begin: 19:00, 7 Feb."""
    first = told.steps[0].since
    return f"{first:%H:%M}" if told.unit is Step.HOUR else day(first)


def _strip(sheet: Sheet, told: _Told, axis: Axis, look: Look, each: int) -> float:
    """Draw the runs of one lane in cells of its hours, lead on from what has no end told; give the middle, in px.

    One mark carries what stands behind `each` cells in a row.
    """
    since, until = axis
    y = sheet.y + (22 if sheet.is_phone else 4) + _CELL / 2
    shown = [step for step in told.steps if step.possible and since <= step.since < until]
    styles = {
        "certain": certain(look.mark),
        "possible": possible(look.mark),
        "hearsay": hearsay(look.mark) | {"color": theme.LIGHT["page"]},
    }
    runs = _runs(shown)
    for state, style in styles.items():
        bars = [run for run in runs if run[0].state == state]
        sheet.data += [_bars(bars, until, y, style) | {"hoverinfo": "skip"}] if bars else []
    sheet.shapes += _incomplete(shown, until, y - _CELL / 2 - 3, y + _CELL / 2 + 3)
    if len(shown) * _CUT < sheet.plot:
        sheet.shapes += [_cut_between(step, y) for run in runs for step in run[1:]]
    cells = [shown[first : first + each] for first in range(0, len(shown), each)]
    if cells:
        clear = {"color": theme.CLEAR, "line": {"width": 0}}
        sheet.data.append(_bars(cells, until, y, clear) | _marks(cells, look.name))
    if not told.has_end and shown:
        sheet.shapes.append(
            _head(min(told.steps[-1].until, until), y, look.mark, is_edge=told.steps[-1].until >= until)
        )
    sheet.y = y + _CELL / 2 + (6 if sheet.is_phone else 4)
    return y


_CUT = 6
"""Cells are cut where they are wider than so many px."""


def _cut_between(step: _Step, y: float) -> Shape:
    """Cut a run where an hour begins."""
    ink, inset = (theme.LIGHT["grid"], 1) if step.state == "hearsay" else (theme.LIGHT["page"], 0)
    x, thick = stamp(step.since), 1.5 - inset / 2
    return line(x, y - _CELL / 2 + inset, x, y + _CELL / 2 - inset, ink, width=thick, layer="above")


def _incomplete(steps: list[_Step], until: datetime, top: float, foot: float) -> list[Shape]:
    """Outline the hours of which more may be told yet."""
    open_ = [step for step in steps if step.is_incomplete]
    if not open_:
        return []
    placed: Shape = {"type": "rect", "xref": "x", "yref": "y", "x0": stamp(open_[0].since), "y0": top, "y1": foot}
    edge = {"width": 1, "dash": "dot", "color": theme.LIGHT["quiet"]}
    return [placed | {"x1": stamp(min(open_[-1].until, until)), "line": edge, "layer": "below"}]


def _head(moment: datetime, y: float, ink: str, *, is_edge: bool) -> Shape:
    """Point on from where no end is told; at the edge of the plot just outside it."""
    at = {"xref": "paper", "xanchor": 1} if is_edge else {"xref": "x", "xanchor": stamp(moment)}
    placed = {"type": "path", "yref": "y", "yanchor": y, "xsizemode": "pixel", "ysizemode": "pixel"}
    return at | placed | {"path": "M2,-7 L10,0 L2,7 Z", "fillcolor": ink, "line": {"width": 0}}


def _marks(cells: list[list[_Step]], name: str) -> theme.Trace:
    """Give the rows behind each cell, and what it says when it is pointed at."""
    return {
        "customdata": [theme.carried([number for step in cell for number in step.numbers]) for cell in cells],
        "hovertext": [_hover(name, cell) for cell in cells],
        "hoverinfo": "text",
    }


def _runs(steps: list[_Step]) -> list[list[_Step]]:
    """Put together what follows one another and is drawn alike."""
    runs: list[list[_Step]] = []
    for step in steps:
        if runs and runs[-1][-1].until == step.since and runs[-1][-1].state == step.state:
            runs[-1].append(step)
        else:
            runs.append([step])
    return runs


def _bars(cells: list[list[_Step]], until: datetime, y: float, marker: dict[str, Any]) -> theme.Trace:
    """Draw bars from the first to the last of some steps each, as far as the plot reaches."""
    lengths = [(min(cell[-1].until, until) - cell[0].since) / timedelta(milliseconds=1) for cell in cells]
    placed: theme.Trace = {"type": "bar", "orientation": "h", "base": [stamp(cell[0].since) for cell in cells]}
    return placed | {"x": lengths, "y": [y] * len(cells), "width": [_CELL] * len(cells), "marker": marker}


def _hover(name: str, cell: list[_Step]) -> str:
    """Say in plain words how many clashes are certain and possible in a cell, which of many steps are the most."""
    certain, possible = max(step.certain for step in cell), max(step.possible for step in cell)
    when = span(cell[0].since, cell[-1].until)
    if all(step.is_hearsay for step in cell):
        said = "a clash by hearsay" if possible == 1 else f"{possible:,} clashes by hearsay"
    elif possible == 1:
        said = "a clash is certain" if certain else "a clash is possible"
    else:
        said = f"{certain:,} clashes are certain, {possible:,} possible"
    more = ", more may be told" if any(step.is_incomplete for step in cell) else ""
    return theme.plain(f"{name}, {when}: {said if possible else 'no clash told'}{more}")


# columns


def _columns(  # noqa: PLR0913 who says what, and how much of it is drawn where
    who: Cast, lanes: Lanes, others: _Told | None, legend: Legend, width: float, *, is_brief: bool
) -> theme.Figure:
    """Draw one panel a lane: a stepped area from a labelled zero, certain below and possible above, on one scale."""
    sheet = Sheet(width, 34 if is_phone(width) else 44, 8)
    every = [*lanes.values(), *([others] if others else [])]
    steps = [step for told in every for step in told.steps]
    axis = min(step.since for step in steps), max(step.until for step in steps)
    length = min(step.until - step.since for step in steps)
    most = min(MOST / len(every), sheet.plot / _NARROWEST)
    each = -(-int((axis[1] - axis[0]) / length) // int(most))
    scale = _Scale(*_top(max(step.possible for step in steps)), each, axis)
    for lane in who.shown:
        if lane.key in lanes:
            sheet.shapes += glyph(lane.number, lane.shape, 6, sheet.y + 14)
            _panel(sheet, lanes[lane.key], scale, _look(lane))
        else:
            sheet.silent(lane, _silence(lane, legend))
    if others:
        _panel(sheet, others, scale, _look_of_others(f"{len(who.others):,} more accounts, the most by any one"))
    _silent_together(sheet, who, is_brief=is_brief)
    return sheet.drawn(*axis)


class _Scale(NamedTuple):
    """How far all panels reach, the step of their lines, how many steps of time share a column, and the whole time."""

    top: int
    line: int
    each: int
    axis: Axis


_NARROWEST = 3
"""A column is at least so many px wide."""


def _top(most: int) -> tuple[int, int]:
    """Choose how far a scale reaches and the step of its lines, of which there are at most four."""
    step = next(step * 10**power for power in range(10) for step in (1, 2, 5) if most / (step * 10**power) <= 3.4)  # noqa: PLR2004
    return -(-most // step) * step, step


def _panel(sheet: Sheet, told: _Told, scale: _Scale, look: Look) -> None:
    base = sheet.y + _HEAD + _PANEL

    def height(number: int) -> float:
        return base - number / scale.top * _PANEL

    for number in range(0, scale.top + 1, scale.line):
        sheet.rule(height(number), theme.LIGHT["grid"] if number else theme.LIGHT["axis"])
        place: dict[str, Any] = {"xref": "paper", "anchor": "right", "xshift": -5}
        sheet.notes.append(note(f"{number:,}", 0, height(number), theme.LIGHT["quiet"], **place))
    for since, until in _without_claim(told, scale.axis, sheet.plot):
        sheet.shapes.append(box(stamp(since), base - _PANEL, stamp(until), base - 1, theme.LIGHT["silent"]))
        middle = stamp(since + (until - since) / 2)
        sheet.notes.append(note("no claim", middle, base - _PANEL / 2, theme.LIGHT["quiet"], anchor="center"))
    # a column stands for the most in any of its steps, never for their sum
    columns = [told.steps[first : first + scale.each] for first in range(0, len(told.steps), scale.each)]
    edges = [columns[0][0].since, *(column[-1].until for column in columns)]
    sure = [height(max(step.certain for step in column)) for column in columns]
    may = [height(max(step.possible for step in column)) for column in columns]
    hatch = {"fillcolor": theme.CLEAR, "fillpattern": possible(look.mark)["pattern"]}
    sheet.data.append(_area(edges, [base] * len(columns), sure, {"fillcolor": look.mark}, look.mark))
    sheet.data.append(_area(edges, sure, may, hatch, look.mark))
    sheet.shapes += _incomplete(told.steps, told.steps[-1].until, base - _PANEL, base)
    shown = [column for column in columns if any(step.possible for step in column)]
    sheet.data.append(_targets(shown, base) | _marks(shown, look.name))
    peak = _peak(max(told.steps, key=lambda step: step.possible))
    room = int((sheet.plot - 40 - text_width(peak)) / 8)
    place = {"xref": "paper", "is_on_page": True}
    name = note(shortened(look.name, max(8, room)), 0, sheet.y + 14, look.label, size=theme.NAME, xshift=18, **place)
    sheet.notes += [name, note(peak, 1, sheet.y + 14, look.label, anchor="right", **place)]
    sheet.y = base + _FOOT


def _without_claim(told: _Told, axis: Axis, plot: float) -> list[Axis]:
    """Find the stretches in which a lane dates no clash, as far as they are wide enough to say so."""
    edges = [(step.since, step.until) for step in told.steps if step.possible]
    free = pairwise([axis[0], *(edge for pair in edges for edge in pair), axis[1]])
    least = (axis[1] - axis[0]) * (_SAID_FROM / plot)
    return [(since, until) for since, until in free if until - since >= least and (since, until) not in edges]


_SAID_FROM = 62
"""A stretch without a claim says so where it is so many px wide."""


def _targets(columns: list[list[_Step]], base: float) -> theme.Trace:
    """Let a pointer or a finger find a column wherever it is above or below the area."""
    lengths = [column[-1].until - column[0].since for column in columns]
    middles = [stamp(column[0].since + length / 2) for column, length in zip(columns, lengths, strict=True)]
    placed: theme.Trace = {"type": "bar", "x": middles, "y": [-_PANEL] * len(columns), "base": [base] * len(columns)}
    widths = [length / timedelta(milliseconds=1) for length in lengths]
    return placed | {"width": widths, "marker": {"color": theme.CLEAR, "line": {"width": 0}}}


def _area(edges: list[datetime], low: list[float], high: list[float], fill: dict[str, Any], ink: str) -> theme.Trace:
    """Fill between two stepped lines."""
    there = [(edge, y) for pair, y in zip(pairwise(edges), high, strict=True) for edge in pair]
    back = [(edge, y) for pair, y in zip(pairwise(edges), low, strict=True) for edge in pair][::-1]
    x, y = zip(*there, *back, there[0], strict=True)
    line_ = {"width": 1, "color": ink}
    path = {"type": "scatter", "mode": "lines", "x": [stamp(one) for one in x], "y": list(y), "line": line_}
    return path | {"fill": "toself", "hoverinfo": "skip"} | fill


def _peak(step: _Step) -> str:
    """Say how many clashes are under way when they are most, and when that is."""
    number = f"{step.possible:,}" if step.certain == step.possible else f"{step.certain:,} to {step.possible:,}"
    if step.until - step.since > timedelta(hours=2):
        return f"{number}, {span(step.since, step.until)}"
    return f"{number}, {step.since:%H:%M}–{step.until:%H:%M} on {day(step.since)}"


# words


def title(answer: pd.DataFrame, legend: Legend) -> str:
    """Say for how long clashes are certain and who says so; where there are many, when they are most."""
    dated = answer[answer["hour"].notna()]
    if dated.empty:
        return f"{legend.nobody} dates a clash"
    if int(dated["possible"].max()) > 1:
        return _most_clashes(dated, legend)
    if not (hours := _certain_steps(dated)):
        return f"{legend.nobody} says in which {_PLURAL[_step(dated)]} clashes went on"
    return _how_long(hours, dated, legend)


def _how_long(hours: dict[str, int], dated: pd.DataFrame, legend: Legend) -> str:
    """Say for how long clashes went on by one account, by two, or from how few to how many certain hours by more."""
    lasted = _lengths(dated, legend)
    first, *fewer = sorted(hours, key=lambda key: (lasted.get(key, (0, 0)), hours[key]), reverse=True)
    step = _step(dated)
    said = f"Clashes {_for_how_long(first, hours, dated, legend)}"
    if legend.is_alone:
        return said
    if not fewer:
        return f"{said}, {_according_to(first, dated, legend)}"
    if len({(hours[key], lasted.get(key)) for key in hours}) == 1:
        return f"{said}, according to {_how_many_say(len(hours), legend)}"
    both = f"{said} {_according_to(first, dated, legend)}{_beside_it(fewer[0], first, hours, dated, legend)}"
    if len(fewer) == 1 and len(both.split()) <= _MOST_WORDS:
        return both
    least, most = min(hours.values()), max(hours.values())
    spread = f"{least} to {most} {_PLURAL[step]}" if least < most else counted(most, step, _PLURAL[step])
    return f"Clashes were certain in {spread}, by {legend.noun}"


_MOST_WORDS = 14


def _for_how_long(key: str, hours: dict[str, int], dated: pd.DataFrame, legend: Legend) -> str:
    """Say it of one account: lasted 11 to 12 hours; of several or one without an end, went on in at least 11 hours."""
    if length := _lengths(dated, legend).get(key):
        return f"lasted {_hours(length)}"
    step, has_end = _step(dated), dated.loc[dated["account"] == key, "end_known"].all()
    return f"went on in {'' if has_end else 'at least '}{counted(hours[key], step, _PLURAL[step])}"


def _beside_it(key: str, first: str, hours: dict[str, int], dated: pd.DataFrame, legend: Legend) -> str:
    """Say of a second account that it gives no end, or for how long clashes went on by it."""
    if legend.selection.by is By.SIDE or dated.loc[dated["account"] == key, "end_known"].all():
        verb_, how = _for_how_long(first, hours, dated, legend).split()[0], _for_how_long(key, hours, dated, legend)
        return f", {how.removeprefix(f'{verb_} ').removeprefix('on ')} {_according_to(key, dated, legend)}"
    name = in_sentence(short_names({one: legend.label(one) for one in (first, key)})[key])
    return f"; {name} {'give' if is_plural(name) else 'gives'} no end"


def _certain_steps(dated: pd.DataFrame) -> dict[str, int]:
    """Count the certain hours of each account that has any of its own knowledge."""
    sure = dated.loc[dated["own_certain"] > 0, "account"].value_counts(sort=False)
    return {str(key): int(number) for key, number in sure.items()}


def _according_to(key: str, dated: pd.DataFrame, legend: Legend) -> str:
    return legend.according_to(key, dated.loc[dated["account"] == key, "voices"].iloc[0])


def _how_many_say(number: int, legend: Legend) -> str:
    """Say how many accounts: both, all three, four of them."""
    if number < len(legend.voices):
        return f"{in_words(number)} {legend.noun}s"
    return f"both {legend.noun}s" if number == 2 else f"all {in_words(number)} {legend.noun}s"  # noqa: PLR2004 both


def _most_clashes(dated: pd.DataFrame, legend: Legend) -> str:
    """Say when most clashes were under way, if the accounts agree on it; else the most that one of them tells of."""
    peaks = dated.loc[dated.groupby("account", sort=False)["possible"].idxmax().tolist()]
    first, last = peaks["hour"].min(), peaks["until"].max()
    if len(peaks) > 1 and last - first <= pd.Timedelta(days=7):
        return f"{capital(_how_many_say(len(peaks), legend))} put the most clashes {_when_most(first, last)}"
    peak = peaks.sort_values("possible", kind="stable").iloc[-1]
    number = (
        f"{peak['possible']:,.0f}"
        if peak["certain"] == peak["possible"]
        else f"{peak['certain']:,.0f} to {peak['possible']:,.0f}"
    )
    said = f"{number} clashes were under way {_when_most(peak['hour'], peak['until'])}"
    return said if legend.is_alone else f"{said}, {_according_to(peak['account'], dated, legend)}"


def _when_most(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Say when: between 21:00 and 22:00 on 14 June, on 14 June, in 21–27 March."""
    end = last_day(last)
    if first.date() == end and last - first <= pd.Timedelta(hours=2):
        return f"between {first:%H:%M} and {last:%H:%M} on {first.day} {first:%B}"
    return f"{'on' if first.date() == end else 'in'} {_without_year(first, last)}"


def _without_year(first: pd.Timestamp, last: pd.Timestamp) -> str:
    end = last_day(last)
    days = spoken_days(first.date(), end)
    return days.removesuffix(f" {end.year}") if first.year == end.year else days


def subtitle(answer: pd.DataFrame, legend: Legend) -> str:
    """Say what the lanes show, or where several clashes go on at once what is counted."""
    dated = answer[answer["hour"].notna()]
    if dated.empty or int(dated["possible"].max()) <= 1:
        return f"When clashes went on, by {legend.noun}"
    return f"Clashes under way in each {_step(dated)}, on one scale"


def finding(answer: pd.DataFrame, legend: Legend) -> Finding:
    """Say how long clashes went on and who says so; then who else tells of them, and who does not."""
    dated = answer[answer["hour"].notna()]
    lengths = _lengths(dated, legend)
    if not lengths or int(dated["possible"].max()) > 1:
        return Finding("Clashes", f"{title(answer, legend)}.", _others("", dated, legend))
    key = max(lengths, key=lambda one: lengths[one])
    whose = "" if legend.is_alone else f", {_according_to(key, dated, legend)}"
    edges = [moment for moment in _only(dated)[key] if moment is not None]
    when = _in_the_night(edges[0], edges[-1])
    return Finding("Clashes", f"Clashes lasted {_hours(lengths[key])} {when}{whose}.", _others(key, dated, legend))


def _only(dated: pd.DataFrame) -> dict[str, Extent]:
    """Give when the clash of each account was that tells of but one."""
    firsts = dated[~dated["account"].duplicated()]
    return {str(row.account): row.only for row in each(firsts) if isinstance(row.only, Extent)}


def _lengths(dated: pd.DataFrame, legend: Legend) -> dict[str, tuple[float, float]]:
    """Bound in minutes how long the only clash of an account went on; of none where the chosen time may cut it."""
    if legend.selection.since or legend.selection.until:
        return {}
    return {key: minutes for key, only in _only(dated).items() if (minutes := only.minutes()) and minutes[1]}


def _hours(minutes: tuple[float, float]) -> str:
    """Say for how long: 11 to 12 hours."""
    low, high = _in_half_hours(*minutes)
    return duration(low or None, high)


def _in_half_hours(low: float, high: float) -> tuple[float, float]:
    """Widen minutes that are more than two hours to half hours, which a person can say."""
    return (low // 30 * 30, -(-high // 30) * 30) if low > 120 else (low, high)  # noqa: PLR2004 minutes


def _in_the_night(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Say when a clash was: in the night of 7–8 February, on 7 February, from 7 to 9 February."""
    days, nights = _without_year(first, last), (last_day(last) - first.date()).days
    if not nights:
        return f"on {days}"
    is_night = nights == 1 and first.hour >= 12 and last.hour < 12  # noqa: PLR2004 noon
    return f"in the night of {days}" if is_night else f"within {days}"


def _others(key: str, dated: pd.DataFrame, legend: Legend) -> str:
    """Say in a line what others tell of the clashes: a start without an end, other hours, hearsay, or nothing."""
    rows = {str(one): own for one, own in dated.groupby("account", sort=False) if one != key} if key else {}
    own = [voice for voice in legend.voices if voice.key in rows and rows[voice.key]["own_possible"].any()]
    denied = denials(legend)
    undated = [voice for voice in legend.without(dated["account"]) if not is_denied(legend, voice.key)]
    more, hearsay, silent = max(len(own) - 1, 0), len(rows) - len(own), len(undated)
    names = short_names({voice.key: voice.label for voice in legend.voices if voice.key in {key, *rows}})
    said = [_beside(names[voice.key], rows[voice.key]) for voice in own[:1]]
    said += [f"{in_words(more)} more {verb(range(more), 'tells', 'tell')} of hours"] * (more > 0)
    heard = counted_in_words(hearsay, legend.noun)
    said += [f"{heard} {verb(range(hearsay), 'tells', 'tell')} of clashes by hearsay"] * (hearsay > 0)
    every = len(legend.voices)
    who = f"{silent:,} of {every:,}" if said else out_of(silent, every, legend.noun)
    said += [f"{who} {verb(range(silent), 'dates', 'date')} no clash"] * (silent > 0 and len(dated) > 0)
    return " ".join([*([f"{capital('; '.join(said))}."] if said else []), *denied])


def _beside(name: str, rows: pd.DataFrame) -> str:
    """Say what one account tells: Officials give a start, 19:00, but no end."""
    only, certain = rows["only"].iloc[0], int((rows["own_certain"] > 0).sum())
    give, have = ("give", "have") if is_plural(name) else ("gives", "has")
    end = "" if rows["end_known"].all() else " and no end"
    if (
        end
        and isinstance(only, Extent)
        and only.began_earliest is not None
        and only.began_earliest == only.began_latest
    ):
        return f"{name} {give} a start, {only.began_earliest:%H:%M}, but no end"
    hours = counted(certain, f"certain {_step(rows)}", f"certain {_PLURAL[_step(rows)]}")
    return f"{name} {have} {hours}{end}"


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say how many hours are certain and possible, by each account, and who is silent."""
    dated = answer[answer["hour"].notna()]
    rows_of = dict(iter(dated.groupby("account", sort=False)))
    heard = [(voice, rows_of[voice.key]) for voice in legend.voices if voice.key in rows_of]
    said = [_by_one(voice, rows, legend) for voice, rows in heard]
    step = _step(dated)
    said += filter(
        None, [_coarse(step), _cut(legend, step), *incomplete_hours.told(legend), _silence_told(answer, legend)]
    )
    if len(heard) <= 1:
        return said if heard else [f"No {legend.noun} shown dates a clash.", *otherwise(legend, ())]
    hours = sorted(int((rows["certain"] > 0).sum()) for _, rows in heard)
    if not hours[-1]:
        return [f"No {legend.noun} makes any {step} of the clashes certain.", *said]
    spread = f"up to {hours[-1]}" if not hours[0] else f"{hours[0]} to {hours[-1]}"
    whose = f"depending on the {legend.noun}" if hours[0] != hours[-1] else f"by each {legend.noun} that dates one"
    spread = f"{hours[-1]}" if hours[0] == hours[-1] else spread
    return [f"Clashes are certain in {spread} {step if hours[-1] == 1 else _PLURAL[step]}, {whose}.", *said]


def _silence_told(answer: pd.DataFrame, legend: Legend) -> str:
    return silences(legend, answer.loc[answer["hour"].notna(), "account"], "There is no dated claim of a clash")


def _step(dated: pd.DataFrame) -> Step:
    """Say what is counted: hours, or where those in view are too many, a longer step."""
    return Step.HOUR if dated.empty else Step(dated["step"].iloc[0])


def _coarse(step: Step) -> str:
    if step is Step.HOUR:
        return ""
    return f"Counted by {step}, since the time shown is too long for hours; a narrower one is counted by the hour."


def _cut(legend: Legend, step: Step) -> str:
    edges = [edge for edge in (legend.selection.since, legend.selection.until) if edge]
    is_cut = any(edge.minute or edge.second for edge in edges) or (edges and step is not Step.HOUR)
    return f"{'An' if step is Step.HOUR else 'A'} {step} that the chosen time cuts is partial." if is_cut else ""


def _by_one(voice: Voice, rows: pd.DataFrame, legend: Legend) -> str:
    certain, possible = rows[rows["certain"] > 0], rows[rows["possible"] > 0]
    more = len(possible) - len(certain)
    doubt = f" {legend.contradicts_itself}." if rows["contradicts"].any() else ""
    step, who = _step(rows), legend.voiced(voice.key, rows["voices"].iloc[0])
    if certain.empty:
        return f"{who}: no {step} is certain; possible in {more} ({_within(possible)}).{doubt}"
    end = "" if rows["end_known"].all() else ", with no end given"
    alone = _alone(rows, legend) if step is Step.HOUR else ""
    hours = f"{counted(len(certain), step, _PLURAL[step])} ({_within(certain)}){alone}"
    return f"{who}: certain in {hours}, possible in {more} more{end}.{doubt}"


def _alone(rows: pd.DataFrame, legend: Legend) -> str:
    """Name those voices of a side that alone can make an hour certain: the others leave more than one open."""
    told, sure = rows["voices"].iloc[0], rows["sure"].iloc[0]
    return "" if sure == told else f" by {named(map(legend.account, sure))} alone"


def _within(rows: pd.DataFrame) -> str:
    """Say from when to when steps last that follow one another, or within which time others lie."""
    first, last = rows["hour"].iloc[0], rows["until"].iloc[-1]
    follow = (rows["hour"].iloc[1:].array == rows["until"].iloc[:-1].array).all()
    return span(first, last) if follow else f"within {span(first, last)}"


def _when(row: Row) -> str:
    """Say which hour, or longer step, a row counts."""
    if row.step == Step.HOUR:
        return day_and_hour(row.hour)
    return span(row.hour, row.until)


def mark(row: Row, legend: Legend) -> str:
    """Name one hour of one account."""
    when = "no dated clash" if pd.isna(row.hour) else _when(row)
    return f"{legend.label(row.account)} · {when}"


CHART = Chart(
    key="hourly-clashes",
    name="Clashes",
    subtitle=subtitle,
    definition="When clashes went on, by account",
    question=clash_extents.QUESTION,
    columns=("account", "hour", "step", "certain", "possible", "expected", "incomplete"),
    caveat=(
        "One long clash spans many hours; it is one clash. An account that dates no clash is silent, which is neither "
        "none nor agreement. Where an account gives no end, the clash stays possible until the account spoke. "
        "Expected assumes that every moment between the bounds is equally likely. It is given for hours alone."
    ),
    draw=draw,
    brief=partial(draw, is_brief=True),
    tell=tell,
    title=title,
    finding=finding,
    mark=mark,
    compute=compute,
    in_columns=True,
    topic=milestones("clash")._replace(is_of_hours=True),
)
