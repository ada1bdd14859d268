"""How long was it between any two milestones, by whose telling?

Every pair of milestones in which one comes after the other is a clock of its own. A row counts the delays of one
account by one clock: exact, between bounds, or, of every call, cleared without the stop or open when last heard of.
"""

from itertools import combinations
from typing import Any

import pandas as pd

from contested import theme
from contested.analysis.coverage.topic import milestones
from contested.analysis.timing.delay import Population, spoken
from contested.analysis.timing.milestones import ALL
from contested.analysis.timing.plain_delays import plainly
from contested.analysis.timing.pools import claims_behind, delay_histogram, pooled, reached_by
from contested.chart import Asked, Chart
from contested.model.times import LEAST_DELAYS, Delay
from contested.model.vocabulary import Calls, Milestone
from contested.model.wording import counted, spaced, verb
from contested.query.legend import Legend, Voice
from contested.query.rows import Row, numbered

_COUNTS = "reason is null and ($calls = 'every' or outcome = 'reached')"

_ROW, _HOUR = 84, 60
_HEAD, _ABOVE = 0.45, 0.8
"""In rows: the room for the name of a clock, and how far above the first of its marks it stands, over three lines."""
COLUMNS = (
    *("account", "start", "stop", "n", "n_exact", "n_interval", "n_right_censored"),
    *("n_reached", "n_cleared", "n_open", "n_excluded"),
    *("shortest_minutes", "longest_minutes", "median_low", "median_high", "claim_ids"),
)
_Lane = tuple[Voice, int, Row]
_CLOCKS = tuple(combinations(map(str, Milestone), 2))


def compute(rows: pd.DataFrame, legend: Legend) -> pd.DataFrame:
    """Pool the delays of each account by each clock that any of its delays runs by."""
    pools = [pool for pool in pooled(rows, legend.selection.calls) if pool["n"]]
    return pd.DataFrame(pools, columns=[*(name for name in COLUMNS if name != "claim_ids"), "hearsay", "voices"])


def draw(answer: pd.DataFrame, legend: Legend, width: float) -> theme.Figure:  # noqa: ARG001
    """Draw a block per clock and in it a lane per account: from its shortest to its longest delay."""
    data: list[theme.Trace] = []
    notes: list[dict[str, Any]] = []
    edges, y = _edges(answer), 0.0
    for (start, stop), told in _by_clock(answer, legend):
        y -= _HEAD
        notes.append(
            theme.note("", 0, y - 1 + _ABOVE, yanchor="bottom") | {"text": f"<b>{spaced(start)} to {spaced(stop)}</b>"}
        )
        for voice, number, row in told:
            y -= 1
            text = theme.lines(f"{voice.label}: {_said(row, legend)}")
            notes.append(theme.note("", 0, y, yanchor="bottom", yshift=9) | {"text": text})
            if row.n > row.n_cleared or row.n_reached:
                lane = _interval(row, voice.number, y, edges, _said(row, legend))
                data.append(lane | {"customdata": [[number]] * 2})
    room = edges[1] - edges[0]
    axis = {"range": [edges[0] - room * 0.04, edges[1] + room * 0.06], "ticksuffix": " h", "nticks": 8}
    layout = {"xaxis": axis | {"visible": bool(data)}, "yaxis": {"range": [y - 0.4, -0.3], "visible": False}}
    height = int(_ROW * (0.1 - y)) + 40
    return theme.figure(data, height, silent=_silence(answer, legend), annotations=notes, **layout)


def _by_clock(answer: pd.DataFrame, legend: Legend) -> list[tuple[tuple[str, str], list[_Lane]]]:
    """Put the rows under their clocks, each with its account, in the order of the story."""
    rows = {(row.start, row.stop, row.account): (number, row) for number, row in numbered(answer)}
    voices = legend.with_scenario().voices
    blocks = [
        (clock, [(one, *rows[*clock, one.key]) for one in voices if (*clock, one.key) in rows]) for clock in _CLOCKS
    ]
    return [(clock, told) for clock, told in blocks if told]


def _edges(answer: pd.DataFrame) -> tuple[float, float]:
    """Find what the scale must hold; where some delays end, one with no end told is an arrow at its edge."""
    ended = answer[answer["n_right_censored"] < answer["n"]]
    ends = pd.concat([ended["shortest_minutes"], ended["longest_minutes"]]).dropna()
    ends = answer["shortest_minutes"].dropna() if ends.empty else ends
    return min([0.0, *ends]) / _HOUR, max([_HOUR, *ends]) / _HOUR


def _interval(row: Row, index: int, y: float, edges: theme.Span, said: str) -> theme.Trace:
    span = Delay.of(row.shortest_minutes, row.longest_minutes).hours()
    return theme.interval(span, edges, index, y, hollow=bool(row.hearsay)) | {"hovertext": theme.plain(said)}


def _said(row: Row, legend: Legend) -> str:
    """Say how long a clock ran: the median of many, of few from the shortest to the longest."""
    of, several = Population(row.n_reached, row.n_cleared, row.n_open), row.n >= LEAST_DELAYS
    low, high = (row.median_low, row.median_high) if several else (row.shortest_minutes, row.longest_minutes)
    took = f"{'median ' * several}{spoken(low, high)}"
    if not (of.reached or of.open):
        took = "never reached"
    elif several and legend.selection.calls is Calls.EVERY:
        took = reached_by(row, low, high, "half")
    others = {"cleared without it": of.cleared, "open": of.open}
    beyond = "".join(f", {number} {words}" for words, number in others.items() if number)
    which = beyond if legend.selection.calls is Calls.EVERY or not beyond else f";{beyond[1:]} besides"
    return f"{took} (n = {row.n}{_sorts(row)}{which}){' (hearsay)' if row.hearsay else ''}"


def _sorts(row: Row) -> str:
    sorts = {"exact": row.n_exact, "between bounds": row.n_interval}
    return "".join(f", {number} {sort}" for sort, number in sorts.items() if number)


def _silence(answer: pd.DataFrame, legend: Legend) -> str:
    silent = legend.without(answer["account"])
    return f"No clock is run {legend.by(silent)}." if silent else ""


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Say which clocks run, and how long by whom."""
    blocks = _by_clock(answer, legend)
    if not blocks:
        return [f"No {legend.noun} in view times two milestones of one event."]
    said = [f"From {spaced(start)} to {spaced(stop)}: {_each_said(told, legend)}." for (start, stop), told in blocks]
    title = f"{counted(len(blocks), 'clock')} {verb(blocks, 'runs', 'run')}"
    voices = counted(answer["account"].nunique(), legend.noun)
    return [f"{title}, by {voices}.", *said, *filter(None, [_silence(answer, legend)])]


def _each_said(told: list[_Lane], legend: Legend) -> str:
    shown = legend.with_scenario()
    return "; ".join(
        f"{shown.label(voice.key) if _is_mixed(voice, legend) else shown.voiced(voice.key, row.voices)}, "
        f"{_said(row, legend)}"
        for voice, _, row in told
    )


def _is_mixed(voice: Voice, legend: Legend) -> bool:
    """Say whether the voice is the scenario that the reader chose."""
    return voice not in legend.voices


def mark(row: Row, legend: Legend) -> str:
    """Name one account's clock."""
    return f"{legend.with_scenario().label(row.account)} · {spaced(row.start)} to {spaced(row.stop)} · n = {row.n}"


CHART = Chart(
    key="clocks",
    name="Clocks",
    definition="From one milestone to a later one, shortest to longest within the bounds. An arrow: no end told.",
    question=delay_histogram(ALL, written_out=0),
    columns=COLUMNS,
    caveat=(
        "The delays of two clocks do not add up to that of a third. A clock runs where its start and its stop are "
        "timed; of every call, also where the account tells that the stop never came (cleared without it) or had not "
        "come by a moment (open). Silence is neither. Of every call the median is that of the cumulative incidence, "
        f"and does not exist where fewer than half had the stop. "
        f"Of fewer than {LEAST_DELAYS} delays no median is given. "
        "Containment (arrival to end) and duration (onset to end) are no response times."
    ),
    draw=draw,
    tell=tell,
    mark=mark,
    key_columns=("account", "start", "stop"),
    claims=claims_behind(ALL, _COUNTS),
    plainly=Asked(delay_histogram(ALL, written_out=0, plainly=plainly(ALL)), claims_behind(ALL, _COUNTS, plainly(ALL))),
    compute=compute,
    topic=milestones(),
)
