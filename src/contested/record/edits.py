"""Single edits: state, correct or withdraw one claim of a record, with who and why."""

import json
from datetime import datetime
from typing import Any, NamedTuple

from contested.model.claim import Claim
from contested.model.problem import ConflictError
from contested.model.vocabulary import Status
from contested.record.entry import Act, Draft, Entry, canonical_json
from contested.record.log import Record
from contested.record.revisions import revision


class ChangeNote(NamedTuple):
    """Who makes a change and why, as it is kept with the entry."""

    who: str
    why: str
    key: str | None = None
    """Idempotency key: the same request sent twice is recorded once."""


def state(record: Record, story: str, claim: Claim, note: ChangeNote) -> Entry:
    """Append a new claim."""
    return record.append(_draft(story, Act.STATED, claim, note), 0)


def correct(record: Record, story: str, claim: Claim, note: ChangeNote, base: int) -> Entry:
    """Append a corrected version of a claim; raises `ConflictError` unless `base` is its newest revision."""
    return record.append(_draft(story, Act.CORRECTED, claim, note), base)


def withdraw(  # noqa: PLR0913, PLR0917 what a withdrawal consists of
    record: Record, story: str, claim_id: str, note: ChangeNote, base: int, withdrawn_at: datetime | None = None
) -> Entry:
    """Append the withdrawal of a claim, which stays readable; raises `ConflictError` unless `base` is its newest.

    By `withdrawn_at` the account itself had taken it back, where that is known.
    """
    seen = next((one for one in record.revisions(story, claim_id) if one.rev == base), None)
    if seen is None:
        message = f"{claim_id} has no revision {base} in {story}"
        raise ConflictError(message)
    withdrawn = revision(record, seen).model_copy(update={"status": Status.WITHDRAWN, "withdrawn_at": withdrawn_at})
    return record.append(_draft(story, Act.WITHDRAWN, withdrawn, note), base)


def claim_json(claim: Claim) -> str:
    """Serialize a claim as the body of an entry, without `recorded_at`, which is the entry's."""
    return canonical_json(_plain(claim))


def _plain(claim: Claim) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(claim.model_dump_json(exclude={"recorded_at"}))
    return plain


def _draft(story: str, act: Act, claim: Claim, note: ChangeNote) -> Draft:
    return Draft(story, act, claim.claim_id, claim_json(claim), note.who, note.why, note.key)
