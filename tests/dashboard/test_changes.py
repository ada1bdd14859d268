"""The list of changes as a page: one line each, and the moment from which on, which the link holds."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from contested import Selection
from contested.charts.changes import ADDED, entries


def changes():
    import streamlit as st  # noqa: PLC0415 runs as a script of its own

    from contested import CHARTS, Selection  # noqa: PLC0415
    from views import changes  # noqa: PLC0415

    chart = next(one for one in CHARTS if one.key == "changes")
    chosen = {name: st.query_params[name] for name in ("compared_with", "as_known_at") if name in st.query_params}
    changes.show(chart, Selection(zone="Asia/Almaty", **chosen))


def short():
    import claims  # noqa: PLC0415 runs as a script of its own
    from contested import Selection  # noqa: PLC0415
    from views import changes  # noqa: PLC0415

    changes.show_short(claims.ask("changes", Selection(zone="Asia/Almaty", compared_with="2020-02-13T12:00+06:00")))


@pytest.fixture
def page():
    return AppTest.from_function(changes, default_timeout=60)


def written(page):
    return "\n".join(one.body for one in page.get("html"))


def test_lists_each_change_once_with_its_sign_who_what_and_when(page):
    page.query_params["compared_with"] = "2020-02-13T12:00+06:00"

    page.run()

    assert not page.exception
    text = written(page)
    assert page.header[0].value == "Two figures rose and two contradictions are new"
    assert "Since 13 Feb, 12:00" in text
    assert "<b>▲</b> raised" in text
    assert text.count("<li>") == 17
    assert (
        '<span class="sign" aria-hidden="true">▲</span><span><span class="unseen">raised: </span>'
        "<b>Officials (Kazakhstan)</b>: killed 10 → 11, hearsay</span><time>14 Feb, 10:21</time>"
    ) in text
    assert text.index("▲") < text.index("≠") < text.index(">+<")


def test_an_earlier_moment_is_chosen_by_a_preset_and_is_in_the_link(page):
    page.query_params["as_known_at"] = "2020-02-14T12:00:00+06:00"
    page.run()

    page.button_group(key="changes-since").set_value("morning").run()

    assert page.query_params["compared_with"] == "2020-02-14T09:00:00+06:00"
    assert "Since 14 Feb, 09:00" in written(page)
    assert page.button_group(key="changes-since").value == "morning"


def test_any_moment_can_be_chosen_by_the_clock_of_the_zone(page):
    page.run()
    page.button_group(key="changes-since").set_value("moment").run()
    assert page.query_params["compared_with"] == "2020-02-13T10:21:00+06:00"

    page.datetime_input(key="changes-moment").set_value(datetime(2020, 2, 9, 12)).run()  # noqa: DTZ001 a wall clock

    assert page.query_params["compared_with"] == "2020-02-09T12:00+06:00"
    assert page.header[0].value == "Eleven figures rose and one fell"


def test_nothing_new_says_so_and_what_to_do(page):
    page.query_params["compared_with"] = "2026-01-01T00:00+06:00"

    page.run()

    assert not page.exception
    assert page.header[0].value == "No account said anything new"
    assert "Nothing is new. Choose an earlier moment." in written(page)


def test_the_story_shows_what_weighs_most_and_counts_the_others():
    page = AppTest.from_function(short, default_timeout=60).run()

    assert not page.exception
    assert written(page).count("<li>") == 5
    assert "12 more changes" in written(page)
    assert ">+<" not in written(page)


def test_presets_go_by_the_moment_as_known_at_and_the_last_visit():
    from views import changes  # noqa: PLC0415 of the dashboard

    almaty = ZoneInfo("Asia/Almaty")
    visited = datetime(2020, 2, 14, 7, tzinfo=almaty)
    early = Selection(zone="Asia/Almaty", as_known_at="2020-02-14T08:00+06:00")

    assert changes.presets(early, visited) == {
        "morning": datetime(2020, 2, 13, 9, tzinfo=almaty),
        "yesterday": datetime(2020, 2, 13, tzinfo=almaty),
    }
    assert changes.presets(Selection(zone="Asia/Almaty"), visited)["looked"] == visited


def test_what_the_story_leaves_out_of_the_changes_is_counted_and_only_adds_to_what_is_known(ask):
    from views import changes  # noqa: PLC0415 of the dashboard

    found = ask("changes", compared_with="2020-02-13T12:00+06:00")
    every = entries(found.rows, found.legend, 1000)
    page = AppTest.from_function(short, default_timeout=60).run()

    [more] = re.findall(r"(\d+) more changes", written(page))
    assert written(page).count("<li>") + int(more) == len(every)
    left_out = every[changes.TOP :]
    assert {one.change for one in left_out} <= {*ADDED}
