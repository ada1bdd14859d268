"""Positions: what each account says on each question that can be compared.

A question is one that claims answer in words, or one that structure asks (`contested.compared.questions`): how many,
when a milestone was, where it was, where a named place lies, whether something happened. What an account has replaced
since is not its position; what is passed on within a side's story is not the side's. A question "When did … begin?" or
"… end?" dates its event; a claim that answers yes or no affirms no more than its answer.
"""

from collections.abc import Iterator
from math import inf

import pandas as pd

from contested.chart import Row, each
from contested.compared.comparison import Position, Stated, range_of
from contested.compared.questions import ANSWERS, HELP, TOLD, asked
from contested.ground import Point
from contested.legend import Legend, Spot
from contested.wording import figure

POSITIONS = f"""
with recursive origin as (
    select claim_id, unnest(same_origin) as first from known
    union
    select origin.claim_id, unnest(known.same_origin) from origin join known on known.claim_id = origin.first)
, repeated as (select claim_id, list('claim ' || first) as firsts from origin group by claim_id)
, told as (
    select selected.*, {TOLD},
        list_concat(['claim ' || claim_id, 'source ' || source_id, 'voice ' || voice, 'side ' || side], firsts)
            as origins
    from selected left join repeated using (claim_id)
    where standing = 'standing' and not ($by = 'side' and stance = 'relays'))
, formed as (
    select *, unnest(list_filter([{", ".join(ANSWERS)}], lambda one: one.answered), recursive := true) from told)
, placed as (
    select * replace (if(form = 'place', '', event_id) as event_id, if(form = 'figure', low, null) as low,
            if(form = 'figure', best, null) as best, if(form = 'figure', high, null) as high,
            if(form = 'figure', part_of, []) as part_of, if(lies, place, null) as place,
            if(lies, latitude, null) as latitude, if(lies, longitude, null) as longitude,
            if(lies, radius_km, null) as radius_km),
        if({HELP} and form in ('when', 'where'), subkind, null) as responder
    from (select *, form in ('where', 'place') or (form = 'asked' and question ilike 'where %') as lies from formed))
select topic, form, about, event_id, account, stance, low, best, high, epoch(starts) as starts, epoch(stops) as stops,
    milestone, responder, place, latitude, longitude, radius_km, part_of, same_event = 'certain' as certain,
    min(min(words)) over (partition by topic) as words, any_value(definition) as definition,
    any_value(victims) as victims, any_value(figure_words) as figure_words,
    bool_and(coalesce(scope = 'cumulative', false)) as running,
    list(claim_id order by via is not null, stated_at, claim_id) as claim_ids,
    if(bool_or(via is null), null, min(via)) as via, list_sort(list_distinct(list(source_id))) as sources,
    list_sort(list_distinct(list_filter(flatten(list(origins)), lambda one: one is not null))) as origins,
    list_sort(list_distinct(list_filter(list(speaker), lambda one: one is not null))) as speakers,
    epoch(min(stated_at)) as stated_by, first(claim_id order by stated_at, claim_id) as first_id,
    epoch(max(coalesce(stated_earliest, stated_at))) as stated_after,
    first(claim_id order by coalesce(stated_earliest, stated_at) desc nulls last, claim_id) as last_id,
    strftime(timezone($zone, timezone('UTC', starts)), '%-d %b %H:%M') as since,
    strftime(timezone($zone, timezone('UTC', stops)), '%-d %b %H:%M') as until,
    coalesce(said, case when starts = stops then since when starts is null then 'by ' || until
        when stops is null then 'not before ' || since else since || ' to ' || until end) as said,
    strftime(timezone($zone, timezone('UTC', min(stated_at))), '%-d %b %Y') as said_first,
    if(said_first = strftime(timezone($zone, timezone('UTC', max(stated_at))), '%-d %b %Y'), 'said by ',
        'first said by ') || said_first as told
from placed
group by topic, form, about, event_id, account, stance, placed.said, low, best, high, placed.starts, placed.stops,
    milestone, responder, place, latitude, longitude, radius_km, part_of, certain
order by topic, event_id, account, claim_ids
"""


def positions(rows: pd.DataFrame, legend: Legend) -> Iterator[Position]:
    """Read the answer to `POSITIONS`; a question is called as its claims call it, else as structure asks it."""
    return (_position(row, legend) for row in _rows(rows) if not _only_asks(row))


def posed(rows: pd.DataFrame, legend: Legend) -> dict[str, str]:
    """Name every question that a claim puts in words, answered or not, under its topic."""
    return {row.topic: _question(row, legend) for row in _rows(rows) if row.form == "asked" or row.words is not None}


def _rows(rows: pd.DataFrame) -> Iterator[Row]:
    return each(rows.astype(object).where(rows.notna(), None))


def _only_asks(row: Row) -> bool:
    """Tell a claim that puts a question and leaves it open from one that answers it."""
    bare = row.said is None and row.figure_words is None and row.place is None and row.latitude is None
    return row.form == "asked" and bare and row.stance != "denies"


def _position(row: Row, legend: Legend) -> Position:
    spot = _spot(row, legend)
    stated = None if row.stated_by is None else Stated(row.stated_by, row.first_id, row.stated_after, row.last_id)
    return Position(
        event_id=row.event_id,
        question=_question(row, legend),
        account=row.account,
        said=row.said or (spot.label if spot else figure(row.low, row.best, row.high, row.figure_words)),
        stance=row.stance,
        bounds=_bounds(row),
        claim_ids=tuple(row.claim_ids),
        via=row.via,
        milestone=row.milestone,
        key=row.topic,
        posed=row.form == "asked" or row.words is not None,
        responder=row.responder,
        certain=row.certain,
        running=row.running,
        several=row.form == "where",
        spot=_point(spot),
        part_of=tuple(row.part_of),
        origins=tuple(row.origins),
        sources=tuple(row.sources),
        stated=stated,
        when=row.told or "",
        speakers=tuple(row.speakers),
    )


def _question(row: Row, legend: Legend) -> str:
    """Name what counts and whom, and the event where the claims' own words do not ask."""
    about = legend.places.get(row.about, Spot(row.about)).label if row.form == "place" else row.about
    more = [row.definition, row.victims] if row.form in {"figure", "asked"} else []
    more += [legend.event(row.event_id)] if row.words is None and row.form != "place" else []
    return (row.words or asked(row.form, about)) + "".join(f" ({one})" for one in more if one)


def _bounds(row: Row) -> tuple[float, float] | None:
    """Give the range of a figure or of a time; what is unknown of a time is open."""
    if row.starts is None and row.stops is None:
        return range_of(row.low, row.best, row.high)
    return -inf if row.starts is None else row.starts, inf if row.stops is None else row.stops


def _spot(row: Row, legend: Legend) -> Spot | None:
    """Find where a claim puts it: at its own point, else where the gazetteer has its place."""
    if row.latitude is not None:
        return Spot(f"{row.latitude:.4g}°, {row.longitude:.4g}°", row.latitude, row.longitude, row.radius_km)
    return legend.places.get(row.place, Spot(row.place)) if row.place else None


def _point(spot: Spot | None) -> tuple[Point, float | None] | None:
    if spot is None or spot.latitude is None or spot.longitude is None:
        return None
    return (spot.latitude, spot.longitude), spot.radius_km
