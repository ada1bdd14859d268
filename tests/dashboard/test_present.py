"""`/present` shows a deck as it was frozen, says what was corrected since, and changes nothing by itself."""

import html
import json
import re
from datetime import UTC, datetime
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

import pytest
import streamlit as st
from starlette.requests import Request
from tests.conftest import ROOT, awaited
from tests.record.writers import mended, said, taken_back

from contested.model.remark import Remark
from contested.record import open_record
from contested.record.decks import SILENCE, Deck, Planned
from sharing import deck_shelf, present

KILLED = {"kind": "casualties", "measure": "killed", "stated_at": "2020-02-08T12:00Z", "summary": "Some were killed."}
HERE, ELSEWHERE = "127.0.0.1", "192.0.2.7"


def get(address, client=HERE):
    path, _, query = address.partition("?")
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": []}
    scope |= {"client": (client, 5000), "server": ("localhost", 8501), "scheme": "http", "root_path": ""}
    return awaited(present.answer(Request(scope)))


def page(address, **more):
    return get(address, **more).body.decode()


def state(shown):
    """Ask what a page asks each second."""
    [watch] = re.findall(r'data-watch="([^"]*)"', shown)
    return json.loads(get(html.unescape(watch).removeprefix(".")).body)["slides"]


@pytest.fixture(autouse=True)
def _fresh():
    st.cache_resource.clear()


@pytest.fixture
def desk(monkeypatch, tmp_path):
    path = tmp_path / "desk.sqlite"
    record = open_record(path, create=True)
    monkeypatch.setenv("CONTESTED_STORY", str(path))
    said(record, best=8, low=8, high=8, **KILLED)
    said(record, "k2", account="south", kind="clash", began_earliest="2020-02-07T18:00Z")
    yield record
    record.close()


@pytest.fixture
def deck(desk):  # noqa: ARG001 decks lie beside it
    """Keep a deck of two slides: the toll, with a title and notes, and the timeline of the south alone."""
    remark = Remark(at="2020-02-08T12:00Z", words="The first toll.")
    toll = Planned(chart="casualty-counts", title="What north says", notes="Say who counted.", remarks=(remark,))
    south = Planned(chart="timeline", selection={"account": ["south"]})
    made = Deck(title="For the round table", story="night", slides=(toll, south))
    deck_shelf.shelf().write("talk", made)
    return made


def freeze(desk, deck):
    deck_shelf.shelf().write("talk", deck.model_copy(update={"frozen": f"{desk.head.seq}-{desk.head.hash[:12]}"}))


@pytest.mark.usefixtures("deck")
def test_a_deck_is_shown_in_its_order_with_its_titles_each_slide_of_its_own_selection():
    shown = page("/present?deck=talk")

    assert re.findall(r'<h2 id="t\d">([^<]*)', shown)[0] == "What north says"
    assert re.findall(r'data-key="([a-z-]*)-', shown) == ["casualty-counts", "timeline"]
    assert "according to south" in shown
    assert "The data say: " in shown


@pytest.mark.usefixtures("deck")
def test_notes_are_shown_on_this_machine_alone():
    assert "Say who counted." in page("/present?deck=talk")
    assert "Say who counted." not in page("/present?deck=talk", client=ELSEWHERE)
    assert "Say who counted." not in page("/present/file?deck=talk")
    assert "Say who counted." in page("/present/file?deck=talk&notes=1")


def test_a_frozen_deck_stays_as_it_was_and_names_what_was_corrected(desk, deck):
    freeze(desk, deck)
    before = page("/present?deck=talk")
    assert all(one["hash"] in before for one in state(before).values())

    mended(desk, best=11, low=11, high=11, **KILLED)
    toll, south = (state(before)[key] for key in re.findall(r'<section [^>]*data-key="([^"]*)"', before))

    assert page("/present?deck=talk") == before
    assert toll["hash"] not in before
    assert re.fullmatch(r"\d\d:\d\d · 1 figure has changed since: north: killed 8 → 11\.", toll["words"])
    assert south["hash"] in before, "what concerns other slides is no news for this one"
    new = page(f"{toll['url'].removeprefix('.')}&number=1")
    assert toll["hash"] in new
    assert "What north says" in new
    assert "11" in re.findall(r"<b>(\d+)</b>", new)


def test_a_page_asks_about_the_slide_that_is_shown_and_no_other(desk, deck):  # noqa: ARG001
    [watch], [toll, _] = (
        re.findall(f'{name}="([^"]*)"', page("/present?deck=talk")) for name in ("data-watch", "<section [^>]*data-key")
    )
    mended(desk, best=11, low=11, high=11, **KILLED)

    told = json.loads(get(f"{html.unescape(watch).removeprefix('.')}&slide={toll}").body)["slides"]

    assert list(told) == [toll]
    assert "8 → 11" in told[toll]["words"]


def test_a_remark_stands_on_the_slide_and_in_each_of_its_files(desk, deck):  # noqa: ARG001
    assert "Presenter, 8 Feb 2020, 12:00" in page("/present?deck=talk")
    told = json.loads(page("/present/file?deck=talk&form=json&slide=1"))
    assert [one["words"] for one in told["remarks"]] == ["The first toll."]
    assert "remarks" not in json.loads(page("/present/file?deck=talk&form=json&slide=2"))
    assert get("/present/file?deck=talk&form=pptx&slide=1").headers["content-disposition"].endswith('"talk-1.pptx"')
    assert "slide 3 holds no chart" in page("/present/file?deck=talk&form=svg&slide=3")


def test_what_a_deck_showed_at_a_moment_is_answered_by_its_slides_and_the_record_of_then(desk, deck):
    shelf = deck_shelf.shelf()
    shown = shelf.kept_at("talk")
    mended(desk, best=11, low=11, high=11, **KILLED)
    shelf.write("talk", deck.said(0, "Another title", "").without(1))
    corrected = datetime.now(UTC)
    mended(desk, best=14, low=14, high=14, base=2, **KILLED)

    def at(moment, **more):
        return page(f"/present?{urlencode({'deck': 'talk', 'frozen': moment.isoformat()} | more)}")

    def toll(found):
        return re.findall(r"<b>(\d+)</b>", found)

    then, between = at(shown), at(corrected)
    assert "For the round table, as shown" in then
    assert re.findall(r'<h2 id="t\d">([^<]*)', then)[0] == "What north says"
    assert (then.count("<section id="), toll(then)) == (2, ["8"])
    assert (between.count("<section id="), toll(between), "Another title" in between) == (1, ["11"], True)
    assert toll(page("/present?deck=talk")) == ["14"]
    assert any("8 → 14" in one["words"] for one in state(then).values()), "it says what has changed since"
    assert at(shown.astimezone(ZoneInfo("Asia/Almaty"))).count("<section id=") == 2
    assert "was kept by then" in get(f"/present?deck=talk&frozen={quote('2020-02-08T18:05+06:00')}").body.decode()
    assert get("/present?deck=talk&frozen=18:05").status_code == 422


def test_a_live_deck_stays_as_it_was_when_its_page_was_opened(desk, deck):  # noqa: ARG001
    before = page("/present?deck=talk")
    taken_back(desk, "k2")

    toll, south = (state(before)[key] for key in re.findall(r'<section [^>]*data-key="([^"]*)"', before))

    assert toll["hash"] in before, "what concerns other slides is no news for this one"
    assert south["hash"] not in before
    assert south["hash"] in page("/present?deck=talk")


def test_without_a_deck_the_story_is_shown_as_the_link_filters_it(monkeypatch):
    monkeypatch.setenv("CONTESTED_STORY", str(ROOT / "data" / "korday-2020"))

    shown = page("/present?account=vlast&record=17-0a1b2c")

    assert "according to Vlast" in shown
    assert "data-watch" not in shown, "files are read once, and nothing in them changes"


def test_what_nobody_says_is_a_slide_too(desk, deck):  # noqa: ARG001
    deck_shelf.shelf().write("talk", deck.having(Planned(chart=SILENCE)))

    assert "What nobody says" in page("/present?deck=talk")


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("/present?deck=none", "there is no deck none; there are talk"),
        ("/present?deck=../desk", "a deck is named by small letters"),
        ("/present?deck=talk&since=9-0a1b2c", "the record holds no entry 9-0a1b2c"),
        ("/present?acount=north", "no such parameter"),
        ("/present/slide?deck=talk&slide=map-00000000", "not in the deck any more"),
        ("/present/file?deck=talk&form=exe", "choose from html, pdf, pptx"),
    ],
)
@pytest.mark.usefixtures("deck")
def test_what_cannot_be_shown_is_refused_in_a_sentence(address, why):
    refused = get(address)

    assert refused.status_code >= 400
    assert why in html.unescape(refused.body.decode())


@pytest.mark.usefixtures("deck")
def test_no_other_page_may_frame_it_and_it_asks_its_own_server_alone():
    policy = get("/present?deck=talk").headers["content-security-policy"]

    assert {"frame-ancestors 'none'", "connect-src 'self'", "default-src 'none'"} <= set(policy.split("; "))
    assert "connect-src 'none'" in html.unescape(page("/present/file?deck=talk"))
