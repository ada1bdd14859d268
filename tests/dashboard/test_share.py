"""The drawer Share gives the links, the code, the frame and the citation of a page, and says what they show."""

import re
from datetime import datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from tests.conftest import ROOT

from contested.cli.main import main

KORDAY = str(ROOT / "data" / "korday-2020")


@pytest.fixture
def shared(monkeypatch, tmp_path):
    """Open Share on the page of casualties of a story."""

    def opened(story):
        st.cache_resource.clear()
        st.cache_data.clear()
        monkeypatch.setenv("CONTESTED_STORY", story)
        monkeypatch.setenv("CONTESTED_RECORD", str(tmp_path / "none.sqlite"))
        app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=120)
        app.query_params["account"] = "officials"
        app.run().button(key="share").click().run()
        assert not app.exception
        return app

    return opened


def copied(app):
    """Give what the buttons of the drawer copy."""
    written = "".join(
        one.proto.body for one in app.get("html") if "copied" in one.proto.body or "Copy</button>" in one.proto.body
    )
    return [unescape(text) for text in re.findall(r'data-copy="([^"]*)"', written)]


def asked(app, wall):
    """Ask what was shown at a moment, in the drawer opened anew."""
    app.datetime_input(key="share-time").set_value(wall)
    app.button(key="share").click().run()
    assert not app.exception


def test_of_a_story_in_a_record_the_frozen_link_is_short_and_names_its_entry(shared, tmp_path):
    store = str(tmp_path / "desk.record")
    assert main(["load", KORDAY, "--store", store]) == 0
    app = shared(store)
    live, frozen, frame, citation = copied(app)

    assert re.search(r"/\?account=officials&record=1-[0-9a-f]{12}$", live)
    assert re.search(r"/korday-2020/1-[0-9a-f]{8}-[a-z2-7]{8}$", frozen)
    assert re.search(r'^<iframe src="\S+/embed/\S+account=officials&\S*frozen=1-[0-9a-f]{12}" title="', frame)
    assert "Korday district, 5–8 February 2020" in citation
    assert "entry 1 (" in citation
    assert frozen in citation
    assert (tmp_path / "desk.record.links").is_file()
    assert any("No site may embed yet" in one.value for one in app.caption)


def test_what_this_view_showed_at_a_moment_is_a_link_with_its_filters(shared, tmp_path):
    store = str(tmp_path / "desk.record")
    assert main(["load", KORDAY, "--store", store]) == 0
    app = shared(store)

    asked(app, datetime(2020, 2, 8, 18, 5))  # noqa: DTZ001 a wall clock
    assert any(one.value == "Nothing of this story had been recorded by then." for one in app.caption)
    asked(app, datetime.now(ZoneInfo("Asia/Almaty")).replace(tzinfo=None) + timedelta(hours=1))

    assert re.search(r"/korday-2020/1-[0-9a-f]{8}-[a-z2-7]{8}$", copied(app)[-1])
    [told] = [one.value for one in app.caption if one.value.startswith("This view as of entry 1, recorded")]
    assert told.replace("\\", "").endswith("the last by then. Nothing shown here has changed since.")


def test_the_size_of_a_file_stands_beside_its_name_before_it_is_chosen(monkeypatch, tmp_path):
    monkeypatch.setenv("CONTESTED_STORY", KORDAY)
    monkeypatch.setenv("CONTESTED_RECORD", str(tmp_path / "none.sqlite"))
    st.cache_resource.clear()
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=120).run()

    app.button(key="export-casualty-counts").click().run()

    assert not app.exception
    picture, page, paper, _ = app.radio(key="export-To look at").options
    assert (picture, page) == ("Picture", "HTML")
    assert re.fullmatch(r"PDF · \d+ kB", paper)


def test_of_a_story_in_files_the_frozen_link_names_the_data_and_says_what_it_cannot_do(shared):
    app = shared(KORDAY)

    assert re.search(r"/\?account=officials&frozen=data-[0-9a-f]{12}$", copied(app)[1])
    assert any("cannot show the old state" in one.value for one in app.caption)
