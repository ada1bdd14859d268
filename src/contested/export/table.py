"""The table of an answer as CSV, Parquet and a workbook, with its stamp and sources beside it."""

import csv
import io
import json
from collections.abc import Iterator
from itertools import chain

import pandas as pd
import pyarrow as pa

from contested.answers import Answer
from contested.ingest.workbook_cells import PLAIN, cell_text, write_row

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MOST_ROWS = 1_000_000
"""How many rows a sheet of a workbook holds, with its heading."""


def _rows(found: Answer) -> Iterator[dict[str, object]]:
    """Give every public row with its stamp, its sources and what was changed in it since."""
    stamp = found.stamp()
    for rows in found.batches():
        lists = [list(ids) for ids in rows["claim_ids"]]
        changed = ("; ".join(found.correction_notes(ids)) for ids in lists)
        for row, sources, changes in zip(found.records(rows), found.citations(lists), changed, strict=True):
            joined = {name: ";".join(cell) if isinstance(cell, list) else cell for name, cell in row.items()}
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
    told = [found.title, found.sentence, found.fine, found.caveat, found.stamp(), *(one.words for one in found.sources)]
    return "\n\n".join(filter(None, [*told, found.chart.recipe]))


def parquet(found: Answer) -> bytes:
    """Write the table as Parquet, typed, with what it says, its stamp and its sources in the metadata of the file."""
    import pyarrow.parquet  # noqa: PLC0415 slow to import, and few want Parquet

    told = {"title": found.title, "sentence": found.sentence, "caveat": found.caveat, "stamp": found.stamp()}
    about = {name: text.encode() for name, text in told.items()}
    about["sources"] = json.dumps([one.words for one in found.sources], ensure_ascii=False).encode()
    if found.chart.recipe:
        about["recipe"] = found.chart.recipe.encode()
    columns, file = list(found.chart.columns), io.BytesIO()
    schema = _schema(found.written(found.rows.head(1))[columns], found.rows).with_metadata(about)
    with pyarrow.parquet.ParquetWriter(file, schema) as writer:
        for rows in found.batches():
            writer.write_table(pa.Table.from_pandas(rows[columns], schema, preserve_index=False))
    return file.getvalue()


def _schema(written: pd.DataFrame, rows: pd.DataFrame) -> pa.Schema:
    """Find the type of each column in all rows, or in one that is written; what is told of none is text."""
    found = [pa.Array.from_pandas(rows[name] if name in rows else written[name]).type for name in written]
    text = {pa.null(): pa.string(), pa.list_(pa.null()): pa.list_(pa.string())}
    return pa.schema([(name, text.get(kind, kind)) for name, kind in zip(written, found, strict=True)])


def workbook(found: Answer) -> bytes:
    """Write the table as a workbook of two sheets: the rows, and what they say, how they were counted, and whence."""
    import xlsxwriter  # noqa: PLC0415 slow to import, and few want a workbook

    file, columns = io.BytesIO(), _columns(found)
    with xlsxwriter.Workbook(file, PLAIN) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("table")
        for place, column in enumerate(columns):
            sheet.write_string(0, place, cell_text(column), bold)
        for line, row in zip(range(1, MOST_ROWS), _rows(found), strict=False):
            write_row(sheet, line, [row[column] for column in columns])
        sheet.freeze_panes(1, 0)
        about = book.add_worksheet("how counted")
        told = [found.title, found.sentence, found.caveat, found.stamp(), *(one.words for one in found.sources)]
        for line, text in enumerate(told):
            about.write_string(line, 0, cell_text(text), bold if line == 0 else wrapped)
        about.set_column(0, 0, 100)
    return file.getvalue()
