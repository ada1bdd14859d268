"""Read a file by columns and row by row, and hold what both ways say of it against each other."""

import pyarrow as pa

from contested.ingest.bulk import by_columns, by_rows
from contested.ingest.options import Given
from contested.ingest.reader import opened
from contested.model.arrow_schema import COLUMNS
from contested.model.problem import UnreadableFileError


def judged(way, path, zone=None):
    """Give all that a way of reading says of a file: claims, their rows, problems, and counts of rows."""
    try:
        told = list(way(opened(path, Given(path.name, zone))))
    except UnreadableFileError as refused:
        return (refused.problems,)
    return (
        pa.concat_tables([COLUMNS.empty_table(), *(part.claims for part in told)]).to_pylist(),
        [number for part in told for number in part.numbers.to_pylist()],
        [problem for part in told for problem in part.problems],
        sum(part.rows for part in told),
        sum(part.accepted for part in told),
    )


def same(path, zone=None):
    """Read a file both ways, and give what both say of it."""
    one, other = judged(by_columns, path, zone), judged(by_rows, path, zone)
    for column, row in zip(one, other, strict=True):
        assert column == row
    return one
