"""SQLite adapter: a record in one file, with one writing process at a time and any number of readers.

Only SQLite opens the file. POSIX drops every lock that a process holds on a file as soon as any part of that process
closes it, so a plain `open()` would let another process take the file for its own, and delete what is not yet in it.

Beside the file lie its write-ahead log (`-wal`, with `-shm`), which holds the last entries until they are copied into
the file, and `.lock`, which names who writes and the last entry that was recorded.
"""

import atexit
import errno
import fcntl
import os
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from contested.model.problem import UnusableRecordError
from contested.model.wording import counted
from contested.record.entry import EMPTY_HEAD, Entry, Head
from contested.record.group_commit import PendingWrite, Write

_SMALLEST = 100
"""The bytes of the header of a database."""
_LOCK_TIMEOUT = 10.0
"""Seconds to wait for another process that writes; most entries take milliseconds, a large import takes longer."""
_RETRY_INTERVAL = 0.02
_PRIMARY_CODE = 0xFF
"""The bits of an SQLite error code that are its primary code."""
_HAS_WAL = 1
"""`user_version` of a file whose last entries may be in its log only; 0 where the file alone is whole."""
_HEAD = "select seq, hash from entry order by seq desc limit 1"

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
_SCHEMA_QUERY = "select type, name, tbl_name, sql from sqlite_schema"


class SqliteDatabase:
    """A record in one file."""

    def __init__(self, path: Path) -> None:
        self.path, self.timeout = path, _LOCK_TIMEOUT
        self._write_lock, self._read_lock, self._group_lock = threading.Lock(), threading.Lock(), threading.Lock()
        self._pending: deque[PendingWrite] = deque()
        self._reader: sqlite3.Connection | None = None
        self._writer: sqlite3.Connection | None = None

    def query(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 what SQL takes
        """Return the rows of a query."""
        with self._read_lock, _as_record_error(self.path):
            if self._reader is None:
                self._reader = _connection(f"{self.path.resolve().as_uri()}?mode=ro", uri=True)
                self._reader.execute("pragma query_only = on")
            return self._reader.execute(sql, parameters).fetchall()

    @contextmanager
    def transaction(self) -> Iterator["SqliteDatabase"]:
        """Hold the write lock across all processes, and commit, or roll back on an error."""
        with self._write_lock, _as_record_error(self.path), _locked(self.path, self.timeout) as lock:
            writer = self._writer = self._writer or self._open_writer()
            _set_version(writer, _HAS_WAL)
            writer.execute("begin immediate")
            try:
                yield self
                head = writer.execute(_HEAD).fetchone()
                writer.execute("commit")
            except BaseException:
                if writer.in_transaction:
                    writer.execute("rollback")
                raise
            _write_note(lock, Head(*head) if head else EMPTY_HEAD)

    def group_commit(self, write: Write) -> Entry:
        """Execute a small write, synced to disk in one transaction with all that are pending."""
        one = PendingWrite(write)
        self._pending.append(one)
        with self._group_lock:
            if not one.is_done():
                self._commit_pending()
        return one.result()

    def _commit_pending(self) -> None:
        """Commit all pending writes; a savepoint each, so that one that is refused takes none of the others with it."""
        group: list[PendingWrite] = []
        try:
            with self.transaction():
                while self._pending:
                    group.append(self._pending.popleft())
                    self.execute("savepoint pending")
                    if not group[-1].apply(self):
                        self.execute("rollback to pending")
                    self.execute("release pending")
        except BaseException as error:
            for one in (*group, *(self._pending.popleft() for _ in range(len(self._pending)))):
                one.fail(error)
            if not isinstance(error, UnusableRecordError):
                raise

    def execute(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 what SQL takes
        """Execute a statement within the transaction."""
        assert self._writer is not None  # noqa: S101 only called in a transaction
        return self._writer.execute(sql, parameters).fetchall()

    def insert(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert rows within the transaction."""
        assert self._writer is not None  # noqa: S101 only called in a transaction
        places = ", ".join("?" * _WIDTH[table])
        self._writer.executemany(f"insert into {table} values ({places})", rows)

    def damage(self) -> list[str]:
        """List tables and triggers that differ from the schema; raises `UnusableRecordError` if pages are damaged."""
        if found := [str(row[0]) for row in self.query("pragma integrity_check(10)") if row[0] != "ok"]:
            message = f"the record {self.path.name} is damaged: {'; '.join(found)}"
            raise UnusableRecordError(message)
        with closing(sqlite3.connect(":memory:")) as fresh:
            fresh.executescript(";".join(SCHEMA))
            changed = set(fresh.execute(_SCHEMA_QUERY)) ^ set(self.query(_SCHEMA_QUERY))
        return [f"its rules were changed: {rule}" for rule in sorted({str(name) for _, name, *_ in changed})]

    def close(self) -> None:
        """Close the file; a writer copies the write-ahead log into it, if nobody else is using that."""
        if self._writer:
            atexit.unregister(self.close)
            with suppress(UnusableRecordError, sqlite3.Error, OSError), _locked(self.path, timeout=0):
                _set_version(self._writer, 0)
        for connection in (self._reader, self._writer):
            if connection:
                connection.close()
        self._reader = self._writer = None

    def _open_writer(self) -> sqlite3.Connection:
        writer = _connection(str(self.path))
        writer.execute("pragma synchronous = full")
        writer.execute("pragma mmap_size = 0")
        atexit.register(self.close)
        return writer

    def create(self) -> None:
        """Create the schema of an empty record."""
        with _as_record_error(self.path), _locked(self.path, self.timeout) as lock:
            self._writer = self._open_writer()
            self._writer.execute("pragma journal_mode = wal")
            self._writer.execute("begin immediate")
            if not self.execute("select name from sqlite_schema"):
                for statement in SCHEMA:
                    self.execute(statement)
                _write_note(lock, EMPTY_HEAD)
            self._writer.execute("commit")
            self._writer.execute("pragma wal_checkpoint(truncate)")


def connect(where: str, create: bool) -> SqliteDatabase:  # noqa: FBT001 the contract of `ADAPTERS`
    """Open the record in a file; raises `UnusableRecordError` if there is none or entries are missing."""
    path = Path(where)
    file = SqliteDatabase(path)
    if create and not (path.is_file() and path.stat().st_size):
        _refuse_lost(path)
        file.create()
    elif not path.is_file():
        message = f"there is no record {path.name}; put it back, or name another"
        raise UnusableRecordError(message)
    log = path.with_name(f"{path.name}-wal")
    has_log = log.is_file() and log.stat().st_size > 0
    try:
        _refuse_incomplete(file, has_log=has_log)
    except UnusableRecordError:
        file.close()
        raise
    return file


def is_database(path: Path) -> bool:
    """Return whether a file is an SQLite database, by asking SQLite."""
    if not path.is_file() or path.stat().st_size < _SMALLEST:
        return False
    try:
        with _as_record_error(path), closing(_connection(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as probe:
            probe.execute("select 1 from sqlite_schema limit 1")
    except UnusableRecordError as error:
        if isinstance(error.__cause__, sqlite3.OperationalError):
            raise
        return False
    return True


def _refuse_incomplete(file: SqliteDatabase, *, has_log: bool) -> None:
    """Raise `UnusableRecordError` for a database that is no record, or lacks entries that were acknowledged."""
    name = file.path.name
    if "entry" not in {table for (table,) in file.query("select name from sqlite_schema")}:
        message = f"{name} is a database, but holds no record"
        raise UnusableRecordError(message)
    last = _noted_head(file.path)
    if last is None and not has_log and file.query("pragma user_version") == [(_HAS_WAL,)]:
        message = (
            f"{name} was copied or moved without its log ({name}-wal) and may lack its last entries; "
            f"lay the log beside it, or make the copy anew with `contested backup`"
        )
        raise UnusableRecordError(message)
    if last and last.seq and not file.query("select 1 from entry where seq = ? and hash = ?", *last):
        held = file.query("select count(*) from entry")[0][0]
        holds = f"{name} holds {counted(held, 'entry', 'entries')}, but not entry {last.seq}"
        message = (
            f"{holds}, which was recorded in it: its log ({name}-wal) is lost or damaged, "
            f"or an older copy was put in its place. Put back what is missing; to go on without it, delete {name}.lock"
        )
        raise UnusableRecordError(message)


def _refuse_lost(path: Path) -> None:
    """Raise `UnusableRecordError` where a record was: a new one in its place would hide the loss."""
    if (last := _noted_head(path)) and last.seq:
        message = (
            f"{path.name} is gone or empty, but entry {last.seq} was recorded in it: put it back; "
            f"to begin a new record without it, delete {path.name}.lock"
        )
        raise UnusableRecordError(message)


def _connection(name: str, *, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(name, timeout=5, isolation_level=None, check_same_thread=False, uri=uri)


def _set_version(writer: sqlite3.Connection, version: int) -> None:
    """Note in the file itself whether its write-ahead log belongs to it."""
    if writer.execute("pragma user_version").fetchone() != (version,):
        writer.execute(f"pragma user_version = {version}")
        writer.execute("pragma wal_checkpoint(passive)")


@contextmanager
def _locked(path: Path, timeout: float) -> Iterator[int]:
    """Hold the lock of the only writer; it is the system's (`flock`), so it ends with the process."""
    end = time.monotonic() + timeout
    lock = os.open(_lock_of(path), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        while not _try_lock(lock):
            if time.monotonic() >= end:
                raise UnusableRecordError(_busy(path))
            time.sleep(_RETRY_INTERVAL)
        _write_note(lock, _noted_head(path) or EMPTY_HEAD)
        yield lock
    finally:
        os.close(lock)


def _try_lock(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write_note(lock: int, last: Head) -> None:
    """Write process, time and head into the lock file, in one line of a fixed width."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    os.pwrite(lock, f"{os.getpid():>10} {now} {last.seq:>19} {last.hash}\n".encode(), 0)


def _read_note(path: Path) -> list[str]:
    """Read process, time, and number and hash of the head from the lock file."""
    try:
        return _lock_of(path).read_text(encoding="ascii", errors="replace").split()
    except OSError:
        return []


def _noted_head(path: Path) -> Head | None:
    match _read_note(path):
        case [_, _, seq, found] if seq.isdecimal():
            return Head(int(seq), found)
        case _:
            return None


def _busy(path: Path) -> str:
    pid, since = (*_read_note(path)[:2], "unknown", "an unknown time")[:2]
    return (
        f"process {pid} has been writing to {path.name} since {since}; nothing was recorded. "
        f"It gives way when it has written: try again then, or end it"
    )


def _lock_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock")


@contextmanager
def _as_record_error(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
        message = f"the record {path.name}: {_fault(error)}"
        raise UnusableRecordError(message) from error


def _fault(error: Exception) -> str:
    """Describe an error of SQLite or of the system, and what to do about it."""
    match getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE, getattr(error, "errno", None):
        case ((sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED), _):
            return "another program has locked it; try again once it has let go of it, or end it"
        case (sqlite3.SQLITE_FULL, _) | (_, errno.ENOSPC | errno.EDQUOT | errno.EFBIG):
            return "the disk is full; make room on it, what was recorded before is kept"
        case sqlite3.SQLITE_IOERR, _:
            return f"the disk refuses or is full ({error}); look after it, what was recorded before is kept"
        case (sqlite3.SQLITE_READONLY, _) | (_, errno.EACCES | errno.EPERM | errno.EROFS):
            return f"it may not be written here ({error}); let the one who runs this program write to it and its folder"
        case (sqlite3.SQLITE_CANTOPEN, _) | (_, errno.ENOENT):
            return f"it cannot be opened ({error}); put it and its folder back, or allow them to be read"
    return str(error)
