"""The rows to mend come back as a workbook whatever stands in their cells, and nothing of it is lost in silence."""

import io
import json

import pytest
from python_calamine import CalamineWorkbook

from contested.ingest.options import Given
from contested.ingest.rejects import workbook
from contested.model.problem import Problem


@pytest.fixture
def back(tmp_path):
    """Give the cells of a row that must be mended as they come back in the workbook."""

    def written(**cells):
        path = tmp_path / "rows.json"
        path.write_text(json.dumps([cells]))
        wrong = Problem("E-CTRL", 2, "summary", None, "it is wrong \ud83d", "mend it")
        book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(path, Given("rows.json"), [wrong])))
        names, row = book.get_sheet_by_index(0).to_python()
        return dict(zip(names, row, strict=True))

    return written


def test_half_a_letter_is_written_out(back):
    row = back(summary="cut \ud83d", **{"half \udc4d": "x"})

    assert row["summary"] == r"cut \ud83d"
    assert row[r"half \udc4d"] == "x"


def test_a_list_with_half_a_letter_is_written_out(back):
    assert back(part_of=["k1", "cut \ud83d"])["part_of"] == r'["k1", "cut \ud83d"]'


def test_a_number_too_large_for_a_workbook_keeps_its_digits(back):
    assert back(best=12345678901234567890)["best"] == "12345678901234567890"
    assert back(best=178)["best"] == 178


def test_a_text_longer_than_a_cell_is_cut_and_shows_it(back):
    cell = back(summary="a" * 40_000)["summary"]

    assert len(cell) == 32_767
    assert cell.endswith("…")
