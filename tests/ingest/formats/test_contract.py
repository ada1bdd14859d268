"""What every file format owes the reader; a new format is held to it by being listed.

Its own test module gives `written(rows)`, the bytes of some rows in that format.
"""

import gzip
import importlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.claims_for_tests import fields

from contested import Claim, Problem, read
from contested.ingest.formats import FORMATS, max_row_number, rows
from contested.model.problem import UnknownColumnsError, UnreadableFileError

every_format = pytest.mark.parametrize("suffix", FORMATS)
TOLD = [
    fields(),
    fields(claim_id="k2", account="south", summary='One said "no", one said nothing;\nthen Жанжал 冲突 🕊 began.'),
    fields(claim_id="k3", began_earliest="2020-02-07T17:00+06:00", measure="killed", best="0"),
]
SPARSE = [dict.fromkeys(TOLD[2], "") | row for row in TOLD]


def written(suffix, cells):
    return importlib.import_module(f"tests.ingest.formats.test_{FORMATS[suffix]}").written(cells)


@pytest.fixture
def file(tmp_path):
    def filing(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return filing


@every_format
def test_rows_come_back_as_they_were_written(suffix, file):
    path = file(f"told{suffix}", written(suffix, SPARSE))

    assert [row for _, row in rows(path)] == SPARSE


@every_format
def test_rows_are_numbered_one_after_another(suffix, file):
    path = file(f"told{suffix}", written(suffix, SPARSE))

    first, *others = [number for number, _ in rows(path)]

    assert first in {1, 2}
    assert others == [first + 1, first + 2]


@every_format
def test_every_format_tells_the_same_claims(suffix, file):
    path = file(f"told{suffix}", written(suffix, SPARSE))

    assert list(read(path)) == [Claim(**row) for row in TOLD]


@every_format
def test_a_suffix_may_be_shouted(suffix, file):
    path = file(f"TOLD{suffix.upper()}", written(suffix, SPARSE))

    assert len(list(rows(path))) == 3


@every_format
def test_a_file_may_be_read_twice(suffix, file):
    path = file(f"told{suffix}", written(suffix, SPARSE))

    assert list(rows(path)) == list(rows(path))


@every_format
def test_a_file_that_is_not_there_is_refused(suffix, tmp_path):
    path = tmp_path / f"nowhere{suffix}"

    with pytest.raises(UnreadableFileError) as caught:
        rows(path)

    assert str(caught.value) == f"{path.name}: there is no file {path}; check the name"


@every_format
def test_a_folder_is_no_file(suffix, tmp_path):
    folder = tmp_path / f"folder{suffix}"
    folder.mkdir()

    with pytest.raises(UnreadableFileError, match="there is no file"):
        rows(folder)


@every_format
@settings(max_examples=60)
@given(content=st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode)))
def test_any_bytes_are_rows_or_problems_or_refused(suffix, content, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / f"any-bytes{suffix}"
    path.write_bytes(content)

    try:
        found, refusal = list(rows(path)), path.name
    except UnreadableFileError as error:
        found, refusal = [], str(error)

    numbers = [number for number, _ in found]
    assert path.name in refusal
    assert all(isinstance(row, dict | Problem) for _, row in found)
    assert numbers == sorted(set(numbers))


@every_format
def test_every_format_may_come_packed(suffix, file):
    path = file(f"told{suffix}.gz", gzip.compress(written(suffix, SPARSE)))

    assert list(read(path)) == [Claim(**row) for row in TOLD]


@every_format
@pytest.mark.parametrize("other", [".csv", ".json", ".parquet", ".xlsx"])
def test_a_file_is_never_taken_for_what_its_name_says_alone(suffix, other, file):
    if written(suffix, SPARSE)[:2] == written(other, SPARSE)[:2] or {suffix, other} == {".jsonl", ".json"}:
        pytest.skip("of one kind")
    path = file(f"told{other}", written(suffix, SPARSE))

    with pytest.raises((UnreadableFileError, UnknownColumnsError)):
        list(read(path))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"PK\x03\x04", "an Excel/zip file"),
        (b"PAR1", "a Parquet file"),
        (b"\x1f\x8b\x08", "a gzip file"),
        (b"\xd0\xcf\x11\xe0\xa1", "an old Excel file"),
        (b"%PDF-1.7", "a PDF"),
        (b"SQLite format 3", "a SQLite database"),
        (b"<!doctype html>", "HTML or XML"),
        (b'\xef\xbb\xbf {"claim_id": 1}', "JSON"),
    ],
)
def test_what_is_something_else_than_its_name_says_is_named(content, what, file):
    with pytest.raises(UnreadableFileError) as caught:
        rows(file("claims.csv", content))

    [problem] = caught.value.problems
    assert (problem.code, problem.reason) == ("E-FILE-TYPE", f"this is {what} named .csv")


@pytest.mark.parametrize("cut", [1, 10, 40])
def test_a_packed_file_that_is_cut_off_is_refused(cut, file):
    with pytest.raises(UnreadableFileError, match=r"whole gzip file|not packed"):
        list(rows(file("claims.csv.gz", gzip.compress(written(".csv", SPARSE))[:cut])))


def test_a_file_that_is_not_packed_is_not_unpacked(file):
    with pytest.raises(UnreadableFileError, match=r"named \.gz but not packed; take \.gz off its name"):
        list(rows(file("claims.csv.gz", written(".csv", SPARSE))))


@pytest.mark.parametrize("name", ["claims.doc", "claims", "claims.csv.exe"])
def test_an_unknown_suffix_is_refused_with_those_that_are_known(name, file):
    path = file(name, b"")

    with pytest.raises(UnreadableFileError) as caught:
        rows(path)

    [problem] = caught.value.problems
    assert problem.reason == "not a format we read"
    assert problem.fix == f"send one of {', '.join(FORMATS)}, or one of them as .gz"


@every_format
def test_no_row_is_numbered_beyond_the_most_that_there_may_be(suffix, file):
    path = file(f"told{suffix}", written(suffix, SPARSE))

    assert max_row_number(path) == 0 or max(number for number, _ in rows(path)) <= max_row_number(path) <= 2 * len(
        SPARSE
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_most_rows_of_a_text_are_its_lines_however_they_end(end, file):
    path = file("told.csv", end.join(["claim_id,summary", "k1,one", '"k2","two', 'lines"', "", "k3,three"]).encode())

    assert max(number for number, _ in rows(path)) == 5
    assert max_row_number(path) == 6
