"""Pools: the delays of all events as one account times them, and why some of its events do not count.

An event that has begun and of which the account tells no stop is waited for until the moment as known at, or until
the account last spoke. A stop that it tells of without a time, or that a filter leaves out, is not waited for.
"""

from collections.abc import Sequence
from math import inf, isfinite
from typing import Any, NamedTuple

import pandas as pd

from contested.chart import Row
from contested.delays import COVERED, LEAST, MEDIAN, P90, Delay, difference, percentile
from contested.legend import Legend
from contested.moment import day_and_hour, duration
from contested.selection import NO_SIDE
from contested.turnbull import likeliest, reached
from contested.vocabulary import Milestone

_VOICE = f"if($by = 'side', coalesce(side, '{NO_SIDE}'), account) as account"

DELAYS = f"""
with timed as (
    from (select account, event_id, hearsay, contradicts, claim_ids, unnest(if(kind = 'clash',
            [{{'name': 'onset', 'low': began_earliest, 'high': began_latest}},
                {{'name': 'end', 'low': ended_earliest, 'high': ended_latest}}],
            [{{'name': kind, 'low': began_earliest, 'high': began_latest}}]), recursive := true)
        from extents where kind in ('clash', 'call', 'dispatch', 'arrival'))
    where low is not null or high is not null)
, heard_of as (
    -- also what is told without a time, or outside the filters: it has happened all the same
    select {_VOICE}, event_id, claim_id, claim_id in (select claim_id from selected) as in_view,
        unnest(if(kind = 'clash', if(coalesce(ended_earliest, ended_latest) is null, ['onset'], ['onset', 'end']),
            [kind])) as name
    from known
    where standing = 'standing' and stance <> 'denies' and kind in ('clash', 'call', 'dispatch', 'arrival'))
, told as (
    select account, event_id, bool_or(name = $stop) as stop_told,
        list_sort(list_distinct(list(claim_id) filter (in_view))) as claim_ids
    from heard_of where name in ($start, $stop) group by all having bool_or(in_view))
, spoke as (select {_VOICE}, coalesce($as_known_at, max(stated_at)) as as_of from known group by all)
select told.account, told.event_id, $start as start, $stop as stop, as_of, stop_told,
    epoch(stopped.low - started.high) / 60 as shortest, epoch(stopped.high - started.low) / 60 as longest,
    epoch(as_of - started.high) / 60 as waited,
    started.name is not null as start_timed, stopped.name is not null as stop_timed,
    coalesce(started.hearsay, false) or coalesce(stopped.hearsay, false) as hearsay,
    coalesce(started.contradicts, false) or coalesce(stopped.contradicts, false) as contradicts,
    if(start_timed and stop_timed, list_sort(list_distinct(list_concat(started.claim_ids, stopped.claim_ids))),
        told.claim_ids) as claim_ids
from told join spoke using (account)
left join timed as started
    on started.account = told.account and started.event_id = told.event_id and started.name = $start
left join timed as stopped
    on stopped.account = told.account and stopped.event_id = told.event_id and stopped.name = $stop
order by told.account, told.event_id
"""


COLUMNS = (
    *("account", "start", "stop", "n", "n_exact", "n_interval", "n_right_censored", "n_excluded"),
    *("median_low", "median_high", "p90_low", "p90_high", "claim_ids"),
)


class Told(NamedTuple):
    """One delay as one account tells it."""

    event_id: str
    delay: Delay
    said: str
    hearsay: bool
    claim_ids: list[str]


def pooled(rows: Sequence[Row]) -> dict[str, Any]:
    """Pool the delays of one account: its row, and beside it what it tells and why the rest does not count."""
    read = [(row, _counted(row)) for row in rows]
    known = [_told(row, delay) for row, delay in read if isinstance(delay, Delay)]
    excluded = [reason for _, reason in read if isinstance(reason, str)]
    delays = [one.delay for one in known]
    exact, waits = (sum(map(test, delays)) for test in (Delay.is_exact, Delay.is_right_censored))
    counts = (len(known), exact, len(known) - exact - waits, waits, len(excluded))
    bounds = [_bound(end) for percent in (MEDIAN, P90) for end in percentile(delays, percent) or (None, None)]
    claim_ids = sorted({claim_id for row in rows for claim_id in row.claim_ids})
    cells = (rows[0].account, rows[0].start, rows[0].stop, *counts, *bounds, claim_ids)
    steps = likeliest(delays) if len(delays) >= LEAST else []
    return dict(zip(COLUMNS, cells, strict=True)) | {"told": known, "steps": steps, "excluded": excluded}


def _counted(row: Row) -> Delay | str:
    """Read a delay, or say why it does not count."""
    if not row.start_timed:
        return f"without a time of {row.start}"
    if not row.stop_timed and row.stop_told:
        return f"with {row.stop} told but not timed in view"
    if not row.stop_timed and not _follows(row.stop, row.start):
        return f"without a time of {row.stop}"
    floor = 0 if (row.start, row.stop) == (Milestone.ONSET, Milestone.END) else -inf
    shortest, longest = (row.shortest, row.longest) if row.stop_timed else (row.waited, inf)
    low = max(floor, -inf if pd.isna(shortest) else float(shortest))
    high = inf if pd.isna(longest) else float(longest)
    return "with bounds that leave everything open" if (low, high) == (floor, inf) else Delay(low, high)


def _bound(minutes: float | None) -> float | None:
    return minutes if minutes is not None and isfinite(minutes) else None


def _told(row: Row, delay: Delay) -> Told:
    said = spoken(*delay) if row.stop_timed else f"no {row.stop} told by {day_and_hour(row.as_of)}"
    flags = {
        "order unknown": row.stop_timed and delay.low < 0 < delay.high,
        "the account contradicts itself": row.contradicts,
        "hearsay": row.hearsay,
    }
    doubts = "".join(f" ({flag})" for flag, holds in flags.items() if holds)
    return Told(row.event_id, delay, said + doubts, bool(row.hearsay), list(row.claim_ids))


def _follows(stop: str, start: str) -> bool:
    order = list(Milestone)
    return order.index(Milestone(stop)) > order.index(Milestone(start))


def found(row: Row) -> str:
    """Say what a pool comes to."""
    if row.n < LEAST:
        return f"too few: n = {row.n}"
    likely = reached(row.steps, MEDIAN)
    median, p90 = (spoken(*ends) for ends in ((row.median_low, row.median_high), (row.p90_low, row.p90_high)))
    return f"n = {row.n}: median {median} (most likely {spoken(*likely)}), P90 {p90}"


def spoken(low: float, high: float) -> str:
    """Say a delay between two bounds; what is missing bounds nothing."""
    return duration(_bound(low), _bound(high))


def compared(one: Row, other: Row, legend: Legend) -> str:
    """Compare two medians, the one that may be the longer first, whoever's it is."""
    by = difference([told.delay for told in one.told], [told.delay for told in other.told])
    if by is None or not (isfinite(by.low) or isfinite(by.high)):
        return f"The medians of {legend.label(one.account)} and {legend.label(other.account)} cannot be compared."
    if by.low + by.high < 0:
        one, other, by = other, one, by.mirrored()
    names = f"The median of {legend.label(one.account)} is {_longer(by.low, by.high)} than that of"
    interval = f"{COVERED} % bootstrap interval: {_longer(by.least, by.most)}"
    return f"{names} {legend.label(other.account)} ({interval})."


def _longer(low: float, high: float) -> str:
    if not (isfinite(low) or isfinite(high)):
        return "unbounded"
    said = spoken(low, high)
    said = said.replace("before", "shorter").replace("after", "longer")
    return said if said.endswith(("shorter", "longer")) else f"{said} longer"
