"""Daily totals with every revision: a row is one cell of one day's report as it was inserted, updated or deleted.

What happened on a day and all that happened until it are two events of that day's report, so that a figure is only
held against what else was said of the same. A revision replaces what the same account had said in the file; it was
certainly said by the time it was known. Who reported is the speaker. Fields that begin with `ext_` are what the keeper
of the data filled in, an account of its own.
"""

import re
from collections.abc import Mapping
from datetime import datetime

from contested import moment
from contested.days import day, midnight
from contested.line import Line, Made, explained

COLUMNS = frozenset({"report_date", "field", "value", "op", "known_from_utc", "commit"})

_FIELD = re.compile(
    r"(?P<filled>ext_)?((?P<whose>[a-z_]+?)_)?(?P<what>martyred|killed|injured|massacres|famine)(_(?P<more>[a-z_]+))?"
)
_TOTAL = "_cum"
_MEASURES = {"martyred": "killed", "killed": "killed", "injured": "injured", "massacres": "cases", "famine": "killed"}
_WHOSE = {"med": "medics", "press": "press", "civdef": "civil defence", "aid_seeker": "aid seekers"}
_DEFINED = {"famine": "famine", "massacres": "massacres"}
_KEEPER = "keeper of the data"
_REPORT = "daily report"


@explained
def to_claims(line: Line) -> Made:
    """Make of a revision the figure as it stood from then on, or its withdrawal."""
    on, field, op = line.needed("report_date"), line.needed("field"), line.needed("op")
    if op not in {"insert", "update", "delete"}:
        raise line.refused("list", "op", "not in the list", "choose one of insert, update, delete")
    earlier = line.given.earlier
    if field.startswith("report_"):
        if field == "report_source" and op != "delete" and line.words("value"):
            earlier[f"source {on}"] = line.words("value")
        yield line.notice("report", "field", "says something of the report, not of people", "nothing")
        return
    claim = _claim(line, on)
    cell = f"cell {on} {field}"
    replaced = {"supersedes": [earlier[cell]] if cell in earlier else []}
    if op == "delete":
        earlier.pop(cell, None)
        yield claim | replaced | {"status": "withdrawn"}
    else:
        yield claim | replaced | {"best": _figure(line)}
        earlier[cell] = str(claim["claim_id"])


def _claim(line: Line, on: str) -> dict[str, object]:
    field = line.needed("field")
    read = _FIELD.fullmatch(field.removesuffix(_TOTAL))
    if read is None:
        raise line.refused("list", "field", "a field that nobody knows", "map it by hand, or leave the row out")
    total = field.endswith(_TOTAL)
    reported = midnight(line.read("report_date", day, "write it like 2023-10-21"), line.given)
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
        "speaker": None if read["filled"] else line.given.earlier.get(f"source {on}"),
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
        raise line.refused("missing", "value", "empty", "give it, or delete the field")
    return figure


def _instant(text: str) -> datetime:
    read = moment.instant(text)
    if not isinstance(read, datetime):
        message = "not a time"
        raise ValueError(message)  # noqa: TRY004 an empty cell, not a wrong type
    return read
