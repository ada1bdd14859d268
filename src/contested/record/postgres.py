"""PostgreSQL: the record of several machines, written by one of them at a time."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from contested.model.problem import UnusableRecordError
from contested.record.entry import Entry
from contested.record.piece import Work

_TABLES = {
    "entry": """
        seq bigint primary key, story text not null, act text not null, claim_id text not null, body text not null,
        who text not null, why text not null, recorded_at text not null, key text unique,
        body_hash text not null, prev_hash text not null unique, hash text not null unique""",
    "revision": """
        story text not null, claim_id text not null, rev bigint not null, seq bigint not null, act text not null,
        primary key (story, claim_id, rev)""",
    "document": """
        sha256 text not null, number bigint not null, bytes bytea not null, primary key (sha256, number)""",
}
_REFUSE = """
create function refuse() returns trigger language plpgsql as
$$ begin raise exception 'the record is append-only'; end $$
"""
_TURN = 7_267_073
"""The number of the lock that a writer holds; any number, always the same."""


class Server:
    """One record in the schema `contested` of a database."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._turn, self._glance = threading.Lock(), threading.Lock()
        self._open: dict[str, psycopg.Connection[tuple[Any, ...]]] = {}

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 what SQL takes
        """Read."""
        with self._glance, _told():
            return _run(self._connection("reader"), sql, values)

    @contextmanager
    def writing(self) -> Iterator["Server"]:
        """Write all of it or nothing; whoever comes next waits, on whichever machine."""
        with self._turn, _told(), self._connection("writer").transaction():
            self.run(f"select pg_advisory_xact_lock({_TURN})::text")
            yield self

    def together(self, work: Work) -> Entry:
        """Do a small piece of writing; that the disk is waited for together is the server's own to see to."""
        with self.writing() as writing:
            return work(writing)

    def run(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 what SQL takes
        """Do something within the writing."""
        return _run(self._connection("writer"), sql, values)

    def insert(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add rows within the writing."""
        with self._connection("writer").cursor() as cursor, cursor.copy(f"copy {table} from stdin") as copy:
            for row in rows:
                copy.write_row(row)

    def damage(self) -> list[str]:
        """Say what is wrong with the tables themselves."""
        rules = "select tgrelid::regclass::text from pg_trigger where tgname = 'append_only' and tgenabled = 'O'"
        kept = {name.rpartition(".")[2] for (name,) in self.rows(rules)}
        return [f"its rules were changed: {table} can be overwritten" for table in sorted(set(_TABLES) - kept)]

    def close(self) -> None:
        """Let go of the server."""
        for connection in self._open.values():
            connection.close()
        self._open = {}

    def make(self) -> None:
        """Lay out an empty record, unless there is one."""
        with self.writing():
            self.run("create schema if not exists contested")
            if self.run("select 1 from pg_tables where schemaname = 'contested'"):
                return
            self.run(_REFUSE)
            for table, columns in _TABLES.items():
                self.run(f"create table {table} ({columns})")
                when = "before update or delete or truncate"
                self.run(f"create trigger append_only {when} on {table} for each statement execute function refuse()")

    def _connection(self, role: str) -> psycopg.Connection[tuple[Any, ...]]:
        if role not in self._open or self._open[role].closed:
            options = "-c search_path=contested"
            self._open[role] = psycopg.connect(self._address, autocommit=True, options=options, connect_timeout=10)
        return self._open[role]


def connect(where: str, create: bool) -> Server:  # noqa: FBT001 the contract of `ADAPTERS`
    """Open the record of a server."""
    server = Server(where)
    if create:
        server.make()
    if not server.rows("select 1 from pg_tables where schemaname = 'contested' and tablename = 'entry'"):
        server.close()
        message = "there is no record in this database"
        raise UnusableRecordError(message)
    return server


def _run(connection: psycopg.Connection[tuple[Any, ...]], sql: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("?", "%s").encode(), values or None)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        message = f"the record: {str(error).strip()}"
        raise UnusableRecordError(message) from error
