"""Every mark leads to its claims, by mouse and by keyboard: who said it, in which source, and where."""

from contextlib import suppress

import pytest
from playwright.sync_api import TimeoutError  # noqa: A004 Playwright's own
from tests.browser.conftest import PATIENCE

from contested import CHARTS
from contested.model.arrow_schema import from_arrow
from panel.mount import marks

KEYS = tuple(chart.key for chart in CHARTS)

MARKS = """box => [...box.querySelectorAll(".point")].flatMap(mark => {
    const path = mark.tagName === "path" ? mark : mark.querySelector("path");
    const { i } = mark.__data__, traced = mark.closest(".trace").__data__;
    const { trace } = (Array.isArray(traced[0]) ? traced[0] : traced)[0];
    const { x, y, width, height } = path.getBoundingClientRect();
    return width > 3 && height > 3 ? [{ name: trace.customdata[i], x, y, width, height }] : [];
})"""
"""Where each mark of a chart lies, and its name."""


def _apart(marks):
    """Give the middle of a mark that no other mark covers."""
    for mark in marks:
        x, y = mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2
        reach = 2
        others = [
            other["name"]
            for other in marks
            if -reach < x - other["x"] < other["width"] + reach and -reach < y - other["y"] < other["height"] + reach
        ]
        if mark["name"] and all(name == mark["name"] for name in others):
            return x, y, mark["name"]
    return pytest.fail("every mark lies under another")


def _tells(dashboard, key, story, claim_ids):
    """Say that the card shows these claims with speaker, source and locator."""
    said = " ".join(dashboard.card(key).get_by_role("tabpanel").first.inner_text().split())
    claims = [claim for claim in from_arrow(story.claims) if claim.claim_id in claim_ids]
    assert len(claims) == len(set(claim_ids))
    for claim in claims:
        source = story.sources[claim.source_id]
        for words in (claim.summary, claim.speaker, source.publisher, source.title, claim.locator):
            assert words is None or " ".join(words.split()) in said
    return True


def _behind(found, name):
    """Give the claims behind a mark."""
    rows = [row for row in marks(found.figure())[name] if row >= 0]
    return {claim_id for ids in found.behind_marks(rows) for claim_id in ids}


def _lists(found):
    """Give the claims behind each row that has any."""
    return [ids for ids in found.claim_ids() if ids]


def _pick(dashboard, key, number):
    """Choose the nth mark with the keyboard alone."""
    box = dashboard.keyed(f"{key}-mark").get_by_role("combobox")
    box.scroll_into_view_if_needed()
    dashboard.settle()
    options = dashboard.page.get_by_role("option")
    for _ in range(3):  # a page that is still being drawn may take the focus away again
        box.focus()
        dashboard.page.keyboard.press("ArrowDown")
        with suppress(TimeoutError):
            options.first.wait_for(timeout=PATIENCE / 3)
            break
    for _ in range(number):
        dashboard.page.keyboard.press("ArrowDown")
        options.first.wait_for()
    dashboard.follow(lambda: dashboard.page.keyboard.press("Enter"), url=lambda url: f"{key}-mark=" in url)


@pytest.fixture
def dashboard(viewer):
    """Give a page so high that every mark is in view."""
    return viewer(height=5000)


@pytest.mark.parametrize("key", KEYS)
def test_a_click_on_a_mark_shows_its_claims(dashboard, story, ask, key):
    dashboard.open(key)
    figure = dashboard.keyed(f"{key}-figure")
    x, y, name = _apart(figure.evaluate(MARKS))
    dashboard.follow(lambda: dashboard.page.mouse.click(x, y))
    assert _tells(dashboard, key, story, _behind(ask()[key], name))
    assert dashboard.shown() == [key]


@pytest.mark.parametrize("key", KEYS)
def test_the_keyboard_reaches_every_mark(dashboard, story, ask, key):
    lists = _lists(ask()[key])
    dashboard.open(key)
    _pick(dashboard, key, 0)
    assert _tells(dashboard, key, story, lists[0])


def test_a_mark_chosen_stands_in_the_link(dashboard, story, ask):
    key = KEYS[-1]
    first, *_ = _lists(ask()[key])
    dashboard.open(key)
    _pick(dashboard, key, 0)
    link = dashboard.page.url
    dashboard.follow(dashboard.page.reload)
    assert dashboard.page.url == link
    assert _tells(dashboard, key, story, first)


def test_a_mark_chosen_after_a_click_is_shown(dashboard, story, ask):
    key = KEYS[-1]
    found = ask()[key]
    lists = _lists(found)
    dashboard.open(key)
    figure = dashboard.keyed(f"{key}-figure")
    x, y, name = _apart(figure.evaluate(MARKS))
    dashboard.follow(lambda: dashboard.page.mouse.click(x, y))
    other = next(number for number, ids in enumerate(lists) if set(ids) != _behind(found, name))
    _pick(dashboard, key, other)
    assert _tells(dashboard, key, story, lists[other])
