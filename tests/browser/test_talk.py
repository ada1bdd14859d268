"""A talk in one file, opened from a disk with the network cut: every key, no request, nothing too small to be read."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser.conftest import EXAMPLE
from tests.claims_for_tests import claim
from tests.lies.small_stories import small

from contested import Selection, Store, open_story
from contested.export import story_file, talk
from contested.export.font import font

SMALL = """() => {
    const unit = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--u")) || innerHeight / 1080;
    const own = one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const texts = [...document.querySelectorAll(".now *, #panel *")].filter(one => own(one) && one.checkVisibility());
    const size = one => {
        const drawn = one.closest("svg[viewBox]"), box = drawn?.viewBox.baseVal.width;
        return parseFloat(getComputedStyle(one).fontSize) * (box ? drawn.getBoundingClientRect().width / box : 1);
    };
    const shown = texts.filter(one => !["title", "TITLE"].includes(one.tagName));
    return shown.filter(one => size(one) < 22 * Math.min(innerWidth / 1920, innerHeight / 1080) - 0.1)
        .map(one => `${one.textContent.slice(0, 40)} ${size(one)}`);
}"""
"""Each text of a slide that is smaller than 22 px of a screen of 1920 by 1080."""


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    story = open_story(EXAMPLE)
    store = Store(story.claims, story.published())
    slides = list(story_file.slides(story, store, Selection(zone=story.package.zone)))
    slides[0] = slides[0]._replace(notes="Start with who is silent.")
    path = tmp_path_factory.mktemp("stick") / "talk.html"
    alone = story_file.heard_alone(slides[2:4])
    page = talk.page("For the round table", story, slides, is_deck=True, font=font(), alone=alone)
    path.write_text(page.html, encoding="utf-8")
    return path


def test_a_talk_runs_from_a_file_by_keys_alone_and_asks_nobody(browser, file):
    asked, said = [], []
    with browser.new_context(offline=True, viewport={"width": 1920, "height": 1080}) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda one: said.append(one.text))
        page.on("pageerror", lambda one: said.append(str(one)))
        page.goto(file.as_uri())
        keys = page.keyboard

        def at():
            return page.evaluate("document.body.dataset.at")

        assert at() == "1"
        keys.press("n")
        assert page.get_by_text("Start with who is silent.").is_visible()
        for key, there in {
            "ArrowRight": "2",
            "PageDown": "3",
            " ": "4",
            "ArrowLeft": "3",
            "End": "9",
            "Home": "1",
        }.items():
            keys.press(key)
            assert at() == there
        for _ in range(8):
            assert not page.evaluate(SMALL)
            keys.press("w")
            assert page.get_by_role("complementary").is_visible()
            assert not page.evaluate(SMALL)
            keys.press("t")
            assert page.locator(".now table").is_visible()
            assert not page.evaluate(SMALL)
            keys.press("ArrowRight")
        keys.press("b")
        assert page.locator("#black").is_visible()
        keys.press("Escape")
        keys.press("?")
        assert page.get_by_role("dialog").is_visible()
        keys.press("Escape")
        keys.press("Home")
        with context.expect_page() as opened:
            keys.press("p")
        opened.value.get_by_text("If somebody objects").wait_for()
        opened.value.keyboard.press("ArrowRight")
        page.locator("body[data-at='2']").wait_for()
        keys.press("Escape")
        assert page.get_by_role("heading", level=1).is_visible()
        page.locator("#heard").select_option("Vlast alone")
        page.locator("section").nth(2).wait_for(state="detached")
        assert page.get_by_text("accounts hidden").count()
        assert not Axe().run(page).response["violations"]

    assert (asked, said) == ([file.as_uri()], [])


def test_on_a_phone_a_tap_and_buttons_lead_through_a_talk(browser, file):
    with browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(file.as_uri())

        def leads_to(number):
            page.wait_for_function("number => document.body.dataset.at === number", arg=number)

        leads_to("1")
        page.touchscreen.tap(300, 300)
        leads_to("2")
        page.touchscreen.tap(40, 300)
        leads_to("1")
        page.get_by_role("button", name="Next").tap()
        leads_to("2")
        page.get_by_role("button", name="Back").tap()
        leads_to("1")
        page.get_by_role("button", name="Who says so?").tap()
        panel = page.get_by_role("complementary")
        assert panel.is_visible()
        assert panel.get_by_text("more, ↓").is_visible()
        page.touchscreen.tap(300, 300)  # what is read there does not lead on
        assert page.evaluate("document.body.dataset.at") == "1"


def test_a_content_note_is_shown_before_its_slide_and_a_rehearsal_has_a_clock(browser, tmp_path):
    story, _ = small(claim())
    slides = [talk.Slide(None, "First", lines=("One.",)), talk.Slide(None, "Second", lines=("Two.",), is_warned=True)]
    path = tmp_path / "talk.html"
    path.write_text(talk.page("A talk", story, slides, is_deck=True).html, encoding="utf-8")
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.goto(path.as_uri())
        page.keyboard.press("ArrowRight")

        assert page.get_by_text("What follows may be hard to look at.").is_visible()
        assert not page.get_by_text("Two.").is_visible()
        page.keyboard.press("ArrowRight")
        assert page.get_by_text("Two.").is_visible()
        assert not page.get_by_text("What follows").is_visible()

        page.goto(f"{path.as_uri()}?rehearse")
        page.keyboard.press("ArrowRight")
        desk = page.locator("#desk").inner_text()
        assert "Rehearsal: slide 2 of 2 · shown: “What follows may be hard to look at.”" in desk
        assert re.search(r"\d\d:\d\d · \d\d:\d\d", desk)
