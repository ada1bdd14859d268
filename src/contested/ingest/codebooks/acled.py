"""ACLED: its exports and answers since 1997, in upper or lower case, with actors' types as numbers or words.

A row is one event as ACLED tells it, or one actor of it: the event itself with every actor that any of its rows names,
and how many were reported killed. It never tells of injured, which leaves them unknown. ACLED keeps rewriting its
rows; `timestamp` is when it said what stands here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from contested.ingest.cells.date import epoch
from contested.ingest.date_intervals import Days, day_of
from contested.ingest.options import Given
from contested.ingest.row import Line, Made, Row, explained, learnt, lines
from contested.ingest.sql_codebook import SqlCodebook, choice, code, groups, place, said

COLUMNS = frozenset(
    {
        *("event_id_cnty", "event_date", "time_precision", "event_type", "sub_event_type", "actor1", "actor2"),
        *("inter1", "inter2", "geo_precision", "fatalities", "notes"),
    }
)
DELETED = frozenset({"event_id_cnty", "deleted_timestamp"})
"""The list of events that ACLED took back."""

_INTER = {
    "1": "state forces",
    "2": "rebel group",
    "3": "political militia",
    "4": "identity militia",
    "5": "rioters",
    "6": "protesters",
    "7": "civilians",
    "8": "external or other forces",
}
_KINDS = {"violence against civilians": "assault", "arrests": "detention", "looting/property destruction": "damage"}
_RADII = {1: None, 2: 50, 3: 200}
"""Kilometres for `geo_precision`: a town, a part of a region, a region; on the large side on purpose."""
_FLOORS = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000}
_CODES = {word: {floor} for word, floor in _FLOORS.items()} | {
    word: {3, 10} for word in ("several", "many", "some", "few", "unknown number", "unspecified number")
}
"""The numbers that ACLED writes for a word, where reports give nothing but the word."""
_NUMBERS = {3: "three", 10: "ten", 12: "twelve", 20: "twenty", 100: "hundred", 1000: "thousand"}
_WORD, _WHO = rf"\b({'|'.join(_CODES)})\b", r"(?: [\w'’-]+){0,5}?"
_GOVERNS_DEATHS = re.compile(
    rf"{_WORD}{_WHO} (?:was|were|are|been|reportedly) (?:\w+ )?(?:killed|dead|slain)\b"
    rf"|{_WORD}{_WHO} (?:died|dead|deaths|fatalities|perished)\b"
    rf"|{_WORD}{_WHO} killed$"
    rf"|\b(?:killed|killing|deaths? of|killing of) (?:at least |about |up to |over |an? )?{_WORD}"
)
"""Where a word says how many died: `several people were killed`, but not `several gunmen killed`."""
_PHRASE = re.compile(
    r"[^\w\s'’-]+|\b(?:and|or|but|as|by|when|while|after|before|that|which|who|where|since|amid|of the)\b"
)
_DEATHS = re.compile(r"\b(?:kill|dead|died|death|fatalit|perish|slain)")
_NO_PEOPLE = re.compile(r"\b(?:cattle|livestock|animals?|cows?|sheep|goats?|camels?|horses?)\b")


def survey(rows: Iterable[tuple[int, Row]]) -> Mapping[str, Any]:
    """Learn from a whole table how it writes dates and numbers, and every actor of each event.

    An event may have a row for each of its actors, or name them in turn.
    """
    actors: dict[str, set[str]] = {}

    def heard() -> Iterator[Line]:
        for line in lines(rows):
            actors.setdefault(_id(line), set()).update(_actors(line))
            yield line

    found = learnt(heard(), ["event_date"], ["fatalities"], ["year"])
    return found | {"actors": {event: tuple(sorted(named)) for event, named in actors.items()}}


_WHERE = ("location", "admin3", "admin2", "admin1", "country")
_CODED = sorted(set().union(*_CODES.values()))
"""The numbers behind which a word may stand in the notes."""
_MAYBE_VAGUE = "|".join(sorted({word.split()[0] for word in _CODES}))


def _sql(given: Given) -> str:
    """Write SQL of the event of a row and of the number of the killed, where no word stands for it (`to_claims`)."""
    actors = ", ".join(f"{_actor_sql(number)}" for number in "12")
    kinds = [choice(f"lower({column})", _KINDS) for column in ("sub_event_type", "event_type")]
    made = "[{is_event: true, figure: 0}, {is_event: false, figure: fatalities}]"
    return f"""
    select row, concat(event_id, if(is_event, '', '-killed')) as claim_id, event_id, 'ACLED' as account,
        if(is_event, kind, 'casualties') as kind, what as subkind, {groups(_SIDES)} as groups,
        coalesce(source, 'ACLED') as source_id,
        coalesce(event_id_cnty, data_id) as locator,
        concat(if(is_event, '', 'Killed: '), what, ': ',
            coalesce(nullif(array_to_string(list_sort(list_distinct(actors)), ' and '), ''), 'actors not named'),
            ', ', place, '.') as summary,
        nullif(place, '') as place, latitude, longitude,
        {choice("coalesce(nullif(geo_precision, 0), 1)", _RADII)} as radius_km,
        to_timestamp("timestamp"::bigint) as stated_at, reach[1]::timestamp as began_earliest,
        reach[2]::timestamp as ended_latest,
        concat(event_date, ', ', coalesce('known to ' || precision, 'precision not given')) as time_words,
        if({bool(given.zone)} and precision is not null, 'derived', 'assumed') as time_basis, $zone as zone,
        if(is_event, null, 'killed') as measure, if(is_event, null, 'people') as unit,
        if(is_event, null, 'event') as scope, if(is_event or figure > 0, null, 0) as low,
        if(is_event or figure = 0, null, figure) as best,
        if(is_event or figure > 0, null, 'none reported') as figure_words
    from (
        select *, unnest({made}, recursive := true), case time_precision
            when 2 then [event_date - 6, event_date + 7]
            when 3 then [date_trunc('month', event_date), last_day(event_date) + 1]
            else [event_date, event_date + 1] end as reach
        from (
            select *, concat('acled-', {code("coalesce(event_id_cnty, data_id)")}) as event_id,
                if(starts_with(lower(event_type), 'battle'), 'clash', coalesce({", ".join(kinds)}, 'other')) as kind,
                coalesce(sub_event_type, event_type) as what,
                list_filter([{actors}], lambda one: one is not null) as actors,
                {place("admin1", *_WHERE)} as place,
                {choice("time_precision", {1: "the day", 2: "the week", 3: "the month"})} as precision
            from cells
        ) where coalesce(event_id_cnty, data_id) is not null and event_type is not null and event_date is not null
            and coalesce(year = year(event_date), true) and (time_precision is null or precision is not null)
            and regexp_full_match(coalesce("timestamp", ''), '|1\\d{{9}}')
            and regexp_full_match(concat(inter1, inter2, event_type, sub_event_type), '[ -~]*')
            and (fatalities is null or fatalities not in {tuple(_CODED)} or notes is null
                or (regexp_full_match(notes, '[ -~]*') and not regexp_matches(lower(notes), '{_MAYBE_VAGUE}')))
    ) where figure is not null
    """


_SIDES = {"actor1": "list_sort(list_distinct(actors))[1]", "actor2": "list_sort(list_distinct(actors))[2]"}
"""Both actors of an event, as SQL, in the order of their names, for a row may name them in any; of three no two."""


def _actor_sql(number: str) -> str:
    """Write SQL of an actor with its type (`_actor`)."""
    inter = code(f"inter{number}")
    kind = f"coalesce({choice(inter, _INTER)}, if(regexp_full_match({inter}, '[0-9]*'), null, lower({inter})))"
    return f"if(actor{number} is null, null, concat(actor{number}, ' (' || {kind} || ')'))"


_ID = f"coalesce({said('event_id_cnty')}, data_id)"
SQL = SqlCodebook(
    ids=("event_id_cnty", "data_id"),
    row_id=f"regexp_replace({code(_ID)}, '(-killed)+$', '')",
    claims=_sql,
    texts=(
        *("event_id_cnty", "data_id", "event_type", "sub_event_type", "actor1", "actor2", "inter1", "inter2", *_WHERE),
        *("source", "notes", "latitude", "longitude", "timestamp"),
    ),
    days=("event_date",),
    counts=("fatalities", "geo_precision", "time_precision", "year"),
)


@explained
def to_claims(line: Line) -> Made:
    """Make of a row the event and the number of the killed, the same from each of the rows that an event may have."""
    event = _event(line)
    if line.words("timestamp") and event["stated_at"] is None:
        reason = "nought, which programs write where no time is known"
        yield line.notice("W-TIME-PLACEHOLDER", "timestamp", reason, "nothing: it is read as no time")
    yield event
    yield from _killed(line, event)


@explained
def withdrawn(line: Line) -> Made:
    """Make of a row of the deleted list the withdrawal of what ACLED said of that event."""
    event = f"acled-{line.needed('event_id_cnty')}"
    yield {
        "claim_id": f"{event}-deleted",
        "event_id": event,
        "account": "ACLED",
        "kind": "statement",
        "source_id": "ACLED list of deleted events",
        "summary": "ACLED took this event back.",
        "supersedes": (event, f"{event}-killed"),
        "status": "withdrawn",
        "stated_at": _stamped(line, "deleted_timestamp"),
    }


def _event(line: Line) -> dict[str, object]:
    event = f"acled-{_id(line) or line.needed('event_id_cnty')}"
    what = line.words("sub_event_type", "event_type")
    actors = line.given.learnt.get("actors", {}).get(_id(line)) or sorted(_actors(line))
    place, region = line.words("location", "admin3", "admin2", "admin1", "country"), line.words("admin1")
    place = place if region in place else f"{place}, {region}"
    return {
        "claim_id": event,
        "event_id": event,
        "account": "ACLED",
        "kind": _kind(line),
        "subkind": what,
        "groups": dict(zip(_SIDES, actors, strict=False)) if len(actors) <= len(_SIDES) else None,
        "source_id": line.words("source") or "ACLED",
        "locator": line.words("event_id_cnty", "data_id"),
        "summary": f"{what}: {' and '.join(actors) or 'actors not named'}, {place}.",
        "place": place,
        "latitude": line.words("latitude"),
        "longitude": line.words("longitude"),
        "radius_km": _RADII.get(line.whole("geo_precision") or 1),
        "stated_at": _stamped(line, "timestamp") if line.words("timestamp") else None,
        **_time(line),
    }


def _id(line: Line) -> str:
    return line.code("event_id_cnty", "data_id")


def _kind(line: Line) -> str:
    if line.needed("event_type").casefold().startswith("battle"):
        return "clash"
    words = (line.words(name).casefold() for name in ("sub_event_type", "event_type"))
    return next((_KINDS[word] for word in words if word in _KINDS), "other")


def _actors(line: Line) -> set[str]:
    return set(filter(None, (_actor(line, number) for number in "12")))


def _actor(line: Line, number: str) -> str:
    actor, inter = line.words(f"actor{number}"), line.code(f"inter{number}")
    kind = _INTER.get(inter, "" if inter.isdigit() else inter.casefold())
    return f"{actor} ({kind})" if actor and kind else actor


def _time(line: Line) -> dict[str, object]:
    """Bound the time by its precision: a day, any week that holds it, or its month."""
    on = day_of(line, "event_date")
    _hold_to_year(line, on)
    precision = line.whole("time_precision")
    named = Days(on, on)
    match precision:
        case 1 | None:
            reach, coded = named, "the day" if precision else "precision not given"
        case 2:
            reach, coded = named.around(6), "the week"
        case 3:
            reach, coded = named.months(), "the month"
        case _:
            raise line.refused("E-LIST", "time_precision", "not in the list", "choose one of 1, 2, 3")
    began, ended = reach.bounds(line.given)
    return {
        "began_earliest": began,
        "ended_latest": ended,
        "time_words": f"{on}, {'known to ' if precision else ''}{coded}",
        "time_basis": "derived" if line.given.zone and precision else "assumed",
        "zone": line.given.zone,
    }


def _hold_to_year(line: Line, on: date) -> None:
    year = line.whole("year")
    if year is not None and year != on.year:
        raise line.refused("E-TIME", "event_date", f"not in {year}, the year of its row", "correct one of them")


def _killed(line: Line, event: dict[str, object]) -> Made:
    """Tell how many were reported killed, as coded; a number that stands for a word has that word beside it."""
    fatalities = line.whole("fatalities")
    if fatalities is None:
        return
    said = {"claim_id": f"{event['claim_id']}-killed", "kind": "casualties", "measure": "killed", "unit": "people"}
    figure: dict[str, object] = {"best": fatalities}
    if fatalities == 0:
        figure = {"low": 0, "figure_words": "none reported"}
    elif word := _vague(line.words("notes"), fatalities):
        figure |= {"low": _FLOORS.get(word), "figure_words": word}
        reason = f"ACLED writes {fatalities} where reports say “{word}”"
        yield line.notice("W-NUM-WORDS", "fatalities", reason, "nothing, or give the number that was reported")
    yield event | said | figure | {"scope": "event", "summary": f"Killed: {event['summary']}"}


def _vague(notes: str, fatalities: int) -> str | None:
    """Give the word that says in the notes how many died, where ACLED writes this number for it."""
    phrases = [" ".join(phrase.split()) for phrase in _PHRASE.split(notes.casefold())]
    number = re.compile(rf"\b(?:{fatalities}|{_NUMBERS.get(fatalities, fatalities)})\b")
    if any(_DEATHS.search(phrase) and number.search(phrase) for phrase in phrases):
        return None
    said = (found for phrase in phrases if not _NO_PEOPLE.search(phrase) for found in _GOVERNS_DEATHS.finditer(phrase))
    words = (next(filter(None, found.groups())) for found in said)
    return next((word for word in words if fatalities in _CODES[word]), None)


def _stamped(line: Line, column: str) -> datetime | None:
    """Read what counts from 1970, as ACLED stamps what it says; nought is what a program writes for no time."""
    words = line.needed(column)
    if line.whole(column) == 0:
        return None
    if (read := epoch(words)) is None:
        raise line.refused("E-TIME", column, "no time that can be kept", "give seconds since 1970")
    return read
