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


def findings(app):
    return " ".join(heading.value for heading in app.header).replace("\\", "")


def test_the_other_reading_is_one_switch_away_and_both_say_their_n(log):
    log.run()

    assert not log.exception
    assert "in 1 of 2 calls" in findings(log)
    log.button(key="more-filters").click().run()
    log.button(key="more-filters").click()
    log.radio(key="draft-calls").set_value("every")
    log.button(key="show-claims").click().run()
    assert not log.exception
    assert "in 1 of 2 calls" in findings(log)
    assert log.query_params["calls"] in ("every", ["every"])
