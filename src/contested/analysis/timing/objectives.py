"""Objectives: the 90th percentile of a pool of delays and the share in time, beside the minutes that are aimed at.

An objective is met or missed where the whole interval of the 90th percentile says so; else that is open.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from contested.analysis.timing.compared_groups import Compared
from contested.analysis.timing.delay import bound
from contested.analysis.timing.interval_censoring import P90
from contested.model.times import LEAST_DELAYS, brief_duration
from contested.model.wording import verb
from contested.query.groups import label
from contested.query.legend import Legend
from contested.query.rows import Row, known

COLUMNS = ("p90_least", "p90_most", "objective_minutes", "share_least", "share_most")
"""The columns of a table: the intervals of the 90th percentile and of the share that is over within the objective."""


def beside(pool: Mapping[str, Any], objective: float | None) -> dict[str, float | None]:
    """Give a pool of enough delays the interval of its 90th percentile and of its share within the objective."""
    found: dict[str, float | None] = {"objective_minutes": objective}
    if pool["n"] < LEAST_DELAYS:
        return found
    delays = Compared("", "", pool["reached"])
    found |= dict(zip(("p90_least", "p90_most"), map(bound, delays.interval(P90)), strict=True))
    if objective is not None:
        found |= dict(zip(("share_least", "share_most"), delays.share(objective)[3:], strict=True))
    return found


def judged(rows: Sequence[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """Part the rows that are told beside an objective into those that certainly miss it, meet it, and all of them."""
    told = [row for row in rows if row.n >= LEAST_DELAYS and known(row.objective_minutes) is not None]
    missed = [row for row in told if (known(row.p90_least) or 0) > row.objective_minutes]
    met = [row for row in told if (most := known(row.p90_most)) is not None and most <= row.objective_minutes]
    return missed, met, told


def verdict(missed: Sequence[Row], met: Sequence[Row]) -> str:
    """Say how one row that is told stands to its objective."""
    return "meets" if met else "misses" if missed else "may or may not meet"


def counts(missed: Sequence[Row], met: Sequence[Row]) -> str:
    """Say how many of several certainly miss the objective, and how many meet it."""
    miss, meet = verb(missed, "misses", "miss"), verb(met, "meets", "meet")
    return f"certainly {miss} the objective, {len(met)} certainly {meet} it"


def name_of(row: Row, legend: Legend) -> str:
    """Name whose calls a row is of: the group, the account, or both where there are several."""
    whose = legend.with_scenario().label(row.account)
    if not legend.selection.group:
        return whose
    group = "no group"
    if isinstance(row.group_value, str):
        group = label(legend.selection.group, row.group_value, legend.selection.zone)
    return f"{group}, {whose}" if len(legend.voices) > 1 else group


def said(row: Row, p90: str, objective: str, lacking: str) -> str:
    """Say the 90th percentile of a row beside its objective, with its interval; `lacking` tells of calls without it."""
    if row.n < LEAST_DELAYS:
        return f"too few: n = {row.n}{lacking}"
    beside = f", objective {objective}" if objective else ""
    return f"90 % within {p90}{beside} (95 % interval {interval_words(row)}; n = {row.n:,}{lacking})"


def words(row: Row) -> str:
    """Write the objective of a row; nothing where there is none."""
    minutes = known(row.objective_minutes)
    return "" if minutes is None else brief_duration(minutes, minutes)


def p90_words(row: Row) -> str:
    """Write the 90th percentile of a row, or that it is not reached."""
    low, high = known(row.p90_low), known(row.p90_high)
    return "not reached" if low is None and high is None else brief_duration(low, high)


def interval_words(row: Row) -> str:
    """Write the interval of the 90th percentile of a row."""
    return brief_duration(known(row.p90_least), known(row.p90_most))


def share_words(row: Row) -> str:
    """Write the interval of the share within the objective; nothing where there is none."""
    least, most = known(row.share_least), known(row.share_most)
    return "" if least is None or most is None else f"{least:.0%}–{most:.0%}"
