"""The figures of a row, each with its bounds, read as its whole column is written."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from contested.ingest.cells.column_format import separators_of
from contested.ingest.cells.number import Count, read_count
from contested.ingest.cells.totals import is_running_total
from contested.ingest.cells.unreadable import Unreadable
from contested.ingest.mapped.mapped_row import MappedRow
from contested.ingest.mapped.shared_fields import claim_id_of, summary_of
from contested.ingest.row import Row, name
from contested.model.vocabulary import Kind, Measure

_OF_PEOPLE = {
    *(Measure.KILLED, Measure.INJURED, Measure.DISPLACED, Measure.RETURNED, Measure.PARTICIPANTS, Measure.DETAINED),
    Measure.PEOPLE,
}


def figure_claims(row: MappedRow, about: Mapping[str, Any]) -> Iterator[Row]:
    """Make a claim for each measure of which an account states a figure or a bound in a row."""
    for measure, account in product(Measure, _accounts(row)):
        columns = {end: _column(row, f"{measure}{end}", account) for end in ("", "_low", "_high")}
        told = _column(row, f"{measure}_words", account)
        read = {end: _read_count(row, column) for end, column in columns.items() if column and row.text(column)}
        if not read:
            continue
        for end, count in read.items():
            if count.notation != "digits":
                reason, fix = f"read as {count.rule}", "confirm it, or write digits"
                row.noticed.append(row.line.notice("W-NUM-VAGUE", columns[end] or "", reason, fix))
        if known := {end: count for end, count in read.items() if count.rule != "unknown"}:
            count = _joined(row, known, columns)
            count = count._replace(words=(row.text(told) if told else "") or count.words)
            yield figure_claim(row, {**about, "account": account or about["account"]}, measure, count)


def _accounts(row: MappedRow) -> list[str | None]:
    """Name the accounts whose figures have columns of their own, after the one of the row."""
    own = (one.account for one in row.mapping.columns.values() if one.holds != "statement" and one.account)
    return [None, *dict.fromkeys(own)]


def _column(row: MappedRow, field: str, account: str | None) -> str | None:
    """Name the column of an account's figure or bound."""
    return next((name(title) for title, one in row.held(field) if one.account == account), None)


def _joined(row: MappedRow, read: Mapping[str, Count], columns: Mapping[str, str | None]) -> Count:
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
        raise row.line.refused("E-NUM-ORDER", column, "the bounds are not in order", "low <= best <= high")
    return made


def _read_count(row: MappedRow, column: str) -> Count:
    """Read a figure as the whole column is written; what is vague only where a person said so."""
    given, text = row.line.given, row.text(column)
    count = read_count(text, column, separators_of(given, column))
    if isinstance(count, Count) and count.notation == "bare" and not given.vague and count.advice:
        count = count.advice
    if isinstance(count, Unreadable):
        raise row.line.refused(count.code, column, count.reason, count.fix)
    return count


def figure_claim(row: MappedRow, about: Mapping[str, Any], measure: Measure, count: Count) -> dict[str, Any]:
    """Make the claim of one figure."""
    label = measure.replace("_", " ").capitalize()
    said = (
        summary_of(row, about) if "summary" in row.columns or "summary" in about else count.words or _in_digits(count)
    )
    return {
        **about,
        "claim_id": claim_id_of(row, about["account"], measure),
        "kind": Kind.CASUALTIES,
        "subkind": None,
        "summary": f"{label}: {said}",
        "measure": measure,
        "scope": about.get("scope") or ("cumulative" if _is_running(row, measure) else None),
        "low": count.low,
        "best": count.best,
        "high": count.high,
        "figure_words": count.words,
        "unit": "people" if measure in _OF_PEOPLE else None,
    }


def _in_digits(count: Count) -> str:
    """Write a figure of which only the bounds may be told."""
    low, best, high = count.low, count.best, count.high
    if best is not None:
        return str(best)
    if low is None or high is None:
        return f"{low} or more" if high is None else f"up to {high}"
    return str(low) if low == high else f"{low} to {high}"


def _is_running(row: MappedRow, measure: Measure) -> bool:
    """Say whether the name of a figure's column shows that it counts all that happened until then."""
    return is_running_total(row.columns.get(measure, ""))
