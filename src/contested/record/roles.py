"""Roles: who may read, edit and publish a story, in a file of its own beside the record, asked at each write.

Whoever is not named is a viewer. A person is known by what the log-in calls them, or by an address it verified.
The file also keeps up to which log-in each person has signed out, for a cookie that is sent again.
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
_ENDED = "create table if not exists ended (person text primary key, issued_at integer not null) strict, without rowid"


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
            self._file.execute(_ENDED)
        except sqlite3.Error as error:
            message = f"roles cannot be read from {path.name}: {error}"
            raise UnusableRecordError(message) from error

    def of(self, *names: str) -> Role:
        """Give the role of a person as it is now, by the first name that has one; a word that is no role gives none."""
        found = [row for name in names for row in self._execute("select role from role where person = ?", name)]
        return next((one for one in Role if found and one == found[0][0]), Role.VIEWER)

    def give(self, person: str, role: Role, by: str) -> None:
        """Give a person a role; that of a viewer takes every right away."""
        row = (person, str(role), by, datetime.now(UTC).isoformat())
        self._execute("insert or replace into role values (?, ?, ?, ?)", *row)

    def every(self) -> list[Given]:
        """List whom a role was given to."""
        rows = self._execute("select person, role, given_by, given_at from role order by person")
        return [Given(person, Role(role), by, datetime.fromisoformat(at)) for person, role, by, at in rows]

    def end(self, person: str, issued_at: int) -> None:
        """End every log-in of a person up to the one that was issued then."""
        keep = "on conflict (person) do update set issued_at = max(issued_at, excluded.issued_at)"
        self._execute(f"insert into ended values (?, ?) {keep}", person, issued_at)

    def has_ended(self, person: str, issued_at: int) -> bool:
        """Say whether a person has signed out of a log-in that was issued then, or of a later one."""
        return bool(self._execute("select 1 from ended where person = ? and issued_at >= ?", person, issued_at))

    def copy_to(self, other: "Roles") -> int:
        """Give others the same roles, but where one was given later there; end the same log-ins. Count the roles."""
        given = self.every()
        for one in given:
            other.keep(one)
        for person, issued_at in self._execute("select person, issued_at from ended"):
            other.end(person, int(issued_at))
        return len(given)

    def keep(self, one: Given) -> None:
        """Keep a role as it was given, unless another was given to the person later."""
        changed = ", ".join(f"{name} = excluded.{name}" for name in ("role", "given_by", "given_at"))
        later = f"on conflict (person) do update set {changed} where role.given_at < excluded.given_at"
        row = (one.person, str(one.role), one.given_by, one.given_at.isoformat())
        self._execute(f"insert into role values (?, ?, ?, ?) {later}", *row)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _execute(self, sql: str, *parameters: str | int) -> list[tuple[str, ...]]:
        with self._lock:
            try:
                return self._file.execute(sql, parameters).fetchall()
            except sqlite3.Error as error:
                message = f"the roles cannot be read: {error}"
                raise UnusableRecordError(message) from error
