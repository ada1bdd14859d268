"""A column of texts keeps each text once, and says the same as the texts themselves."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from contested.analysis.comparison.words import always, end_to_end, first_known, read, unknown

CELLS = st.lists(st.none() | st.sampled_from(["", "a", "b", "ä"]), max_size=8)


def words(cells):
    return read(pa.array(cells, pa.string()))


@given(CELLS)
def test_what_is_read_is_what_is_written_each_text_once(cells):
    found = words(cells)

    assert found.tolist() == found.written().to_pylist() == found.column().to_pylist() == cells
    assert found.texts.to_pylist() == list(dict.fromkeys(cell for cell in cells if cell is not None))
    assert found.known().tolist() == [cell is not None for cell in cells]
    assert read(found.column()).tolist() == cells
    assert len(found) == len(cells)


@given(CELLS)
def test_texts_in_order_have_numbers_in_order(cells):
    found = words(cells).in_order()

    assert found.tolist() == cells
    assert found.texts.to_pylist() == sorted({cell for cell in cells if cell is not None})


@given(CELLS, st.data())
def test_rows_are_taken_kept_and_found(cells, data):
    found = words(cells)
    rows = data.draw(st.lists(st.integers(0, len(cells) - 1))) if cells else []
    where = data.draw(st.lists(st.booleans(), min_size=len(cells), max_size=len(cells)))

    assert found.take(np.array(rows, np.int64)).tolist() == [cells[row] for row in rows]
    assert found.of(np.array([*rows, -1])).tolist() == [*(cells[row] for row in rows), None]
    kept = [cell if here else None for cell, here in zip(cells, where, strict=True)]
    assert found.only(np.array(where, bool)).tolist() == kept
    assert found.among(["a", "ä"]).tolist() == [cell in {"a", "ä"} for cell in cells]


@given(CELLS)
def test_of_each_text_a_text_is_made(cells):
    made = words(cells).once(lambda text: text.upper() or None)

    assert made.tolist() == [cell.upper() or None if cell is not None else None for cell in cells]


@given(st.lists(CELLS, min_size=1, max_size=3))
def test_columns_stand_end_to_end(columns):
    every = [cell for cells in columns for cell in cells]

    assert end_to_end([words(cells) for cells in columns]).tolist() == every


@given(st.lists(st.tuples(*[st.none() | st.sampled_from("ab")] * 3), max_size=8))
def test_the_first_that_is_known_is_given(rows):
    columns = [words([row[place] for row in rows]) for place in range(3)]

    assert first_known(*columns).tolist() == [next((cell for cell in row if cell is not None), None) for row in rows]


def test_a_column_may_say_one_thing_or_nothing():
    assert always("yes", 2).tolist() == ["yes", "yes"]
    assert unknown(2).tolist() == [None, None]
    assert end_to_end([unknown(1), always("yes", 1), unknown(0)]).tolist() == [None, "yes"]
