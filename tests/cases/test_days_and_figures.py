"""Figures of the shared cases that nobody dates are seen all the same."""

from contested import CHARTS, Selection, Store, answer
from contested.library import open_story


def test_what_ucdp_counts_without_a_time_of_saying_is_drawn_and_counted(case):
    story = open_story(case("events/ucdp_api.json"))
    chart = next(one for one in CHARTS if one.key == "casualty-counts")
    found = answer(chart, story, Store(story.claims), Selection())

    marks = [x for trace in chart.draw(found.rows, found.legend)["data"] if "customdata" in trace for x in trace["x"]]
    assert len(marks) == len(found.rows)
    assert None not in marks
    assert f"{len(marks)} figures have no known time of statement." in found.sentences
