"""At which hours of the week does help take longest?

Each delay belongs to the weekday and the hour in which its clock certainly started. A cell of ten or more has their
median; its colour goes by the target, or by the median of all where there is none, never by the cells themselves.
"""

from collections.abc import Sequence
from math import inf

import pandas as pd

from contested.analysis.coverage.topic import milestones
from contested.analysis.timing import period_words as words
from contested.analysis.timing.delay import call
from contested.analysis.timing.delay_words import attributed, clock, fitting, start_noun
from contested.analysis.timing.observations import narrowed
from contested.analysis.timing.periods import (
    BY_HOUR_OF_WEEK,
    COLUMNS,
    HOURS,
    WEEKDAYS,
    by_place,
    claims_of,
    clock_hour,
    known,
    narrowing,
    placed,
)
from contested.chart import Asked, Chart
from contested.drawing.periods import said
from contested.drawing.week import DAYS, FEW, Cell, Key, Strip, draw
from contested.model.times import LEAST_DELAYS, brief_duration
from contested.query.legend import Legend
from contested.query.rows import Row, each, numbered
from contested.theme import Figure

_STEPS = (0.5, 0.75, 1.0, 1.25, 1.5)
"""Where the steps of the colour begin, by the target or the overall median."""
_STRIPS, _CELLS = 7, 7 * HOURS
_ENOUGH = _CELLS // 2
"""Of fewer cells that hold ten, hours cannot be told apart."""


def _limits(rows: pd.DataFrame, legend: Legend) -> list[float]:
    """Give the minutes at which each step begins."""
    overall = float(words.most_told(rows)["overall"].iloc[0])
    of = legend.selection.target or (overall if 0 < overall < inf else 1.0)
    return [share * of for share in _STEPS]


def _drawn(rows: pd.DataFrame, legend: Legend, width: float) -> Figure:
    told = known(rows)
    if told.empty:
        return draw([Strip([])], Key("", "", ()), width)
    limits, of = _limits(told, legend), dict(iter(told.groupby("account", sort=False)))
    heard = [voice for voice in legend.with_scenario().voices if voice.key in of]
    shown = sorted(heard, key=lambda voice: -int(of[voice.key]["n"].sum()))[:_STRIPS]
    strips = [
        Strip(
            [_cell(number, row, limits) for number, row in numbered(of[voice.key])],
            voice.number if len(heard) > 1 else 0,
            voice.form,
            voice.label if len(heard) > 1 else "",
        )
        for voice in heard
        if voice in shown
    ]
    least, most = (brief_duration(end, end) for end in (limits[0], limits[-1]))
    ramps = [(strip.number, strip.shape if strip.label else -1) for strip in strips]
    return draw(strips, Key(f"under {least}", f"{most} or more", ramps, f"fewer than {LEAST_DELAYS}"), width)


def _cell(number: int, row: Row, limits: Sequence[float]) -> Cell:
    name = f"{DAYS[row.place // HOURS]} {clock_hour(row.place)}, n = {row.n:,}"
    if row.n < LEAST_DELAYS:
        return Cell(row.place, FEW, f"{name}, too few", [number])
    ends = words.median(row) or (inf, inf)
    return Cell(row.place, sum(ends[0] >= limit for limit in limits), f"{name}: {said(ends)}", [number])


def title(rows: pd.DataFrame, legend: Legend) -> str:
    """Name the longest run of hours that wait longest, else the slowest hour of the week, if any stands out."""
    if rows.empty:
        return words.nothing(legend)
    if (own := words.most_told(rows)).empty:
        return f"No {call(legend)} starts at a known hour"
    enough = [row for row in each(own) if row.n >= LEAST_DELAYS]
    whose = attributed([legend.with_scenario().label(own["account"].iloc[0])], is_alone=legend.is_alone)
    if len(enough) < _ENOUGH:
        few = f"{_CELLS - len(enough)} of {_CELLS} hold under ten"
        return f"Too few {call(legend)}s to tell hours apart: {few}"
    if (run := longest_run(own)) is not None:
        said_ = f"{call(legend).capitalize()}s between {clock_hour(run[0])} and {run[-1] + 1:02}:00 wait longest"
        return fitting(f"{said_}{whose}", said_)
    overall = float(own["overall"].iloc[0])
    slow = [row for row in enough if row.clear_least > overall]
    if not slow:
        return f"No hour of the week stands out{whose}"
    slowest = max(slow, key=lambda row: words.median(row) or (inf, inf))
    [(number, unit)] = words.amounts(words.median(slowest))
    when = f"{WEEKDAYS[slowest.place // HOURS]}s at {clock_hour(slowest.place)}"
    said_ = f"Slowest: {when}, half within {number}{unit}"
    return fitting(f"{said_}{whose}", said_)


def longest_run(own: pd.DataFrame) -> list[int] | None:
    """Find the longest run of two hours or more whose median over all weekdays is above that of all."""
    hours = own[~own["hour"].duplicated() & (own["hour_least"] > own["overall"])]["hour"].sort_values()
    runs: list[list[int]] = []
    for hour in hours.tolist():
        if runs and runs[-1][-1] == hour - 1:
            runs[-1].append(hour)
        else:
            runs.append([hour])
    longest = max(runs, key=len, default=[])
    return longest if len(longest) > 1 else None


def subtitle(_: pd.DataFrame, legend: Legend) -> str:
    """Say what each cell is the median of."""
    return f"Median time {clock(legend)}, by weekday and hour of the {start_noun(legend)}"


def fine(rows: pd.DataFrame, legend: Legend) -> str:
    """Say by what the colours go, and what is in no hour."""
    if rows.empty:
        return ""
    target = legend.selection.target
    by = "the target" if target else "the median of all"
    left_out = words.unplaced(rows, words.HOUR_OF_WEEK, legend)
    return " ".join(filter(None, [f"Colours go by {by}: half of it, three quarters, and so on.", left_out]))


def tell(rows: pd.DataFrame, legend: Legend) -> list[str]:
    """Say the finding, then how many cells hold enough."""
    said_ = [f"{title(rows, legend)}."]
    for account, own in known(rows).groupby("account", sort=False):
        enough = int((own["n"] >= LEAST_DELAYS).sum())
        held = f"{enough} of {_CELLS} hours of the week hold at least {LEAST_DELAYS} {call(legend)}s"
        said_.append(f"{legend.with_scenario().label(str(account))}: {held}, {_CELLS - len(own)} hold none.")
    return [*said_, *filter(None, [words.unplaced(rows, words.HOUR_OF_WEEK, legend)])]


def mark(row: Row, legend: Legend) -> str:
    """Name one hour of the week of one account."""
    when = row.period if isinstance(row.period, str) else "not known when"
    return f"{legend.with_scenario().label(row.account)} · {when} · n = {row.n:,}"


CHART = Chart(
    key="delays-by-hour-of-week",
    name="Delays by hour of the week",
    definition="Median time, by weekday and hour",
    question=placed(BY_HOUR_OF_WEEK),
    columns=COLUMNS,
    caveat=(
        f"Of fewer than {LEAST_DELAYS} delays no median is given. That a run of hours waits longest is said where the "
        "interval of each of its hours, over all weekdays, lies above the median of all (5 % divided by 24); that one "
        "hour of the week is slowest, where its own does (5 % divided by 168). The colours go by the target, or by the "
        "median of all, not by the cells themselves. That an hour is slower does not say why. Delays of different "
        "accounts are never pooled."
    ),
    draw=_drawn,
    tell=tell,
    title=title,
    subtitle=subtitle,
    fine=fine,
    mark=mark,
    key_columns=("account", "place"),
    observed=lambda row, legend: narrowed(row, legend, *narrowing(BY_HOUR_OF_WEEK, row, legend.selection.zone)),
    claims=claims_of(BY_HOUR_OF_WEEK),
    plainly=Asked(
        placed(BY_HOUR_OF_WEEK, is_plain=True),
        claims_of(BY_HOUR_OF_WEEK, is_plain=True),
        placed(BY_HOUR_OF_WEEK, is_all_plain=True),
    ),
    compute=lambda rows, legend: by_place(rows, BY_HOUR_OF_WEEK, legend.selection.target_minutes),
    in_columns=True,
    topic=milestones(),
)
