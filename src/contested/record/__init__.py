"""The record: an append-only, hash-chained log of the claims that were stated, corrected and withdrawn.

To store it elsewhere, add a module with `connect` and name it in `ADAPTERS`; the contract tests cover it then.
"""

from collections.abc import Callable
from pathlib import Path

from contested.model.problem import UnusableRecordError
from contested.record import sqlite
from contested.record.log import Database, Record


def _postgres(where: str, create: bool) -> Database:  # noqa: FBT001 the contract of `ADAPTERS`
    from contested.record import postgres  # noqa: PLC0415 slow to import, and few have a server

    return postgres.connect(where, create)


ADAPTERS: dict[str, Callable[[str, bool], Database]] = {"sqlite": sqlite.connect, "postgresql": _postgres}
"""Scheme of an address → `connect(address, create)`."""


def open_record(where: str | Path, *, create: bool = False) -> Record:
    """Open a record by its address, a file or `postgresql://…`; with `create`, make it if there is none."""
    kind, found, rest = str(where).partition("://")
    if not found:
        return Record(ADAPTERS["sqlite"](str(where), create))
    if kind not in ADAPTERS:
        message = f"{kind}:// is no record; give a file, or one of {', '.join(f'{name}://' for name in ADAPTERS)}"
        raise UnusableRecordError(message)
    return Record(ADAPTERS[kind](rest if kind == "sqlite" else str(where), create))


def is_record(where: str | Path) -> bool:
    """Return whether something can be opened as a record: an address, or a file that is an SQLite database."""
    return "://" in str(where) or sqlite.is_database(Path(where))
