"""A chart in a frame: one light page, its table, who says so, and nothing that is withheld; what links lead where."""

import json
import re
from contextlib import closing
from urllib.parse import quote, unquote, urlsplit

import pytest
import streamlit as st
from starlette.applications import Starlette
from tests.claims_for_tests import SIX, table
from tests.conftest import ROOT, awaited
from tests.dashboard.caches import fresh_caches
from tests.dashboard.test_api import HERE, Reply
from tests.record.writers import mended, said

import server
from contested import CHARTS
from contested.export.witnesses import witnesses
from contested.record import open_record
from contested.record.frozen import named
from sharing import embed, light_routes, short_links

APP = Starlette(routes=list(light_routes.ROUTES))


def get(address, client=HERE):
    """Ask the routes of light pages, behind the headers of the whole server."""
    parts, messages = urlsplit(address), []
    scope = {"type": "http", "method": "GET", "path": unquote(parts.path), "query_string": parts.query.encode()}
    scope |= {"client": client, "server": ("localhost", 8501), "scheme": "http", "root_path": ""}
    scope["headers"] = [(b"host", b"localhost:8501")]

    async def receive():
        return {"type": "http.request", "body": b""}

    async def send(message):
        messages.append(message)

    awaited(server.SecurityHeaders(APP)(scope, receive, send))
    return Reply(messages)


@pytest.fixture
def desk(monkeypatch, tmp_path):
    path = tmp_path / "desk.sqlite"
    with fresh_caches(), closing(open_record(path, create=True)) as record:
        monkeypatch.setenv("CONTESTED_STORY", str(path))
        said(
            record,
            kind="casualties",
            measure="killed",
            best=8,
            summary="<b>Eight</b> died.",
            stated_at="2020-02-08T10:00Z",
        )
        yield record


@pytest.fixture
def korday_shown(monkeypatch, tmp_path):
    st.cache_resource.clear()
    monkeypatch.setenv("CONTESTED_STORY", str(ROOT / "data" / "korday-2020"))
    monkeypatch.setenv("CONTESTED_RECORD", str(tmp_path / "none.sqlite"))


@pytest.mark.usefixtures("korday_shown")
def test_a_chart_is_one_page_with_a_figure_a_width_its_table_and_who_says_so(ask):
    reply, found = get("/embed/casualty-counts"), ask("casualty-counts")
    text = reply.body.decode()

    assert reply.status == 200
    assert text.count("<svg xmlns=") == len(embed.WIDTHS)
    assert text.count("<tr>") == len(found.page) + 1
    assert text.count('<div class="one">') == len(witnesses(found)) > 5
    assert re.search('<b>11</b> Eleven [^<]*.*?<small>[^<]* · <a href="https://', text)
    assert "Who says so?" in text
    assert "websocket" not in text
    assert "set-cookie" not in reply.headers


@pytest.mark.usefixtures("korday_shown")
def test_no_page_may_show_it_in_a_frame_but_those_that_its_keeper_names(monkeypatch):
    monkeypatch.delenv("CONTESTED_EMBED", raising=False)
    assert "frame-ancestors 'none'" in get("/embed/map").headers["content-security-policy"]

    monkeypatch.setenv("CONTESTED_EMBED", "https://a.example nonsense; https://b.example")
    policy = get("/embed/map").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors https://a.example https://b.example")
    assert "default-src 'none'" in policy


@pytest.mark.usefixtures("desk")
def test_words_of_a_claim_stay_words():
    text = get("/embed/casualty-counts").body.decode()

    assert "<b>Eight" not in text
    assert "&lt;b&gt;Eight" in text


def test_a_frozen_chart_stays_and_says_in_a_line_what_was_corrected_since(desk):
    address = f"/embed/casualty-counts?frozen={named(desk.head)}"
    before = get(address).body.decode()
    mended(desk, kind="casualties", measure="killed", best=10, summary="Ten died.", stated_at="2020-02-08T10:00Z")
    after = get(address).body.decode()

    line = '<p class="since">1 figure has changed since: north: killed 8 → 10</p>'
    assert line not in before
    assert after.replace(line, "") == before


def test_what_is_withheld_is_in_no_frame(monkeypatch, tmp_path):
    rows = [
        SIX | {"claim_id": "open"},
        SIX | {"claim_id": "kept-back", "sensitive": "true", "summary": "Nobody may know."},
        SIX | {"claim_id": "later", "embargo_until": "2999-01-01T00:00Z", "summary": "Nobody may know."},
    ]
    monkeypatch.setenv("CONTESTED_STORY", str(table(tmp_path / "claims.csv", *rows).parent))
    monkeypatch.setenv("CONTESTED_RECORD", str(tmp_path / "none.sqlite"))
    st.cache_resource.clear()

    for chart in CHARTS:
        body = get(f"/embed/{chart.key}").body
        assert b"Nobody may know" not in body
        assert b"kept-back" not in body


@pytest.mark.usefixtures("korday_shown")
def test_what_cannot_be_shown_is_said_in_one_sentence():
    unknown, other = get("/embed/nothing"), get("/embed/map?account=nobody")

    assert (unknown.status, other.status) == (404, 422)
    assert b"There is no chart nothing here." in unknown.body
    assert b"nothing in this story has this name" in other.body


@pytest.mark.usefixtures("korday_shown")
def test_oembed_gives_the_frame_with_the_finding_as_its_title_and_a_height(ask):
    url = "http://localhost:8501/embed/casualty-counts?account=officials"
    told = json.loads(get(f"/oembed?url={quote(url, safe='')}&maxwidth=600").body)
    found = ask("casualty-counts", account=["officials"])

    assert (told["type"], told["width"], told["title"]) == ("rich", 600, found.title)
    assert told["height"] > found.figure(560)["layout"]["height"]
    assert f'src="{url}"' in told["html"]
    assert get("/oembed?url=https%3A%2F%2Fevil.example%2Fembed%2Fmap").status == 404


def test_a_short_link_leads_to_the_view_as_it_was_and_by_time_to_the_entry_of_then(desk):
    entry = desk.entry(1)
    long = f"./casualty-counts?account=north&frozen={named(desk.head)}"
    short = short_links.short(entry, "night", long)
    said(desk, "k2")

    assert short.startswith(f"night/1-{entry.hash[:8]}-")
    assert short_links.short(entry, "night", long) == short
    assert get(f"/{short}").headers["location"] == f"../{long.removeprefix('./')}"
    state = f"../?story=night&frozen={named(entry)}"
    assert get(f"/night/1-{entry.hash[:8]}").headers["location"] == state
    assert get(f"/night/{quote(entry.recorded_at)}").headers["location"] == state
    assert get(f"/night/1-{entry.hash[:8]}-aaaaaaaa").status == 404
    assert get("/night/1-ffffffff").status == 404
    assert desk.head.seq == 2
