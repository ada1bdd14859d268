"""A frozen link shows what it showed, whatever is recorded later, and names what has changed since."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from tests.conftest import ROOT
from tests.dashboard.caches import fresh_caches
from tests.dashboard.test_api import get
from tests.record.writers import mended, said, taken_back

from contested.record import open_record
from contested.record.frozen import entry_of, named

TOLLS = [("k1", "north", 8), ("k2", "south", 10), ("k3", "town", 9)]


@pytest.fixture
def desk(monkeypatch, tmp_path):
    """Keep a story of three figures in a record that the dashboard shows."""
    path = tmp_path / "desk.sqlite"
    with fresh_caches(), closing(open_record(path, create=True)) as record:
        monkeypatch.setenv("CONTESTED_STORY", str(path))
        for claim_id, account, best in TOLLS:
            figure = {"kind": "casualties", "measure": "killed", "best": best, "summary": f"{best} died."}
            said(record, claim_id, account=account, stated_at="2020-02-08T10:00Z", **figure)
        yield record


def corrected(desk, claim_id, account, best, base, **more):
    figure = {"kind": "casualties", "measure": "killed", "best": best, "summary": f"{best} died."}
    return mended(desk, claim_id, base, account=account, stated_at="2020-02-08T10:00Z", **figure | more)


def ten_corrections(desk):
    """Raise each toll three times, and one of them once more."""
    for turn in (1, 2, 3):
        for claim_id, account, best in TOLLS:
            corrected(desk, claim_id, account, best + turn, turn)
    corrected(desk, "k1", "north", 12, 4)


def page(**parameters):
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=120)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def bar(app):
    """Give the words of the bar of a frozen link."""
    return next(
        (one.proto.body for one in app.get("html") if "Frozen" in one.proto.body or "frozen" in one.proto.body), ""
    )


@pytest.mark.parametrize("form", ["json", "csv", "parquet", "xlsx", "geojson", "package"])
def test_after_ten_corrections_a_frozen_link_gives_the_same_bytes(desk, form):
    address = f"answers/casualty-counts?format={form}&frozen={named(desk.head)}"
    before, newest = get(address).body, get("answers/casualty-counts?format=json").body
    ten_corrections(desk)

    assert get(address).body == before
    assert get("answers/casualty-counts?format=json").body != newest


def test_the_bar_names_what_has_changed_and_links_to_now(desk):
    frozen = named(desk.head)
    ten_corrections(desk)
    taken_back(desk, "k3", 4)
    said(desk, "k4", account="east", summary="A house burnt.", label="a house burns")
    app = page(frozen=frozen)

    assert not app.exception
    assert "<b>Frozen</b> at entry 3" in bar(app)
    assert "2 figures have changed, 1 claim was withdrawn and 1 claim is new since" in bar(app)
    assert "north: killed 8 → 12; south: killed 10 → 13" in bar(app)


def test_what_a_view_does_not_show_makes_its_bar_say_nothing(desk):
    frozen = named(desk.head)
    said(desk, "k4", account="east", summary="A house burnt.")

    assert "Nothing shown here has changed since" in bar(page(frozen=frozen, account="north"))


def test_a_link_by_time_shows_what_was_shown_at_that_time(desk):
    moment = datetime.fromisoformat(desk.entry(3).recorded_at)
    ten_corrections(desk)
    address = f"answers/casualty-counts?frozen={quote(moment.isoformat())}"

    assert {row["best"] for row in get(address).json()["rows"]} == {8, 10, 9}
    assert entry_of(desk, (moment - timedelta(days=1)).isoformat()) is None
    assert entry_of(desk, datetime.now(UTC).isoformat()) == desk.entry(13)


@pytest.mark.usefixtures("desk")
def test_a_link_of_another_record_says_so_and_shows_what_is_known_now():
    assert "an entry that this record does not hold" in bar(page(frozen="3-ffffffffffff"))
    assert get("answers/casualty-counts?frozen=3-ffffffffffff").status == 410


def test_files_that_were_changed_hold_no_earlier_state_and_it_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("CONTESTED_STORY", str(ROOT / "data" / "korday-2020"))
    monkeypatch.setenv("CONTESTED_RECORD", str(tmp_path / "none.sqlite"))
    st.cache_resource.clear()

    assert "This link was frozen on other data" in bar(page(frozen="data-000000000000"))
    assert get("answers/casualty-counts?frozen=data-000000000000").status == 410
