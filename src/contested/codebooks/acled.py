"""ACLED: its exports and answers since 1997, in upper or lower case, with actors' types as numbers or words.

A row is one event as ACLED tells it: the event itself, and how many were reported killed. It never tells of injured,
which leaves them unknown. ACLED keeps rewriting its rows; `timestamp` is when it said what stands here.
"""

import re
from datetime import UTC, date, datetime

from contested.days import Days, day
from contested.line import Line, Made, explained

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
_CODED = {3: "three", 10: "ten", 12: "twelve", 100: "hundred"}
"""The numbers that ACLED writes for words, and the words for them that show that the number itself was reported."""
_VAGUE = re.compile(
    rf"\b({'|'.join(_FLOORS)}|several|many|some|few|unknown number|unspecified number)\b", re.IGNORECASE
)


@explained
def to_claims(line: Line) -> Made:
    """Make of a row the event and the number of the killed, the same from each of the rows that an event may have."""
    event = _event(line)
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
    event = f"acled-{line.code('event_id_cnty', 'data_id') or line.needed('event_id_cnty')}"
    what = line.words("sub_event_type", "event_type")
    actors = sorted(filter(None, (_actor(line, number) for number in "12")))
    place, region = line.words("location", "admin3", "admin2", "admin1", "country"), line.words("admin1")
    place = place if region in place else f"{place}, {region}"
    return {
        "claim_id": event,
        "event_id": event,
        "account": "ACLED",
        "kind": _kind(line),
        "subkind": what,
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


def _kind(line: Line) -> str:
    if line.needed("event_type").casefold().startswith("battle"):
        return "clash"
    words = (line.words(name).casefold() for name in ("sub_event_type", "event_type"))
    return next((_KINDS[word] for word in words if word in _KINDS), "other")


def _actor(line: Line, number: str) -> str:
    actor, inter = line.words(f"actor{number}"), line.code(f"inter{number}")
    kind = _INTER.get(inter, "" if inter.isdigit() else inter.casefold())
    return f"{actor} ({kind})" if actor and kind else actor


def _time(line: Line) -> dict[str, object]:
    """Bound the time by its precision: a day, any week that holds it, or its month."""
    on = line.read("event_date", day, "write it like 2020-02-07")
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
    """Tell how many were reported killed; a number that stands for a word is given back its word."""
    fatalities = line.whole("fatalities")
    if fatalities is None:
        return
    said = {"claim_id": f"{event['claim_id']}-killed", "kind": "casualties", "measure": "killed", "unit": "people"}
    figure: dict[str, object] = {"best": fatalities}
    if fatalities == 0:
        figure = {"low": 0, "figure_words": "none reported"}
    elif word := _vague(line.words("notes"), fatalities):
        figure = {"low": _FLOORS.get(word), "figure_words": word}
        reason = f"ACLED writes {fatalities} where reports say “{word}”"
        yield line.notice("W-NUM-WORDS", "fatalities", reason, "nothing, or give the number that was reported")
    yield event | said | figure | {"scope": "event", "summary": f"Killed: {event['summary']}"}


def _vague(notes: str, fatalities: int) -> str | None:
    """Give the word for which a number was written, where the notes have that word and not the number."""
    number = _CODED.get(fatalities)
    found = _VAGUE.search(notes)
    if number is None or found is None or re.search(rf"\b({fatalities}|{number})\b", notes, re.IGNORECASE):
        return None
    return found[1].lower()


def _stamped(line: Line, column: str) -> datetime:
    """Read seconds since 1970, as ACLED stamps what it says."""
    seconds = line.whole(column)
    if seconds is None:
        raise line.refused("E-EMPTY", column, "empty", "give it")
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        raise line.refused("E-TIME", column, "no time that can be kept", "give seconds since 1970") from None
