"""The publication status of a record: draft, embargoed, published or withdrawn. What cannot be read stays in."""

from collections.abc import Mapping

from contested.ingest.cells.date import LIKE
from contested.ingest.sheet_cells.findings import Findings
from contested.ingest.sheet_cells.moment import Clock, extent
from contested.model.vocabulary import Status

STATUSES = ("draft", "embargoed", "published", "withdrawn")


def release(found: Findings, clock: Clock) -> Mapping[str, object]:
    """Read the status and the embargo."""
    status = found["status"].lower()
    if status not in STATUSES:
        reason = "not said whether it may be shown" if not status else "no such status"
        found.refuse("E-STATUS", "status", reason, f"choose one of {', '.join(STATUSES)}")
    until = _embargo(found, clock)
    if status == "embargoed" and not found["embargo_until"]:
        found.refuse(
            "E-EMBARGO", "embargo_until", "embargoed, but not until when; the record is kept out", f"write {LIKE}"
        )
    return {
        "status": Status.WITHDRAWN if status == "withdrawn" else Status.STANDING,
        "sensitive": status == "draft",
        "embargo_until": until,
    }


def _embargo(found: Findings, clock: Clock) -> object:
    """Read the end of an embargo; only one whole instant will do."""
    read = Findings(found.number, found.cells)
    until = extent(read, "embargo_until", clock)
    if read.refused() or until.earliest != until.latest:
        found.refuse("E-EMBARGO", "embargo_until", "not a time; the record is kept out", f"write it like {LIKE}")
    return until.latest
