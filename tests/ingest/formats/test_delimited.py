"""CSV is read as spreadsheets write it; what breaks the table is said, and what breaks a row costs that row only."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.ingest.formats import rows
from contested.model.problem import UnreadableFileError

SUFFIX = ".csv"


def written(cells):
    """Write rows as this format does; every format's test module has this."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(cells[0]), quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(cells)
    return text.getvalue().encode()


@pytest.fixture
def refusal(read):
    def refusing(content):
        with pytest.raises(UnreadableFileError) as caught:
            read(content)
        return str(caught.value)

    return refusing


def test_the_first_row_under_the_header_is_row_2(read):
    assert read("kind,place\nclash,Masanchi\n") == [(2, {"kind": "clash", "place": "Masanchi"})]


def test_the_byte_order_mark_of_a_spreadsheet_is_no_part_of_the_first_column(read):
    assert read(b"\xef\xbb\xbfkind\nclash\n") == [(2, {"kind": "clash"})]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_lines_may_end_as_any_system_ends_them(read, end):
    content = end.join(["kind,place", "clash,Masanchi", "call,Taraz", ""])

    assert read(content) == [(2, {"kind": "clash", "place": "Masanchi"}), (3, {"kind": "call", "place": "Taraz"})]


def test_the_last_line_needs_no_end(read):
    assert read("kind\nclash") == [(2, {"kind": "clash"})]


def test_a_comma_and_a_quote_may_stand_in_quotes(read):
    [(_, row)] = read('summary\n"He said ""no"", and left."\n')

    assert row == {"summary": 'He said "no", and left.'}


def test_a_newline_in_quotes_makes_no_new_row(read):
    [(first, row), (second, _)] = read('summary\n"They fought.\r\nThen they talked."\nThey left.\n')

    assert row == {"summary": "They fought.\r\nThen they talked."}
    assert (first, second) == (2, 3)


@pytest.mark.parametrize("blank", ["", ","], ids=["no cell", "empty cells"])
def test_a_blank_row_is_passed_over_but_counted(read, blank):
    found = read(f"kind,place\n{blank}\nclash,Masanchi\n{blank}\n{blank}\ncall,Taraz\n")

    assert [number for number, _ in found] == [3, 6]


def test_an_empty_cell_stays_empty(read):
    assert read("kind,best\nclash,\n") == [(2, {"kind": "clash", "best": ""})]


@pytest.mark.parametrize(
    ("line", "cells", "fix"),
    [("clash", "1 cell", "complete the row"), ("clash,Masanchi,7", "3 cells", "quote a cell that holds a comma")],
    ids=["too few", "too many"],
)
def test_a_row_with_the_wrong_number_of_cells_is_a_problem_and_the_next_is_read(read, line, cells, fix):
    [(number, problem), (_, after)] = read(f"kind,place\n{line}\ncall,Taraz\n")

    assert (number, problem.row, problem.code) == (2, 2, "E-CSV-WIDTH")
    assert (problem.value, problem.reason, problem.fix) == (cells, f"{cells} under 2 headings", fix)
    assert after == {"kind": "call", "place": "Taraz"}


def test_a_header_alone_has_no_rows(read):
    assert read("kind,place\n") == []


@pytest.mark.parametrize("content", ["", "\n", ",,\n", "\ufeff"], ids=["nothing", "a line", "commas", "a mark"])
def test_an_empty_file_is_refused(refusal, content):
    assert refusal(content) == "claims.csv: the file is empty; export it again"


def test_two_columns_of_one_name_are_refused(refusal):
    said = refusal("best,kind,best\n8,clash,10\n")

    assert said == "claims.csv: row 1, best 'best': the heading stands more than once (columns 1 and 3); rename one"


def test_an_unclosed_quote_is_refused(refusal):
    said = refusal('kind,summary\nclash,"They fought.\ncall,They called.\n')

    assert said.startswith("claims.csv: row 2, summary 'They fought.': a quotation mark opens here and is never closed")


def test_words_after_a_closing_quote_are_refused(refusal):
    said = refusal('kind\n"clash"es\n')

    assert said.startswith("claims.csv: row 2, kind 'clashes': words stand behind a closing quotation mark")


@pytest.mark.parametrize(
    ("content", "cell", "byte"),
    [
        ("kind,place\nclash,Жанжал\n".encode("cp1251"), r"\xc6\xe0\xed\xe6\xe0\xeb", "C6"),
        (b"kind,place\nclash,Mas\xffnchi\n", r"Mas\xffnchi", "FF"),
        ("kind,place\nclash,Café Жанжал".encode() + b" caf\xe9\n", r"Café Жанжал caf\xe9", "E9"),
    ],
    ids=["another code page", "a broken byte", "two encodings in one cell"],
)
def test_what_is_in_no_known_letters_is_refused_with_the_cell(refusal, content, cell, byte):
    said = refusal(content)

    assert said.startswith(f"claims.csv: row 2, place {cell!r}: byte 0x{byte} is not UTF-8; ")


@pytest.mark.parametrize(
    ("codec", "name"), [("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"), ("utf-32", "UTF-32")]
)
def test_other_unicode_is_converted_and_said_so(read, codec, name):
    (_, problem), row = read("kind,place\nclash,Қордай\n".encode(codec))

    assert (problem.code, problem.value, problem.severity) == ("W-ENC-CONVERTED", name, "warning")
    assert row == (2, {"kind": "clash", "place": "Қордай"})


def test_western_letters_between_plain_ones_are_converted_and_said_so(read):
    (_, problem), row = read("place,summary\nCafé,„naïve“ – 5 €\n".encode("cp1252"))

    assert (problem.code, problem.value) == ("W-ENC-CONVERTED", "Windows-1252")
    assert row == (2, {"place": "Café", "summary": "„naïve“ – 5 €"})


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_delimiter_may_divide_the_cells(read, delimiter):
    found = read(f'kind{delimiter}place\n"clash{delimiter}, fire"{delimiter}Masanchi\n')

    assert found == [(2, {"kind": f"clash{delimiter}, fire", "place": "Masanchi"})]


def test_a_first_line_that_names_the_delimiter_is_no_row(read):
    assert read("sep=;\nkind;place\nclash;Masanchi\n") == [(2, {"kind": "clash", "place": "Masanchi"})]


def test_a_cell_that_ends_its_row_may_be_empty_and_unnamed(read):
    assert read("kind,place,,\nclash,Masanchi,,\n") == [(2, {"kind": "clash", "place": "Masanchi"})]


def test_blank_lines_above_the_headings_are_counted(read):
    assert read("\n,\nkind,place\nclash,Masanchi\n") == [(4, {"kind": "clash", "place": "Masanchi"})]


def test_titles_above_the_headings_are_passed_over_and_said(read):
    [*titles, told] = read("Final table v3\n\nas of 3 March,,\nkind,place,best\nclash,Masanchi,8\n")

    assert [(row, one.code, one.value) for row, one in titles] == [
        (1, "W-HEAD-TITLE", "Final table v3"),
        (3, "W-HEAD-TITLE", "as of 3 March"),
    ]
    assert told == (5, {"kind": "clash", "place": "Masanchi", "best": "8"})


def test_a_title_above_numbers_is_no_heading(refusal):
    said = refusal("Final table v3\n2021,8,9\n2022,7,6\n")

    assert said == (
        "claims.csv: row 1 'Final table v3': row 1 is not the headings; row 2 looks like them; delete row 1"
    )


def test_an_unclosed_quote_is_found_where_it_opens_though_cells_before_it_hold_newlines(refusal):
    said = refusal('kind,place,summary\n"one\ntwo",Masanchi,"and\nso",\n,,"open, and\nmore\nto come\n')

    assert "row 3, summary 'open'" in said


def test_more_columns_than_anybody_needs_are_refused(refusal):
    said = refusal(",".join(f"c{number}" for number in range(1001)) + "\n")

    assert "1,001 columns; the limit is 1,000" in said


def test_a_cell_without_an_end_is_refused(refusal):
    said = refusal('kind,summary\nclash,"' + "x" * 10_000_001 + '"\n')

    assert "row 2, summary" in said
    assert "longer than 10,000,000 characters" in said


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@settings(deadline=None)
@given(st.lists(st.tuples(words, words).filter(lambda cells: any(map(str.strip, cells))), min_size=1, max_size=4))
def test_any_words_that_are_written_are_read_again(tmp_path_factory, cells):
    path = tmp_path_factory.getbasetemp() / "any-words.csv"
    given_rows = [{"summary": summary, "place": place} for summary, place in cells]

    path.write_bytes(written(given_rows))

    assert [row for _, row in rows(path)] == given_rows
