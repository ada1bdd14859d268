"""Roles: who may read, edit and publish a story, in a file of its own beside the record, asked at each write.

Whoever is not named is a viewer. A person is known by what the log-in calls them, never by an address that may pass on.
"""

import sqlite3
import threading
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from contested.model.problem import UnusableRecordError

_TABLE = """create table if not exists role (
    person text primary key, role text not null, given_by text not null, given_at text not null
) strict, without rowid"""


class Role(StrEnum):
    """What a person may do, each more than the one before."""

    VIEWER = "viewer"
    """Reads what is published."""
    EDITOR = "editor"
    """Adds, corrects and withdraws claims."""
    PUBLISHER = "publisher"
    """Brings and undoes whole files, too."""

    def includes(self, other: "Role") -> bool:
        """Say whether who has this role may do what the other may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


class Given(NamedTuple):
    """A role as it was given."""

    person: str
    role: Role
    given_by: str
    given_at: datetime


class Roles:
    """The roles that were given to persons."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        try:
            self._file = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
            self._file.execute("pragma journal_mode = wal")
            self._file.execute(_TABLE)
        except sqlite3.Error as error:
            message = f"roles cannot be read from {path.name}: {error}"
            raise UnusableRecordError(message) from error

    def of(self, person: str) -> Role:
        """Give the role of a person as it is now; a word that is no role gives none."""
        found = self._execute("select role from role where person = ?", person)
        return next((one for one in Role if found and one == found[0][0]), Role.VIEWER)

    def give(self, person: str, role: Role, by: str) -> None:
        """Give a person a role; that of a viewer takes every right away."""
        row = (person, str(role), by, datetime.now(UTC).isoformat())
        self._execute("insert or replace into role values (?, ?, ?, ?)", *row)

    def every(self) -> list[Given]:
        """List whom a role was given to."""
        rows = self._execute("select person, role, given_by, given_at from role order by person")
        return [Given(person, Role(role), by, datetime.fromisoformat(at)) for person, role, by, at in rows]

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _execute(self, sql: str, *parameters: str) -> list[tuple[str, ...]]:
        with self._lock:
            try:
                return self._file.execute(sql, parameters).fetchall()
            except sqlite3.Error as error:
                message = f"the roles cannot be read: {error}"
                raise UnusableRecordError(message) from error
