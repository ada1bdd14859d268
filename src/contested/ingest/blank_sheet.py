"""A blank workbook with the columns that an editor fills in, each with what its cells hold."""

import io

import xlsxwriter

from contested.ingest.codebooks.sheet import OPTIONAL, REQUIRED
from contested.ingest.sheet_cells.publication_status import STATUSES
from contested.model.vocabulary import Kind

_ROWS = 1000
_CHOICES = {"event_type": list(Kind), "status": list(STATUSES)}
_OPTIONAL = "May stay empty: empty is unknown, and never zero."


def workbook() -> bytes:
    """Write the headings, a note on each, and the choices where only certain words are read."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("records")
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for place, column in enumerate((*REQUIRED, *OPTIONAL)):
            sheet.write_string(0, place, column, bold if column in REQUIRED else None)
            sheet.write_comment(0, place, f"Needed: {REQUIRED[column]}." if column in REQUIRED else _OPTIONAL)
            sheet.set_column(place, place, 18, text)
            if column in _CHOICES:
                sheet.data_validation(1, place, _ROWS, place, {"validate": "list", "source": _CHOICES[column]})
        sheet.freeze_panes(1, 0)
    return file.getvalue()
