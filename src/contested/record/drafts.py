"""Drafts: what an editor has typed and not published, beside the record, and never in its chain.

A draft belongs to one person. Nothing but the form of that person reads it: no answer, export, feed or hash.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from contested.model.problem import UnusableRecordError
from contested.record.beside import keep, open_beside

MOST = 1 << 17
"""Letters of a draft; more is no claim."""


class Draft(NamedTuple):
    """One claim as it was typed: the words of each cell, and the revision that was in view."""

    claim_id: str
    cells: Mapping[str, str]
    base: int
    """The revision that is corrected; 0 for a claim that is new."""
    kept_at: datetime


class Drafts:
    """The drafts of everybody who writes to a record; each call names whose."""

    def __init__(self, where: str | Path) -> None:
        self._beside = open_beside(where, "drafts")

    def keep(self, who: str, story: str, claim_id: str, cells: Mapping[str, str], base: int) -> datetime:
        """Keep what was typed, at once; what was kept before under the same claim is replaced."""
        now, words = datetime.now(UTC), json.dumps(dict(cells), ensure_ascii=False)
        if len(words) > MOST:
            message = f"a draft of more than {MOST:,} letters is not kept; shorten it"
            raise UnusableRecordError(message)
        keep(self._beside, "drafts", who, story, claim_id, words, base, now.isoformat())
        return now

    def of(self, who: str, story: str, claim_id: str) -> Draft | None:
        """Give the draft of a claim, if this person has one."""
        return next((one for one in self.every(who, story) if one.claim_id == claim_id), None)

    def every(self, who: str, story: str) -> list[Draft]:
        """List the drafts of a person in a story, the latest first."""
        sql = "select claim_id, cells, base, kept_at from draft where who = ? and story = ? order by kept_at desc"
        return [
            Draft(claim_id, json.loads(cells), base, datetime.fromisoformat(kept_at))
            for claim_id, cells, base, kept_at in self._beside.execute(sql, who, story)
        ]

    def drop(self, who: str, story: str, claim_id: str) -> None:
        """Let go of a draft, once it is published or thrown away."""
        self._beside.execute("delete from draft where who = ? and story = ? and claim_id = ?", who, story, claim_id)

    def close(self) -> None:
        """Close what they are kept in."""
        self._beside.close()
