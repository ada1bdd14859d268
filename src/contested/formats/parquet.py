"""Parquet, as analysts keep tables."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from contested.given import Given
from contested.headings import MOST_COLUMNS
from contested.problem import Problem, UnreadableFileError
from contested.unpacking import refuse_if_it_expands

_AT_A_TIME = 1000
_NO_END = sys.maxsize
"""A large table is no bomb, however far it goes, if it grows no more than others do."""


def rows(path: Path, _given: Given) -> Iterator[tuple[int, dict[str, Any] | Problem]]:
    """Read one row per row; the first is row 2, as in a table with headings."""
    try:
        file = pq.ParquetFile(path)
        _refuse_unusable(file, path)
        words = [field.name for field in file.schema_arrow if pa.types.is_string(field.type)]
        with pq.ParquetFile(path, read_dictionary=words) as file:
            yield from _rows(file, path)
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = f"not a whole Parquet file: {str(error).splitlines()[0][:200]}" if str(error) else "not whole"
        raise UnreadableFileError(
            path.name, Problem("E-PARQUET-BROKEN", None, None, None, reason, "upload it again")
        ) from None


def most_rows(path: Path) -> int:
    """Count the rows as the file does itself, and the headings."""
    with pq.ParquetFile(path) as file:
        return int(file.metadata.num_rows) + 1


def _refuse_unusable(file: pq.ParquetFile, path: Path) -> None:
    about, size = file.metadata, path.stat().st_size
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
    packed = sum(about.row_group(index).total_byte_size for index in range(about.num_row_groups))
    cells = about.num_rows * about.num_columns
    refuse_if_it_expands(path.name, max(packed, cells), size, _NO_END)


def _rows(file: pq.ParquetFile, path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read a few rows at a time, and stop where a few bytes have become too many words."""
    number, unpacked, size = 1, 0, path.stat().st_size
    for batch in file.iter_batches(batch_size=_AT_A_TIME):
        unpacked += sum(map(_letters, batch.columns))
        refuse_if_it_expands(path.name, unpacked, size, _NO_END)
        for row in batch.to_pylist():
            number += 1
            yield number, row


def _letters(column: pa.Array) -> int:
    """Count the letters of a column before it is unpacked."""
    if not isinstance(column, pa.DictionaryArray) or not len(column.dictionary):
        return int(column.nbytes)
    longest = max(len(word.as_buffer()) if word.is_valid else 0 for word in column.dictionary)
    return int(longest * (len(column) - column.null_count))
