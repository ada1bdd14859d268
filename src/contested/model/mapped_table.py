"""Tables of claims joined to one: in memory or, of many rows, mapped from a file, so that they take disk instead."""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from contested.model.arrow_schema import COLUMNS

MANY = 300_000
"""A table of more rows is mapped from a file."""


def concatenated(tables: Iterable[pa.Table], many: int = MANY) -> pa.Table:
    """Concatenate tables with the schema `COLUMNS`, each of which is let go of as soon as it is written where many."""
    coming = iter(tables)
    waiting = [COLUMNS.empty_table()]
    for table in coming:
        waiting.append(table)
        if sum(map(len, waiting)) > many:
            return _mapped(chain(_each(waiting), coming))
    return pa.concat_tables(waiting)


def _each(waiting: list[pa.Table]) -> Iterator[pa.Table]:
    while waiting:
        yield waiting.pop(0)


def _mapped(tables: Iterable[pa.Table]) -> pa.Table:
    """Write tables to an Arrow file and map it; it has no name then, and is gone with the last who holds the table."""
    with TemporaryDirectory(prefix="contested-", ignore_cleanup_errors=True) as folder:
        path = str(Path(folder) / "claims.arrow")
        with pa.OSFile(path, "wb") as file, pa.ipc.new_file(file, COLUMNS) as writer:
            for table in tables:
                writer.write_table(table)
        return pa.ipc.open_file(pa.memory_map(path)).read_all()
