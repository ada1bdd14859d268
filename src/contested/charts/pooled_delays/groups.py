"""The groups that are pooled: each account, or each group of its calls, with the numbers that a table shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from contested.analysis.timing.compared_groups import Compared, calls_of
from contested.analysis.timing.delay import bound, call
from contested.analysis.timing.targets import Share, of_row
from contested.model.times import LEAST_DELAYS, brief_duration
from contested.query.groups import label
from contested.query.legend import Legend, Voice
from contested.query.rows import Row, each

ONE_PLOT, BAND, PANELS = 4, 30, 12
"""So many accounts share a plot, each with a band from so many delays on; of more, so many have one of their own."""


@dataclass(frozen=True)
class Group:
    """The delays of one account, or of one group of its calls, as they are drawn: named and shaped as a voice is."""

    voice: Voice
    row: Row
    calls: str = ""
    """What its calls are called, where calls are grouped."""

    @property
    def is_enough(self) -> bool:
        """Say whether there are enough for a percentile."""
        return bool(self.row.n >= LEAST_DELAYS)

    @property
    def is_exact(self) -> bool:
        """Say whether nothing is left open."""
        return not (self.row.n_interval or self.row.n_right_censored)

    @property
    def compared(self) -> Compared:
        """Give its delays as they are compared with those of others."""
        return Compared(self.voice.label, self.calls, self.row.reached)

    def share_within(self, minutes: float) -> tuple[float, float]:
        """Bound the share that is over within so many minutes."""
        return self.compared.share_within(minutes)


def groups(answer: pd.DataFrame, legend: Legend) -> list[Group]:
    """List the accounts that have delays, in the order of the story; or the groups of calls, the soonest first."""
    if legend.selection.group:
        return _groups_of_calls(answer, legend)
    rows = {row.account: row for row in each(answer) if row.n}
    return [Group(voice, rows[voice.key]) for voice in legend.with_scenario().voices if voice.key in rows]


def _groups_of_calls(answer: pd.DataFrame, legend: Legend) -> list[Group]:
    """Name the groups of calls: up to four by their medians, in colours; more by their shares, in one; few last."""
    rows = [row for row in each(answer[answer["group_value"].notna()]) if row.n]
    accounts = {row.account for row in rows}
    target, is_together = legend.selection.target, len(rows) <= ONE_PLOT

    def order(row: Row) -> tuple[float, ...]:
        delays = Compared("", "", row.reached)
        if row.n < LEAST_DELAYS:
            return (1.0, -row.n)
        if target and not is_together:
            return (0.0, *(-share for share in delays.share_within(target)))
        return (0.0, *delays.median())

    found = []
    for place, row in enumerate(sorted(rows, key=order)):
        name, number = _label(row, legend, accounts), place if is_together else 0
        found.append(Group(Voice(f"{row.account}/{row.group_value}", name, number), row, calls_of(name, call(legend))))
    return found


def _label(row: Row, legend: Legend, accounts: set[str]) -> str:
    name = label(legend.selection.group or "", row.group_value, legend.selection.zone)
    return f"{name}, {legend.with_scenario().label(row.account)}" if len(accounts) > 1 else name


class Summary(NamedTuple):
    """The numbers of one account as a table shows them; empty where there are too few or none."""

    group: Group
    n: str
    median: str
    p90: str
    shares: Sequence[Share] = ()
    """Of each target in turn."""


def summaries(answer: pd.DataFrame, legend: Legend) -> list[Summary]:
    """Give n, median, 90 % and the share within each target of each account."""
    return [_summary(group) for group in groups(answer, legend)]


def _summary(group: Group) -> Summary:
    row, number = group.row, f"{group.row.n:,}"
    if not group.is_enough:
        return Summary(group, number, "", "")
    ends = ((row.median_low, row.median_high), (row.p90_low, row.p90_high))
    median, p90 = (percentile_words(*bounds) for bounds in ends)
    return Summary(group, number, median, p90, of_row(row))


def percentile_words(low: float | None, high: float | None) -> str:
    """Write a percentile between its bounds."""
    least, most = bound(low), bound(high)
    return "not reached" if least is None and most is None else brief_duration(least, most)
