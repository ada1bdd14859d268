"""The page of the story: all in its place, nothing overlaps, nothing is too small, and a keyboard reaches all."""

from contextlib import closing

import pytest
from tests.claims_for_tests import bounds
from tests.record.writers import said

from contested.record import open_record

CROWDS = (1, 7, 12, 60)
WIDTHS = (1400, 390, 360)
FIRST_MARK, TALL, WORDS, SMALLEST = 480, {1400: 2200, 390: 3800, 360: 4500}, 450, 13
FIRST = """() => Math.min(...[...document.querySelectorAll(".panel .point")].map(p => p.getBoundingClientRect().top))"""
HEIGHT = "() => document.querySelector('[data-testid=stMain]').scrollHeight"
WIDER = """() => [...document.querySelectorAll("[data-testid=stMain] *")].filter(one => {
    const { width, right, left } = one.getBoundingClientRect();
    const scrolls = (box) => box && (/auto|scroll/.test(getComputedStyle(box).overflowX) || scrolls(box.parentElement));
    return width && (right > innerWidth + 1 || left < -1) && !scrolls(one.parentElement);
}).map(one => one.tagName + " " + one.textContent.slice(0, 40))"""
"""Whatever reaches out of the window."""
SMALL = """least => {
    const small = new Set(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const { parentElement: one, textContent } = walker.currentNode;
        if (textContent.trim() && one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) {
            const { fontSize } = getComputedStyle(one), { width } = one.getBoundingClientRect();
            if (width > 1 && parseFloat(fontSize) < least) small.add(fontSize + " " + textContent.trim().slice(0, 40));
        }
    }
    return [...small];
}"""
"""Every text that is set smaller than so many px."""
READ = """() => {
    const shown = (parent, which) => [...parent.querySelectorAll(which)].filter(one => one.checkVisibility());
    const words = one => one.innerText.split(/\\s+/).filter(part => /[\\p{L}\\p{N}]/u.test(part)).length;
    const unseen = one => shown(one, ".unseen").reduce((sum, part) => sum + words(part), 0);
    return shown(document, "h1, h2, .standfirst, .finding .label, .finding .quiet, .sub, .nobody p, .changes, .matrix")
        .reduce((sum, one) => sum + words(one) - unseen(one), 0);
}"""
"""How many words there are to read on the story: titles, subtitles, findings, lists; not names, ticks and buttons, nor
what is written for the ear alone."""
OVERLAPS = """() => [...document.querySelectorAll(".panel")].flatMap(panel => {
    const texts = [...panel.querySelectorAll("svg text")].filter(one => one.textContent.trim());
    const boxes = texts.map(one => [one.textContent, one.getBoundingClientRect()]).filter(([, box]) => box.width);
    return boxes.flatMap(([text, one], number) => boxes.slice(number + 1).filter(([, other]) =>
        one.left < other.right - 2 && other.left < one.right - 2 &&
        one.top < other.bottom - 3 && other.top < one.bottom - 3
    ).map(([other]) => text + " | " + other));
})"""
"""Each pair of texts of one chart whose boxes overlap."""


@pytest.mark.parametrize("width", WIDTHS)
def test_the_story_fits_and_is_read_at_one_glance(viewer, width):
    dashboard = viewer(width, 900)
    dashboard.open()

    page = dashboard.page
    assert page.locator(".st-key-views").count() == 1
    if width == WIDTHS[0]:
        assert page.evaluate(FIRST) <= FIRST_MARK
    assert page.evaluate(HEIGHT) <= TALL[width]
    assert page.evaluate(WIDER) == []
    assert page.evaluate(SMALL, SMALLEST) == []
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate(READ) <= WORDS


@pytest.fixture(scope="module")
def crowds(tmp_path_factory, serve, browser):  # noqa: ARG001 no server without a browser
    """Serve stories of few and of many accounts, each with a clash and a toll of its own."""
    kept = tmp_path_factory.mktemp("crowds") / "crowds.record"
    with closing(open_record(kept, create=True)) as record:
        for number in CROWDS:
            for n in range(number):
                account, hour = f"Voice {n + 1}", 12 + n % 10
                told = {"account": account, "story": f"of-{number}", "stated_at": f"2020-02-{9 + n % 5:02}T12:00Z"}
                said(record, f"clash{n}", **told, **bounds(f"{hour}:00", f"{hour}:30", None, "23:30"))
                said(record, f"toll{n}", kind="casualties", measure="killed", best=1 + n % 9, **told)
    return serve(kept, "--story", "of-1")


@pytest.mark.parametrize(
    ("width", "number"),
    [
        *((WIDTHS[0], number) for number in (7, 60)),
        *((WIDTHS[1], number) for number in (1, 12)),
        *(pytest.param(WIDTHS[1], number, marks=pytest.mark.long) for number in (7, 60)),
        *(pytest.param(WIDTHS[0], number, marks=pytest.mark.long) for number in (1, 12)),
    ],
)
def test_few_accounts_and_many_have_room(viewer, crowds, width, number):
    dashboard = viewer(width, 900, at=crowds)
    dashboard.open(f"?story=of-{number}")

    page = dashboard.page
    assert not dashboard.errors()
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate(WIDER) == []
    assert page.evaluate(SMALL, SMALLEST) == []
    chips = page.locator(".chip").count()
    assert chips == {1: 0, 60: 7}.get(number, number)
    assert dashboard.keyed("more-accounts").count() == (number == CROWDS[-1])
    assert page.get_by_text("Voice 1 tells everything here.").count() == (number == 1)


def test_no_account_is_missing_from_the_chips(dashboard, story):
    dashboard.open("?open_groups=Outlets")
    for account in story.accounts.values():
        assert dashboard.chip(account.label).count() == 1


def test_two_short_cards_end_at_the_height_of_the_tall_one_beside_them(dashboard):
    dashboard.open()
    cards = [card.bounding_box() for card in dashboard.keyed("pairs").locator("[class*=st-key-card-]").all()]
    assert len(cards) == 3
    clashes, delays, toll = cards
    assert round(clashes["y"]) == round(toll["y"])
    assert clashes["y"] + clashes["height"] < delays["y"]
    assert round(delays["y"] + delays["height"]) == round(toll["y"] + toll["height"])


def test_a_phone_sees_the_view_that_it_is_on_in_the_row(viewer):
    dashboard = viewer(390, 800)
    dashboard.open("evidence")
    box = dashboard.keyed("views").locator("[aria-current=page]").bounding_box()
    assert 0 <= box["x"] <= 390 - box["width"]


WHERE = """() => {
    const one = document.activeElement, kind = one.tagName === "INPUT" ? one.type : one.tagName.toLowerCase();
    return [one.getAttribute("role") ?? kind, (one.ariaLabel ?? one.innerText).trim().slice(0, 60)];
}"""
"""What has the focus: its role, and its name."""


def _tabbed_to(dashboard, role, name=""):
    """Press Tab until something of a role and a name has the focus; give what had it on the way."""
    passed = []
    for _ in range(60):
        dashboard.page.keyboard.press("Tab")
        passed.append(tuple(dashboard.page.evaluate(WHERE)))
        if passed[-1][0] == role and passed[-1][1].startswith(name):
            return passed
    return pytest.fail(f"the keyboard does not reach {role} {name}: {passed}")


def _pressed(dashboard, *keys, url):
    """Press keys, and wait until the link says what they did."""
    dashboard.follow(lambda: [dashboard.page.keyboard.press(key) for key in keys], url=lambda link: url in link)


def test_a_keyboard_alone_filters_sets_the_moment_opens_tabs_reads_a_mark_and_exports(dashboard):
    key = "casualty-counts"
    dashboard.open(key)
    chips = dashboard.page.locator(".chip").evaluate_all("all => all.map(one => one.ariaLabel)")

    _tabbed_to(dashboard, "button", "More filters")
    _tabbed_to(dashboard, "range")
    _pressed(dashboard, "ArrowLeft", url="as_known_at=")
    dashboard.follow(lambda: dashboard.page.keyboard.press("ArrowRight"), url=lambda link: "as_known_at=" not in link)

    passed = _tabbed_to(dashboard, "tab")
    assert [name for role, name in passed if role == "checkbox"] == chips
    _pressed(dashboard, "ArrowRight", url=f"{key}-tab=Table")
    dashboard.page.keyboard.press("ArrowLeft")
    dashboard.settle()

    _tabbed_to(dashboard, "img")
    _pressed(dashboard, "ArrowRight", "Enter", url=f"{key}-mark=")
    _tabbed_to(dashboard, "button", "Copy attributed sentence")

    _tabbed_to(dashboard, "button", "Export")
    dashboard.page.keyboard.press("Enter")
    dashboard.page.get_by_role("button", name="PNG, 1600 × 900").wait_for()
    _tabbed_to(dashboard, "button", "PNG, 1600 × 900")
    dashboard.page.get_by_role("radio", name="To reckon with").focus()
    dashboard.follow(lambda: dashboard.page.keyboard.press("Enter"))
    dashboard.page.get_by_role("button", name="Download XLSX").wait_for()
    _tabbed_to(dashboard, "radio")
    dashboard.follow(lambda: dashboard.page.keyboard.press("ArrowDown"))
    dashboard.page.get_by_role("button", name="Download CSV").wait_for()
    _tabbed_to(dashboard, "button", "Download CSV")
    with dashboard.page.expect_download() as download:
        dashboard.page.keyboard.press("Enter")
    assert download.value.suggested_filename == f"{key}.csv"
    dashboard.page.keyboard.press("Escape")
    _tabbed_to(dashboard, "button", "Copy link")

    dashboard.chip("Vlast").focus()
    _pressed(dashboard, "Space", url="account=")
    assert dashboard.chip("Vlast").get_attribute("aria-checked") == "false"
    assert dashboard.page.evaluate("document.activeElement.ariaLabel").startswith("Vlast")


def test_the_drawer_counts_what_is_left_and_a_pill_takes_a_filter_off(dashboard):
    dashboard.open("timeline")
    drawer = dashboard.more_filters()
    drawer.get_by_role("button", name="clash", exact=False).first.click()
    dashboard.settle()
    assert "kind" not in dashboard.parameters()

    dashboard.follow(drawer.get_by_role("button", name="Show 4 of 244 claims").click, url=lambda url: "kind=" in url)
    assert dashboard.parameters()["kind"] == ["clash"]
    assert dashboard.page.get_by_text("4 of 244 claims").is_visible()

    dashboard.follow(dashboard.page.get_by_role("button", name="Clear all").click, url=lambda url: "kind=" not in url)
    assert not dashboard.keyed("filters-in-use").count()


def test_the_story_is_printed_on_three_pages_without_navigation(dashboard, tmp_path):
    dashboard.open()
    printed = tmp_path / "story.pdf"
    dashboard.page.emulate_media(media="print")
    assert not dashboard.keyed("views").is_visible()
    dashboard.page.pdf(path=printed, format="A4", print_background=True)
    assert printed.read_bytes().count(b"/Type /Page\n") <= 3
