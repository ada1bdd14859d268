"""Edits: what a person states, corrects and withdraws, one claim at a time, always saying who and why."""

import json
from typing import Any, NamedTuple

from contested.model.claim import Claim
from contested.model.problem import ConflictError
from contested.model.vocabulary import Status
from contested.record.entry import Act, Entry, Said, written
from contested.record.log import Record
from contested.record.revisions import revision


class Hand(NamedTuple):
    """Who edits, and why; with a word of their own by which the same request sent twice is known."""

    who: str
    why: str
    key: str | None = None


def state(record: Record, story: str, claim: Claim, hand: Hand) -> Entry:
    """Record a claim that is new."""
    return record.add(_said(story, Act.STATED, claim, hand), 0)


def correct(record: Record, story: str, claim: Claim, hand: Hand, base: int) -> Entry:
    """Record that a claim reads otherwise than in the revision in view."""
    return record.add(_said(story, Act.CORRECTED, claim, hand), base)


def withdraw(record: Record, story: str, claim_id: str, hand: Hand, base: int) -> Entry:
    """Record that a claim, as it reads in the revision in view, is no longer stood by; it stays where it is."""
    seen = next((one for one in record.revisions(story, claim_id) if one.rev == base), None)
    if seen is None:
        message = f"{claim_id} has no revision {base} in {story}"
        raise ConflictError(message)
    withdrawn = revision(record, seen).model_copy(update={"status": Status.WITHDRAWN})
    return record.add(_said(story, Act.WITHDRAWN, withdrawn, hand), base)


def body_of(claim: Claim) -> str:
    """Write a claim as the record keeps it; when it was recorded is the entry's to say."""
    return written(_plain(claim))


def _plain(claim: Claim) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(claim.model_dump_json(exclude={"recorded_at"}))
    return plain


def _said(story: str, act: Act, claim: Claim, hand: Hand) -> Said:
    return Said(story, act, claim.claim_id, body_of(claim), hand.who, hand.why, hand.key)
