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
    return " ".join(one.value for one in [*app.caption, *app.header])


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
