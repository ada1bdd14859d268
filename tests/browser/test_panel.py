"""Charts in the page: repainted in place, printed dark on white, swiped past on a phone, and saved as pictures."""

import re
import struct
from xml.etree import ElementTree as ET

import pytest

from contested.theme import DARK_OF, LIGHT
from panel import room

FIRST = "timeline"


def figure(dashboard, key=FIRST):
    return dashboard.keyed(f"{key}-figure").locator(".panel")


def colours(dashboard):
    """Give the colours of the texts of the first chart."""
    texts = figure(dashboard).locator("svg text")
    return set(texts.evaluate_all("texts => texts.map(text => getComputedStyle(text).fill)"))


def rgb(colour):
    return "rgb({}, {}, {})".format(*bytes.fromhex(colour.removeprefix("#")))


def test_a_filter_repaints_every_chart_once_in_its_place_and_fades_none(dashboard):
    dashboard.open()
    page, keys, before = dashboard.page, dashboard.shown(), figure(dashboard).locator(".point").count()
    page.evaluate(
        """() => {
            window.lowest = 1;
            window.painted = [];
            new MutationObserver(changes => painted.push(...changes.map(({ target }) => target)))
                .observe(document, { subtree: true, attributes: true, attributeFilter: ["data-drawn"] });
            document.querySelectorAll(".panel").forEach(chart => chart.stood = true);
            const look = () => {
                for (const chart of document.querySelectorAll(".panel"))
                    for (let up = chart; up; up = up.parentElement)
                        window.lowest = Math.min(window.lowest, getComputedStyle(up).opacity);
                requestAnimationFrame(look);
            };
            look();
        }"""
    )
    chip = dashboard.keyed("chips").get_by_role("checkbox", name="Vlast")
    dashboard.follow(chip.click, url=re.compile("account="))

    assert dashboard.shown() == keys
    assert figure(dashboard).locator(".point").count() != before
    assert page.evaluate("() => [...document.querySelectorAll('.panel')].every(chart => chart.stood)")
    assert page.evaluate("() => window.lowest") == 1
    assert page.evaluate("() => [painted.length, new Set(painted).size]") == [len(keys), len(keys)]


WATCH = """window.drawn = {};
new MutationObserver(changes => {
    for (const { target } of changes) {
        const key = target.closest("[class*='-figure']").className.match(/st-key-(\\S+)-figure/)[1];
        (drawn[key] ??= []).push(Number(target.dataset.drawn));
    }
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-drawn"] });"""
"""Keeps each width that a chart was drawn for, in order."""
PLACES = """() => Object.fromEntries([...document.querySelectorAll(".panel")].map(chart =>
    [chart.closest("[class*='-figure']").className.match(/st-key-(\\S+)-figure/)[1], chart.clientWidth]))"""


def _fitting(dashboard):
    """Give the width that the chart in each place should be drawn for."""
    return {key: room.width_for(place) for key, place in dashboard.page.evaluate(PLACES).items()}


@pytest.mark.parametrize("width", [1400, 390])
def test_each_chart_is_drawn_once_for_the_room_it_has_and_anew_where_the_window_changes(viewer, width):
    dashboard = viewer(width)
    dashboard.page.add_init_script(WATCH)
    for view in ("", "response-delays?delays=pooled-delays", "import"):
        dashboard.open(view)
        assert dashboard.page.evaluate("() => drawn") == {key: [one] for key, one in _fitting(dashboard).items()}

    dashboard.open()
    dashboard.page.set_viewport_size({"width": 900, "height": 1000})
    dashboard.page.wait_for_function("() => drawn.timeline.at(-1) === 784")
    dashboard.settle()
    assert dashboard.page.evaluate(LAST) == _fitting(dashboard)


LAST = "() => Object.fromEntries(Object.entries(drawn).map(([key, widths]) => [key, widths.at(-1)]))"


def test_a_chart_is_dark_on_white_on_paper_whatever_the_page_is(dashboard):
    dashboard.page.emulate_media(color_scheme="dark")
    dashboard.open(FIRST)
    light, dark = (rgb(colour) for colour in (LIGHT["quiet"], DARK_OF[LIGHT["quiet"]]))
    assert dark in colours(dashboard)
    dashboard.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert light in colours(dashboard)
    assert dark not in colours(dashboard)
    dashboard.page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert dark in colours(dashboard)


def test_a_finger_that_swipes_over_a_chart_scrolls_the_page(viewer):
    dashboard = viewer(390, 844, has_touch=True, is_mobile=True)
    dashboard.open(FIRST)
    before = figure(dashboard).bounding_box()
    finger = dashboard.page.context.new_cdp_session(dashboard.page)
    x, y = before["x"] + before["width"] / 2, min(before["y"] + 200, 800)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for moved in range(20, 320, 20):
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - moved}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    dashboard.settle()
    assert figure(dashboard).bounding_box()["y"] < before["y"] - 100


def _saved(dashboard, key, words):
    dashboard.card(key).get_by_role("button", name="Export").click()
    with dashboard.page.expect_download() as download:
        dashboard.page.get_by_role("button", name=words).click()
    dashboard.page.keyboard.press("Escape")
    return download.value.path().read_bytes()


def test_a_chart_is_saved_as_a_picture_that_stands_alone_whether_or_not_it_is_on_the_page(dashboard, ask):
    key = "response-delays"
    answer = ask()[key]
    dashboard.page.emulate_media(color_scheme="dark")
    dashboard.open(key)
    slide = _saved(dashboard, key, "PNG, 1600 × 900")
    assert struct.unpack(">II", slide[16:24]) == (1600, 900)

    dashboard.tab(key, 1)
    drawing = ET.fromstring(_saved(dashboard, key, "SVG, as shown"))  # noqa: S314 our own
    words, styles = " ".join(drawing.itertext()).split(), [one.attrib.get("style", "") for one in drawing.iter()]
    assert set(answer.title.split()) <= set(words)
    assert answer.data_hash[:12] in words
    assert any("data:font/woff2" in word for word in words)
    assert not [one for one in drawing.iter() for value in one.attrib.values() if value.startswith("http")]
    assert any(rgb(LIGHT["page"]) in style for style in styles)
    assert not any(rgb(DARK_OF[LIGHT[name]]) in style for style in styles for name in ("page", "ink", "text"))
    assert dashboard.complaints == []
