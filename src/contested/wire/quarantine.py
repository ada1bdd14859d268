"""The quarantine: files that came in by themselves, kept whole beside the record until a person or a rule settles them.

A file is known by its SHA-256: whoever takes it first examines it, and nobody takes it twice.
"""

import json
import sqlite3
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from contested.model.problem import UnusableRecordError
from contested.record.entry import digest

_TABLES = """
create table if not exists arrival (
    sha256 text primary key, source text not null, name text not null, found_at text not null, content blob not null,
    given text not null, story text, state text not null, report text not null, settled_by text, entry integer
) strict;
create table if not exists source (
    address text primary key, etag text not null, modified text not null, looked_at text not null, problem text not null
) strict;
"""
_COLUMNS = "sha256, source, name, found_at, given, story, state, report, settled_by, entry"


class State(StrEnum):
    """What became of a file."""

    TAKEN = "taken"
    """It is kept and not examined yet."""
    WAITING = "waiting"
    """It was examined and waits for a person."""
    ACCEPTED = "accepted"
    """What it says is in the record."""
    NOTHING_NEW = "nothing new"
    """What it says was in the record already."""
    DISCARDED = "discarded"
    """A person wants none of it; its bytes stay."""


class Arrival(NamedTuple):
    """One file that came in."""

    sha256: str
    source: str
    """The folder or the address that it came from."""
    name: str
    found_at: datetime
    given: Mapping[str, Any]
    """How it is to be read: the options of the reader."""
    story: str | None
    state: State
    report: Mapping[str, Any]
    """What was found in it, as plain data; why it waits."""
    settled_by: str | None
    entry: int | None


class Look(NamedTuple):
    """What the last look at a source found: what a server says of its file, and what went wrong."""

    etag: str = ""
    modified: str = ""
    looked_at: datetime | None = None
    problem: str = ""


class Quarantine:
    """The files that came in for one record, and when each source was looked at."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        try:
            self._file = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
            self._file.execute("pragma journal_mode = wal")
            self._file.execute("pragma synchronous = full")
            self._file.executescript(_TABLES)
        except sqlite3.Error as error:
            message = f"what comes in cannot be kept in {path.name}: {error}"
            raise UnusableRecordError(message) from error

    def take(  # noqa: PLR0913 what is known of a file that came in
        self,
        source: str,
        name: str,
        content: bytes,
        given: Mapping[str, Any],
        story: str | None,
        *,
        again: bool = False,
    ) -> str | None:
        """Keep a file and give its hash; nothing where it was taken before.

        `again` takes one that came before and was replaced at its source since, as a newer state of it.
        """
        sha256, now = digest(content), datetime.now(UTC).isoformat()
        row = (sha256, source, name, now, content, json.dumps(given), story, State.TAKEN)
        if again:
            newest = "(select sha256 from arrival where source = ?2 order by found_at desc limit 1)"
            changed = f"update set found_at = excluded.found_at, state = excluded.state where ?1 <> {newest}"
        else:
            changed = "nothing"
        sql = f"""insert into arrival (sha256, source, name, found_at, content, given, story, state, report)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, '{{}}') on conflict (sha256) do {changed} returning sha256"""
        return sha256 if self._execute(sql, *row) else None

    def unexamined(self, source: str) -> list[Arrival]:
        """List the files of a source that were taken and not examined, also those of a watcher that was ended."""
        return self._listed("where source = ? and state = ? order by found_at", source, State.TAKEN)

    def waiting(self) -> list[Arrival]:
        """List the files that wait for a person, the latest first; so do those that nobody came to examine."""
        return self._listed("where state in (?, ?) order by found_at desc", State.WAITING, State.TAKEN)

    def settled(self, most: int) -> list[Arrival]:
        """List the files that were settled last."""
        return self._listed(f"where state not in (?, ?) order by found_at desc limit {int(most)}", "waiting", "taken")

    def one(self, sha256: str) -> Arrival | None:
        """Give the file of a hash, or of its beginning, if there is one."""
        found = self._listed("where substr(sha256, 1, length(?1)) = ?1 limit 2", sha256) if sha256 else []
        return found[0] if len(found) == 1 else None

    def content(self, sha256: str) -> bytes:
        """Read the bytes of a file as they came."""
        return bytes(self._execute("select content from arrival where sha256 = ?", sha256)[0][0])

    def waits(self, sha256: str, report: Mapping[str, Any]) -> None:
        """Say what was found in a file that waits for a person."""
        sql = "update arrival set state = ?, report = ? where sha256 = ? and state = ?"
        self._execute(sql, State.WAITING, json.dumps(report), sha256, State.TAKEN)

    def settle(self, sha256: str, state: State, by: str, entry: int | None = None) -> None:
        """Say what became of a file, by whom."""
        sql = "update arrival set state = ?, settled_by = ?, entry = ? where sha256 = ?"
        self._execute(sql, state, by, entry, sha256)

    def look(self, source: str) -> Look:
        """Give what the last look at a source found."""
        sql = "select etag, modified, looked_at, problem from source where address = ?"
        for etag, modified, looked_at, problem in self._execute(sql, source):
            return Look(etag, modified, datetime.fromisoformat(looked_at), problem)
        return Look()

    def looked(self, source: str, look: Look) -> None:
        """Keep what a look at a source found."""
        now = (look.looked_at or datetime.now(UTC)).isoformat()
        row = (source, look.etag, look.modified, now, look.problem)
        self._execute("insert or replace into source values (?, ?, ?, ?, ?)", *row)

    def sources(self) -> dict[str, Look]:
        """List every source that was looked at."""
        found = self._execute("select address from source order by address")
        return {address: self.look(address) for (address,) in found}

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _listed(self, which: str, *parameters: str) -> list[Arrival]:
        return [
            Arrival(
                sha256,
                source,
                name,
                datetime.fromisoformat(found_at),
                json.loads(given),
                story,
                State(state),
                json.loads(report),
                by,
                entry,
            )
            for sha256, source, name, found_at, given, story, state, report, by, entry in self._execute(
                f"select {_COLUMNS} from arrival {which}", *parameters
            )
        ]

    def _execute(self, sql: str, *parameters: str | bytes | int | None) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._file.execute(sql, parameters).fetchall()
            except sqlite3.Error as error:
                message = f"what comes in cannot be kept: {error}"
                raise UnusableRecordError(message) from error
