"""The panel on the server: what is sent of a chart, the mark that comes back, and what a session keeps."""

import json
import pickle
from pathlib import Path

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest
from tests.dashboard.test_import import dropped, line, page, sheet

from contested.query.selection import NOBODY
from contested.theme import DARK_OF
from panel import plotly_script, room
from panel.mount import marks

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
_ = page
"""The page of imports, over a record of its own."""


@pytest.fixture
def story():
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not app.exception
    return app


def timeline(story):
    return next(one.proto for one in story.get("bidi_component") if one.proto.id.endswith("timeline-figure"))


def sent(story):
    """Give what the timeline shows: what came before all else of the page, or with its own mount."""
    return first(story).get("timeline-figure") or json.loads(timeline(story).json)


def first(story):
    """Give what was sent of charts before all else of the page, by their keys."""
    mounts = [json.loads(one.proto.json) for one in story.get("bidi_component")]
    return {one["key"]: one for one in mounts if one.get("isFirst")}


def clicked(story, name):
    """Run the page as the browser does when a mark is clicked."""
    said(story, "mark", name)


def said(story, event, value):
    """Run the page as the browser does when a chart says something."""
    states = story._tree.get_widget_states()  # noqa: SLF001 AppTest has no way to click within a component
    event = json.dumps([{"event": event, "value": value}])
    aggregate = f"$$STREAMLIT_INTERNAL_KEY_{timeline(story).id}__events"
    states.widgets.append(WidgetState(id=aggregate, json_trigger_value=event))
    story._run(states)  # noqa: SLF001
    assert not story.exception


@pytest.mark.parametrize(("window", "width"), [(1400, 1160), (1000, 784), (390, 328)])
def test_one_figure_is_sent_drawn_for_the_window_with_names_of_marks_in_the_place_of_rows(story, ask, window, width):
    story.session_state[room.KEPT] = window
    story.run()
    [(drawn, text)] = sent(story)["figures"].items()
    names = {one for trace in json.loads(text)["data"] for one in trace.get("customdata", ())}

    assert int(drawn) == width
    assert names
    assert names == set(marks(ask("timeline").figure(width, is_brief=True)))
    assert sent(story)["dark"] == DARK_OF


def test_a_chart_that_says_how_wide_the_window_is_now_is_drawn_for_that(story):
    said(story, "window", 390)
    assert list(sent(story)["figures"]) == ["328"]

    said(story, "window", "wide")
    assert list(sent(story)["figures"]) == ["328"]


def test_a_chart_has_the_room_that_the_page_leaves_it():
    assert [room.of_page(window) for window in (1920, 1264, 1000, 760, 390)] == [1200, 1200, 936, 728, 358]
    assert [room.of_half(window) for window in (1920, 900, 894, 390)] == [584, 402, 830, 358]
    assert [room.beside(place) for place in (1200, 728, 727, 358)] == [800, 328, 727, 358]
    assert [room.width_for(place) for place in (1200, 1159, 560, 358, 288)] == [1160, 784, 560, 328, 328]


@pytest.mark.parametrize("told", [None, "", "wide", "-390", "390.5", "12", "999999999999", "٣٩٠", "390; x", True])
def test_what_a_browser_says_is_no_width_unless_it_is_one(told):
    assert room.read(told) is None
    assert room.read("390") == room.read(390) == 390


def test_a_filter_changes_the_figure_of_the_same_element(story):
    before = timeline(story).id, sent(story)["figures"]
    story.query_params["account"] = ["vlast"]
    story.run()

    assert timeline(story).id == before[0]
    assert sent(story)["figures"] != before[1]


def test_charts_that_stand_are_sent_before_all_else_of_the_page_and_their_places_then_say_nothing_more(story):
    assert first(story) == {}

    story.query_params["account"] = ["vlast"]
    story.run()
    keys = ["timeline-figure", "response-delays-figure", "casualty-counts-figure"]
    mounts = [json.loads(one.proto.json) for one in story.get("bidi_component")]

    assert list(first(story)) == keys
    assert [one.get("key") for one in mounts[: len(keys)]] == keys
    assert [one for one in mounts[len(keys) :] if one.get("key") in keys] == [
        {"key": key, "plotly": plotly_script.URL} for key in keys
    ]


def test_what_no_card_shows_is_not_sent_before_it(story):
    story.query_params["timeline-tab"], story.query_params["account"] = "Table", [NOBODY]
    story.run()
    assert first(story) == {}

    story.query_params["account"] = ["vlast"]
    story.run()
    assert "timeline-figure" not in first(story)
    assert "casualty-counts-figure" in first(story)


def test_a_click_puts_the_mark_into_the_link_and_its_claims_beside_the_chart_until_the_next_one(story, ask):
    answer = ask("timeline")
    name, rows = next(iter(marks(answer.figure()).items()))
    [[first, *_], *_] = answer.behind_marks(rows)

    def shown():
        return any(first in one.proto.body for one in story.get("html"))

    assert not shown()
    clicked(story, name)
    assert story.query_params["timeline-mark"] == name
    assert sent(story)["chosen"] == name
    assert shown()

    clicked(story, name)
    assert "timeline-mark" not in story.query_params
    assert sent(story)["chosen"] is None
    assert not shown()


def ours(app):
    """Give what we keep in a session: all but the state of components, which is Streamlit's own and cannot be kept."""
    kept = app.session_state._state.filtered_state  # noqa: SLF001 AppTest names no keys
    components = [one.proto.id for one in app.get("bidi_component")]
    return {key: value for key, value in kept.items() if not any(one.endswith(f"-{key}") for one in components)}


def test_what_a_session_keeps_of_ours_is_plain(story, page):
    dropped(page, "night.csv", sheet(line()))
    for app in (story, page):
        assert len(ours(app)) > 1
        assert pickle.loads(pickle.dumps(ours(app))).keys() == ours(app).keys()  # noqa: S301 our own
