"""The pictures of the README, and of every view, taken from the real dashboard."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page
from xlsxwriter import Workbook

from browser import ROOT, chromium, opened, served
from contested import CHARTS

FOLDER = ROOT / "data" / "screenshots"
PICTURES = {
    "story": {"viewport": {"width": 1400, "height": 1560}, "color_scheme": "light"},
    "story-dark": {"viewport": {"width": 1400, "height": 1000}, "color_scheme": "dark"},
    "story-phone": {"viewport": {"width": 390, "height": 1400}, "color_scheme": "light"},
}
VIEWS = ("story", *(chart.key for chart in CHARTS), "evidence", "method", "import")
LOOKS = tuple((width, scheme) for width in (1400, 390) for scheme in ("light", "dark"))
TALLEST = 6000
HEIGHT = "() => document.querySelector('[data-testid=stMain]').scrollHeight"
HEAD = (
    *("record_id", "account", "source_name", "event_type", "start", "end", "killed_low", "killed_best"),
    *("status", "recorded_at", "text"),
)
SHEET = (
    ("K-1", "official", "Log", "clash", "2020-02-07T16:00+06:00", "2020-02-07T17:30+06:00", "", "2", "Stones flew."),
    ("K-2", "official", "Log", "call", "2020-02-07T16:20+06:00", "", "", "", "The police were called."),
    ("K-3", "third_party", "Diary", "clash", "2020-02-07T17:00+06:00", "2020-02-07T20:00+06:00", "", "1", "It burned."),
    ("K-4", "third_party", "Diary", "clash", "2020-02-07T20:00+06:00", "", "", "dozens", "It went on."),
    ("K-5", "third_party", "Diary", "arrival", "02/07/2020 18:00", "", "", "", "Help came."),
    ("K-6", "official", "Log", "clash", "2020-02-07T21:00+06:00", "", "9", "8", "The last count of the night."),
)
"""What an editor might type, with three cells that cannot be read."""


def story(browser: Browser, port: int) -> Iterator[Path]:
    """Take the story in light, in dark and as wide as a phone."""
    for name, look in PICTURES.items():
        page = opened(browser, f"http://localhost:{port}/", **look)
        page.wait_for_timeout(2000)
        yield taken(page, name)


def every(browser: Browser, port: int, folder: Path) -> Iterator[Path]:
    """Take every view from its top to its foot, on a desk and on a phone, in light and in dark."""
    for width, scheme in LOOKS:
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        for view in VIEWS:
            page.goto(f"http://localhost:{port}/{view.replace('story', '')}")
            page.wait_for_selector("h1")
            page.wait_for_timeout(3000)
            page.set_viewport_size({"width": width, "height": min(page.evaluate(HEIGHT), TALLEST)})
            yield taken(page, f"{view}-{width}-{scheme}", folder)
            page.set_viewport_size({"width": width, "height": 900})
        page.close()


def brought(browser: Browser, port: int, folder: Path) -> Iterator[Path]:
    """Take what a workbook with three wrong cells is told."""
    page = browser.new_page(viewport={"width": 1400, "height": 1200}, color_scheme="light")
    page.goto(f"http://localhost:{port}/import")
    page.locator("input[type=file]").set_input_files(workbook(folder / "night.xlsx"))
    page.get_by_role("heading", name="3 of 6 rows can be accepted").wait_for()
    yield taken(page, "import-problems")


def workbook(path: Path) -> Path:
    """Write the sheet."""
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        for number, (*cells, text) in enumerate(SHEET, start=1):
            sheet.write_row(number, 0, [*cells, "published", "2020-02-08T09:00+06:00", text])
    return path


def taken(page: Page, name: str, folder: Path = FOLDER) -> Path:
    """Take a picture once the page is still."""
    page.wait_for_timeout(2000)
    page.screenshot(path=folder / f"{name}.png")
    return folder / f"{name}.png"


def main() -> None:
    """Take the pictures of the README; those of every view into a folder, if one is named."""
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        os.environ["CONTESTED_RECORD"] = str(Path(folder) / "record.sqlite")
        with served() as port, chromium() as browser:
            for path in [*story(browser, port), *brought(browser, port, Path(folder))]:
                print(path)
            for named in map(Path, sys.argv[1:]):
                named.mkdir(parents=True, exist_ok=True)
                for path in every(browser, port, named):
                    print(path)


if __name__ == "__main__":
    main()
