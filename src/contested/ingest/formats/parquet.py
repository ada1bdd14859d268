"""Parquet, as analysts keep tables."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from contested.ingest.decompression import refuse_if_it_expands
from contested.ingest.headings import MOST_COLUMNS
from contested.ingest.options import Given
from contested.model.problem import Problem, UnreadableFileError

_BATCH_ROWS = 1000
_NO_LIMIT = sys.maxsize
"""A large table is no bomb, however far it goes, if it grows no more than others do."""


def rows(path: Path, _given: Given) -> Iterator[tuple[int, dict[str, Any] | Problem]]:
    """Read one row per row; the first is row 2, as in a table with headings."""
    number = 1
    with refused_if_broken(path):
        for batch in batches(path, _BATCH_ROWS):
            for row in batch.to_pylist():
                number += 1
                yield number, row


def batches(path: Path, size: int, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
    """Read so many rows at a time, of all columns or some, and stop where a few bytes have become too many words.

    Text is read as the dictionaries that it is kept as: one that does not fit its indices tells of damage that else
    passes unseen.
    """
    with refused_if_broken(path):
        file = pq.ParquetFile(path)
        _refuse_unusable(file, path)
        with pq.ParquetFile(path, read_dictionary=_dictionaries(file)) as file:
            yield from _batches(file, path, size, columns)


@contextmanager
def refused_if_broken(path: Path) -> Iterator[None]:
    """Refuse a file in which something cannot be unpacked."""
    try:
        yield
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = f"not a whole Parquet file: {str(error).splitlines()[0][:200]}" if str(error) else "not whole"
        raise UnreadableFileError(
            path.name, Problem("E-PARQUET-BROKEN", None, None, None, reason, "upload it again")
        ) from None


def max_row_number(path: Path) -> int:
    """Count the rows as the file does itself, and the headings."""
    with pq.ParquetFile(path) as file:
        return int(file.metadata.num_rows) + 1


def _refuse_unusable(file: pq.ParquetFile, path: Path) -> None:
    metadata, size = file.metadata, path.stat().st_size
    names = file.schema_arrow.names
    if len(names) > MOST_COLUMNS:
        reason = f"{len(names):,} columns; the limit is {MOST_COLUMNS:,}"
        problem = Problem("E-HEAD-WIDE", 1, None, f"{len(names)} columns", reason, "send the columns that are needed")
        raise UnreadableFileError(path.name, problem)
    if twice := sorted({name for name in names if names.count(name) > 1}):
        reason = "the heading stands more than once"
        raise UnreadableFileError(
            path.name, *(Problem("E-HEAD-DUP", 1, name, name, reason, "rename one") for name in twice)
        )
    announced = sum(metadata.row_group(index).total_byte_size for index in range(metadata.num_row_groups))
    cells = metadata.num_rows * metadata.num_columns
    refuse_if_it_expands(path.name, max(announced, cells), size, _NO_LIMIT)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _dictionaries(file: pq.ParquetFile) -> list[str]:
    """Name the columns of text of which any part is kept as a dictionary."""
    metadata, words = file.metadata, {field.name for field in file.schema_arrow if _is_text(field.type)}
    groups = (metadata.row_group(index) for index in range(metadata.num_row_groups))
    columns = (group.column(index) for group in groups for index in range(metadata.num_columns))
    return sorted({one.path_in_schema for one in columns if one.has_dictionary_page} & words)


def _batches(file: pq.ParquetFile, path: Path, most: int, columns: Sequence[str] | None) -> Iterator[pa.RecordBatch]:
    unpacked, size = 0, path.stat().st_size
    for group in range(file.num_row_groups):
        left = file.metadata.row_group(group).num_rows
        for batch in file.iter_batches(most, row_groups=[group], columns=columns):
            left -= batch.num_rows
            unpacked += sum(map(_unpacked_bytes, batch.columns))
            refuse_if_it_expands(path.name, unpacked, size, _NO_LIMIT)
            yield batch
        if left:  # a damaged page may end early without an error
            message = f"{left:,} of the rows that it announces are missing"
            raise ValueError(message)


def _unpacked_bytes(column: pa.Array) -> int:
    """Count the bytes that a column takes once its dictionary is unpacked."""
    if not isinstance(column, pa.DictionaryArray):
        return int(column.nbytes)
    return pc.sum(pc.binary_length(column.dictionary).take(column.indices)).as_py() or 0
