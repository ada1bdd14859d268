"""When was the first unit on scene, when the second, and every further one?

For each n the time from the start of the clock to the arrival of the n-th unit of a call is pooled, and stands at its
90th percentile beside the objective. A call to which fewer units were sent does not count for n; one to which as many
were sent that did not come is counted apart, and where every call is asked for it was never reached.
"""

from math import inf
from typing import Any, NamedTuple

import pandas as pd

from contested.analysis.coverage.topic import milestones
from contested.analysis.timing import objectives
from contested.analysis.timing.delay_words import fitting
from contested.analysis.timing.objectives import name_of
from contested.analysis.timing.pools import NUMBERS, pooled
from contested.analysis.timing.units_on_scene import CLAIMS, FEWER, HISTOGRAM, STARTS
from contested.chart import Chart
from contested.drawing import percentile_rows
from contested.model.times import LEAST_DELAYS, brief_duration
from contested.model.vocabulary import Milestone
from contested.model.wording import counted, spaced
from contested.query.legend import Legend
from contested.query.rows import Row, known, numbered
from contested.theme import Figure

_OF = ("account", "group_value", "unit")
_TRAVEL = {1: 240.0, 2: 360.0}
"""Within how many seconds of travel NFPA 1710 (2020) wants the first engine and the second company at a fire."""
COLUMNS = (
    *(*_OF, "n", "n_fewer_sent", "n_not_arrived", "n_not_told"),
    *("median_low", "median_high", "p90_low", "p90_high", *objectives.COLUMNS, "claim_ids"),
)


def compute(rows: pd.DataFrame, legend: Legend) -> pd.DataFrame:
    """Pool the arrivals of each n-th unit, and count the calls that have none."""
    made = [_of(pool, legend) for pool in pooled(rows, legend.selection.calls, _OF)]
    return pd.DataFrame(made, columns=[*(name for name in COLUMNS if name != "claim_ids"), *_KEPT])


_KEPT = tuple(name for name in NUMBERS if name in {"n_reached", "n_cleared"})


def _of(pool: dict[str, Any], legend: Legend) -> dict[str, Any]:
    fewer = pool["excluded"][FEWER]
    numbers = {"n_fewer_sent": fewer, "n_not_arrived": pool["n_cleared"], "n_not_told": pool["n_excluded"] - fewer}
    return pool | numbers | objectives.beside(pool, objective_minutes(pool["unit"], legend))


def started(legend: Legend) -> Milestone:
    """Give what starts the clock: what the reader chose, where it comes before an arrival, else the call."""
    return legend.selection.start if legend.selection.start in STARTS else Milestone.CALL


def objective_minutes(unit: int, legend: Legend) -> float | None:
    """Give the reader's objective of a unit; where there is none and travel is asked for, that of the standard."""
    if legend.selection.target is not None:
        return legend.selection.target
    seconds = _TRAVEL.get(unit) if started(legend) is Milestone.EN_ROUTE else None
    return None if seconds is None else seconds / 60


_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"),
    *("ninth", "tenth", "eleventh", "twelfth"),
)


def ordinal(unit: int) -> str:
    """Name a unit by when it came."""
    return f"{_ORDINALS[unit - 1]} unit"


def said(row: Row) -> str:
    """Say when a unit was there at the 90th percentile, and how many calls had no such unit, and why."""
    lacking = "".join(f"; {text}" for text in _lacking(row))
    return objectives.said(row, objectives.p90_words(row), objectives.words(row), lacking)


def _lacking(row: Row) -> list[str]:
    numbers = {
        "to which fewer were sent": row.n_fewer_sent,
        "to which as many were sent that did not all come": row.n_not_arrived,
        "of which it is not told": row.n_not_told,
    }
    return [f"{counted(int(number), 'call')} {why}" for why, number in numbers.items() if number]


class Line(NamedTuple):
    """One unit of one group as a table shows it; empty where there are too few, or no objective."""

    unit: str
    name: str
    n: str
    median: str
    p90: str
    interval: str
    objective: str
    share: str
    not_arrived: str
    fewer: str
    not_told: str


def lines(answer: pd.DataFrame, legend: Legend) -> list[Line]:
    """Write the rows of a table: the units in their order, of each the groups, as far as any has enough calls."""
    enough = answer.loc[answer["n"] >= LEAST_DELAYS, "unit"]
    last = int(enough.max()) if len(enough) else 1
    return [_line(row, legend) for _, row in _ordered(answer) if row.unit <= last]


def fine(answer: pd.DataFrame, _: Legend) -> str:
    """Say which units have too few calls everywhere."""
    enough = answer.loc[answer["n"] >= LEAST_DELAYS, "unit"]
    last, most = int(enough.max()) if len(enough) else 0, int(answer["unit"].max()) if len(answer) else 0
    if last == most:
        return ""
    more = f"{ordinal(last + 1)}{' and those after it' * (last + 1 < most)}"
    return f"Fewer than {LEAST_DELAYS} calls have a {more}: the table gives their numbers."


def _line(row: Row, legend: Legend) -> Line:
    named = (ordinal(row.unit), name_of(row, legend), f"{int(row.n):,}")
    numbers = [f"{int(number):,}" if number else "" for number in (row.n_not_arrived, row.n_fewer_sent, row.n_not_told)]
    minutes = known(row.objective_minutes)
    objective = "" if minutes is None else brief_duration(minutes, minutes)
    if row.n < LEAST_DELAYS:
        return Line(*named, "", "", "", objective, "", *numbers)
    low, high = known(row.median_low), known(row.median_high)
    median = "not reached" if low is None and high is None else brief_duration(low, high)
    told = (median, objectives.p90_words(row), objectives.interval_words(row), objective, objectives.share_words(row))
    return Line(*named, *told, *numbers)


def _ordered(answer: pd.DataFrame) -> list[tuple[int, Row]]:
    return sorted(numbered(answer), key=lambda one: (one[1].unit, str(one[1].group_value)))


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Give the 90th percentile of each n-th unit."""
    if answer.empty:
        return [f"{_nobody(legend)}."]
    each_said = [f"{name_of(row, legend)}, {ordinal(row.unit)}: {said(row)}." for _, row in _ordered(answer)]
    return [f"{title(answer, legend)}.", *each_said]


def _nobody(legend: Legend) -> str:
    return f"{legend.nobody} names the units that came and times them"


def title(answer: pd.DataFrame, legend: Legend) -> str:
    """Say when the last unit of which enough is told was there, or which units miss their objective."""
    if answer.empty:
        return _nobody(legend)
    rows = [row for _, row in _ordered(answer) if row.n >= LEAST_DELAYS]
    if not rows:
        return f"No {legend.noun} has ten calls to which a unit is known to have come"
    missed, met, told = objectives.judged(rows)
    if len(told) > 1:
        return fitting(f"{len(missed)} of {len(told)} arrivals {objectives.counts(missed, met)}")
    if told:
        of = objectives.verdict(missed, met)
        return fitting(f"{name_of(told[0], legend)}: {ordinal(told[0].unit)} {of} its objective at the 90th percentile")
    last = [row for row in rows if row.unit == rows[-1].unit]
    if len(last) > 1:
        return _compared(last, legend)
    return fitting(f"Nine in ten times the {ordinal(last[0].unit)} was there within {objectives.p90_words(last[0])}")


def _compared(rows: list[Row], legend: Legend) -> str:
    """Say of one unit in which groups it was there soonest and latest, where their intervals do not touch."""
    ordered = sorted(rows, key=lambda row: inf if (low := known(row.p90_low)) is None else low)
    best, worst, which = ordered[0], ordered[-1], ordinal(rows[0].unit)
    least, most = known(worst.p90_least), known(best.p90_most)
    if least is None or most is None or least <= most:
        return fitting(f"When the {which} was there does not clearly differ between {len(rows)} groups")
    ends = [f"{objectives.p90_words(row)} ({name_of(row, legend)})" for row in (best, worst)]
    return fitting(
        f"Nine in ten times the {which} was there within {' to '.join(ends)}",
        f"When the {which} was there differs by group",
    )


def subtitle(_: pd.DataFrame, legend: Legend) -> str:
    """Say from when on what is counted."""
    start = spaced(started(legend))
    return f"Minutes from {start} to the arrival of each unit at the 90th percentile, with its 95% interval"


def draw(answer: pd.DataFrame, legend: Legend, width: float) -> Figure:
    """Draw the 90th percentile of each unit as a mark on its interval, and the objective as a dashed line."""
    parts: dict[int, percentile_rows.Part] = {}
    for number, row in _ordered(answer):
        if row.n >= LEAST_DELAYS and known(row.p90_low) is not None:
            words = ordinal(row.unit).capitalize() + (f", objective {aim}" if (aim := objectives.words(row)) else "")
            part = parts.setdefault(row.unit, percentile_rows.Part(words, known(row.objective_minutes), []))
            part.rows.append(_ranged(number, row, legend))
    return percentile_rows.draw([*parts.values()], width)


def _ranged(number: int, row: Row, legend: Legend) -> percentile_rows.Ranged:
    name, ends = name_of(row, legend), (known(row.p90_low), known(row.p90_high))
    words = f"{name}, {ordinal(row.unit)}: {said(row)}"
    return percentile_rows.Ranged(name, words, ends, (known(row.p90_least), known(row.p90_most)), number)


def mark(row: Row, legend: Legend) -> str:
    """Name one unit of one group."""
    return f"{legend.with_scenario().label(row.account)} · {name_of(row, legend)} · {ordinal(row.unit)}"


CHART = Chart(
    key="units-on-scene",
    name="Units on scene",
    definition="Minutes to the arrival of each unit at the 90th percentile",
    subtitle=subtitle,
    fine=fine,
    title=title,
    question=HISTOGRAM,
    columns=COLUMNS,
    caveat=(
        "The n-th unit of a call is the n-th of those that are named to arrive, whichever it is. How many units, "
        "and how many people on them, make an effective response force is the department's to say; the log does "
        "not. The clock starts when the reader says (call, dispatch, or the first unit on its way), and stops at "
        "the n-th arrival. NFPA 1710 (2020) wants of nine fires in ten the second company after 360 seconds of "
        "travel, and the full alarm after 480 (610 in a high-rise); for the time since the call it has no "
        "objective, so that it stands beside the target that the reader sets. A call to which fewer than n units "
        "were sent does not count for n. One to which as many were sent, and so many were cleared without coming "
        "that n never were there, is counted apart; where every call is asked for, it was never reached. Of calls "
        "whose units are not named nothing is told. A call of which several values of a group are told is in no "
        "group."
    ),
    draw=draw,
    tell=tell,
    mark=mark,
    key_columns=_OF,
    claims=CLAIMS,
    compute=compute,
    topic=milestones(),
)
