"""Parquet keeps its types; what is cut off or grows too far is refused before it fills the memory."""

import io
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from contested.model.problem import UnreadableFileError

SUFFIX = ".parquet"


def written(cells):
    """Write rows as this format does; every format's test module has this."""
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(cells), file)
    return file.getvalue()


def test_values_keep_their_types(read):
    told = {"best": 0, "low": None, "latitude": 42.9, "began": datetime(2020, 2, 7, 11, tzinfo=UTC), "ids": ["k1"]}

    assert read(written([told])) == [(2, told)]


def test_rows_past_the_first_thousand_go_on_counting(read):
    found = read(written([{"best": number} for number in range(2500)]))

    assert [number for number, _ in found] == list(range(2, 2502))
    assert found[-1] == (2501, {"best": 2499})


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_half_a_file_is_refused(refusal, part):
    whole = written([{"kind": "clash"}] * 100)

    assert refusal(whole[: int(part * len(whole))]).code == "E-PARQUET-BROKEN"


def test_bytes_turned_over_inside_are_refused_or_read_but_never_crash(read):
    whole = written([{"kind": "clash", "best": number} for number in range(100)])
    for place in range(4, len(whole) - 8, 7):
        try:
            found = read(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        except UnreadableFileError as error:
            found = error.problems
        assert found


def test_a_million_empty_rows_in_a_few_bytes_are_refused(refusal):
    empty = pa.table({f"c{number}": pa.nulls(2_000_000, pa.string()) for number in range(30)})
    file = io.BytesIO()
    pq.write_table(empty, file)

    assert len(file.getvalue()) < 200_000
    assert refusal(file.getvalue()).code == "E-FILE-EXPANDS"


def test_one_long_word_in_many_rows_is_refused(refusal):
    file = io.BytesIO()
    word = pa.DictionaryArray.from_arrays(pa.array([0] * 1000), ["x" * 1_000_000])
    pq.write_table(pa.table({"text": word}), file, store_schema=False)

    assert len(file.getvalue()) < 200_000
    assert refusal(file.getvalue()).code == "E-FILE-EXPANDS"


def test_two_columns_of_one_name_are_refused(refusal):
    file = io.BytesIO()
    pq.write_table(pa.table([[1], [2]], names=["best", "best"]), file)

    problem = refusal(file.getvalue())

    assert (problem.code, problem.column) == ("E-HEAD-DUP", "best")


def test_more_columns_than_anybody_needs_are_refused(refusal):
    file = io.BytesIO()
    pq.write_table(pa.table({f"c{number}": [1] for number in range(1001)}), file)

    assert refusal(file.getvalue()).code == "E-HEAD-WIDE"
