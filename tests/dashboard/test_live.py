"""The bar at the foot offers what is newer in the record, and moves nothing until the reader asks."""

from contextlib import closing

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from tests.claims_for_tests import claim
from tests.conftest import ROOT
from tests.record.writers import brought, mended, said, taken_back

import live
from contested.library import kept_story
from contested.record import open_record

SECONDS = 120


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A record that the dashboard shows, and that another program writes to."""
    path = tmp_path / "desk.record"
    with closing(open_record(path, create=True)) as record:
        said(record, measure="killed", best=8, summary="Eight died.", label="8 killed")
        monkeypatch.setenv("CONTESTED_STORY", str(path))
        st.cache_resource.clear()
        st.cache_data.clear()
        yield record
    st.cache_resource.clear()
    st.cache_data.clear()


def opened():
    return AppTest.from_file(ROOT / "dashboard" / "app.py", default_timeout=SECONDS).run()


def bar(app):
    """Give the words of the bar."""
    told = [one.proto.body for one in app.get("html")]
    return " ".join(one for one in told if any(word in one for word in ("newer", "Paused", "added", "Newest")))


def keys(app):
    return {button.key for button in app.button}


@pytest.mark.usefixtures("desk")
def test_where_nothing_is_newer_the_bar_says_so_and_offers_nothing():
    app = opened()

    assert "Nothing newer" in bar(app)
    assert "Newest" in bar(app)
    assert "live-show" not in keys(app)


def test_what_is_newer_is_named_and_shown_only_when_asked_for(desk):
    app = opened()
    said(desk, "k2", account="south", measure="killed", best=10, summary="Ten died.", label="10 <b>killed</b>")
    mended(desk, measure="killed", best=9, summary="Nine died.", label="9 killed")
    offered = bar(app.run())

    assert "<b>2 newer entries</b>" in offered
    assert "south: 10 &lt;b&gt;killed&lt;/b&gt; and north: corrected, 9 killed" in offered
    moved = bar(app.button(key="live-show").click().run())
    assert "<b>2 entries were added</b>" in moved
    assert "newer entr" not in moved


def test_entries_of_another_story_are_no_news_here(desk, monkeypatch):
    monkeypatch.setenv("CONTESTED_NAME", "night")
    app = opened()
    said(desk, "k9", story="other")

    assert "Nothing newer" in bar(app.run())


def test_who_pauses_is_offered_nothing_until_going_on(desk):
    app = opened()
    app.button(key="live-pause").click().run()
    said(desk, "k2")

    assert "<b>Paused</b>" in bar(app.run())
    assert "live-show" not in keys(app)
    assert "1 newer entry" in bar(app.button(key="live-pause").click().run())


def test_of_many_entries_two_are_named(desk, tmp_path):
    story, first = kept_story(desk), desk.head
    said(desk, "k2", account="south", summary="A long sentence about what happened there that night.")
    taken_back(desk)
    brought(desk, tmp_path, claim(claim_id="k5"), claim(claim_id="k6"))
    named = live.listed(list(desk.entries(first.seq)), story)

    assert named.startswith("south: A long sentence")
    assert ", north: withdrawn, 8 killed" in named
    assert named.endswith("and 1 more")
    assert live.listed(list(desk.entries(first.seq))[2:], story) == "2 claims imported"


def test_a_story_in_no_record_has_no_bar(monkeypatch, tmp_path):
    monkeypatch.setenv("CONTESTED_STORY", str(ROOT / "data" / "korday-2020"))
    monkeypatch.setenv("CONTESTED_RECORD", str(tmp_path / "none.sqlite"))

    assert "live-pause" not in keys(opened())
