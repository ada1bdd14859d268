"""How long does each part of a response take at the 90th percentile, beside its objective?

The parts are those of NFPA 1710: alarm handling from the call to the dispatch, turnout until the first unit leaves,
travel until the first one arrives, and the total response from the call to the arrival; each by account, and by group
where calls are grouped. A part is reckoned from the calls that have both of its ends: percentiles do not add up.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from contested.analysis.coverage.topic import milestones
from contested.analysis.timing import objectives
from contested.analysis.timing.delay import spoken
from contested.analysis.timing.delay_words import fitting
from contested.analysis.timing.objectives import name_of
from contested.analysis.timing.plain_delays import counted_plainly, plainly
from contested.analysis.timing.pools import NUMBERS, claims_behind, delay_counts, pooled
from contested.chart import Asked, Chart
from contested.drawing import percentile_rows
from contested.model.times import LEAST_DELAYS
from contested.model.vocabulary import Milestone
from contested.model.wording import counted
from contested.query.legend import Legend
from contested.query.rows import Row, known, numbered
from contested.theme import Figure


class Part(NamedTuple):
    """A part of the clock: its name, its ends, and within how many seconds nine of ten are to be over."""

    name: str
    start: Milestone
    stop: Milestone
    objective_seconds: float | None


PARTS = (
    Part("alarm handling", Milestone.CALL, Milestone.DISPATCH, 64),
    Part("turnout", Milestone.DISPATCH, Milestone.EN_ROUTE, 80),
    Part("travel", Milestone.EN_ROUTE, Milestone.ARRIVAL, 240),
    Part("total response", Milestone.CALL, Milestone.ARRIVAL, None),
)
"""The objectives are those of NFPA 1710 (2016) for a fire and its first engine; of the total the reader sets one."""
_PARTS = {(part.start, part.stop): part for part in PARTS}
_ENDS = ", ".join(f"('{start}', '{stop}')" for start, stop in _PARTS)
_PAIRS = f"select * from (values {_ENDS}) as parts(start, stop)"
COLUMNS = (
    *("part", *NUMBERS[:5], "n_without", "median_low", "median_high", "p90_low", "p90_high", *objectives.COLUMNS),
    "claim_ids",
)


def compute(rows: pd.DataFrame, legend: Legend) -> pd.DataFrame:
    """Pool each part, with the interval of its 90th percentile and the share that is over within its objective."""
    made = [_of(pool, legend) for pool in pooled(rows, legend.selection.calls)]
    return pd.DataFrame(made, columns=[name for name in COLUMNS if name != "claim_ids"])


def _of(pool: dict[str, Any], legend: Legend) -> dict[str, Any]:
    part = _PARTS[pool["start"], pool["stop"]]
    without = sum(pool[name] for name in ("n_excluded", "n_cleared", "n_open"))
    beside = objectives.beside(pool, objective_minutes(part, legend.selection.target))
    return pool | {"part": part.name, "n_without": without} | beside


def objective_minutes(part: Part, target: float | None) -> float | None:
    """Give the objective of a part; of the total response that of the reader, if there is one."""
    return target if part.objective_seconds is None else part.objective_seconds / 60


def said(row: Row) -> str:
    """Say the 90th percentile of a part beside its objective, with its interval, and how many lack it."""
    lacking = f"; {counted(int(row.n_without), 'call')} without it" if row.n_without else ""
    return objectives.said(row, _p90(row), brief_objective(row), lacking)


def brief_objective(row: Row) -> str:
    """Write the objective of a part: one of the standard in seconds, as it stands there."""
    seconds = _PARTS[row.start, row.stop].objective_seconds
    if seconds is not None:
        return f"{seconds:g} s"
    return objectives.words(row)


class Line(NamedTuple):
    """One part of one group as a table shows it; empty where there are too few, or no objective."""

    part: str
    name: str
    n: str
    p90: str
    interval: str
    objective: str
    share: str
    without: str


def lines(answer: pd.DataFrame, legend: Legend) -> list[Line]:
    """Write the rows of a table: the parts in their order, in each the groups."""
    return [_line(row, legend) for _, row in _ordered(answer)]


def _line(row: Row, legend: Legend) -> Line:
    without = f"{int(row.n_without):,}" if row.n_without else ""
    named = (row.part, name_of(row, legend), f"{int(row.n):,}")
    if row.n < LEAST_DELAYS:
        return Line(*named, "", "", brief_objective(row), "", without)
    told = (objectives.p90_words(row), objectives.interval_words(row), brief_objective(row))
    return Line(*named, *told, objectives.share_words(row), without)


def _p90(row: Row) -> str:
    low, high = known(row.p90_low), known(row.p90_high)
    return "no time that is known" if low is None and high is None else spoken(low, high)


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Give the 90th percentile of each part."""
    if answer.empty:
        return [f"No {legend.noun} shown times two milestones of a response."]
    each_said = [f"{name_of(row, legend)}, {row.part}: {said(row)}." for _, row in _ordered(answer)]
    return [f"{title(answer, legend)}.", *each_said]


def _ordered(answer: pd.DataFrame) -> Iterator[tuple[int, Row]]:
    places = {part.name: place for place, part in enumerate(PARTS)}
    return iter(sorted(numbered(answer), key=lambda one: (places[one[1].part], str(one[1].group_value))))


def title(answer: pd.DataFrame, legend: Legend) -> str:
    """Say of how many of the parts that can be told the objective is met, by the whole of its interval."""
    missed, met, told = objectives.judged([row for _, row in numbered(answer)])
    if not told and (answer["n"] >= LEAST_DELAYS).any():
        return "No objective is set for what ten calls or more time"
    if not told:
        return f"No {legend.noun} has ten calls that time a part of the clock"
    if len(told) == 1:
        of = objectives.verdict(missed, met)
        return fitting(f"{name_of(told[0], legend)}: {told[0].part} {of} its objective at the 90th percentile")
    return fitting(f"{len(missed)} of {len(told)} parts {objectives.counts(missed, met)}")


def draw(answer: pd.DataFrame, legend: Legend, width: float) -> Figure:
    """Draw the 90th percentile of each part as a mark on its interval, and its objective as a dashed line."""
    parts: dict[str, percentile_rows.Part] = {}
    for number, row in _ordered(answer):
        if row.n >= LEAST_DELAYS and known(row.p90_low) is not None:
            words = row.part.capitalize() + (f", objective {aim}" if (aim := brief_objective(row)) else "")
            part = parts.setdefault(row.part, percentile_rows.Part(words, known(row.objective_minutes), []))
            part.rows.append(_ranged(number, row, legend))
    return percentile_rows.draw([*parts.values()], width)


def _ranged(number: int, row: Row, legend: Legend) -> percentile_rows.Ranged:
    name, ends = name_of(row, legend), (known(row.p90_low), known(row.p90_high))
    words = f"{name}, {row.part}: {said(row)}"
    return percentile_rows.Ranged(name, words, ends, (known(row.p90_least), known(row.p90_most)), number)


def mark(row: Row, legend: Legend) -> str:
    """Name one part of one group."""
    return f"{legend.with_scenario().label(row.account)} · {name_of(row, legend)} · {row.part}"


CHART = Chart(
    key="parts-of-the-clock",
    name="Parts of the clock",
    definition="Minutes at the 90th percentile, with its 95% interval, beside the objective of each part",
    title=title,
    question=delay_counts(_PAIRS, by_group=True),
    columns=COLUMNS,
    caveat=(
        "The parts and their objectives are those of NFPA 1710 (2016) for a fire: alarm handling 64 seconds, turnout "
        "80 (60 for a medical call), travel 240 for the first engine, each for nine calls of ten; of the total "
        "response the standard has none, so that it stands beside the target that the reader sets. Each part is "
        "reckoned from the first unit that did it, and from the calls that time both its ends: the 90th percentiles of "
        "the parts do not add up to that of the whole. When the units that follow came is told by *Units on scene*."
    ),
    draw=draw,
    tell=tell,
    mark=mark,
    key_columns=("account", "group_value", "start", "stop"),
    claims=claims_behind(_PAIRS, by_group=True),
    plainly=Asked(
        delay_counts(_PAIRS, counted_plainly(_PAIRS), by_group=True),
        claims_behind(_PAIRS, plainly=plainly(_PAIRS), by_group=True),
    ),
    compute=compute,
    topic=milestones(),
)
