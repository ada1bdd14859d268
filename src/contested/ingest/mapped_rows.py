"""Rows of a mapped table: the claims that each makes by the mapping that a person confirmed.

A row is one event, told by one account or by several, or the milestones of one response. Ids hold the file, the row
and the account, so that no import overwrites another; events are shared only where a column names them.
"""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from pydantic_core import PydanticCustomError

from contested.ingest.cells.call_status import is_over
from contested.ingest.cells.column_format import learn, order_of_dates, separators_of, without_padding
from contested.ingest.cells.coordinates import degrees, point
from contested.ingest.cells.date import MONTHS, ORDERS, UNKNOWN_ORDER, DateOrder, days_meant, epoch, full_year
from contested.ingest.cells.number import Count, read_count
from contested.ingest.cells.place import FAR_KM, middle
from contested.ingest.cells.time_words import Precision, Spell, read_clock, read_time
from contested.ingest.cells.totals import is_running_total, is_total
from contested.ingest.cells.unreadable import Unreadable
from contested.ingest.codebooks import Codebook, recognise
from contested.ingest.event_days import FIX, Apart, EventDays
from contested.ingest.local_times import in_order, placeholders
from contested.ingest.mapping import EMPTY, HOLDS, MILESTONES, Column, ColumnMapping, beside, parse
from contested.ingest.options import Given
from contested.ingest.row import Line, Made, RefusedError, Row, explained, name
from contested.model.geo import kilometres
from contested.model.placeholders import PLACEHOLDER
from contested.model.problem import Problem
from contested.model.times import Bounds, event_bounds, fixed, readings, zone_name
from contested.model.vocabulary import UNIT_KINDS, Kind, Measure, TimeBasis
from contested.model.wording import counted, spaced
from contested.model.zones import offered

_READ = ("stated_at", "latitude", "longitude")
"""Fields of a claim whose cells are read, not kept as they are."""
_DATED = ("when", "until", "stated_at", *MILESTONES)
_BOUNDS = ("began_earliest", "began_latest", "ended_earliest", "ended_latest")
_WHEN = {"when", "until", "year", "epoch", "stated_at", *_BOUNDS, *MILESTONES}
_OFFSET = re.compile(r"(?<=:\d\d)((?::\d\d)?(?:\.\d+)?)\s?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)$")
_AHEAD = re.compile(r"(?:UTC|GMT)? ?(?P<sign>[+-])(?P<hours>0?\d|1[0-4])(?::?(?P<minutes>[0-5]\d))?", re.IGNORECASE)
"""An offset in a column of zones: +6, UTC+06, +05:30."""
_MILITARY = re.compile(r"(\d{1,2})(\d\d)|(\d\d)(\d\d)(\d\d)")
"""A time of day without its colons."""
_SPELT = re.compile(r"(-)?P(?=[\dT])(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", re.IGNORECASE)
"""A length as ISO 8601 writes it; its months and years have none."""
_GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}([.,])\d{3}")
"""A number that may have thousands parted, or a fraction of three digits."""
_URL = re.compile(r"https?://[^\s;,<>\"']+")
_ADDRESS = ("url", "path", "link", "href", "address", "id", "title")
_OF_PEOPLE = {
    *(Measure.KILLED, Measure.INJURED, Measure.DISPLACED, Measure.RETURNED, Measure.PARTICIPANTS, Measure.DETAINED),
    Measure.PEOPLE,
}
_WORDS = {
    "call": "Call received",
    "dispatch": "Unit sent",
    "en_route": "Unit left",
    "arrival": "Unit arrived",
    "transport": "Unit left the scene",
    "end": "Call closed",
}
_SAME_MOMENT = timedelta(seconds=1)
_CLEAR = ("call", "arrival")
"""The milestones whose stamps must be one moment."""
_LONGEST = timedelta(days=2)
"""Stamps of one response do not lie further apart, where another order of its dates brings them together."""


def codebook(mapping: ColumnMapping) -> Codebook:
    """Read tables of this layout as any publisher's."""
    read = explained(partial(_claims, mapping))

    def to_claims(number: int, row: Row, given: Given) -> Made:
        return read(number, row, _said(mapping, given))

    return Codebook(
        "mapping",
        frozenset(map(name, mapping.columns)),
        to_claims,
        headings=partial(_headings, mapping),
        survey=partial(_survey, mapping),
    )


def _headings(mapping: ColumnMapping, columns: Collection[str]) -> Iterator[Problem]:
    """Name the columns of a mapping that a table has not; one that has none of them is another table."""
    known = {name(column) for column in columns}
    named = [*mapping.columns, *(one.after for one in mapping.columns.values() if one.after)]
    absent = [column for column in named if not _is_in(column, known)]
    is_another = len(absent) == len(named)
    for column in absent:
        fix = "choose the mapping of this table" if is_another else "nothing, or correct the name in the mapping"
        severity = "error" if is_another else "warning"
        yield Problem("E-MAPPING" if is_another else "W-MAPPING", 1, column, column, "no such column", fix, severity)
    if not {one.holds for one in mapping.columns.values()} & _WHEN:
        reason, fix = "no column says when: its claims stand at no time", "say which column holds the day, if one does"
        yield Problem("W-MAPPING", 1, None, None, reason, fix, "warning")


def _is_in(column: str, known: Collection[str]) -> bool:
    """Say whether a table has a column, or the cell of which it is a part, as JSON has them."""
    return name(column) in known or name(column).split(".")[0] in known


def codebook_of(path: Path, columns: Collection[str], given: Given) -> Codebook:
    """Find how to read a table: by the mapping that was given or lies beside it, or by a publisher's codebook."""
    if given.mapping:
        return codebook(parse(given.mapping))
    mapping = beside(path)
    known = {name(column) for column in columns}
    fits = mapping is not None and all(_is_in(column, known) for column in mapping.columns)
    return codebook(mapping) if mapping and fits else recognise(columns)


def _said(mapping: ColumnMapping, given: Given) -> Given:
    """Take what the mapping says of the file where the person who brings it says nothing else."""
    return given._replace(
        zone=given.zone or mapping.zone,
        vague=given.vague or mapping.vague,
        date_order=given.date_order or mapping.date_order,
        decimal_mark=given.decimal_mark or mapping.decimal_mark,
    )


class _Table(NamedTuple):
    """A line with the columns that hold each field."""

    line: Line
    mapping: ColumnMapping
    columns: Mapping[str, str]
    """The plain name of the column that holds each field, of those that only one holds."""
    noticed: list[Problem]
    """What a person should look at in this row, as it is found."""

    def cell(self, field: str) -> str:
        """Give what the column of a field says, its code put into words; nothing where there is none."""
        column = self.columns.get(field)
        if column is None:
            return ""
        text = self.text(column)
        return next((one.meanings.get(text, text) for title, one in self.held(field) if name(title) == column), text)

    def text(self, column: str) -> str:
        """Give the words of a cell; what programs write for an empty one is empty."""
        words = self.line.words(name(column))
        return "" if words.casefold() in EMPTY else words

    def held(self, field: str) -> Iterator[tuple[str, Column]]:
        """Give every column that holds a field."""
        return ((title, one) for title, one in self.mapping.columns.items() if one.holds == field)


def _table(mapping: ColumnMapping, line: Line) -> _Table:
    return _Table(line, mapping, {one.holds: name(title) for title, one in mapping.columns.items()}, [])


def _claims(mapping: ColumnMapping, line: Line) -> Made:
    """Make the claims of a row, or say why it is passed over."""
    table = _table(mapping, line)
    if reason := _passed_over(table):
        column = next(iter(table.columns.values()), "")
        yield Problem("W-ROW-PASSED", line.number, column, line.words(column), reason, "nothing", "warning")
        return
    if mapping.ignore_offsets and line.number == line.given.learnt.get("first"):
        reason = f"offsets in the file are ignored, as was said: its clocks are those of {line.given.zone}"
        table.noticed.append(Problem("W-TZ-IGNORED", line.number, None, None, reason, "nothing", "warning"))
    about = _about(table)
    apart: Apart | None = line.given.learnt.get("apart", {}).get(about["event_id"])
    if apart and apart.row == line.number:
        table.noticed.append(line.notice("W-EVENT-DAYS", table.columns["event_id"], apart.reason, FIX))
    made = list(_milestones(table, about) if mapping.is_log() else _events(table, about))
    yield from table.noticed
    for claim in made:
        yield from _by_source(table, _labelled(table, claim))


def _labelled(table: _Table, claim: Row) -> Row:
    """Name the zone of a claim's times only where they are of that zone: an offset in the file may be another's."""
    zone = claim["zone"]
    if _offset_of(zone):
        return {**claim, "zone": None}
    if not zone or "zone" in table.columns:
        return claim
    read = [moment for bound in _BOUNDS if (moment := claim.get(bound))]
    own = all(one.astimezone(ZoneInfo(zone)).utcoffset() == one.utcoffset() for one in read)
    return claim if own else {**claim, "zone": None}


def _passed_over(table: _Table) -> str | None:
    """Say why a row is none: it holds totals, or repeats the headings."""
    cells = [cell for cell in table.line.cells.values() if cell]
    titles = {name(title) for title in table.line.cells}
    said = [table.cell(field) for field in ("claim_id", "event_id", "account", "place", "summary", "when")]
    if any(map(is_total, (*said, *cells[:1]))):
        return "a row of totals is no event"
    if len(cells) > 1 and sum(name(cell) in titles for cell in cells) > len(cells) / 2:
        return "a row that repeats the headings is no event"
    return None


# What every claim of a row shares


def _about(table: _Table) -> dict[str, Any]:
    """Give what every claim of a row says: ids, place, source, groups and zone."""
    line, mapping = table.line, table.mapping
    own = {field: table.cell(field) for field in table.columns if field not in {*HOLDS, *_READ}}
    about = {
        **mapping.constants,
        **own,
        **_point(table),
        "event_id": table.cell("event_id") or f"{line.stem()}/{table.cell('claim_id') or line.number}",
        "source_id": table.cell("source_id") or mapping.constants.get("source_id") or line.given.file,
        "locator": table.cell("locator") or f"row {line.number}",
        "zone": _zone(table),
    }
    compared = [title for title, one in mapping.columns.items() if one.holds in {"group", "outcome"}]
    groups = {title: text for title in compared if (text := table.text(title))}
    return about | ({"groups": json.dumps(groups, ensure_ascii=False)} if groups else {})


def _zone(table: _Table) -> str | None:
    """Give the zone of a row's clocks, or how far they are ahead of UTC: of its own column, or that of the file."""
    said = table.cell("zone")
    if not said:
        return table.line.given.zone
    if ahead := _AHEAD.fullmatch(said):
        return f"{ahead['sign']}{int(ahead['hours']):02}:{ahead['minutes'] or '00'}"
    if said.isalpha() and said.upper() not in {"UTC", "GMT"}:
        reason = "an abbreviation may mean more than one zone"
        raise table.line.refused("E-TZ-ABBREV", table.columns["zone"], reason, offered(said))
    try:
        return zone_name(said)
    except PydanticCustomError:
        raise table.line.refused("E-TZ-NAME", table.columns["zone"], "no such time zone", offered(said)) from None


def _offset_of(zone: str | None) -> timezone | None:
    """Give the offset that a row names in place of a zone: +05:30."""
    return timezone(datetime.strptime(zone, "%z").utcoffset() or timedelta()) if zone and zone[0] in "+-" else None


def _point(table: _Table) -> dict[str, float | None]:
    """Read where it was, and warn of half a point and of what lies far from the table's other places."""
    line, cells = table.line, _degrees(table)
    if not any(cells.values()):
        return {}
    column = table.columns.get("latitude") or table.columns.get("point") or ""
    if len(cells) == 1 or not all(cells.values()):
        table.noticed.append(
            line.notice("W-GEO", column, "half a point: left out", "give both coordinates, or neither")
        )
        return {}
    latitude, longitude = (degrees(cell) for cell in cells.values())
    if latitude is None or longitude is None:
        raise line.refused("E-GEO", column, "not degrees", "write it like 42.928")
    if abs(latitude) > 90 and abs(longitude) <= 90:  # noqa: PLR2004 the poles
        raise line.refused("E-GEO", column, "beyond 90 degrees", "exchange latitude and longitude, if they are swapped")
    centre = line.given.learnt.get("middle")
    if centre and (away := kilometres((latitude, longitude), centre)) > FAR_KM:
        swapped = abs(longitude) <= 90 and kilometres((longitude, latitude), centre) < away  # noqa: PLR2004
        doubt = "; latitude and longitude swapped?" if swapped else ""
        reason = f"{away:,.0f} km from this file's other places{doubt}"
        table.noticed.append(line.notice("W-GEO-FAR", column, reason, "check it"))
    return {"latitude": latitude, "longitude": longitude}


def _degrees(table: _Table) -> dict[str, str]:
    """Give the cells of latitude and longitude, of two columns or of one."""
    if said := table.cell("point"):
        latitude, longitude = point(said) or (said, said)
        return {"latitude": latitude, "longitude": longitude}
    return {field: table.cell(field) for field in ("latitude", "longitude") if field in table.columns}


def _by_source(table: _Table, claim: Mapping[str, Any]) -> Iterator[Row]:
    """Give a claim once for each source that a row names; the later ones repeat the first."""
    column = table.columns.get("source_id")
    if claim["kind"] == Kind.CASUALTIES or column is None:
        yield {**claim, "source_id": _sources(table.line, column)[0]} if column else claim
        return
    first, *more = _sources(table.line, column)
    yield {**claim, "source_id": first}
    for number, source in enumerate(more, start=2):
        repeats = {"source_id": source, "same_origin": (claim["claim_id"],)}
        yield {**claim, **repeats} | {"claim_id": f"{claim['claim_id']}/source {number}"}


def _sources(line: Line, column: str) -> list[str]:
    """Name the sources of a row: the parts of a list, the addresses of a text that has several, or the text itself."""
    cell = next((cell for title, cell in line.row.items() if name(str(title)) == column), None)
    if isinstance(cell, list | tuple):
        named = [
            next((str(one[key]) for key in _ADDRESS if one.get(key)), json.dumps(one, ensure_ascii=False))
            if isinstance(one, Mapping)
            else str(one).strip()
            for one in cell
        ]
        return list(dict.fromkeys(filter(None, named))) or [line.given.file]
    words = line.words(column)
    if words.casefold() in EMPTY:
        return [line.given.file]
    addresses = [address.rstrip(".)") for address in _URL.findall(words)]
    return list(dict.fromkeys(addresses)) if len(addresses) > 1 else [words]


# One row, one event


def _events(table: _Table, about: dict[str, Any]) -> Iterator[Row]:
    """Make a claim for each account that a row lets speak, and one for each figure."""
    line, of_event = table.line, _counted_rows(table, about)
    for title, one in table.held("count"):
        if (code := table.text(title)) and code not in one.meanings:
            reason, fix = "stands for no figure: its row is not counted", "say what the code means, if it counts"
            table.noticed.append(line.notice("W-COUNT", name(title), reason, fix))
    if of_event is not None and line.number != of_event.first:
        return
    about = about | _when(table, about["zone"]) | _kind(table, about)
    if about["kind"] in UNIT_KINDS and any("end" in one.meanings.values() for _, one in table.held("kind")):
        about = {"stated_at": about.get("began_latest"), **about, "time_basis": TimeBasis.LOGGED}
    if about["kind"] == Kind.OTHER and table.cell("kind") and about.get("subkind") == table.cell("kind"):
        reason = "no kind of ours: kept as it is, counted as other"
        table.noticed.append(line.notice("W-TYPE", table.columns["kind"], reason, "nothing"))
    told = [(one.account or "", table.text(title)) for title, one in table.held("statement")]
    if "summary" in table.columns or "summary" in about or not told:
        told.append((about.get("account", ""), _summary(table, about)))
    for account, words in told:
        if words:
            yield about | {"account": account, "summary": words, "claim_id": _claim_id(table, account)}
    yield from _figures(table, about)
    for measure, number in (of_event.figures if of_event else {}).items():
        yield _figure(table, about, Measure(measure), Count(best=number, words=counted(number, "row")))


def _kind(table: _Table, about: Mapping[str, Any]) -> dict[str, str]:
    """Give the kind of a row, or `other` with the publisher's own word; a milestone is told as it is stamped."""
    written = str(about.get("kind") or Kind.OTHER)
    said = written.casefold()
    if said not in set(Kind):
        return {"kind": Kind.OTHER, "subkind": written}
    unit = table.cell("responding_unit")
    return {"kind": said} | ({"subkind": unit} if unit and said in UNIT_KINDS else {})


def _summary(table: _Table, about: Mapping[str, Any]) -> str:
    """Give the words of a row, or what it is and where, if it has none."""
    if said := table.text(table.columns["summary"]) if "summary" in table.columns else "":
        return said
    if constant := table.mapping.constants.get("summary"):
        return constant
    what = about.get("subkind") or ("event" if about["kind"] == Kind.OTHER else spaced(about["kind"]))
    place = f" in {about['place']}" if about.get("place") else ""
    return f"{what[:1].upper()}{what[1:]}{place}"


def _claim_id(table: _Table, account: str, *what: str) -> str:
    """Name a claim by its file, its row and its account."""
    row = table.cell("claim_id") or str(table.line.number)
    return "/".join([table.line.stem(), row, _slug(account), *what])


def _slug(words: str) -> str:
    return "-".join(re.findall(r"\w+", words.casefold())) or "account"


# Figures


def _figures(table: _Table, about: Mapping[str, Any]) -> Iterator[Row]:
    for measure in Measure:
        columns = {end: table.columns.get(f"{measure}{end}") for end in ("", "_low", "_high")}
        read = {end: _read_count(table, column) for end, column in columns.items() if column and table.text(column)}
        if not read:
            continue
        for end, count in read.items():
            if count.notation != "digits":
                reason, fix = f"read as {count.rule}", "confirm it, or write digits"
                table.noticed.append(table.line.notice("W-NUM-VAGUE", columns[end] or "", reason, fix))
        if known := {end: count for end, count in read.items() if count.rule != "unknown"}:
            yield _figure(table, about, measure, _joined(table, known, columns))


def _joined(table: _Table, read: Mapping[str, Count], columns: Mapping[str, str | None]) -> Count:
    """Put the cells of one figure together: its own, and those of its bounds."""
    blank = Count()
    main, low, high = (read.get(end, blank) for end in ("", "_low", "_high"))
    made = Count(
        low=main.low if low.best is None else low.best,
        best=main.best,
        high=main.high if high.best is None else high.best,
        words=main.words,
    )
    known = [part for part in (made.low, made.best, made.high) if part is not None]
    if known != sorted(known):
        column = next(column for column in columns.values() if column)
        raise table.line.refused("E-NUM-ORDER", column, "the bounds are not in order", "low <= best <= high")
    return made


def _read_count(table: _Table, column: str) -> Count:
    """Read a figure as the whole column is written; what is vague only where a person said so."""
    given, text = table.line.given, table.text(column)
    count = read_count(text, column, separators_of(given, column))
    if isinstance(count, Count) and count.notation == "bare" and not given.vague and count.advice:
        count = count.advice
    if isinstance(count, Unreadable):
        raise table.line.refused(count.code, column, count.reason, count.fix)
    return count


def _figure(table: _Table, about: Mapping[str, Any], measure: Measure, count: Count) -> dict[str, Any]:
    words = table.cell(f"{measure}_words") or count.words
    label = measure.replace("_", " ").capitalize()
    said = _summary(table, about) if "summary" in table.columns or "summary" in about else words or str(count.best)
    return {
        **about,
        "claim_id": _claim_id(table, about["account"], measure),
        "kind": Kind.CASUALTIES,
        "subkind": None,
        "summary": f"{label}: {said}",
        "measure": measure,
        "scope": about.get("scope") or ("cumulative" if _is_running(table, measure) else None),
        "low": count.low,
        "best": count.best,
        "high": count.high,
        "figure_words": words,
        "unit": "people" if measure in _OF_PEOPLE else None,
    }


def _is_running(table: _Table, measure: Measure) -> bool:
    """Say whether the name of a figure's column shows that it counts all that happened until then."""
    return is_running_total(table.columns.get(measure, ""))


class _Counted(NamedTuple):
    """Rows of one event that are counted by a code: the first of them, and how many of each measure."""

    first: int
    figures: Mapping[str, int]


def _counted_rows(table: _Table, about: Mapping[str, Any]) -> _Counted | None:
    if not any(table.held("count")):
        return None
    found: _Counted | None = table.line.given.learnt.get("counted", {}).get(about["event_id"])
    return found


# Times


_Moments = tuple[datetime, datetime]
_PARTS = ("year", "month", "day")


class _Time(NamedTuple):
    """When something began and ended, each between two instants."""

    began: Bounds
    ended: Bounds | None
    basis: TimeBasis
    is_moment: bool


def _when(table: _Table, zone: str | None) -> dict[str, Any]:
    """Bound the time by what the columns say of its begin and its end, and say when it was told."""
    stamp = _epoch(table)
    zone = zone or ("UTC" if stamp else None)
    began, ended = (_spell(table, *fields, zone) for fields in (("when", "time"), ("until", "until_time")))
    if stamp and not began:
        began = _Time((stamp, stamp), None, TimeBasis.STATED, is_moment=True)
    elif stamp and began and not _is_between(stamp, began.began):
        reason = f"not the same moment as {table.cell('when')}"
        table.noticed.append(
            table.line.notice("W-TIME-DIFFERS", table.columns["epoch"], reason, "see which of them is right")
        )
    said = _stated(table, zone)
    read = [one for one in (began, ended) if one]
    if not read:
        return said
    end = (ended.ended or ended.began) if ended else began.ended if began else None
    if began and end and not table.cell("until") and table.cell("until_time"):
        end = _past_midnight(table, began.began, end, zone)
    bounds = event_bounds(began.began if began else (None, None), end or (None, None))
    if bounds["began_earliest"] and bounds["ended_latest"] and bounds["ended_latest"] < bounds["began_earliest"]:
        column = table.columns.get("until") or table.columns.get("until_time") or table.columns.get("when") or ""
        raise table.line.refused("E-TIME-ORDER", column, "ends before it begins", "correct one of the times")
    day = ("when",) if table.cell("when") else _PARTS
    words = " ".join(cell for field in (*day, "time") if (cell := table.cell(field)))
    until = " ".join(cell for field in ("until", "until_time") if (cell := table.cell(field)))
    is_assumed = table.mapping.ignore_offsets or (zone is None and not all(one.is_moment for one in read))
    basis = TimeBasis.ASSUMED if is_assumed else read[0].basis
    return {**bounds, "time_words": " to ".join(filter(None, (words, until))), "time_basis": basis, **said}


def _past_midnight(table: _Table, began: Bounds, ended: Bounds, zone: str | None) -> Bounds:
    """Put an end that is told as a time of day on the next day, where it would lie before the begin."""
    if not (began[0] and ended[1] and ended[1] < began[0]):
        return ended
    column = table.columns["until_time"]
    table.noticed.append(table.line.notice("W-TIME-VAGUE", column, "read as of the next day", "confirm it"))
    return (ended[0] and _next_day(ended[0], zone)), _next_day(ended[1], zone)


def _spell(table: _Table, on: str, at: str, zone: str | None) -> _Time | None:
    """Read the cells of a day and of a time of day together; an empty one is unknown."""
    day, clock = table.cell(on), _with_colons(table.cell(at))
    if on == "when":
        day = day or _of_parts(table)
    if not day and not clock:
        return None
    if on == "until" and not day:
        day = table.cell("when") or _of_parts(table)
    column = next(table.columns[field] for field in (on, at, *_PARTS) if field in table.columns)
    spell = _read(table, column, ", ".join(filter(None, (day, clock))), zone, is_period=bool(clock))
    year = table.cell("year")
    if spell and on == "when" and table.cell("when") and not _is_of_year(spell, year):
        reason = f"the year column says {year}"
        table.noticed.append(table.line.notice("W-DATE-YEAR", column, reason, "see which of them is right"))
    return spell


def _of_parts(table: _Table) -> str:
    """Write the date whose year, month and day have columns of their own."""
    year, month, day = (table.cell(part) for part in _PARTS)
    if not year:
        return ""
    if month.isdigit() and not 1 <= int(month) <= MONTHS:
        raise table.line.refused("E-TIME", table.columns["month"], f"there is no month {month}", "correct it")
    year = str(full_year(year)) if re.fullmatch(r"\d\d", year) else year
    if month and not month.isdigit():
        return " ".join(filter(None, (day, month, year)))
    return "-".join(part.zfill(2) for part in (year, month, day if month else "") if part)


def _is_of_year(time: _Time, year: str) -> bool:
    known = [moment.year for moment in time.began if moment]
    return not re.fullmatch(r"\d{1,4}", year) or not known or min(known) <= full_year(year) <= max(known)


def _read(table: _Table, column: str, text: str, zone: str | None, *, is_period: bool = False) -> _Time | None:
    """Read a time as its whole column is written; what programs write where they know none is none."""
    line = table.line
    if table.mapping.ignore_offsets:
        text = _OFFSET.sub(r"\1", text)
    may_be_a_day = column in {table.columns.get(field) for field in ("when", "until", "stated_at")}
    if may_be_a_day and not table.cell("time"):
        text = without_padding(text, line.given, column)
    offset = _offset_of(zone)
    spell = read_time(text, order_of_dates(line.given, column), zone=None if offset else zone)
    spell = spell.at(offset) if offset and isinstance(spell, Spell) else spell
    if isinstance(spell, Unreadable):
        return _without_spell(table, column, text, spell)
    read = _instants(spell, zone, is_period=is_period)
    if isinstance(read, Unreadable):
        return _without_spell(table, column, text, read)
    if spell.is_bare_range and not line.given.vague:
        fix = "say that bare ranges are to be read, or write both times in full"
        raise line.refused("E-TIME-RANGE", column, "a bare range of times", fix)
    if spell.precision not in {Precision.MOMENT, Precision.DAY} or spell.until or spell.is_bare_range:
        rule = _period_words(read) if spell.is_bare_range and is_period else spell.rule
        table.noticed.append(line.notice("W-TIME-VAGUE", column, f"read as {rule}", "confirm it, or write the bounds"))
    return read


def _without_spell(table: _Table, column: str, text: str, why: Unreadable) -> _Time | None:
    """Give the moment that digits count from 1970, or nothing for a placeholder; else refuse the row."""
    if why.code == "E-TIME-EPOCH" and (stamp := epoch(text)):
        return _Time((stamp, stamp), None, TimeBasis.STATED, is_moment=True)
    if why.code != PLACEHOLDER:
        raise table.line.refused(why.code, column, why.reason, why.fix)
    reason = f"{why.reason}: left out, as if empty"
    table.noticed.append(table.line.notice("W-TIME-PLACEHOLDER", column, reason, "nothing"))
    return None


def _period_words(time: _Time) -> str:
    begun, ended = time.began[0], time.ended[0] if time.ended else None
    if begun is None or ended is None:
        return "an open period"
    return f"from {begun:%H:%M} to {ended:%H:%M}{' of the next day' if ended.date() > begun.date() else ''}"


def _instants(spell: Spell, zone: str | None, *, is_period: bool) -> _Time | Unreadable:
    """Give the instants between which a spell lies; a day without a zone is assumed to be one of UTC."""
    is_moment = spell.precision in {Precision.MOMENT, Precision.PART}
    zone = zone or (None if is_moment else "UTC")
    began = spell.instants(zone)
    ended = spell.until.instants(zone) if spell.until else None
    if isinstance(began, Unreadable):
        return began
    if isinstance(ended, Unreadable):
        return ended
    if spell.is_bare_range and is_period:
        began, ended = (began[0], began[0]), (began[1], began[1])
    elif ended is None and not is_moment:
        ended = None, began[1]
    return _Time(began, ended, spell.basis, is_moment)


def _epoch(table: _Table) -> datetime | None:
    if not (text := table.cell("epoch")):
        return None
    if (stamp := epoch(text)) is None:
        fix = "give seconds, milliseconds or microseconds since 1970"
        raise table.line.refused("E-TIME-EPOCH", table.columns["epoch"], "not a moment in digits", fix)
    return stamp


def _is_between(moment: datetime, bounds: Bounds) -> bool:
    earliest, latest = bounds
    return (earliest is None or earliest - _SAME_MOMENT <= moment) and (
        latest is None or moment <= latest + _SAME_MOMENT
    )


def _stated(table: _Table, zone: str | None) -> dict[str, Any]:
    """Say by when it was told, where a column says so."""
    text = table.cell("stated_at")
    read = _read(table, table.columns["stated_at"], text, zone) if text else None
    return {"stated_at": read.began[1]} if read else {}


# One row, one response


def _milestones(table: _Table, about: dict[str, Any]) -> Iterator[Row]:
    """Make a claim for each milestone that a row tells; a log writes a stamp at the moment of what it stamps."""
    moments = _without_placeholders(table, _stamped(table, about["zone"]))
    moments |= _measured(table, moments)
    if not moments:
        column = next(name(title) for title, one in table.mapping.columns.items() if one.holds in MILESTONES)
        raise table.line.refused("E-EMPTY", column, "no time of any milestone", "give one")
    if not in_order({one: moments[one] for one in MILESTONES if one in moments}):
        late = next(one for one in reversed(MILESTONES) if one in moments)
        reason, fix = "stamps out of order", "nothing, or correct the log"
        table.noticed.append(table.line.notice("W-TIME-ORDER", _column(table, late), reason, fix))
    over = _is_over(table, moments)
    for milestone, bounds in moments.items():
        basis = TimeBasis.STATED if over is None else TimeBasis.LOGGED
        is_length = any(one.since for _, one in table.held(milestone))
        how = {"time_words": table.text(_column(table, milestone)), "stated_at": bounds[1]}
        how["time_basis"] = TimeBasis.DERIVED if is_length else basis
        yield _milestone(table, about, milestone, bounds) | how
    if over and "end" not in moments:
        last = max(high for _, high in moments.values())
        yield _milestone(table, about, "end", (last, None)) | {"time_basis": TimeBasis.DERIVED}


def _is_over(table: _Table, moments: Collection[str]) -> bool | None:
    """Say whether a response is over: by its last stamp, or else by the word for what became of it.

    `None` where neither a column of ends nor such a word can tell. A row without an end is open in a log that has them,
    unless it names an outcome of which nobody knows whether the call goes on.
    """
    if "end" in moments:
        return True
    told = [text for title, _ in table.held("outcome") if (text := table.text(title))]
    read = {is_over(text) for text in told}
    if read & {True, False}:
        return True in read
    return False if any(table.held("end")) and not told else None


def _milestone(table: _Table, about: Mapping[str, Any], milestone: str, bounds: Bounds) -> dict[str, Any]:
    said = table.text(table.columns["summary"]) if "summary" in table.columns else ""
    unit = _unit(table, about)
    return {
        **about,
        "claim_id": _claim_id(table, about["account"], *filter(None, [unit]), milestone),
        "kind": about.get("kind", Kind.CLASH) if milestone == "onset" else milestone,
        "subkind": unit,
        "summary": f"{_WORDS.get(milestone, 'It began')}{f': {said}' if said else ''}",
        "began_earliest": bounds[0],
        "began_latest": bounds[1],
    }


def _unit(table: _Table, about: Mapping[str, Any]) -> str | None:
    """Name the unit of a row; one that is not named is one of its own where the call has several rows."""
    named = table.cell("responding_unit")
    repeated = about["event_id"] in table.line.given.learnt.get("repeated", ())
    return named or (f"row {table.line.number}" if repeated else None)


def _column(table: _Table, milestone: str) -> str:
    return name(next(title for title, _ in table.held(milestone)))


def _stamped(table: _Table, zone: str | None) -> dict[str, _Moments]:
    """Read the milestones that are stamped; a placeholder is none, and a time of day has the date of the row."""
    found: dict[str, _Moments] = {}
    day = table.cell("when") or _of_parts(table)
    for milestone in MILESTONES:
        for title, one in table.held(milestone):
            text = table.text(title)
            if one.since or not text:
                continue
            text = _with_colons(text) if day else text
            is_alone = bool(day) and isinstance(read_clock(text), timedelta)
            bounds = _stamp(table, milestone, f"{day}, {text}" if is_alone else text, zone)
            if bounds:
                found[milestone] = _after(bounds, max(found.values(), default=None), zone) if is_alone else bounds
    return found


def _with_colons(text: str) -> str:
    """Write a time of day with its colons, where nothing parts its digits: 2350, 000210."""
    digits = _MILITARY.fullmatch(text)
    return ":".join(filter(None, digits.groups())) if digits else text


def _stamp(table: _Table, milestone: str, text: str, zone: str | None) -> _Moments | None:
    """Read a stamp; one that the clocks showed twice or skipped lies between both readings, unless it must be clear."""
    column = _column(table, milestone)
    try:
        read = _read(table, column, text, zone)
    except RefusedError as refused:
        spell = read_time(text, order_of_dates(table.line.given, column))
        wall = spell.earliest if isinstance(spell, Spell) else None
        if milestone in _CLEAR or refused.code not in {"E-TZ-GAP", "E-TZ-AMBIGUOUS"} or not (wall and zone):
            raise
        low, high = sorted(fixed(one) for one in readings(wall, zone))
        reason, fix = f"{refused.said[2]}; read as between both readings", "nothing, or write it with its offset"
        table.noticed.append(table.line.notice("W-TZ-AMBIGUOUS", column, reason, fix))
        return low, high
    return (read.began[0], read.began[1]) if read and read.began[0] and read.began[1] else None


def _without_placeholders(table: _Table, moments: Mapping[str, _Moments]) -> dict[str, _Moments]:
    """Leave out, with a notice, the stamps that programs write where they know no time."""
    found = placeholders(table.line, {milestone: _column(table, milestone) for milestone in moments}, moments)
    table.noticed.extend(found.values())
    return {milestone: moment for milestone, moment in moments.items() if milestone not in found}


def _after(bounds: _Moments, before: _Moments | None, zone: str | None) -> _Moments:
    """Put a time of day that follows another on the next day, where it would lie half a day or more before it."""
    if before is None or before[0] - bounds[0] < timedelta(hours=12):
        return bounds
    return _next_day(bounds[0], zone), _next_day(bounds[1], zone)


def _next_day(moment: datetime, zone: str | None) -> datetime:
    """Give the moment at which the clocks of a zone show the same on the next day, which may have 23 hours or 25."""
    if zone is None or _offset_of(zone):
        return moment + timedelta(1)
    wall = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) + timedelta(1)
    return fixed(readings(wall, zone)[0])


def _measured(table: _Table, moments: Mapping[str, _Moments]) -> dict[str, _Moments]:
    """Reckon the milestones that are told as a length since another; no length is exact at 0, and none is below."""
    found: dict[str, _Moments] = dict(moments)
    nothing: list[tuple[str, str, datetime]] = []
    for milestone in MILESTONES:
        for title, one in table.held(milestone):
            text = table.text(title)
            if not one.since or not text:
                continue
            start, length = found.get(one.since), _length(table, name(title), text, one.unit)
            before = _length_before(table, one)
            if start and before is not None and length > timedelta():
                found[milestone] = start[0] + before + length, start[1] + before + length
            elif not start or before is None:
                reason = f"no {one.after if start else spaced(one.since)} from which it runs: left out"
                table.noticed.append(table.line.notice("W-DURATION", name(title), reason, "nothing, or give it"))
            elif length == timedelta():
                nothing.append((milestone, name(title), start[0]))
            elif length < timedelta():
                reason, fix = f"a length of {text} is no length: left out, as if empty", "nothing, or correct the log"
                table.noticed.append(table.line.notice("W-DURATION", name(title), reason, fix))
    for step, column, since in nothing:
        over = found.get("end")
        if over and step != "end":
            found[step] = since, over[1]
        told = "read as any time until the end" if step in found else "left out, as if empty"
        reason, fix = f"a length of 0 may be a placeholder: {told}", "nothing, or correct the log"
        table.noticed.append(table.line.notice("W-DURATION", column, reason, fix))
    return {milestone: bounds for milestone, bounds in found.items() if milestone not in moments}


def _length_before(table: _Table, one: Column) -> timedelta | None:
    """Read the length that ran before another; nothing where it is not told."""
    if not one.after:
        return timedelta()
    text = table.text(one.after)
    length = _length(table, name(one.after), text, one.unit) if text else None
    return length if length is not None and length >= timedelta() else None


def _length(table: _Table, column: str, text: str, unit: str) -> timedelta:
    """Read a length: a number of its unit, or hours, minutes and seconds, also as ISO 8601 has them: PT7M30S."""
    if spelt := _SPELT.fullmatch(text):
        days, hours, minutes, seconds = (float(part or 0) for part in spelt.groups()[1:])
        length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return -length if spelt[1] else length
    if re.fullmatch(r"\d{1,3}(:\d\d){1,2}", text):
        parts = [int(part) for part in text.split(":")]
        hours, minutes, seconds = parts if len(parts) > 2 else (0, *parts)  # noqa: PLR2004 hours are told
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    given = table.line.given
    mark = given.decimal_mark or given.learnt.get("decimals", {}).get(column)
    if mark is None and (found := _GROUPED.fullmatch(text)):
        reason = f"'{found[1]}' may part thousands or a fraction"
        fix = "say what the mark is in this file, or write digits only"
        raise table.line.refused("E-NUM-SEPARATOR", column, reason, fix)
    plain = text.replace("," if mark == "." else ".", "").replace(",", ".") if mark else text.replace(",", ".")
    plain = re.sub(r"(?<=\d)[ '’](?=\d{3})", "", plain)
    if not re.fullmatch(r"[-+]?\d{1,9}(?:\.\d{1,9})?", plain):
        raise table.line.refused("E-NUM", column, f"not a number of {unit}", "write it like 9.7")
    return timedelta(**{unit: float(plain)})


def _decimal_mark(texts: Collection[str]) -> str | None:
    """Say which mark parts the fractions in a column of lengths, if its cells show it."""
    for text in texts:
        if "." in text and "," in text:
            return max(".", ",", key=text.rfind)
    for mark, other in (".,", ",."):
        marked = [text for text in texts if mark in text]
        if any(text.count(mark) == 1 and not _GROUPED.fullmatch(text) for text in marked):
            return mark
        if any(text.count(mark) > 1 for text in marked):
            return other
    return "." if len(texts) > 1 and all("." in text for text in texts) else None


# What the table as a whole tells


def _survey(mapping: ColumnMapping, rows: Iterable[tuple[int, Row]]) -> Mapping[str, Any]:
    """Learn how the columns write dates and figures, which events have several rows, and where the places lie."""
    tally = _Tally(mapping)
    columns = {field: [name(title) for title, one in mapping.columns.items() if one.holds == field] for field in HOLDS}
    dates = [column for field in _DATED for column in columns.get(field, ["stated_at"])]
    dates += [name(title) for title, one in mapping.columns.items() if one.holds == "stated_at"]
    counts = [column for field in HOLDS if field in set(Measure) for column in columns[field]]
    learnt = dict(learn(tally.through(rows), dates=tuple(dates), counts=tuple(counts), beside=tuple(columns["year"])))
    orders = _shared(learnt.get("orders", {}), tally.learnt()["together"])
    apart = tally.events.apart(orders.get(_day_column(mapping) or "", UNKNOWN_ORDER))
    return learnt | tally.learnt() | {"orders": orders, "apart": apart}


def _day_column(mapping: ColumnMapping) -> str | None:
    """Name the column that tells on which day a row was, or came in."""
    held = {one.holds: name(title) for title, one in mapping.columns.items() if not one.since}
    return next((held[field] for field in ("when", "epoch", *MILESTONES) if field in held), None)


def _day_told(table: _Table) -> str:
    """Give the day of a row as it is written, in one cell or in three."""
    if column := _day_column(table.mapping):
        return table.text(column)
    return "-".join(cell.zfill(2) for part in _PARTS if (cell := table.cell(part)))


class _Tally:
    """What is counted while the rows of a table go by."""

    def __init__(self, mapping: ColumnMapping) -> None:
        self.mapping = mapping
        self.first: int | None = None
        self.events = EventDays()
        self.firsts: dict[str, int] = {}
        self.figures: dict[str, Counter[str]] = {}
        self.points: list[tuple[object, object]] = []
        self.lengths: dict[str, list[str]] = {}
        self.apart: Counter[str] = Counter()

    def through(self, rows: Iterable[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
        """Pass the rows on by the plain names of their columns."""
        for number, row in rows:
            table = _table(self.mapping, Line(number, row, Given("")))
            self.first = self.first or number
            event = table.cell("event_id")
            if event:
                self.events.add(number, event, _day_told(table))
                self.firsts.setdefault(event, number)
                for title, one in table.held("count"):
                    if measure := one.meanings.get(table.text(title)):
                        self.figures.setdefault(event, Counter())[measure] += 1
            if any(cells := list(_degrees(table).values())):
                self.points.append(tuple(degrees(cell) for cell in (*cells, "")[:2]))  # type: ignore[arg-type]
            for title, one in self.mapping.columns.items():
                for length in filter(None, (one.since and title, one.after)):
                    if text := table.text(length):
                        self.lengths.setdefault(name(length), []).append(text)
            self.apart.update(_orders_apart(table))
            yield number, {column: table.text(column) for column in table.line.cells}

    def learnt(self) -> dict[str, Any]:
        """Give what was counted."""
        return {
            "first": self.first,
            "repeated": frozenset(event for event, number in self.events.rows.items() if number > 1),
            "counted": {event: _Counted(self.firsts[event], found) for event, found in self.figures.items()},
            "middle": middle(self.points),
            "decimals": {column: mark for column, texts in self.lengths.items() if (mark := _decimal_mark(texts))},
            "together": [order for order in ORDERS if self.apart and not self.apart[order]],
        }


def _orders_apart(table: _Table) -> Iterator[str]:
    """Name the orders of date parts by which the stamps of one response would lie days apart."""
    texts = [table.text(title) for title, one in table.mapping.columns.items() if one.holds in MILESTONES]
    meant = [days for text in texts if (days := days_meant(text))]
    if all(days == meant[0] for days in meant):
        return
    for order in ORDERS:
        on = [days[order] for days in meant if order in days]
        if len(on) < len(meant) or max(on) - min(on) > _LONGEST:
            yield order


def _shared(orders: Mapping[str, DateOrder], together: Collection[Any]) -> dict[str, DateOrder]:
    """Let a column that settles nothing follow the others, or the order that keeps a response's stamps together."""
    settled = list({order.first for order in orders.values() if order.first} or set(together))
    if len(settled) != 1:
        return dict(orders)
    return {
        column: order if order.first or settled[0] in order.excluded else DateOrder(settled[0])
        for column, order in orders.items()
    }
