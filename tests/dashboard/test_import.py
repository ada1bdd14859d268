"""A file's way into the record through the page: dropped, read or refused cell by cell, mended, accepted, undone."""

import gc
import io
import json
import re
import weakref
from contextlib import closing
from pathlib import Path

import pytest
import streamlit as st
from python_calamine import CalamineWorkbook
from streamlit import config
from streamlit.runtime.caching import clear_session_resource_cache
from streamlit.testing.v1 import AppTest
from tests.claims_for_tests import claim
from tests.conftest import ROOT
from tests.record.writers import bring, brought, mended
from xlsxwriter import Workbook

from contested import Selection, Store, answer, open_story
from contested.charts import CHARTS
from contested.ingest.codebooks.sheet import REQUIRED
from contested.ingest.options import Given
from contested.ingest.reader import numbered
from contested.ingest.rejects import workbook
from contested.model.arrow_schema import from_arrow
from contested.record import open_record
from contested.record.edits import ChangeNote, correct
from contested.record.own_edits import Edits
from contested.record.release import release
from contested.record.revisions import current
from importing import release_form, what_readers_see
from importing.problem_names import in_words
from views import intake

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


AFTER, AFTER_SOME = ["What it will show", "Accept"], ["What the other rows will show", "Accept"]


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


def test_a_preview_of_a_large_file_says_how_much_of_it_is_drawn(page, monkeypatch):
    monkeypatch.setattr(intake, "PREVIEWED", 1)

    dropped(page, "two.csv", sheet(GOOD, GOOD_TOO))

    assert [one.value for one in page.caption][-1] == ("Drawn from the first 1 of 2 claims; the story shows all.")


def test_a_page_without_a_file_says_what_a_sheet_needs(page):
    assert not page.exception
    said = page.expander[0].markdown[0].value.replace("\\", "")
    assert [line.split("**")[1] for line in said.splitlines()] == list(REQUIRED)
    assert "one of draft, embargoed, published, withdrawn" in said
    assert page.expander[0].get("download_button")


def test_accounts_that_nobody_has_named_speak_once_a_person_says_so(page):
    dropped(page, "night.csv", sheet(line(account="North"), line(record_id="K-2", account="Nroth"), GOOD_TOO))
    assert headings(page) == ["1 of 3 rows can be accepted; 2 cells need mending", "New accounts", *AFTER_SOME]

    page.multiselect(key="accounts").select("North").run()

    assert not page.exception
    assert headings(page) == ["2 of 3 rows can be accepted; 1 cell needs mending", "New accounts", *AFTER_SOME]


def test_the_accounts_of_one_file_are_not_those_of_the_next(page):
    dropped(page, "night.csv", sheet(line(account="North")))
    page.multiselect(key="accounts").select("North").run()

    dropped(page, "day.csv", sheet(line(account="South")))

    assert headings(page) == ["0 of 1 row can be accepted; 1 cell needs mending", "New accounts"]
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
    assert list(page.button_group(key="preview").options) == ["Timeline", "Clashes", "Casualties"], "it has no arrival"
    page.button_group(key="preview").set_value("casualty-counts").run()
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


def said(page):
    """Give what the page says in its own letters, without the marks of its form."""
    return " ".join(" ".join(re.sub(r"<[^>]+>", " ", one.proto.body) for one in page.get("html")).split())


def cells(page):
    """Give the problems that are listed: what is wrong, the row, the column, the cell, why, how to mend it."""
    texts = [re.sub(r"<[^>]+>", " ", one.proto.body).split("\n") for one in page.get("html")]
    words = [" ".join(" ".join(one).split()) for one in texts]
    starts = [place for place, one in enumerate(words) if re.search(r"\b[EW]-[A-Z-]+( · stops nothing)?$", one)]
    return [words[place : place + 6] for place in starts]


def test_a_file_with_wrong_cells_says_which_and_why_and_waits(page, tmp_path):
    dropped(page, "night.csv", sheet(GOOD, ROUND, BACK, SIGN))

    assert headings(page)[0] == "1 of 4 rows can be accepted; 3 cells need mending"
    assert [(what, row, cell) for what, row, _, cell, _, _ in cells(page)] == [
        ("A number in words E-NUM-WORDS", "3", "dozens"),
        ("Ends before it begins E-TIME-ORDER", "4", "2020-02-07T17:00+06:00"),
        ("A figure below zero E-NUM-NEG", "5", "-3"),
    ]
    assert all(why and how for *_, why, how in cells(page))
    assert page.button(key="accept").disabled, "until a person says to leave the rest out"
    assert not (tmp_path / "desk.sqlite").exists()


def test_a_cell_whose_mend_is_certain_is_mended_by_a_button_and_taken_back(page):
    dropped(page, "night.csv", sheet(GOOD, ROUND))

    page.button(key="do-0-0").click().run()

    assert headings(page)[0] == "2 of 2 rows can be accepted, 2 claims"
    page.button(key="back-3-killed_best").click().run()
    assert headings(page)[0] == "1 of 2 rows can be accepted; 1 cell needs mending"


def test_any_other_cell_is_mended_in_a_field_and_kept_beside_the_file(page, tmp_path):
    dropped(page, "night.csv", sheet(GOOD, SIGN))

    next(one for one in page.text_input if one.label == "killed\\_best").set_value("3").run()

    assert headings(page)[0] == "2 of 2 rows can be accepted, 2 claims"
    accepted(page)
    assert [one.best for one in claims(tmp_path, "night")] == [8, 3]
    with closing(open_record(tmp_path / "desk.sqlite")) as record:
        [entry] = record.entries()
        assert sorted(entry.manifest()["files"]) == ["mends.json", "night.csv"]


def test_two_cells_that_contradict_each_other_are_two_fields(page):
    dropped(page, "night.csv", sheet(GOOD, line(record_id="K-9", killed_low="9")))

    assert [one.value for one in page.text_input if one.label.startswith("killed")] == ["9", "8"]


def test_many_cells_of_a_kind_are_mended_all_the_same_way(page):
    dropped(page, "night.csv", sheet(GOOD, *(line(record_id=f"R-{n}", killed_best="dozens") for n in range(12))))

    assert len(cells(page)) == 3
    page.button(key="all-0").click().run()

    assert headings(page)[0] == "13 of 13 rows can be accepted, 13 claims"


def test_the_problems_can_be_listed_by_kind(page):
    dropped(page, "night.csv", sheet(GOOD, BACK, SIGN))

    page.button_group(key="kind-of-problem").set_value("E-TIME-ORDER").run()

    assert not page.exception
    assert [row for _, row, *_ in cells(page)] == ["3"]


def test_the_rest_can_be_left_out_on_purpose(page, tmp_path):
    dropped(page, "night.csv", sheet(GOOD, SIGN))
    page.toggle(key="partly").set_value(True).run()

    accepted(page)

    assert [one.best for one in claims(tmp_path, "night")] == [8]


def test_the_same_file_again_adds_nothing_and_says_so(page):
    accepted(dropped(page, "night.csv", sheet(GOOD)))

    page.run()

    assert "recorded already" in page.info[0].value


def test_a_new_release_shows_what_it_changes_before_it_is_accepted(page, tmp_path):
    accepted(dropped(page, "night.csv", sheet(GOOD)))

    dropped(page, "night.csv", sheet(GOOD.replace(",8,", ",9,")))

    assert headings(page)[0] == "A new release: no event is new, 1 changed, none is gone"
    assert "8 9 take theirs" in said(page)
    assert [one.best for one in claims(tmp_path, "night")] == [8]
    accepted(page)
    assert [one.best for one in claims(tmp_path, "night")] == [9]


def test_a_release_under_another_name_is_known_by_its_claims(page, tmp_path):
    accepted(dropped(page, "night_v1.csv", sheet(GOOD)))

    dropped(page, "night_v2_to_may.csv", sheet(GOOD.replace(",8,", ",9,"), GOOD_TOO))

    assert page.selectbox(key="into").value == "night_v1"
    [usual, other] = page.radio(key="release-of").options
    assert re.fullmatch(r"A new release of night_v1\.csv, accepted \d+ \w+ by Ann", usual.replace("\\", ""))
    assert headings(page)[0] == "A new release: 1 event is new, 1 changed, none is gone"
    accepted(page)
    assert sorted(one.best for one in claims(tmp_path, "night_v1") if one.best) == [8, 9]
    assert other == "It is something else"


def test_what_is_said_to_be_something_else_must_not_bring_the_same_claims(page):
    accepted(dropped(page, "night_v1.csv", sheet(GOOD)))
    dropped(page, "night_v2.csv", sheet(GOOD.replace(",8,", ",9,")))

    page.radio(key="release-of").set_value("night_v2.csv").run()

    assert "bring it into a story of its own" in page.error[0].value


@pytest.mark.parametrize(
    ("whose", "places"), [("ours", ["Sortobe"]), ("theirs", ["Karakemer"]), ("both", ["Sortobe", "Karakemer"])]
)
def test_where_a_release_changes_what_we_edited_ours_stands_unless_a_person_says_otherwise(
    page, tmp_path, whose, places
):
    accepted(dropped(page, "night.csv", sheet(GOOD)))
    [kept] = claims(tmp_path, "night")
    with closing(open_record(tmp_path / "desk.sqlite")) as record:
        correct(record, "night", kept.model_copy(update={"place": "Sortobe"}), ChangeNote("Ben", "heard it"), 1)

    dropped(page, "night.csv", sheet(GOOD.replace("Masanchi", "Karakemer").replace(",8,", ",9,")))
    page.button_group(key=next(one.key for one in page.button_group if str(one.key).startswith("release-"))).set_value(
        "edited"
    ).run()
    choice = next(one for one in page.button_group if str(one.key).startswith("whose-"))
    assert choice.value == "ours"
    choice.set_value(whose).run()
    assert "Casualties : “9 people were killed”, now “8 people were killed”" in said(page)
    assert "Frozen links : keep what they show" in said(page)
    accepted(page)

    assert [(one.place, one.best) for one in claims(tmp_path, "night")] == [(place, 9) for place in places]


def test_every_change_of_a_release_is_a_row_of_a_workbook(tmp_path):
    first, gone, new = (claim(claim_id=name, summary=f"{name}, first told") for name in "abc")
    again = first.model_copy(update={"summary": "=told anew", "place": "Sortobe", "measure": "killed", "best": 3})
    with closing(open_record(tmp_path / "desk.sqlite", create=True)) as record:
        brought(record, tmp_path, first, gone)
        mended(record, "a", base=1, summary="mended by us")
        one = release(record, bring(tmp_path, again, new))

        [headings, *rows] = (
            CalamineWorkbook.from_filelike(io.BytesIO(release_form.workbook(record, one, Edits())))
            .get_sheet_by_index(0)
            .to_python()
        )

    told = [dict(zip(headings, row, strict=True)) for row in rows]
    assert [(row["what"], row["claim"], row["field"], row["in this release"], row["we keep"]) for row in told] == [
        ("changed", "a", "place", "Sortobe", "theirs"),
        ("changed", "a", "measure", "killed", "theirs"),
        ("changed", "a", "best", 3, "theirs"),
        ("edited by us", "a", "summary", "=told anew", "ours"),
        ("new", "c", "", "c, first told", "recorded"),
        ("gone", "b", "", "", "withdrawn, kept"),
    ]
    assert told[3]["before"].startswith("mended by us (Ben, ")


def test_of_a_new_release_of_a_log_readers_are_told_by_the_clock_that_the_log_opens_on(tmp_path):
    def told(kind, minute):
        moment = f"2031-03-05T10:{minute:02}:00+00:00"
        return claim(claim_id=kind, event_id="call-1", kind=kind, began_earliest=moment, began_latest=moment)

    with closing(open_record(tmp_path / "desk.sqlite", create=True)) as record:
        brought(record, tmp_path, told("call", 0), told("arrival", 5))
        one = release(record, bring(tmp_path, told("call", 0), told("arrival", 9)))

        seen = dict(what_readers_see.changed_titles(record, one))

    now, then = (f"“Help took {many} minutes to arrive after the call”" for many in (5, 9))
    assert seen["Delays"] == f"{then}, now {now}"


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

    [(_, _, _, value, _, _)] = cells(page)
    assert len(value) < 300
    assert value.endswith("…")


def test_markup_in_a_file_is_only_text(page):
    dropped(page, "night.csv", sheet(SIGN.replace("-3", "-3<img src=x>")))

    assert "-3&lt;img src=x&gt;" in "".join(one.proto.body for one in page.get("html"))
    assert "<img" not in "".join(one.proto.body for one in page.get("html"))


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


def test_whatever_can_be_wrong_has_a_name_in_plain_words():
    written = "\n".join(path.read_text("utf-8") for path in (ROOT / "src" / "contested").rglob("*.py"))
    codes = set(re.findall(r'"([EW]-[A-Z]+(?:-[A-Z]+)*)"', written)) - {"W-MON"}

    assert codes > {"E-TIME-EPOCH", "W-JSON-PART"}
    assert {code for code in codes if in_words(code) == code} == set(), "Mend names these by their codes"
