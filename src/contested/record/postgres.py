"""PostgreSQL adapter: a record for several machines, with one writer at a time."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from contested.model.problem import UnusableRecordError
from contested.record.entry import Entry
from contested.record.group_commit import Write

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
_LOCK_ID = 7_267_073
"""Advisory lock of the writer; any number, always the same."""


class PostgresDatabase:
    """A record in the schema `contested` of a database."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._write_lock, self._read_lock = threading.Lock(), threading.Lock()
        self._open: dict[str, psycopg.Connection[tuple[Any, ...]]] = {}

    def query(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 what SQL takes
        """Return the rows of a query."""
        with self._read_lock, _as_record_error():
            return _execute(self._connection("reader"), sql, parameters)

    @contextmanager
    def transaction(self) -> Iterator["PostgresDatabase"]:
        """Hold the write lock across all machines, and commit, or roll back on an error."""
        with self._write_lock, _as_record_error(), self._connection("writer").transaction():
            self.execute(f"select pg_advisory_xact_lock({_LOCK_ID})::text")
            yield self

    def group_commit(self, write: Write) -> Entry:
        """Execute a small write; PostgreSQL groups commits by itself."""
        with self.transaction() as transaction:
            return write(transaction)

    def execute(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 what SQL takes
        """Execute a statement within the transaction."""
        return _execute(self._connection("writer"), sql, parameters)

    def insert(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert rows within the transaction."""
        with self._connection("writer").cursor() as cursor, cursor.copy(f"copy {table} from stdin") as copy:
            for row in rows:
                copy.write_row(row)

    def damage(self) -> list[str]:
        """List the append-only triggers that are missing."""
        rules = "select tgrelid::regclass::text from pg_trigger where tgname = 'append_only' and tgenabled = 'O'"
        kept = {name.rpartition(".")[2] for (name,) in self.query(rules)}
        return [f"its rules were changed: {table} can be overwritten" for table in sorted(set(_TABLES) - kept)]

    def close(self) -> None:
        """Close the connections."""
        for connection in self._open.values():
            connection.close()
        self._open = {}

    def create(self) -> None:
        """Create the schema of an empty record, unless there is one."""
        with self.transaction():
            self.execute("create schema if not exists contested")
            if self.execute("select 1 from pg_tables where schemaname = 'contested'"):
                return
            self.execute(_REFUSE)
            for table, columns in _TABLES.items():
                self.execute(f"create table {table} ({columns})")
                when = "before update or delete or truncate"
                self.execute(
                    f"create trigger append_only {when} on {table} for each statement execute function refuse()"
                )

    def _connection(self, role: str) -> psycopg.Connection[tuple[Any, ...]]:
        if role not in self._open or self._open[role].closed:
            options = "-c search_path=contested"
            self._open[role] = psycopg.connect(self._address, autocommit=True, options=options, connect_timeout=10)
        return self._open[role]


def connect(where: str, create: bool) -> PostgresDatabase:  # noqa: FBT001 the contract of `ADAPTERS`
    """Open the record at an address."""
    server = PostgresDatabase(where)
    if create:
        server.create()
    if not server.query("select 1 from pg_tables where schemaname = 'contested' and tablename = 'entry'"):
        server.close()
        message = "there is no record in this database"
        raise UnusableRecordError(message)
    return server


def _execute(
    connection: psycopg.Connection[tuple[Any, ...]], sql: str, parameters: tuple[Any, ...]
) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("?", "%s").encode(), parameters or None)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def _as_record_error() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        message = f"the record: {str(error).strip()}"
        raise UnusableRecordError(message) from error
