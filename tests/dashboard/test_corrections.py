"""The view Corrections lists what was changed with its words as text, and says what an empty log means."""

from contextlib import closing

import pytest
from streamlit.testing.v1 import AppTest
from tests.dashboard.caches import fresh_caches
from tests.record.writers import mended, said, taken_back

from contested.record import open_record

SECONDS = 120


@pytest.fixture
def desk(tmp_path, monkeypatch):
    path = tmp_path / "desk.record"
    monkeypatch.setenv("CONTESTED_STORY", str(path))
    with fresh_caches(), closing(open_record(path, create=True)) as record:
        yield record


def view():
    from contested import Selection  # noqa: PLC0415 runs as a script of its own
    from views import corrections  # noqa: PLC0415

    corrections.show(Selection(zone="UTC"))


def opened():
    app = AppTest.from_function(view, default_timeout=SECONDS).run()
    assert not app.exception
    return app.title[0].value, " ".join(one.proto.body for one in app.get("html"))


def test_corrections_and_withdrawals_are_listed_with_what_was_and_what_is(desk):
    said(desk, measure="killed", best=8, summary="Eight died.")
    mended(desk, measure="killed", best=10, summary="Ten died.")
    said(desk, "k2", account="south", summary="<b>Never</b> happened.")
    taken_back(desk, "k2")
    title, listed = opened()

    assert title == "1 claim corrected and 1 claim withdrawn"
    assert 'killed: <s><span class="unseen">was </span>8</s> → <b class="now">10</b>' in listed
    assert "&lt;b&gt;Never&lt;/b&gt; happened." in listed
    assert listed.index("withdrawn") < listed.index("killed")
    assert "Ben" not in listed


def test_a_log_without_an_entry_says_what_that_means(desk, monkeypatch, tmp_path):
    said(desk)
    assert opened() == ("Nothing has been corrected", '<p class="sub">Every claim stands as it was first recorded.</p>')

    (tmp_path / "claims.csv").write_text(
        "claim_id,event_id,account,kind,source_id,summary\nk1,night,north,clash,S1,They fought.\n", encoding="utf-8"
    )
    monkeypatch.setenv("CONTESTED_STORY", str(tmp_path / "claims.csv"))
    assert "load it into a record" in opened()[1]
