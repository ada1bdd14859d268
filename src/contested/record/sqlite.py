"""SQLite: the record in one file, written by one process at a time and read by any number.

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
from contested.record.entry import NOTHING, Entry, Head
from contested.record.piece import Piece, Work

_SMALLEST = 100
"""The bytes of the header of a database."""
_PATIENCE = 10.0
"""Seconds to wait for another process that writes; most entries take milliseconds, a large import takes longer."""
_PAUSE = 0.02
_KIND = 0xFF
"""The bits of an error of SQLite that say its kind."""
_HAS_LOG = 1
"""`user_version` of a file whose last entries may be in its log only; 0 where the file alone is whole."""
_LAST = "select seq, hash from entry order by seq desc limit 1"

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
        self.path, self.patience = path, _PATIENCE
        self._turn, self._glance, self._shared = threading.Lock(), threading.Lock(), threading.Lock()
        self._waiting: deque[Piece] = deque()
        self._reader: sqlite3.Connection | None = None
        self._writer: sqlite3.Connection | None = None

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 what SQL takes
        """Read."""
        with self._glance, _told(self.path):
            if self._reader is None:
                self._reader = _connection(f"{self.path.resolve().as_uri()}?mode=ro", uri=True)
                self._reader.execute("pragma query_only = on")
            return self._reader.execute(sql, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator["File"]:
        """Write all of it or nothing; whoever comes next waits, in this process or in another."""
        with self._turn, _told(self.path), _locked(self.path, self.patience) as lock:
            writer = self._writer = self._writer or self._opened()
            _set_version(writer, _HAS_LOG)
            writer.execute("begin immediate")
            try:
                yield self
                head = writer.execute(_LAST).fetchone()
                writer.execute("commit")
            except BaseException:
                if writer.in_transaction:
                    writer.execute("rollback")
                raise
            _note(lock, Head(*head) if head else NOTHING)

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
        """Let go of the file; whoever wrote leaves it whole, as far as nobody else is using its log."""
        if self._writer:
            atexit.unregister(self.close)
            with suppress(UnusableRecordError, sqlite3.Error, OSError), _locked(self.path, patience=0):
                _set_version(self._writer, 0)
        for connection in (self._reader, self._writer):
            if connection:
                connection.close()
        self._reader = self._writer = None

    def _opened(self) -> sqlite3.Connection:
        writer = _connection(str(self.path))
        writer.execute("pragma synchronous = full")
        writer.execute("pragma mmap_size = 0")
        atexit.register(self.close)
        return writer

    def make(self) -> None:
        """Lay out an empty record."""
        with _told(self.path), _locked(self.path, self.patience) as lock:
            self._writer = self._opened()
            self._writer.execute("pragma journal_mode = wal")
            self._writer.execute("begin immediate")
            if not self.run("select name from sqlite_schema"):
                for statement in SCHEMA:
                    self.run(statement)
                _note(lock, NOTHING)
            self._writer.execute("commit")
            self._writer.execute("pragma wal_checkpoint(truncate)")


def connect(where: str, create: bool) -> File:  # noqa: FBT001 the contract of `ADAPTERS`
    """Open the record in a file."""
    path = Path(where)
    file = File(path)
    if create and not (path.is_file() and path.stat().st_size):
        _refuse_lost(path)
        file.make()
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
    """Say whether a file is a database, by asking SQLite."""
    if not path.is_file() or path.stat().st_size < _SMALLEST:
        return False
    try:
        with _told(path), closing(_connection(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as probe:
            probe.execute("select 1 from sqlite_schema limit 1")
    except UnusableRecordError as error:
        if isinstance(error.__cause__, sqlite3.OperationalError):
            raise
        return False
    return True


def _refuse_incomplete(file: File, *, has_log: bool) -> None:
    """Refuse a database that is no record, and a record that lacks entries which were acknowledged."""
    name = file.path.name
    if "entry" not in {table for (table,) in file.rows("select name from sqlite_schema")}:
        message = f"{name} is a database, but holds no record"
        raise UnusableRecordError(message)
    last = _last_recorded(file.path)
    if last is None and not has_log and file.rows("pragma user_version") == [(_HAS_LOG,)]:
        message = (
            f"{name} was copied or moved without its log ({name}-wal) and may lack its last entries; "
            f"lay the log beside it, or make the copy anew with `contested backup`"
        )
        raise UnusableRecordError(message)
    if last and last.seq and not file.rows("select 1 from entry where seq = ? and hash = ?", *last):
        held = file.rows("select count(*) from entry")[0][0]
        holds = f"{name} holds {counted(held, 'entry', 'entries')}, but not entry {last.seq}"
        message = (
            f"{holds}, which was recorded in it: its log ({name}-wal) is lost or damaged, "
            f"or an older copy was put in its place. Put back what is missing; to go on without it, delete {name}.lock"
        )
        raise UnusableRecordError(message)


def _refuse_lost(path: Path) -> None:
    """Refuse to begin anew where a record was; what was recorded in it would be missed by nobody."""
    if (last := _last_recorded(path)) and last.seq:
        message = (
            f"{path.name} is gone or empty, but entry {last.seq} was recorded in it: put it back; "
            f"to begin a new record without it, delete {path.name}.lock"
        )
        raise UnusableRecordError(message)


def _connection(name: str, *, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(name, timeout=5, isolation_level=None, check_same_thread=False, uri=uri)


def _set_version(writer: sqlite3.Connection, version: int) -> None:
    """Say in the file itself whether its log belongs to it."""
    if writer.execute("pragma user_version").fetchone() != (version,):
        writer.execute(f"pragma user_version = {version}")
        writer.execute("pragma wal_checkpoint(passive)")


@contextmanager
def _locked(path: Path, patience: float) -> Iterator[int]:
    """Be the only writer for a while; the lock is the system's, so it ends with the process."""
    end = time.monotonic() + patience
    lock = os.open(_lock_of(path), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        while not _is_taken(lock):
            if time.monotonic() >= end:
                raise UnusableRecordError(_busy(path))
            time.sleep(_PAUSE)
        _note(lock, _last_recorded(path) or NOTHING)
        yield lock
    finally:
        os.close(lock)


def _is_taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _note(lock: int, last: Head) -> None:
    """Note who writes since when, and the last entry, in one line of a fixed width."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    os.pwrite(lock, f"{os.getpid():>10} {now} {last.seq:>19} {last.hash}\n".encode(), 0)


def _noted(path: Path) -> list[str]:
    """Read what was noted: the process, since when, and the number and the hash of the last entry."""
    try:
        return _lock_of(path).read_text(encoding="ascii", errors="replace").split()
    except OSError:
        return []


def _last_recorded(path: Path) -> Head | None:
    match _noted(path):
        case [_, _, seq, found] if seq.isdecimal():
            return Head(int(seq), found)
        case _:
            return None


def _busy(path: Path) -> str:
    pid, since = (*_noted(path)[:2], "unknown", "an unknown time")[:2]
    return (
        f"process {pid} has been writing to {path.name} since {since}; nothing was recorded. "
        f"It gives way when it has written: try again then, or end it"
    )


def _lock_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
        message = f"the record {path.name}: {_fault(error)}"
        raise UnusableRecordError(message) from error


def _fault(error: Exception) -> str:
    """Say what SQLite or the system refuses, and what to do about it."""
    match getattr(error, "sqlite_errorcode", 0) & _KIND, getattr(error, "errno", None):
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
