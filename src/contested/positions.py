"""Positions: what each account says on each question that can be compared.

A question is one that claims answer in words, one figure of one definition, or the time of one milestone of one event.
"""

import pandas as pd

from contested.chart import Row
from contested.disputes import Position, range_of
from contested.vocabulary import MILESTONE_KINDS
from contested.wording import figure

POSITIONS = f"""
with told as (
    select *, strftime(timezone($zone, timezone('UTC', began_earliest)), '%-d %b %H:%M') as since,
        strftime(timezone($zone, timezone('UTC', began_latest)), '%-d %b %H:%M') as until
    from selected
    where standing = 'standing' and len(part_of) = 0 and not ($by = 'side' and stance = 'relays')
        and not (kind in ({", ".join(f"'{kind}'" for kind in MILESTONE_KINDS)}) and question ilike 'when %'))
, answered as (
    select first(event_id order by claim_id) as event_id,
        question || coalesce(' (' || definition || ')', '') || coalesce(' (' || victims || ')', '') as question,
        account, stance, answer as said, low, best, high, any_value(figure_words) as figure_words,
        if(question ilike 'when %', epoch(began_earliest), null) as starts,
        if(question ilike 'when %', epoch(began_latest), null) as stops,
        list(claim_id order by claim_id) as claim_ids, null as milestone, measure, any_value(via) as via
    from told where question is not null
    group by all)
, timed as (
    select account, event_id, kind, began_earliest, began_latest, ended_earliest, ended_latest, claim_ids, hearsay
    from extents where not contradicts
    union all
    select account, event_id, kind, began_earliest, began_latest, ended_earliest, ended_latest, [claim_id],
        via is not null
    from selected
    where standing = 'standing' and stance <> 'denies'
        and (account, event_id, kind) in (select (account, event_id, kind) from extents where contradicts))
, milestone as (
    select account, event_id, 'onset' as name, began_earliest as starts, began_latest as stops, claim_ids, hearsay
    from timed where kind = 'clash'
    union all select account, event_id, 'end', ended_earliest, ended_latest, claim_ids, hearsay
    from timed where kind = 'clash'
    union all select account, event_id, kind, began_earliest, began_latest, claim_ids, hearsay
    from timed where kind in ('call', 'dispatch', 'arrival'))
select *, null as since, null as until from answered
union all by name
select event_id, 'When was the ' || name || '?' as question, account, 'asserts' as stance, null as said,
    epoch(starts) as starts, epoch(stops) as stops, claim_ids, name as milestone, if(hearsay, 'hearsay', null) as via,
    strftime(timezone($zone, timezone('UTC', starts)), '%-d %b %H:%M') as since,
    strftime(timezone($zone, timezone('UTC', stops)), '%-d %b %H:%M') as until
from milestone where starts is not null and stops is not null
order by question, event_id, account, claim_ids
"""


def position(row: Row) -> Position:
    """Read a row of the answer to `POSITIONS`."""
    low, best, high, starts, stops = (None if pd.isna(n) else float(n) for n in _numbers(row))
    times = [moment for moment in (starts, stops) if moment is not None]
    return Position(
        event_id=row.event_id,
        question=row.question,
        account=row.account,
        said=_value(row),
        stance=row.stance,
        bounds=(min(times), max(times)) if times else range_of(low, best, high),
        claim_ids=tuple(row.claim_ids),
        via=None if pd.isna(row.via) else row.via,
        milestone=None if pd.isna(row.milestone) else row.milestone,
    )


def _numbers(row: Row) -> tuple[float, ...]:
    return row.low, row.best, row.high, row.starts, row.stops


def _value(row: Row) -> str:
    if isinstance(row.since, str) and isinstance(row.until, str):
        return row.since if row.since == row.until else f"{row.since} to {row.until}"
    if isinstance(row.said, str):
        return row.said
    return figure(row.low, row.best, row.high, row.figure_words if isinstance(row.figure_words, str) else None)
