"""How long does each part of a response take at the 90th percentile, beside its objective?

The parts are those of NFPA 1710: alarm handling from the call to the dispatch, turnout until the first unit leaves,
travel until the first one arrives, and the total response from the call to the arrival; each by account, and by group
where calls are grouped. A part is reckoned from the calls that have both of its ends: percentiles do not add up.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from contested import drawing, theme
from contested.analysis.coverage.topic import milestones
from contested.analysis.timing.compared_groups import Compared
from contested.analysis.timing.delay import bound, spoken
from contested.analysis.timing.delay_words import fitting
from contested.analysis.timing.interval_censoring import P90
from contested.analysis.timing.plain_delays import plainly
from contested.analysis.timing.pools import NUMBERS, claims_behind, delay_histogram, pooled
from contested.chart import Asked, Chart
from contested.model.times import LEAST_DELAYS, brief_duration
from contested.model.vocabulary import Milestone
from contested.model.wording import counted, verb
from contested.query.groups import label
from contested.query.legend import Legend
from contested.query.rows import Row, numbered
from contested.theme import LIGHT, Figure


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
_OBJECTIVE = "objective_minutes"
COLUMNS = (
    *("part", *NUMBERS[:5], "n_without", "median_low", "median_high", "p90_low", "p90_high", "p90_least", "p90_most"),
    *(_OBJECTIVE, "share_least", "share_most", "claim_ids"),
)


def compute(rows: pd.DataFrame, legend: Legend) -> pd.DataFrame:
    """Pool each part, with the interval of its 90th percentile and the share that is over within its objective."""
    made = [_of(pool, legend) for pool in pooled(rows, legend.selection.calls)]
    return pd.DataFrame(made, columns=[name for name in COLUMNS if name != "claim_ids"])


def _of(pool: dict[str, Any], legend: Legend) -> dict[str, Any]:
    part = _PARTS[pool["start"], pool["stop"]]
    objective = objective_minutes(part, legend.selection.target_minutes)
    without = sum(pool[name] for name in ("n_excluded", "n_cleared", "n_open"))
    found = pool | {"part": part.name, "n_without": without, _OBJECTIVE: objective}
    if pool["n"] < LEAST_DELAYS:
        return found
    delays = Compared("", "", pool["reached"])
    found |= dict(zip(("p90_least", "p90_most"), map(bound, delays.interval(P90)), strict=True))
    if objective is not None:
        found |= dict(zip(("share_least", "share_most"), delays.share_interval(objective), strict=True))
    return found


def objective_minutes(part: Part, target: float | None) -> float | None:
    """Give the objective of a part; of the total response that of the reader, if there is one."""
    return target if part.objective_seconds is None else part.objective_seconds / 60


def name_of(row: Row, legend: Legend) -> str:
    """Name whose part a row is of: the group, the account, or both where there are several."""
    whose = legend.with_scenario().label(row.account)
    if not legend.selection.group:
        return whose
    group = "no group"
    if isinstance(row.group_value, str):
        group = label(legend.selection.group, row.group_value, legend.selection.zone)
    return f"{group}, {whose}" if len(legend.voices) > 1 else group


def said(row: Row) -> str:
    """Say the 90th percentile of a part beside its objective, with its interval, and how many lack it."""
    lacking = f"; {counted(int(row.n_without), 'call')} without it" if row.n_without else ""
    if row.n < LEAST_DELAYS:
        return f"too few: n = {row.n}{lacking}"
    beside = f", objective {objective}" if (objective := brief_objective(row)) else ""
    interval = f"95 % interval {brief_duration(_known(row.p90_least), _known(row.p90_most))}"
    return f"90 % within {_p90(row)}{beside} ({interval}; n = {row.n:,}{lacking})"


def brief_objective(row: Row) -> str:
    """Write the objective of a part: one of the standard in seconds, as it stands there."""
    seconds = _PARTS[row.start, row.stop].objective_seconds
    if seconds is not None:
        return f"{seconds:g} s"
    minutes = _known(row.objective_minutes)
    return "" if minutes is None else brief_duration(minutes, minutes)


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
    low, high = _known(row.p90_low), _known(row.p90_high)
    p90 = "not reached" if low is None and high is None else brief_duration(low, high)
    interval = brief_duration(_known(row.p90_least), _known(row.p90_most))
    least, most = _known(row.share_least), _known(row.share_most)
    share = "" if least is None or most is None else f"{least:.0%}–{most:.0%}"
    return Line(*named, p90, interval, brief_objective(row), share, without)


def _p90(row: Row) -> str:
    low, high = _known(row.p90_low), _known(row.p90_high)
    return "no time that is known" if low is None and high is None else spoken(low, high)


def _known(minutes: float | None) -> float | None:
    return None if minutes is None or pd.isna(minutes) else float(minutes)


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Give the 90th percentile of each part."""
    if answer.empty:
        return [f"No {legend.noun} in view times two milestones of a response."]
    each_said = [f"{name_of(row, legend)}, {row.part}: {said(row)}." for _, row in _ordered(answer)]
    return [f"{title(answer, legend)}.", *each_said]


def _ordered(answer: pd.DataFrame) -> Iterator[tuple[int, Row]]:
    places = {part.name: place for place, part in enumerate(PARTS)}
    return iter(sorted(numbered(answer), key=lambda one: (places[one[1].part], str(one[1].group_value))))


def title(answer: pd.DataFrame, legend: Legend) -> str:
    """Say of how many of the parts that can be told the objective is met, by the whole of its interval."""
    told = [row for _, row in numbered(answer) if row.n >= LEAST_DELAYS and _known(row.objective_minutes) is not None]
    if not told:
        return f"No {legend.noun} has ten calls that time a part of the clock"
    missed = [row for row in told if (_known(row.p90_least) or 0) > row.objective_minutes]
    met = [row for row in told if (most := _known(row.p90_most)) is not None and most <= row.objective_minutes]
    if len(told) == 1:
        of = "meets" if met else "misses" if missed else "may or may not meet"
        return fitting(f"{name_of(told[0], legend)}: {told[0].part} {of} its objective at the 90th percentile")
    return fitting(
        f"{len(missed)} of {len(told)} parts certainly {verb(missed, 'misses', 'miss')} the objective, "
        f"{len(met)} certainly {verb(met, 'meets', 'meet')} it"
    )


_ROW, _HEAD, _FOOT = 24, 30, 30


def draw(answer: pd.DataFrame, legend: Legend, width: float) -> Figure:
    """Draw the 90th percentile of each part as a mark on its interval, and its objective as a dashed line."""
    is_narrow, left = drawing.is_phone(width), 120 if drawing.is_phone(width) else 190
    rows = [
        (number, row) for number, row in _ordered(answer) if row.n >= LEAST_DELAYS and _known(row.p90_low) is not None
    ]
    data: list[theme.Trace] = []
    notes: list[drawing.Shape] = []
    shapes: list[drawing.Shape] = []
    ends = [
        end for _, row in rows for end in (_known(row.p90_most), _known(row.p90_high), _known(row.objective_minutes))
    ]
    most = max([end for end in ends if end is not None], default=10.0) * 1.05
    y, part = 0.0, ""
    for number, row in rows:
        if row.part != part:
            part = row.part
            objective = _known(row.objective_minutes)
            words = part.capitalize() + (f", objective {brief_objective(row)}" if objective else "")
            head = drawing.note("", 0, y + _HEAD - 10, xref="paper", xshift=-left)
            notes.append(head | {"text": f"<b>{theme.plain(words)}</b>"})
            y += _HEAD
            if objective:
                end = y + _ROW * sum(one.part == part for _, one in rows)
                shapes.append(drawing.line(objective, y, objective, end, LIGHT["text"], width=1.5, dash="dash"))
        name = theme.plain(drawing.shortened(name_of(row, legend), 16 if is_narrow else 26))
        notes.append(drawing.note(name, 0, y + _ROW / 2, LIGHT["quiet"], xref="paper", xshift=-left))
        data += _marks(number, row, legend, y + _ROW / 2, most)
        y += _ROW
    axis = {"range": [0, most], "showgrid": True, "gridcolor": LIGHT["grid"], "ticksuffix": " min", "nticks": 6}
    high = max(y, _ROW) + _FOOT
    sized: dict[str, Any] = {"left": left, "right": 12, "top": 0, "bottom": _FOOT, "shapes": shapes, "notes": notes}
    ruled = {"range": [max(y, _ROW), 0], "showticklabels": False}
    return drawing.figure(width, high, data, xaxis=axis | {"showticklabels": True}, yaxis=ruled, **sized)


def _marks(number: int, row: Row, legend: Legend, y: float, most: float) -> list[theme.Trace]:
    """Mark a percentile on its interval, which runs on to the edge where it has no known end."""
    ink = theme.colour(0)
    least, low, high, longest = (_known(getattr(row, f"p90_{name}")) for name in ("least", "low", "high", "most"))
    edges = [0.0 if least is None else least, most if longest is None else longest]
    span = {"type": "scatter", "mode": "lines", "x": edges, "y": [y, y], "hoverinfo": "skip"}
    words = theme.plain(f"{name_of(row, legend)}, {row.part}: {said(row)}")
    middle = [value for value in dict.fromkeys((low, high)) if value is not None]
    dot = {"type": "scatter", "mode": "markers", "x": middle, "y": [y] * len(middle), "hovertext": words}
    look = {"marker": {"size": 10, "color": ink}, "customdata": [[number]] * len(middle), "hoverinfo": "text"}
    return [span | {"line": {"width": 3, "color": ink}}, dot | look]


def mark(row: Row, legend: Legend) -> str:
    """Name one part of one group."""
    return f"{legend.with_scenario().label(row.account)} · {name_of(row, legend)} · {row.part}"


_PLAINLY = plainly(_PAIRS)
CHART = Chart(
    key="parts-of-the-clock",
    name="Parts of the clock",
    definition="Minutes at the 90th percentile, with its 95% interval, beside the objective of each part",
    title=title,
    question=delay_histogram(_PAIRS, written_out=0, by_group=True),
    columns=COLUMNS,
    caveat=(
        "The parts and their objectives are those of NFPA 1710 (2016) for a fire: alarm handling 64 seconds, turnout "
        "80 (60 for a medical call), travel 240 for the first engine, each for nine calls of ten; of the total "
        "response the standard has none, so that it stands beside the target that the reader sets. Each part is "
        "reckoned from the first unit that did it, and from the calls that time both its ends: the 90th percentiles of "
        "the parts do not add up to that of the whole. Whether a later unit came in time (an effective response force) "
        "is not told."
    ),
    draw=draw,
    tell=tell,
    mark=mark,
    key_columns=("account", "group_value", "start", "stop"),
    claims=claims_behind(_PAIRS, by_group=True),
    plainly=Asked(
        delay_histogram(_PAIRS, written_out=0, plainly=_PLAINLY, by_group=True),
        claims_behind(_PAIRS, plainly=_PLAINLY, by_group=True),
    ),
    compute=compute,
    topic=milestones(),
)
