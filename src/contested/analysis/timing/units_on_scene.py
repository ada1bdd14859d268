"""Units on scene: when the first, the second and every further unit of a call was there, in SQL.

The n-th arrival of a call lies between the n-th of the earliest and the n-th of the latest moments at which its units
may have come. A call counts for n as far as n units are known to have been sent to it. Where so many of these were
cleared without coming that n never can have been there, it was never reached; where neither is told, it does not count.
Of several accounts of one side the bounds are joined, so that a call counts once.
"""

from contested.model.vocabulary import UNIT_KINDS, Kind, Milestone

MOST = 12
"""So many units are told apart at the most."""
STARTS = (Milestone.CALL, Milestone.DISPATCH, Milestone.EN_ROUTE)
"""What may start the clock; where the reader chose something else, it is the call."""
_STARTS = ", ".join(f"'{one}'" for one in STARTS)
START = f"if($start in ({_STARTS}), $start, '{Milestone.CALL}')"
FEWER = "to which fewer were sent"
UNTOLD = "of which it is not told"
_UNTIMED = "with an arrival that is not timed"
_STARTLESS = "without a start of the clock"
_KINDS = ", ".join(f"'{kind}'" for kind in UNIT_KINDS)
_OF = "account, voice, event_id"

_CALLS = f"""
with unit as (
    select {_OF}, subkind,
        coalesce(bool_or(kind = '{Kind.ARRIVAL}'), false) as is_there,
        coalesce(bool_or(kind = '{Kind.END}'), false) and not is_there as is_cleared,
        max(coalesce(began_earliest, '-infinity')) filter (kind = '{Kind.ARRIVAL}') as low,
        max(coalesce(began_latest, 'infinity')) filter (kind = '{Kind.ARRIVAL}') as high,
        max(coalesce(began_latest, ended_latest)) filter (kind = '{Kind.END}') as cleared,
        coalesce(bool_or(hearsay) filter (kind = '{Kind.ARRIVAL}'), false) as hearsay,
        flatten(list(claim_ids) filter (kind = '{Kind.ARRIVAL}')) as came_ids,
        flatten(list(claim_ids) filter (kind = '{Kind.END}')) as end_ids
    from voiced where kind in ({_KINDS}) and subkind is not null group by all)
, started as (
    select {_OF}, nullif(min(coalesce(began_earliest, '-infinity')), '-infinity') as low, min(began_latest) as high,
        bool_or(hearsay) as hearsay, flatten(list(claim_ids)) as claim_ids
    from voiced where kind = {START} group by all)
, untimed as (
    select distinct account, voice, event_id from selected
    where kind = '{Kind.ARRIVAL}' and standing = 'standing' and stance <> 'denies'
        and coalesce(began_earliest, began_latest) is null)
, call as (
    select {_OF}, count(*) as sent, count(*) filter (is_there) as there, count(*) filter (is_cleared) as gone,
        list_sort(list(low) filter (is_there)) as lows, list_sort(list(high) filter (is_there)) as highs,
        max(cleared) filter (is_cleared) as cleared, bool_or(unit.hearsay) as hearsay,
        flatten(list(coalesce(if(is_cleared, end_ids, came_ids), []))) as claim_ids
    from unit group by all)
, most as (select account, least(max(sent), {MOST}) as units from call group by account)
, nth as (
    select call.*, unnest(range(1, units + 1))::int as unit, started.low as start_low, started.high as start_high,
        started.claim_ids as start_ids, coalesce(started.hearsay, false) as start_hearsay,
        coalesce(start_low, start_high) is null as is_startless,
        untimed.event_id is not null as is_untimed
    from call join most using (account) left join started using ({_OF}) left join untimed using ({_OF}))
, told as (
    select *, case when unit <= there then 'reached' when unit > sent - gone then 'cleared' end as outcome,
        case when is_startless then '{_STARTLESS}' when sent < unit then '{FEWER}'
            when outcome is distinct from 'reached' and is_untimed then '{_UNTIMED}'
            when outcome is null then '{UNTOLD}' end as reason,
        epoch(if(outcome = 'reached', nullif(lows[unit], '-infinity'), cleared) - start_high) / 60 as shortest,
        epoch(if(outcome = 'reached', nullif(highs[unit], 'infinity'), cleared) - start_low) / 60 as longest
    from nth)
, joined as (
    select account, event_id, unit, max(outcome) as outcome, if(count(reason) = count(*), min(reason), null) as reason,
        if(count(shortest) filter (reason is null) = count(*) filter (reason is null),
            min(shortest) filter (reason is null), null) as shortest,
        if(count(longest) filter (reason is null) = count(*) filter (reason is null),
            max(longest) filter (reason is null), null) as longest,
        bool_or(hearsay or start_hearsay) as hearsay, list(voice) as voices,
        flatten(list(list_concat(coalesce(start_ids, []), claim_ids))) as claim_ids
    from told group by account, event_id, unit)
, every as (
    select joined.account, group_value, unit, if(reason is null, outcome, null) as outcome, reason,
        if(reason is null, coalesce(shortest, '-infinity'::double), null) as low,
        if(reason is null, coalesce(longest, 'infinity'::double), null) as high,
        hearsay, false as mixed, voices, claim_ids
    from joined left join grouped on grouped.account = joined.account and grouped.event_id = joined.event_id
        and grouped.subkind is null)
"""

HISTOGRAM = f"""
{_CALLS}
select account, group_value, unit, outcome, reason, low, high, mixed, bool_or(hearsay) as hearsay, count(*) as n,
    list_sort(list_distinct(flatten(list(voices)))) as voices,
    list_sort(list_distinct(flatten(list(claim_ids)))) as claim_ids
from every group by account, group_value, unit, outcome, reason, low, high, mixed
order by account, group_value nulls last, unit, low, high, outcome, reason
"""
"""The question after how many calls each account has of the same bounds (minutes) for each unit, by group."""

CLAIMS = f"""
{_CALLS}
select account, group_value, unit, unnest(claim_ids) as claim_id from every where reason is null
"""
"""The question after the claims behind each of these pools."""
