"""Tell me: a rule is kept on its page, and what it tells is listed there and in a feed that nobody can guess."""

from contextlib import closing
from xml.etree import ElementTree as ET

import pytest
from streamlit.testing.v1 import AppTest
from tests.conftest import ROOT, awaited
from tests.dashboard.caches import fresh_caches
from tests.record.writers import said

import api
import watching
from contested.record import open_record
from contested.wire import public

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Show a record with one figure in it."""
    path = tmp_path / "desk.record"
    with fresh_caches(), closing(open_record(path, create=True)) as record:
        said(record, measure="killed", best=8, summary="Eight <b>died</b>.")
        monkeypatch.setenv("CONTESTED_STORY", str(path))
        yield record


def newsroom():
    app = AppTest.from_string(
        f"import sys; sys.path.insert(0, {str(ROOT / 'dashboard')!r})\nimport claims\nclaims.begin()\n"
        "from views import newsroom\nnewsroom.show()",
        default_timeout=120,
    )
    app.query_params["do"] = "tell"
    app = app.run()
    assert not app.exception
    return app


def words(app):
    return " ".join(one.proto.body for one in app.get("html"))


def fed(rule):
    messages = []

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        messages.append(message)

    scope = {"type": "http", "method": "GET", "path": f"/v1/told/{rule}.atom", "query_string": b"", "headers": []}
    scope |= {"client": ("127.0.0.1", 1), "server": ("localhost", 8501), "scheme": "http", "root_path": ""}
    awaited(api.API(scope, receive, send))
    return messages[0]["status"], b"".join(one.get("body", b"") for one in messages[1:])


def test_a_rule_tells_on_its_page_and_in_its_feed_until_what_it_rests_on_is_held_back(desk, monkeypatch):
    app = newsroom()
    app.button(key="tell-add").click().run()
    [rule] = watching.rules().every()
    said(desk, "k2", account="south", measure="killed", best=10, summary="Ten died.")
    watching.Watch().look()

    assert "any highest figure of killed changes" in words(app)
    page = words(newsroom())
    assert "1 thing you have not seen" in page
    assert "<b>south: killed 10</b>" in page
    status, body = fed(rule.id)
    assert status == 200
    entries = ET.fromstring(body).iter(f"{ATOM}entry")  # noqa: S314 our own
    assert [one.findtext(f"{ATOM}title") for one in entries] == ["south: killed 10"]
    monkeypatch.setattr(public, "held", lambda _record, _name: frozenset({"k2"}))
    assert b"killed 10" not in fed(rule.id)[1]
    assert "killed 10" not in words(newsroom())


@pytest.mark.usefixtures("desk")
def test_a_feed_that_no_rule_has_is_not_found():
    for rule in ("0" * 32, "%00", "x"):
        assert fed(rule)[0] == 404


@pytest.mark.usefixtures("desk")
def test_an_address_inside_the_network_is_refused_and_no_rule_is_kept():
    app = newsroom()
    app.text_input(key="tell-hook").set_value("https://127.0.0.1/hook").run()
    app.button(key="tell-add").click().run()

    assert "inside the network" in " ".join(one.value for one in (*app.error, *app.warning))
    assert watching.rules().every() == []
