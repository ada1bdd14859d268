"""The rows of an answer are gone through as pandas itself would, only faster."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested import CHARTS, Selection
from contested.query.rows import each

WORDS = st.none() | st.text(max_size=3)
ROWS = st.lists(st.tuples(WORDS, st.none() | st.integers(-9, 9), st.booleans(), st.none() | st.datetimes()), max_size=5)


def same(ours, theirs):
    """Compare two rows cell by cell; unknown is as unknown as unknown."""
    return all(
        type(one) is type(other) and (one is other or one == other or (pd.isna(one) and pd.isna(other)))
        for one, other in zip(ours, theirs, strict=True)
    )


@given(ROWS)
def test_every_cell_is_what_itertuples_gives(rows):
    frame = pd.DataFrame(rows, columns=["account", "best", "is_part", "stated_at"])

    for ours, theirs in zip(each(frame), frame.itertuples(index=False), strict=True):
        assert ours._fields == theirs._fields
        assert same(ours, theirs)


def test_an_answer_without_rows_has_none_to_go_through():
    assert list(each(pd.DataFrame(columns=["account"]))) == []
    assert list(each(pd.DataFrame())) == []


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
def test_the_rows_of_every_chart_are_what_itertuples_gives(chart, korday_store):
    rows = korday_store.ask(chart.question, Selection(zone="Asia/Almaty"))

    assert repr(list(each(rows))) == repr(list(rows.itertuples(index=False, name="Row")))
