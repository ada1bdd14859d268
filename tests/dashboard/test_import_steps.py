"""The steps of an import in any order: whatever a person says first, the page stands, and the end is the same."""

from itertools import permutations

import pytest
from tests.dashboard.test_import import accepted, claims, dropped, headings, line, page, sheet

from contested import Selection, Store, answer, open_story
from contested.charts import CHARTS
from contested.model.arrow_schema import from_arrow

_ = page
"""The page of imports, over a record of its own."""
NO_OFFSET = {"start": "2021-03-05 18:00", "end": "", "tz": "", "recorded_at": "2021-03-06T09:00+06:00"}
TWO_SIDES = sheet(
    line(record_id="1", account="Side A", **NO_OFFSET),
    line(record_id="2", account="Side B", killed_best="4", **NO_OFFSET),
)
LOG = b"""Incident,Call,Arrived,State
1,05/03/2031 10:00,05/03/2031 10:05,Ohio
2,06/03/2031 10:00,06/03/2031 10:07,Ohio
"""
SIDES = b"""date,North says,South says,killed
2021-03-05 18:00,They came,We slept,3
"""


def stands(app):
    assert not app.exception, [one.value for one in app.exception]
    return app


def zone(app, *, name="Asia/Almaty"):
    stands(app.selectbox(key="clocks").set_value(name).run())


def accounts(app):
    stands(app.multiselect(key="accounts").set_value(["Side A", "Side B"]).run())


def vague(app):
    stands(app.toggle(key="vague").set_value(True).run())


def another_file(app):
    """Drop another file in between, and the first one again: what was said of it is asked anew."""
    dropped(app, "other.csv", LOG)
    dropped(app, "night.csv", TWO_SIDES)


FORTH, *BETWEEN, BACK = permutations((zone, accounts, vague))
"""In the first order and its reverse every two steps follow each other both ways."""


@pytest.mark.parametrize(
    "steps",
    [FORTH, BACK, *(pytest.param(one, marks=pytest.mark.long) for one in BETWEEN)],
    ids=lambda steps: "-".join(one.__name__ for one in steps),
)
def test_a_sheet_is_accepted_whatever_is_said_of_it_first(page, tmp_path, steps):
    dropped(page, "night.csv", TWO_SIDES)
    for step in steps:
        step(page)

    assert "2 of 2 rows can be accepted, 2 claims" in headings(page)
    accepted(page)
    told = claims(tmp_path, "night")
    assert {(one.account, one.began_earliest.isoformat(), one.best) for one in told} == {
        ("Side A", "2021-03-05T12:00:00+00:00", 8),
        ("Side B", "2021-03-05T12:00:00+00:00", 4),
    }


def test_a_file_in_between_leaves_no_answer_behind(page):
    dropped(page, "night.csv", TWO_SIDES)
    accounts(page)
    zone(page)

    another_file(page)

    assert page.multiselect(key="accounts").value == []
    assert page.selectbox(key="clocks").value is None
    zone(page)
    accounts(page)
    assert "2 of 2 rows can be accepted, 2 claims" in headings(page)


def confirm(app):
    stands(app.toggle(key="mapped").set_value(True).run())


def order(app):
    stands(app.radio(key="order").set_value("Day first").run())


@pytest.mark.parametrize("steps", [(zone, confirm, order), (confirm, zone, order), (confirm, order, zone)])
def test_a_log_of_unknown_columns_is_read_whatever_is_said_of_it_first(page, steps):
    dropped(page, "log.csv", LOG)
    for step in steps:
        step(page)

    assert "2 of 2 rows can be accepted, 4 claims" in headings(page)


def test_the_order_of_dates_is_asked_once_for_the_whole_file(page):
    dropped(page, "log.csv", LOG)
    zone(page)
    confirm(page)

    assert headings(page)[1:] == ["0 of 2 rows can be accepted, no claims"]
    assert len(page.radio) == 1
    order(page)
    assert "2 of 2 rows can be accepted, 4 claims" in headings(page)


def test_a_file_of_a_known_layout_can_be_mapped_by_hand(page):
    dropped(page, "night.csv", sheet(line()))
    stands(page.toggle(key="by-hand").set_value(True).run())

    assert headings(page)[0] == "What do these columns hold?"


def test_two_sides_of_a_sheet_are_mapped_confirmed_and_compared(page, tmp_path):
    dropped(page, "sides.csv", SIDES)
    zone(page)
    confirm(page)
    assert "1 of 1 row can be accepted, 3 claims" in headings(page)

    accepted(page)

    story = open_story(tmp_path / "desk.sqlite", "sides")
    assert {one.account for one in from_arrow(story.claims)} == {"North", "South", "sides"}
    assert len({one.event_id for one in from_arrow(story.claims)}) == 1
    store = Store(story.claims)
    assert all(answer(chart, story, store, Selection(zone="Asia/Almaty")).title for chart in CHARTS)


def test_another_mapping_of_the_same_file_adds_an_account_and_corrects_none(page, tmp_path):
    for number, side in ((2, "North"), (1, "South")):
        dropped(page, "sides.csv", SIDES)
        zone(page)
        page.selectbox(key=f"column-{number}").set_value("left out").run()
        page.selectbox(key="column-3").set_value("left out").run()
        confirm(page)
        page.selectbox(key="into").set_value("sides").run()
        accepted(page)
        assert side in {one.account for one in claims(tmp_path, "sides")}

    told = claims(tmp_path, "sides")
    assert {(one.account, one.summary, one.status) for one in told} == {
        ("North", "They came", "standing"),
        ("South", "We slept", "standing"),
    }
    assert len({one.event_id for one in told}) == 1


def test_a_kept_mapping_is_used_for_the_next_file_and_a_wrong_one_is_said(page):
    dropped(page, "sides.csv", SIDES)
    zone(page)
    kept = b'{"columns": {"date": "when", "North says": "summary"}, "constants": {"account": "N", "kind": "clash"}}'

    stands(page.file_uploader(key="kept").set_value(("m.json", b"{", "application/json")).run())
    assert "m.json cannot be read" in page.error[0].value.replace("\\", "")

    stands(page.file_uploader(key="kept").set_value(("m.json", kept, "application/json")).run())
    assert "1 of 1 row can be accepted, 1 claim" in headings(page)


def test_a_column_of_lists_can_be_mapped_like_any_other(page, tmp_path):
    rows = (
        b'[{"day": "2021-03-25", "text": "Market hit", "sources": ["https://example.org/a", "https://example.org/b"]}]'
    )
    dropped(page, "hits.json", rows)
    confirm(page)
    accepted(page)

    assert [one.source_id for one in claims(tmp_path, "hits")] == ["https://example.org/a", "https://example.org/b"]


YEAR_FIRST = b"""Incident,Call,Arrived
1,31-03-05 10:00,31-03-05 10:05
2,30-12-31 10:00,30-12-31 10:07
"""


def test_a_file_of_two_digit_years_may_be_said_to_be_year_first(page, tmp_path):
    dropped(page, "log.csv", YEAR_FIRST)
    zone(page)
    confirm(page)
    assert page.radio(key="order").options == ["Day first", "Month first", "Year first"]

    stands(page.radio(key="order").set_value("Year first").run())
    accepted(page)

    assert {f"{one.began_latest:%Y-%m-%d}" for one in claims(tmp_path, "log")} == {"2031-03-05", "2030-12-31"}


STAGES = b"""Incident,Call,Intake Time,Dispatch Time,Travel Time,Total Response Time,Status
1,2031-03-05 10:00:00,1.5,2.0,6.5,10.0,Closed
2,2031-03-05 11:00:00,2.0,2.0,6.0,10.0,Cancelled
"""


def test_a_length_that_runs_after_another_is_kept_as_it_was_guessed(page, tmp_path):
    dropped(page, "log.csv", STAGES)
    zone(page)
    assert "They begin when those of Intake Time are over." in [one.value.replace("\\", "") for one in page.caption]
    confirm(page)
    accepted(page)

    at = {(one.event_id, one.kind): f"{one.began_earliest:%H:%M:%S}" for one in claims(tmp_path, "log")}
    assert at["1", "dispatch"] == "05:03:30"
    assert at["2", "dispatch"] == "06:04:00"
