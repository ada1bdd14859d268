"""Dispatch logs of fire and ambulance services: one row per unit, or all units of a call in one cell.

A log writes a stamp at the moment of what it stamps, so that this is also when it says it (`time_basis` logged), and
each column of stamps is a milestone of its own. The unit is kept in `subkind`; a unit that never arrived has no
arrival, and its end is when it was cleared. Clocks name no zone, which is asked for; dates have the month first.
A unit is out from its dispatch until it is cleared.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from contested import stamps
from contested.days import day, on_calendar
from contested.line import Line, Made, RefusedError, explained

BY_UNIT = frozenset({"call_number", "unit_id", "received_dttm", "dispatch_dttm", "on_scene_dttm", "available_dttm"})
BY_CALL = frozenset(
    {
        *("incident_num", "incident_date", "unit_dispatch_times", "unit_enroute_times"),
        *("unit_arrive_times", "unit_clear_times"),
    }
)

_STAMPED = {
    "call": "received_dttm",
    "dispatch": "dispatch_dttm",
    "en_route": "response_dttm",
    "arrival": "on_scene_dttm",
    "transport": "transport_dttm",
    "end": "available_dttm",
}
_LISTED = {
    "dispatch": "unit_dispatch_times",
    "en_route": "unit_enroute_times",
    "arrival": "unit_arrive_times",
    "transport": "unit_enroute_to_hospital_times",
    "end": "unit_clear_times",
}
_WORDS = {
    "call": "Call received",
    "dispatch": "{} was sent",
    "en_route": "{} set out",
    "arrival": "{} arrived",
    "transport": "{} left for hospital",
    "end": "{} was cleared",
}
_FIRST_MONTH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)(?: (.+))?")
_POINT = re.compile(r"\((-?[\d.]+), (-?[\d.]+)\)")
_UNIT = re.compile(r"(?P<unit>[^=]+)=(?P<clock>\d\d:\d\d:\d\d)")
_HALF_A_DAY = timedelta(hours=12)
_CENTURY = 2000


@explained
def by_unit(line: Line) -> Made:
    """Make of a unit's row a claim of each milestone, from its call to its end, that has a stamp."""
    call, unit = line.code("call_number") or line.needed("call_number"), line.needed("unit_id")
    moments = {kind: _stamp(line, column) for kind, column in _STAMPED.items() if line.words(column)}
    if not moments:
        raise line.refused("E-EMPTY", "received_dttm", "no stamp of any milestone", "give one")
    if list(moments.values()) != sorted(moments.values()):
        yield line.notice("W-TIME-ORDER", "on_scene_dttm", "stamps out of order", "nothing, or correct the log")
    for kind, moment in moments.items():
        yield (
            _milestone(line, kind, (call, unit), moment, line.words(_STAMPED[kind]))
            | _out(kind, moments.get("end"))
            | _site(line)
        )


@explained
def by_call(line: Line) -> Made:
    """Make of a call's row each unit's milestones: its first stamp, at the end its last, with all of them as words."""
    call = line.code("incident_num") or line.needed("incident_num")
    listed = {kind: _units(line, column) for kind, column in _LISTED.items()}
    anchor = next((moments[0] for units in listed.values() for moments in units.values()), None)
    if anchor is None:
        raise line.refused(
            "E-EMPTY", "unit_dispatch_times", "no unit was sent, arrived or was cleared", "nothing, or give a stamp"
        )
    first = datetime.combine(line.read("incident_date", _date, "write it like 2/24/10"), anchor)
    moments = {kind: _moments(line, column, first, listed[kind]) for kind, column in _LISTED.items()}
    for kind in _LISTED:
        for unit, shown in listed[kind].items():
            told = moments[kind][unit]
            moment = max(told) if kind == "end" else min(told)
            words = ", ".join(map(str, dict.fromkeys(shown)))
            cleared = max(moments["end"].get(unit, []), default=None)
            yield _milestone(line, kind, (call, unit), moment, words) | _out(kind, cleared)


def _moments(line: Line, column: str, first: datetime, listed: Mapping[str, list[time]]) -> dict[str, list[datetime]]:
    """Give the instants of each unit's stamps in a column."""
    return {
        unit: [stamps.instant(line, column, _near(first, clock)) for clock in shown] for unit, shown in listed.items()
    }


def _milestone(line: Line, kind: str, whose: tuple[str, str], moment: datetime, words: str) -> dict[str, Any]:
    call, unit = whose
    return {
        "claim_id": f"call-{call}-{unit}-{kind}",
        "event_id": f"call-{call}",
        "account": "dispatch log",
        "kind": kind,
        "subkind": unit,
        "source_id": line.given.file,
        "locator": f"row {line.number}",
        "summary": f"{_WORDS[kind].format(unit)}: {line.words('call_type') or 'no type given'}.",
        "began_earliest": moment,
        "began_latest": moment,
        "time_words": words,
        "time_basis": "logged",
        "zone": line.given.zone,
        "stated_at": moment,
    }


def _out(kind: str, free: datetime | None) -> dict[str, datetime]:
    """Bound how long a unit was out, which is told with its dispatch."""
    return {"ended_earliest": free, "ended_latest": free} if kind == "dispatch" and free else {}


def _site(line: Line) -> dict[str, str]:
    point = _POINT.fullmatch(line.words("location"))
    latitude, longitude = point.groups() if point else ("", "")
    return {"place": line.words("address"), "latitude": latitude, "longitude": longitude}


def _stamp(line: Line, column: str) -> datetime:
    return stamps.instant(line, column, line.read(column, _wall, "write it like 12/31/2016 11:57:56 PM"))


def _wall(text: str) -> datetime:
    if (written := _FIRST_MONTH.fullmatch(text)) and written[4]:
        return datetime.combine(_month_first(written), stamps.time_of_day(written[4]))
    return datetime.fromisoformat(text)


def _date(text: str) -> date:
    """Read the date of a call; a spreadsheet added a midnight to it that nobody meant."""
    written = _FIRST_MONTH.fullmatch(text)
    return _month_first(written) if written else day(text)


def _month_first(written: re.Match[str]) -> date:
    month, on, year = (int(part) for part in written.groups()[:3])
    return on_calendar(year if year >= _CENTURY else year + _CENTURY, month, on)


def _units(line: Line, column: str) -> Mapping[str, list[time]]:
    """Read the stamps of each unit in a cell, in the order of the log."""
    units: dict[str, list[time]] = {}
    for unit, clock in _listed(line, column):
        units.setdefault(unit, []).append(clock)
    return units


def _listed(line: Line, column: str) -> Iterator[tuple[str, time]]:
    for part in filter(None, line.words(column).split(", ")):
        written = _UNIT.fullmatch(part)
        try:
            clock = stamps.time_of_day(written["clock"]) if written else None
        except ValueError:
            clock = None
        if written is None or clock is None:
            raise RefusedError("E-TIME", column, part, "not a unit with its time of day", "write it like M6=23:05:59")
        yield written["unit"], clock


def _near(first: datetime, clock: time) -> datetime:
    """Give a time of day its date: a call that goes on past midnight ends on the next day."""
    same = datetime.combine(first.date(), clock)
    if same - first < -_HALF_A_DAY:
        return same + timedelta(1)
    return same - timedelta(1) if same - first > _HALF_A_DAY else same
