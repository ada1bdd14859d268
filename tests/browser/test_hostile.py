"""Text from data stays text: no script runs, nothing is fetched, no link leads away, and it is shown as written."""

import csv
import json
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import urlopen

import pytest
from playwright.sync_api import TimeoutError as NotInTime
from tests.browser.conftest import SHOWN

from contested import CHARTS

VIEWS = ("", *SHOWN)
OTHERS = [pytest.param(chart.key, marks=pytest.mark.long) for chart in CHARTS if chart.key not in SHOWN]
TABLE, SOURCES = 1, 2

HOSTILE = (
    '<img src=x onerror="window.__pwned=1">',
    "![seen]({beacon}/image.png)",
    '<img src="{beacon}/tag.png">',
    "[official](javascript:window.__pwned=2)",
    '<a href="https://evil.invalid">10 dead</a>',
    "https://evil.invalid/auto www.evil.invalid",
    "<script>window.__pwned=3</script>",
    "%{x} %{customdata} ${y}",
    r"$$\href{javascript:window.__pwned=4}{x}$$",
    "`code` ```fence``` | cell | ~~gone~~",
    ":material/home: :smile: :red[blood] :small[s]",
    "**bold** _thin_ # no heading &lt;b&gt; &amp;",
    "-> east <- west <-> both -- dash >= least <= most ~= near --->",
    ":material_home: :streamlit: :+1: :red-badge[b] a::b",
    "1. first 2) second",
    "- item + item",
    "> quoted",
    "    indented as code",
    r"a\b \* C:\dir ends in \\",
    "$x$ from $5 to $6$ at user@evil.invalid",
)

FOREIGN = """() => [...document.querySelectorAll("a")]
    .map(link => link.getAttribute("href") ?? link.getAttribute("xlink:href"))
    .filter(href => href && URL.parse(href, location.href)?.origin !== location.origin)"""

UNSEEN = """texts => {
    const bare = text => text.replace(/\\s+/g, "");
    const page = bare(document.querySelector("[data-testid=stMain]").textContent);
    return texts.filter(text => !page.includes(bare(text)));
}"""


@contextmanager
def _beacon():
    """Listen, and note every path that is asked for."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def beacon():
    with _beacon() as listening:
        yield listening


@pytest.fixture(scope="module")
def texts(beacon):
    return [text.replace("{beacon}", beacon[0]) for text in HOSTILE]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, serve, texts):
    """Serve a story whose every free text is hostile; one account makes every claim, so that one mark shows all."""
    folder = tmp_path_factory.mktemp("hostile")
    claims = [
        _claim(number, kind, text)
        for kind in ("clash", "arrival", "casualties")
        for number, text in enumerate(texts, start=1)
    ]
    _write(folder / "claims.csv", [claim | {"claim_id": f"c{number}"} for number, claim in enumerate(claims)])
    numbered = list(enumerate(texts, start=1))
    _write(folder / "accounts.csv", [{"account": f"account{n}", "label": text} for n, text in numbered])
    _write(folder / "events.csv", [{"event_id": "event", "label": " ".join(texts[:4])}])
    _write(folder / "places.csv", [{"place": f"place{n}", "label": text} for n, text in numbered])
    sources = [
        {"source_id": f"s{n}", "publisher": text, "title": text, "published_words": text} for n, text in numbered
    ]
    _write(folder / "sources.csv", [source | {"url": "https://evil.invalid/source"} for source in sources])
    package = {"title": " ".join(texts), "contested": {"sides": {f"side{n}": text for n, text in numbered}}}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return serve(folder)


def _claim(number, kind, text):
    since, until = ("20:00", "21:00") if kind == "arrival" else ("18:00", "19:00")
    claim = {
        "event_id": "event",
        "account": "account1" if kind == "clash" else f"account{number}",
        "side": f"side{number}",
        "kind": kind,
        "source_id": f"s{number}",
        "locator": text,
        "summary": text,
        "speaker": text,
        "via": text,
        "began_earliest": f"2020-02-07T{since}+00:00",
        "began_latest": f"2020-02-07T{until}+00:00",
        "ended_earliest": "",
        "ended_latest": "2020-02-07T23:00+00:00" if kind == "clash" else "",
        "stated_at": "2020-02-08T12:00+00:00",
        "place": f"place{number}",
        "measure": "",
        "best": "",
        "definition": "",
    }
    return claim | ({"measure": "killed", "best": number, "definition": text} if kind == "casualties" else {})


def _write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def _harmless(dashboard, asked):
    assert dashboard.page.evaluate("window.__pwned") is None
    assert asked == []
    assert not dashboard.errors()


def _options(dashboard, key):
    """Open a list and give its options."""
    options = dashboard.page.get_by_role("option")
    for _ in range(20):  # a key that is pressed while the page is made again is lost
        dashboard.keyed(key).get_by_role("combobox").press("ArrowDown")
        with suppress(NotInTime):
            options.first.wait_for(timeout=3_000)
            break
    return options


def test_the_beacon_hears():
    with _beacon() as (address, asked), urlopen(f"{address}/heard") as answered:  # noqa: S310 our own server
        assert answered.status == 204
        assert asked == ["/heard"]


@pytest.mark.parametrize("view", [*VIEWS, *OTHERS])
def test_hostile_text_does_nothing(viewer, hostile, beacon, view):
    dashboard = viewer(at=hostile)
    dashboard.open(view)
    for summary in dashboard.page.get_by_test_id("stSidebar").locator("summary").all():
        summary.click()
    for key in dashboard.shown():
        for tab in (TABLE, SOURCES):
            dashboard.tab(key, tab)
    _harmless(dashboard, beacon[1])


def test_hostile_text_is_no_image(viewer, hostile):
    dashboard = viewer(at=hostile)
    dashboard.open()
    assert dashboard.foreign == []
    assert dashboard.page.locator("img").count() == 0


def test_hostile_text_is_no_link(viewer, hostile):
    dashboard = viewer(at=hostile)
    dashboard.open()
    assert set(dashboard.page.evaluate(FOREIGN)) <= {"https://evil.invalid/source"}  # the source's own address


def test_hostile_text_is_shown_as_it_was_written(viewer, hostile, beacon, texts):
    dashboard = viewer(at=hostile)
    dashboard.open("hourly-clashes")
    dashboard.keyed("hourly-clashes-figure").get_by_role("img").first.press("ArrowRight")
    dashboard.follow(lambda: dashboard.page.keyboard.press("Enter"), url=lambda url: "-mark=" in url)
    _harmless(dashboard, beacon[1])
    assert dashboard.page.evaluate(UNSEEN, texts) == []
    dashboard.tab("hourly-clashes", SOURCES)
    assert dashboard.page.evaluate(UNSEEN, texts) == []
    _harmless(dashboard, beacon[1])


def _bare(text):
    return "".join(text.split())


def test_a_title_stands_as_it_was_written(viewer, hostile, texts):
    dashboard = viewer(at=hostile)
    dashboard.open()
    title = dashboard.page.get_by_test_id("stMain").get_by_role("heading", level=1)
    assert _bare(title.text_content()) == _bare(" ".join(texts))


def test_the_options_of_a_list_stand_as_they_were_written(viewer, hostile, texts):
    dashboard = viewer(at=hostile)
    dashboard.open("casualty-counts")
    dashboard.more_filters()
    options = _options(dashboard, "draft-resolution")
    written = {f"Prefer {text.strip()}" for text in texts}
    preferred = [one.strip() for one in options.all_text_contents() if one.startswith("Prefer")]
    assert preferred
    assert set(preferred) <= written


def test_the_chips_and_the_heads_of_a_table_stand_as_they_were_written(viewer, hostile, texts):
    dashboard = viewer(at=hostile)
    dashboard.open("disagreements")
    written = {_bare(text) for text in texts}
    chips = dashboard.page.locator(".chip").evaluate_all("chips => chips.map(chip => chip.ariaLabel)")
    assert chips
    assert {_bare(chip.rpartition(", ")[0]) for chip in chips} <= written
    heads = dashboard.page.locator("table").first.locator("thead th").all_text_contents()
    assert {_bare(head) for head in heads[1:-1]} <= {_bare(text) for text in texts}
    assert len(heads) > 1


def test_a_mark_that_is_hovered_says_its_words_as_they_were_written(viewer, hostile, texts):
    dashboard = viewer(at=hostile)
    dashboard.open("timeline")
    marks = dashboard.keyed("timeline-figure").locator(".point path:visible, path.point:visible")
    said = set()
    boxes = [box for box in (marks.nth(number).bounding_box() for number in range(min(marks.count(), 12))) if box]
    for _ in range(20):  # a mark under another says nothing, however long one waits
        for box in boxes * (not said):
            dashboard.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            dashboard.page.wait_for_timeout(150)
            said.update(map(_bare, dashboard.page.locator(".hoverlayer .hovertext").all_text_contents()))
    assert any(_bare(text) in one for one in said for text in texts)
    assert not any("&lt;img" in one or "&#123;" in one for one in said)


def test_hostile_text_is_not_run_by_hovering(viewer, hostile, beacon):
    dashboard = viewer(at=hostile)
    dashboard.open("timeline")
    marks = dashboard.keyed("timeline-figure").locator(".point path:visible, path.point:visible")
    for number in range(min(marks.count(), 30)):
        box = marks.nth(number).bounding_box()
        if box:
            dashboard.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    dashboard.settle()
    _harmless(dashboard, beacon[1])
