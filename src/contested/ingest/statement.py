"""A claim as an editor types it: words in cells, read by the rules of an import, with what must be mended beside each.

The cells are those of a row of `claims.csv`, and a few more that only a person fills: when it was said, in words, and
whether bounds are set by hand.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from contested.ingest.as_said import Figure, Times, read_figure, read_said, read_times
from contested.ingest.cells.unreadable import Unreadable
from contested.ingest.characters import unfit
from contested.ingest.validation import problem_of
from contested.model import zones
from contested.model.claim import Claim
from contested.model.corrections import FIGURE, TIMES
from contested.model.times import day, day_and_hour
from contested.model.vocabulary import Measure
from contested.model.wording import HEDGES

Read = TypeVar("Read", Times, Figure)
Cells = Mapping[str, str]
SAID, SAID_ZONE = "said", "said_zone"
"""When it was said, in words, and on whose clocks."""
TIMES_BY_HAND, FIGURE_BY_HAND = "times_by_hand", "figure_by_hand"
"""Where one of these is filled, the bounds stand as they were typed and are not read from the words."""
MOMENTS = (*TIMES, "stated_earliest", "stated_at", "embargo_until")
_KEPT = ("status", "withdrawn_at", "recorded_at", "claim_id")
LETTERS = 300
"""How many letters the neutral words of a claim have at the most."""


class Reading(NamedTuple):
    """What was read of the cells of a form: the claim if nothing must be mended, and how its words were read."""

    claim: Claim | None
    faults: Mapping[str, str]
    """What must be mended, under the cell where it stands."""
    times: Times | None
    figure: Figure | None


def read_cells(cells: Cells, claim_id: str, zone: str) -> Reading:
    """Read a form; `zone` is that of the story, on whose clocks times are told where no other is named."""
    row: dict[str, object] = {name: cells[name] for name in _fields() if cells.get(name, "").strip()}
    faults: dict[str, str] = {}
    here = clocks(cells, "zone", zone)
    row |= _said(cells, clocks(cells, SAID_ZONE, zone), faults)
    said = row.get("stated_at")
    row |= _by_hand(row, here, faults)
    times = figure = None
    if cells.get("time_words", "").strip() and not cells.get(TIMES_BY_HAND):
        times = _read(read_times(cells["time_words"], here, _moment(said)), "time_words", faults)
        row |= _bounds(times, here)
    if cells.get("figure_words", "").strip() and not cells.get(FIGURE_BY_HAND):
        figure = _read(read_figure(cells["figure_words"], _measure(row)), "figure_words", faults)
        row |= dict.fromkeys(FIGURE, None) | ({} if figure is None else figure._asdict())
        row.pop("rule", None)
        row["figure_words"] = _beside_number(cells["figure_words"].strip())
    claim = _validated(row | {"claim_id": claim_id}, faults)
    return Reading(None if faults else claim, faults, times, figure)


def clocks(cells: Cells, name: str, zone: str) -> str:
    """Give the zone that a cell names, if there is such a zone; else that of the story."""
    return cells[name] if cells.get(name) in zones.names() else zone


def cells_of(claim: Claim, zone: str) -> dict[str, str]:
    """Write a claim as the cells of a form, so that reading them gives the same claim again."""
    here = claim.zone or zone
    cells = {name: _written(getattr(claim, name), here) for name in _fields() if name not in _KEPT}
    cells = _with_words_of_saying({name: words for name, words in cells.items() if words}, claim, zone)
    without = {name: words for name, words in cells.items() if name not in {*TIMES, "time_basis"}}
    again = read_cells(without | {FIGURE_BY_HAND: "yes"}, claim.claim_id, zone).claim
    if again and all(getattr(again, name) == getattr(claim, name) for name in (*TIMES, "time_basis", "zone")):
        cells = without
    else:
        cells[TIMES_BY_HAND] = "yes"
    without = {name: words for name, words in cells.items() if name not in {*FIGURE, "figure_words"}}
    for words in _figure_in_words(claim):
        again = read_cells(without | {"figure_words": words}, claim.claim_id, zone).claim
        if again and all(getattr(again, name) == getattr(claim, name) for name in (*FIGURE, "figure_words")):
            return without | ({"figure_words": words} if words else {})
    return cells | {FIGURE_BY_HAND: "yes"}


def _figure_in_words(claim: Claim) -> Iterator[str]:
    """Give the words in which a figure may have been typed: as they are kept, or with the one number that is known."""
    kept, known = claim.figure_words or "", [value for name in FIGURE if (value := getattr(claim, name)) is not None]
    yield kept
    if len(known) == 1:
        yield f"{kept} {known[0]}".strip()


def bounds_by_hand(claim: Claim, zone: str) -> dict[str, str]:
    """Write a claim as cells in which every bound stands by itself, so that two can be compared field by field."""
    here = claim.zone or zone
    cells = {name: _written(getattr(claim, name), here) for name in _fields()}
    return {name: words for name, words in cells.items() if words} | {TIMES_BY_HAND: "yes", FIGURE_BY_HAND: "yes"}


def _with_words_of_saying(cells: dict[str, str], claim: Claim, zone: str) -> dict[str, str]:
    """Write when it was said in words, where they give just the bounds that the claim has."""
    bounds = (claim.stated_earliest, claim.stated_at)
    for last in (one.astimezone(ZoneInfo(zone)) for one in bounds[1:] if one):
        for words in (f"{day(last)} {last.year}", day_and_hour(last)):
            if read_said(words, zone) == bounds:
                without = {name: told for name, told in cells.items() if not name.startswith("stated_")}
                return without | {SAID: words}
    return cells


def _fields() -> Iterator[str]:
    return (name for name in Claim.model_fields if name not in _KEPT)


def _written(value: object, zone: str) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.astimezone(ZoneInfo(zone)).isoformat(
                timespec="auto" if value.second or value.microsecond else "minutes"
            )
        case tuple():
            return "; ".join(map(str, value))
        case _:
            return str(value)


def _said(cells: Cells, zone: str, faults: dict[str, str]) -> dict[str, object]:
    """Read when it was said, in words; without words the bounds stand as they were typed."""
    if not cells.get(SAID, "").strip():
        return {}
    read = read_said(cells[SAID], zone)
    if isinstance(read, Unreadable):
        faults[SAID] = _told(read)
        return {}
    return {"stated_earliest": read[0], "stated_at": read[1]}


def _by_hand(row: Mapping[str, object], zone: str, faults: dict[str, str]) -> dict[str, object]:
    """Read the moments that were typed: the earliest that the words allow of an earliest, the latest of a latest."""
    found: dict[str, object] = {}
    for name in MOMENTS:
        if not isinstance(words := row.get(name), str):
            continue
        read = read_said(words, zone)
        if isinstance(read, Unreadable):
            faults[name] = _told(read)
            found[name] = None
        else:
            found[name] = (read[0] or read[1]) if name.endswith("earliest") else read[1]
    return found


def _read(read: Read | Unreadable, cell: str, faults: dict[str, str]) -> Read | None:
    if isinstance(read, Unreadable):
        faults[cell] = _told(read)
        return None
    return read


def _bounds(times: Times | None, zone: str) -> dict[str, object]:
    if times is None:
        return dict.fromkeys(TIMES, None)
    return {name: getattr(times, name) for name in TIMES} | {"time_basis": times.basis, "zone": zone}


def _moment(value: object) -> datetime | None:
    return value if isinstance(value, datetime) else None


def _beside_number(words: str) -> str | None:
    """Keep of the words of a figure what its number does not say: about, of "about 400"; nothing of "eleven people".

    All of "more than 180" is kept, whose number is 181: neither half of it would be true alone.
    """
    bare = words.casefold()
    hedge = next((one for one in HEDGES if bare.startswith(f"{one} ")), "")
    read = read_figure(bare.removeprefix(hedge).strip())
    is_plain = isinstance(read, Figure) and read[:3] == (None, read.best, None) and "as said" not in read.rule
    whole = read_figure(bare)
    if is_plain and isinstance(whole, Figure) and read.best not in whole[:3]:  # type: ignore[union-attr]
        return words
    return (hedge or None) if is_plain and read.best is not None else words  # type: ignore[union-attr]


def _measure(row: Mapping[str, object]) -> Measure | None:
    return next((one for one in Measure if one == row.get("measure")), None)


def _validated(row: dict[str, object], faults: dict[str, str]) -> Claim | None:
    """Validate a row as one of a file is; what is wrong goes to the faults of its cells, the first of each."""
    for problem in unfit(1, {name: cell for name, cell in row.items() if isinstance(cell, str)}):
        faults.setdefault(problem.column or "summary", f"{problem.reason}; {problem.fix}")
    if len(str(row.get("summary", ""))) > LETTERS:
        faults.setdefault("summary", f"longer than {LETTERS} letters; say it in one sentence")
    if row.get("question") and not row.get("answer"):
        faults.setdefault("answer", "a question needs an answer, in a few words")
    try:
        return Claim.model_validate({name: cell for name, cell in row.items() if cell is not None})
    except ValidationError as refused:
        for error in refused.errors(include_url=False):
            problem = problem_of(1, error, row)
            words = "needed" if error["type"] == "missing" else f"{problem.reason}; {problem.fix}"
            faults.setdefault(problem.column or "summary", words)
    return None


def _told(why: Unreadable) -> str:
    return f"{why.reason}; {why.fix}"
