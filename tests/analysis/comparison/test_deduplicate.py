"""Rows that say the same are known by one number, and what depends on that alone is made once."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.analysis.comparison import deduplicate
from contested.analysis.comparison.deduplicate import (
    Columns,
    both,
    distinct,
    firsts,
    joined,
    keyed,
    kinds,
    numbered,
    once,
    runs,
)
from contested.analysis.comparison.words import read

CELLS = st.none() | st.sampled_from(["", "a", "b", "ä"])
ROWS = st.lists(st.tuples(CELLS, st.none() | st.sampled_from([0.0, 1.5, -np.inf]), CELLS, st.booleans()), max_size=12)


def words(cells):
    return read(pa.array(cells, pa.string()))


def columns(rows):
    one, figures, other, flags = zip(*rows, strict=True) if rows else ((), (), (), ())
    return words(one), np.array(figures, np.float64), words(other), np.array(flags, bool)


def same(rows):
    return [[one == other for other in rows] for one in rows]


@given(ROWS)
def test_two_rows_have_one_number_exactly_when_they_say_the_same(rows):
    number = numbered(*columns(rows)).tolist()

    assert same(number) == same(rows)
    assert sorted(set(number)) == list(range(len(set(rows))))


@pytest.mark.parametrize("widest", [1, 8, 2**62])
@given(ROWS)
def test_however_many_numbers_fit_into_one_the_rows_are_told_apart(widest, rows):
    texts = [words([row[place] for row in rows]) for place in (0, 2)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deduplicate, "_WIDEST", widest)
        number, key = numbered(*columns(rows)).tolist(), keyed(*texts).tolist()

    assert same(number) == same(rows)
    assert same(key) == same([(row[0], row[2]) for row in rows])


@given(ROWS)
def test_a_key_is_in_the_order_of_the_first_column_then_of_the_next_and_the_unknown_comes_first(rows):
    texts = [words([row[place] for row in rows]).in_order() for place in (0, 2)]
    order = np.argsort(keyed(*texts), kind="stable").tolist()
    told = [tuple((cell is not None, cell or "") for cell in (row[0], row[2])) for row in rows]

    assert [told[row] for row in order] == sorted(told)


@given(ROWS)
def test_of_rows_that_are_alike_one_thing_is_made_and_each_row_finds_its_own(rows):
    made = []
    number, things = kinds(lambda *row: made.append(row) or row, *columns(rows))

    assert [things[one] for one in number] == rows
    assert len(made) == len(set(rows))


@given(st.lists(st.integers(0, 2), max_size=8))
def test_a_run_ends_where_the_next_row_says_something_else(cells):
    number = runs(np.array(cells, np.int64)).tolist()

    assert number == [sum(cells[at] != cells[at + 1] for at in range(row)) for row in range(len(cells))]


@given(st.lists(st.integers(0, 9), max_size=12))
def test_the_distinct_numbers_come_in_order(numbers):
    assert distinct(np.array(numbers, np.int64)).tolist() == sorted(set(numbers))


@given(st.lists(st.integers(0, 3), max_size=12).map(lambda cells: [sorted(set(cells)).index(one) for one in cells]))
def test_the_first_row_of_each_number_is_named(cells):
    assert firsts(np.array(cells, np.int64)).tolist() == [cells.index(one) for one in sorted(set(cells))]


def test_texts_are_made_written_together_and_paired():
    names = words(["north", None, "south", "north"])
    loud = once(lambda name: name and name.upper(), names)

    assert loud.tolist() == ["NORTH", None, "SOUTH", "NORTH"]
    assert joined(names, ": ", loud).to_pylist() == ["north: NORTH", ": ", "south: SOUTH", "north: NORTH"]
    pairs = both(names.column(), pa.array([0, 2]), pa.array([2, 3]))
    assert pairs.to_pylist() == [["north", "south"], ["south", "north"]]


def test_rows_are_taken_of_all_columns_or_of_some():
    rows = Columns(
        {"account": words(["a", None])}, {"low": np.array([1.0, np.nan])}, {"certain": np.array([True, False])}
    )

    taken = rows.take(np.array([1, 0]))
    assert taken.texts["account"].tolist() == [None, "a"]
    assert taken["certain"].tolist() == [False, True]
    assert taken["low"].tolist()[1] == 1
    some = rows.take(np.array([0]), "low")
    assert (dict(some.texts), list(some.reals), dict(some.flags)) == ({}, ["low"], {})
