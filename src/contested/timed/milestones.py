"""Milestones: the moments of an event that start and stop a clock, and the delays between them, in SQL.

Onset and end are those of a clash; calls, dispatches and arrivals may be of several units, which `subkind` names. Start
and stop are always taken from one account (`voice`), but in a scenario the reader may believe another on each: then
they stand under the name of the scenario, as if it were an account, and are `mixed`.
"""

from itertools import combinations

from contested.moment import ROUND_MINUTES
from contested.scenario import key
from contested.selection import NO_SIDE
from contested.vocabulary import MILESTONE_KINDS, UNIT_KINDS, Milestone

_KINDS, _UNITS, ORDER = (", ".join(f"'{word}'" for word in words) for words in (MILESTONE_KINDS, UNIT_KINDS, Milestone))

CHOSEN = "select $start as start, $stop as stop"
"""The pair of milestones that the reader chose."""
_PAIRS = ", ".join(f"('{one}', '{other}')" for one, other in combinations(Milestone, 2))
ALL = f"from (values {_PAIRS}) as pairs(start, stop)"
"""Every pair of milestones in which one comes after the other."""


def milestones(told: str, columns: str) -> str:
    """Write what gives each milestone, as `name` between `low` and `high`, of a relation with the bounds of a time."""
    return f"""
        select {columns}, 'onset' as name, began_earliest as low, began_latest as high from {told} where kind = 'clash'
        union all by name
        select {columns}, 'end' as name, ended_earliest as low, ended_latest as high from {told} where kind = 'clash'
        union all by name
        select {columns}, kind as name, began_earliest as low, began_latest as high from {told} where kind in ({_UNITS})
    """


_TOLD = "account, voice, event_id, subkind, hearsay, contradicts, is_round, claim_ids"
_TIMED = f"{_TOLD}, mixed, name, low, high"

CLOCKS = f"""
clock as (select *, false as mixed from ({milestones("voiced", _TOLD)}) where low is not null or high is not null)
, believed as (
    from clock union all by name
    select * replace ('{key("")}' || $scenario as account, '{key("")}' || $scenario as voice, true as mixed)
    from clock
    where list_contains(string_split($scenario, ','), name || '=' || voice)
        or name = $start and list_contains(string_split($scenario, ','), 'start=' || voice)
        or name = $stop and list_contains(string_split($scenario, ','), 'stop=' || voice))
, among as (select *, min(high) over (partition by account, voice, event_id, name) as first_by from believed)
, earliest as (
    -- the first of several units; of a unit that certainly came later nothing depends
    select account, voice, event_id, mixed, name, null as subkind,
        if(count(low) = count(*), min(low), null) as low, min(high) as high,
        bool_or(hearsay) as hearsay, bool_or(contradicts) as contradicts, bool_and(is_round) as is_round,
        flatten(list(claim_ids)) as claim_ids
    from among where coalesce(low <= first_by, true) group by account, voice, event_id, mixed, name)
, starts as (
    select {_TIMED} from earliest
    union all select {_TIMED} from believed where $units = 'every' and subkind is not null)
, stops as (
    select {_TIMED} from earliest where $units = 'first'
    union all select {_TIMED} from believed where $units = 'every')
, delay as (
    -- a unit that has no start of its own goes by the first of all
    select stopped.account, stopped.voice, stopped.event_id, stopped.mixed, pair.start, pair.stop, stopped.subkind,
        -- two round hours that coincide are not one moment
        started.is_round and stopped.is_round and 'end' not in (pair.start, pair.stop) and started.low = stopped.low
            as coincides,
        if(coincides, -{2 * ROUND_MINUTES}, epoch(stopped.low - started.high) / 60) as shortest,
        if(coincides, {2 * ROUND_MINUTES}, epoch(stopped.high - started.low) / 60) as longest,
        started.hearsay or stopped.hearsay as hearsay, started.contradicts or stopped.contradicts as contradicts,
        list_concat(started.claim_ids, stopped.claim_ids) as claim_ids
    from pair join starts as started on started.name = pair.start
    join stops as stopped on stopped.name = pair.stop and stopped.account = started.account
        and stopped.voice = started.voice and stopped.event_id = started.event_id
        and (started.subkind is null or started.subkind = stopped.subkind)
    qualify started.subkind is not distinct from max(started.subkind) over (partition by
        stopped.account, stopped.voice, stopped.event_id, pair.start, pair.stop, stopped.subkind))
, heard_of as (
    -- also what is told without a time, or outside the filters: it has happened all the same
    select if($by = 'side', coalesce(side, '{NO_SIDE}'), account) as account, event_id, claim_id, stated_at,
        claim_id in (select claim_id from selected) as in_view,
        unnest(if(kind = 'clash', if(coalesce(ended_earliest, ended_latest) is null, ['onset'], ['onset', 'end']),
            [kind])) as name
    from known
    where standing = 'standing' and stance <> 'denies' and kind in ({_KINDS}))
"""
"""Needs a relation `pair` with `start` and `stop`, and the parameters that name fields of a selection."""


def follows(start: str, stop: str) -> str:
    """Write the condition that one milestone comes after another."""
    return f"list_position([{ORDER}], {stop}) > list_position([{ORDER}], {start})"
