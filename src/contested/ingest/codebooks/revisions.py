"""Daily totals with every revision: a row is one cell of one day's report as it was inserted, updated or deleted.

What happened on a day and all that happened until it are two events of that day's report, so that a figure is only
held against what else was said of the same. A revision replaces what the same account had said in the file; it was
certainly said by the time it was known. Who reported is the speaker. Fields that begin with `ext_` are what the keeper
of the data filled in, an account of its own.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from contested.ingest.cells.totals import is_running_total, without_running_total
from contested.ingest.date_intervals import day_of, midnight
from contested.ingest.options import Given
from contested.ingest.row import Line, Made, RefusedError, Row, explained, learnt, lines
from contested.model import times

COLUMNS = frozenset({"report_date", "field", "value", "op", "known_from_utc", "commit"})

_FIELD = re.compile(
    r"(?P<filled>ext_)?((?P<whose>[a-z_]+?)_)?(?P<what>martyred|killed|injured|massacres|famine)(_(?P<more>[a-z_]+))?"
)
_MEASURES = {"martyred": "killed", "killed": "killed", "injured": "injured", "massacres": "cases", "famine": "killed"}
_WHOSE = {"med": "medics", "press": "press", "civdef": "civil defence", "aid_seeker": "aid seekers"}
_DEFINED = {"famine": "famine", "massacres": "massacres"}
_KEEPER = "keeper of the data"
_REPORT = "daily report"
_ABOUT_THE_REPORT = "report_"
_NOBODY = {"", "missing"}


@explained
def to_claims(line: Line) -> Made:
    """Make of a revision the figure as it stood from then on, or its withdrawal."""
    if line.needed("field").startswith(_ABOUT_THE_REPORT):
        yield line.notice("W-REPORT", "field", "says something of the report, not of people", "nothing")
    else:
        before = line.given.learnt.get(f"before {line.number}")
        yield {**_revision(line), "supersedes": [before] if before else []}


def survey(rows: Iterable[tuple[int, Row]]) -> Mapping[str, Any]:
    """Learn from a whole table how it writes dates and numbers, what each row replaces, and who reported when."""
    every = list(lines(rows))
    columns = learnt(every, ["report_date"], ["value"])
    given = Given("", learnt=columns)
    return columns | _chains(Line(line.number, line.cells, given) for line in every)


def _chains(every: Iterable[Line]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    standing: dict[tuple[str, str], str] = {}
    for line in every:
        on, field = line.words("report_date"), line.words("field")
        if field == "report_source" and line.words("value") not in _NOBODY:
            found[f"source {on}"] = line.words("value")
        if field.startswith(_ABOUT_THE_REPORT) or not (revision := _sound(line)):
            continue
        if before := standing.pop((on, field), None):
            found[f"before {line.number}"] = before
        if "status" not in revision:
            standing[on, field] = str(revision["claim_id"])
    return found


def _sound(line: Line) -> Row | None:
    try:
        return _revision(line)
    except RefusedError:
        return None


def _revision(line: Line) -> Row:
    match line.needed("op"):
        case "insert" | "update":
            return {**_claim(line, line.needed("report_date")), "best": _figure(line)}
        case "delete":
            return {**_claim(line, line.needed("report_date")), "status": "withdrawn"}
        case _:
            raise line.refused("E-LIST", "op", "not in the list", "choose one of insert, update, delete")


def _claim(line: Line, on: str) -> dict[str, object]:
    field = line.needed("field")
    read = _FIELD.fullmatch(without_running_total(field))
    if read is None:
        raise line.refused("E-LIST", "field", "a field that nobody knows", "map it by hand, or leave the row out")
    total = is_running_total(field)
    reported = midnight(day_of(line, "report_date"), line.given)
    said = line.read("known_from_utc", _instant, "write it like 2024-01-15T17:11:40Z")
    return {
        "claim_id": f"{on}-{field}-{line.needed('commit')}",
        "event_id": f"{'until' if total else 'on'}-{on}",
        "account": _KEEPER if read["filled"] else _REPORT,
        "kind": "casualties",
        "source_id": line.given.file,
        "locator": line.needed("commit"),
        "summary": f"{field.replace('_', ' ')} in the report of {on}.",
        "time_words": f"report of {on}",
        "speaker": None if read["filled"] else line.given.learnt.get(f"source {on}"),
        **_counted(read),
        "scope": "cumulative" if total else "event",
        "stated_earliest": min(reported, said),
        "stated_at": said,
    }


def _counted(read: re.Match[str]) -> Mapping[str, object]:
    """Say what a field counts, and of whom."""
    more = read["more"] or ""
    people = more in {"children", "women"}
    notes = [_DEFINED.get(read["what"], ""), "" if people else more.replace("_", " ")]
    whose = more if people else _WHOSE.get(read["whose"] or "", read["whose"] or "").replace("child", "children")
    return {"measure": _MEASURES[read["what"]], "victims": whose, "definition": ", ".join(filter(None, notes))}


def _figure(line: Line) -> int:
    figure = line.whole("value")
    if figure is None:
        raise line.refused("E-EMPTY", "value", "empty", "give it, or delete the field")
    return figure


def _instant(text: str) -> datetime:
    read = times.instant(text)
    if not isinstance(read, datetime):
        message = "not a time"
        raise ValueError(message)  # noqa: TRY004 an empty cell, not a wrong type
    return read
