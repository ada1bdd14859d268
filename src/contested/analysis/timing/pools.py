"""Pools: the delays of all events as one account times them, and why some of its events do not count.

Of the calls with an arrival (or whatever stops the clock) order statistics bound the percentiles. Of every call they
come from the cumulative incidence of the stop: what was cleared without it was never reached, and what is open at the
last word of it is right-censored then. An event of which the account tells of no stop, and not why, does not count: to
be silent is not to wait.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain, combinations, pairwise
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd

from contested.analysis.timing.cumulative_incidence import cumulative_incidence
from contested.analysis.timing.cumulative_incidence import quantile as incidence_quantile
from contested.analysis.timing.delay import Population, bound, each_told, spoken
from contested.analysis.timing.interval_censoring import (
    CONFIDENCE,
    MEDIAN,
    P90,
    Array,
    Bounds,
    Histogram,
    difference_of_medians,
    percentile,
)
from contested.analysis.timing.logrank import logrank
from contested.analysis.timing.milestones import CLOCKS, ORDER
from contested.analysis.timing.turnbull import Mass, quantile
from contested.model.times import LEAST_DELAYS
from contested.model.vocabulary import Calls
from contested.model.wording import counted, listing
from contested.query.legend import Legend
from contested.query.rows import Row

_RARE = 0.001
UNTOLD = "with no "
"""How the reason begins where an account tells neither of a stop nor why there is none."""
_BY_RULE = "' minutes, which the reader leaves out'"


_ENDS = "started_low, started_high, stopped_low, stopped_high"
_JOINED_ENDS = ", ".join(
    f"if(count({end}) = count(*), {'min' if end.endswith('low') else 'max'}({end}), null)" for end in _ENDS.split(", ")
)


def _spaced(name: str) -> str:
    return f"replace({name}, '_', ' ')"


def delays(pairs: str, plainly: str = "", *, is_all_plain: bool = False) -> str:
    """Write the question after every delay between pairs of milestones: one an account and event, or why there is none.

    The claims behind each come in no order, some more than once.
    When each began and ended is given as it is told.
    Of several accounts of one side the bounds are joined, so that the event counts once and holds what each tells.
    The question `plainly` adds those of plain events, or gives all where every event is plain.
    """
    more = f" union all by name ({plainly})" if plainly else ""
    told = f"(from ({plainly}))" if is_all_plain else f"{_TOLD}{more})"
    return f"""
with pair as ({pairs}){"" if is_all_plain else _TOGETHER}
, bounded as (
    -- a clash cannot end before it begins, whatever the bounds of either leave open
    select *, if(start = 'onset' and stop = 'end', 0, '-infinity'::double) as floor,
        greatest(floor, shortest) as low, coalesce(longest, 'infinity'::double) as high
    from {told})
select account, event_id, group_value, mixed, start, stop, subkind, outcome, low, high, {_ENDS},
    hearsay, contradicts, claim_ids, voices, n,
    case
    when outcome = 'silent' then '{UNTOLD}' || {_spaced("stop")} || ' told'
    when outcome is null and not start_timed then 'without a time of ' || {_spaced("start")}
    when outcome is null and stop_timed then
        'of which no one account times both ' || {_spaced("start")} || ' and ' || {_spaced("stop")}
    when outcome is null and stop_told then 'with ' || {_spaced("stop")} || ' told but not timed in what is shown'
    when outcome is null then 'without a time of ' || {_spaced("stop")}
    when low = floor and high = 'infinity' then 'with bounds that leave everything open'
    when outcome <> 'cleared' and low > $trimmed_above_minutes
        then 'of certainly more than ' || $trimmed_above_minutes || {_BY_RULE}
    when outcome = 'reached' and high < $trimmed_below_minutes
        then 'of certainly less than ' || $trimmed_below_minutes || {_BY_RULE}
    end as reason
from bounded
"""


_TOGETHER = f"""
, {CLOCKS}
, outcome as (
    select account, voice, event_id, mixed, start, stop, subkind, 'reached' as outcome, shortest, longest,
        {_ENDS}, hearsay, contradicts, claim_ids from delay
    union all select account, voice, event_id, false, start, stop, subkind, outcome, shortest, longest,
        started_low, started_high, null, null, hearsay, contradicts, claim_ids from waited)
, joined as (
    select account, event_id, mixed, start, stop, subkind, coalesce(outcome, 'silent') as outcome,
        if(outcome is null, null, shortest) as shortest, longest, {_ENDS}, hearsay, contradicts, claim_ids,
        [voice] as voices
    from outcome where $by = 'account' and not mixed
    union all
    select account, event_id, mixed, start, stop, subkind, coalesce(min(outcome), 'silent'),
        if(min(outcome) = 'reached' and count(shortest) < count(*), null,
            min(shortest) filter (outcome is not null)),
        if(count(longest) = count(outcome), max(longest), null), {_JOINED_ENDS},
        bool_or(hearsay), bool_or(contradicts), flatten(list(claim_ids)), list(voice)
    from outcome where $by = 'side' or mixed group by account, event_id, mixed, start, stop, subkind)
, either as (
    select account, event_id, start, stop, count(timed) filter (name = start) > 0 as start_timed,
        count(timed) filter (name = stop) > 0 as stop_timed, count(claim_id) filter (name = stop) > 0 as stop_told,
        coalesce(bool_or(hearsay), false) as hearsay, coalesce(bool_or(contradicts), false) as contradicts,
        list(claim_id) filter (in_view) as claim_ids
    from (select *, unnest([start, stop]) as name from pair) join (
        select account, event_id, name, claim_id, in_view, null as timed, null as hearsay, null as contradicts
        from heard_of
        union all select account, event_id, name, null, null, true, hearsay, contradicts from earliest) using (name)
        anti join joined using (account, event_id, start, stop)
    group by account, event_id, start, stop having bool_or(in_view))
"""
_TOLD = """(select told.*, 1 as n, group_value
            from (from joined union all by name select *, false as mixed from either) as told
            left join grouped on grouped.account = told.account and grouped.event_id = told.event_id
                and grouped.subkind is not distinct from told.subkind"""
"""What is read together: the delays, and what is told without giving any."""


WRITTEN_OUT = 60
"""Of so many delays of one account each is a row of its own; of more only those of the same bounds are counted."""


def delay_counts(pairs: str, plainly: str = "", *, by_group: bool = False) -> str:
    """Write the question after how many delays each account has of the same bounds (minutes), outcome and doubts.

    Where `reason` is given they do not count, and have no bounds. By group, if that is asked, each group of an account
    is a pool of its own, and so is what is of none. No event is named, and no claim; `plainly` may count its delays.
    """
    return f"""
from (
    select account, {_group(by_group)} as group_value, start, stop, mixed, outcome, reason, {_COUNTED}, voices,
        sum(n)::bigint as n, null::varchar[] as claim_ids
    from (select *, reason is null as counts from ({delays(pairs, plainly)}))
    group by all)
order by {_IN_ORDER}
"""


_COUNTED = """if(counts, low, null) as low, if(counts, high, null) as high,
    counts and hearsay as hearsay, counts and contradicts as contradicts"""
_IN_ORDER = f"""account, group_value nulls last, list_position([{ORDER}], start), list_position([{ORDER}], stop),
    low, high, outcome, reason, hearsay, contradicts"""


def _group(by_group: bool) -> str:  # noqa: FBT001 as its callers have it
    return "group_value" if by_group else "null::varchar"


def delay_histogram(pairs: str, plainly: str = "", *, by_group: bool = False) -> str:
    """Write the same question, with the claims, and of few delays of an account each with its event and its unit."""
    return f"""
with every as materialized (
    select * replace ({_group(by_group)} as group_value), reason is null as counts from ({delays(pairs, plainly)}))
, size as (
    select account, group_value, start, stop, count(*) filter (counts) <= {WRITTEN_OUT} as is_small
    from every group by all)
from (select every.account, every.group_value, every.start, every.stop, mixed, outcome, reason,
    {_COUNTED},
    if(counts and is_small, event_id, null) as event_id, if(counts and is_small, subkind, null) as subkind,
    count(*) as n, list_sort(list_distinct(flatten(list(voices)))) as voices,
    list_sort(list_distinct(flatten(list(claim_ids)))) as claim_ids
from every join size on size.account = every.account and size.group_value is not distinct from every.group_value
    and size.start = every.start and size.stop = every.stop
group by all)
order by account, group_value nulls last, list_position([{ORDER}], start), list_position([{ORDER}], stop),
    event_id, subkind, low, high, outcome, reason, hearsay, contradicts
"""


def plain_delay_histogram(pairs: str, plainly: str, *, by_group: bool = False) -> str:
    """Write the same question where every event is plain: what is equal is counted before the few are written out."""
    of, clock = ", ".join(_CLOCK), " and ".join(f"small.{one} is not distinct from told.{one}" for one in _CLOCK)
    counted = f"{of}, mixed, outcome, reason, {_COUNTED}"
    more = """count(*) as n, coalesce(any_value(voices), []) as voices,
        list_sort(list_distinct(flatten(list(claim_ids)))) as claim_ids"""
    return f"""
with every as not materialized (
    select * replace ({_group(by_group)} as group_value), reason is null as counts
    from ({delays(pairs, plainly, is_all_plain=True)}))
, equal as materialized (
    select {counted}, null::varchar as event_id, null::varchar as subkind, {more} from every group by all)
, small as materialized (
    select {of} from equal group by all having coalesce(sum(n) filter (reason is null), 0) <= {WRITTEN_OUT})
from (
    from equal as told anti join small on {clock}
    union all by name
    select {counted}, if(counts, event_id, null) as event_id, if(counts, subkind, null) as subkind, {more}
    from every as told semi join small on {clock} group by all)
order by {_IN_ORDER.replace("low, high", "event_id, subkind, low, high")}
"""


def claims_behind(pairs: str, counts: str = "true", plainly: str = "", *, by_group: bool = False) -> str:
    """Write the question after the claims behind each pool of delays, or behind those that count."""
    return f"""
select account, {_group(by_group)} as group_value, start, stop, unnest(claim_ids) as claim_id
from ({delays(pairs, plainly)}) where {counts}
"""


_CLOCK = ("account", "group_value", "start", "stop")
"""What a pool is of, unless it is said."""
NUMBERS = (
    *(*_CLOCK, "n", "n_exact", "n_interval", "n_right_censored"),
    *("n_reached", "n_cleared", "n_open", "n_excluded", "n_reversed"),
    *("median_low", "median_high", "p90_low", "p90_high"),
)
COLUMNS = (*NUMBERS, "claim_ids")


def pooled(rows: pd.DataFrame, calls: Calls, of: Sequence[str] = _CLOCK) -> list[dict[str, Any]]:
    """Pool the histogram of each account and pair of milestones, or `of` what else, whose rows stand together.

    Beside the public columns a pool holds the `places` of the rows that count; their `reached`, a histogram of minutes
    in which what was cleared is never reached; the `masses` of the incidence, of every call; and the numbers `excluded`
    by reason.
    """
    columns = {
        name: rows[name].astype(object).where(rows[name].notna(), None).to_numpy(object) for name in (*of, *_READ)
    } | {
        "bounds": rows[["low", "high"]].to_numpy(float),
        "n": rows["n"].to_numpy(int),
        "counts": rows["reason"].isna().to_numpy(bool),
    }
    keys = list(zip(*(columns[name] for name in of), strict=True))
    firsts = [place for place, key in enumerate(keys) if not place or key != keys[place - 1]]
    ends = pairwise([*firsts, len(keys)])
    return [dict(zip(of, keys[first], strict=True)) | _pool(columns, first, end, calls) for first, end in ends]


_READ = ("mixed", "outcome", "reason", "hearsay", "voices")


def _pool(columns: Mapping[str, Array], first: int, end: int, calls: Calls) -> dict[str, Any]:
    """Count the delays of one account by their sorts, and give their percentiles in the reading chosen."""
    every = np.arange(first, end)
    told, excluded = (every[columns["counts"][first:end] == counts] for counts in (True, False))
    outcome, number = columns["outcome"], columns["n"]
    of = Population(*(int(number[told[outcome[told] == one]].sum()) for one in ("reached", "cleared", "open")))
    shown = told if calls is Calls.EVERY else told[outcome[told] == "reached"]
    pool, is_stopped = Histogram(columns["bounds"][shown], number[shown]), outcome[shown] != "cleared"
    stopped = Histogram(pool.bounds[is_stopped], pool.counts[is_stopped])
    exact, waits = (int(stopped.counts[which].sum()) for which in _exact_and_censored(stopped))
    masses = cumulative_incidence(pool, outcome[shown]) if calls is Calls.EVERY and pool.total >= LEAST_DELAYS else []
    is_reversed = stopped.bounds[:, 1] < 0
    ends = [_percentile(pool, masses, percent, calls) or (None, None) for percent in (MEDIAN, P90)]
    sorts = (
        pool.total,
        exact,
        stopped.total - exact - waits,
        waits,
        *of[:3],
        int(number[excluded].sum()),
        int(stopped.counts[is_reversed].sum()),
    )
    cells = (*sorts, *(bound(end) for pair in ends for end in pair))
    return dict(zip(NUMBERS[len(_CLOCK) :], cells, strict=True)) | {
        "shortest_minutes": bound(stopped.bounds[:, 0].min(initial=np.inf)),
        "longest_minutes": bound(stopped.bounds[:, 1].max(initial=-np.inf)),
        "hearsay": bool(columns["hearsay"][shown].any()),
        "mixed": bool(columns["mixed"][first]),
        "voices": sorted(set(chain.from_iterable(columns["voices"][shown]))),
        "excluded": _by_reason(columns["reason"][excluded], number[excluded]),
        "places": shown,
        "reached": Histogram(np.where(is_stopped[:, None], pool.bounds, np.inf), pool.counts),
        "masses": masses,
    }


def _by_reason(reasons: Array, numbers: Array) -> Counter[str]:
    found: Counter[str] = Counter()
    for reason, number in zip(reasons, numbers.tolist(), strict=True):
        found[reason] += number
    return found


def _exact_and_censored(stopped: Histogram) -> tuple[Array, Array]:
    lows, highs = stopped.bounds.T
    return lows == highs, np.isinf(highs)


def _percentile(pool: Histogram, masses: Sequence[Mass], percent: int, calls: Calls) -> Bounds | None:
    """Bound a percentile of the calls with a stop, or find where the incidence reaches it, if it does."""
    return percentile(pool, percent) if calls is Calls.ARRIVALS else incidence_quantile(masses, percent)


def found(row: Row, calls: Calls) -> str:
    """Say what a pool comes to."""
    if row.n < LEAST_DELAYS:
        return f"too few: n = {row.n}"
    ends = ((row.median_low, row.median_high), (row.p90_low, row.p90_high))
    if calls is Calls.EVERY:
        median, p90 = (reached_by(row, *bounds, share) for bounds, share in zip(ends, ("half", "90 %"), strict=True))
        return f"n = {row.n}: {median}; {p90}"
    likely = quantile(row.masses, MEDIAN)
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
        each_said = listing(f"{one.said(legend)} ({legend.event(one.event_id or '')})" for one in each_told(row.delays))
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
    by = difference_of_medians(one.reached, other.reached)
    tested = _tested(logrank(one.reached, other.reached))
    if by is None or not (isfinite(by.low) or isfinite(by.high)):
        both = f"{legend.label(one.account)} and {legend.label(other.account)}"
        return f"The medians of {both} cannot be compared{f' ({tested})' if tested else ''}."
    if by.low + by.high < 0:
        one, other, by = other, one, by.mirrored()
    names = f"The median of {legend.label(one.account)} is {_longer(by.low, by.high)} than that of"
    interval = f"{CONFIDENCE} % bootstrap interval: {_longer(by.least, by.most)}"
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
