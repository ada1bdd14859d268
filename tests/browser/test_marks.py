"""Every mark leads to its claims, by mouse and by keyboard: who said it, in which source, and where."""

import pytest
from tests.browser.conftest import SHOWN

from contested.model.arrow_schema import from_arrow
from panel.mount import marks

KEYS = tuple(key for key in SHOWN if key not in {"disagreements", "changes", "clocks"})
"""The charts whose marks have their claims beside them: Compare and Changes are tables, and a cell sets the clock."""

MARKS = """box => [...box.querySelectorAll(".point")].flatMap(mark => {
    const path = mark.tagName === "path" ? mark : mark.querySelector("path");
    const { i } = mark.__data__, traced = mark.closest(".trace").__data__;
    const trace = [traced].flat(2)[0]?.trace;
    const { x, y, width, height } = path.getBoundingClientRect();
    const name = trace?.customdata?.[i];
    return name && height > 3 ? [{ name, x, y, width, height }] : [];
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


def _pick(dashboard, key, number):
    """Pick the nth mark with the keyboard alone; give its name."""
    box = dashboard.keyed(f"{key}-figure").get_by_role("img").first
    box.focus()
    for _ in range(number):
        dashboard.page.keyboard.press("ArrowRight")
    dashboard.follow(lambda: dashboard.page.keyboard.press("Enter"), url=lambda url: f"{key}-mark=" in url)
    [name] = dashboard.parameters()[f"{key}-mark"]
    return name


def _spoken(dashboard, key):
    """Give what the chart says aloud."""
    return dashboard.keyed(f"{key}-figure").locator("[aria-live=polite]").text_content()


@pytest.fixture
def dashboard(viewer):
    """Give a page so high that every mark is shown."""
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
def test_the_keyboard_picks_a_mark(dashboard, story, ask, key):
    found = ask()[key]
    dashboard.open(key)
    assert _tells(dashboard, key, story, _behind(found, _pick(dashboard, key, 1)))


def test_a_cell_of_the_clocks_sets_the_clock_by_the_keyboard_alone(dashboard):
    dashboard.open("response-delays?delays=clocks")
    cells = dashboard.page.locator(".clocks a")
    cells.first.focus()
    before = dashboard.page.evaluate("document.activeElement.ariaLabel")
    dashboard.page.keyboard.press("Tab")
    assert dashboard.page.evaluate("document.activeElement.ariaLabel") != before
    dashboard.follow(lambda: dashboard.page.keyboard.press("Enter"), url=lambda url: "stop=" in url)

    said = dashboard.page.locator(".clocks a[aria-current]").first.get_attribute("aria-label")
    assert dashboard.parameters()["delays"] == ["clocks"]
    assert dashboard.parameters()["start"] == ["onset"]
    assert said.startswith("Officials (Kazakhstan), onset to dispatch")


def test_the_keyboard_reaches_every_mark_and_says_it_aloud(dashboard, ask):
    key = "response-delays"
    dashboard.open(key)
    dashboard.keyed(f"{key}-figure").get_by_role("img").first.focus()
    said = []
    for _ in marks(ask()[key].figure()):
        dashboard.page.keyboard.press("ArrowRight")
        said.append(_spoken(dashboard, key))
    assert all(said)
    dashboard.page.keyboard.press("ArrowRight")
    assert _spoken(dashboard, key) == said[0]
    dashboard.page.keyboard.press("Escape")
    assert _spoken(dashboard, key) == ""


def test_a_mark_picked_stands_in_the_link_until_it_is_picked_again(dashboard, story, ask):
    key = KEYS[-1]
    dashboard.open(key)
    name = _pick(dashboard, key, 1)
    link = dashboard.page.url
    dashboard.follow(dashboard.page.reload)
    assert dashboard.page.url == link
    assert _tells(dashboard, key, story, _behind(ask()[key], name))
    x, y, _ = _apart([mark for mark in dashboard.keyed(f"{key}-figure").evaluate(MARKS) if mark["name"] == name])
    dashboard.follow(lambda: dashboard.page.mouse.click(x, y))
    assert f"{key}-mark" not in dashboard.parameters()
