"""The steps of an import in any order: whatever a person says first, the page stands, and the end is the same."""

from itertools import permutations

import pytest
from tests.claims_for_tests import fields, table
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
    assert not app.button(key="mapped").disabled
    stands(app.button(key="mapped").click().run())


def order(app):
    stands(app.radio(key="order").set_value("Day first: 5 March 2031").run())


@pytest.mark.parametrize("steps", [(zone, order), (order, zone)])
def test_a_log_of_unknown_columns_is_read_whatever_is_said_of_it_first(page, steps):
    dropped(page, "log.csv", LOG)
    for step in steps:
        assert page.button(key="mapped").disabled
        step(page)
    confirm(page)

    assert "2 of 2 rows can be accepted, 4 claims" in headings(page)


def test_the_order_of_dates_is_asked_once_by_both_readings_of_one_row(page):
    dropped(page, "log.csv", LOG)
    zone(page)

    assert [one.label.replace("\\", "") for one in page.radio] == ["05/03/2031 10:00 in row 2 is"]
    assert page.radio(key="order").options == ["Day first: 5 March 2031", "Month first: 3 May 2031"]
    order(page)
    confirm(page)
    assert "2 of 2 rows can be accepted, 4 claims" in headings(page)


def test_what_is_changed_after_reading_is_read_anew_only_when_a_person_says_so(page):
    dropped(page, "log.csv", LOG)
    zone(page)
    order(page)
    confirm(page)
    zone(page, name="Europe/London")

    assert headings(page) == ["A dispatch log: 2 of 4 columns are steps of the response"]
    assert page.button(key="mapped").label == "Read all rows anew"
    confirm(page)
    assert "2 of 2 rows can be accepted, 4 claims" in headings(page)


def test_a_row_settles_the_order_of_dates_and_is_named(page):
    dropped(page, "log.csv", LOG.replace(b"06/03", b"26/03"))
    zone(page)

    assert not page.radio
    assert any("settled by row 3: 26/03/2031" in one.proto.body for one in page.get("html"))


def test_two_columns_of_one_role_are_framed_and_stop_the_reading(page):
    dropped(page, "sides.csv", b"date,place,town,North says\n2021-03-05,A,B,They came\n")
    stands(page.selectbox(key="column-2").set_value("place").run())

    words = [one.proto.body for one in page.get("html")]
    assert sum("Two columns hold this" in one for one in words) == 2
    assert any("given twice: place" in one for one in words)
    assert not [one for one in page.button if one.key == "mapped"]


def test_bare_codes_of_a_status_are_asked_for_one_by_one(page, tmp_path):
    told = (("1", "10:00"), ("3", "10:01"), ("7", "10:06"))
    rows = "".join(f"{call},E1,{code},2031-03-05 {at}\n" for call in "AB" for code, at in told)
    dropped(page, "log.csv", f"Call No,Unit,Status,Time\n{rows}".encode())
    zone(page)
    assert headings(page) == ["A log of one row a status"]
    assert page.button(key="mapped").disabled

    for number, step in enumerate(("call", "dispatch", "arrival")):
        stands(page.selectbox(key=f"code-2-{number}").set_value(step).run())
    confirm(page)
    accepted(page)
    assert {(one.event_id, str(one.kind)) for one in claims(tmp_path, "log")} == {
        (call, kind) for call in "AB" for kind in ("call", "dispatch", "arrival")
    }


def test_the_answer_is_kept_for_the_next_file_of_the_same_columns(page):
    dropped(page, "log.csv", LOG)
    zone(page)
    order(page)
    stands(page.selectbox(key="role-place").set_value(3).run())
    confirm(page)
    dropped(page, "next.csv", LOG)

    assert page.selectbox(key="role-place").value == 3


def test_sixty_columns_are_a_list_with_a_search(page):
    head = [f"Spare {number}" for number in range(57)]
    table = ",".join(["date", "North says", "killed", *head]) + "\n2021-03-05,They came,3" + ",x" * 57 + "\n"
    dropped(page, "wide.csv", table.encode())

    assert any(one.label.startswith("3 columns are sure") for one in page.expander)
    assert any(one.label.startswith("57 columns are left out") for one in page.expander)
    stands(page.text_input(key="search-3").set_value("spare 41").run())
    shown = [one.key for one in page.selectbox if one.key and one.key.startswith("column-")]
    assert shown == ["column-0", "column-1", "column-2", "column-44"]


def test_a_file_of_a_known_layout_can_be_mapped_by_hand(page):
    dropped(page, "night.csv", sheet(line()))
    stands(page.toggle(key="by-hand").set_value(True).run())

    assert headings(page)[0] == "What do these columns hold?"


@pytest.mark.parametrize("whose", ["North", "sides"])
def test_two_sides_of_a_sheet_are_mapped_confirmed_and_compared(page, tmp_path, whose):
    dropped(page, "sides.csv", SIDES)
    zone(page)
    assert page.button(key="mapped").disabled, "until a person says whose the figure is"
    stands(page.selectbox(key="whose-figures").set_value(whose).run())
    confirm(page)
    assert "1 of 1 row can be accepted, 3 claims" in headings(page)

    accepted(page)

    story = open_story(tmp_path / "desk.sqlite", "sides")
    assert {one.account for one in from_arrow(story.claims)} == {"North", "South", whose}
    assert [one.account for one in from_arrow(story.claims) if one.measure] == [whose]
    assert len({one.event_id for one in from_arrow(story.claims)}) == 1
    store = Store(story.claims)
    assert all(answer(chart, story, store, Selection(zone="Asia/Almaty")).title for chart in CHARTS)


@pytest.mark.parametrize(
    ("said", "events"), [("They are the same events", {"E1"}), ("Keep them apart", {"E1", "south.csv/E1"})]
)
def test_events_of_one_id_in_two_files_are_said_before_accept_and_a_person_decides(page, tmp_path, said, events):
    for name in ("north", "south"):
        dropped(page, f"{name}.csv", table(tmp_path / "told.csv", fields(claim_id=name, event_id="E1")).read_bytes())
        if name == "south":
            page.selectbox(key="into").set_value("north").run()
            assert page.radio(key="shared").label.replace("\\", "") == "1 event is told already by north.csv"
            stands(page.radio(key="shared").set_value(said).run())
        accepted(page)

    assert {one.event_id for one in claims(tmp_path, "north")} == events


def test_another_mapping_of_the_same_file_adds_an_account_and_corrects_none(page, tmp_path):
    for number, side in ((2, "North"), (1, "South")):
        dropped(page, "sides.csv", SIDES)
        zone(page)
        for column in (1, 2):
            held = "left out" if column == number else "statement"
            stands(page.selectbox(key=f"column-{column}").set_value(held).run())
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
    assert [one.split(":")[0] for one in page.radio(key="order").options] == ["Day first", "Month first", "Year first"]

    stands(page.radio(key="order").set_value("Year first: 5 March 2031").run())
    confirm(page)
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
    assert page.button_group(key="preview").value == "response-delays", "of a log the delays are shown first"
    assert [one.value for one in page.subheader] == ["Help took 10 minutes to arrive after the call in 2 events"]
    accepted(page)

    at = {(one.event_id, one.kind): f"{one.began_earliest:%H:%M:%S}" for one in claims(tmp_path, "log")}
    assert at["1", "dispatch"] == "05:03:30"
    assert at["2", "dispatch"] == "06:04:00"


TOLLS = b"""date,place,Killed (government),Killed (opposition)
2021-03-05,Rivertown,3,10
"""


def test_two_columns_of_one_figure_are_those_of_two_accounts_once_a_person_names_them(page, tmp_path):
    dropped(page, "tolls.csv", TOLLS)
    zone(page)
    for column in (2, 3):
        stands(page.selectbox(key=f"column-{column}").set_value("killed").run())
    assert sum("say whose figure each is" in one.proto.body for one in page.get("html")) == 2
    for column, side in ((2, "Government"), (3, "Opposition")):
        stands(page.text_input(key=f"account-{column}").set_value(side).run())
    confirm(page)
    accepted(page)

    assert [(one.account, one.best) for one in claims(tmp_path, "tolls") if one.measure] == [
        ("Government", 3),
        ("Opposition", 10),
    ]
