"""The coverage: on how many claims an answer rests, why it rests on no more, and what makes those less than exact.

Each claim that a question concerns either supports its answer or is left out for one reason, the first that holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from contested.analysis.coverage.topic import DENIES, EVERYTHING, Gap, Topic
from contested.analysis.coverage.warnings import Row, doubts
from contested.model import arrow_schema
from contested.model.times import ROUND_MINUTES
from contested.model.wording import listing
from contested.query.relations import clocked
from contested.query.reporting_lag import BOUNDS, LAGS, Lag, lag_of
from contested.query.tallies import COLUMNS, columns
from contested.query.timed_milestones import ENDS, Timed, counted, timed_of


def question(topic: Topic) -> str:
    """Write the SQL that counts the claims of a topic by account and by the reason that leaves them out."""
    reasons = " ".join(f"when {gap.sql} then {number}" for number, gap in enumerate(topic.gaps))
    more = [_TIMES] * topic.is_of_time + [_FIGURES] * topic.is_of_figures + [LAGS] * topic.is_of_hours
    more += [counted(is_told_once=topic.is_told_once)] * topic.is_of_delays
    gap, bounds = f"case {reasons} end" if reasons else "null", f", {BOUNDS}" * topic.is_of_hours
    bounds += f", {ENDS}" * topic.is_of_delays
    counts = f"{_COUNTS}{''.join(f',{one}' for one in more)} from concerned group by account, gap"
    found = _LOOKED_AT.format(counts=counts) if topic.is_of_time else f"{counts} order by account, gap"
    is_tallied = topic.is_tallied and not (topic.is_of_hours or topic.is_of_delays)
    claims = "tallied" if is_tallied else _each(gap + bounds + topic.claims + found)
    return f"""
with concerned as (select *, ({gap})::int as gap{bounds} from {claims} where {topic.claims})
{found}
"""


def _each(asked: str) -> str:
    """Write the claims in view one by one, with what is asked of each: also what is else counted together."""
    named = {name: COLUMNS.get(name, name) for name in (*_SELECTED, *COLUMNS) if name in asked}
    return f"(select {columns(named)}, 1 as n from selected)"


_SELECTED = (*arrow_schema.COLUMNS.names, "voice", "known_at")


def _number(condition: str) -> str:
    return f"coalesce(sum(n) filter (where {condition}), 0)::int"


_COUNTS = f"""select account, gap, sum(n)::int as n, {_number("stance = 'denies'")} as denials,
    {_number("same_event = 'unclear'")} as unclear, {_number("same_event = 'likely'")} as likely"""
_LOOKED_AT = f"""
, counts as ({{counts}})
, looks as (
    select account, gap, case when minute(wall) % {ROUND_MINUTES} = 0 and (second(wall) = 0 or width > 0)
        then strftime(wall, '2000-01-%dT%H:%M:%S') || ' ' || width end as look, sum(n)::int as number
    from (select *, round_at + ahead as wall from {clocked("concerned", "round_at", "coalesce(round_zone, $zone)")})
    where look is not null group by all)
, looked_at as (
    select account as whose, gap as why, map_from_entries(list((look, number))) as times from looks group by all)
select counts.*, times from counts left join looked_at on whose = account and why is not distinct from gap
order by account, gap
"""
"""The counts, with how often each time is told that may be round."""

_TIMES = f"""
    {_number("time_basis = 'derived'")} as derived, {_number("time_basis = 'assumed'")} as assumed,
    {_number("is_cut")} as cut, {_number("is_bounded")} as timed"""
_FIGURES = """
    histogram(best) as figures"""


@dataclass(frozen=True)
class Coverage:
    """What an answer rests on: so many claims, what was left out, what is doubtful in them."""

    topic: Topic = EVERYTHING
    used: int = 0
    left_out: Mapping[Gap, int] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    lags: Mapping[str, Lag] = field(default_factory=dict)
    gaps: Mapping[str, str] = field(default_factory=dict)
    """What the accounts do of which no claim supports the answer."""
    timed: Mapping[str, Timed] = field(default_factory=dict)
    """When each account has the start and the stop that are asked for."""

    def sentence(self) -> str:
        """Say on how many claims the answer rests, and why not on the others."""
        every, of = self.used + sum(self.left_out.values()), f" {self.topic.words}".rstrip()
        if not every:
            return f"No claim{of} is shown."
        if self.used == every:
            all_of_them = {1: "the one claim", 2: "both claims"}.get(every, f"all {every:,} claims")
            return f"Rests on {all_of_them}{of}."
        left_out = ((gap, number) for gap, number in self.left_out.items() if number)
        why = listing(f"{number:,} {gap.one if number == 1 else gap.several}" for gap, number in left_out)
        return f"Rests on {f'{self.used:,} of {every:,} claims' if self.used else 'no claim'}{of}: {why}."


def coverage(topic: Topic, rows: Sequence[Row]) -> Coverage:
    """Read the answer to the question of a topic."""
    supporting, others = ([row for row in rows if pd.isna(row.gap) == holds] for holds in (True, False))
    return Coverage(
        topic,
        sum(row.n for row in supporting),
        {gap: sum(row.n for row in others if row.gap == number) for number, gap in enumerate(topic.gaps)},
        tuple(doubts(topic, rows)),
        {row.account: lag_of(row) for row in supporting if row.lag_n} if topic.is_of_hours else {},
        _gaps(topic, supporting, others),
        {row.account: timed_of(row) for row in supporting} if topic.is_of_delays else {},
    )


def _gaps(topic: Topic, supporting: Sequence[Row], others: Sequence[Row]) -> dict[str, str]:
    """Say of each account without a claim that supports the answer what it does instead; a denial before all else."""
    heard, order = {row.account for row in supporting}, [DENIES, *topic.gaps]
    found: dict[str, Gap] = {}
    for row in others:
        gap = topic.gaps[int(row.gap)]
        if row.account not in heard and (
            row.account not in found or order.index(gap) < order.index(found[row.account])
        ):
            found[row.account] = gap
    return {
        account: gap.done.format(thing=topic.thing, claim=f"A claim {topic.words}")
        for account, gap in found.items()
        if topic.thing and gap.done
    }
