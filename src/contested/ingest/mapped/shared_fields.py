"""The fields that every claim of a row shares: its event, its place, its source, its groups and its zone.

Ids hold the file, the row and the account, so that no import overwrites another; events are shared only where a
column names them.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from pydantic_core import PydanticCustomError

from contested.ingest.cells.coordinates import FAR_KM, degrees, point
from contested.ingest.mapped.mapped_row import MappedRow
from contested.ingest.mapping import HOLDS
from contested.model.geo import kilometres
from contested.model.times import zone_name
from contested.model.vocabulary import Kind
from contested.model.wording import spaced
from contested.model.zones import offered

_READ = ("stated_at", "latitude", "longitude")
"""Fields of a claim whose cells are read, not kept as they are."""
MILESTONE_WORDS = {
    "call": "Call received",
    "dispatch": "Unit sent",
    "en_route": "Unit left",
    "arrival": "Unit arrived",
    "transport": "Unit left the scene",
    "end": "Call closed",
}
_AHEAD = re.compile(r"(?:UTC|GMT)? ?(?P<sign>[+-])(?P<hours>0?\d|1[0-4])(?::?(?P<minutes>[0-5]\d))?", re.IGNORECASE)
"""An offset in a column of zones: +6, UTC+06, +05:30."""


def shared_fields(row: MappedRow) -> dict[str, Any]:
    """Give what every claim of a row says: ids, place, source, groups and zone."""
    line, mapping = row.line, row.mapping
    own = {field: row.cell(field) for field in row.columns if field not in {*HOLDS, *_READ}}
    about = {
        **mapping.constants,
        **own,
        **coordinates(row),
        "event_id": row.cell("event_id") or f"{line.stem()}/{row.cell('claim_id') or line.number}",
        "source_id": row.cell("source_id") or mapping.constants.get("source_id") or line.given.file,
        "locator": row.cell("locator") or f"row {line.number}",
        "zone": zone_of(row),
    }
    compared = [title for title, one in mapping.columns.items() if one.holds in {"group", "outcome"}]
    groups = {title: text for title in compared if (text := row.text(title))}
    return about | ({"groups": json.dumps(groups, ensure_ascii=False)} if groups else {})


def zone_of(row: MappedRow) -> str | None:
    """Give the zone of a row's clocks, or how far they are ahead of UTC: of its own column, or that of the file."""
    said = row.cell("zone")
    if not said:
        return row.line.given.zone
    if ahead := _AHEAD.fullmatch(said):
        return f"{ahead['sign']}{int(ahead['hours']):02}:{ahead['minutes'] or '00'}"
    if said.isalpha() and said.upper() not in {"UTC", "GMT"}:
        reason = "an abbreviation may mean more than one zone"
        raise row.line.refused("E-TZ-ABBREV", row.columns["zone"], reason, offered(said))
    try:
        return zone_name(said)
    except PydanticCustomError:
        raise row.line.refused("E-TZ-NAME", row.columns["zone"], "no such time zone", offered(said)) from None


def fixed_offset(zone: str | None) -> timezone | None:
    """Give the offset that a row names in place of a zone: +05:30."""
    return timezone(datetime.strptime(zone, "%z").utcoffset() or timedelta()) if zone and zone[0] in "+-" else None


def coordinates(row: MappedRow) -> dict[str, float | None]:
    """Read where it was, and warn of half a point and of what lies far from the table's other places."""
    line, cells = row.line, coordinate_cells(row)
    if not any(cells.values()):
        return {}
    column = row.columns.get("latitude") or row.columns.get("point") or ""
    if len(cells) == 1 or not all(cells.values()):
        row.noticed.append(line.notice("W-GEO", column, "half a point: left out", "give both coordinates, or neither"))
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
        row.noticed.append(line.notice("W-GEO-FAR", column, reason, "check it"))
    return {"latitude": latitude, "longitude": longitude}


def coordinate_cells(row: MappedRow) -> dict[str, str]:
    """Give the cells of latitude and longitude, of two columns or of one."""
    if said := row.cell("point"):
        latitude, longitude = point(said) or (said, said)
        return {"latitude": latitude, "longitude": longitude}
    return {field: row.cell(field) for field in ("latitude", "longitude") if field in row.columns}


def summary_of(row: MappedRow, about: Mapping[str, Any]) -> str:
    """Give the words of a row, or what it is and where, if it has none."""
    if said := row.text(row.columns["summary"]) if "summary" in row.columns else "":
        return said
    if constant := row.mapping.constants.get("summary"):
        return constant
    if about["kind"] in MILESTONE_WORDS:
        return MILESTONE_WORDS[about["kind"]]
    what = about.get("subkind") or ("event" if about["kind"] == Kind.OTHER else spaced(about["kind"]))
    place = f" in {about['place']}" if about.get("place") else ""
    return f"{what[:1].upper()}{what[1:]}{place}"


def claim_id_of(row: MappedRow, account: str, *what: str) -> str:
    """Name a claim by its file, its row and its account."""
    of_row = row.cell("claim_id") or str(row.line.number)
    return "/".join([row.line.stem(), of_row, slug(account), *what])


def slug(words: str) -> str:
    """Write the name of an account as a part of an id."""
    return "-".join(re.findall(r"\w+", words.casefold())) or "account"
