"""The table of an answer as CSV, Parquet and a workbook, with what it says of itself beside it."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain
from typing import Any

import pyarrow as pa

from contested.answers import Answer
from contested.export import about
from contested.export.claim_table import Claims, behind, cell
from contested.ingest.workbook_cells import PLAIN, cell_text, write_row
from contested.model.arrow_schema import COLUMNS

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MADE = datetime(1980, 1, 1, tzinfo=UTC)
"""When every workbook says that it was made, so that the same answer makes the same bytes."""
CSV_LIMITS = (
    "types, the finding, the definition and the licence: these stand in the file beside it, NAME.csv-metadata.json. "
    "Text that a spreadsheet would run begins with an apostrophe."
)
WORKBOOK_LIMITS = (
    "more than a million rows, more than 32,767 letters in a cell, and more than 15 digits of a number. Times are "
    "text, so that no program moves them to a zone of its own."
)
PARQUET_LIMITS = (
    "sentences, sources and licence in its rows: they are the metadata of the file, which few programs show."
)
MOST_ROWS = 1_000_000
"""How many rows a sheet of a workbook holds, with its heading."""


def _rows(found: Answer) -> Iterator[dict[str, object]]:
    """Give every public row with its stamp, its sources and what was changed in it since."""
    stamp = found.stamp()
    for rows in found.batches():
        lists = [list(ids) for ids in rows["claim_ids"]]
        changed = ("; ".join(found.correction_notes(ids)) for ids in lists)
        for row, sources, changes in zip(found.records(rows), found.citations(lists), changed, strict=True):
            joined = {name: ";".join(map(str, cell)) if isinstance(cell, list) else cell for name, cell in row.items()}
            yield joined | {"stamp": stamp, "sources": sources, "corrections": changes}


def _columns(found: Answer) -> list[str]:
    return [*found.chart.columns, "stamp", "sources", *(["corrections"] if found.story.changes else [])]


def csv_text(found: Answer) -> Iterator[str]:
    """Write the table as CSV, a line at a time; no text in it would run as a formula."""
    line = io.StringIO()
    writer = csv.DictWriter(line, _columns(found), lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for row in chain([None], _rows(found)):
        if row:
            writer.writerow({name: harmless(cell) for name, cell in row.items()})
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def harmless(cell: object) -> object:
    """Mark text that a spreadsheet would run as a formula as the text that it is."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in _FORMULA else cell


def how_counted(found: Answer) -> str:
    """Say in plain text what a saved table says, how it was counted, from which data and sources."""
    return "\n\n".join(filter(None, [*about.of_answer(found).lines(CSV_LIMITS), found.chart.recipe]))


def parquet(found: Answer) -> bytes:
    """Write the table as Parquet in one piece."""
    return b"".join(parquet_pieces(found))


class _Taken(io.RawIOBase):
    """A file of which what is written is taken away again, so that it never holds all."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []
        self._size = 0

    def writable(self) -> bool:
        """Say that it can be written."""
        return True

    def write(self, piece: Any, /) -> int:  # noqa: ANN401 whatever holds bytes
        """Keep a piece until it is taken."""
        self._pieces.append(bytes(piece))
        self._size += len(self._pieces[-1])
        return len(self._pieces[-1])

    def tell(self) -> int:
        """Count what was written so far."""
        return self._size

    def taken(self) -> bytes:
        """Take what was written since it was last taken."""
        found, self._pieces = b"".join(self._pieces), []
        return found


def parquet_pieces(found: Answer) -> Iterator[bytes]:
    """Write the table as Parquet, typed, with what it says, its stamp and sources in the metadata, piece by piece."""
    import pyarrow.parquet  # noqa: PLC0415 slow to import, and few want Parquet

    told = about.of_answer(found).metadata(PARQUET_LIMITS) | {"title": found.title.encode()}
    if found.chart.recipe:
        told["recipe"] = found.chart.recipe.encode()
    columns, file = list(found.chart.columns), _Taken()
    typed = schema(found).with_metadata(told)
    with pyarrow.parquet.ParquetWriter(file, typed) as writer:
        for rows in found.batches():
            writer.write_table(pa.Table.from_pandas(rows[columns], typed, preserve_index=False))
            yield file.taken()
    yield file.taken()


def schema(found: Answer) -> pa.Schema:
    """Find the type of each column in all rows, or in one that is written; what is told of none is text."""
    written, rows = found.written(found.rows.head(1))[list(found.chart.columns)], found.rows
    kinds = [pa.Array.from_pandas(rows[name] if name in rows else written[name]).type for name in written]
    text = {pa.null(): pa.string(), pa.list_(pa.null()): pa.list_(pa.string())}
    return pa.schema([(name, text.get(kind, kind)) for name, kind in zip(written, kinds, strict=True)])


def workbook(found: Answer) -> bytes:
    """Write an answer as a workbook: its table, the claims behind it, the sources, and what it says of itself."""
    columns, told = _columns(found), about.of_answer(found)
    table = ([row[column] for column in columns] for row in _rows(found))
    sheets: dict[str, Sheet] = {"table": (columns, table), **_claims(behind(found))}
    return written(sheets | {"how counted": ([next(lines := told.lines(WORKBOOK_LIMITS))], ([one] for one in lines))})


def workbook_of_claims(found: Claims) -> bytes:
    """Write claims as a workbook: the claims, the side tables, and what is said of them."""
    lines = found.about.lines(WORKBOOK_LIMITS)
    return written(_claims(found) | {"how counted": ([next(lines)], ([one] for one in lines))})


Sheet = tuple[Sequence[str], Iterable[Sequence[Any]]]
"""The heading of a sheet and its rows."""


def _claims(found: Claims) -> dict[str, Sheet]:
    tables = {"claims": found.rows.to_pylist()}
    tables |= {
        name: [row.model_dump() for row in getattr(found.story, name).values()]
        for name in ("sources", "accounts", "events", "places")
        if getattr(found.story, name)
    }
    return {name: (list(rows[0]) if rows else COLUMNS.names, map(_cells, rows)) for name, rows in tables.items()}


def _cells(row: Mapping[str, Any]) -> list[object]:
    return [cell(one) for one in row.values()]


def written(sheets: Mapping[str, Sheet]) -> bytes:
    """Write sheets as a workbook in which nothing runs: what is text stays text."""
    import xlsxwriter  # noqa: PLC0415 slow to import, and few want a workbook

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, PLAIN) as book:
        book.set_properties({"created": MADE})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for name, (columns, rows) in sheets.items():
            sheet = book.add_worksheet(name)
            for place, column in enumerate(columns):
                sheet.write_string(0, place, cell_text(column), bold)
            for line, row in zip(range(1, MOST_ROWS), rows, strict=False):
                write_row(sheet, line, row)
            if len(columns) > 1:
                sheet.freeze_panes(1, 0)
            else:
                sheet.set_column(0, 0, 100, wrapped)
    return file.getvalue()
