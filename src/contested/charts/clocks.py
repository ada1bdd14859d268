"""How long was it between any two milestones, by whose telling?

Every pair of milestones in which one comes after the other is a clock of its own. A row counts the delays of one
account by one clock: exact, between bounds, or with no end told when last heard of.
"""

from itertools import combinations
from typing import Any

import pandas as pd

from contested import theme
from contested.chart import Chart, Row, each, each_once
from contested.doubted.topic import milestones
from contested.legend import Legend, Voice
from contested.timed.delays import LEAST, Delay
from contested.timed.milestones import ALL, ORDER
from contested.timed.pools import delays
from contested.timed.told import spoken
from contested.vocabulary import Milestone
from contested.wording import counted, listing, verb

QUESTION = f"""
with delayed as ({delays(ALL)})
, counted as (
    select account, start, stop, count(*) filter (reason is null) as n,
        count(*) filter (reason is null and low = high) as n_exact,
        count(*) filter (reason is null and low < high and high < 'infinity') as n_interval,
        count(*) filter (reason is null and high = 'infinity') as n_right_censored,
        count(*) filter (reason is not null) as n_excluded,
        min(low) filter (reason is null) as shortest, max(high) filter (reason is null) as longest,
        quantile_disc(low, 0.5) filter (reason is null) as middle_low,
        quantile_disc(high, 0.5) filter (reason is null) as middle_high,
        bool_or(hearsay) filter (reason is null) as hearsay,
        flatten(list(claim_ids) filter (reason is null)) as claim_ids
    from delayed group by account, start, stop)
select account, start, stop, n, n_exact, n_interval, n_right_censored, n_excluded,
    nullif(shortest, '-infinity') as shortest_minutes, nullif(longest, 'infinity') as longest_minutes,
    if(n >= {LEAST}, nullif(middle_low, '-infinity'), null) as median_low,
    if(n >= {LEAST}, nullif(middle_high, 'infinity'), null) as median_high, hearsay, claim_ids
from counted where n > 0
order by account, list_position([{ORDER}], start), list_position([{ORDER}], stop)
"""

_ROW, _HOUR = 84, 60
_HEAD, _ABOVE = 0.45, 0.8
"""In rows: the room for the name of a clock, and how far above the first of its marks it stands, over three lines."""
_CLOCKS = tuple(combinations(map(str, Milestone), 2))


def reckon(rows: pd.DataFrame, _: Legend) -> pd.DataFrame:
    """Name the claims behind each clock once and in order."""
    return rows.assign(claim_ids=each_once(rows["claim_ids"]))


def draw(answer: pd.DataFrame, legend: Legend) -> theme.Figure:
    """Draw a block per clock and in it a lane per account: from its shortest to its longest delay."""
    data: list[theme.Trace] = []
    notes: list[dict[str, Any]] = []
    edges, y = _edges(answer), 0.0
    for (start, stop), told in _by_clock(answer, legend):
        y -= _HEAD
        notes.append(theme.note("", 0, y - 1 + _ABOVE, yanchor="bottom") | {"text": f"<b>{start} to {stop}</b>"})
        for voice, row in told:
            y -= 1
            text = theme.lines(f"{voice.label}: {_said(row)}")
            notes.append(theme.note("", 0, y, yanchor="bottom", yshift=9) | {"text": text})
            data.append(_interval(row, voice.number, y, edges))
    room = edges[1] - edges[0]
    axis = {"range": [edges[0] - room * 0.04, edges[1] + room * 0.06], "ticksuffix": " h", "nticks": 8}
    layout = {"xaxis": axis | {"visible": bool(data)}, "yaxis": {"range": [y - 0.4, -0.3], "visible": False}}
    height = int(_ROW * (0.1 - y)) + 40
    return theme.figure(data, height, silent=_silence(answer, legend), annotations=notes, **layout)


def _by_clock(answer: pd.DataFrame, legend: Legend) -> list[tuple[tuple[str, str], list[tuple[Voice, Row]]]]:
    """Put the rows under their clocks, each with its account, in the order of the story."""
    rows = {(row.start, row.stop, row.account): row for row in each(answer)}
    voices = legend.with_scenario().voices
    blocks = [
        (clock, [(one, rows[*clock, one.key]) for one in voices if (*clock, one.key) in rows]) for clock in _CLOCKS
    ]
    return [(clock, told) for clock, told in blocks if told]


def _edges(answer: pd.DataFrame) -> tuple[float, float]:
    """Find what the scale must hold; where some delays end, one with no end told is an arrow at its edge."""
    ended = answer[answer["n_right_censored"] < answer["n"]]
    ends = pd.concat([ended["shortest_minutes"], ended["longest_minutes"]]).dropna()
    ends = answer["shortest_minutes"].dropna() if ends.empty else ends
    return min([0.0, *ends]) / _HOUR, max([_HOUR, *ends]) / _HOUR


def _interval(row: Row, index: int, y: float, edges: theme.Span) -> theme.Trace:
    span = Delay.of(row.shortest_minutes, row.longest_minutes).hours()
    about = {"customdata": [list(row.claim_ids)] * 2, "hovertext": theme.plain(_said(row))}
    return theme.interval(span, edges, index, y, hollow=bool(row.hearsay)) | about


def _said(row: Row) -> str:
    """Say how long a clock ran: the median of many, of few from the shortest to the longest."""
    several = row.n >= LEAST
    low, high = (row.median_low, row.median_high) if several else (row.shortest_minutes, row.longest_minutes)
    return f"{'median ' * several}{spoken(low, high)} (n = {row.n}{_sorts(row)}){' (hearsay)' if row.hearsay else ''}"


def _sorts(row: Row) -> str:
    sorts = {"exact": row.n_exact, "between bounds": row.n_interval, "with no end told": row.n_right_censored}
    return "".join(f", {number} {sort}" for sort, number in sorts.items() if number)


def _silence(answer: pd.DataFrame, legend: Legend) -> str:
    silent = [voice.label for voice in legend.without(answer["account"])]
    return f"{listing(silent)} {verb(silent, 'runs', 'run')} no clock." if silent else ""


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say which clocks run, and how long by whom."""
    blocks = _by_clock(answer, legend)
    if not blocks:
        return [f"No {legend.noun} in view times two milestones of one event."]
    said = [
        f"From {start} to {stop}: {'; '.join(f'{voice.label}, {_said(row)}' for voice, row in told)}."
        for (start, stop), told in blocks
    ]
    title = f"{len(blocks)} of {counted(len(_CLOCKS), 'clock')} {verb(blocks, 'runs', 'run')}"
    voices = counted(answer["account"].nunique(), legend.noun)
    return [f"{title}, by {voices}.", *said, *filter(None, [_silence(answer, legend)])]


def mark(row: Row, legend: Legend) -> str:
    """Name one account's clock."""
    return f"{legend.with_scenario().label(row.account)} · {row.start} to {row.stop} · n = {row.n}"


CHART = Chart(
    key="clocks",
    name="Clocks",
    definition="From one milestone to a later one, shortest to longest within the bounds. An arrow: no end told.",
    question=QUESTION,
    columns=(
        *("account", "start", "stop", "n", "n_exact", "n_interval", "n_right_censored", "n_excluded"),
        *("shortest_minutes", "longest_minutes", "median_low", "median_high", "claim_ids"),
    ),
    caveat=(
        "The delays of two clocks do not add up to that of a third. A clock runs where its start is timed: an account "
        "that tells of no stop is taken to have none yet when it last spoke, which silence does not prove. Of fewer "
        f"than {LEAST} delays no median is given. Containment (arrival to end) and duration (onset to end) are none."
    ),
    draw=draw,
    tell=tell,
    mark=mark,
    reckon=reckon,
    topic=milestones(),
)
