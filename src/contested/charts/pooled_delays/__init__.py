"""How long did help take over many events, by whose clock?

The delays of all events are pooled, each account's for itself, in one of two readings. Of the calls with an arrival (or
whatever stops the clock) it says how long help took where it came: median and 90 % are order statistics, the line the
nonparametric maximum likelihood estimate (Turnbull 1976). Of every call it says which share was reached by when: the
cumulative incidence (Aalen and Johansen 1978; between bounds Hudgens, Satten and Longini 2001), where to be cleared
without an arrival is a competing event and only what is still open is right-censored. Of fewer than ten the intervals
themselves are drawn.
"""

from typing import Any

import pandas as pd

from contested.analysis.coverage.topic import milestones
from contested.analysis.timing.compared_groups import Compared
from contested.analysis.timing.milestones import CHOSEN
from contested.analysis.timing.observations import RECIPE, narrowed
from contested.analysis.timing.plain_delays import plainly
from contested.analysis.timing.pools import NUMBERS, claims_behind, delay_histogram, plain_delay_histogram, pooled
from contested.analysis.timing.targets import COLUMNS as SHARES
from contested.analysis.timing.targets import in_columns
from contested.analysis.timing.turnbull import Mass, npmle
from contested.chart import Asked, Chart
from contested.charts.pooled_delays.figure import draw
from contested.charts.pooled_delays.sentences import mark, subtitle, tell, title
from contested.model.times import LEAST_DELAYS
from contested.query.legend import Legend


def compute(rows: pd.DataFrame, legend: Legend) -> pd.DataFrame:
    """Pool the delays of each account, and estimate how they are distributed."""
    targets = legend.selection.target_minutes
    pools = [
        pool
        | {"masses": _masses(pool), "delays": rows.iloc[pool["places"]]}
        | in_columns(Compared("", "", pool["reached"]).shares(targets))
        for pool in pooled(rows, legend.selection.calls)
    ]
    own = ("delays", "reached", "masses", "excluded", "mixed", "voices")
    return pd.DataFrame(pools, columns=[*NUMBERS, *SHARES, *own])


def _masses(pool: dict[str, Any]) -> list[Mass]:
    """Estimate the distribution of enough delays: of every call the incidence is found already."""
    return pool["masses"] or (npmle(pool["reached"]) if pool["n"] >= LEAST_DELAYS else [])


CHART = Chart(
    key="pooled-delays",
    name="Delays, pooled",
    definition="Share of the delays over by each moment",
    subtitle=subtitle,
    title=title,
    question=delay_histogram(CHOSEN, by_group=True),
    columns=(*NUMBERS, *SHARES, "claim_ids"),
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
    recipe=RECIPE,
    observed=lambda row, legend: narrowed(row, legend) if legend.selection.group else {},
    draw=draw,
    tell=tell,
    mark=mark,
    key_columns=("account", "group_value", "start", "stop"),
    marked=lambda rows: pd.concat(rows["delays"].tolist()),
    mark_columns=("account", "group_value", "outcome", "event_id", "subkind", "low", "high", "hearsay", "contradicts"),
    claims=claims_behind(CHOSEN, by_group=True),
    plainly=Asked(
        delay_histogram(CHOSEN, plainly=plainly(CHOSEN), by_group=True),
        claims_behind(CHOSEN, plainly=plainly(CHOSEN), by_group=True),
        plain_delay_histogram(CHOSEN, plainly(CHOSEN), by_group=True),
    ),
    compute=compute,
    topic=milestones(),
)
