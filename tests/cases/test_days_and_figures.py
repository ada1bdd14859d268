"""Figures of the shared cases that nobody dates are seen all the same."""

from tests.lies.small_stories import claims_behind

from contested import CHARTS, Selection, Store, answer
from contested.library import open_story


def test_what_ucdp_counts_without_a_time_of_saying_is_drawn_and_counted(case):
    story = open_story(case("events/ucdp_api.json"))
    chart = next(one for one in CHARTS if one.key == "casualty-counts")
    found = answer(chart, story, Store(story.claims), Selection())

    marks = [mark for trace in found.figure()["data"] for mark in trace.get("customdata", ())]
    drawn = [claim_id for mark in marks for claim_id in claims_behind(found, mark)]
    assert sorted(drawn) == ["ucdp-900001-killed", "ucdp-900002-killed"]
    notes = " ".join(note["text"] for note in found.figure()["layout"]["annotations"])
    assert f"{len(found.rows) - len(drawn)} figures of some people only" in notes
    assert f"{len(found.rows)} figures have no known time of statement." in found.sentences
