"""The bulk road: a large table of our own columns, judged by its columns; only its suspects are judged one by one.

Both roads come to the same verdict on every row. A row is a suspect if the sieve does not certify it, or if another row
may have its id. What is small, another publisher's or written strangely takes the road of rows.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from contested.ingest.added_columns import COLUMNS as REMARKS
from contested.ingest.bulk.batches import KEY, OddTableError, Parquet, Pieces
from contested.ingest.bulk.partition import REQUIRED, Database, Keys, Sifted, keys, sifted
from contested.ingest.bulk.record_splits import Text
from contested.ingest.reader import Outcome, Seen, Table, is_large, judged, outcomes
from contested.model.arrow_schema import to_arrow
from contested.model.claim import Claim, NewsroomClaim
from contested.model.parallel import beside
from contested.model.problem import Problem

_AT_A_TIME = 10_000
_LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "threads": 1,
}
"""What DuckDB may do here; a question is answered by the thread that asks it, in the order of the rows."""


class Part(NamedTuple):
    """What became of some rows of a file: the claims as they are kept, the row of each, and what is wrong."""

    claims: pa.Table
    numbers: pa.Array
    problems: tuple[Problem, ...]
    rows: int
    accepted: int
    rejected: int


def parts(table: Table) -> Iterator[Part]:
    """Judge a file, some rows at a time, on the road that it can take."""
    try:
        yield from by_columns(table) if is_large(table.path) else by_rows(table)
    except OddTableError:
        yield from by_rows(table)


def by_rows(table: Table) -> Iterator[Part]:
    """Judge every row one by one."""
    found = outcomes(table)
    while some := list(islice(found, _AT_A_TIME)):
        yield _part(some)


def by_columns(table: Table) -> Iterator[Part]:
    """Judge the rows that are certain by their columns; what cannot be read so is odd, told before the first part."""
    pieces, seen = _pieces(table), Seen()
    with duckdb.connect(config=_LOCKED) as database:
        twice = _twice(database, pieces)
        for one in beside(lambda piece: sifted(database, piece, twice), pieces.pieces()):
            suspects = one.piece.loose or pieces.rows(one.piece, pa.array(np.flatnonzero(~one.certain)))
            yield _joined(one, _part(judged(table, suspects, seen)))


def _pieces(table: Table) -> Pieces:
    """Open a table of our own columns by its columns."""
    path, given, book, columns = table
    known = set(columns) - REMARKS
    is_ours = book.name == "native" and REQUIRED <= known <= set(NewsroomClaim.model_fields)
    if not is_ours:
        raise OddTableError(path.name)
    match path.suffix.lower():
        case ".csv" | ".tsv" | ".txt":
            return Text(path, given)
        case ".parquet":
            return Parquet(path)
    raise OddTableError(path.name)


def _twice(database: Database, pieces: Pieces) -> Keys:
    """Find what stands for the ids that may be in several rows."""
    try:
        found = np.concatenate([np.empty(0, np.uint64), *beside(partial(keys, database), pieces.ids(KEY))])
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise OddTableError(str(error)) from error
    found.sort()
    return np.unique(found[1:][found[1:] == found[:-1]])


def _part(found: Iterable[Outcome[Claim]]) -> Part:
    """Put together what was found row by row."""
    told = list(found)
    numbered = [(outcome.number, claim) for outcome in told for claim in outcome.records]
    return Part(
        to_arrow(claim for _, claim in numbered),
        pa.array([number for number, _ in numbered], pa.int64()),
        tuple(problem for outcome in told for problem in outcome.problems),
        sum(outcome.is_row for outcome in told),
        sum(outcome.is_accepted for outcome in told),
        sum(outcome.is_rejected for outcome in told),
    )


def _joined(one: Sifted, suspect: Part) -> Part:
    """Put the claims that were certain and those that were suspect in the order of their rows."""
    claims, count = one.claims, len(one.claims)
    numbers = pa.array(np.flatnonzero(one.certain) + one.piece.first, pa.int64())
    if len(suspect.claims):
        numbers = pa.concat_arrays([numbers, suspect.numbers])
        order = pc.sort_indices(numbers)
        claims, numbers = pa.concat_tables([claims, suspect.claims]).take(order), numbers.take(order)
    return Part(claims, numbers, suspect.problems, suspect.rows + count, suspect.accepted + count, suspect.rejected)
