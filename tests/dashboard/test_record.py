"""A story in a record is shown as it stands: what is recorded is in the next answer, and in its stamp."""

from contextlib import closing

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from tests.conftest import ROOT
from tests.record.hands import ANN

from contested.__main__ import main
from contested.record import open_record
from contested.record.edits import withdraw

SECONDS = 120


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """The Korday story in a record that the dashboard shows."""
    store = tmp_path / "desk.record"
    assert main(["load", str(ROOT / "data" / "korday-2020"), "--store", str(store)]) == 0
    monkeypatch.setenv("CONTESTED_STORY", str(store))
    st.cache_resource.clear()
    st.cache_data.clear()
    yield store
    st.cache_resource.clear()
    st.cache_data.clear()


def words(app):
    return " ".join(one.value for one in [*app.caption, *app.header]).replace("\\", "")


def test_what_is_recorded_is_in_the_next_answer(kept):
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=SECONDS).run()
    with closing(open_record(kept)) as record:
        first = record.head
        entry = withdraw(record, "korday-2020", "a001", ANN, 1)
    before = words(app)

    after = words(app.run())

    assert not app.exception
    assert f"record {first.hash[:12]}" in before
    assert f"record {entry.hash[:12]}" in after
    assert f"record {first.hash[:12]}" not in after


def test_a_reader_of_a_record_may_go_by_the_time_of_recording(kept):
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=SECONDS)
    app.query_params["known_by"] = "recorded"
    app.query_params["as_known_at"] = "2020-02-12T00:00Z"

    app.run()

    assert not app.exception
    assert kept.is_file()
    assert app.radio(key="known_by").value == "recorded"
    assert "As recorded by 12 Feb 2020, 06:00" in words(app), "before anything was recorded"
