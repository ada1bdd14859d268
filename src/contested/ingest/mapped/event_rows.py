"""Rows that tell of one event each, by one account or by several; or one row a victim, counted by a code."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from contested.ingest.cells.number import Count
from contested.ingest.mapped.figures import figure_claim, figure_claims
from contested.ingest.mapped.mapped_row import MappedRow
from contested.ingest.mapped.shared_fields import claim_id_of, summary_of
from contested.ingest.mapped.times import event_time
from contested.ingest.mapping import MILESTONES
from contested.ingest.row import Row, name
from contested.model.vocabulary import UNIT_KINDS, Kind, Measure, TimeBasis
from contested.model.wording import counted


def event_claims(row: MappedRow, about: dict[str, Any]) -> Iterator[Row]:
    """Make a claim for each account that a row lets speak, and one for each figure."""
    line, of_event = row.line, counted_rows(row, about)
    for title, one in row.held("count"):
        if (code := row.text(title)) and code not in one.meanings:
            reason, fix = "stands for no figure: its row is not counted", "say what the code means, if it counts"
            row.noticed.append(line.notice("W-COUNT", name(title), reason, fix))
    if of_event is not None and line.number != of_event.first:
        return
    _refuse_open_code(row)
    about = about | event_time(row, about["zone"]) | _kind(row, about)
    if about["kind"] in UNIT_KINDS and any("end" in one.meanings.values() for _, one in row.held("kind")):
        about = {"stated_at": about.get("began_latest"), **about, "time_basis": TimeBasis.LOGGED}
    if about["kind"] == Kind.OTHER and row.cell("kind") and about.get("subkind") == row.cell("kind"):
        reason = "no kind of ours: kept as it is, counted as other"
        row.noticed.append(line.notice("W-TYPE", row.columns["kind"], reason, "nothing"))
    told = [(one.account or "", row.text(title)) for title, one in row.held("statement")]
    if "summary" in row.columns or "summary" in about or not told:
        told.append((about.get("account", ""), summary_of(row, about)))
    for account, words in told:
        if words and account:
            yield about | {"account": account, "summary": words, "claim_id": claim_id_of(row, account)}
    yield from figure_claims(row, about)
    for measure, number in (of_event.figures if of_event else {}).items():
        yield figure_claim(row, about, Measure(measure), Count(best=number, words=counted(number, "row")))


def _refuse_open_code(row: MappedRow) -> None:
    """Refuse a row whose code nobody has given a meaning yet."""
    for title, one in row.held("kind"):
        if one.meanings.get(code := row.text(title)) == "":
            fix = f"say in the mapping which it is: {', '.join(MILESTONES)}, or other"
            raise row.line.refused("E-CODE", name(title), f"nobody has said what {code} means", fix)


def _kind(row: MappedRow, about: Mapping[str, Any]) -> dict[str, str]:
    """Give the kind of a row, or `other` with the publisher's own word; a milestone is told as it is stamped."""
    written = str(about.get("kind") or Kind.OTHER)
    said = written.casefold()
    if said not in set(Kind):
        return {"kind": Kind.OTHER, "subkind": written}
    unit = row.cell("responding_unit")
    return {"kind": said} | ({"subkind": unit} if unit and said in UNIT_KINDS else {})


class CountedRows(NamedTuple):
    """Rows of one event that are counted by a code: the first of them, and how many of each measure."""

    first: int
    figures: Mapping[str, int]


def counted_rows(row: MappedRow, about: Mapping[str, Any]) -> CountedRows | None:
    """Give the count of the rows of an event; nothing where the table counts none."""
    if not any(row.held("count")):
        return None
    found: CountedRows | None = row.line.given.learnt.get("counted", {}).get(about["event_id"])
    return found
