"""The panel on the server: what is sent of a chart, the mark that comes back, and what a session keeps."""

import json
import pickle
from pathlib import Path

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest
from tests.dashboard.test_import import dropped, line, page, sheet

from contested.theme import DARK_OF, WIDTHS
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
    return json.loads(timeline(story).json)


def clicked(story, name):
    """Run the page as the browser does when a mark is clicked."""
    states = story._tree.get_widget_states()  # noqa: SLF001 AppTest has no way to click within a component
    event = json.dumps([{"event": "mark", "value": name}])
    aggregate = f"$$STREAMLIT_INTERNAL_KEY_{timeline(story).id}__events"
    states.widgets.append(WidgetState(id=aggregate, json_trigger_value=event))
    story._run(states)  # noqa: SLF001
    assert not story.exception


def test_a_figure_of_each_width_is_sent_with_names_of_marks_in_the_place_of_rows(story, ask):
    figures = {width: json.loads(figure) for width, figure in sent(story)["figures"].items()}

    assert list(figures) == [str(width) for width in WIDTHS]
    for width in WIDTHS:
        names = {one for trace in figures[str(width)]["data"] for one in trace.get("customdata", ())}
        assert names == set(marks(ask("timeline").figure(width)))
        assert names
    assert sent(story)["dark"] == DARK_OF


def test_a_filter_changes_the_figure_of_the_same_element(story):
    before = timeline(story).id, sent(story)["figures"]
    story.query_params["account"] = ["vlast"]
    story.run()

    assert timeline(story).id == before[0]
    assert sent(story)["figures"] != before[1]


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
