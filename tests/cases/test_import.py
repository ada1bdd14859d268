"""Shared cases on the page of imports: a sheet whose accounts are confirmed before its zone is chosen, or after."""

import pytest
from tests.dashboard.test_import import accepted, claims, dropped, headings, page

from contested import Selection, Store, answer, open_story
from contested.charts import CHARTS
from contested.model.arrow_schema import from_arrow

_ = page
"""The page of imports, over a record of its own."""


@pytest.mark.parametrize("first", ["accounts", "clocks"])
def test_a_filled_sheet_is_accepted_and_its_sides_are_compared(case, page, tmp_path, first):
    dropped(page, "filled.csv", case("events/filled_sheet.csv").read_bytes())
    page.toggle(key="vague").set_value(True).run()
    for step in (first, "clocks" if first == "accounts" else "accounts"):
        if step == "accounts":
            page.multiselect(key="accounts").set_value(["Side A", "Side B"]).run()
        else:
            page.selectbox(key="clocks").set_value("Asia/Almaty").run()
        assert not page.exception

    assert "4 of 4 rows can be accepted, 5 claims" in headings(page)
    accepted(page)
    story = open_story(tmp_path / "desk.sqlite", "filled")
    assert {one.account for one in claims(tmp_path, "filled")} == {"Side A", "Side B"}
    assert {one.event_id for one in from_arrow(story.claims)} == {"E1", "E2"}
    compared = next(chart for chart in CHARTS if chart.key == "disagreements")
    told = answer(compared, story, Store(story.claims), Selection(zone="Asia/Almaty"))
    assert "Side A" in told.sentence
    assert "Side B" in told.sentence
