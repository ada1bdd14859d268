"""The times of a record: its zone, its start and end, when it was told, and until when it is embargoed."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic_core import PydanticCustomError

from contested.ingest.cells.date import LIKE
from contested.ingest.sheet_cells.findings import Findings
from contested.ingest.sheet_cells.moment import Clock, Extent, extent
from contested.ingest.sheet_cells.publication_status import release
from contested.model.times import event_bounds, zone_name
from contested.model.vocabulary import TimeBasis
from contested.model.zones import offered

_OLD = 1900
_DAY = timedelta(days=1)


def when(found: Findings, clock: Clock) -> dict[str, Any]:
    """Read the bounds of the time, when it was told, and until when it must stay in."""
    clock = clock._replace(zone=_zone(found, clock.zone))
    said = _instant(found, "recorded_at", clock)
    clock = clock._replace(said=said)
    start, end = (_moment(found, name, clock) for name in ("start", "end"))
    start, end = _of_period(found, start, end)
    _refuse_disorder(found, start, end, said)
    return {**_bounds(start, end), **release(found, clock), "zone": _label(found, clock, start, end), "stated_at": said}


def _of_period(found: Findings, start: Extent, end: Extent) -> tuple[Extent, Extent]:
    """Take the end from a start that tells both; an end that tells both is whole."""
    if end.until:
        end = Extent(end.earliest, end.until.latest, end.basis, end.words)
    if not start.until:
        return start, end
    if end.basis:
        found.refuse("E-TIME-TWICE", "end", "given here and in start", "keep one of the two")
    return start._replace(until=None), start.until


def _label(found: Findings, clock: Clock, *moments: Extent) -> str | None:
    """Name the zone in which the time was said; the zone of a file never labels the times of another."""
    if found["tz"] or not clock.zone:
        return clock.zone
    zone = ZoneInfo(clock.zone)
    read = [one for moment in moments for one in (moment.earliest, moment.latest) if one]
    return clock.zone if all(one.astimezone(zone).utcoffset() == one.utcoffset() for one in read) else None


def _bounds(start: Extent, end: Extent) -> dict[str, Any]:
    """Hold what is known of the start against what is known of the end."""
    read = [one for one in (start, end) if one.basis]
    vague = [one for one in read if one.words]
    return {
        **event_bounds(start[:2], end[:2]),
        **({} if end.basis else {"ended_latest": start.over}),
        "time_words": "; ".join(one.words or "" for one in vague) or None,
        "time_basis": (vague or read)[0].basis if read else None,
    }


def _zone(found: Findings, given: str | None) -> str | None:
    name = found["tz"]
    if not name:
        return given
    code, reason = (
        ("E-TZ-ABBREV", "may mean more than one zone") if name.isalpha() else ("E-TZ-NAME", "no such time zone")
    )
    if "/" in name or name == "UTC":
        try:
            return zone_name(name)
        except PydanticCustomError:
            code, reason = "E-TZ-NAME", "no such time zone"
    found.refuse(code, "tz", reason, offered(name))
    return given


def _instant(found: Findings, column: str, clock: Clock) -> datetime | None:
    """Read when it was told: by the end of the span it certainly was."""
    read = extent(found, column, clock)
    return (read.until or read).latest


def _moment(found: Findings, name: str, clock: Clock) -> Extent:
    """Read a start or an end from its own cell, or from the two cells of its bounds."""
    bounds = (f"{name}_earliest", f"{name}_latest")
    if not any(found[column] for column in bounds):
        return extent(found, name, clock)
    if found[name]:
        found.refuse("E-TIME-TWICE", name, f"given here and in {' and '.join(bounds)}", "keep one of the two")
    low, high = (extent(found, column, clock) for column in bounds)
    if low.earliest and high.latest and low.earliest > high.latest:
        found.refuse("E-TIME-ORDER", bounds[1], f"before {bounds[0]} ({found[bounds[0]]})", "exchange or correct them")
    return Extent(low.earliest, (high.until or high).latest, TimeBasis.STATED)


def _refuse_disorder(found: Findings, start: Extent, end: Extent, said: datetime | None) -> None:
    now = datetime.now(UTC)
    for column, earliest in (("start", start.earliest), ("end", end.earliest), ("recorded_at", said)):
        if earliest and earliest > now:
            found.refuse("E-TIME-FUTURE", column, "lies in the future", "correct the year")
        elif earliest and earliest.year < _OLD:
            found.warn("W-TIME-OLD", column, f"lies before {_OLD}", "check the year")
    if found.refused("start", "end", "recorded_at"):
        return
    if start.earliest and end.latest and end.latest < start.earliest:
        _refuse_end(found, start.earliest, end.latest)
    if start.earliest and said and said < start.earliest:
        reason = f"told {_length(start.earliest - said)} before the event began"
        found.refuse("E-TIME-REPORTED", "recorded_at", reason, "correct either time")


def _refuse_end(found: Findings, start: datetime, end: datetime) -> None:
    reason = f"the end is {_length(start - end)} before the start ({start.isoformat(timespec='minutes')})"
    later = (end + _DAY).isoformat(timespec="minutes")
    fix = f"{later}, if it ran past midnight" if end + _DAY >= start else f"correct either, like {LIKE}"
    found.refuse("E-TIME-ORDER", "end", reason, fix)


def _length(time: timedelta) -> str:
    """Say how long, as roughly as a mistake needs: 40 minutes, 12 hours, 3 days."""
    for unit, name in ((_DAY, "days"), (timedelta(hours=1), "hours")):
        if time >= 2 * unit:
            return f"{time / unit:.0f} {name}"
    return f"{time / timedelta(minutes=1):.0f} minutes"
