"""What a session held is given back: a file that was dropped, once its tab is closed and does not come back."""

import re
from urllib.request import urlopen

import pytest
from tests.browser.test_import import drop
from tests.conftest import ROOT, until
from tests.dashboard.test_import import GOOD, sheet

PATIENCE = 60


KINDS = r'cache_type="(?:UploadedFileManager|st_cache_resource)",cache="(|importing\.examination\._in_hand)"'
HELD = re.compile(rf"^cache_memory_bytes\{{{KINDS}\}} (\d+)", re.MULTILINE)


def held(origin):
    """Read what the server holds of dropped files: of their bytes, and of what was found in them."""
    with urlopen(f"{origin}/_stcore/metrics", timeout=PATIENCE) as told:  # noqa: S310 our own server
        return {name or "files": int(size) for name, size in HELD.findall(told.read().decode()) if int(size)}


@pytest.fixture
def forgetful(serve, browser, monkeypatch):  # noqa: ARG001 no server without a browser
    """Serve to sessions that need not come back."""
    monkeypatch.setenv("STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL", "0")
    return serve(ROOT / "data" / "korday-2020")


def test_what_a_session_held_of_a_file_is_given_back_once_its_tab_is_closed(forgetful, viewer, tmp_path):
    (tmp_path / "night.csv").write_bytes(sheet(GOOD))
    dashboard = viewer(new=True, at=forgetful)
    dashboard.open("import")
    drop(dashboard, tmp_path / "night.csv")
    assert set(held(forgetful)) == {"files", "importing.examination._in_hand"}
    assert held(forgetful)["files"] >= len(sheet(GOOD))

    dashboard.page.close()

    until(lambda: held(forgetful) == {})
