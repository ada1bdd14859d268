"""The DuckDB of a store: in memory or, of many claims, in a file of its own. SQL reaches nothing else."""

import fcntl
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp
from typing import IO

import duckdb
import numpy as np

FEW = 4_000
"""Of so many claims, copies of all that a selection holds are made sooner than each question is planned over them."""
MANY = 1_000_000
"""More claims than these are kept in a file, so that they take disk rather than memory."""
MEMORY = "1500MB"
"""What DuckDB may take for the claims of a file and all that is asked of them at once; the rest is put on disk."""

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
    "python_enable_replacements": False,
}
_LOCK = "set enable_external_access = false"
"""Nothing outside is reached; a file that is attached already stays within reach, and its folder to spill to."""

_PLAIN = """
set threads = 1;
set variable passed_over = (select string_agg(name, ',') from duckdb_optimizers() where name not in
    ('filter_pushdown', 'filter_pullup', 'unused_columns', 'cte_inlining', 'deliminator'));
set disabled_optimizers = getvariable('passed_over');
"""
"""Where claims are few, to find a better plan takes longer than to follow a plain one."""

_BLOCK = (1 << 25) - (1 << 16)
"""The largest block that the C library of Linux learns from: what it frees up to twice that size it keeps (mallopt(3)).
Else every column of many claims is fetched anew from the system, page by page, which takes a fifth of the time."""

_IN_MEMORY = "attach ':memory:' as kept (row_group_size 20480, compress)"
"""Each core reads a group of rows at a time: those that DuckDB makes by itself are so large that one core reads all."""

Opened = tuple[duckdb.DuckDBPyConnection, Callable[[], None]]
"""A database with a catalog `kept` for the claims, and what removes all that is left of it."""


def in_memory(*, is_small: bool) -> Opened:
    """Open a database in memory; a small one plans its questions plainly."""
    database = duckdb.connect(config=_CONFIG)
    database.execute(f"{_LOCK}; {_IN_MEMORY}")
    if is_small:
        database.execute(_PLAIN)
    else:
        np.empty(_BLOCK, np.uint8)
    return database, lambda: None


def in_file() -> Opened:
    """Open a database whose claims are in a file, in a new folder that nobody else may read and that it spills to.

    Folders of processes that ended without removing theirs are removed.
    """
    _remove_abandoned()
    folder = Path(mkdtemp(prefix=_FOLDERS))
    lock = _locked(folder / "opening")
    (folder / "opening").rename(folder / _LOCKED)
    spill = {"memory_limit": MEMORY, "temp_directory": str(folder / "spilled")}
    database = duckdb.connect(config=_CONFIG | spill)
    database.execute("attach $file as kept", {"file": str(folder / "claims.duckdb")})
    database.execute(_LOCK)

    def remove() -> None:
        rmtree(folder, ignore_errors=True)
        lock.close()

    return database, remove


_FOLDERS, _LOCKED = "contested-", "lock"
"""How the names of the folders begin, and the file in each that its process holds a lock of for as long as it runs."""


def _remove_abandoned() -> None:
    """Remove the folders that no process holds any more: the system lets go of a lock (`flock`) when a process ends."""
    for file in Path(gettempdir()).glob(f"{_FOLDERS}*/{_LOCKED}"):
        try:
            lock = _locked(file)
        except OSError:  # held, removed meanwhile, or somebody else's
            continue
        with lock:
            rmtree(file.parent, ignore_errors=True)


def _locked(file: Path) -> IO[bytes]:
    """Open a file and hold its lock until it is closed; raises `BlockingIOError` where another holds it."""
    opened = file.open("ab")
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        opened.close()
        raise
    return opened
