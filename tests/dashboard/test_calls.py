"""The readings of a response time are one switch away from each other, and the link keeps the one that was chosen."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from tests.claims_for_tests import fields, table
from tests.conftest import ROOT


@pytest.fixture
def log(tmp_path, monkeypatch):
    """Open a log of two calls: one reached after five minutes, one cleared after three."""
    stamps = [("a", "call", "18:00"), ("a", "arrival", "18:05"), ("b", "call", "18:00"), ("b", "end", "18:03")]
    rows = [
        fields(claim_id=f"{event}{kind}", event_id=event, kind=kind, time_basis="logged")
        | dict.fromkeys(("began_earliest", "began_latest", "stated_at"), f"2020-02-07T{clock}Z")
        for event, kind, clock in stamps
    ]
    monkeypatch.setenv("CONTESTED_STORY", str(table(tmp_path / "log.csv", *rows)))
    st.cache_resource.clear()
    st.cache_data.clear()
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
    app.query_params["start"] = "call"
    yield app
    st.cache_resource.clear()
    st.cache_data.clear()


def counted(app):
    """Give what stands on *How counted*."""
    return " ".join(text.value for text in app.markdown).replace("\\", "")


def test_the_other_reading_is_one_switch_away_and_both_say_their_n(log):
    log.query_params["response-delays-tab"] = "How counted"
    log.run()

    assert not log.exception
    assert "1 call with an arrival; 1 more was cleared without" in counted(log)
    log.button(key="more-filters").click().run()
    log.button(key="more-filters").click()
    log.selectbox(key="draft-calls").set_value("every")
    log.button(key="show-claims").click().run()
    assert not log.exception
    assert "every call, n = 2: 1 with an arrival, 1 cleared without and none still open" in counted(log)
    assert log.query_params["calls"] in ("every", ["every"])
