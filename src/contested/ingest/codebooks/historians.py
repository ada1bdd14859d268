"""Casualties of one war as several historians count them: a row is one figure of one historian.

The battles are those of one list (CWSAC); `correspondence` says how a historian's battle lies to those: equal to
one of them or to several taken together, or smaller, larger, or otherwise. Only equals are certainly about the event.
The days are those of the list, not the historian's own.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from contested.ingest.date_intervals import Days, day_of, whole_year
from contested.ingest.row import Line, Made, Row, explained, learnt, lines

COLUMNS = frozenset({"source_year", "cwsac_id", "correspondence", "source_event_id", "battle", "belligerent", "metric"})

_DATED, _FIGURES = ("date_start", "date_end"), ("low", "best", "high")
_OLDEST_BOOK = 1000
_MEASURES = {
    "killed": ("killed", None),
    "wounded": ("injured", None),
    "strength": ("participants", None),
    "missing": ("people", "missing"),
    "captured": ("people", "captured"),
    "missing_captured": ("people", "missing or captured"),
    "killed_wounded": ("people", "killed or wounded"),
    "casualties": ("people", "casualties of any sort"),
}
_LIES = {
    "eq": "",
    "lt": ", told of a part of it",
    "<": ", told of a part of it",
    "gt": ", told of it and more",
    ">": ", told of it and more",
    "neq": ", told of something that overlaps it",
}


def survey(rows: Iterable[tuple[int, Row]]) -> Mapping[str, Any]:
    """Learn from a whole table how it writes dates and numbers."""
    return learnt(lines(rows), _DATED, _FIGURES)


@explained
def to_claims(line: Line) -> Made:
    """Make one figure of a row; bounds out of order stand as its words."""
    metric, lies = line.needed("metric"), line.needed("correspondence")
    if metric not in _MEASURES:
        raise line.refused("E-LIST", "metric", "not in the list", f"choose one of {', '.join(_MEASURES)}")
    if lies not in _LIES:
        raise line.refused("E-LIST", "correspondence", "not in the list", f"choose one of {', '.join(_LIES)}")
    figures = {column: line.whole(column) for column in _FIGURES}
    known = [figure for figure in figures.values() if figure is not None]
    if not known:
        raise line.refused("E-EMPTY", "best", "no figure", "give low, best or high")
    if known != sorted(known):
        written = ", ".join(f"{name} {figure}" for name, figure in figures.items() if figure is not None)
        yield line.notice(
            "W-NUM-ORDER", "low", f"out of order: {written}", "nothing, or correct it: it stands as words"
        )
        figures = {"best": figures["best"]}
        yield _claim(line, metric, lies) | figures | {"figure_words": written}
    else:
        yield _claim(line, metric, lies) | figures


def _claim(line: Line, metric: str, lies: str) -> dict[str, object]:
    measure, definition = _MEASURES[metric]
    battle = line.words("battle") or f"battles {line.needed('cwsac_id')}"
    counted = f"{line.needed('belligerent')}, {metric.replace('_', ' or ')}"
    return {
        "claim_id": line.needed("claim_id"),
        "event_id": line.needed("cwsac_id"),
        "account": line.needed("source"),
        "kind": "casualties" if measure != "participants" else "other",
        "source_id": line.needed("source"),
        "locator": line.needed("source_event_id"),
        "summary": f"{battle}{_LIES[lies]}: {counted}.",
        "measure": measure,
        "definition": definition,
        "scope": "event",
        "unit": "people",
        "victims": line.needed("belligerent"),
        "same_event": "unclear" if _LIES[lies] else "certain",
        **_time(line),
        **_said(line),
    }


def _time(line: Line) -> Mapping[str, object]:
    if not line.words("date_start"):
        return {}
    named = Days(*(day_of(line, column) for column in _DATED))
    began, ended = named.bounds(line.given)
    basis = "derived" if line.given.zone else "assumed"
    return {"began_earliest": began, "ended_latest": ended, "time_basis": basis, "zone": line.given.zone}


def _said(line: Line) -> Mapping[str, object]:
    """Say when a book was published: within its year."""
    year = line.whole("source_year")
    if year is None:
        return {}
    if year < _OLDEST_BOOK:
        raise line.refused(
            "E-TIME", "source_year", f"the year {year:04} is mistyped: no book is that old", "correct it"
        )
    first, last = line.read("source_year", lambda _: whole_year(year), "write it like 1908").bounds(line.given)
    return {"stated_earliest": first, "stated_at": last}
