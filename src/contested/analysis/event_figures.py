"""The figures of events that one account counts one by one: what is added up, and what is not.

Of an account only events are added up of which it gives exactly one standing total of the killed. Who they were is told
by the parts of that total. Accounts are never added to each other.
"""

import pandas as pd

from contested.analysis.coverage.topic import DENIES, FALLEN, UNNUMBERED, UNTIMED, Gap, Topic
from contested.analysis.timing.delay_words import attributed, fitting
from contested.model import bounds_as_coded
from contested.query.legend import Legend
from contested.query.relations import clocked
from contested.query.story_form import SIDES

UNSAID = "not told apart"
"""Those of a total of whom no part of it says who they were."""
UNKNOWN = "not known"
"""Those of whom the account says that it does not know who they were."""
OTHERS = "others"


def named(side: int) -> str:
    """Write SQL of one of the two sides that the groups of a claim name; null where they name none."""
    return f"coalesce({', '.join(_group(pair[side]) for pair in SIDES)})"


def _group(name: str) -> str:
    return f"json_extract_string(groups, '$.{name}')"


def _coded(end: str, number: int) -> str:
    stated = f"try_cast(regexp_extract(figure_words, '{bounds_as_coded.PATTERN}', {number}) as bigint)"
    return f"coalesce({end}, {stated}) as {end}"


_OTHER = Gap("is no figure of one event", "are no figures of one event", "scope is distinct from 'event'")
KILLED = Topic("of the killed", "A toll", "measure = 'killed'", (*FALLEN, DENIES, UNNUMBERED, _OTHER))
DATED = Topic(
    "of an event", "An event", "kind <> 'statement'", (*FALLEN, DENIES, UNTIMED), is_of_time=True, is_tallied=True
)
"""Which claims the figures of events rest on, and their times."""
_OVER = "coalesce(began_latest, ended_latest, ended_earliest)"
"""By when it had begun: what begins before midnight and ends after it lies in no other day."""

EVENTS = f"""
figure as (
    select account, voice, event_id, claim_id, {_coded("low", 1)}, best, {_coded("high", 3)}, victims, groups,
        victims is not null or len(part_of) > 0 as is_part, coalesce(began_earliest, began_latest) as began,
        {_OVER} as over, coalesce(zone, $zone) as zone
    from selected
    where measure = 'killed' and scope = 'event' and standing = 'standing' and stance <> 'denies')
, counted as (
    select account, voice, event_id, any_value(claim_id) as claim_id, any_value(low) as low, any_value(best) as best,
        any_value(high) as high, any_value(groups) as groups, any_value(began) as began, any_value(over) as over,
        any_value(zone) as zone
    from figure where not is_part
    group by account, voice, event_id having count(*) = 1)
"""
"""The relations `figure`, of every figure of the killed of an event, and `counted`, of each event that is added up."""

PARTS = f"""
whom as (
    select account, voice, event_id, claim_id, best, case
        when lower(victims) in ('civilians', 'civilian') then 'civilians'
        when lower(victims) in ('unknown', 'not known') then '{UNKNOWN}'
        when victims = {named(0)} then 'side A'
        when victims = {named(1)} then 'side B'
        else victims end as who
    from figure semi join counted using (account, voice, event_id) where is_part and best is not null and victims <> '')
"""
"""The relation `whom`: of each part of a total who was killed, by the sides that the event names."""


def periods(relation: str) -> str:
    """Write the relation `dated`: rows with the period in which the time begins that they may lie in, and its unit.

    The unit is a day, a month or a year, by how much time all rows span; `is_sure` says that they lie in no other.
    """
    walls = clocked(relation, "began", "zone")
    return f"""
    walled as (
        select {relation}.*, began + ahead as first, greatest(over - interval 1 microsecond, began) + ahead as last
        from {walls})
    , unit as (
        select case when date_diff('day', min(first), max(first)) <= {DAYS} then 'day'
            when date_diff('month', min(first), max(first)) < {MONTHS} then 'month' else 'year' end as unit
        from walled)
    , dated as (
        select walled.*, unit, date_trunc(unit, first) as period_start,
            left(strftime(period_start, '%Y-%m-%d'), case unit when 'day' then 10 when 'month' then 7 else 4 end)
                as period,
            coalesce(date_trunc(unit, first) = date_trunc(unit, last), false) as is_sure
        from walled, unit)
    """


DAYS, MONTHS = 45, 120
"""Up to how many days a column is a day, and below how many months a month."""


EVERY = f"""
event as (
    select account, voice, event_id, any_value(groups) as groups, min(coalesce(began_earliest, began_latest)) as began,
        coalesce(min(began_latest), max({_OVER})) as over, any_value(coalesce(zone, $zone)) as zone,
        list(claim_id) as claim_ids,
        list(distinct source_id) as source_ids
    from selected where kind <> 'statement' and standing = 'standing' and stance <> 'denies'
    group by account, voice, event_id)
"""
"""The relation `event`: every event of each account, whether it has a figure or not."""


TOLD = 7
"""Of how many accounts the sums are said in words; those of all are in the table."""


def by_account(rows: pd.DataFrame, **counting: str) -> list[pd.DataFrame]:
    """Part rows by account, the one of most events first; no account is added to another.

    Where rows count the same events several times, `counting` says by the value of a column which of them count.
    """
    parts = [part for _, part in rows.groupby(["account", "voice"], sort=False)]
    return sorted(parts, key=lambda part: -_events(part, counting))


def most_told(rows: pd.DataFrame, **counting: str) -> list[pd.DataFrame]:
    """Part rows as `by_account` does, of many accounts only those of more events than each of the others."""
    parts = by_account(rows, **counting)
    least = _events(parts[TOLD], counting) if len(parts) > TOLD else -1
    return [part for part in parts if _events(part, counting) > least]


def told_by(said: str, rows: pd.DataFrame, legend: Legend, **counting: str) -> str:
    """Attribute a title to the account that it is of, where others tell of events too."""
    return fitting(f"{said}{according_to(rows, legend, **counting)}", said)


def according_to(rows: pd.DataFrame, legend: Legend, **counting: str) -> str:
    """Name the account of most events, where others tell of events too."""
    first, *others = by_account(rows, **counting) if len(rows) else [rows]
    return (
        attributed([legend.whose(first["account"].iloc[0], first["voice"].iloc[0])], is_alone=False) if others else ""
    )


def unit(rows: pd.DataFrame) -> str:
    """Say what a column of some rows is: a day, a month, a year; a month where none is dated."""
    named = rows["unit"].dropna()
    return str(named.iloc[0]) if len(named) else "month"


def _events(part: pd.DataFrame, counting: dict[str, str]) -> int:
    for column, value in counting.items():
        part = part[part[column] == value]
    return int(part["events"].sum())
