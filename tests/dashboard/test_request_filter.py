"""Who may ask the server, who may write through it, and what is shown to whom."""

import pytest
import streamlit as st
from streamlit import config
from streamlit.testing.v1 import AppTest
from tests.claims_for_tests import claim
from tests.conftest import ROOT
from tests.record.writers import brought

import request_filter
import server
import write_access
from contested import CHARTS
from contested.record import open_record

SECONDS = 120
ALL = "0.0.0.0"  # noqa: S104 nothing listens in these tests
HERE, OUTSIDE = ("127.0.0.1", 5000), ("203.0.113.7", 5000)
NAMES = ["localhost", "127.0.0.1"]
TOKEN = "a token of many letters"  # noqa: S105 of this test alone


def asked(kind="websocket", method="GET", path="/_stcore/stream", client=HERE, scheme=None, **headers):
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scheme = scheme or ("ws" if kind == "websocket" else "http")
    return {"type": kind, "method": method, "path": path, "scheme": scheme, "client": client, "headers": raw}


def refused(scope, address="127.0.0.1", names=NAMES, origins=()):
    return request_filter.refusal(scope, address, names, origins)


# The address bar


@pytest.mark.parametrize("name", ["localhost:8501", "127.0.0.1:8501", "LOCALHOST", "localhost."])
def test_the_names_of_this_machine_are_its_names(name):
    assert request_filter.is_allowed_host(name, NAMES)


@pytest.mark.parametrize(
    "name",
    ["", "evil.example", "localhost.evil.example", "evil.example:8501", "x@localhost", "localhost/x", "[", ":80"],
)
def test_another_name_is_refused_whoever_asks(name):
    assert not request_filter.is_allowed_host(name, NAMES)
    assert refused(asked(host=name, origin=f"http://{name}")) == "host"
    assert refused(asked("http", path="/", host=name)) == "host"


def test_a_star_stands_for_the_beginning_of_a_name_and_never_for_its_end():
    assert request_filter.is_allowed_host("desk.example.org", ["*.example.org"])
    assert not request_filter.is_allowed_host("example.org.evil", ["*.example.org"])
    assert not request_filter.is_allowed_host("evilexample.org", ["*.example.org"])
    assert request_filter.is_allowed_host("anything.at.all", ["*"])


# The origin


def test_a_connection_from_the_dashboard_s_own_page_is_let_in():
    assert refused(asked(host="localhost:8501", origin="http://localhost:8501")) is None
    assert refused(asked(scheme="wss", host="localhost", origin="https://localhost")) is None


@pytest.mark.parametrize(
    "origin",
    [
        "http://localhost:3000",
        "https://localhost:8501",
        "http://localhost",
        "http://127.0.0.1:8501",
        "null",
        "http://evil.example",
        "http://localhost:8501.evil.example",
        "http://localhost:8501/",
        "http://x@localhost:8501",
    ],
)
@pytest.mark.parametrize("address", ["127.0.0.1", ALL, None])
def test_another_origin_is_refused_to_the_letter(origin, address):
    assert refused(asked(host="localhost:8501", origin=origin), address) == "origin"
    assert refused(asked("http", "PUT", host="localhost:8501", origin=origin), address) == "origin"


def test_two_origins_are_refused_though_one_is_the_dashboard_s_own():
    own = asked(host="localhost:8501", origin="http://localhost:8501")

    assert refused({**own, "headers": [*own["headers"], (b"origin", b"http://evil.example")]}) == "origin"


def test_an_origin_that_the_keeper_named_is_let_in_and_shown_to_streamlit_as_its_own():
    scope = asked(host="localhost:8501", origin="https://desk.example")

    assert refused(scope, ALL, origins=["https://desk.example"]) is None
    assert dict(request_filter._with_own_origin(scope)["headers"])[b"origin"] == b"http://localhost:8501"  # noqa: SLF001 what it passes on
    assert refused(scope, ALL, origins=["https://other.example"]) == "origin"


def test_a_program_without_an_origin_is_let_in_at_this_machine_alone():
    quiet = {"host": "localhost:8501"}

    assert refused(asked(**quiet)) is None
    assert refused(asked(**quiet), ALL) == "origin"
    assert refused(asked(**quiet), None) == "origin"
    assert refused(asked(client=OUTSIDE, **quiet)) == "origin"
    assert refused(asked("http", "PUT", **quiet), ALL) == "origin"
    assert refused(asked("http", "GET", path="/", **quiet), ALL) is None, "a visit"


def test_a_program_elsewhere_reaches_the_api_with_a_token_that_the_api_looks_at():
    sent = asked("http", "POST", path="/api/v1/claims", host="localhost:8501", authorization="Bearer x")

    assert refused(sent, ALL) is None
    assert refused(asked("http", "POST", path="/api/v1/claims", host="localhost:8501"), ALL) == "origin"
    assert refused(asked("http", "PUT", path="/_stcore/x", host="localhost:8501", authorization="x"), ALL) == "origin"
    assert refused({**sent, "headers": [*sent["headers"], (b"origin", b"http://evil.example")]}, ALL) == "origin"
    assert refused(asked(path="/api/v1/claims", host="localhost:8501", authorization="x"), ALL) == "origin"


@pytest.mark.parametrize("name", request_filter.FORWARDED)
@pytest.mark.parametrize("value", ["127.0.0.1", "localhost", "203.0.113.7", ""])
def test_whoever_is_sent_on_by_a_proxy_or_says_so_is_not_at_this_machine(name, value):
    assert not request_filter.is_local("127.0.0.1", "127.0.0.1", {name: value})
    assert refused(asked(host="localhost:8501", **{name.replace("-", "_"): value})) == "origin"


def test_whether_the_server_is_well_is_told_to_anybody():
    assert refused(asked("http", path=request_filter.HEALTH, host="10.0.0.1"), ALL) is None


# The routes


def test_a_view_is_known_by_its_name():
    for view in ("", "story", "evidence", "corrections", "method", "import", *(chart.key for chart in CHARTS)):
        assert server.asks_for_a_view(asked("http", path=f"/{view}", accept="text/html")), view
        assert not server.asks_for_a_view(asked("http", path=f"/{view}", accept="application/json")), view
    for path in (
        "/oauth2callback",
        "/present",
        "/api",
        "/clocks/x",
        "/static/js/x.js",
        "/clocks.js",
        "/_stcore/health",
    ):
        assert not server.asks_for_a_view(asked("http", path=path, accept="text/html")), path


@pytest.mark.anyio
async def test_a_route_keeps_the_policy_of_its_own_and_has_ours_where_it_has_none():
    started = []

    async def route(_scope, _receive, send):
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-security-policy", b"its own")]}
        )

    async def heard(message):
        started.append(message)

    await server.SecurityHeaders(route)(asked("http", path="/present"), None, heard)

    headers = dict(started[0]["headers"])
    assert headers[b"content-security-policy"] == b"its own"
    assert headers[b"x-content-type-options"] == b"nosniff"


# The token


def test_only_the_whole_token_is_the_token():
    assert write_access.is_token(TOKEN, TOKEN)
    for wrong in ("", TOKEN[:-1], f"{TOKEN} ", TOKEN.upper(), "\ud800", "ъ" * 20):
        assert not write_access.is_token(wrong, TOKEN)


def test_a_token_that_is_missing_or_short_lets_nobody_in():
    assert not write_access.is_token("", "")
    assert not write_access.is_token("short", "short")


@pytest.fixture
def reached(tmp_path, monkeypatch):
    """A dashboard that other machines reach, over a record of two stories; started with the one named night."""
    store = tmp_path / "desk.record"
    record = open_record(store, create=True)
    brought(record, tmp_path, claim(claim_id="n1", account="north"), story="night")
    brought(record, tmp_path, claim(claim_id="d1", account="southerners"), story="day", dataset="d.csv")
    record.close()
    for name, value in {"STORY": str(store), "NAME": "night", "KEEPER_TOKEN": TOKEN}.items():
        monkeypatch.setenv(f"CONTESTED_{name}", value)
    monkeypatch.setattr(write_access, "_DELAY", 0)
    before = config.get_option("server.address")
    config.set_option("server.address", ALL)
    st.cache_resource.clear()
    st.cache_data.clear()
    yield store
    config.set_option("server.address", before)
    st.cache_resource.clear()
    st.cache_data.clear()


def opened(**parameters):
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=SECONDS)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def everything(app):
    """Read all that a page says."""
    return " ".join(str(getattr(one, "value", "")) + " ".join(map(str, getattr(one, "options", []))) for one in app)


@pytest.mark.usefixtures("reached")
@pytest.mark.parametrize("asked_for", [None, "day", "night", "nothing", "../day", "/etc"])
def test_from_elsewhere_only_the_story_that_it_was_started_with_is_shown(asked_for):
    app = opened(**({"story": asked_for} if asked_for else {}))

    assert "southerners" not in everything(app)
    assert ("north" in everything(app).casefold()) == (asked_for in {None, "night"})
    assert not [one for one in app.selectbox if one.key == "story"]


def at_import():
    """Open the import page alone."""
    script = f"import sys; sys.path.insert(0, {str(ROOT / 'dashboard')!r})\nfrom views import intake\nintake.show()"
    return AppTest.from_string(script, default_timeout=SECONDS).run()


@pytest.mark.usefixtures("reached")
def test_from_elsewhere_nothing_is_brought_undone_or_listed_before_the_token_is_entered():
    page = at_import()

    assert not page.exception
    assert not page.file_uploader
    assert not page.button
    assert not page.table
    assert [one.key for one in page.text_input] == ["token"]


@pytest.mark.usefixtures("reached")
def test_the_token_is_entered_once_and_stands_nowhere_afterwards():
    page = at_import()
    page.text_input(key="token").set_value(TOKEN).run()

    assert not page.exception
    assert page.file_uploader
    assert not [one for one in page.text_input if one.key == "token"]
    assert TOKEN not in everything(page)
    assert page.run().file_uploader, "it is asked once"
    assert not at_import().file_uploader, "another session is another person"


@pytest.mark.usefixtures("reached")
def test_a_wrong_token_is_told_and_opens_nothing():
    page = at_import()
    page.text_input(key="token").set_value("another token of many letters").run()

    assert not page.exception
    assert not page.file_uploader
    assert "This is not the keeper's token" in page.error[0].value


@pytest.mark.usefixtures("reached")
def test_where_no_token_is_set_the_page_says_what_its_keeper_must_do(monkeypatch):
    monkeypatch.setenv("CONTESTED_KEEPER_TOKEN", "short")
    page = at_import()

    assert not page.text_input
    assert "CONTESTED_KEEPER_TOKEN" in page.info[0].value
