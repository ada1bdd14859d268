"""The bar at the foot offers what is newer in the record, and moves nothing until the reader asks."""

import json
import re
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
import streamlit as st
from starlette.requests import Request
from streamlit.testing.v1 import AppTest
from tests.claims_for_tests import claim
from tests.conftest import ROOT, awaited
from tests.dashboard.caches import fresh_caches
from tests.dashboard.test_import import GOOD, sheet
from tests.record.writers import brought, mended, said, taken_back

from contested.library import kept_story
from contested.record import open_record
from live import bar as live
from live import fresh, newest, reconnect

SECONDS = 120


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A record that the dashboard shows, and that another program writes to."""
    path = tmp_path / "desk.record"
    with fresh_caches(), closing(open_record(path, create=True)) as record:
        said(record, measure="killed", best=8, summary="Eight died.", label="8 killed")
        monkeypatch.setenv("CONTESTED_STORY", str(path))
        yield record


def opened():
    return AppTest.from_file(ROOT / "dashboard" / "app.py", default_timeout=SECONDS).run()


def bar(app):
    """Give the words of the bar."""
    told = [one.proto.body for one in app.get("html")]
    return " ".join(one for one in told if any(word in one for word in ("newer", "Paused", "marked new")))


def sent(app, key):
    """Give what the browser is sent for one of our components."""
    [one] = [json.loads(one.proto.json) for one in app.get("bidi_component") if one.proto.id.endswith(f"-{key}")]
    return one


def new_on(app):
    """Say what is marked new: chips, charts of which a mark is, and findings."""
    chips = {chip["name"]: chip["new"] for chip in sent(app, "chips")["chips"] if chip["new"]}
    mounts = [json.loads(one.proto.json) for one in app.get("bidi_component")]
    charts = {one["key"].removesuffix("-figure") for one in mounts if one.get("fresh")}
    return chips, charts, sum(one.proto.body.count(fresh.TAG) for one in app.get("html"))


def newest_asked(of, **headers):
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": newest.PATH, "query_string": b"", "headers": named}
    return awaited(of(Request(scope)))


def keys(app):
    return {button.key for button in app.button}


def test_where_nothing_is_newer_the_bar_says_so_and_offers_nothing(desk):
    app, recorded_at = opened(), datetime.fromisoformat(desk.entry(1).recorded_at)

    assert "Nothing newer" in bar(app)
    assert f"{recorded_at:%H:%M} UTC" in sent(app, "live-look")["newest"]
    assert "live-show" not in keys(app)
    assert 'live<span class="last-entry">, last entry ' in next(
        one.body for one in app.get("html") if 'class="stamp"' in one.body
    )


def test_the_newest_entry_of_today_has_no_day_by_the_clock_of_the_page():
    recorded_at = datetime(2026, 11, 30, 18, 30, tzinfo=UTC)

    assert live.aged(recorded_at, recorded_at + timedelta(minutes=5), "Asia/Almaty") == "23:30 UTC+5"
    assert live.aged(recorded_at, recorded_at + timedelta(hours=1), "Asia/Almaty") == "30 Nov 2026, 23:30 UTC+5"


def test_what_is_newer_is_named_and_shown_only_when_asked_for(desk):
    app = opened()
    said(desk, "k2", account="south", measure="killed", best=10, summary="Ten died.", label="10 <b>killed</b>")
    mended(desk, measure="killed", best=9, summary="Nine died.", label="9 killed")
    offered = bar(app.run())

    assert "<b>2 newer entries</b>" in offered
    assert "south: 10 &lt;b&gt;killed&lt;/b&gt; and north: corrected, 9 killed" in offered
    moved = bar(app.button(key="live-show").click().run())
    assert "<b>2 entries are marked new</b>" in moved
    assert "newer entr" not in moved


def test_what_was_shown_is_marked_new_on_chips_marks_findings_and_rows_until_it_is_seen(desk):
    said(desk, "k0", account="south", summary="It was quiet.")
    app = opened()
    assert new_on(app) == ({}, set(), 0)

    said(
        desk, "k2", account="south", measure="killed", best=10, summary="Ten died.", stated_at="2020-02-09T10:00+06:00"
    )
    app = app.run().button(key="live-show").click().run()

    assert new_on(app) == ({"south": "1 new"}, {"casualty-counts"}, 1)
    assert new_on(app.run()) == ({"south": "1 new"}, {"casualty-counts"}, 1), "a filter does not clear it"
    assert new_on(app.button(key="live-seen").click().run()) == ({}, set(), 0)
    assert "Nothing newer" in bar(app)


def test_marks_of_what_is_new_go_by_themselves_after_some_minutes(desk, monkeypatch):
    said(desk, "k0", account="south", summary="It was quiet.")
    app = opened()
    said(desk, "k2", account="south", measure="killed", best=10, summary="Ten died.")
    app = app.run().button(key="live-show").click().run()
    monkeypatch.setattr(fresh, "LASTS", timedelta(0))

    assert new_on(app.run()) == ({}, set(), 0)


def test_a_page_that_was_cut_off_goes_on_with_what_it_showed_and_one_loaded_anew_begins_with_the_newest(desk):
    before = desk.head
    said(desk, "k2")
    shown = reconnect.Shown(before, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    cookies = {reconnect._cookie("s-1"): reconnect.kept(shown)}  # noqa: SLF001 as the page of that session keeps it
    again = {"sec-websocket-protocol": "streamlit, token, s-1"}

    assert reconnect.before(again, cookies, desk) == shown
    for headers in ({"sec-websocket-protocol": "streamlit, token"}, {"sec-websocket-protocol": "a, b, s-2"}, {}):
        assert reconnect.before(headers, cookies, desk) is None
    for said_by in ("", "1-ffff", "9-00", "<script>", f"9-00.{4 * 10**9}"):
        assert reconnect.before(again, dict.fromkeys(cookies, said_by), desk) is None
    for moment in (f".{4 * 10**9}", ".soon", f".{10**30}", ".", ""):
        [told] = [reconnect.before(again, dict.fromkeys(cookies, f"1-{before.hash[:12]}{moment}"), desk)]
        assert told.head == before
        assert told.at <= datetime.now(UTC), "no page says that it is later than it is"


def test_the_session_of_a_page_that_was_cut_off_is_offered_what_is_newer(desk, monkeypatch):
    before = desk.head
    said(desk, "k2")
    monkeypatch.setattr(reconnect, "shown_before", lambda _: reconnect.Shown(before, datetime.now(UTC)))

    assert "1 newer entry" in bar(opened())


def test_the_head_is_read_once_for_all_who_ask_within_a_quarter_of_a_second():
    states, now = [newest.States("a", "b", "1"), newest.States("c", "d", "2")], [0.0]
    one = newest.Newest(lambda _: states.pop(0), lambda: now[0])

    assert {awaited(one.states()) for _ in range(50)} == {("a", "b", "1", None)}
    now[0] = 0.3
    assert {awaited(one.states()) for _ in range(50)} == {("c", "d", "2", None)}


def test_a_page_that_knows_the_head_is_told_so_in_no_words_and_one_that_does_not_the_new_one(desk, monkeypatch):
    monkeypatch.setattr(newest, "SECONDS", 0.0)
    first = newest_asked(newest.answer)
    tag = first.headers["etag"]

    assert tag == f'"{json.loads(first.body)["head"]}"'
    again = newest_asked(newest.answer, if_none_match=f"W/{tag}")
    assert (again.status_code, again.body) == (304, b"")
    said(desk, "k2")
    assert newest_asked(newest.answer, if_none_match=tag).status_code == 200


def test_entries_of_another_story_are_no_news_here(desk, monkeypatch):
    monkeypatch.setenv("CONTESTED_NAME", "night")
    app = opened()
    said(desk, "k9", story="other")

    assert "Nothing newer" in bar(app.run())


def test_who_pauses_is_offered_nothing_until_going_on(desk):
    app = opened()
    app.button(key="live-pause").click().run()
    said(desk, "k2")

    assert re.search(r"<b>Paused</b> · the page stays as it was at \d\d:\d\d UTC", bar(app.run()))
    assert "live-show" not in keys(app)
    assert "1 newer entry" in bar(app.button(key="live-go-on").click().run())


def test_of_many_entries_two_are_named(desk, tmp_path):
    story, first = kept_story(desk), desk.head
    said(desk, "k2", account="south", summary="A long sentence about what happened there that night.")
    taken_back(desk)
    brought(desk, tmp_path, claim(claim_id="k5"), claim(claim_id="k6"))
    entries = list(desk.entries(first.seq))
    named = live.listed(live._described(entries, story), len(entries))  # noqa: SLF001 as the bar says it

    assert named.startswith("south: A long sentence")
    assert ", north: withdrawn, 8 killed" in named
    assert named.endswith("and 1 more")
    assert live.listed(live._described(entries[2:], story), 1) == "2 claims imported"  # noqa: SLF001


def test_the_deck_offers_what_is_newer(desk, monkeypatch):
    app = viewing(monkeypatch, "deck")
    said(desk, "k2", account="south", summary="Ten died.")

    assert "<b>1 newer entry</b>" in bar(app.run())
    assert "1 entry is marked new" in bar(app.button(key="live-show").click().run())


def viewing(monkeypatch, path):
    """Open a view, as an address with its path does."""

    def only(pages, **_):
        page = next(one for one in pages if one.url_path == path)
        page._can_be_called = True  # noqa: SLF001 as Streamlit itself says of the page that it returns
        return page

    monkeypatch.setattr(st, "navigation", only)
    return opened()


def test_on_import_nothing_that_was_entered_is_lost_by_showing_what_is_newer(desk, monkeypatch):
    app = viewing(monkeypatch, "import")
    app.file_uploader(key="file").set_value(("more.csv", sheet(GOOD), "text/csv")).run()
    app.text_input(key="who").set_value("Ann").run()
    app.text_input(key="why").set_value("what came in").run()
    before = entered(app)
    said(desk, "k2", account="south", summary="Ten died.")
    app.run()
    assert "1 newer entry" in bar(app)
    app.button(key="live-show").click().run()

    assert not app.exception
    assert (before["who"], before["why"]) == ("Ann", "what came in")
    assert entered(app) == before
    assert "accept" in keys(app), "the file is still there"


def entered(app):
    """Give what a person has entered in the fields of a page."""
    return {one.key: one.value for one in (*app.text_input, *app.selectbox, *app.toggle, *app.radio)}


def test_a_story_in_no_record_has_no_bar(monkeypatch, tmp_path):
    monkeypatch.setenv("CONTESTED_STORY", str(ROOT / "data" / "korday-2020"))
    monkeypatch.setenv("CONTESTED_RECORD", str(tmp_path / "none.sqlite"))

    assert "live-pause" not in keys(opened())
