"""A mapped log by its columns: in SQL, the claims of those of its rows in which everything is plain.

A log is read so that has stamps and one account; with lengths since them, plain degrees and one source a row, where it
tells them. What is not plain in a row leaves it to `log_rows`, and so does a length on a day on which clocks change.
"""

import json
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from functools import cache, partial
from itertools import combinations
from typing import NamedTuple
from zoneinfo import ZoneInfo

from contested.ingest.cells.coordinates import FAR_KM
from contested.ingest.mapped.shared_fields import MILESTONE_WORDS, fixed_offset, slug
from contested.ingest.mapping import EMPTY, MILESTONES, ColumnMapping
from contested.ingest.options import Given
from contested.ingest.row import name
from contested.ingest.sql_codebook import SqlCodebook
from contested.model.language import listed

_ONE = ("event_id", "responding_unit", "place", "summary")
_POINT = ("latitude", "longitude")
_KM = 111.2
"""Kilometres of a degree at most: a place is not farther away than its degrees of latitude and longitude together."""
_COMPARED = ("group", "outcome")
_STEPS = tuple(step for step in MILESTONES if step != "onset")
_UNITS = {"seconds": 1_000_000, "minutes": 60_000_000, "hours": 3_600_000_000}
_HALF_A_DAY = 12 * _UNITS["hours"]
"""In microseconds, as the units."""
_CONSTANTS = {"account", "source_id"}


def alias(number: int) -> str:
    """Name a column in SQL by its place in a mapping: its own name may hold any letter."""
    return f"column_{number}"


def aliases(mapping: ColumnMapping) -> dict[str, str]:
    """Give the name in SQL of each column that a mapping names, by its plain name."""
    titles = dict.fromkeys([*mapping.columns, *(one.after for one in mapping.columns.values() if one.after)])
    return {name(title): alias(number) for number, title in enumerate(titles)}


class _Moment(NamedTuple):
    """A milestone of a row in SQL: its moment, the text that tells it, the claim's basis, and when it is plain."""

    moment: str
    words: str
    basis: str
    is_plain: str = "true"


def _moments(mapping: ColumnMapping, stamps: Mapping[str, str], given: Given) -> dict[str, _Moment]:
    """Give each milestone that a row may tell: those that are stamped, then those told as lengths since another."""
    basis = "logged" if any(one.holds == "end" for one in mapping.columns.values()) else "stated"
    found = {step: _Moment(column, f"{column}_words", basis) for step, column in stamps.items()}
    called = aliases(mapping)
    for step in MILESTONES:
        for title, one in mapping.columns.items():
            if one.holds == step and one.since:
                column, before = called[name(title)], called[name(one.after)] if one.after else None
                found[step] = _length(column, before, found.get(one.since), one.unit, given)
    return found


def _length(column: str, before: str | None, since: _Moment | None, unit: str, given: Given) -> _Moment:
    """Give the moment at which a length ends, on a day and a next one on which no clock changes."""
    if since is None:
        return _Moment("null::timestamp", f"{column}_words", "derived", f"{column} is null")
    begun, told = since.moment, [f"{column} > 0", f"{before} is not null"] if before else [f"{column} > 0"]
    lengths = [_microseconds(one, unit) for one in (before, column) if one]
    total = " + ".join(lengths)
    changes = ", ".join(f"date '{one}'" for one in _changes(given.zone or "UTC"))
    is_still = f"{begun}::date not in ({changes}) and {begun}::date + 1 not in ({changes})" if changes else "true"
    told += [f"{begun} between timestamp '1971-01-01' and timestamp '2099-12-30'", f"{total} < {_HALF_A_DAY}", is_still]
    plain = f"({column} is null or coalesce({' and '.join(told)}, false))"
    return _Moment(f"({begun} + to_microseconds({total}))", f"{column}_words", "derived", plain)


def _microseconds(column: str, unit: str) -> str:
    """Write SQL of a length in whole microseconds, as `timedelta` rounds them."""
    one = _UNITS[unit]
    return f"(trunc({column}) * {one} + round_even(({column} - trunc({column})) * {one}, 0))::bigint"


@cache
def _changes(zone: str) -> tuple[date, ...]:
    """List the days on which the clocks of a zone change."""
    if fixed_offset(zone):
        return ()
    here = ZoneInfo(zone)
    days = [date(1970, 1, 1) + timedelta(days) for days in range((date(2100, 1, 1) - date(1970, 1, 1)).days)]
    offsets = [datetime(one.year, one.month, one.day, tzinfo=here).utcoffset() for one in days]
    return tuple(day for day, now, then in zip(days, offsets, offsets[1:], strict=False) if now != then)


def log_sql(mapping: ColumnMapping, columns: Collection[str]) -> SqlCodebook | None:
    """Say how a mapped log of these columns is read by them; nothing where it must be read row by row."""
    held = {one.holds: alias(number) for number, one in enumerate(mapping.columns.values())}
    told_as_lengths = {one.holds for one in mapping.columns.values() if one.since}
    stamps = {str(step): held[step] for step in _STEPS if step in held and step not in told_as_lengths}
    is_plain = all(
        one.holds in {*_ONE, *_POINT, "source_id", *_COMPARED, *stamps, *(told_as_lengths & set(_STEPS))}
        and not (one.meanings or one.of)
        for one in mapping.columns.values()
    )
    has_outcome = any(one.holds == "outcome" for one in mapping.columns.values())
    if not (is_plain and stamps and "event_id" in held and columns and "account" in mapping.constants):
        return None
    if (
        set(mapping.constants) - _CONSTANTS
        or mapping.ignore_offsets
        or mapping.serials
        or (has_outcome and "end" not in held)
    ):
        return None
    if len(held.keys() & set(_POINT)) == 1:
        return None
    called = {held_as: plain for plain, held_as in aliases(mapping).items()}
    first = name(next(iter(columns)))
    first_cell = aliases(mapping).get(first, "first_cell")
    called |= {first_cell: first}
    lengths = _lengths(mapping)
    event, unit, day = held["event_id"], held.get("responding_unit"), next(iter(stamps.values()))
    texts = tuple(one for one in called if one not in {*stamps.values(), *lengths})
    same_day = f"concat({day}[:10], '')"
    return SqlCodebook(
        ids=tuple(filter(None, (event, unit, day))),
        row_id=f"concat_ws('-', {event}, {unit}, {day})" if unit else event,
        claims=partial(_sql, mapping, held, stamps, first_cell),
        texts=texts,
        stamps=tuple(stamps.values()),
        lengths=lengths,
        called=tuple(called.items()),
        shared=event if unit else None,
        apart=f"if({_said(unit)} is null, row::varchar, {same_day})" if unit else None,
        point=(held["latitude"], held["longitude"]) if "latitude" in held else None,
    )


def _lengths(mapping: ColumnMapping) -> tuple[str, ...]:
    """Name the columns of lengths, and those of the lengths that run before them, by their names in SQL."""
    titles = [(title, one.after) for title, one in mapping.columns.items() if one.since]
    return tuple(dict.fromkeys(aliases(mapping)[name(one)] for pair in titles for one in pair if one))


def _sql(
    mapping: ColumnMapping, held: Mapping[str, str], stamps: Mapping[str, str], first_cell: str, given: Given
) -> str:
    """Write SQL of a claim of each stamp of a row that is over, where the log has ends, and in order."""
    moments = _moments(mapping, stamps, given)
    ordered = [moments[step].moment for step in MILESTONES if step in moments]
    in_order = " and ".join(f"coalesce({one} <= {later}, true)" for one, later in combinations(ordered, 2))
    every, are_plain = ", ".join(stamps.values()), " and ".join(one.is_plain for one in moments.values())
    steps = ", ".join(
        f"{{kind: '{step}', moment: {one.moment}, words: {one.words}, basis: '{one.basis}', "
        f"told: '{MILESTONE_WORDS[step]}'}}"
        for step, one in moments.items()
    )
    read = {*stamps.values(), *_lengths(mapping)}
    stem, unit = given.file.split(".", maxsplit=1)[0], _said(held.get("responding_unit"))
    account, source = mapping.constants["account"], mapping.constants.get("source_id")
    named = [held[field] for field in ("event_id", "place", "summary") if field in held]
    totals = ", ".join(_text(word) for word in listed("totals", "count"))
    no_total = " and ".join(
        f"coalesce(rtrim(lower({_words_of(column, read)}), ' :.') not in ({totals}), true)"
        for column in dict.fromkeys((*named, first_cell))
    )
    legible = " and ".join(
        f"not coalesce(contains({column}, '\"') or contains({column}, '\\'), false)" for column in _compared(mapping)
    )
    return f"""
    select row, concat({_text(stem + "/")}, row, {_text("/" + slug(account))}, '/' || unit, '/', kind) as claim_id,
        coalesce(event, concat({_text(stem + "/")}, row)) as event_id, {_text(account)} as account, kind,
        unit as subkind, source as source_id, concat('row ', row) as locator,
        concat(told, ': ' || said) as summary, moment as began_earliest, moment as began_latest, words as time_words,
        basis as time_basis, $zone as zone, moment as stated_at, place,
        latitude, longitude, groups
    from (
        select *, unnest([{steps}], recursive := true) from (
            select *, {unit} as unit, {_said(held["event_id"])} as event, {_said(held.get("place"))} as place,
                {_said(held.get("summary"))} as said, {_groups(mapping)} as groups, {_source(held, source)} as source,
                {_degrees(held.get("latitude"))} as latitude, {_degrees(held.get("longitude"))} as longitude
            from cells
        ) where {bool(given.zone)} and event is not null and {_words_of(first_cell, read)} is not null
            and {f"{moments['end'].moment} is not null" if "end" in moments else "true"} and {are_plain}
            and {in_order or "true"} and greatest({every}) - least({every}) <= interval 365 day
            and {no_total} and {legible or "true"} and {_is_plain_point(held, given)} and {_is_one_source(held)}
    ) where moment is not null
    """


def _source(held: Mapping[str, str], constant: str | None) -> str:
    """Write SQL of the source of a row: its own, that of every row, or the file."""
    if "source_id" in held:
        return f"coalesce({_said(held['source_id'])}, $file)"
    return _text(constant) if constant else "$file"


def _is_one_source(held: Mapping[str, str]) -> str:
    """Write SQL of whether a row names one source, not a text with several addresses."""
    if "source_id" not in held:
        return "true"
    return f"not coalesce(regexp_matches({held['source_id']}, 'https?://.*https?://', 's'), false)"


def _degrees(column: str | None) -> str:
    """Write SQL of degrees; null where a cell says nothing, or nothing plain."""
    return f"try_cast({_said(column)} as double)" if column else "null::double"


def _is_plain_point(held: Mapping[str, str], given: Given) -> str:
    """Write SQL of whether a row has no place in degrees, or a plain one that is not far from the table's others."""
    if "latitude" not in held:
        return "true"
    latitude, longitude = (_said(held[name]) for name in _POINT)
    plain = " and ".join(
        rf"regexp_full_match({cell}, '[+-]?\d{{1,3}}(\.\d{{1,15}})?') and abs(try_cast({cell} as double)) <= {most}"
        for cell, most in ((latitude, 90), (longitude, 180))
    )
    away = "0"
    if middle := given.learnt.get("middle"):
        north, east = (
            f"abs(try_cast({cell} as double) - {at})" for cell, at in zip((latitude, longitude), middle, strict=True)
        )
        away = f"{north} + {east}"
    near = f"{plain} and {away} <= {FAR_KM / _KM}"
    return f"(coalesce({latitude}, {longitude}) is null or coalesce({near}, false))"


def _words_of(column: str, read: Collection[str]) -> str:
    """Name what a cell says, of one that is read as a moment or a length its words."""
    return f"{column}_words" if column in read else column


def _compared(mapping: ColumnMapping) -> dict[str, str]:
    """Give the titles of the columns that are kept to compare by, by their names in SQL."""
    return {
        alias(number): title for number, (title, one) in enumerate(mapping.columns.items()) if one.holds in _COMPARED
    }


def _groups(mapping: ColumnMapping) -> str:
    """Write SQL of the kept columns of a row as an object of words; null where none says anything."""
    heads = {column: json.dumps(title, ensure_ascii=False) + ': "' for column, title in _compared(mapping).items()}
    parts = [f"{_text(head)} || {_said(column)} || '\"'" for column, head in heads.items()]
    told = f"nullif(concat_ws(', ', {', '.join(parts)}), '')" if parts else "null"
    return f"'{{' || {told} || '}}'"


def _said(column: str | None) -> str:
    """Write SQL of a cell; null where it holds what programs write for an empty one."""
    if column is None:
        return "null::varchar"
    return f"if(lower({column}) in ({', '.join(_text(word) for word in sorted(EMPTY))}), null, {column})"


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
