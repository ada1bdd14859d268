"""Pools: the delays of all events as one account times them, and why some of its events do not count.

Of the calls with an arrival (or whatever stops the clock) order statistics bound the percentiles. Of every call they
come from the cumulative incidence of the stop: what was cleared without it was never reached, and what is open at the
last word of it is right-censored then. An event of which the account tells of no stop, and not why, does not count: to
be silent is not to wait.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, combinations, pairwise
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd

from contested.analysis.timing.delay import Population, bound, each_told, spoken
from contested.analysis.timing.incidence import incidence, quantile
from contested.analysis.timing.interval_censoring import COVERED, MEDIAN, P90, difference, percentile
from contested.analysis.timing.logrank import logrank
from contested.analysis.timing.milestones import CHOSEN, CLOCKS
from contested.analysis.timing.turnbull import Bounds, Numbers, Step, likeliest, reached
from contested.model.times import LEAST_DELAYS
from contested.model.vocabulary import Calls
from contested.model.wording import counted, listing
from contested.query.legend import Legend
from contested.query.rows import Row

_RARE = 0.001
UNTOLD = "with no "
"""How the reason begins where an account tells neither of a stop nor why there is none."""
_BY_RULE = "' minutes, which the reader leaves out'"


def _spaced(name: str) -> str:
    return f"replace({name}, '_', ' ')"


_OF_PAIRS = f"""
, {CLOCKS}
, joined as (
    select account, event_id, mixed, start, stop, subkind, 'reached' as outcome,
        if(count(shortest) = count(*), min(shortest), null) as shortest,
        if(count(longest) = count(*), max(longest), null) as longest,
        bool_or(hearsay) as hearsay, bool_or(contradicts) as contradicts, flatten(list(claim_ids)) as claim_ids,
        list(voice) as voices
    from delay group by account, event_id, mixed, start, stop, subkind
    union all by name
    select account, event_id, false as mixed, start, stop, subkind, coalesce(min(outcome), 'silent') as outcome,
        min(shortest) filter (outcome is not null) as shortest,
        if(count(longest) = count(outcome), max(longest), null) as longest,
        bool_or(hearsay) as hearsay, bool_or(contradicts) as contradicts, flatten(list(claim_ids)) as claim_ids,
        list(voice) as voices
    from waited group by account, event_id, start, stop, subkind)
, told as (
    select account, event_id, name, bool_or(in_view) as seen, list(claim_id) filter (in_view) as claim_ids,
        count(timed) > 0 as has_time, bool_or(hearsay) as hearsay, bool_or(contradicts) as contradicts
    from (from heard_of union all by name
        select account, event_id, name, hearsay, contradicts, true as timed from earliest)
    group by account, event_id, name having count(claim_id) > 0)
, either as (
    select account, event_id, start, stop, coalesce(bool_or(start_timed), false) as start_timed,
        bool_or(stop_timed) as stop_timed, bool_or(stop_told) as stop_told,
        coalesce(bool_or(hearsay), false) as hearsay, coalesce(bool_or(contradicts), false) as contradicts,
        flatten(list(claim_ids)) as claim_ids
    from (
        select * exclude (name, has_time), has_time as start_timed from told join pair on name = start
        union all by name
        select account, event_id, start, stop, seen, claim_ids, has_time as stop_timed, true as stop_told
        from told join pair on name = stop)
    group by account, event_id, start, stop having bool_or(seen))
, bounded as (
    -- a clash cannot end before it begins, whatever the bounds of either leave open
    select *, if(start = 'onset' and stop = 'end', 0, '-infinity'::double) as floor,
        greatest(floor, shortest) as low, coalesce(longest, 'infinity'::double) as high
    from (from joined union all by name
        select *, false as mixed from either anti join joined using (account, event_id, start, stop)))
select account, event_id, mixed, start, stop, subkind, outcome, low, high, hearsay, contradicts, claim_ids, voices,
    case
    when outcome = 'silent' then '{UNTOLD}' || {_spaced("stop")} || ' told'
    when outcome is null and not start_timed then 'without a time of ' || {_spaced("start")}
    when outcome is null and stop_timed then
        'of which no one account times both ' || {_spaced("start")} || ' and ' || {_spaced("stop")}
    when outcome is null and stop_told then 'with ' || {_spaced("stop")} || ' told but not timed in view'
    when outcome is null then 'without a time of ' || {_spaced("stop")}
    when low = floor and high = 'infinity' then 'with bounds that leave everything open'
    when outcome <> 'cleared' and low > $trimmed_above_minutes
        then 'of certainly more than ' || $trimmed_above_minutes || {_BY_RULE}
    when outcome = 'reached' and high < $trimmed_below_minutes
        then 'of certainly less than ' || $trimmed_below_minutes || {_BY_RULE}
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
    *("account", "start", "stop", "n", "n_exact", "n_interval", "n_right_censored"),
    *("n_reached", "n_cleared", "n_open", "n_excluded"),
    *("median_low", "median_high", "p90_low", "p90_high", "claim_ids"),
)
_READ = ("account", "start", "stop", "mixed", "reason", "claim_ids")


def pooled(rows: pd.DataFrame, calls: Calls) -> list[dict[str, Any]]:
    """Pool the delays of each account, whose rows stand together; beside them why the rest does not count."""
    account, start, stop, mixed, reason, claim_ids = (rows[name].to_numpy(object) for name in _READ)
    counts = pd.isna(reason)
    known, before = rows[counts], [0, *np.cumsum(counts).tolist()]
    firsts = [place for place in range(len(rows)) if not place or account[place] != account[place - 1]]
    pools = []
    for first, end in pairwise([*firsts, len(rows)]):
        told, clock = known[before[first] : before[end]], (account[first], start[first], stop[first])
        ids = sorted(set(chain.from_iterable(claim_ids[first:end])))
        excluded = Counter(reason[first:end][~counts[first:end]])
        voices = sorted(set(chain.from_iterable(known["voices"].iloc[before[first] : before[end]])))
        beside = {"excluded": excluded, "mixed": mixed[first], "voices": voices}
        pools.append(_pool(clock, told, excluded.total(), ids, calls) | beside)
    return pools


def _pool(
    clock: Iterable[str], told: pd.DataFrame, excluded: int, claim_ids: list[str], calls: Calls
) -> dict[str, Any]:
    """Count the delays of one account by their sorts, and give their percentiles in the reading chosen."""
    of = Population(*(int((told["outcome"] == outcome).sum()) for outcome in ("reached", "cleared", "open")))
    shown = told if calls is Calls.EVERY else told[told["outcome"] == "reached"]
    pool, stopped = shown[["low", "high"]].to_numpy(float), (shown["outcome"] != "cleared").to_numpy(bool)
    exact, waits = int((pool[:, 0] == pool[:, 1])[stopped].sum()), int(np.isinf(pool[stopped, 1]).sum())
    counts = (len(pool), exact, int(stopped.sum()) - exact - waits, waits, *of[:3], excluded)
    steps = _steps(pool, shown["outcome"].to_numpy(object), calls) if len(pool) >= LEAST_DELAYS else []
    ends = [_percentile(pool, steps, percent, calls) or (None, None) for percent in (MEDIAN, P90)]
    cells = (*clock, *counts, *(bound(end) for bounds in ends for end in bounds), claim_ids)
    # what was cleared is never reached, however long one waits
    until_reached = np.where(stopped[:, None], pool, np.inf)
    return dict(zip(COLUMNS, cells, strict=True)) | {"told": shown, "pool": until_reached, "steps": steps}


def _steps(pool: Numbers, outcomes: Numbers, calls: Calls) -> list[Step]:
    return incidence(pool, outcomes) if calls is Calls.EVERY else likeliest(pool)


def _percentile(pool: Numbers, steps: Sequence[Step], percent: int, calls: Calls) -> Bounds | None:
    """Bound a percentile of the calls with a stop, or find where the incidence reaches it, if it does."""
    if calls is Calls.ARRIVALS:
        return percentile(pool, percent)
    return quantile(steps, percent)


def found(row: Row, calls: Calls) -> str:
    """Say what a pool comes to."""
    if row.n < LEAST_DELAYS:
        return f"too few: n = {row.n}"
    ends = ((row.median_low, row.median_high), (row.p90_low, row.p90_high))
    if calls is Calls.EVERY:
        median, p90 = (reached_by(row, *bounds, share) for bounds, share in zip(ends, ("half", "90 %"), strict=True))
        return f"n = {row.n}: {median}; {p90}"
    likely = reached(row.steps, MEDIAN)
    median, p90 = (spoken(*bounds) for bounds in ends)
    return f"n = {row.n}: median {median} (most likely {spoken(*likely)}), P90 {p90}"


def reached_by(row: Row, low: float | None, high: float | None, share: str) -> str:
    """Say within what time a share of every call was reached, or that so many were not."""
    if low is not None or high is not None:
        return f"{share} were reached within {spoken(low, high)}"
    missing = f"fewer than {share} were reached"
    return f"{missing} by the last word of those still open" if row.n_open else missing


def population(row: Row) -> Population:
    """Give how the calls of one pool ended."""
    silent = sum(number for reason, number in row.excluded.items() if reason.startswith(UNTOLD))
    return Population(row.n_reached, row.n_cleared, row.n_open, silent)


def by_one(row: Row, legend: Legend) -> str:
    """Say what one account's delays come to, and of which sorts they are."""
    label = legend.label(row.account) if row.mixed else _attributed(row, legend)
    comma, calls, of = ":" if row.mixed else ",", legend.selection.calls, population(row)
    if row.n < LEAST_DELAYS:
        each_said = listing(f"{one.said(legend)} ({legend.event(one.event_id)})" for one in each_told(row.told))
        which = f"; {of.said(legend)}" if of.is_said(legend) else ""
        return f"{label}{comma} {counted(row.n, 'delay')} ({found(row, calls)}{which}): {each_said}."
    kinds = f"{row.n_exact} exact, {row.n_interval} between bounds, {row.n_right_censored} not over by then"
    which = f"{of.said(legend)}; " if of.is_said(legend) else ""
    return f"{label}{comma} {found(row, calls)}; {which}{kinds}."


def _attributed(row: Row, legend: Legend) -> str:
    said = legend.according_to(row.account, row.voices)
    return f"{said[0].upper()}{said[1:]}"


def not_counted(row: Row, legend: Legend) -> str:
    """Say which of an account's events do not count, and why."""
    reasons = [f"{counted(number, 'event')} {reason}" for reason, number in sorted(row.excluded.items())]
    whose = legend.by([voice for voice in legend.voices if voice.key == row.account])
    return f"Not counted, {'told' if legend.noun == 'side' else 'as told'} {whose}: {listing(reasons)}."


def compared(rows: Sequence[Row], legend: Legend) -> list[str]:
    """Compare every two medians of which enough is known, in the reading that compares like with like."""
    if legend.selection.calls is Calls.EVERY:
        enough = sum(row.n >= LEAST_DELAYS for row in rows) > 1
        return ["Two medians are compared, and tested, of the calls with an arrival alone."] * enough
    return [_compared(*pair, legend) for pair in combinations((row for row in rows if row.n >= LEAST_DELAYS), 2)]


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
