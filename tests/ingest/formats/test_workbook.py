"""Workbooks know numbers from dates; the sheet is never guessed."""

import io
import zipfile
from datetime import date, datetime, time

import pytest
import xlsxwriter

NOON = datetime(2020, 2, 7, 12)  # noqa: DTZ001 a workbook knows no zones

SUFFIX = ".xlsx"


def workbook(**sheets):
    """Write sheets of rows; a word stays a word."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        form = {
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            time: book.add_format({"num_format": "hh:mm"}),
        }
        for name, table in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(table):
                for column, cell in enumerate(row):
                    sheet.write(number, column, cell, form.get(type(cell)))
    return file.getvalue()


def written(cells):
    """Write rows as this format does; every format's test module has this."""
    return workbook(claims=[list(cells[0]), *(list(row.values()) for row in cells)])


def test_cells_keep_their_types(read):
    told = {"best": 10, "latitude": 42.9, "began": NOON, "sensitive": True}

    assert read(written([told])) == [(2, told)]


def test_a_day_without_a_clock_and_a_clock_without_a_day_are_words(read):
    assert read(written([{"day": date(2020, 2, 7), "clock": time(17, 0)}])) == [
        (2, {"day": "2020-02-07", "clock": "17:00:00"})
    ]


def test_a_midnight_is_a_minute_where_its_column_has_clocks(read):
    midnight = datetime(2020, 2, 8)  # noqa: DTZ001 a workbook knows no zones

    assert read(written([{"at": NOON, "on": date(2020, 2, 7)}, {"at": midnight, "on": date(2020, 2, 8)}])) == [
        (2, {"at": NOON, "on": "2020-02-07"}),
        (3, {"at": midnight, "on": "2020-02-08"}),
    ]


def test_blank_rows_are_passed_over_but_counted(read):
    found = read(workbook(claims=[["kind", "best"], [], ["clash", 8], [], [], ["call", 1]]))

    assert [number for number, _ in found] == [3, 6]


def test_a_table_that_begins_further_down_keeps_its_row_numbers(read):
    assert read(workbook(claims=[[], [], ["kind", "best"], ["clash", 8]])) == [(4, {"kind": "clash", "best": 8})]


def test_an_empty_cell_is_empty(read):
    assert read(workbook(claims=[["kind", "best"], ["clash"]])) == [(2, {"kind": "clash", "best": ""})]


def test_an_empty_sheet_beside_the_records_is_no_doubt(read):
    assert read(workbook(Sheet1=[["kind"], ["clash"]], Sheet2=[])) == [(2, {"kind": "clash"})]


def test_two_sheets_with_something_in_them_are_never_guessed_from(refusal):
    problem = refusal(workbook(North=[["kind"], ["clash"]], South=[["kind"], ["call"]]))

    assert (problem.code, problem.value, problem.fix) == ("E-XLSX-SHEET", "North, South", "choose one")


def test_a_sheet_may_be_chosen(read):
    assert read(workbook(North=[["kind"], ["clash"]], South=[["kind"], ["call"]]), "South") == [(2, {"kind": "call"})]


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(refusal):
    problem = refusal(workbook(North=[["kind"], ["clash"]]), "West")

    assert (problem.value, problem.reason, problem.fix) == ("West", "no such sheet", "choose one of North")


def test_an_empty_workbook_is_empty(refusal):
    assert refusal(workbook(Sheet1=[])).code == "E-FILE-EMPTY"


def test_merged_cells_are_named_and_their_words_are_those_of_each_row(read):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["kind", "best"])
        sheet.write_row(1, 0, ["", 8])
        sheet.write_row(2, 0, ["", 9])
        sheet.merge_range("A2:A3", "clash")

    (_, problem), first, second = read(file.getvalue())

    assert (problem.code, problem.severity) == ("W-XLSX-MERGED", "warning")
    assert (first[1]["kind"], second[1]["kind"]) == ("clash", "clash")


def test_a_formula_that_was_never_worked_out_is_named(read):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["kind", "best", "high"])
        sheet.write_row(1, 0, ["clash"])
        sheet.write_formula(1, 1, "=4+4", None, "")
        sheet.write_formula(1, 2, "=5+5", None, 10)

    (_, problem), row = read(file.getvalue())

    assert (problem.code, problem.value, problem.severity) == ("W-XLSX-FORMULA", "1 formulas", "warning")
    assert row == (2, {"kind": "clash", "best": "", "high": 10})


@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_half_a_workbook_is_refused(refusal, part):
    whole = written([{"kind": "clash"}])

    assert refusal(whole[: int(part * len(whole))]).code == "E-XLSX-BROKEN"


def test_a_zip_that_is_no_workbook_is_refused(refusal):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as members:
        members.writestr("letter.txt", "no table")

    assert refusal(file.getvalue()).code == "E-XLSX-BROKEN"


def test_a_zip_of_very_many_parts_is_refused(refusal):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as members:
        for number in range(1001):
            members.writestr(f"xl/{number}.xml", "")

    assert refusal(file.getvalue()).code == "E-FILE-EXPANDS"


def test_a_bomb_is_refused_before_it_is_unpacked(refusal):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as members:
        members.writestr("xl/worksheets/sheet1.xml", b"<row/>" * 10_000_000)

    assert len(file.getvalue()) < 100_000
    assert refusal(file.getvalue()).code == "E-FILE-EXPANDS"
