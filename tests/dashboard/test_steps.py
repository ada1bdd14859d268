"""An event step by step: two tellings beside each other in the order of the story, and where both cannot be true."""

import re

import pytest
from streamlit.testing.v1 import AppTest
from tests.claims_for_tests import claim

from contested.model.vocabulary import Kind
from contested.query.legend import Legend, Voice
from contested.query.selection import By, Selection


def compare():
    import streamlit as st  # noqa: PLC0415 runs as a script of its own

    from contested import CHARTS, Selection  # noqa: PLC0415
    from views import compare  # noqa: PLC0415

    chart = next(one for one in CHARTS if one.key == "disagreements")
    chosen = {name: st.query_params[name] for name in ("as_known_at", "by") if name in st.query_params}
    compare.show(chart, Selection(zone="Asia/Almaty", **chosen))


@pytest.fixture
def page():
    page = AppTest.from_function(compare, default_timeout=60)
    page.query_params["show"] = "steps"
    return page


def rows(page):
    """Give the verdict of each step, and which cells are shaded."""
    [html] = [one.body for one in page.get("html") if "matrix steps" in one.body]
    found = re.findall(r'<tr role="row"><th scope="row" role="rowheader">(.*?)</th>(.*?)</tr>', html)
    return {
        re.sub(r"<small>.*", "", step): (
            re.findall(r'class="verdict">(.*?)<', cells)[0],
            ["amber" in state for state in re.findall(r'<td role="cell" class="([^"]*)">', cells)[:3]],
        )
        for step, cells in found
    }


def test_korday_tells_5_february_in_steps_of_at_most_three_words(page, korday):
    page.run()

    assert not page.exception
    assert page.header[0].value == "Both tellings share eight of eleven steps; on three they cannot both be true"
    found = rows(page)
    assert list(found) == list(korday.package.steps["road-incident"])
    assert all(len(step.split()) <= 3 for step in found)
    assert found["The lorry"] == ("Not compared", [False, False, False])
    assert found["The elder"] == ("One denies", [True, True, True])
    assert found["The hammer"] == ("One denies", [True, False, True])
    assert found["Police, ambulance"] == ("One voice", [False, False, False])


def test_the_two_ways_to_compare_are_named_in_words(page):
    page.run()

    [ways] = [one for one in page.button_group if one.label == "Compare"]
    assert list(ways.options) == ["Question by question", "One event, step by step"]


def test_other_tellers_can_be_put_beside_each_other_and_are_in_the_link(page):
    page.query_params["right"] = "rumour"

    page.run()

    assert not page.exception
    assert page.header[0].value == "Both tellings share four of eleven steps; on three they cannot both be true"
    page.selectbox(key="left").select("kazakh_residents").run()
    assert page.query_params["left"] == "kazakh_residents"


def test_before_anything_is_known_no_step_is_told(page):
    page.query_params["as_known_at"] = "2019-01-01T00:00+06:00"

    page.run()

    assert not page.exception
    assert page.header[0].value == "Nobody shown tells a step of this event"


def test_by_side_the_sides_stand_beside_each_other(page):
    page.query_params["by"] = "side"

    page.run()

    assert not page.exception
    assert "Both tellings share" in page.header[0].value


def test_a_step_holds_only_pairs_of_which_both_tell_it():
    import step_table  # noqa: PLC0415 of the dashboard

    told = {one: claim(claim_id=one, account=one[0], kind=Kind.STATEMENT) for one in ("a1", "a2", "b1")}
    beyond = step_table.Pair("contradict", frozenset("ab"), frozenset({"a1", "a2", "b9"}))
    within = step_table.Pair("contradict", frozenset("ab"), frozenset({"a1", "b1"}))
    [one] = step_table.steps({"First": ["a1", "a2", "b1", "gone"]}, told, [beyond, within], By.ACCOUNT)

    assert one.pairs == [within]
    assert step_table.title([one], "a", "b") == "Both tellings share one of one step; on one they cannot both be true"


def test_one_who_tells_nothing_of_a_step_gives_no_answer():
    import step_table  # noqa: PLC0415 of the dashboard

    found = step_table.steps({"First": ["a"]}, {"a": claim(claim_id="a", account="a")}, [], By.ACCOUNT)
    a, b, c = (Voice(key, key.upper(), number) for number, key in enumerate("abc"))
    legend = Legend((a, b, c), Selection())

    assert "<small>B gives no answer</small>" in step_table.table(found, a, b, legend)
    assert "<small>B and C give no answer</small>" in step_table.table(found, b, c, legend)


def test_text_of_a_step_is_never_markup():
    import step_table  # noqa: PLC0415 of the dashboard

    nasty = "<img src=x onerror=alert(1)>"
    told = claim(claim_id="a", account="a", summary=nasty, speaker=nasty)
    found = step_table.steps({nasty: ["a"]}, {"a": told}, [], By.ACCOUNT)
    voices = Voice("a", nasty, 0), Voice("b", nasty, 1)

    assert "<img" not in step_table.table(found, *voices, Legend(voices, Selection()))
