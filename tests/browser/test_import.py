"""A new user's path: a workbook with three wrong cells, the message, the mended workbook, the charts."""

import re

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook
from tests.browser.conftest import PATIENCE
from tests.dashboard.test_import import USUAL
from xlsxwriter import Workbook

SOUND = [
    {"record_id": f"K-{number}", "start": f"2020-02-07T{hour}:00+06:00", "end": f"2020-02-07T{hour + 1}:30+06:00"}
    for number, hour in enumerate((16, 17, 18, 19), start=1)
]
WRONG = [
    {"record_id": "K-7", "killed_best": "dozens"},
    {"record_id": "K-8", "start": "02/07/2020 18:00"},
    {"record_id": "K-9", "killed_low": "9", "killed_best": "8"},
]
MENDED = [{"killed_best": "10"}, {"start": "2020-02-07T18:00+06:00"}, {"killed_low": "7"}]


def written(path, rows, head):
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate([head, *rows]):
            sheet.write_row(line, 0, cells)
    return path


def drop(dashboard, path):
    dashboard.page.locator("input[type=file]").set_input_files(path)
    dashboard.page.get_by_role("heading", name="accepted").wait_for()
    dashboard.settle()


@pytest.fixture
def workbook(tmp_path):
    rows = [list((USUAL | cells).values()) for cells in [*SOUND, *WRONG]]
    return written(tmp_path / "night.xlsx", rows, list(USUAL))


def mended(path, folder):
    """Mend the three cells in the workbook that was sent back, and touch nothing else."""
    head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    cells = [
        [(dict(zip(head, row, strict=True)) | mend)[name] for name in head]
        for row, mend in zip(rows, MENDED, strict=True)
    ]
    return written(folder / "night-to-mend.xlsx", cells, head)


def test_three_wrong_cells_are_named_mended_and_in_the_charts(dashboard, workbook, tmp_path):
    dashboard.open("import")
    drop(dashboard, workbook)

    page = dashboard.page
    expect(page.get_by_role("heading", name="4 of 7 rows can be accepted; 3 cells need mending")).to_be_visible()
    for said in ("dozens", "02/07/2020 18:00", "killed_low"):
        expect(page.get_by_text(said).first).to_be_visible()
    with page.expect_download() as sent:
        page.get_by_role("button", name="Download the 3 rows to mend").click()
    sent.value.save_as(tmp_path / "sent-back.xlsx")

    drop_again = mended(tmp_path / "sent-back.xlsx", tmp_path)
    page.reload()
    dashboard.settle()
    drop(dashboard, drop_again)

    expect(page.get_by_role("heading", name="3 of 3 rows can be accepted, 3 claims")).to_be_visible()
    page.get_by_label("Your name, for the record").fill("Ann")
    page.get_by_label("Your name, for the record").press("Enter")
    dashboard.settle()
    page.get_by_role("button", name="Accept 3 claims").click()
    page.get_by_text("Recorded in night-to-mend").wait_for()
    dashboard.settle()
    page.goto(page.get_by_role("link", name="See it in the charts").evaluate("link => link.href"))
    dashboard.settle()
    assert dashboard.parameters()["story"] == ["night-to-mend"]
    assert dashboard.title("casualty-counts") == "The killed are counted for three events, from 7 to 10 in each"
    assert dashboard.errors() == 0
    assert dashboard.foreign == []


def test_a_file_that_breaks_is_refused_in_words_and_nothing_is_offered(dashboard, tmp_path):
    broken = tmp_path / "night.xlsx"
    broken.write_bytes(b"PK\x03\x04 and then nothing")
    dashboard.open("import")

    dashboard.page.locator("input[type=file]").set_input_files(broken)

    expect(dashboard.page.get_by_role("heading", name="The file cannot be read")).to_be_visible()
    assert dashboard.page.get_by_role("button", name="Accept").count() == 0
    assert dashboard.errors() == 0


def test_a_long_examination_says_how_far_it_is_and_is_cancelled(dashboard, tmp_path):
    row = ",".join((USUAL | {"record_id": "K-{}"}).values())
    lines = [",".join(USUAL), *(row.replace("{}", str(number)) for number in range(60_000))]
    (tmp_path / "long.csv").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "short.csv").write_text("\n".join(lines[:4]), encoding="utf-8")
    page, file = dashboard.page, dashboard.page.locator("input[type=file]")
    dashboard.open("import")

    file.set_input_files(tmp_path / "long.csv")
    expect(page.get_by_text(re.compile(r"[\d,]+ of 60,00\d lines read"))).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Cancel").click()

    expect(page.get_by_text("The examination was cancelled; nothing of the file is kept.")).to_be_visible()
    expect(page.get_by_role("button", name="Examine it after all")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0)

    file.set_input_files(tmp_path / "short.csv")
    expect(page.get_by_role("heading", name="3 of 3 rows can be accepted")).to_be_visible(timeout=PATIENCE)
    assert dashboard.errors() == 0
