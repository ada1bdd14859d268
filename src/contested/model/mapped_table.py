"""Tables of claims joined to one: in memory or, of many rows, mapped from a file, so that they take disk instead."""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from contested.model.arrow_schema import COLUMNS, said_columns, with_defaults

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
    """Write tables to Arrow files and map them; they have no name then, and are gone with the last who holds the table.

    Columns that say nothing are not written.
    """
    with TemporaryDirectory(prefix="contested-", ignore_cleanup_errors=True) as folder:
        alike = groupby((table for table in tables if len(table)), said_columns)
        return pa.concat_tables(
            [_written(Path(folder) / f"{number}.arrow", *each) for number, each in enumerate(alike)]
        )


def _written(path: Path, names: list[str], tables: Iterable[pa.Table]) -> pa.Table:
    """Write these columns of some tables to a file, and map it."""
    schema = pa.schema([COLUMNS.field(name) for name in names])
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, schema) as writer:
        for table in tables:
            writer.write_table(table.select(names))
    return with_defaults(pa.ipc.open_file(pa.memory_map(str(path))).read_all())
