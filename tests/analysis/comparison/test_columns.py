"""Texts become codes into one sorted dictionary, by which rows of several columns are compared, grouped and sorted."""

from datetime import UTC, datetime
from itertools import groupby

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from contested.analysis.comparison.columns import ABSENT, UNKNOWN, any_known, encode, group_by, number_by

TEXTS = st.none() | st.text(max_size=3)
ROWS = st.lists(st.tuples(TEXTS, TEXTS), max_size=12)


def table(rows):
    one, other = ([row[number] for row in rows] for number in (0, 1))
    return pa.table({"one": pa.array(one, pa.string()), "other": pa.array(other, pa.string())})


@given(ROWS, TEXTS)
def test_codes_of_any_two_columns_compare_as_their_texts_do(rows, constant):
    columns = encode(table(rows), *([] if constant is None else [constant]))

    for (one, other), *codes in zip(rows, columns["one"].tolist(), columns["other"].tolist(), strict=True):
        assert [text is None for text in (one, other)] == [code == UNKNOWN for code in codes]
        if one is not None and other is not None:
            in_order = one.encode() < other.encode()
            assert (one == other, in_order) == (codes[0] == codes[1], codes[0] < codes[1])
    assert columns.decode(columns["other"]).to_pylist() == [other for _, other in rows]
    assert constant is None or columns.texts[int(columns.code(constant))].as_py() == constant


def test_a_text_that_no_row_has_equals_none():
    columns = encode(table([("a", None), ("c", "a")]))

    assert columns.code("b") == ABSENT
    assert columns.equals("one", "a").tolist() == [True, False]
    assert columns.equals("other", "b").tolist() == [False, False]
    assert [columns.text("other", row) for row in range(2)] == [None, "a"]


def test_a_time_is_its_epoch_seconds_and_an_unknown_one_is_no_number():
    noon = datetime(2020, 2, 8, 12, tzinfo=UTC)
    columns = encode(pa.table({"at": pa.array([noon, None], pa.timestamp("us", "Asia/Almaty"))}))

    assert columns["at"].tolist()[0] == noon.timestamp()
    assert np.isnan(columns["at"][1])


NUMBERS = st.sampled_from([0.0, 1.0, float("nan")])


@given(st.lists(st.tuples(st.integers(-1, 2), NUMBERS), max_size=30))
def test_rows_that_are_equal_in_every_column_are_one_group(rows):
    codes, numbers = np.array([code for code, _ in rows], int), np.array([number for _, number in rows], float)
    groups = group_by(codes, numbers)

    found = [groups.rows[start:stop].tolist() for start, stop in zip(groups.starts, groups.starts[1:], strict=False)]
    ranked = sorted(range(len(rows)), key=lambda row: repr(rows[row]))
    assert sorted(found) == sorted(list(group) for _, group in groupby(ranked, key=lambda row: repr(rows[row])))
    assert groups.first.tolist() == [group[0] for group in found]
    assert groups.broadcast(groups.first).tolist() == [
        next(g[0] for g in found if row in g) for row in range(len(rows))
    ]


FAR_APART = st.integers(-(2**40), 2**40)


@given(st.lists(st.tuples(FAR_APART, FAR_APART, FAR_APART), max_size=12))
def test_rows_are_numbered_in_the_order_of_their_columns_however_large_the_values(rows):
    found = number_by(*np.array(rows, np.int64).reshape(-1, 3).T)

    assert found.tolist() == [sorted({*rows}).index(row) for row in rows]


def test_any_number_that_is_known_counts():
    nothing, some = np.array([np.nan, np.nan]), np.array([np.nan, 0.0])

    assert any_known(nothing, some).tolist() == [False, True]
    assert any_known(nothing).tolist() == [False, False]
