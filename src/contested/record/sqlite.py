"""SQLite: the record in one file, written by one process at a time and read by any number."""

import fcntl
import os
import sqlite3
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

from contested.problem import UnusableRecordError
from contested.record.entry import Entry
from contested.record.piece import Piece, Work

MAGIC = b"SQLite format 3\x00"

_TABLES = {
    "entry": """
        seq integer primary key, story text not null, act text not null, claim_id text not null, body text not null,
        who text not null, why text not null, recorded_at text not null, key text unique,
        body_hash text not null, prev_hash text not null unique, hash text not null unique""",
    "revision": """
        story text not null, claim_id text not null, rev integer not null, seq integer not null, act text not null,
        primary key (story, claim_id, rev)""",
    "document": """
        sha256 text not null, number integer not null, bytes blob not null, primary key (sha256, number)""",
}
_WIDTH = {"entry": 12, "revision": 5, "document": 3}
SCHEMA = [
    statement
    for table, columns in _TABLES.items()
    for statement in (
        f"CREATE TABLE {table} ({columns}) strict{', without rowid' if table == 'revision' else ''}",
        *(
            f"CREATE TRIGGER no_{act}_of_{table} before {act} on {table} "
            f"begin select raise(abort, 'the record is append-only'); end"
            for act in ("update", "delete")
        ),
    )
]
_RULES = "select type, name, tbl_name, sql from sqlite_schema"


class File:
    """One record in one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._turn, self._glance, self._shared = threading.Lock(), threading.Lock(), threading.Lock()
        self._waiting: deque[Piece] = deque()
        self._reader: sqlite3.Connection | None = None
        self._writer: sqlite3.Connection | None = None
        self._lock: IO[str] | None = None

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 what SQL takes
        """Read."""
        with self._glance, _told(self.path):
            if self._reader is None:
                self._reader = _connection(f"{self.path.resolve().as_uri()}?mode=ro", uri=True)
                self._reader.execute("pragma query_only = on")
            return self._reader.execute(sql, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator["File"]:
        """Write all of it or nothing; whoever comes next waits."""
        with self._turn, _told(self.path):
            writer = self._writer = self._writer or self._opened()
            writer.execute("begin immediate")
            try:
                yield self
                writer.execute("commit")
            except BaseException:
                if writer.in_transaction:
                    writer.execute("rollback")
                raise

    def together(self, work: Work) -> Entry:
        """Do a small piece of writing, and wait for the disk once with all that wait for their turn."""
        one = Piece(work)
        self._waiting.append(one)
        with self._shared:
            if not one.is_done():
                self._write_waiting()
        return one.outcome()

    def _write_waiting(self) -> None:
        """Write all that wait, one after another; one that is refused takes none of the others with it."""
        taken: list[Piece] = []
        try:
            with self.writing():
                while self._waiting:
                    taken.append(self._waiting.popleft())
                    self.run("savepoint piece")
                    if not taken[-1].done_in(self):
                        self.run("rollback to piece")
                    self.run("release piece")
        except BaseException as error:
            for one in (*taken, *(self._waiting.popleft() for _ in range(len(self._waiting)))):
                one.fail(error)
            if not isinstance(error, UnusableRecordError):
                raise

    def run(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 what SQL takes
        """Do something within the writing."""
        assert self._writer is not None  # noqa: S101 only called while writing
        return self._writer.execute(sql, values).fetchall()

    def insert(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add rows within the writing."""
        assert self._writer is not None  # noqa: S101 only called while writing
        places = ", ".join("?" * _WIDTH[table])
        self._writer.executemany(f"insert into {table} values ({places})", rows)

    def damage(self) -> list[str]:
        """Say which rules of the file were changed, if it can be read at all."""
        if found := [str(row[0]) for row in self.rows("pragma integrity_check(10)") if row[0] != "ok"]:
            message = f"the record {self.path.name} is damaged: {'; '.join(found)}"
            raise UnusableRecordError(message)
        with closing(sqlite3.connect(":memory:")) as fresh:
            fresh.executescript(";".join(SCHEMA))
            changed = set(fresh.execute(_RULES)) ^ set(self.rows(_RULES))
        return [f"its rules were changed: {rule}" for rule in sorted({str(name) for _, name, *_ in changed})]

    def close(self) -> None:
        """Let go of the file."""
        for connection in (self._reader, self._writer):
            if connection:
                connection.close()
        if self._lock:
            self._lock.close()
        self._reader = self._writer = self._lock = None

    def _opened(self) -> sqlite3.Connection:
        self._lock = self._lock or _locked(self.path)
        writer = _connection(str(self.path))
        writer.execute("pragma synchronous = full")
        writer.execute("pragma mmap_size = 0")
        return writer

    def make(self) -> None:
        """Lay out an empty record."""
        with _told(self.path):
            self._writer = self._opened()
            self._writer.execute("pragma journal_mode = wal")
        with self.writing():
            if not self.run("select name from sqlite_schema"):
                for statement in SCHEMA:
                    self.run(statement)
        self._writer.execute("pragma wal_checkpoint(truncate)")


def connect(where: str, create: bool) -> File:  # noqa: FBT001 the contract of `ADAPTERS`
    """Open the record in a file."""
    path = Path(where)
    file = File(path)
    if create and not (path.is_file() and path.stat().st_size):
        file.make()
    elif not path.is_file():
        message = f"there is no record {path.name}"
        raise UnusableRecordError(message)
    if "entry" not in {name for (name,) in file.rows("select name from sqlite_schema")}:
        file.close()
        message = f"{path.name} is a database, but holds no record"
        raise UnusableRecordError(message)
    return file


def _connection(name: str, *, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(name, timeout=5, isolation_level=None, check_same_thread=False, uri=uri)


def _locked(path: Path) -> IO[str]:
    """Be the only writer; the lock is the system's, so it ends with the process."""
    lock = path.with_name(f"{path.name}.lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        holder = lock.read().strip() or "unknown"
        lock.close()
        message = f"process {holder} is writing to {path.name}; end it, or wait until it has ended"
        raise UnusableRecordError(message) from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
        message = f"the record {path.name}: {error}"
        raise UnusableRecordError(message) from error
