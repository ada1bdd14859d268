"""A file's way into the record through the page: dropped, read or refused cell by cell, mended, accepted, undone."""

import gc
import io
import json
import weakref
from contextlib import closing
from pathlib import Path

import pytest
import streamlit as st
from python_calamine import CalamineWorkbook
from streamlit import config
from streamlit.runtime.caching import clear_session_resource_cache
from streamlit.testing.v1 import AppTest
from tests.conftest import ROOT
from xlsxwriter import Workbook

from contested import Selection, Store, answer, open_story
from contested.charts import CHARTS
from contested.ingest.codebooks.sheet import REQUIRED
from contested.ingest.options import Given
from contested.ingest.reader import numbered
from contested.ingest.rejects import workbook
from contested.model.arrow_schema import from_arrow
from contested.record import open_record
from contested.record.revisions import current

USUAL = {
    "record_id": "K-1",
    "account": "dungan",
    "source_name": "A desk",
    "event_type": "clash",
    "place": "Masanchi",
    "start": "2020-02-07T18:00+06:00",
    "end": "2020-02-08T05:00+06:00",
    "tz": "Asia/Almaty",
    "killed_low": "",
    "killed_best": "8",
    "killed_high": "",
    "status": "published",
    "recorded_at": "2020-02-08T09:00+06:00",
    "text": "A fight.",
}


def line(**cells):
    return ",".join((USUAL | cells).values())


GOOD = line()
GOOD_TOO = line(record_id="K-6")
ROUND = line(record_id="K-3", killed_best="dozens")
BACK = line(record_id="K-4", end="2020-02-07T17:00+06:00")
SIGN = line(record_id="K-5", killed_best="-3")


AFTER = ["What it would show", "Accept"]


def sheet(*lines):
    return "\n".join([",".join(USUAL), *lines]).encode()


@pytest.fixture
def page(tmp_path, monkeypatch):
    """Open the page of imports, over a record of its own."""
    monkeypatch.setenv("CONTESTED_RECORD", str(tmp_path / "desk.sqlite"))
    st.cache_resource.clear()
    st.cache_data.clear()
    app = AppTest.from_string(
        f"import sys; sys.path.insert(0, {str(ROOT / 'dashboard')!r})\nfrom views import intake\nintake.show()",
        default_timeout=120,
    )
    yield app.run()
    st.cache_resource.clear()
    st.cache_data.clear()


def dropped(page, name, content):
    page.file_uploader(key="file").set_value((name, content, "text/csv")).run()
    assert not page.exception
    return page


def headings(page):
    return [one.value.replace("\\", "") for one in (*page.title, *page.header)]


def accepted(page, who="Ann"):
    page.text_input(key="who").set_value(who).run()
    page.button(key="accept").click().run()
    assert not page.exception
    return page


def claims(tmp_path, story):
    return tuple(from_arrow(current(open_story(tmp_path / "desk.sqlite", story).claims)))


def test_a_page_without_a_file_says_what_a_sheet_needs(page):
    assert not page.exception
    said = page.expander[0].markdown[0].value.replace("\\", "")
    assert [line.split("**")[1] for line in said.splitlines()] == list(REQUIRED)
    assert "one of draft, embargoed, published, withdrawn" in said
    assert page.expander[0].get("download_button")


def test_accounts_that_nobody_has_named_speak_once_a_person_says_so(page):
    dropped(page, "night.csv", sheet(line(account="North"), line(record_id="K-2", account="Nroth"), GOOD_TOO))
    assert headings(page) == ["1 of 3 rows can be accepted, 1 claim", "New accounts", *AFTER]

    page.multiselect(key="accounts").select("North").run()

    assert not page.exception
    assert headings(page) == ["2 of 3 rows can be accepted, 2 claims", "New accounts", *AFTER]


def test_the_accounts_of_one_file_are_not_those_of_the_next(page):
    dropped(page, "night.csv", sheet(line(account="North")))
    page.multiselect(key="accounts").select("North").run()

    dropped(page, "day.csv", sheet(line(account="South")))

    assert headings(page) == ["0 of 1 row can be accepted, no claims", "New accounts"]
    assert page.multiselect(key="accounts").value == []


def test_a_dashboard_that_others_reach_takes_nothing_in_until_its_keeper_says_so(page, monkeypatch):
    monkeypatch.delenv("CONTESTED_RECORD")
    before = config.get_option("server.address")
    config.set_option("server.address", "0.0.0.0")  # noqa: S104 nothing listens in this test
    try:
        page.run()
    finally:
        config.set_option("server.address", before)

    assert not page.exception
    assert not page.file_uploader
    assert "its keeper must name a record" in page.info[0].value


def test_a_good_file_is_seen_in_the_charts_before_it_is_accepted(page, tmp_path):
    dropped(page, "night.csv", sheet(GOOD))

    assert headings(page)[0] == "1 of 1 row can be accepted, 1 claim"
    assert any("8 people were killed" in one.value for one in page.subheader)
    assert not (tmp_path / "desk.sqlite").exists(), "nothing is kept yet"


def test_what_is_accepted_is_a_story_of_its_own(page, tmp_path):
    accepted(dropped(page, "night.csv", sheet(GOOD)))

    [kept] = claims(tmp_path, "night")
    assert (kept.claim_id, kept.best) == ("K-1-killed", 8) or kept.best == 8
    assert "Recorded in night" in page.success[0].value.replace("\\", "")


def test_nobody_is_recorded_as_nobody(page):
    dropped(page, "night.csv", sheet(GOOD))

    assert page.button(key="accept").disabled


def test_a_file_with_wrong_cells_says_which_and_why_and_waits(page, tmp_path):
    dropped(page, "night.csv", sheet(GOOD, ROUND, BACK, SIGN))

    table = page.table[0].value
    assert headings(page)[0] == "1 of 4 rows can be accepted, 1 claim"
    assert set(table.index) == {"3", "4", "5"}
    assert all(table["what is wrong"].str.len() > 0)
    assert all(table["how to mend it"].str.len() > 0)
    assert page.button(key="accept").disabled, "until a person says to leave the rest out"
    assert not (tmp_path / "desk.sqlite").exists()


def test_the_rest_can_be_left_out_on_purpose(page, tmp_path):
    dropped(page, "night.csv", sheet(GOOD, SIGN))
    page.toggle(key="partly").set_value(True).run()

    accepted(page)

    assert [one.best for one in claims(tmp_path, "night")] == [8]


def test_the_problems_can_be_listed_by_code(page):
    dropped(page, "night.csv", sheet(GOOD, BACK, SIGN))
    codes = page.button_group(key="codes").options

    page.button_group(key="codes").set_value([codes[0].content if hasattr(codes[0], "content") else codes[0]]).run()

    assert not page.exception
    assert len(page.table[0].value) == 1


def test_the_same_file_again_adds_nothing_and_says_so(page):
    accepted(dropped(page, "night.csv", sheet(GOOD)))

    page.run()

    assert "recorded already" in page.info[0].value


def test_a_new_release_shows_what_it_changes_before_it_is_accepted(page, tmp_path):
    accepted(dropped(page, "night.csv", sheet(GOOD)))

    dropped(page, "night.csv", sheet(GOOD.replace(",8,", ",9,")))

    assert any("1 corrected" in one.value for one in page.markdown)
    assert any("best 8 → 9" in one.value for one in page.code)
    assert [one.best for one in claims(tmp_path, "night")] == [8]
    accepted(page)
    assert [one.best for one in claims(tmp_path, "night")] == [9]


def test_an_import_is_undone_by_withdrawing_its_claims(page, tmp_path):
    accepted(dropped(page, "night.csv", sheet(GOOD)))
    page.file_uploader(key="file").set_value(None).run()

    page.selectbox(key="undo").select_index(0).run()
    page.text_input(key="who").set_value("Ann").run()
    page.text_input(key="why").set_value("sent by mistake").run()
    page.button(key="withdraw").click().run()

    assert not page.exception
    assert [one.status for one in claims(tmp_path, "night")] == ["withdrawn"]
    with closing(open_record(tmp_path / "desk.sqlite")) as record:
        assert [entry.why for entry in record.entries()] == ["", "sent by mistake"]


def test_an_unknown_layout_is_asked_for_and_then_read(page):
    unknown = b"Who says,What happened,Date,Dead\nnorth,They came.,2020-02-07,8\n"
    dropped(page, "own.csv", unknown)

    assert headings(page) == ["What do these 4 columns hold?"]
    page.selectbox(key="column-0").set_value("account").run()
    page.selectbox(key="column-1").set_value("summary").run()
    page.button(key="mapped").click().run()

    assert not page.exception
    assert "1 of 1 row can be accepted, 2 claims" in headings(page)


def test_a_file_that_cannot_be_read_says_so_and_offers_nothing(page):
    dropped(page, "night.xlsx", b"this is no workbook")

    assert headings(page) == ["The file cannot be read"]
    assert not [one for one in page.button if one.key == "accept"]


def test_a_table_that_is_named_as_a_mapping_is_a_table_like_any_other(page, tmp_path):
    told = [USUAL, USUAL | {"record_id": "K-2"}]

    dropped(page, "mapping.json", json.dumps(told).encode())
    assert headings(page)[0] == "2 of 2 rows can be accepted, 2 claims"

    accepted(page)
    assert len(claims(tmp_path, "dropped-mapping")) == 2


def test_such_a_table_may_need_a_mapping_of_its_own(page):
    dropped(page, "mapping.json", json.dumps([{"Who says": "north", "What happened": "They came."}]).encode())
    assert headings(page) == ["What do these 2 columns hold?"]

    page.selectbox(key="column-0").set_value("account").run()
    page.selectbox(key="column-1").set_value("summary").run()
    page.button(key="mapped").click().run()

    assert not page.exception
    assert "1 of 1 row can be accepted, 1 claim" in headings(page)


def test_a_long_value_is_cut_in_the_table_of_problems(page):
    dropped(page, "night.csv", sheet(line(record_id="K-5", killed_best="9" * 15_000)))

    [value] = page.table[0].value["value"]
    assert len(value) < 300
    assert value.endswith("…")


def test_markup_in_a_file_is_only_text(page):
    dropped(page, "night.csv", sheet(SIGN.replace("-3", "-3<img src=x>")))

    assert "<img" not in page.table[0].value.to_string().replace("\\<img", "")


# The workbook of rejects


def written(tmp_path, *lines):
    path = tmp_path / "night.csv"
    path.write_bytes(sheet(*lines))
    return path


def test_the_rejects_hold_the_rows_as_they_were_with_why_and_how(tmp_path):
    path = written(tmp_path, GOOD, BACK, SIGN)
    problems = [one for _, one in numbered(path) if hasattr(one, "severity")]

    file = CalamineWorkbook.from_filelike(io.BytesIO(workbook(path, Given(path.name), problems)))
    head, *rows = file.get_sheet_by_index(0).to_python()

    assert head[-3:] == ["row in the file", "what is wrong", "how to mend it"]
    assert [(row[0], row[-3]) for row in rows] == [("K-4", 3), ("K-5", 4)]
    assert all(row[-2] and row[-1] for row in rows)
    assert rows[1][head.index("killed_best")] == "-3"


def test_a_mended_workbook_of_rejects_is_read_with_our_remarks_still_in_it(tmp_path):
    path = written(tmp_path, GOOD, SIGN)
    problems = [one for _, one in numbered(path) if hasattr(one, "severity")]
    head, row = (
        CalamineWorkbook.from_filelike(io.BytesIO(workbook(path, Given(path.name), problems)))
        .get_sheet_by_index(0)
        .to_python()
    )
    row[head.index("killed_best")] = "3"
    mended = tmp_path / "night-to-mend.xlsx"
    with Workbook(mended) as book:
        for line, cells in enumerate([head, row]):
            book.worksheets()[0].write_row(line, 0, cells) if line else book.add_worksheet().write_row(0, 0, cells)

    read = [one for _, one in numbered(mended)]

    assert [one.best for one in read if hasattr(one, "best")] == [3]
    assert not [one for one in read if getattr(one, "severity", "") == "error"]


def test_a_formula_in_a_cell_comes_back_as_the_text_it_was(tmp_path):
    path = written(tmp_path, line(record_id="K-5", killed_best="-3", text="=1+1"))
    problems = [one for _, one in numbered(path) if hasattr(one, "severity")]

    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(path, Given(path.name), problems)))
    head, row = book.get_sheet_by_index(0).to_python()

    assert row[head.index("text")] == "=1+1"


def test_every_chart_answers_of_an_imported_sheet(tmp_path):
    story = open_story(written(tmp_path, GOOD))

    assert all(answer(chart, story, Store(story.claims), Selection()).title for chart in CHARTS)
    assert isinstance(story.name, str)
    assert Path(tmp_path, "night.csv").is_file()


def test_what_was_found_in_a_file_is_given_back_when_another_is_examined(page):
    dropped(page, "night.csv", sheet(GOOD))
    [first] = held()

    dropped(page, "day.csv", sheet(GOOD_TOO))

    assert first() is None
    assert len(held()) == 1


def test_what_was_found_in_a_file_is_given_back_when_it_is_taken_away(page):
    dropped(page, "night.csv", sheet(GOOD))
    [first] = held()

    page.file_uploader(key="file").set_value(None).run()

    assert first() is None
    assert held() == []


def test_what_was_found_in_a_file_is_given_back_when_its_session_ends(page):
    dropped(page, "night.csv", sheet(GOOD))
    [first] = held()

    clear_session_resource_cache("test session id")

    assert first() is None


def held():
    """Point at every table of claims that an examination holds."""
    gc.collect()
    found = [one for one in gc.get_objects() if type(one).__name__ == "Found"]
    return [weakref.ref(one.claims) for one in found]
