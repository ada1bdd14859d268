"""Files that came in by themselves wait on the page Import; each is looked at and accepted there like one dropped."""

from contextlib import closing

import pytest
from streamlit.testing.v1 import AppTest
from tests.conftest import ROOT
from tests.dashboard.caches import fresh_caches
from tests.record.writers import current_claims

from contested.ingest import sandbox
from contested.record import open_record
from contested.wire.quarantine import Look, Quarantine, State

CONTENT = b"Day,What,Killed,Who\n2020-02-08,Ten died,10,north\n"
MAPPING = """{"columns": {"Day": "when", "What": "summary", "Killed": "killed", "Who": "account"},
    "zone": "Asia/Almaty", "constants": {"kind": "casualties"}}"""
PAGE = f"import sys; sys.path.insert(0, {str(ROOT / 'dashboard')!r})\nfrom views import intake\nintake.show()"


@pytest.fixture
def quarantine(tmp_path, monkeypatch):
    """Keep one file that waits, with a hostile name, and a source that failed."""
    monkeypatch.setenv("CONTESTED_RECORD", str(tmp_path / "desk.sqlite"))
    monkeypatch.setattr(sandbox, "examine_in_sandbox", _here)
    with fresh_caches(), closing(Quarantine(tmp_path / "desk.sqlite.quarantine")) as kept:
        given = {"mapping": MAPPING, "zone": "Asia/Almaty"}
        sha256 = kept.take("https://a.example/<b>x</b>", "<img src=x>.csv", CONTENT, given, None)
        kept.waits(sha256, {"rows": 1, "accepted": 1, "whys": []})
        kept.looked("https://a.example/<b>x</b>", Look(problem="the server says <i>404</i>"))
        yield kept


def _here(path, given, into, progress):
    """Read by the same rules in this process: another one takes a second to begin."""
    return sandbox.examine(path, given, keep=into / sandbox.CLAIMS, progress=progress)


def opened(**query):
    app = AppTest.from_string(PAGE, default_timeout=120)
    for name, value in query.items():
        app.query_params[name] = value
    app = app.run()
    assert not app.exception
    return app


def said(app):
    return " ".join(one.proto.body for one in app.get("html"))


@pytest.mark.usefixtures("quarantine")
def test_what_waits_is_listed_with_what_was_found_and_where_it_came_from():
    app = opened()

    assert "1 file came in and waits" in [one.value for one in app.header]
    assert "1 of 1 row can be accepted" in said(app)
    assert "the server says &lt;i&gt;404&lt;/i&gt;" in said(app)
    assert "<img" not in said(app)
    assert "<b>x" not in said(app)


def test_a_file_that_came_in_is_opened_with_its_mapping_and_accepted_once(quarantine, tmp_path):
    [one] = quarantine.waiting()
    app = opened(arrived=one.sha256[:12])
    app.text_input(key="who").set_value("Ann").run()
    app.button(key="accept").click().run()

    assert not app.exception
    assert [kept.state for kept in quarantine.settled(5)] == [State.ACCEPTED]
    with closing(open_record(tmp_path / "desk.sqlite")) as record:
        [story] = record.stories()
        assert [claim.best for claim in current_claims(record, story) if claim.best is not None] == [10]
        assert record.entry(1).who == "Ann"
    assert "Of what came in nothing waits" in " ".join(header.value for header in app.run().header)


def test_what_is_discarded_waits_no_more_and_its_bytes_stay(quarantine):
    [one] = quarantine.waiting()
    app = opened()
    app.button(key=f"discard-{one.sha256[:12]}").click().run()

    assert [kept.state for kept in quarantine.settled(5)] == [State.DISCARDED]
    assert quarantine.content(one.sha256) == CONTENT


@pytest.mark.usefixtures("quarantine")
@pytest.mark.parametrize("named", ["", "0" * 12, "%", "<script>"])
def test_what_no_file_is_named_by_opens_the_page_as_it_is(named):
    assert "1 file came in and waits" in [one.value for one in opened(arrived=named).header]
