"""Rows of a log: a claim for each milestone of a response, from the call to its end."""

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from contested.ingest.cells.call_status import is_over
from contested.ingest.cells.clock import read_clock
from contested.ingest.cells.column_format import MIDNIGHT, order_of_dates
from contested.ingest.cells.time import read_time
from contested.ingest.cells.time_span import TimeSpan
from contested.ingest.local_times import in_order, placeholders
from contested.ingest.mapped.durations import milestones_of_lengths
from contested.ingest.mapped.mapped_row import MappedRow
from contested.ingest.mapped.shared_fields import MILESTONE_WORDS, claim_id_of, fixed_offset
from contested.ingest.mapped.times import Moments, date_of_parts, next_day, read_bounds, with_colons
from contested.ingest.mapped.units import FIRST
from contested.ingest.mapping import MILESTONES
from contested.ingest.row import RefusedError, Row, name
from contested.model.times import Bounds, fixed, readings
from contested.model.vocabulary import Kind, TimeBasis

_CLEAR = ("call", "arrival")
"""The milestones whose stamps must be one moment."""


def response_claims(row: MappedRow, about: dict[str, Any]) -> Iterator[Row]:
    """Make a claim for each milestone that a row tells; a log writes a stamp at the moment of what it stamps."""
    moments = _without_placeholders(row, _stamped(row, about["zone"]))
    moments |= milestones_of_lengths(row, moments)
    if not moments:
        column = next(name(title) for title, one in row.mapping.columns.items() if one.holds in MILESTONES)
        raise row.line.refused("E-EMPTY", column, "no time of any milestone", "give one")
    if not in_order({one: moments[one] for one in MILESTONES if one in moments}):
        late = next(one for one in reversed(MILESTONES) if one in moments)
        reason, fix = "stamps out of order", "nothing, or correct the log"
        row.noticed.append(row.line.notice("W-TIME-ORDER", milestone_column(row, late), reason, fix))
    over = _is_over(row, moments)
    for milestone, bounds in moments.items():
        basis = TimeBasis.STATED if over is None else TimeBasis.LOGGED
        is_length = any(one.since for _, one in row.held(milestone))
        how = {"time_words": row.text(milestone_column(row, milestone)), "stated_at": bounds[1]}
        how["time_basis"] = TimeBasis.DERIVED if is_length else basis
        yield _milestone(row, about, milestone, bounds) | how
    if over and "end" not in moments:
        last = max(high for _, high in moments.values())
        yield _milestone(row, about, "end", (last, None)) | {"time_basis": TimeBasis.DERIVED}


def _is_over(row: MappedRow, moments: Collection[str]) -> bool | None:
    """Say whether a response is over: by its last stamp, or else by the word for what became of it.

    `None` where neither a column of ends nor such a word can tell. A row without an end is open in a log that has them,
    unless it names an outcome of which nobody knows whether the call goes on.
    """
    if "end" in moments:
        return True
    told = [text for title, _ in row.held("outcome") if (text := row.text(title))]
    read = {is_over(text) for text in told}
    if read & {True, False}:
        return True in read
    return False if any(row.held("end")) and not told else None


def _milestone(row: MappedRow, about: Mapping[str, Any], milestone: str, bounds: Bounds) -> dict[str, Any]:
    said = row.text(row.columns["summary"]) if "summary" in row.columns else ""
    unit = _unit(row, about)
    return {
        **about,
        "claim_id": claim_id_of(row, about["account"], *filter(None, [unit]), milestone),
        "kind": about.get("kind", Kind.CLASH) if milestone == "onset" else milestone,
        "subkind": unit,
        "summary": f"{MILESTONE_WORDS.get(milestone, 'It began')}{f': {said}' if said else ''}",
        "began_earliest": bounds[0],
        "began_latest": bounds[1],
    }


def _unit(row: MappedRow, about: Mapping[str, Any]) -> str | None:
    """Name the unit of a row; one that is not named is one of its own where the call has several rows."""
    named = row.cell("responding_unit")
    repeated = about["event_id"] in row.line.given.learnt.get("repeated", ())
    return named or (f"row {row.line.number}" if repeated else None)


def milestone_column(row: MappedRow, milestone: str) -> str:
    """Name the column that holds a milestone."""
    return name(next(title for title, _ in row.held(milestone)))


def _stamped(row: MappedRow, zone: str | None) -> dict[str, Moments]:
    """Read the milestones that are stamped; a time of day has the date of the row, or else that of its first stamp."""
    found: dict[str, Moments] = {}
    day = MIDNIGHT.sub("", row.cell("when")) or date_of_parts(row)
    clock = row.text(FIRST)
    stamped = next(one for one in MILESTONES if any(row.held(one)))
    anchor = _stamp(row, stamped, f"{day}, {clock}", zone) if clock and day else None
    for milestone in MILESTONES:
        for title, one in row.held(milestone):
            text = row.text(title)
            if one.since or not text:
                continue
            on = day or _day_of(found, text, zone)
            text = with_colons(text) if on else text
            is_alone = bool(on) and isinstance(read_clock(text), timedelta)
            bounds = _stamp(row, milestone, f"{on}, {text}" if is_alone else text, zone)
            if bounds:
                found[milestone] = _after(bounds, max(found.values(), default=anchor), zone) if is_alone else bounds
    return found


def _day_of(found: Mapping[str, Moments], text: str, zone: str | None) -> str:
    """Give the day of the first stamp of a row for a clock alone; a midnight alone is rather what programs write."""
    if not found or not zone or read_clock(text) == timedelta():
        return ""
    first = next(iter(found.values()))[0]
    return f"{first.astimezone(fixed_offset(zone) or ZoneInfo(zone)):%Y-%m-%d}"


def _stamp(row: MappedRow, milestone: str, text: str, zone: str | None) -> Moments | None:
    """Read a stamp; one that the clocks showed twice or skipped lies between both readings, unless it must be clear."""
    column = milestone_column(row, milestone)
    try:
        read = read_bounds(row, column, text, zone)
    except RefusedError as refused:
        spell = read_time(text, order_of_dates(row.line.given, column))
        wall = spell.earliest if isinstance(spell, TimeSpan) else None
        if milestone in _CLEAR or refused.code not in {"E-TZ-GAP", "E-TZ-AMBIGUOUS"} or not (wall and zone):
            raise
        low, high = sorted(fixed(one) for one in readings(wall, zone))
        reason, fix = f"{refused.said[2]}; read as between both readings", "nothing, or write it with its offset"
        row.noticed.append(row.line.notice("W-TZ-AMBIGUOUS", column, reason, fix))
        return low, high
    return (read.began[0], read.began[1]) if read and read.began[0] and read.began[1] else None


def _without_placeholders(row: MappedRow, moments: Mapping[str, Moments]) -> dict[str, Moments]:
    """Leave out, with a notice, the stamps that programs write where they know no time."""
    found = placeholders(row.line, {milestone: milestone_column(row, milestone) for milestone in moments}, moments)
    row.noticed.extend(found.values())
    return {milestone: moment for milestone, moment in moments.items() if milestone not in found}


def _after(bounds: Moments, before: Moments | None, zone: str | None) -> Moments:
    """Put a time of day that follows another on the next day, where it would lie half a day or more before it."""
    if before is None or before[0] - bounds[0] < timedelta(hours=12):
        return bounds
    return next_day(bounds[0], zone), next_day(bounds[1], zone)
