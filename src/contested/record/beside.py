"""What lies beside a record and not in it: decks and their versions, drafts, links, rules and notices.

Beside a record in a file each kind is a file of its own; beside one in PostgreSQL each is a table in a schema of its
own, so that all machines that show the record share them. No entry of the record knows of them.
"""

import sqlite3
import threading
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from contested.model.problem import UnusableRecordError

Row = tuple[Any, ...]
SCHEMA = "contested_beside"


class Kind(NamedTuple):
    """A kind of thing that lies beside a record: its table, and its columns, of which so many tell one from another."""

    table: str
    columns: dict[str, str]
    keys: int
    copied: Mapping[str, str] = MappingProxyType({})
    """What a copy has in a column that is not copied as it is."""

    def made(self) -> str:
        """Write the statement that makes its table."""
        columns = ", ".join(f"{name} {words} not null" for name, words in self.columns.items())
        return f"create table if not exists {self.table} ({columns}, primary key ({', '.join(self._keys)}))"

    def kept(self) -> str:
        """Write the statement that keeps a thing, or replaces what has its keys."""
        changed = ", ".join(f"{name} = excluded.{name}" for name in list(self.columns)[self.keys :])
        values = f"insert into {self.table} values ({', '.join('?' * len(self.columns))})"
        return f"{values} on conflict ({', '.join(self._keys)}) do update set {changed}"

    @property
    def _keys(self) -> list[str]:
        return list(self.columns)[: self.keys]


_DRAFT = {"who": "text", "story": "text", "claim_id": "text", "cells": "text", "base": "integer", "kept_at": "text"}
_RULE = ("id", "who", "story", "about", "subject", "hook", "secret", "facts", "kept_at")
_NOTICE = dict.fromkeys(("id", "rule", "who", "story", "words", "claims", "hook", "state"), "text")
_NOT_SENT_TWICE = {"state": "case state when 'waiting' then 'told' else state end"}
"""A copy shows what was told; what waits to be sent is sent by the record that it waits beside, and by no copy."""
_NOTICE |= {"tries": "integer", "next_at": "text", "problem": "text", "seen": "integer", "kept_at": "text"}
KINDS = {
    "decks": Kind("deck", {"name": "text", "body": "text", "kept_at": "text"}, 1),
    "drafts": Kind("draft", _DRAFT, 3),
    "rules": Kind("rule", dict.fromkeys(_RULE, "text"), 1),
    "notices": Kind("notice", _NOTICE, 1, _NOT_SENT_TWICE),
    "links": Kind("link", {"code": "text", "address": "text", "kept_at": "text"}, 1),
    "versions": Kind("deck_version", {"name": "text", "kept_at": "text", "body": "text"}, 2),
}
"""Name → kind. `kept_at` says when it was kept, in UTC."""


class Beside(Protocol):
    """Where one kind of thing is kept."""

    def execute(self, sql: str, *parameters: str | int) -> list[Row]:
        """Execute a statement by itself, with `?` for its parameters, and return its rows."""

    def close(self) -> None:
        """Close it."""


def open_beside(where: str | Path, kind: str) -> Beside:
    """Open what is kept of a kind beside a record; it is made by the first thing that is kept."""
    return _Schema(str(where), KINDS[kind]) if "://" in str(where) else _File(Path(f"{where}.{kind}"), KINDS[kind])


def keep(beside: Beside, kind: str, *row: str | int) -> None:
    """Keep a thing; what was kept before under the same keys is replaced."""
    beside.execute(KINDS[kind].kept(), *row)


def carry_over(where: str | Path, to: str | Path) -> dict[str, int]:
    """Copy what lies beside one record to another, where what was kept later stays; count the things of each kind."""
    numbers = {}
    for name, kind in KINDS.items():
        with closing(open_beside(where, name)) as one, closing(open_beside(to, name)) as other:
            copied = ", ".join(kind.copied.get(column, column) for column in kind.columns)
            rows = one.execute(f"select {copied} from {kind.table}")
            for row in rows:
                other.execute(f"{kind.kept()} where {kind.table}.kept_at < excluded.kept_at", *row)
        numbers[name] = len(rows)
    return {name: number for name, number in numbers.items() if number}


class _File:
    """A file of SQLite."""

    def __init__(self, path: Path, kind: Kind) -> None:
        self._path, self._kind, self._lock = path, kind, threading.Lock()
        self._file: sqlite3.Connection | None = None

    def execute(self, sql: str, *parameters: str | int) -> list[Row]:
        with self._lock:
            try:
                if self._file is None and sql.startswith("select") and not self._path.is_file():
                    return []
                return self._opened().execute(sql, parameters).fetchall()
            except (sqlite3.Error, OSError) as error:
                message = f"what lies beside the record, {self._path.name}: {error}"
                raise UnusableRecordError(message) from error

    def _opened(self) -> sqlite3.Connection:
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(self._path, timeout=5, isolation_level=None, check_same_thread=False)
            self._file.execute("pragma journal_mode = wal")
            self._file.execute("pragma synchronous = full")
            self._file.execute(self._kind.made())
        return self._file

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


class _Schema:
    """A schema of a database of PostgreSQL."""

    def __init__(self, address: str, kind: Kind) -> None:
        self._address, self._kind, self._lock = address, kind, threading.Lock()
        self._connection: Any = None

    def execute(self, sql: str, *parameters: str | int) -> list[Row]:
        import psycopg  # noqa: PLC0415 slow to import, and few have a server

        with self._lock:
            try:
                with self._opened().cursor() as cursor:
                    cursor.execute(sql.replace("?", "%s").encode(), parameters or None)
                    return cursor.fetchall() if cursor.description else []
            except psycopg.Error as error:
                message = f"what lies beside the record: {str(error).strip()}"
                raise UnusableRecordError(message) from error

    def _opened(self) -> Any:  # noqa: ANN401 psycopg's own
        import psycopg  # noqa: PLC0415

        if self._connection is None or self._connection.closed:
            options = f"-c search_path={SCHEMA}"
            self._connection = psycopg.connect(self._address, autocommit=True, options=options, connect_timeout=10)
            self._connection.execute(f"create schema if not exists {SCHEMA}".encode())
            self._connection.execute(self._kind.made().encode())
        return self._connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
