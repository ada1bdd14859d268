"""The sheet to fill in: it has the columns that are read, and what is filled in is read."""

import io

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from contested.ingest import blank_sheet
from contested.ingest.codebooks.sheet import OPTIONAL, REQUIRED
from contested.ingest.options import Given
from contested.ingest.reader import opened, outcomes

CELLS = {
    "record_id": "K-1",
    "account": "North",
    "source_name": "A diary",
    "event_type": "clash",
    "start": "2020-02-07T17:00+06:00",
    "status": "published",
    "recorded_at": "2020-02-08T09:00+06:00",
    "text": "A fight.",
}


def head():
    book = CalamineWorkbook.from_filelike(io.BytesIO(blank_sheet.workbook()))
    return book.get_sheet_by_index(0).to_python()[0]


def test_the_columns_that_are_needed_come_first_and_every_other_one_after():
    assert head() == [*REQUIRED, *OPTIONAL]


def test_what_is_filled_in_is_read(tmp_path):
    path = tmp_path / "records.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, head())
        sheet.write_row(1, 0, [CELLS.get(column, "") for column in head()])

    (one,) = outcomes(opened(path, Given(path.name, accounts=("North",))))

    assert not one.problems
    assert [claim.claim_id for claim in one.records] == ["K-1"]


def test_every_column_says_what_its_cells_hold():
    assert set(CELLS) == set(REQUIRED)
    assert all(REQUIRED.values())
