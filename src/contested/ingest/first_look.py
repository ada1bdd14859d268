"""The first rows of a table as a mapping reads them: what is open, what should be looked at, and which rows show it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from contested.ingest.cells.date import DateOrder, First
from contested.ingest.column_sample import ColumnSample, cell_text
from contested.ingest.mapped.codebook import codebook
from contested.ingest.mapping import EMPTY, MILESTONES, ColumnMapping
from contested.ingest.options import Given
from contested.ingest.row import Row
from contested.model.problem import Problem
from contested.model.vocabulary import TimeBasis
from contested.model.wording import counted

SHOWN = 3
_MIDNIGHTS = (" 00:00", " 00:00:00", "T00:00", "T00:00:00", " 00:00:00.000")
_OFFSET = re.compile(r"\d[-/. ]\d.*\d:\d.*\d ?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)$")
_TIMES = {"when", "until", "time", "until_time", "stated_at", *MILESTONES}
_OPEN = {"E-TZ-NONE", "E-DATE-AMBIGUOUS", "E-NUM-SEPARATOR", "E-CODE", "E-DATE-SERIAL"}
"""What a person has to say before a table can be read."""


class FirstLook(NamedTuple):
    """What the first rows of a table make, by their numbers, and what the table as a whole shows."""

    claims: Mapping[int, Sequence[Mapping[str, Any]]]
    problems: Sequence[Problem]
    orders: Mapping[str, DateOrder]
    has_offsets: bool = False
    """Whether a time of the file names how far its clock is ahead of UTC."""

    def first(self, code: str) -> Problem | None:
        """Give the first problem of a kind."""
        return next((one for one in self.problems if one.code == code), None)

    def unanswered(self) -> dict[str, Problem]:
        """Give the first cell of each thing that has to be said before the table can be read."""
        return {code: one for code in sorted(_OPEN) if (one := self.first(code))}

    def assumes_utc(self) -> bool:
        """Say whether a day was read without a zone."""
        return any(one.get("time_basis") == TimeBasis.ASSUMED for made in self.claims.values() for one in made)

    def settled_date_order(self) -> tuple[First, int, str] | None:
        """Name what comes first in the dates, and the row and the cell that settle it, if one does."""
        for order in self.orders.values():
            others: list[First] = ["month" if order.first == "day" else "day"]
            if order.first and (cells := [order.excluded[one] for one in others if one in order.excluded]):
                return order.first, *cells[0]
        return None

    def example_rows(self) -> list[int]:
        """Choose rows to show as examples: one for each kind of problem, then the first ones."""
        doubts: dict[str, int] = {}
        for one in self.problems:
            if one.row is not None and one.row in self.claims:
                doubts.setdefault(one.code, one.row)
        return sorted(list(dict.fromkeys([*doubts.values(), *self.claims]))[:SHOWN])


def first_look(mapping: ColumnMapping, rows: Sequence[Row], given: Given) -> FirstLook:
    """Read the first rows of a table as a mapping says."""
    book = codebook(mapping)
    numbered = list(enumerate(rows, start=2))
    learnt = book.survey(numbered)
    claims: dict[int, list[Mapping[str, Any]]] = {}
    problems: list[Problem] = []
    for number, row in numbered:
        made = list(book.to_claims(number, row, given._replace(learnt=learnt)))
        claims[number] = [one for one in made if not isinstance(one, Problem)]
        problems += [one for one in made if isinstance(one, Problem)]
    times = [title for title, one in mapping.columns.items() if one.holds in _TIMES]
    has_offsets = any(_OFFSET.search(cell_text(row.get(column))) for row in rows for column in times)
    return FirstLook(claims, problems, learnt.get("orders", {}), has_offsets)


def what_a_row_is(mapping: ColumnMapping, rows: Sequence[Row]) -> tuple[str, str]:
    """Say what one row tells of, and by which count it is known."""
    events = _distinct(mapping, "event_id", rows)
    units = _distinct(mapping, "responding_unit", rows)
    some = f"{len(events):,} in the first {counted(len(rows), 'row')}"
    if any(one.holds == "count" for one in mapping.columns.values()):
        return "one victim", f"{some} events" if events else ""
    if any(one.holds == "kind" and one.meanings for one in mapping.columns.values()):
        return "one status of a unit" if units else "one status of a call", f"{some}, each with several rows"
    if mapping.is_log():
        is_unit = bool(units) and len(events) < len(rows)
        return "one unit sent to a call" if is_unit else "one call", f"{some}"
    statements = [one for one in mapping.columns.values() if one.holds == "statement"]
    return "one event" + (f", as {counted(len(statements), 'account')} tell it" * bool(statements)), ""


def _distinct(mapping: ColumnMapping, holds: str, rows: Sequence[Row]) -> set[str]:
    columns = [title for title, one in mapping.columns.items() if one.holds == holds]
    return {cell for row in rows for column in columns if (cell := cell_text(row.get(column)))}


def log_checks(mapping: ColumnMapping, rows: Sequence[Row], look: FirstLook) -> Iterator[tuple[bool, str]]:
    """Check the stamps of a log: of each check whether a person should look, and what was found."""
    many = f"the first {counted(len(rows), 'row')}"
    placeholders = sum(one.code == "W-TIME-PLACEHOLDER" for one in look.problems)
    yield (
        bool(placeholders),
        f"{counted(placeholders, 'stamp')} of 1900, 1970 or the like in {many}: left out"
        if placeholders
        else f"No stamp of 1900 or 1970 in {many}",
    )
    stamps = [title for title, one in mapping.columns.items() if one.holds in MILESTONES and not one.since]
    midnights = sum(cell_text(row.get(column)).endswith(_MIDNIGHTS) for row in rows for column in stamps)
    yield (
        midnights > 1,
        f"{counted(midnights, 'stamp')} at exactly midnight" if midnights else "No stamp at exactly midnight",
    )
    told = [{str(one["kind"]): one.get("began_latest") for one in made} for made in look.claims.values() if made]
    arrivals = [title for title, one in mapping.columns.items() if one.holds == "arrival"]
    if arrivals and told:
        missing = sum("arrival" not in one for one in told)
        yield missing > 0, f"{missing} of {counted(len(told), 'row')} have no arrival: counted as not reached"
        early = sum(_is_before(one.get("arrival"), one.get("call")) for one in told)
        where = f"A unit arrives before the call in {counted(early, 'row')}"
        yield early > 0, where if early else "No unit arrives before the call"


def _is_before(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and one < other


def samples(one: ColumnSample, most: int = SHOWN) -> list[str]:
    """Choose the cells of a column that differ most: of each shape the first, then the next ones."""
    shapes: dict[str, str] = {}
    for cell in one.cells:
        shapes.setdefault(
            "".join("9" if letter.isdigit() else "a" if letter.isalpha() else letter for letter in cell), cell
        )
    return list(dict.fromkeys([*shapes.values(), *one.cells]))[:most]


def filled_share(column: str, rows: Iterable[Row]) -> float:
    """Return the share of the rows in which a column holds anything."""
    cells = [cell_text(row.get(column)).casefold() not in EMPTY for row in rows]
    return sum(cells) / len(cells) if cells else 0.0
