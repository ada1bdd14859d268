"""Dispatch logs of fire and ambulance services: one row per unit, or all units of a call in one cell.

A log writes a stamp at the moment of what it stamps, so that this is also when it says it (`time_basis` logged), and
each column of stamps is a milestone of its own. The unit is kept in `subkind`; a unit that never arrived has no
arrival, and its end is when it was cleared; a row that names no unit is one unit of its call. A unit is out from its
dispatch until it is cleared; without that stamp it is over, nobody knows when, where the status of the call says so.
Clocks name no zone, which is asked for; whether day or month is first all dates of the log must show. A stamp of an
hour that the clocks showed twice or skipped lies between both readings; a call and an arrival must be clear.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import combinations, pairwise
from typing import Any, NamedTuple

from contested.ingest import local_times
from contested.ingest.cells import call_status
from contested.ingest.cells.clock import read_clock
from contested.ingest.cells.column_format import Dated, date_order
from contested.ingest.cells.date import epoch
from contested.ingest.date_intervals import day_of
from contested.ingest.kept_columns import ValueTally
from contested.ingest.options import Given
from contested.ingest.row import Line, Made, RefusedError, Row, explained, lines, worded
from contested.ingest.sql_codebook import SqlCodebook, code, said
from contested.model.problem import Problem

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
_CLEAR = {"by_unit": {"call", "arrival"}, "by_call": {"dispatch", "arrival"}}
_PLAIN_POINT = r"\(-?\d{1,3}(\.\d{1,15})?, -?\d{1,3}(\.\d{1,15})?\)"
_POINT = re.compile(r"\((-?[\d.]+), (-?[\d.]+)\)")
_UNIT = re.compile(r"(?P<unit>[^=]+)=(?P<clock>\d\d:\d\d:\d\d)")
_ENDS = {"available_dttm", "unit_clear_times"}
_STATUSES = (
    *("disposition", "final_disposition", "call_disposition", "incident_disposition", "call_status", "incident_status"),
    *("status", "outcome", "call_outcome", "clearance", "event_clearance_description"),
)
"""Columns that may stand in a log beside its stamps, and say what became of the call."""
_UNTIMED = {"began_latest": None, "time_words": None, "time_basis": "derived", "stated_at": None}
"""What is known of the time of an end that has no stamp: that it is not before the last one."""
_HALF_A_DAY = timedelta(hours=12)
_DATED = (*_STAMPED.values(), "incident_date")
_READ = {*_DATED, *_LISTED.values(), "call_number", "incident_num", "unit_id", "address", "location"}


class _Stamp(NamedTuple):
    """Between which two instants a stamp lies (one, but where clocks were put on), its words, its zone, its doubt."""

    low: datetime
    high: datetime
    words: str
    zone: str | None
    doubt: str = ""


class _Clock(NamedTuple):
    """A time of day as it is written, and how long after midnight it is."""

    words: str
    after: timedelta


def survey(rows: Iterable[tuple[int, Row]]) -> Mapping[str, Any]:
    """Learn from a whole log, which one program wrote, how its dates are written and what its calls are compared by."""
    tally = ValueTally(is_read)
    order = date_order(
        Dated(line.number, words)
        for line in lines(tally.through(rows))
        for column in _DATED
        if (words := line.words(column))
    )
    return {"orders": dict.fromkeys(_DATED, order), "kept": tally.kept()}


def is_read(column: str) -> bool:
    """Say whether a column of this plain name is an id, a stamp or a place, which calls are not compared by."""
    return column in _READ


def _sql(given: Given) -> str:
    """Write SQL of a claim of each milestone of a row that has an end, and whose stamps are in order (`by_unit`)."""
    stamps = tuple(_STAMPED.values())
    in_order = " and ".join(f"coalesce({one} <= {later}, true)" for one, later in combinations(stamps, 2))
    milestones = ", ".join(
        f"{{kind: '{kind}', moment: {column}, words: {column}_words, said: '{_WORDS[kind]}'}}"
        for kind, column in _STAMPED.items()
    )
    return f"""
    select row, concat_ws('-', 'call', call, unit_id, kind) as claim_id, concat('call-', call) as event_id,
        'dispatch log' as account, kind, unit_id as subkind, $file as source_id, concat('row ', row) as locator,
        concat(replace(said, '{{}}', coalesce(unit_id, 'A unit')), ': ', coalesce(call_type, 'no type given'), '.')
            as summary,
        moment as began_earliest, moment as began_latest, words as time_words, 'logged' as time_basis, $zone as zone,
        moment as stated_at, if(kind = 'dispatch', {_STAMPED["end"]}, null) as ended_earliest,
        ended_earliest as ended_latest, address as place, point[1] as latitude, point[2] as longitude
    from (
        select *, unnest([{milestones}], recursive := true) from (
            select *, {code("call_number")} as call,
                if(location[1] = '(', string_split(location[2:-2], ', '), null)::double[] as point,
                coalesce({", ".join(stamps)}) as first, coalesce({", ".join(reversed(stamps))}) as last
            from cells where regexp_full_match(coalesce(location, ''), '[^(].*|{_PLAIN_POINT}|')
        ) where {bool(given.zone)} and call is not null
            and {_STAMPED["end"]} is not null and {in_order} and last - first <= interval 365 day
    ) where moment is not null
    """


SQL = SqlCodebook(
    ids=("call_number", "unit_id"),
    row_id=f"concat_ws('-', {code('call_number')}, {said('unit_id')})",
    claims=_sql,
    texts=("call_number", "unit_id", "call_type", "address", "location"),
    stamps=tuple(_STAMPED.values()),
    is_read=is_read,
)


@explained
def by_unit(line: Line) -> Made:
    """Make of a unit's row a claim of each milestone, from its call to its end, that has a stamp."""
    call, unit = line.code("call_number") or line.needed("call_number"), line.words("unit_id")
    read = {kind: local_times.shown(line, column) for kind, column in _STAMPED.items() if line.words(column)}
    yield from (one for one in read.values() if isinstance(one, Problem))
    walls = {kind: one for kind, one in read.items() if isinstance(one, datetime)}
    if not walls:
        raise line.refused("E-EMPTY", "received_dttm", "no stamp of any milestone", "give one")
    told = {
        kind: _stamp(line, _STAMPED[kind], wall, line.words(_STAMPED[kind]), is_clear=kind in _CLEAR["by_unit"])
        for kind, wall in walls.items()
    }
    placeholders = local_times.placeholders(line, _STAMPED, {kind: (one.low, one.high) for kind, one in told.items()})
    yield from placeholders.values()
    told = {kind: stamp for kind, stamp in told.items() if kind not in placeholders}
    yield from _doubts(line, told)
    groups = _groups(line)
    yield from (one | _site(line) | groups for one in _milestones(line, (call, unit), told))


@explained
def by_call(line: Line) -> Made:
    """Make of a call's row each unit's milestones: its first stamp, at the end its last, with all of them as words."""
    call = line.code("incident_num") or line.needed("incident_num")
    listed = {kind: _units(line, column) for kind, column in _LISTED.items()}
    anchor = next((clocks[0] for units in listed.values() for clocks in units.values()), None)
    if anchor is None:
        raise line.refused(
            "E-EMPTY", "unit_dispatch_times", "no unit was sent, arrived or was cleared", "nothing, or give a stamp"
        )
    first = datetime.combine(day_of(line, "incident_date"), time()) + anchor.after
    groups = _groups(line)
    for unit in dict.fromkeys(unit for units in listed.values() for unit in units):
        told = {kind: _of_unit(line, kind, first, units[unit]) for kind, units in listed.items() if unit in units}
        yield from _doubts(line, told)
        yield from (one | groups for one in _milestones(line, (call, unit), told))


def _of_unit(line: Line, kind: str, first: datetime, clocks: Sequence[_Clock]) -> _Stamp:
    walls = [_near(first, clock.after) for clock in clocks]
    words = ", ".join(dict.fromkeys(clock.words for clock in clocks))
    wall = max(walls) if kind == "end" else min(walls)
    return _stamp(line, _LISTED[kind], wall, words, is_clear=kind in _CLEAR["by_call"])


def _stamp(line: Line, column: str, wall: datetime, words: str, *, is_clear: bool) -> _Stamp:
    if is_clear:
        local_times.instant(line, column, wall)
    low, high = local_times.either(line, column, wall)
    doubt = local_times.doubt(line, column, wall) if low != high else ""
    return _Stamp(low, high, words, local_times.zone_said(wall, line.given.zone), doubt)


def _doubts(line: Line, told: Mapping[str, _Stamp]) -> Iterator[Problem]:
    """Name the stamps that no one instant is, that count from 1970, and those that are out of order."""
    columns = _STAMPED if any(map(line.words, _STAMPED.values())) else _LISTED
    for kind, stamp in told.items():
        if stamp.doubt:
            reason = f"{stamp.doubt}; read as between both readings"
            yield line.notice("W-TZ-AMBIGUOUS", columns[kind], reason, "nothing, or write it with its offset")
    if counted := next((kind for kind, stamp in told.items() if epoch(stamp.words)), None):
        reason = f"read as {told[counted].low:%Y-%m-%d %H:%M:%S} UTC, counted from 1970"
        yield line.notice("W-TIME-EPOCH", columns[counted], reason, "nothing, or write it out")
    if any(later.high < earlier.low for earlier, later in pairwise(told.values())):
        yield line.notice("W-TIME-ORDER", columns["arrival"], "stamps out of order", "nothing, or correct the log")


def _milestones(line: Line, whose: tuple[str, str], told: Mapping[str, _Stamp]) -> Iterator[dict[str, Any]]:
    """Make a claim of each stamp, and of an end that has none where the status of the call says that it is over."""
    is_over = _is_over(line, told)
    basis = "stated" if is_over is None else "logged"
    for kind, stamp in told.items():
        yield _milestone(line, kind, whose, stamp) | _out(kind, told.get("end")) | {"time_basis": basis}
    if is_over and told and "end" not in told:
        yield _milestone(line, "end", whose, max(told.values())) | _UNTIMED


def _is_over(line: Line, told: Mapping[str, _Stamp]) -> bool | None:
    """Say whether a response is over: by its last stamp, or by the disposition or status of its call.

    `None` where neither a column of ends nor such a word can tell.
    """
    if "end" in told or line.words("call_final_disposition"):
        return True
    if status := line.words(*_STATUSES):
        return call_status.is_over(status)
    return False if _ENDS & line.cells.keys() else None


def _milestone(line: Line, kind: str, whose: tuple[str, str], stamp: _Stamp) -> dict[str, Any]:
    call, unit = whose
    words = _WORDS[kind].format(unit or "A unit")
    return {
        "claim_id": "-".join(filter(None, ("call", call, unit, kind))),
        "event_id": f"call-{call}",
        "account": "dispatch log",
        "kind": kind,
        "subkind": unit,
        "source_id": line.given.file,
        "locator": f"row {line.number}",
        "summary": f"{words}: {line.words('call_type') or 'no type given'}.",
        "began_earliest": stamp.low,
        "began_latest": stamp.high,
        "time_words": stamp.words,
        "zone": stamp.zone,
        "stated_at": stamp.high,
    }


def _out(kind: str, cleared: _Stamp | None) -> dict[str, datetime]:
    """Bound how long a unit was out, which is told with its dispatch."""
    return {"ended_earliest": cleared.low, "ended_latest": cleared.high} if kind == "dispatch" and cleared else {}


def _groups(line: Line) -> dict[str, dict[str, str]]:
    """Keep what the calls of the log are compared by, under the publisher's own names."""
    kept = {title: words for title in line.given.learnt.get("kept", ()) if (words := worded(line.row.get(title)))}
    return {"groups": kept} if kept else {}


def _site(line: Line) -> dict[str, str]:
    point = _POINT.fullmatch(line.words("location"))
    latitude, longitude = point.groups() if point else ("", "")
    return {"place": line.words("address"), "latitude": latitude, "longitude": longitude}


def _units(line: Line, column: str) -> Mapping[str, list[_Clock]]:
    """Read the stamps of each unit in a cell, in the order of the log."""
    units: dict[str, list[_Clock]] = {}
    for unit, clock in _listed(line, column):
        units.setdefault(unit, []).append(clock)
    return units


def _listed(line: Line, column: str) -> Iterator[tuple[str, _Clock]]:
    for part in filter(None, line.words(column).split(", ")):
        written = _UNIT.fullmatch(part)
        after = read_clock(written["clock"]) if written else None
        if written is None or not isinstance(after, timedelta):
            raise RefusedError("E-TIME", column, part, "not a unit with its time of day", "write it like M6=23:05:59")
        yield written["unit"], _Clock(written["clock"], after)


def _near(first: datetime, after: timedelta) -> datetime:
    """Give a time of day its date: a call that goes on past midnight ends on the next day."""
    same = datetime.combine(first.date(), time()) + after
    if same - first < -_HALF_A_DAY:
        return same + timedelta(1)
    return same - timedelta(1) if same - first > _HALF_A_DAY else same
