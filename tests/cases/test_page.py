"""Shared cases of pages: what crashed or was hidden is drawn, accepted and named."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash
from tests.conftest import ROOT


@pytest.fixture
def view(monkeypatch):
    """Open a view of the dashboard on a story."""

    def opened(where, name, **link):
        monkeypatch.setenv("CONTESTED_STORY", str(where))
        app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=120)
        app._page_hash = calc_hash(name)  # noqa: SLF001 a page made of a function has no path
        app.query_params = link
        app.run()
        assert not app.exception
        return app

    forget()
    yield opened
    forget()


def forget():
    st.cache_resource.clear()
    st.cache_data.clear()


def test_changes_are_drawn_where_two_marks_have_one_name(case, view):
    page = view(case("page/two_marks_of_one_name"), "changes", compared_with="2020-02-08T00:00+06:00")

    assert not page.warning
    lines = "".join(one.proto.body for one in page.get("html")).split("<li>")[1:]
    assert len(set(lines)) == len(lines) == 5


def test_import_accepts_the_rows_without_half_a_letter_and_names_that_letter(case, view, monkeypatch, tmp_path):
    monkeypatch.setenv("CONTESTED_RECORD", str(tmp_path / "desk.sqlite"))
    page = view(ROOT / "data" / "korday-2020", "import")

    content = case("page/half_emoji.json").read_bytes()
    page.file_uploader(key="file").set_value(("half_emoji.json", content, "application/json")).run()

    assert not page.exception
    assert not page.warning
    assert page.title[0].value == "3 of 4 rows can be accepted; 1 cell needs mending"
    said = "".join(one.proto.body for one in page.get("html"))
    assert "(U+D83D)" in said
    assert "cut emoji ud83d" in said.replace("\\", "")
