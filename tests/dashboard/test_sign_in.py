"""Signing in with a provider: who it is, in which role, until the token expires or they have signed out."""

import time
from contextlib import closing
from urllib.parse import urlsplit

import httpx
import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from streamlit.auth_util import encode_provider_token
from streamlit.runtime.secrets import Secrets
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette import starlette_websocket as socket
from streamlit.web.server.starlette.starlette_auth_routes import create_auth_routes
from tests.claims_for_tests import claim
from tests.conftest import ROOT
from tests.dashboard import provider
from tests.dashboard.browser import HERE, Browser
from tests.dashboard.caches import fresh_caches
from tests.record.writers import brought

import server
import sign_in
from contested.record import open_record
from contested.record.roles import Role, Roles
from request_filter import RequestFilter

pytestmark = pytest.mark.filterwarnings("ignore:The httpx module is deprecated")
SECONDS = 120
TOKEN = {"is_logged_in": True, "sub": "1f7c", "email": "m.lee@example.org", "email_verified": True}
USER = "_streamlit_user"
AUTH = {"auth": {"client_id": "contested"}}


def settings(metadata):
    said = (metadata, provider.CLIENT, provider.SECRET, f"{HERE}/oauth2callback", "a secret for the cookies of a test")
    return dict(zip(sign_in.SETTINGS.values(), said, strict=True))


@pytest.fixture(scope="module")
def providing():
    with provider.running() as one:
        yield one


@pytest.fixture
def browser(providing, monkeypatch):
    """A browser of the dashboard's own routes for the log-in, behind all that stands before them."""
    told = Secrets()
    told.merge_programmatic_secrets(sign_in.secrets(settings(f"{providing.address}/.well-known/openid-configuration")))
    monkeypatch.setattr("streamlit.auth_util.secrets_singleton", told)
    monkeypatch.setattr("streamlit.web.server.server_util.secrets_singleton", told)
    monkeypatch.setattr(st, "secrets", told)
    middleware = [
        Middleware(RequestFilter),
        Middleware(server.SecurityHeaders),
        Middleware(SessionMiddleware, secret_key="of this test"),  # noqa: S106
    ]
    app = Starlette(routes=create_auth_routes(""), middleware=middleware)
    return Browser(app)


def through(browser):
    """Go to the provider and back, as a browser does; give what leads back."""
    away = browser.get(f"/auth/login?provider={encode_provider_token('default')}")
    assert away.status_code == 302
    back = httpx.get(away.headers["location"]).headers["location"]
    return f"{urlsplit(back).path}?{urlsplit(back).query}"


def told(browser, origin=HERE, **others):
    """Give what a session would be told of who opens it with the cookies of a browser, or with others."""
    raw = socket._get_signed_cookie_with_chunks(dict(browser.cookies) | others, USER)  # noqa: SLF001
    return socket._parse_decoded_user_cookie(raw, origin) if raw else {}  # noqa: SLF001


def test_who_signs_in_with_the_provider_is_named_by_their_verified_address(browser):
    done = browser.get(through(browser))

    assert (done.status_code, done.headers["location"]) == (302, "/")  # and not the page itself
    cookie = next(one for one in done.headers.get_list("set-cookie") if one.startswith("_streamlit_user="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert sign_in.named(told(browser), time.time())[:2] == ("1f7c", "m.lee@example.org")


def test_an_address_that_the_provider_has_not_verified_is_nobody_s(browser, providing, monkeypatch):
    monkeypatch.setattr(providing, "claims", {"sub": "1f7c", "email": "zh@example.org", "email_verified": False})

    browser.get(through(browser))

    assert sign_in.named(told(browser), time.time()).name == "1f7c"


def test_what_leads_back_is_taken_once_and_only_by_the_browser_that_was_led_away(browser):
    back = through(browser)
    another = Browser(browser.app)

    another.get(back)
    assert told(another) == {}
    browser.get(back)
    assert told(browser)
    browser.cookies.delete("_streamlit_user")

    browser.get(back)  # the same once more

    assert told(browser) == {}


def test_a_cookie_that_was_changed_or_comes_from_another_page_names_nobody(browser):
    browser.get(through(browser))
    whole = browser.cookies["_streamlit_user"]

    assert told(browser, "https://evil.example") == {}
    changed = whole[:-2] + ("00" if whole[-2] != "0" else "11")
    assert told(browser, _streamlit_user=changed) == {}


def test_without_every_setting_nobody_signs_in_with_a_provider():
    whole = settings("https://provider.example/.well-known/openid-configuration")

    assert set(sign_in.secrets(whole)["auth"]) == set(sign_in.SETTINGS)
    for one in whole:
        assert sign_in.secrets(whole | {one: ""}) == {}


# Whom a token names


def token(now=1000, seconds=60, **more):
    return TOKEN | {"iat": now, "exp": now + seconds} | more


def test_an_expired_token_names_nobody_though_its_cookie_is_kept_for_a_month():
    assert sign_in.named(token(), now=1059.9).name == "m.lee@example.org"
    assert sign_in.named(token(), now=1060) is None


@pytest.mark.parametrize(
    "lacking",
    [
        {"is_logged_in": False},
        {"is_logged_in": "yes"},
        {"sub": None},
        {"sub": " "},
        {"sub": "zh\nak"},
        {"sub": "x" * 201},
        {"exp": None},
        {"exp": "2030-01-01"},
        {"exp": True},
        {"iat": None},
    ],
    ids=str,
)
def test_a_token_that_lacks_anything_names_nobody(lacking):
    assert sign_in.named(token() | lacking, now=1000) is None


# On the page


@pytest.fixture
def roles(tmp_path, monkeypatch):
    monkeypatch.setenv("CONTESTED_STORY", str(tmp_path / "desk.record"))
    monkeypatch.delenv("CONTESTED_PROXY_USER", raising=False)
    with closing(open_record(tmp_path / "desk.record", create=True)) as record:
        brought(record, tmp_path, claim(claim_id="n1", account="north"), story="night")
    with fresh_caches(), closing(Roles(tmp_path / "desk.record.roles")) as kept:
        yield kept


PAGE = f"""
import sys
sys.path.insert(0, {str(ROOT / "dashboard")!r})
import navigation
from views import newsroom
navigation.account()
newsroom.show()
"""


def opened(claims):
    app = AppTest.from_string(PAGE, default_timeout=SECONDS)
    app.secrets, app.user = dict(AUTH), claims
    return shown(app.run())


def shown(app):
    assert not app.exception, app.exception[0].value
    return app


def words(app):
    return " ".join([*(one.value for one in app.title), *(one.proto.body for one in app.get("html"))])


def labels(app):
    return [one.label for one in app.button]


def now(**more):
    return token(int(time.time()), 3600, **more)


@pytest.mark.usefixtures("roles")
def test_once_a_log_in_is_set_up_who_is_on_this_machine_signs_in_as_well():
    app = opened({"is_logged_in": False})

    assert "This page is for the editors of the story" in words(app)
    assert labels(app).count("Sign in") == 2  # in the row of views and here


@pytest.mark.parametrize("name", ["1f7c", "m.lee@example.org"])
def test_a_role_is_given_to_an_address_or_to_what_the_provider_calls_somebody(roles, name):
    assert "You may read, not change" in words(reader := opened(now()))
    assert "Signed in as m.lee@example.org (viewer). The keeper gives roles." in words(reader)
    roles.give(name, Role.EDITOR, "keeper")

    app = opened(now())

    assert "you write as m.lee@example.org" in words(app)
    assert "Signed in as m.lee@example.org (editor)" in words(app)
    assert "Sign out" in labels(app)


def test_who_may_write_no_more_loses_no_word_and_is_told_so(roles):
    roles.give("1f7c", Role.EDITOR, "keeper")
    app = opened(now())
    typed = next(one for one in app.text_input if one.key.endswith("-summary"))
    roles.give("1f7c", Role.VIEWER, "keeper")

    shown(typed.set_value("Ten were hurt.").run())

    assert "what you typed is kept" in words(app)
    assert 'data-copy="Please let me correct claims' in words(app)
    roles.give("1f7c", Role.EDITOR, "keeper")
    assert "Drafts 1" in words(opened(now()))


def test_an_expired_token_is_no_longer_signed_in(roles):
    roles.give("1f7c", Role.PUBLISHER, "keeper")

    app = opened(token(int(time.time()) - 7200, 3600))

    assert "This page is for the editors of the story" in words(app)
    assert "m.lee" not in words(app)


def test_a_cookie_sent_again_after_signing_out_is_no_longer_signed_in_in_any_tab(roles):
    roles.give("1f7c", Role.EDITOR, "keeper")
    cookie = now()
    app, other_tab = opened(cookie), opened(cookie)

    shown(app.button(key="sign-out").click().run())

    assert "This page is for the editors of the story" in words(app)
    assert "This page is for the editors of the story" in words(shown(other_tab.run()))
    assert "This page is for the editors of the story" in words(opened(cookie))
    assert "you write as" in words(opened(cookie | {"iat": cookie["iat"] + 1}))  # who signs in anew


@pytest.mark.usefixtures("roles")
def test_the_name_of_who_is_signed_in_is_shown_as_text():
    app = opened(now(email="<img src=x>@[a](b).example"))

    assert "<img" not in words(app)
    assert "&lt;img src=x&gt;" in words(app)
