"""Drafts: what an editor has typed and not published, in a file of its own beside the record, and never in its chain.

A draft belongs to one person. Nothing but the form of that person reads it: no answer, export, feed or hash.
"""

import json
import sqlite3
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from contested.model.problem import UnusableRecordError

_TABLE = """create table if not exists draft (
    who text not null, story text not null, claim_id text not null, cells text not null, base integer not null,
    kept_at text not null, primary key (who, story, claim_id)) strict, without rowid"""
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

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        try:
            self._file = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
            self._file.execute("pragma journal_mode = wal")
            self._file.execute("pragma synchronous = full")
            self._file.execute(_TABLE)
        except sqlite3.Error as error:
            message = f"drafts cannot be kept in {path.name}: {error}"
            raise UnusableRecordError(message) from error

    def keep(self, who: str, story: str, claim_id: str, cells: Mapping[str, str], base: int) -> datetime:
        """Keep what was typed, at once; what was kept before under the same claim is replaced."""
        now, words = datetime.now(UTC), json.dumps(dict(cells), ensure_ascii=False)
        if len(words) > MOST:
            message = f"a draft of more than {MOST:,} letters is not kept; shorten it"
            raise UnusableRecordError(message)
        row = (who, story, claim_id, words, base, now.isoformat())
        self._execute("insert or replace into draft values (?, ?, ?, ?, ?, ?)", *row)
        return now

    def of(self, who: str, story: str, claim_id: str) -> Draft | None:
        """Give the draft of a claim, if this person has one."""
        return next((one for one in self.every(who, story) if one.claim_id == claim_id), None)

    def every(self, who: str, story: str) -> list[Draft]:
        """List the drafts of a person in a story, the latest first."""
        sql = "select claim_id, cells, base, kept_at from draft where who = ? and story = ? order by kept_at desc"
        return [
            Draft(claim_id, json.loads(cells), base, datetime.fromisoformat(kept_at))
            for claim_id, cells, base, kept_at in self._execute(sql, who, story)
        ]

    def drop(self, who: str, story: str, claim_id: str) -> None:
        """Let go of a draft, once it is published or thrown away."""
        self._execute("delete from draft where who = ? and story = ? and claim_id = ?", who, story, claim_id)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _execute(self, sql: str, *parameters: str | int) -> list[tuple[str, str, int, str]]:
        with self._lock:
            try:
                return self._file.execute(sql, parameters).fetchall()
            except sqlite3.Error as error:
                message = f"the draft could not be kept: {error}"
                raise UnusableRecordError(message) from error
