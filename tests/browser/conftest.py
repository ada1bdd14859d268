"""The dashboard in a real browser: a server on a free port, a Chromium, and a page that waits until all is painted."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, Request, expect, sync_playwright

from contested import CHARTS, Answer, Selection, Store, Story, answer, open_story

SHOWN = (
    *("timeline", "hourly-clashes", "response-delays", "pooled-delays", "clocks"),
    *("casualty-counts", "disagreements", "changes", "map"),
)
"""The charts that the example has a view or a part of a view for; the others are of data sets and of many calls."""
EXAMPLE = Path(__file__).parents[2] / "data" / "korday-2020"
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars", "--process-per-site")
"""One process for all pages of a desk reads the scripts of the page once; a page of its own each reads them anew."""
PATIENCE = 60_000
expect.set_options(PATIENCE)
STARTING = 300

PARTS = {"pooled-delays": "All delays together", "clocks": "Every clock"}
"""The parts of the view of delays that are reached by its switch."""
CALM = """() => {
    const app = document.querySelector("[data-testid=stApp]");
    const idle = app && app.dataset.testConnectionState === "CONNECTED" && app.dataset.testScriptState === "notRunning";
    const stale = document.querySelector("[data-stale=true], [data-testid=stSkeleton], [data-testid=stSpinner]");
    const fading = document.getAnimations().some(one => one instanceof CSSTransition);
    const charts = [...document.querySelectorAll(".panel")];
    const shown = charts.filter(chart => chart.checkVisibility());
    const painted = shown.every(chart => {
        const svg = chart.querySelector(".main-svg");
        return svg && chart._fullLayout && Math.abs(svg.getBoundingClientRect().width - chart.clientWidth) < 2;
    });
    const said = document.querySelector("h1, [data-testid=stAlert], [data-testid=stException]");
    const figures = document.querySelectorAll("[class*='-figure']:not(.st-key-charts-first *)").length;
    const ready = idle && !stale && !fading && painted && figures <= charts.length && said;
    const main = document.querySelector("[data-testid=stMain]");
    const sight = ready && location.href + main.scrollHeight + main.textContent.length +
        shown.map(chart => chart.ariaLabel + chart.querySelectorAll(".point, text").length).join();
    const [before, since] = window.__calm || [];
    window.__calm = sight && sight === before ? [before, since] : [sight, performance.now()];
    return sight && performance.now() - window.__calm[1] > 250;
}"""
"""True once nothing has been running, loading or changing for a quarter of a second."""


class Dashboard:
    """One page of one viewer."""

    def __init__(self, origin: str, page: Page) -> None:
        self.origin, self.page = origin, page
        self.foreign: list[str] = []
        """Every request that left the dashboard's own origin."""
        self.complaints: list[str] = []
        """Whatever the browser wrote to its console as an error or a warning."""
        page.on("request", self._note)
        page.on("console", lambda said: said.type in {"error", "warning"} and self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, request: Request) -> None:
        scheme, place, *_ = urlsplit(request.url)
        if scheme not in {"data", "blob"} and place != urlsplit(self.origin).netloc:
            self.foreign.append(request.url)

    def open(self, path: str = "") -> None:
        self.page.goto(f"{self.origin}/{path}")
        self.settle()

    def settle(self) -> None:
        self.page.wait_for_function(CALM, polling=50, timeout=PATIENCE)

    def follow(self, act: Callable[[], Any], *, url: str | re.Pattern[str] | None = None) -> None:
        """Do something and wait until the page has followed."""
        act()
        if url:
            self.page.wait_for_url(url, wait_until="commit", timeout=PATIENCE)
        self.page.wait_for_timeout(100)
        self.settle()

    def go(self, view: str) -> None:
        """Follow the top navigation to a view, which may be under More, or to a part of Delays by its switch."""
        if view in PARTS:
            self.go("response-delays")
            self.follow(self.page.get_by_text(PARTS[view], exact=True).click, url=re.compile(f"delays={view}"))
            return
        name = next((chart.name for chart in CHARTS if chart.key == view), view.capitalize() or "Story")
        link = self.page.get_by_test_id("stPageLink-NavLink").filter(has_text=re.compile(rf"^{name}$"))
        if self.here() == name:
            return
        if not link.count():
            self.keyed("more").get_by_role("button").click()
        self.follow(link.click, url=re.compile(rf"{re.escape(self.origin)}/{view}(\\?|$)"))

    def here(self) -> str:
        """Name the view that the navigation says is shown."""
        return self.keyed("views").locator("[aria-current=page]").inner_text()

    def chip(self, label: str) -> Locator:
        """Find the chip of an account."""
        return self.page.locator(f"[role=checkbox][aria-label^={json.dumps(f'{label}, ')}]")

    def press(self, label: str) -> None:
        """Press the chip of an account, and wait until the link has followed too."""
        before = self.page.url
        self.chip(label).click()
        self.page.wait_for_function("before => location.href !== before", arg=before, timeout=PATIENCE)
        self.follow(lambda: None)

    def more_filters(self) -> Locator:
        """Open the drawer."""
        self.follow(self.page.get_by_role("button", name="More filters").click)
        return self.page.get_by_role("dialog")

    def keyed(self, key: str) -> Locator:
        return self.page.locator(f".st-key-{key}")

    def card(self, key: str) -> Locator:
        return self.keyed(f"card-{key}")

    def shown(self) -> list[str]:
        """Name the charts whose figures stand on the page."""
        return [chart.key for chart in CHARTS if self.keyed(f"{chart.key}-figure").count()]

    def title(self, key: str) -> str:
        return self.heading(key).inner_text()

    def heading(self, key: str) -> Locator:
        return self.card(key).get_by_role("heading").first

    def alt(self, key: str) -> str:
        return self.keyed(f"{key}-figure").get_by_role("img").first.get_attribute("aria-label") or ""

    def tab(self, key: str, number: int) -> Locator:
        """Open the nth tab of a card; give its panel."""
        card = self.card(key)
        card.get_by_role("tab").nth(number).click()
        self.settle()
        return card.get_by_role("tabpanel").nth(0)

    def rows(self, key: str) -> list[list[str]]:
        """Read the body of a card's table."""
        return self.card(key).evaluate(
            "card => [...card.querySelectorAll('table tbody tr')].map(row => [...row.cells].map(c => c.textContent))"
        )

    def parameters(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)

    def errors(self) -> int:
        return self.page.locator("[data-testid=stException], [data-testid=stAlertContentError]").count()


@pytest.fixture(scope="session")
def story() -> Story:
    return open_story(EXAMPLE)


class Answers(dict[str, Answer]):
    """The answers of all charts to one selection, each found once it is looked at."""

    def __init__(self, find: Callable[[str], Answer]) -> None:
        self._find = find

    def __missing__(self, key: str) -> Answer:
        return self.setdefault(key, self._find(key))


@pytest.fixture(scope="session")
def ask(story) -> Callable[..., Answers]:
    """Answer the charts for a selection, as the dashboard should."""
    store, charts = Store(story.claims, story.published()), {chart.key: chart for chart in CHARTS}

    @lru_cache
    def answers(selection: Selection) -> Answers:
        return Answers(lambda key: answer(charts[key], story, store, selection))

    return lambda **chosen: answers(Selection.model_validate({"zone": story.package.zone} | chosen))


@pytest.fixture(scope="session")
def serve(tmp_path_factory) -> Iterator[Callable[..., str]]:
    """Serve a story on a free port and give its origin; every server ends with the tests."""
    servers: list[subprocess.Popen[bytes]] = []

    def started(folder: Path, *options: str) -> str:
        port = _free_port()
        log = tmp_path_factory.mktemp("serve") / "log.txt"
        command = [sys.executable, "-m", "contested", "serve", str(folder), "--port", str(port), *options]
        with log.open("wb") as out:
            servers.append(subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT))  # noqa: S603 our own program
        origin = f"http://localhost:{port}"
        _wait_until_healthy(origin, servers[-1], log)
        return origin

    yield started
    for server in servers:
        server.terminate()
    for server in servers:
        server.wait(60)


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_healthy(origin: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + STARTING
    while time.monotonic() < end and server.poll() is None:
        try:
            with urlopen(f"{origin}/_stcore/health", timeout=5) as answered:  # noqa: S310 our own server
                if answered.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the dashboard did not start:\n{log.read_text(errors='replace')[-2000:]}")


@pytest.fixture(scope="session")
def origin(serve, browser) -> str:  # noqa: ARG001 no server without a browser
    return serve(EXAMPLE)


@pytest.fixture(scope="session")
def chromium() -> str:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    lacking = f"no browser: install one of {', '.join(NAMES)}, or name one in the environment variable CHROMIUM"
    return pytest.fail(lacking) if os.environ.get("CI") else pytest.skip(lacking)


@pytest.fixture(scope="session")
def driver(chromium) -> Iterator[Playwright]:  # noqa: ARG001 no driver without a browser
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(driver, chromium) -> Iterator[Browser]:
    launched = driver.chromium.launch(executable_path=chromium, args=list(FLAGS))
    yield launched
    launched.close()


@pytest.fixture(scope="session")
def desk(browser, origin) -> Iterator[BrowserContext]:
    """Keep one context for most tests, and a page in it, so that the scripts of the page are fetched and read once."""
    with browser.new_context() as context:
        context.new_page().goto(f"{origin}/_stcore/health")
        yield context


@pytest.fixture
def viewer(browser, desk, origin) -> Iterator[Callable[..., Dashboard]]:
    """Give a page to a viewer: at a desk unless said otherwise, in a context of their own where they are new."""
    closing_time = ExitStack()

    def arrived(
        width: int = 1400, height: int = 1000, *, new: bool = False, at: str = origin, **device: Any
    ) -> Dashboard:
        context = closing_time.enter_context(browser.new_context(**device)) if new or device else desk
        page = closing_time.enter_context(context.new_page())
        page.set_default_timeout(PATIENCE)
        page.set_viewport_size({"width": width, "height": height})
        return Dashboard(at, page)

    with closing_time:
        yield arrived


@pytest.fixture
def dashboard(viewer) -> Dashboard:
    return viewer()
