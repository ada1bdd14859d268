"""Delays in the dashboard: three parts of one view, its table of numbers, and a clock that is set by a cell."""

import pytest
from streamlit.testing.v1 import AppTest
from tests.charts.test_response_delays import many
from tests.lies.small_stories import told

from contested.charts.pooled_delays import summaries
from panel import mount
from views.delays import SEGMENTS, table


def delays():
    import streamlit as st  # noqa: PLC0415 runs as a script of its own

    from contested import CHARTS, Selection  # noqa: PLC0415
    from views import delays  # noqa: PLC0415

    chart = next(one for one in CHARTS if one.key == "response-delays")
    chosen = {name: st.query_params[name] for name in ("start", "stop") if name in st.query_params}
    delays.show(chart, Selection(zone="Asia/Almaty", **chosen))


@pytest.fixture
def page():
    return AppTest.from_function(delays, default_timeout=60)


def heading(page):
    return page.header[0].value.replace("\\", "")


@pytest.mark.parametrize(
    ("part", "title"),
    [
        ("response-delays", "Help took 5 to 6 hours to arrive, according to Vlast"),
        ("pooled-delays", "Too few delays for a median: no account tells more than one"),
        ("clocks", "Help took 5 to 6 hours to arrive, by the clock of Vlast"),
    ],
)
def test_the_link_says_which_part_is_shown(page, part, title):
    page.query_params["delays"] = part
    page.run()

    assert not page.exception
    assert heading(page) == title
    assert set(SEGMENTS) == {"response-delays", "pooled-delays", "clocks"}


def test_a_part_is_chosen_by_the_switch_and_the_link_keeps_it(page):
    page.run()
    page.segmented_control(key="delays").set_value("clocks").run()

    assert page.query_params["delays"] in ("clocks", ["clocks"])
    assert heading(page) == "Help took 5 to 6 hours to arrive, by the clock of Vlast"


def test_the_table_holds_the_numbers_of_each_account_and_no_percentile_of_fewer_than_ten():
    found = told("pooled-delays", *many(20), *many(3, account="<b>"), target_minutes=10)
    written = table(summaries(found.rows, found.legend), 10)

    assert "<th>within 10 min</th>" in written
    assert "<td>20</td><td>10 min</td><td>18 min</td><td>50%</td>" in written
    assert "<td>3</td><td>too few</td><td></td><td></td>" in written
    assert "&lt;b&gt;" in written
    assert "<b>" not in written


def test_without_a_target_no_share_is_given_and_of_too_few_there_is_no_table():
    assert "within" not in table(summaries(*_answered(many(20))), None)
    assert table(summaries(*_answered(many(3))), None) == ""


def _answered(claims):
    found = told("pooled-delays", *claims)
    return found.rows, found.legend


def test_every_cell_names_its_clock_at_every_width(ask):
    found = ask("clocks")

    names = [mount.marks(found.figure(width)).keys() for width in (328, 560, 784, 1160)]
    assert len(names[0]) == len(found.rows)
    assert all(one == names[0] for one in names)
