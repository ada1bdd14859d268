"""Milestones: the moments of an event that start and stop a clock, and the delays between them, in SQL.

Onset and end are those of a clash; calls, dispatches and arrivals may be of several units, which `subkind` names. Start
and stop are always taken from one account (`voice`), but in a scenario the reader may believe another on each: then
they stand under the name of the scenario, as if it were an account, and are `mixed`.
"""

from itertools import combinations

from contested.moment import ROUND_MINUTES
from contested.scenario import key
from contested.selection import NO_SIDE
from contested.vocabulary import MILESTONE_KINDS, Milestone

_KINDS, ORDER = (", ".join(f"'{word}'" for word in words) for words in (MILESTONE_KINDS, Milestone))

CHOSEN = "select $start as start, $stop as stop"
"""The pair of milestones that the reader chose."""
_PAIRS = ", ".join(f"('{one}', '{other}')" for one, other in combinations(Milestone, 2))
ALL = f"from (values {_PAIRS}) as pairs(start, stop)"
"""Every pair of milestones in which one comes after the other."""


_TOLD = "account, voice, event_id, subkind, hearsay, contradicts, is_round, claim_ids"
_TIMED = f"{_TOLD}, mixed, name, low, high"

CLOCKS = f"""
clock as (
    select {_TOLD}, name, if(kind = 'clash' and name = 'end', ended_earliest, began_earliest) as low,
        if(kind = 'clash' and name = 'end', ended_latest, began_latest) as high
    from (select *, unnest(if(kind = 'clash', ['onset', 'end'], [kind])) as name from voiced where kind in ({_KINDS}))
    where (low is not null or high is not null) and name in (select unnest([start, stop]) from pair))
, believed as (
    select * replace (if(mixed, '{key("")}' || $scenario, account) as account,
        if(mixed, '{key("")}' || $scenario, voice) as voice)
    from (select *, unnest(if(list_contains(string_split($scenario, ','), name || '=' || voice)
        or name = $start and list_contains(string_split($scenario, ','), 'start=' || voice)
        or name = $stop and list_contains(string_split($scenario, ','), 'stop=' || voice),
        [false, true], [false])) as mixed from clock))
, first as (select account, voice, event_id, name, min(high) as first_by from believed group by all)
, earliest as (
    -- the first of several units; of a unit that certainly came later nothing depends
    select account, voice, event_id, mixed, name, null as subkind,
        if(count(low) = count(*), min(low), null) as low, min(high) as high,
        bool_or(hearsay) as hearsay, bool_or(contradicts) as contradicts, bool_and(is_round) as is_round,
        flatten(list(claim_ids)) as claim_ids
    from believed join first using (account, voice, event_id, name)
    where coalesce(low <= first_by, true) group by account, voice, event_id, mixed, name)
, own as (from believed where $units = 'every' and subkind is not null)
, starts as (select {_TIMED} from earliest union all select {_TIMED} from own)
, stops as (
    select {_TIMED} from earliest where $units = 'first'
    union all select {_TIMED} from believed where $units = 'every')
, ends as (
    -- a unit that has no start of its own goes by the first of all
    select stops.*, start, stop, if((account, voice, event_id, start, subkind) in
        (select (account, voice, event_id, name, subkind) from own), subkind, null) as whose
    from pair join stops on name = stop)
, delay as (
    select ends.account, ends.voice, ends.event_id, ends.mixed, start, stop, ends.subkind,
        -- two round hours that coincide are not one moment
        started.is_round and ends.is_round and 'end' not in (start, stop) and started.low = ends.low as coincides,
        if(coincides, -{2 * ROUND_MINUTES}, epoch(ends.low - started.high) / 60) as shortest,
        if(coincides, {2 * ROUND_MINUTES}, epoch(ends.high - started.low) / 60) as longest,
        started.hearsay or ends.hearsay as hearsay, started.contradicts or ends.contradicts as contradicts,
        list_concat(started.claim_ids, ends.claim_ids) as claim_ids
    from ends join starts as started on started.account = ends.account and started.voice = ends.voice
        and started.event_id = ends.event_id and started.name = start and started.subkind is not distinct from whose)
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
