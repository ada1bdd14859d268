"""How long did help take over many events, by whose clock?

The delays of all events are pooled, each account's for itself, in one of two readings. Of the calls with an arrival (or
whatever stops the clock) it says how long help took where it came: median and 90 % are order statistics, the line the
nonparametric maximum likelihood estimate (Turnbull 1976). Of every call it says which share was reached by when: the
cumulative incidence (Aalen and Johansen 1978; between bounds Hudgens, Satten and Longini 2001), where to be cleared
without an arrival is a competing event and only what is still open is right-censored. Of fewer than ten the intervals
themselves are drawn.
"""

from itertools import groupby
from math import inf
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd

from contested import theme
from contested.analysis.coverage.silence import otherwise, silences
from contested.analysis.coverage.topic import milestones
from contested.analysis.timing.delay import Told, call, each_told, spoken, with_stop
from contested.analysis.timing.interval_censoring import Histogram, ecdf_polygon
from contested.analysis.timing.milestones import CHOSEN
from contested.analysis.timing.plain_delays import plainly
from contested.analysis.timing.pools import (
    COLUMNS,
    NUMBERS,
    by_one,
    claims_behind,
    compared,
    delay_histogram,
    found,
    not_counted,
    pooled,
    population,
)
from contested.analysis.timing.turnbull import Mass, cdf_line, npmle
from contested.chart import Asked, Chart
from contested.model.times import LEAST_DELAYS
from contested.model.vocabulary import Calls
from contested.model.wording import counted, spaced
from contested.query.legend import Legend, Voice
from contested.query.rows import Row, each

_HOUR, _ROW, _CURVE, _NAME = 60, 78, 170, 58
_MARKS, _RESOLUTION = 500, 200
"""How many ends of delays are marked at the most, and into how many parts a share is drawn where delays are many."""
_NAMED = 2
"""Of more accounts the headline does not say each one's numbers."""
_SHARES = {"range": [-0.03, 1.06], "tickvals": [0, 0.5, 0.9, 1], "ticktext": ["0", "half", "90 %", "all"]}


def compute(rows: pd.DataFrame, legend: Legend) -> pd.DataFrame:
    """Pool the delays of each account, and estimate how they are distributed."""
    pools = [
        pool | {"masses": _masses(pool), "delays": rows.iloc[pool["places"]]}
        for pool in pooled(rows, legend.selection.calls)
    ]
    return pd.DataFrame(pools, columns=[*NUMBERS, "delays", "reached", "masses", "excluded", "mixed", "voices"])


def _masses(pool: dict[str, Any]) -> list[Mass]:
    """Estimate the distribution of enough delays: of every call the incidence is found already."""
    return pool["masses"] or (npmle(pool["reached"]) if pool["n"] >= LEAST_DELAYS else [])


def draw(answer: pd.DataFrame, legend: Legend, width: float) -> theme.Figure:  # noqa: ARG001
    """Draw a panel per account on one scale: a curve between its bounds, or the intervals where they are too few."""
    rows = {row.account: row for row in each(answer) if row.n}
    heard = [(voice, rows[voice.key]) for voice in legend.with_scenario().voices if voice.key in rows]
    heights = [_NAME + (_CURVE if row.n >= LEAST_DELAYS else _ROW * row.n) for _, row in heard]
    marks = _MARKS // max(2 * len(heard), 1)
    edges = _edges([row.reached for _, row in heard])
    data: list[theme.Trace] = []
    layout: dict[str, Any] = {"annotations": []}
    done = 0
    for number, (voice, row) in enumerate(heard):
        y, axis = (f"y{number + 1}", f"yaxis{number + 1}") if number else ("y", "yaxis")
        top, done = 1 - done / sum(heights), done + heights[number]
        layout["annotations"].append(_title(row, voice, top, legend))
        domain = [max(0.0, 1 - done / sum(heights)), top - _NAME / sum(heights)]
        if row.n >= LEAST_DELAYS:
            layout[axis] = {"domain": domain} | _SHARES
            drawn = _curve(row, voice.number, edges, legend, marks)
        else:
            layout[axis] = {"domain": domain, "range": [0.45 - row.n, 0.75], "visible": False}
            told = each_told(row.delays)
            layout["annotations"] += [_lane(one, -lane, y, legend) for lane, one in enumerate(told)]
            drawn = [_interval(one, voice.number, -lane, edges, legend) for lane, one in enumerate(told)]
        data += [trace | {"yaxis": y} for trace in drawn]
    layout["xaxis"] = {"range": list(_around(edges)), "ticksuffix": " h", "nticks": 8, "visible": bool(heard)}
    layout["xaxis"] |= {"anchor": "free", "position": 0}
    return theme.figure(data, sum(heights) + 50, silent=_silence(answer, legend), **layout)


def _edges(pools: list[Histogram]) -> tuple[float, float]:
    """Find what the scale must hold; where some delays end, a wait that goes on for longer is an arrow at its edge."""
    bounds = np.concatenate([np.empty((0, 2)), *(pool.bounds for pool in pools)])
    ended = bounds[bounds[:, 1] < inf]
    ends = ended[np.isfinite(ended)] if len(ended) else bounds[np.isfinite(bounds[:, 0]), 0]
    return min([0.0, *ends.tolist()]) / _HOUR, max([_HOUR, *ends.tolist()]) / _HOUR


def _around(edges: tuple[float, float]) -> tuple[float, float]:
    return edges[0] - (edges[1] - edges[0]) * 0.04, edges[1] + (edges[1] - edges[0]) * 0.06


def _title(row: Row, voice: Voice, top: float, legend: Legend) -> dict[str, Any]:
    text = theme.lines(f"{voice.label}, {found(row, legend.selection.calls)}")
    return theme.note("", 0, top, yref="paper", yanchor="top") | {"text": text}


def _lane(one: Told, y: float, yref: str, legend: Legend) -> dict[str, Any]:
    told = theme.lines(f"{_which(one, legend)}: {one.said(legend)}")
    return theme.note("", 0, y, yref=yref, yanchor="bottom", yshift=9) | {"text": told}


def _interval(one: Told, index: int, y: float, edges: theme.Span, legend: Legend) -> theme.Trace:
    about = {"customdata": [[one.label]] * 2, "hovertext": theme.plain(one.said(legend))}
    faint = {"opacity": 0.45} if one.outcome == "cleared" else {}
    return theme.interval(one.delay.hours(), edges, index, y, hollow=one.hearsay) | about | faint


def _curve(row: Row, index: int, edges: theme.Span, legend: Legend, marks: int) -> list[theme.Trace]:
    reach = _around(edges)
    masses = [Mass(mass.low / _HOUR, mass.high / _HOUR, mass.probability) for mass in _thinned(row.masses)]
    pattern = theme.hatched(index)["pattern"]
    walks = (ecdf_polygon(row.reached.scaled(1 / _HOUR), reach, _RESOLUTION), cdf_line(masses, reach))
    around, line = (dict(zip("xy", walk, strict=True)) for walk in walks)
    common = {"type": "scatter", "hoverinfo": "skip", "line": {"color": theme.colour(index), "width": 3}}
    return [
        common | around | {"mode": "none", "fill": "toself", "fillpattern": pattern, "fillcolor": "rgba(0,0,0,0)"},
        common | line | {"mode": "lines"},
        *(_ends(row, end, index, legend, marks) for end in ("low", "high")),
    ]


def _thinned(masses: list[Mass]) -> list[Mass]:
    """Put together what rises by less than can be seen, where many a step does."""
    if len(masses) <= _RESOLUTION:
        return masses
    reached = np.floor(np.cumsum([mass.probability for mass in masses]) * _RESOLUTION).tolist()
    groups = (list(group) for _, group in groupby(zip(reached, masses, strict=True), itemgetter(0)))
    return [group[-1][1]._replace(probability=sum(mass.probability for _, mass in group)) for group in groups]


def _ends(row: Row, end: str, index: int, legend: Legend, marks: int) -> theme.Trace:
    """Mark the shortest (or the longest) of the delays where it lifts the edge of the band, so often at the most."""
    stopped = row.delays[row.delays["outcome"] != "cleared"].sort_values(end, kind="stable")
    heights = stopped["n"].cumsum() / row.n
    is_marked = np.isfinite(stopped[end])
    ended, heights = stopped[is_marked], heights[is_marked]
    shown = np.unique(np.linspace(0, len(ended) - 1, min(len(ended), marks)).round().astype(int))
    told = each_told(ended.iloc[shown])
    return {
        "type": "scatter",
        "mode": "markers",
        "x": (ended[end].iloc[shown] / _HOUR).tolist(),
        "y": heights.iloc[shown].tolist(),
        "marker": {
            "symbol": [theme.symbol(index, hollow=one.hearsay) for one in told],
            "size": 7,
            "color": theme.colour(index),
        },
        "customdata": [[one.label] for one in told],
        "hovertext": [theme.plain(f"{_which(one, legend)}: {one.said(legend)}") for one in told],
        "hoverinfo": "text",
    }


def _which(one: Told, legend: Legend) -> str:
    """Name the event of a delay, or say how many have it."""
    return legend.event(one.event_id) if one.event_id else counted(one.n, call(legend))


def _silence(answer: pd.DataFrame, legend: Legend) -> str:
    return silences(legend, answer.loc[answer["n"] > 0, "account"], f"No delay {_clocks(legend)} is told")


def _clocks(legend: Legend) -> str:
    return spaced(f"from {legend.selection.start} to {legend.selection.stop}")


def tell(answer: pd.DataFrame, legend: Legend) -> list[str]:
    """Give each account's median and P90 where ten delays allow it, its delays where not, and what is not counted."""
    rows = {row.account: row for row in each(answer)}
    if not answer["n"].any():
        none = f"No {legend.noun} in view gives a delay {_clocks(legend)}."
        unreached = [by_one(row, legend) for row in rows.values() if population(row).every]
        return [none, *unreached, *otherwise(legend, ()), *(not_counted(row, legend) for row in rows.values())]
    heard = [rows[voice.key] for voice in legend.voices if voice.key in rows]
    mixed = [by_one(row, legend.with_scenario()) for row in rows.values() if row.mixed]
    said = [by_one(row, legend) for row in heard if population(row).every]
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
    return f"{legend.label(row.account)} · n = {row.n}"


CHART = Chart(
    key="pooled-delays",
    name="Delays, pooled",
    definition="Share of the delays over by then. Hatched: whatever the truth within the bounds. Line: most likely.",
    question=delay_histogram(CHOSEN),
    columns=COLUMNS,
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
    draw=draw,
    tell=tell,
    mark=mark,
    key_columns=("account", "start", "stop"),
    marked=lambda rows: pd.concat(rows["delays"].tolist()),
    mark_columns=("account", "outcome", "event_id", "subkind", "low", "high", "hearsay", "contradicts"),
    claims=claims_behind(CHOSEN),
    plainly=Asked(delay_histogram(CHOSEN, plainly=plainly(CHOSEN)), claims_behind(CHOSEN, plainly=plainly(CHOSEN))),
    compute=compute,
    topic=milestones(),
)
