"""A server that other machines can reach, asked by hand: which requests it answers, and that it asks nobody outside."""

import os
import re
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection

import pytest
from tests.browser.conftest import _free_port, _wait_until_healthy
from tests.browser.test_import import drop
from tests.claims_for_tests import claim
from tests.conftest import ROOT
from tests.dashboard.test_import import line, sheet
from tests.record.writers import brought

from contested.record import open_record

TOKEN = "a token of many letters"  # noqa: S105 of this test alone
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
OUTSIDE = f"""
import socket
import sys
told, resolve, connect = open(sys.argv[1], "a", buffering=1), socket.getaddrinfo, socket.socket.connect
def named(host, *more, **most):
    if host not in (None, "localhost", "127.0.0.1", "0.0.0.0", "::1", ""): told.write(f"{{host}}\\n")
    return resolve(host, *more, **most)
def connected(self, address):
    if self.family == socket.AF_INET and address[0] != "127.0.0.1": told.write(f"{{address}}\\n")
    return connect(self, address)
socket.getaddrinfo, socket.socket.connect = named, connected
sys.argv = ["streamlit", "run", {str(ROOT / "dashboard" / "server.py")!r}, *sys.argv[2:]]
from streamlit.web.cli import main
main()
"""
"""Runs the server, and notes every address beyond this machine that it looks up or calls."""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A record of two stories."""
    folder = tmp_path_factory.mktemp("reached")
    with closing(open_record(folder / "desk.record", create=True)) as record:
        brought(record, folder, claim(claim_id="n1", account="north", place="Masanchi"), story="night")
        brought(record, folder, claim(claim_id="d1", account="southerners"), story="day", dataset="d.csv")
    return folder / "desk.record"


def started(store, folder, address):
    port, log, outside = _free_port(), folder / "log.txt", folder / "outside.txt"
    outside.touch()
    told = {"CONTESTED_STORY": str(store), "CONTESTED_NAME": "night", "CONTESTED_KEEPER_TOKEN": TOKEN}
    command = [sys.executable, "-c", OUTSIDE, outside, f"--server.port={port}", f"--server.address={address}"]
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=os.environ | told, stdout=out, stderr=subprocess.STDOUT)  # noqa: S603 our own program
    _wait_until_healthy(f"http://127.0.0.1:{port}", server, log)
    return server, port, outside, log


@pytest.fixture(scope="module", params=["0.0.0.0", "127.0.0.1"])  # noqa: S104 what is tested
def server(request, store, tmp_path_factory):
    """A server that every machine reaches, and one that only this one does, each with its address."""
    process, port, outside, log = started(store, tmp_path_factory.mktemp("server"), request.param)
    yield request.param, port, outside, log
    process.terminate()
    process.wait(60)


def answered(port, method="GET", path="/", **headers):
    """Ask by hand; give the status, and the head with the body."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        line.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        heard = line.getresponse()
        return heard.status, f"{heard.headers}{heard.read().decode('latin-1')}"


def connected(port, **headers):
    """Ask for the connection over which a page is shown and written through."""
    return answered(port, path="/_stcore/stream", **UPGRADE, **{"Host": f"localhost:{port}"} | headers)[0]


def is_open_to_all(server):
    return server[0] == "0.0.0.0"  # noqa: S104 what is tested


def test_a_page_of_the_dashboard_itself_is_connected(server):
    port = server[1]
    assert connected(port, Origin=f"http://localhost:{port}") == 101


@pytest.mark.parametrize("origin", ["http://evil.example", "http://localhost:1", "null", "https://localhost:{}", "x"])
def test_a_page_from_elsewhere_is_not_connected(server, origin):
    assert connected(server[1], Origin=origin.format(server[1])) == 403


def test_a_program_without_an_origin_is_connected_at_this_machine_alone(server):
    assert connected(server[1]) == (403 if is_open_to_all(server) else 101)


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Real-IP", "Forwarded"])
def test_a_program_that_says_it_sits_at_this_machine_is_not_believed(server, name):
    assert connected(server[1], **{name: "127.0.0.1"}) == 403


def test_under_a_foreign_name_nothing_is_answered(server):
    port = server[1]
    evil = f"evil.example:{port}"
    assert connected(port, Host=evil, Origin=f"http://{evil}") == 403
    assert answered(port, Host=evil, Accept="text/html")[0] == 403
    assert answered(port, "PUT", "/_stcore/upload_file/a/b", Host=evil, Origin=f"http://{evil}")[0] == 403


def test_nothing_is_uploaded_from_a_foreign_page_or_without_one(server):
    port = server[1]
    for headers in ({"Origin": "http://evil.example"}, {"X-Forwarded-For": "10.0.0.7"}):
        assert answered(port, "PUT", "/_stcore/upload_file/a/b", Host=f"localhost:{port}", **headers)[0] == 403


def test_from_elsewhere_nothing_is_uploaded_before_the_token_is_entered(server):
    port = server[1]
    own = {"Host": f"localhost:{port}", "Origin": f"http://localhost:{port}"}

    status, told = answered(port, "PUT", "/_stcore/upload_file/a/b", **own)

    assert status >= 400
    assert ("keeper's token" in told) == is_open_to_all(server)


def test_the_page_is_answered_with_its_policy_and_other_routes_are_not_swallowed_by_it(server):
    port = server[1]
    status, page = answered(port, path="/clocks", Host=f"localhost:{port}", Accept="text/html")
    assert (status, "content-security-policy: default-src 'self'" in page) == (200, True)
    assert answered(port, path="/_stcore/health", Host="10.1.2.3", Accept="text/html")[0] == 200
    assert (
        "plotly.min.js" not in answered(port, path="/oauth2callback", Host=f"localhost:{port}", Accept="text/html")[1]
    )


def test_nobody_outside_is_asked_whatever_came(server):
    _, port, outside, log = server
    for origin in ("http://evil.example", "http://169.254.169.254", f"http://localhost:{port}"):
        connected(port, Origin=origin)
        answered(port, path="/?story=http://169.254.169.254/x", Host=f"localhost:{port}", Origin=origin)

    assert outside.read_text(encoding="utf-8") == ""
    assert TOKEN not in log.read_text(encoding="utf-8")


# In a browser


def test_whoever_reaches_it_from_elsewhere_sees_one_story_and_writes_with_the_token_alone(server, viewer, tmp_path):
    if not is_open_to_all(server):
        pytest.skip("this one is open as it was")
    dashboard = viewer(new=True, at=f"http://localhost:{server[1]}")

    dashboard.open()
    assert dashboard.page.get_by_role("button", name="Stories").count() == 0
    dashboard.open("evidence?story=day")
    assert "southerners" not in dashboard.page.content()
    dashboard.page.goto(f"{dashboard.origin}/import")
    token = dashboard.page.get_by_label("The keeper's token")
    token.wait_for()
    assert dashboard.page.locator("input[type=file]").count() == 0
    token.fill("another token of many letters")
    token.press("Enter")
    dashboard.page.get_by_text("This is not the keeper's token").wait_for()
    assert dashboard.page.locator("input[type=file]").count() == 0

    token = dashboard.page.get_by_label("The keeper's token")
    token.fill(TOKEN)
    token.press("Enter")
    dashboard.page.locator("input[type=file]").wait_for(state="attached")
    (tmp_path / "late.csv").write_bytes(sheet(line()))
    drop(dashboard, tmp_path / "late.csv")
    assert TOKEN not in dashboard.page.content()
    assert not re.search("token", dashboard.page.url)
    assert dashboard.errors() == 0
