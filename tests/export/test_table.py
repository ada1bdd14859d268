"""The table of an answer as CSV and as a workbook: every row, its stamp and sources, and nothing that runs."""

import csv
import io

from python_calamine import CalamineWorkbook
from tests.claims_for_tests import claim
from tests.lies.small_stories import told

from contested.export.table import csv_text, workbook

LINK = "=HYPERLINK(1)"
FOUND = told("casualty-counts", claim(measure="killed", best=8, low=8, high=8, figure_words=LINK))


def test_the_csv_has_every_row_with_its_stamp_and_its_sources():
    [row] = csv.DictReader(io.StringIO("".join(csv_text(FOUND))))

    assert row["best"] == "8"
    assert row["stamp"] == FOUND.stamp()
    assert row["sources"] == "; ".join(one.words for one in FOUND.sources)


def test_no_text_of_the_csv_runs_as_a_formula():
    [row] = csv.DictReader(io.StringIO("".join(csv_text(FOUND))))

    assert row["figure_words"] == f"'{LINK}"


def test_the_workbook_has_the_rows_and_what_they_say():
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(FOUND)))
    heading, row = book.get_sheet_by_name("table").to_python()
    told_beside = [line for [line] in book.get_sheet_by_name("how counted").to_python()]

    assert dict(zip(heading, row, strict=True)) | {"best": 8, "figure_words": LINK} == dict(
        zip(heading, row, strict=True)
    )
    assert told_beside[0] == FOUND.title
    assert FOUND.stamp() in told_beside
