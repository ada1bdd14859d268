"""Rows that say the same are known by one number, and what depends on that alone is made once."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from contested.compared.alike import both, distinct, joined, kinds, numbered, once, ranks, runs

CELLS = st.none() | st.sampled_from(["", "a", "b", "ä"])
ROWS = st.lists(st.tuples(CELLS, CELLS, st.none() | st.integers(0, 2)), max_size=12)


def columns(rows):
    texts = [pa.array([row[place] for row in rows], pa.string()) for place in (0, 1)]
    return [*texts, pa.array([row[2] for row in rows], pa.int64())]


@given(ROWS)
def test_two_rows_have_one_number_exactly_when_they_say_the_same(rows):
    number = numbered(*columns(rows)).tolist()

    assert [[one == other for other in number] for one in number] == [[one == other for other in rows] for one in rows]
    assert sorted(set(number)) == list(range(len(set(rows))))


@given(ROWS)
def test_of_rows_that_are_alike_one_thing_is_made_and_each_row_finds_its_own(rows):
    made = []
    number, things = kinds(lambda *row: made.append(row) or row, *columns(rows))

    assert [things[one] for one in number] == rows
    assert len(made) == len(set(rows))


@given(st.lists(CELLS, max_size=12))
def test_a_rank_is_the_place_of_a_value_in_order_and_the_unknown_is_last(cells):
    place, values = ranks(pa.array(cells, pa.string()))

    assert [values[one].as_py() for one in place] == cells
    assert values.to_pylist() == [*sorted({cell for cell in cells if cell is not None}), None]


@given(st.lists(st.sampled_from("ab"), max_size=8))
def test_a_run_ends_where_the_next_row_says_something_else(cells):
    number = runs(pa.array(cells, pa.string())).tolist()

    assert number == [sum(cells[at] != cells[at + 1] for at in range(row)) for row in range(len(cells))]


@given(st.lists(st.integers(0, 9), max_size=12))
def test_the_distinct_numbers_come_in_order(numbers):
    assert distinct(pa.array(numbers, pa.int64()).to_numpy()).tolist() == sorted(set(numbers))


def test_texts_are_made_written_together_and_paired():
    names = pa.array(["north", None, "south", "north"], pa.string())
    loud = once(lambda name: name and name.upper(), names)

    assert loud.to_pylist() == ["NORTH", None, "SOUTH", "NORTH"]
    assert joined(names, ": ", loud).to_pylist() == ["north: NORTH", ": ", "south: SOUTH", "north: NORTH"]
    assert both(names, pa.array([0, 2]), pa.array([2, 3])).to_pylist() == [["north", "south"], ["south", "north"]]
