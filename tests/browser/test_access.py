"""Who cannot see, or has a narrow screen: axe finds nothing, text keeps its contrast, nothing scrolls sideways."""

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser.conftest import SHOWN

VIEWS = ("", *SHOWN, "evidence", "corrections", "method", "import")
CHART, TABLE, SOURCES = TABS = 0, 1, 2
ALL_TABS, LONGEST = "casualty-counts", "method"
FEW = ("", "timeline", "casualty-counts", "clocks", "disagreements", "evidence")
"""The views of each kind; `make test-long` looks at all."""
AA = 4.5
SCHEMES = {
    "light": {"rules": {"heading-order": {"enabled": False}}},
    "dark": {"runOnly": ["color-contrast", "link-in-text-block"]},
}
"""What axe looks at in each scheme: everything but the order of headings, which is counted here, then colour."""

STREAMLIT_S_OWN: dict[tuple[str, str], str] = {
    (
        "scrollable-region-focusable",
        "stTable",
    ): "a table wider than its card scrolls in a box that Streamlit gives no tabindex;"
    " Chromium reaches it by keyboard all the same",
    (
        "presentation-role-conflict",
        "stFileUploaderDropzone",
    ): "the drop zone of Streamlit's uploader says it is presentational and has a name: browsers take the name; nobody"
    " has to reach it, for the button in it is named too, and opens by keyboard",
}
"""Violations in markup that Streamlit makes and no theme or option reaches: (rule, part of its first tag) -> why."""

TEXTS = """chart => {
    const BLACK = 26; // how far the dark page is from the black one of a system that forces its colours
    const parse = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
    const linear = v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
    const page = parse(getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor);
    return [...chart.querySelectorAll("svg text")].filter(text => text.textContent.trim()).map(text => {
        const style = getComputedStyle(text), [r, g, b, alpha = 1] = parse(style.fill);
        let opacity = alpha * style.fillOpacity;
        for (let up = text; up && up !== chart; up = up.parentElement) opacity *= getComputedStyle(up).opacity;
        const seen = [r, g, b].map((v, i) => v * opacity + page[i] * (1 - opacity));
        // it stands on its mark
        if (page.every((v, i) => Math.abs(v - [r, g, b][i]) <= BLACK)) return [text.textContent, Infinity];
        const [low, high] = [light(seen), light(page)].sort((a, b) => a - b);
        return [text.textContent, Math.round((high + 0.05) / (low + 0.05) * 100) / 100];
    });
}"""
"""Each text of a chart with its contrast against the page; of a text on a mark the theme's test says it."""

STILL = 500
"""Milliseconds after which a window that was changed has said so."""
SIDEWAYS = """() => {
    const main = document.querySelector("[data-testid=stMain]"), room = window.innerWidth;
    const wide = [document.scrollingElement, main].filter(one => one.scrollWidth > room).map(one => one.tagName);
    const scrolls = one =>
        one && one !== main && (/auto|scroll/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
    const out = ({ width, left, right }) => width && (right > room + 1 || left < -1);
    const cut = [...main.querySelectorAll("h1, h2, h3, h4, p, td, button, input, svg text")]
        .filter(one => one.checkVisibility() && one.textContent.trim() && out(one.getBoundingClientRect()))
        .filter(one => !scrolls(one.parentElement));
    const short = [...main.querySelectorAll(".panel")].flatMap(chart => {
        const { left, right } = chart.getBoundingClientRect(), reach = one => one.getBoundingClientRect();
        const texts = [...chart.querySelectorAll("svg text")].filter(one => reach(one).width);
        return texts.filter(one => reach(one).right > right + 1 || reach(one).left < left - 1);
    });
    return [...wide, ...cut.map(one => one.textContent), ...short.map(one => one.textContent)];
}"""
"""Whatever is wider than the window, or reaches out of it, and each text cut off by the edge of its chart."""


ONLY_VIOLATIONS = {"resultTypes": ["violations"], "reporter": "no-passes"}
"""To describe all that passes takes axe most of its time."""


def _violations(dashboard, **options):
    found = Axe().run(dashboard.page, options=options | ONLY_VIOLATIONS).response["violations"]
    return {
        f"{one['id']}: {one['help']}: {' '.join(map(str, node['target']))}"
        for one in found
        for node in one["nodes"]
        if not any(one["id"] == rule and part in node["html"].partition(">")[0] for rule, part in STREAMLIT_S_OWN)
    }


@pytest.mark.parametrize(
    ("view", "tabs"),
    [
        *((view, TABS if view == ALL_TABS else (CHART,)) for view in VIEWS if view != LONGEST),
        pytest.param(LONGEST, (CHART,), marks=pytest.mark.long),
        *(pytest.param(view, TABS, marks=pytest.mark.long) for view in VIEWS if view not in {ALL_TABS, LONGEST}),
    ],
)
def test_axe_finds_nothing_light_or_dark_in_any_tab_and_headings_descend(dashboard, view, tabs):
    """The other tabs are built alike on every card, so that they are looked at on one; `make test-long` does on all."""
    dashboard.open(view)
    _headings_descend(dashboard)
    found, keys = set(), dashboard.shown()
    for tab in tabs if keys else (CHART,):
        for key in keys * (tab != CHART):
            dashboard.card(key).get_by_role("tab").nth(tab).click()
        for scheme, options in SCHEMES.items():
            dashboard.page.emulate_media(color_scheme=scheme)
            dashboard.page.wait_for_timeout(200)
            dashboard.settle()  # while a tab is made anew, what it replaces is faded
            found |= {f"{scheme}, tab {tab}, {one}" for one in _violations(dashboard, **options)}
    assert not found, "\n".join(sorted(found))
    assert dashboard.complaints == []


def _headings_descend(dashboard):
    """Headings descend one level at a time."""
    levels = dashboard.page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4, h5')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_of_a_chart_keeps_its_contrast(dashboard, scheme):
    dashboard.page.emulate_media(color_scheme=scheme)
    dashboard.open()
    _legible(dashboard)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_where_a_system_forces_its_colours_texts_and_what_is_told_by_a_fill_stay_apart(viewer, scheme):
    dashboard = viewer(forced_colors="active", color_scheme=scheme)
    dashboard.open()
    _legible(dashboard)
    fills = dashboard.page.locator(".key i").evaluate_all(
        "all => all.map(one => (s => s.backgroundColor + s.backgroundImage)(getComputedStyle(one)))"
    )
    assert len(fills) == len({*fills}) == 4
    windows = dashboard.card("timeline").get_by_role("radio")
    grounds = set(windows.evaluate_all("all => all.map(one => getComputedStyle(one).backgroundColor)"))
    assert len(grounds) == 2
    assert _violations(dashboard, **SCHEMES["light"]) == set()
    assert dashboard.complaints == []


@pytest.mark.parametrize("view", [pytest.param(one, marks=pytest.mark.long) for one in VIEWS if one])
def test_axe_finds_nothing_where_a_system_forces_its_colours(viewer, view):
    dashboard = viewer(forced_colors="active", color_scheme="dark")
    dashboard.open(view)
    assert _violations(dashboard, **SCHEMES["light"]) == set()


def test_text_of_a_chart_follows_a_change_of_scheme(dashboard):
    dashboard.page.emulate_media(color_scheme="light")
    dashboard.open()
    dashboard.page.emulate_media(color_scheme="dark")
    dashboard.follow(lambda: None)
    _legible(dashboard)


def _legible(dashboard):
    for key in dashboard.shown():
        texts = dashboard.keyed(f"{key}-figure").evaluate(TEXTS)
        assert texts
        assert [text for text in texts if text[1] < AA] == []


@pytest.mark.parametrize("view", [one if one in FEW else pytest.param(one, marks=pytest.mark.long) for one in VIEWS])
def test_nothing_scrolls_sideways_on_a_narrow_screen_or_at_twice_the_size(viewer, view):
    dashboard = viewer(360, 800)
    dashboard.open(view)
    assert dashboard.page.evaluate(SIDEWAYS) == []
    for width in (320, 1400 // 2):
        dashboard.page.set_viewport_size({"width": width, "height": 800})
        dashboard.page.wait_for_timeout(STILL)
        dashboard.settle()
        assert dashboard.page.evaluate(SIDEWAYS) == []
