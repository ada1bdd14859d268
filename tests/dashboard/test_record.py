"""A story in a record is shown as it stands: what is recorded is in the next answer, and in its stamp."""

from contextlib import closing
from datetime import datetime
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest
from tests.conftest import ROOT
from tests.dashboard.caches import fresh_caches
from tests.record.writers import ANN, said

from contested.cli.main import main
from contested.model.times import day_and_hour
from contested.record import open_record
from contested.record.backup import backup
from contested.record.edits import withdraw

SECONDS = 120


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """The Korday story in a record that the dashboard shows."""
    store = tmp_path / "desk.record"
    assert main(["load", str(ROOT / "data" / "korday-2020"), "--store", str(store)]) == 0
    monkeypatch.setenv("CONTESTED_STORY", str(store))
    with fresh_caches():
        yield store


def words(app):
    return " ".join(one.value for one in [*app.caption, *app.header, *app.markdown]).replace("\\", "")


def test_a_session_stays_with_its_entry_until_the_reader_asks_for_newer_ones(kept):
    app = opened().run()
    with closing(open_record(kept)) as record:
        first = record.head
        entry = withdraw(record, "korday-2020", "a001", ANN, 1)

    still = words(app.run())
    after = words(app.button(key="live-show").click().run())

    assert not app.exception
    assert f"record {first.hash[:12]}" in still
    assert f"record {entry.hash[:12]}" in after
    assert f"record {first.hash[:12]}" not in after


def test_a_new_session_begins_with_what_is_newest(kept):
    with closing(open_record(kept)) as record:
        entry = withdraw(record, "korday-2020", "a001", ANN, 1)

    assert f"record {entry.hash[:12]}" in words(opened().run())


def evidence():
    from contested import Selection  # noqa: PLC0415 runs as a script of its own
    from views import evidence  # noqa: PLC0415

    evidence.show(Selection(zone="Asia/Almaty"))


def mark():
    import streamlit as st  # noqa: PLC0415 runs as a script of its own

    import claims  # noqa: PLC0415
    from card import card  # noqa: PLC0415
    from contested import Selection  # noqa: PLC0415
    from panel.mount import marks  # noqa: PLC0415

    answer = claims.ask("casualty-counts", Selection(zone="Asia/Almaty"))
    behind = {name: answer.behind_marks(rows) for name, rows in marks(answer.figure()).items()}
    [name] = [name for name, lists in behind.items() if any("a012" in ids for ids in lists)]
    st.query_params["casualty-counts-mark"] = name
    card(answer)


@pytest.mark.parametrize("shown", [evidence, mark], ids=["evidence", "chart"])
def test_the_card_says_who_corrected_a_claim_when_why_and_what_it_said(kept, shown):
    recount = ["best=11", "summary=Eleven people died in the conflict.", "label=11 killed", "answer=11"]
    who = ["--why", "a recount", "--who", "Ann", "--store", str(kept)]
    assert main(["correct", "a012", *recount, *who]) == 0
    app = AppTest.from_function(shown, default_timeout=SECONDS)
    app.query_params["search"] = "a012"

    said = unescape(" ".join(one.proto.body for one in app.run().get("html")))

    assert not app.exception
    with closing(open_record(kept)) as record:
        entry = record.entry(record.head.seq)
    at = datetime.fromisoformat(entry.recorded_at).astimezone(ZoneInfo("Asia/Almaty"))
    assert f"corrected by Ann, {day_and_hour(at)}: a recount; it said 10" in said
    assert "; summary before: “Ten people died in the conflict.”" in said


def test_a_reader_of_a_record_may_go_by_the_time_of_recording(kept):
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=SECONDS)
    app.query_params["known_by"] = "recorded"
    app.query_params["as_known_at"] = "2020-02-12T00:00Z"
    app.query_params["timeline-tab"] = "How counted"

    app.run()

    assert not app.exception
    assert kept.is_file()
    app.button(key="more-filters").click().run()
    assert app.radio(key="draft-known_by").value == "recorded"
    assert "As recorded by 12 Feb 2020, 06:00" in words(app), "before anything was recorded"


def linked(app, **parameters):
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def opened():
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=SECONDS)
    app.query_params["timeline-tab"] = "How counted"  # where the stamp is
    return app


def entry_of(record):
    return f"{record.head.seq}-{record.head.hash[:12]}"


def test_a_link_names_the_entry_of_the_record_that_was_in_view(kept):
    with closing(open_record(kept)) as record:
        made = entry_of(record)
    app = opened().run()

    app.button(key="more-filters").click().run()
    app.button(key="more-filters").click()
    app.radio(key="draft-by").set_value("side")
    app.button(key="show-claims").click().run()

    assert app.query_params["record"] in (made, [made])
    assert "moved on" not in words(app)


def test_a_link_from_before_says_that_the_record_has_moved_on_and_leads_back(kept):
    with closing(open_record(kept)) as record:
        made = record.head
        withdraw(record, "korday-2020", "a001", ANN, 1)

    app = linked(opened(), record=f"{made.seq}-{made.hash[:12]}")

    assert "The record has moved on since this link was made, by 1 entry." in words(app)
    with closing(open_record(kept)) as record:
        then = record.entry(made.seq).recorded_at
    back = linked(opened(), record=f"{made.seq}-{made.hash[:12]}", known_by="recorded", as_known_at=then)
    assert "moved on" not in words(back), "it is shown as it then read"
    assert "244 claims" in words(back)


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    "made", ["1-000000000000", "99-0a1b2c3d4e5f", "9" * 40 + "-a", "-1-x", "1-", "1", "<b>", "²-a"]
)
def test_a_link_that_names_no_entry_of_this_record_says_so(made):
    assert "names an entry that this one does not hold" in words(linked(opened(), record=made))


BETWEEN = """
import sys
from contextlib import closing
sys.path[:0] = [{root!r}, {dashboard!r}]
import streamlit as st
import claims
from contested.model.arrow_schema import from_arrow
from contested.record import open_record
from contested.record.backup import backup
from contested.record.edits import withdraw
from tests.record.writers import ANN, brought, said

claims.move_to_newest()  # as the button Show does
claims.begin()
with closing(open_record({kept!r})) as record:
    said(record, "late" + str(record.head.seq), story="korday-2020")
    said(record, "first", story="day" + str(record.head.seq))
story = claims.story()
asked = claims.ask("timeline", claims.Selection(zone=story.package.zone))
st.text(story.head)
st.text(asked.stamp())
st.text(claims.last_entry())
st.text(",".join(claims.store().claims(["late1", "late2"])))
st.text(",".join(claims.stories()))
"""


def test_an_entry_that_is_recorded_while_a_page_is_made_is_in_the_next_page_and_in_no_part_of_this_one(kept):
    with closing(open_record(kept)) as record:
        before = record.head
    script = BETWEEN.format(root=str(ROOT), dashboard=str(ROOT / "dashboard"), kept=str(kept))

    app = AppTest.from_string(script, default_timeout=SECONDS).run()

    assert not app.exception
    head, stamp, entry, late, stories = (one.value for one in app.text)
    assert (head, entry) == (before.hash, f"{before.seq}-{before.hash[:12]}")
    assert f"record {before.hash[:12]}" in stamp
    assert (late, stories) == ("", "korday-2020")

    app.run()
    with closing(open_record(kept)) as record:
        assert app.text[0].value == record.entry(before.seq + 1).hash, "the one after it is another story's"
    assert [one.value for one in app.text][3:] == ["late1", "korday-2020,day2"]


def test_a_record_that_takes_in_a_second_story_still_shows_the_first(kept):
    with closing(open_record(kept)) as record:
        said(record, story="day")

    app = opened().run()

    assert not app.exception
    assert [one.proto.label.replace("\\", "") for one in app.get("page_link")][-2:] == ["korday-2020", "day"]
    assert "244 claims" in words(app)


def test_a_backup_that_is_put_in_the_place_of_the_record_is_what_is_shown(kept, tmp_path):
    app = opened().run()
    with closing(open_record(kept)) as record, closing(open_record(tmp_path / "b.record", create=True)) as other:
        backup(record, other)
        entry = withdraw(other, "korday-2020", "a001", ANN, 1)

    (tmp_path / "b.record").replace(kept)

    assert f"record {entry.hash[:12]}" in words(app.run().button(key="live-show").click().run())
