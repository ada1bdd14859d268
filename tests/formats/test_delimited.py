"""CSV is read as spreadsheets write it; what breaks the table is said, and what breaks a row costs that row only."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.formats import rows
from contested.problem import UnreadableFileError


def written(cells):
    """Write rows as this format does; every format's test module has this."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(cells[0]), quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(cells)
    return text.getvalue().encode()


@pytest.fixture
def read(tmp_path):
    def reading(content):
        path = tmp_path / "claims.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(rows(path))

    return reading


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
    ("line", "reason"),
    [("clash", "1 cells under 2 columns"), ("clash,Masanchi,7", "3 cells under 2 columns")],
    ids=["too few", "too many"],
)
def test_a_row_with_the_wrong_number_of_cells_is_a_problem_and_the_next_is_read(read, line, reason):
    [(number, problem), (_, after)] = read(f"kind,place\n{line}\ncall,Taraz\n")

    assert (number, problem.row, problem.code) == (2, 2, "cells")
    assert (problem.value, problem.reason) == (line, reason)
    assert problem.fix == "quote a cell that holds a comma"
    assert after == {"kind": "call", "place": "Taraz"}


def test_a_header_alone_has_no_rows(read):
    assert read("kind,place\n") == []


@pytest.mark.parametrize("content", ["", "\n", ",,\n", "\ufeff"], ids=["nothing", "a line", "commas", "a mark"])
def test_an_empty_file_is_refused(refusal, content):
    assert refusal(content) == "claims.csv is empty; the first row must name the columns"


def test_two_columns_of_one_name_are_refused(refusal):
    assert refusal("best,kind,best\n8,clash,10\n") == "claims.csv names a column twice: best; rename one"


def test_an_unclosed_quote_is_refused(refusal):
    said = refusal('kind,summary\nclash,"They fought.\ncall,They called.\n')

    assert said.startswith("claims.csv breaks off: ")
    assert said.endswith("; look for an unclosed quote")


def test_words_after_a_closing_quote_are_refused(refusal):
    assert refusal('kind\n"clash"es\n').startswith("claims.csv breaks off: ")


@pytest.mark.parametrize(
    ("content", "byte"),
    [("summary\nЖанжал\n".encode("cp1251"), 8), ("summary\nЖанжал\n".encode("utf-16"), 0)],
    ids=["cp1251", "utf-16"],
)
def test_what_is_not_utf_8_is_refused_with_the_place(refusal, content, byte):
    assert refusal(content) == f"claims.csv is not UTF-8 (byte {byte}); save it as CSV UTF-8"


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@settings(deadline=None)
@given(st.lists(st.tuples(words, words).filter(any), min_size=1, max_size=4))
def test_any_words_that_are_written_are_read_again(tmp_path_factory, cells):
    path = tmp_path_factory.getbasetemp() / "any-words.csv"
    given_rows = [{"summary": summary, "place": place} for summary, place in cells]

    path.write_bytes(written(given_rows))

    assert [row for _, row in rows(path)] == given_rows
