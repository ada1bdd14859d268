"""Validation of large tables by their columns: only rows that are not certain are validated one by one.

Either way gives the same claims and the same problems. A row is not certain if the SQL of its codebook or of `Claim`
does not say so, or if another row may have its id. What is small, or written strangely, is read row by row.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from contested.ingest.added_columns import COLUMNS as REMARKS
from contested.ingest.bulk.batches import Batch, ColumnReader, Numbers, OddTableError, ParquetFile, decoded
from contested.ingest.bulk.dictionary import is_text
from contested.ingest.bulk.kept_values import count_values
from contested.ingest.bulk.partition import (
    REQUIRED,
    Database,
    Keys,
    Partition,
    Source,
    duplicate_keys,
    inference_sample,
    partitioned,
)
from contested.ingest.bulk.record_splits import DelimitedText
from contested.ingest.cells.coordinates import degrees, middle
from contested.ingest.kept_columns import ValueTally
from contested.ingest.options import Given
from contested.ingest.reader import Outcome, Seen, Table, is_large, judged, outcomes
from contested.ingest.row import name as plain_name
from contested.model.arrow_schema import to_arrow
from contested.model.claim import Claim, NewsroomClaim
from contested.model.parallel import map_ahead
from contested.model.problem import Problem

_AT_A_TIME = 10_000
_NO_ROWS = np.empty(0, np.int64)
_LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "threads": 1,
}
"""What DuckDB may do here; a query is answered by the thread that asks it, in the order of the rows."""


class ValidatedRows(NamedTuple):
    """What became of some rows of a file: the claims as they are kept, the row of each, and what is wrong."""

    claims: pa.Table
    numbers: pa.Array
    problems: tuple[Problem, ...]
    rows: int
    accepted: int
    rejected: int


def validated(table: Table) -> Iterator[ValidatedRows]:
    """Validate a file, some rows at a time, by its columns where it can be read so."""
    try:
        yield from by_columns(table) if is_large(table.path) else by_rows(table)
    except OddTableError:
        yield from by_rows(table)


def by_rows(table: Table) -> Iterator[ValidatedRows]:
    """Validate every row one by one."""
    found = outcomes(table)
    while some := list(islice(found, _AT_A_TIME)):
        yield _collected(some)


def by_columns(table: Table) -> Iterator[ValidatedRows]:
    """Validate by columns the rows that are certain; raises OddTableError, before the first part, for an odd table."""
    reader, source = _opened(table)
    seen = Seen()
    with duckdb.connect(config=_LOCKED) as database:
        mended = np.array([row for row, _, _ in table.given.mends], np.int64)
        repeated = np.union1d(_repeated(database, reader, source), mended)
        source = source._replace(given=_surveyed(database, reader, source, repeated, table))
        if source.given.learnt.get("is_open"):
            raise OddTableError(table.path.name)
        table = table._replace(given=source.given)
        work = partial(_partitioned, database, source, repeated)
        for one in map_ahead(work, reader.last_batches()):
            suspects = one.batch.loose or reader.rows(one.batch, pa.array(np.flatnonzero(~one.certain)))
            yield _merged(one, _collected(judged(table, suspects, seen)))


def _partitioned(database: Database, source: Source, repeated: Numbers, batch: Batch) -> Partition:
    return partitioned(database, source, batch, repeated)


def _opened(table: Table) -> tuple[ColumnReader, Source]:
    """Open a table whose codebook can read it by its columns."""
    path, given, book, columns = table
    known = [column for column in columns if column not in REMARKS]
    if book.sql is None or (book.sql.claims is None and not REQUIRED <= set(known) <= set(NewsroomClaim.model_fields)):
        raise OddTableError(path.name)
    titles = {plain_name(column): column for column in known}
    named = {name: book.sql.plain_name(name) for name in book.sql.columns()}
    source = Source(book.sql, {name: titles[plain] for name, plain in named.items() if plain in titles}, given)
    if source.titles.keys().isdisjoint(book.sql.ids) or len(titles) < len(known) or "" in titles:
        raise OddTableError(path.name)
    reader = _reader(path, given)
    if not set(source.titles.values()) <= set(reader.schema().names):
        raise OddTableError(path.name)
    if book.sql.claims and not all(_is_readable(field, source) for field in reader.schema()):
        raise OddTableError(path.name)
    return reader, source


def _reader(path: Path, given: Given) -> ColumnReader:
    match path.suffix.lower():
        case ".csv" | ".tsv" | ".txt":
            return DelimitedText(path, given)
        case ".parquet":
            return ParquetFile(path)
    raise OddTableError(path.name)


def _is_readable(field: pa.Field, source: Source) -> bool:
    """Say whether a codebook reads a column as text, or not at all."""
    if field.name in source.titles.values():
        return is_text(field.type) or kinds.is_integer(field.type) or kinds.is_null(field.type)
    return not kinds.is_nested(field.type)


def _repeated(database: Database, reader: ColumnReader, source: Source) -> Numbers:
    """Find the rows whose ids may be in several rows."""
    try:
        found = list(map_ahead(partial(duplicate_keys, database, source), reader.batches(source.id_titles())))
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise OddTableError(str(error)) from error
    if not found:
        return _NO_ROWS
    keys = Keys(*(np.concatenate(parts) for parts in zip(*found, strict=True)))
    order = np.argsort(keys.ids)
    is_same = keys.ids[order][1:] == keys.ids[order][:-1]
    same = (keys.numbers[order][1:][is_same], keys.numbers[order][:-1][is_same])
    return np.unique(np.concatenate([*same, _of_doubtful_events(keys)]))


def _of_doubtful_events(keys: Keys) -> Numbers:
    """Find the rows of events whose rows differ in what must be the same for them to say nothing of each other."""
    order = np.lexsort((keys.apart, keys.shared))
    shared, apart = keys.shared[order], keys.apart[order]
    differs = (shared[1:] == shared[:-1]) & (apart[1:] != apart[:-1])
    return keys.numbers[np.isin(keys.shared, np.unique(shared[1:][differs]))]


def _surveyed(database: Database, reader: ColumnReader, source: Source, repeated: Numbers, table: Table) -> Given:
    """Survey a table by those of its rows that alone tell what all do, and by the values of its other columns."""
    if not source.book.is_surveyed():
        return source.given
    told, points, tally = [], list[tuple[object, object]](), ValueTally(source.book.is_read or (lambda _: True))
    others = tally.open_titles(column for column in table.columns if column not in REMARKS)
    for batch in reader.batches([*source.titles.values(), *others]):
        count_values(tally, batch, others)
        points += _points(source, batch)
        rows = batch.loose or reader.rows(batch, inference_sample(database, source, batch, repeated))
        told += [(number, row) for number, row in rows if not isinstance(row, Problem)]
    learnt = {**table.codebook.survey(told), "kept": tally.kept()}
    return source.given._replace(learnt=learnt | ({"middle": middle(points)} if source.book.point else {}))


def _points(source: Source, batch: Batch) -> Iterator[tuple[object, object]]:
    """Give the degrees of each row that tells any, for the middle of all places."""
    titles = [source.titles[name] for name in source.book.point or () if name in source.titles]
    if not titles:
        return
    rows = (row for _, row in batch.loose if isinstance(row, dict)) if batch.loose else None
    told = (
        ((row[title] for title in titles) for row in rows)
        if rows
        else zip(*(decoded(batch.cells[title]).to_pylist() for title in titles), strict=True)
    )
    for latitude, longitude in told:
        if latitude or longitude:
            yield degrees(str(latitude or "")), degrees(str(longitude or ""))


def _collected(found: Iterable[Outcome[Claim]]) -> ValidatedRows:
    """Put together what was found row by row."""
    told = list(found)
    numbered = [(outcome.number, claim) for outcome in told for claim in outcome.records]
    return ValidatedRows(
        to_arrow(claim for _, claim in numbered),
        pa.array([number for number, _ in numbered], pa.int64()),
        tuple(problem for outcome in told for problem in outcome.problems),
        sum(outcome.is_row for outcome in told),
        sum(outcome.is_accepted for outcome in told),
        sum(outcome.is_rejected for outcome in told),
    )


def _merged(one: Partition, suspect: ValidatedRows) -> ValidatedRows:
    """Put the claims that were certain and those that were not in the order of their rows."""
    claims, count = one.claims, int(one.certain.sum())
    numbers = pa.array(one.rows + one.batch.first, pa.int64())
    if len(suspect.claims):
        numbers = pa.concat_arrays([numbers, suspect.numbers])
        order = pc.sort_indices(numbers)
        claims, numbers = pa.concat_tables([claims, suspect.claims]).take(order), numbers.take(order)
    return ValidatedRows(
        claims, numbers, suspect.problems, suspect.rows + count, suspect.accepted + count, suspect.rejected
    )
