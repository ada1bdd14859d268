"""Figures too few for a chart stand in a table."""

import pytest
from tests.lies.small_stories import killed, told

import few_figures


def figures(number, **said):
    return [killed(f"k{n}", 8 + n, **said) for n in range(number)]


@pytest.mark.parametrize(("number", "is_table"), [(0, False), (1, True), (2, True), (3, False)])
def test_up_to_two_figures_of_one_account_stand_in_a_table(number, is_table):
    found = told("casualty-counts", *figures(number))

    assert (few_figures.body(found) is not None) == is_table


def test_where_a_second_account_is_heard_there_is_a_chart_as_its_silence_is_shown():
    assert few_figures.body(told("casualty-counts", *figures(1), killed("other", 9, account="south"))) is None


def test_the_table_says_what_how_many_and_when_and_text_is_never_markup():
    odd = killed("a", 8, victims="<b>police</b>", via="a neighbour", stated_at="2020-02-11T12:00Z")
    written = few_figures.table(told("casualty-counts", odd))

    assert "<td>Killed, &lt;b&gt;police&lt;/b&gt;</td>" in written
    assert "<b>8</b> (hearsay)" in written
    assert "11 Feb" in written
