"""Milestones: the moments of an event that start and stop a clock, and the delays between them, in SQL.

Onset is that of a clash; so is the end, but where the account tells of a response and of no end of a clash: a response
ends when the last of its units is cleared. All else may be of several units, which `subkind` names. Start and stop are
always taken from one account (`voice`), but in a scenario the reader may believe another on each: then they stand under
the name of the scenario, as if it were an account, and are `mixed`.

Where an account tells of a start and of no stop, `waited` says what it tells instead (`outcome`): that all were cleared
without it; or that it had not come by a moment, since the account denies it or since its log has no stamp of it and
none of an end (open, until the last stamp of the log). Of one that says none of these nothing is known: silence bounds
nothing.
"""

from itertools import combinations

from contested.model.times import ROUND_MINUTES
from contested.model.vocabulary import MILESTONE_KINDS, UNIT_KINDS, Milestone, Units
from contested.query.relations import OPTIONAL
from contested.query.scenario import key
from contested.query.selection import NO_SIDE, Selection

_KINDS, _UNIT_KINDS, ORDER = (
    ", ".join(f"'{word}'" for word in words) for words in (MILESTONE_KINDS, UNIT_KINDS, Milestone)
)

CHOSEN = "select $start as start, $stop as stop"
"""The pair of milestones that the reader chose."""
_PAIRS = ", ".join(f"('{one}', '{other}')" for one, other in combinations(Milestone, 2))
_TOLD_OF = f"""(
    select distinct unnest(case when kind = 'end' or is_logged then [{ORDER}]
        when kind = 'clash' then ['onset', 'end'] else [kind] end) as name from kinds_told)"""
"""A log, and whoever tells when a response was over, tells of each milestone that it came or that it did not."""
ALL = f"""
from (values {_PAIRS}) as pairs(start, stop)
    semi join {_TOLD_OF} as begun on begun.name = start semi join {_TOLD_OF} as ended on ended.name = stop
"""
"""Every pair of milestones in which one comes after the other, as far as any account tells of both."""


def follows(start: str, stop: str) -> str:
    """Write the condition that one milestone comes after another."""
    return f"list_position([{ORDER}], {stop}) > list_position([{ORDER}], {start})"


_OWN = ", ".join(f"'{name}'" for name in (Milestone.EN_ROUTE, Milestone.ARRIVAL, Milestone.TRANSPORT, Milestone.END))
"""What each unit does for itself: that one does it starts no clock of another."""
_OF = "account, voice, event_id"
_TOLD = f"{_OF}, subkind, hearsay, contradicts, is_round, is_logged, claim_ids"
_TIMED = f"{_TOLD}, mixed, name, low, high"
_CLEARED = f"{_OF}, subkind, low, high, hearsay, contradicts, claim_ids"

_MILESTONES = f"""
milestone as materialized (
    select {_TOLD}, kind, name, if(kind = 'clash' and name = 'end', ended_earliest, began_earliest) as low,
        if(kind = 'clash' and name = 'end', ended_latest, began_latest) as high
    from (select *, unnest(if(kind = 'clash', ['onset', 'end'], [kind])) as name from voiced where kind in ({_KINDS}))
    where low is not null or high is not null)
, cleared as (from milestone where kind = 'end')
, unended as (
    -- of which a unit was not cleared, nor all of them at once
    select distinct {_OF} from (from milestone where kind in ({_UNIT_KINDS}) and subkind is not null)
    anti join cleared using ({_OF}, subkind) anti join (from cleared where subkind is null) using ({_OF}))
, over as (
    select {_OF}, null::varchar as subkind, bool_or(hearsay) as hearsay, bool_or(contradicts) as contradicts,
        false as is_round, bool_or(is_logged) as is_logged, flatten(list(claim_ids)) as claim_ids,
        max(low) as low, if(count(high) = count(*), max(high), null) as high
    from cleared anti join unended using ({_OF}) group by {_OF})
, fought as (select {_OF} from milestone where kind = 'clash' and name = 'end')
, clock as (
    select {_TIMED.replace("mixed", "kind = 'end' as is_part, false as is_whole")}
    from (from milestone where kind <> 'end' union all from cleared anti join fought using ({_OF}))
    where name in (select unnest([start, stop]) from pair)
    union all by name
    select *, 'end' as name, false as is_part, true as is_whole from over anti join fought using ({_OF})
    where name in (select unnest([start, stop]) from pair))
"""


def _of_first(flag: str) -> str:
    """Write whether a flag holds of any unit that may have been the first: none that certainly came later."""
    return f"coalesce(min(coalesce(low, '-infinity')) filter ({flag}) <= coalesce(min(high), 'infinity'), false)"


_EARLIEST = f"""
, earliest as (
    -- the first of several units; of a unit that certainly came later nothing depends
    select {_OF}, mixed, name, null::varchar as subkind,
        nullif(min(coalesce(low, '-infinity')), '-infinity') as low, min(high) as high,
        {_of_first("hearsay")} as hearsay, {_of_first("contradicts")} as contradicts,
        not {_of_first("not is_round")} as is_round, {_of_first("is_logged")} as is_logged,
        flatten([unit.claim_ids for unit in list({{'low': low, 'claim_ids': claim_ids}})
            if coalesce(unit.low <= min(high), true)]) as claim_ids
    from believed where not is_part group by {_OF}, mixed, name)
"""
_DELAY = f"""
, delay as (
    select ends.account, ends.voice, ends.event_id, ends.mixed, start, stop, ends.subkind,
        -- two round hours that coincide are not one moment
        started.is_round and ends.is_round and 'end' not in (start, stop) and started.low = ends.low as coincides,
        if(coincides, -{2 * ROUND_MINUTES}, epoch(ends.low - started.high) / 60) as shortest,
        if(coincides, {2 * ROUND_MINUTES}, epoch(ends.high - started.low) / 60) as longest,
        started.low as started_low, started.high as started_high, ends.low as stopped_low, ends.high as stopped_high,
        started.hearsay or ends.hearsay as hearsay, started.contradicts or ends.contradicts as contradicts,
        list_concat(started.claim_ids, ends.claim_ids) as claim_ids
    from ends join starts as started on started.account = ends.account and started.voice = ends.voice
        and started.event_id = ends.event_id and started.name = start and started.subkind is not distinct from whose)
, mentioned as (
    select if($by = 'side', coalesce(side, '{NO_SIDE}'), account) as account, account as voice, event_id, claim_id,
        kind, if(kind in ({_UNIT_KINDS}), subkind, null) as subkind,
        claim_id in (select claim_id from selected) as in_view,
        unnest(if(kind = 'clash', if(coalesce(ended_earliest, ended_latest) is null, ['onset'], ['onset', 'end']),
            [kind])) as name
    from known
    where standing = 'standing' and stance <> 'denies' and kind in ({_KINDS}))
"""
_DENIED = f"""
, denied as (
    -- a denial says that it had not come by the moment that it names, or by when it was made; of no unit, of all
    select {_OF}, subkind, kind as name, claim_id, via is not null as hearsay,
        least(coalesce(began_latest, began_earliest, stated_at), stated_at) as until
    from selected where standing = 'standing' and stance = 'denies' and kind in ({_UNIT_KINDS}))
"""
_WAITED = f"""
, unstopped as (
    select *, stop not in ({OPTIONAL}) or stamped.name is not null as is_kept
    from started anti join heard_of as told on told.account = started.account and told.event_id = started.event_id
        and told.name = stop and ($units = 'first' or told.subkind is not distinct from started.subkind)
        left join stamped on stamped.voice = started.voice and stamped.name = stop)
, waited as (
    select one.account, one.voice, one.event_id, one.start, one.stop, one.subkind,
        case when clear.account is not null and is_kept then 'cleared'
            when no.until is not null then 'open'
            when one.is_logged and log.until is not null and is_kept then 'open' end as outcome,
        epoch(case when outcome = 'cleared' then clear.low when no.until is null then log.until
            when one.is_logged then greatest(no.until, log.until) else no.until end - one.high) / 60 as shortest,
        if(outcome = 'cleared', epoch(clear.high - one.low) / 60, null) as longest,
        one.low as started_low, one.high as started_high,
        one.hearsay or coalesce(clear.hearsay, no.hearsay, false) as hearsay,
        one.contradicts or coalesce(clear.contradicts, false) as contradicts,
        list_concat(one.claim_ids, coalesce(clear.claim_ids, no.claim_ids, [])) as claim_ids
    from unstopped as one
        left join clear
            on clear.account = one.account and clear.voice = one.voice and clear.event_id = one.event_id
            and clear.subkind is not distinct from one.subkind and one.stop <> 'end'
        left join absent as no on no.account = one.account and no.voice = one.voice and no.event_id = one.event_id
            and no.name = one.stop and no.subkind is not distinct from one.subkind
        left join logged_until as log on log.voice = one.voice)
"""

CLOCKS = f"""
{_MILESTONES}
, believed as (
    select *, false as mixed from clock
    union all select * replace ('{key("")}' || $scenario as account, '{key("")}' || $scenario as voice), true as mixed
    from clock where $scenario is not null and (list_contains(string_split($scenario, ','), name || '=' || voice)
        or name = $start and list_contains(string_split($scenario, ','), 'start=' || voice)
        or name = $stop and list_contains(string_split($scenario, ','), 'stop=' || voice)))
{_EARLIEST}
, each as (from believed where $units = 'every' and not is_whole)
, own as (from each where subkind is not null)
, starts as (select {_TIMED} from earliest union all select {_TIMED} from own)
, ends as (
    -- a unit that has no start of its own goes by the first of all, but not by what another unit did on the way
    select {_TIMED}, start, stop, null::varchar as whose from pair join earliest on name = stop where $units = 'first'
    union all
    select {_TIMED}, start, stop, if(start in ({_OWN}) and subkind is not null or ({_OF}, start, subkind) in
        (select ({_OF}, name, subkind) from own), subkind, null) as whose
    from pair join each on name = stop)
{_DELAY}
, heard_of as (
    -- also what is told without a time, or outside the filters: it has happened all the same
    from mentioned where kind <> 'end' or $units = 'every'
    union all from (from mentioned where kind = 'end' and $units = 'first') anti join unended using ({_OF}))
{_DENIED}
, unit as (
    select distinct {_OF}, subkind from milestone
    where $units = 'every' and kind in ({_UNIT_KINDS}) and subkind is not null)
, absent as (
    select {_OF}, subkind, name, max(until) as until, bool_or(hearsay) as hearsay, list(claim_id) as claim_ids
    from (from denied union all
        select denied.* replace (unit.subkind as subkind) from denied join unit using ({_OF})
        where denied.subkind is null)
    group by {_OF}, subkind, name)
, started as (
    select {_OF}, start, stop, unit.subkind, if(own.name is null, earliest.low, own.low) as low,
        if(own.name is null, earliest.high, own.high) as high,
        earliest.is_logged or coalesce(own.is_logged, false) as is_logged,
        if(own.name is null, earliest.hearsay, own.hearsay) as hearsay,
        if(own.name is null, earliest.contradicts, own.contradicts) as contradicts,
        if(own.name is null, earliest.claim_ids, own.claim_ids) as claim_ids
    from pair join earliest on earliest.name = start left join unit using ({_OF})
        left join own on own.account = earliest.account and own.voice = earliest.voice
            and own.event_id = earliest.event_id and own.name = start and own.subkind = unit.subkind and not own.mixed
    where not earliest.mixed and {follows("start", "stop")}
        and not (start in ({_OWN}) and unit.subkind is not null and own.name is null))
, clear as (
    select {_CLEARED} from cleared where $units = 'every' and subkind is not null
    union all select {_CLEARED.replace("subkind", "unit.subkind")}
    from (from cleared where subkind is null) as cleared join (
        from unit anti join cleared using ({_OF}, subkind)) as unit using ({_OF})
    union all select {_CLEARED} from over)
{_WAITED}
"""
"""Needs a relation `pair` with `start` and `stop`, and the parameters that name fields of a selection."""

_OF_FIRST = f"""
{_MILESTONES}
, believed as (select *, false as mixed from clock)
{_EARLIEST}
, starts as (from earliest)
, ends as (select *, null::varchar as whose from pair join earliest on name = stop)
{_DELAY}
, heard_of as (
    from mentioned where kind <> 'end'
    union all from (from mentioned where kind = 'end') anti join unended using ({_OF}))
{_DENIED}
, absent as (
    select {_OF}, null::varchar as subkind, name, max(until) as until, bool_or(hearsay) as hearsay,
        list(claim_id) as claim_ids
    from denied where subkind is null group by {_OF}, name)
, started as (
    select {_OF}, start, stop, null::varchar as subkind, low, high, is_logged, hearsay, contradicts, claim_ids
    from pair join earliest on name = start where {follows("start", "stop")})
, clear as (from over)
{_WAITED}
"""
"""The same where the first unit stops the clock and no scenario is chosen: so most readers ask."""


def put_shorter(question: str, selection: Selection) -> str:
    """Leave out of a question what only each unit of its own and scenarios need, where the reader asks for neither."""
    is_of_first = selection.units is Units.FIRST and selection.scenario is None
    return question.replace(CLOCKS, _OF_FIRST) if is_of_first else question
