"""Pools: the delays of all events as one account times them, and why some of its events do not count.

An event that has begun and of which the account tells no stop is waited for until the moment as known at, or until
the account last spoke at all. A stop that it tells of without a time, or that a filter leaves out, is not waited for.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, combinations, pairwise
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd

from contested.chart import Row
from contested.legend import Legend
from contested.selection import NO_SIDE
from contested.timed.delays import COVERED, LEAST, MEDIAN, P90, difference, percentile
from contested.timed.logrank import logrank
from contested.timed.milestones import CHOSEN, CLOCKS, follows
from contested.timed.told import bound, each_told, spoken
from contested.timed.turnbull import Numbers, likeliest, reached
from contested.wording import counted, listing

_RARE = 0.001
_BY_RULE = "' minutes, which the reader leaves out'"


_OF_PAIRS = f"""
, {CLOCKS}
, spoke as (
    -- of anything at all, also what a filter hides: to deny that help came is to speak
    select if($by = 'side', coalesce(side, '{NO_SIDE}'), account) as account,
        coalesce($as_known_at, max(stated_at)) as as_of
    from known group by all)
, joined as (
    select account, event_id, mixed, start, stop, subkind,
        if(count(shortest) = count(*), min(shortest), null) as shortest,
        if(count(longest) = count(*), max(longest), null) as longest,
        bool_or(hearsay) as hearsay, bool_or(contradicts) as contradicts,
        flatten(list(claim_ids)) as claim_ids, true as timed
    from delay group by account, event_id, mixed, start, stop, subkind)
, told as (
    select account, event_id, name, bool_or(in_view) as seen, list(claim_id) filter (in_view) as claim_ids,
        count(timed) > 0 as has_time, if(count(timed) = count(high), max(high), null) as high,
        bool_or(hearsay) as hearsay, bool_or(contradicts) as contradicts
    from (from heard_of union all by name
        select account, event_id, name, high, hearsay, contradicts, true as timed from earliest)
    group by account, event_id, name having count(claim_id) > 0)
, either as (
    select account, event_id, start, stop, max(high) as high, coalesce(bool_or(start_timed), false) as start_timed,
        bool_or(stop_timed) as stop_timed, bool_or(stop_told) as stop_told,
        coalesce(bool_or(hearsay), false) as hearsay, coalesce(bool_or(contradicts), false) as contradicts,
        flatten(list(claim_ids)) as claim_ids
    from (
        select * exclude (name, has_time), has_time as start_timed from told join pair on name = start
        union all by name
        select account, event_id, start, stop, seen, claim_ids, has_time as stop_timed, true as stop_told
        from told join pair on name = stop)
    group by account, event_id, start, stop having bool_or(seen))
, waited as (
    select * exclude (high), epoch(as_of - high) / 60 as shortest, false as timed, false as mixed
    from either join spoke using (account) anti join joined using (account, event_id, start, stop))
, bounded as (
    -- a clash cannot end before it begins, whatever the bounds of either leave open
    select *, if(start = 'onset' and stop = 'end', 0, '-infinity'::double) as floor,
        greatest(floor, shortest) as low, coalesce(longest, 'infinity'::double) as high
    from (from joined union all by name from waited))
select account, event_id, mixed, start, stop, subkind, timed, as_of, low, high, hearsay, contradicts, claim_ids,
    case
    when not timed and not start_timed then 'without a time of ' || start
    when not timed and stop_timed then 'of which no one account times both ' || start || ' and ' || stop
    when not timed and stop_told then 'with ' || stop || ' told but not timed in view'
    when not timed and not {follows("start", "stop")} then 'without a time of ' || stop
    when low = floor and high = 'infinity' then 'with bounds that leave everything open'
    when low > $trimmed_above_minutes then 'of certainly more than ' || $trimmed_above_minutes || {_BY_RULE}
    when high < $trimmed_below_minutes then 'of certainly less than ' || $trimmed_below_minutes || {_BY_RULE}
    end as reason
from bounded
"""


def delays(pairs: str) -> str:
    """Write the question after every delay between pairs of milestones: one an account and event, or why there is none.

    The claims behind each come in no order, some more than once.
    Of several accounts of one side the bounds are joined, so that the event counts once and holds what each tells.
    """
    return f"with pair as ({pairs}){_OF_PAIRS}"


DELAYS = f"""
select * replace (list_sort(list_distinct(claim_ids)) as claim_ids) from ({delays(CHOSEN)})
order by account, start, stop, event_id, subkind
"""


COLUMNS = (
    *("account", "start", "stop", "n", "n_exact", "n_interval", "n_right_censored", "n_excluded"),
    *("median_low", "median_high", "p90_low", "p90_high", "claim_ids"),
)
_READ = ("account", "start", "stop", "mixed", "reason", "claim_ids")


def pooled(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Pool the delays of each account, whose rows stand together; beside them why the rest does not count."""
    account, start, stop, mixed, reason, claim_ids = (rows[name].to_numpy(object) for name in _READ)
    counts = pd.isna(reason)
    known, before = rows[counts], [0, *np.cumsum(counts).tolist()]
    bounds = known[["low", "high"]].to_numpy(float)
    firsts = [place for place in range(len(rows)) if not place or account[place] != account[place - 1]]
    pools = []
    for first, end in pairwise([*firsts, len(rows)]):
        told, clock = slice(before[first], before[end]), (account[first], start[first], stop[first])
        ids = sorted(set(chain.from_iterable(claim_ids[first:end])))
        excluded = Counter(reason[first:end][~counts[first:end]])
        beside = {"told": known[told], "excluded": excluded, "mixed": mixed[first]}
        pools.append(_pool(clock, bounds[told], end - first, ids) | beside)
    return pools


def _pool(clock: Iterable[str], pool: Numbers, every: int, claim_ids: list[str]) -> dict[str, Any]:
    """Count the delays of one account by their sorts, and bound their percentiles."""
    exact, waits = int((pool[:, 0] == pool[:, 1]).sum()), int(np.isinf(pool[:, 1]).sum())
    counts = (len(pool), exact, len(pool) - exact - waits, waits, every - len(pool))
    bounds = [bound(end) for percent in (MEDIAN, P90) for end in percentile(pool, percent) or (None, None)]
    steps = likeliest(pool) if len(pool) >= LEAST else []
    cells = (*clock, *counts, *bounds, claim_ids)
    return dict(zip(COLUMNS, cells, strict=True)) | {"pool": pool, "steps": steps}


def found(row: Row) -> str:
    """Say what a pool comes to."""
    if row.n < LEAST:
        return f"too few: n = {row.n}"
    likely = reached(row.steps, MEDIAN)
    median, p90 = (spoken(*ends) for ends in ((row.median_low, row.median_high), (row.p90_low, row.p90_high)))
    return f"n = {row.n}: median {median} (most likely {spoken(*likely)}), P90 {p90}"


def by_one(row: Row, legend: Legend) -> str:
    """Say what one account's delays come to, and of which sorts they are."""
    label = legend.label(row.account) if row.mixed else f"According to {legend.label(row.account)}"
    comma = ":" if row.mixed else ","
    if row.n < LEAST:
        each_said = listing(f"{one.said} ({legend.event(one.event_id)})" for one in each_told(row.told))
        return f"{label}{comma} {counted(row.n, 'delay')} ({found(row)}): {each_said}."
    kinds = f"{row.n_exact} exact, {row.n_interval} between bounds, {row.n_right_censored} with no end told"
    return f"{label}{comma} {found(row)}; {kinds}."


def not_counted(row: Row, legend: Legend) -> str:
    """Say which of an account's events do not count, and why."""
    reasons = [f"{counted(number, 'event')} {reason}" for reason, number in sorted(row.excluded.items())]
    return f"Not counted, as told by {legend.label(row.account)}: {listing(reasons)}."


def compared(rows: Sequence[Row], legend: Legend) -> list[str]:
    """Compare every two medians of which enough is known."""
    return [_compared(*pair, legend) for pair in combinations((row for row in rows if row.n >= LEAST), 2)]


def _compared(one: Row, other: Row, legend: Legend) -> str:
    """Compare two medians, the one that may be the longer first, whoever's it is."""
    by, tested = difference(one.pool, other.pool), _tested(logrank(one.pool, other.pool))
    if by is None or not (isfinite(by.low) or isfinite(by.high)):
        both = f"{legend.label(one.account)} and {legend.label(other.account)}"
        return f"The medians of {both} cannot be compared{f' ({tested})' if tested else ''}."
    if by.low + by.high < 0:
        one, other, by = other, one, by.mirrored()
    names = f"The median of {legend.label(one.account)} is {_longer(by.low, by.high)} than that of"
    interval = f"{COVERED} % bootstrap interval: {_longer(by.least, by.most)}"
    return f"{names} {legend.label(other.account)} ({'; '.join(filter(None, (interval, tested)))})."


def _tested(chance: float | None) -> str:
    """Say the log-rank test of two whole distributions; nothing where there is nothing to tell them apart by."""
    if chance is None:
        return ""
    return f"log-rank p = {chance:.2g}" if chance >= _RARE else f"log-rank p < {_RARE}"


def _longer(low: float, high: float) -> str:
    if not (isfinite(low) or isfinite(high)):
        return "unbounded"
    said = spoken(low, high)
    said = said.replace("before", "shorter").replace("after", "longer")
    return said if said.endswith(("shorter", "longer")) else f"{said} longer"
