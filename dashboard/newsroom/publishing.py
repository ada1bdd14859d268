"""Publishing: what a form still lacks beside the words of its cells, and the entry that is made of it."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

import claims
from contested.model.claim import Claim
from contested.model.corrections import changed, outdated, refuse_old_words
from contested.model.references import dangling
from contested.model.side_tables import Account, Event, Place, Row, Source
from contested.record.edits import ChangeNote, correct, state
from contested.record.entry import Entry
from contested.record.naming import name
from newsroom.desk import Desk
from newsroom.draft_form import Form

LONGEST = 300
STANDS = "stands-"
"""What the cells begin with in which an editor says that words are right as they stand."""


def faults(desk: Desk, claim: Claim, cells: Mapping[str, str]) -> dict[str, str]:
    """Name what keeps a claim from being published though each of its cells can be read."""
    others = {key: one.account for key, one in claims.store().claims(_related(claim)).items()}
    found: dict[str, str] = {}
    for problem in dangling([(1, claim)], {}, others):
        found.setdefault(problem.column or "claim_id", f"{problem.value}: {problem.reason}; {problem.fix}")
    for field in _TABLES:
        value = getattr(claim, field)
        if value and value not in desk.names(field) and len(value) > LONGEST:
            found[field] = f"longer than {LONGEST} letters; shorten the name"
    try:
        new_rows(desk, claim, cells)
    except ValidationError as refused:
        error = refused.errors(include_url=False)[0]
        found[f"source_{error['loc'][0]}"] = (
            "needed of a new source"
            if error["type"] != "string_pattern_mismatch"
            else "not an address; write it like https://example.org/page"
        )
    return found


def has_reason(cells: Mapping[str, str]) -> bool:
    """Say whether a reason is given that is more than a word or two."""
    return len(cells.get("why", "").split()) >= _LEAST_WORDS


_LEAST_WORDS = 3


def _related(claim: Claim) -> set[str]:
    return {*claim.supersedes, *claim.corrects, *claim.part_of, *claim.same_origin}


def new_rows(desk: Desk, claim: Claim, cells: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
    """Make the rows of accounts, sources, events and places that only this claim names."""
    found = {}
    for field, (table, made) in _TABLES.items():
        value = getattr(claim, field)
        if value is not None and value not in desk.names(field):
            found[table] = [made(value, cells).model_dump(mode="json")]
    return found


def _source(title: str, cells: Mapping[str, str]) -> Row:
    told = {"publisher": cells.get("source_publisher", ""), "url": cells.get("source_url", "")}
    return Source.model_validate({"source_id": title, "title": title} | told)


_TABLES: Mapping[str, tuple[str, Any]] = {
    "account": ("accounts", lambda value, _: Account(account=value, label=value)),
    "source_id": ("sources", _source),
    "event_id": ("events", lambda value, _: Event(event_id=value, label=value)),
    "place": ("places", lambda value, _: Place(place=value, label=value)),
}
"""Field → the table that names it, and how a row of it is made."""


def publish(form: Form, claim: Claim) -> Entry:
    """Append a new claim, after the names that it is the first to use; its draft goes once it is kept.

    The names that only a claim names which is held back come after it, so that readers never see them alone.
    """
    if not (is_held_back := claim.is_held_back(datetime.now(UTC))):
        _name(form, claim)
    entry = state(form.desk.writing(), form.desk.name, claim, form.desk.note("", form.claim_id))
    if is_held_back:
        _name(form, claim)
    form.drop()
    claims.move_to_newest()
    return entry


def old_words(before: Claim, after: Claim, cells: Mapping[str, str], zone: str) -> dict[str, str]:
    """Name the fields that still say what the correction has changed, and of which nobody says that they stand."""
    return outdated(before, after, _given(before, after, cells), zone)


def _given(before: Claim, after: Claim, cells: Mapping[str, str]) -> Collection[str]:
    return {*changed(before, after), *(key.removeprefix(STANDS) for key in cells if key.startswith(STANDS))}


def publish_correction(form: Form, before: Claim, claim: Claim, base: int, why: str) -> Entry:
    """Append a corrected claim, which stands again if it was withdrawn; after a conflict its draft is there."""
    refuse_old_words(before, claim, _given(before, claim, form.cells), form.desk.zone)
    _name(form, claim)
    entry = correct(form.desk.writing(), form.desk.name, claim, form.desk.note(why, form.claim_id, base), base)
    form.drop()
    claims.move_to_newest()
    return entry


def _name(form: Form, claim: Claim) -> None:
    if rows := new_rows(form.desk, claim, form.cells):
        name(form.desk.writing(), form.desk.name, rows, ChangeNote(form.desk.who, f"named by {form.claim_id}"))
