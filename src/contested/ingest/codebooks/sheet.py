"""The columns of a sheet that an editor types: one record a row, with the killed and the wounded as ranges.

A row becomes one claim for each figure, each with the record's time and place, or one claim without a figure. Records
are of one event only where an `event_id` says so; else each is an event of its own, and nothing is merged by a guess.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Any
from unicodedata import normalize

from contested.ingest.cells.column_format import learn
from contested.ingest.cells.coordinates import middle
from contested.ingest.cells.date import LIKE
from contested.ingest.cells.totals import is_total
from contested.ingest.characters import UNSEEN
from contested.ingest.event_days import FIX, Apart, EventDays
from contested.ingest.options import Given
from contested.ingest.sheet_cells.figure import Figure, figure
from contested.ingest.sheet_cells.findings import Findings
from contested.ingest.sheet_cells.moment import Clock
from contested.ingest.sheet_cells.place import point
from contested.ingest.sheet_cells.publication_status import STATUSES
from contested.ingest.sheet_cells.record_times import when
from contested.ingest.sheet_cells.source import refuse_bad_address, warn_of_private
from contested.model.problem import Problem
from contested.model.vocabulary import Kind, Measure

REQUIRED = {
    "record_id": "a name that no other row has",
    "account": "whose telling it is",
    "source_name": "where it stands",
    "event_type": f"one of {', '.join(Kind)}",
    "start": f"when it began, like {LIKE}",
    "status": f"one of {', '.join(STATUSES)}",
    "recorded_at": f"when it was told, like {LIKE}",
    "text": "what is claimed, in your own neutral words",
}
"""What every sheet must have, and what its cells hold."""
COLUMNS = frozenset(REQUIRED)
FIGURES = {"killed": Measure.KILLED, "wounded": Measure.INJURED}
OPTIONAL = (
    *("event_id", "side", "source_url", "place", "lat", "lon", "end", "tz", "embargo_until"),
    *(f"{moment}_{bound}" for moment in ("start", "end") for bound in ("earliest", "latest")),
    *(f"{name}_{end}" for name in FIGURES for end in ("low", "best", "high", "text")),
)
ACCOUNTS = ("dungan", "kazakh", "official", "third_party")
"""The accounts that may speak where nobody gave others."""
_VERBATIM = "text"
_ERRORS = {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "Err:508"}
_DATED = (
    "start",
    "end",
    "recorded_at",
    "embargo_until",
    "start_earliest",
    "start_latest",
    "end_earliest",
    "end_latest",
)
_COUNTED = tuple(f"{name}_{end}" for name in FIGURES for end in ("low", "best", "high"))
Numbered = tuple[int, Mapping[str, Any]]
_NEAR = 0.8


def headings(columns: Collection[str]) -> Iterator[Problem]:
    """Find the columns that are lacking or misspelt, and name those that are not read."""
    known = (*REQUIRED, *OPTIONAL)
    absent = [column for column in known if column not in columns]
    strangers = [column for column in columns if column not in known]
    meant = {near[0]: one for one in strangers if (near := get_close_matches(one.lower(), absent, 1, _NEAR))}
    for column in absent:
        if column in REQUIRED or column in meant:
            fix = f"did you mean '{meant[column]}'? map it or rename it" if column in meant else _added(column)
            yield Problem("E-HEAD-MISSING", 1, column, meant.get(column), f"no column '{column}'", fix)
    for column in strangers:
        if column not in meant.values():
            yield Problem("W-HEAD-EXTRA", 1, column, column, "not a column of a sheet: not read", "nothing", "warning")


def _added(column: str) -> str:
    return f"add it: {REQUIRED[column]}"


def survey(rows: Iterable[tuple[int, Mapping[str, Any]]]) -> Mapping[str, Any]:
    """Learn in which order each column writes its dates and what parts its thousands, and the middle of the places."""
    points: list[tuple[object, object]] = []
    events = EventDays()
    learnt = learn(_noted(rows, points, events), _DATED, _COUNTED)
    return learnt | {"middle": middle(points), "apart": events.apart(learnt["orders"]["start"])}


def _noted(rows: Iterable[Numbered], points: list[tuple[object, object]], events: EventDays) -> Iterator[Numbered]:
    """Note the place of each row on the way, and the day of the event that it names."""
    for number, row in rows:
        points.append((row.get("lat"), row.get("lon")))
        if event := _said(row.get("event_id")).strip():
            events.add(number, event, _said(row.get("start")).strip())
        yield number, row


def to_claims(number: int, row: Mapping[str, Any], given: Given) -> Iterator[Mapping[str, Any] | Problem]:
    """Read one record: what is wrong in it, and a claim for each of its figures or one without."""
    found = _tidied(number, row)
    fields = _who(found, given) | _what(found) | _where(found, given) | when(found, Clock(given.zone, None, given))
    figures = {name: figure(found, name, given) for name in FIGURES}
    warn_of_private(found, "text", "source_name", "place")
    apart: Apart | None = given.learnt.get("apart", {}).get(found["event_id"])
    if apart and apart.row == number:
        found.warn("W-EVENT-DAYS", "event_id", apart.reason, FIX)
    yield from found.problems
    if not found.refused():
        yield from _claims(fields, {name: made for name, made in figures.items() if made})


def _claims(fields: Mapping[str, Any], figures: Mapping[str, Figure]) -> Iterator[Mapping[str, Any]]:
    if not figures:
        yield fields
    for name, made in figures.items():
        yield {
            **fields,
            "claim_id": fields["claim_id"] if len(figures) == 1 else f"{fields['claim_id']}/{name}",
            "measure": FIGURES[name],
            "unit": "people",
            **dict(zip(("low", "best", "high"), made[:3], strict=True)),
            "figure_words": made.words,
        }


def _said(cell: object) -> str:
    """Put a cell into words, as an editor would have typed it."""
    match cell:
        case None:
            return ""
        case datetime() | time():
            return cell.isoformat()
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)


def _tidied(number: int, row: Mapping[str, Any]) -> Findings:
    """Put right what nobody sees around and inside the cells, and say so; the text stays as it is."""
    said = {column: _said(cell) for column, cell in row.items()}
    joined = {column: text if column == _VERBATIM else _joined(text) for column, text in said.items()}
    found = Findings(number, {column: text if column == _VERBATIM else text.strip() for column, text in joined.items()})
    for column, text in said.items():
        if isinstance(row[column], list | dict):
            found.refuse("E-NESTED", column, "a list or an object, not one value", "give it one value")
        elif text.strip() in _ERRORS and column != _VERBATIM:
            found.refuse("E-FORMULA", column, "a formula that failed", "mend the formula, or write the value")
        elif joined[column] != text:
            reason = "letters and accents joined (NFC), and letters that nobody sees removed"
            found.warn("W-NORMALISED", column, reason, value=text)
        elif found[column] and found[column] != text:
            found.warn("W-TRIMMED", column, "blanks removed", value=text)
    return found


def _joined(text: str) -> str:
    return UNSEEN.sub("", normalize("NFC", text))


def _who(found: Findings, given: Given) -> dict[str, Any]:
    for column in ("record_id", "account", "source_name", "text"):
        if not found[column].strip():
            found.refuse("E-EMPTY", column, "empty", "give it")
    for column in ("record_id", "account", "place"):
        if is_total(found[column]):
            found.refuse("E-TOTAL", column, "a row of totals is no record", "leave it out")
            return {}
    known = given.accounts or ACCOUNTS
    if found["account"] and found["account"] not in known:
        reason = f"no such account; known: {', '.join(known)}"
        found.refuse("E-ACCOUNT", "account", reason, "choose one, or add the account first")
    refuse_bad_address(found, "source_url")
    return {
        "claim_id": found["record_id"],
        "event_id": found["event_id"] or found["record_id"],
        "account": found["account"],
        "side": found["side"],
        "source_id": found["source_name"],
        "locator": found["source_url"],
        "summary": found["text"],
    }


def _what(found: Findings) -> dict[str, Any]:
    word = found["event_type"].lower()
    if not word:
        found.refuse("E-EMPTY", "event_type", "empty", f"choose one of {', '.join(Kind)}")
    if word in set(Kind):
        return {"kind": word}
    found.warn("W-TYPE", "event_type", "no type of ours: kept as it is, counted as other", f"known: {', '.join(Kind)}")
    return {"kind": Kind.OTHER, "subkind": found["event_type"]}


def _where(found: Findings, given: Given) -> dict[str, Any]:
    latitude, longitude = point(found, given.learnt.get("middle")) or (None, None)
    return {"place": found["place"], "latitude": latitude, "longitude": longitude}
