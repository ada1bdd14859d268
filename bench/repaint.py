"""How long from a click on a chip to the last change in the last chart, beside the same figures by `st.plotly_chart`.

Both servers show the same dashboard and are clicked in turn, through 15 states that are new to each; counted too are
the charts that were replaced by others, and the lowest opacity that a chart had on the way.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Page

from browser import PAINTED, ROOT, chromium, served

PLAIN = f"""
import sys
sys.path.insert(0, {str(ROOT / "dashboard")!r})
import streamlit as st
import card
import server
from panel import mount

def chart(answer):
    wide = 1160 if answer.chart.key == "timeline" else 560
    st.plotly_chart(answer.figure(wide), key=f"{{answer.chart.key}}-figure", alt=answer.sentence, on_select="rerun")

card.TABS["Chart"] = chart
mount.show_first = lambda *_: None
app = st.App(server.HERE / "app.py", lifespan=server.lifespan, middleware=[server.Middleware(server.SecurityHeaders)])
"""
"""The dashboard with charts by Streamlit: one figure each, of the width that fits."""
VIEWS = {"Story": "", "one chart": "timeline"}
CHIPS = 4
STATES = 15

WATCH = """() => {
    const charts = () => [...document.querySelectorAll(".js-plotly-plot")];
    window.seen = { changed: 0, lowest: 1 };
    new MutationObserver(changes => {
        if (changes.some(({ target }) => (target.closest ? target : target.parentElement)?.closest(".js-plotly-plot")))
            seen.changed = performance.now();
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    const look = () => {
        for (const chart of charts())
            for (let up = chart, opacity = 1; up; up = up.parentElement)
                seen.lowest = Math.min(seen.lowest, (opacity *= getComputedStyle(up).opacity));
        setTimeout(look, 50);
    };
    look();
}"""
MARK = """() => {
    document.querySelectorAll(".js-plotly-plot").forEach(chart => chart.stood = true);
    seen.changed = seen.clicked = 0;
    addEventListener("click", () => seen.clicked = performance.now(), { capture: true, once: true });
}"""
STILL = """() => {
    const now = performance.now(), changed = seen.changed > seen.clicked;
    const idle = document.querySelector("[data-testid=stApp]").dataset.testScriptState === "notRunning";
    return idle && (changed ? now - seen.changed > 700 : now - seen.clicked > 5000);
}"""
"""True once the last change is over, or no chart has anything to change."""
TOOK = """() => ({
    ms: seen.changed - seen.clicked,
    replaced: [...document.querySelectorAll(".js-plotly-plot")].filter(chart => !chart.stood).length,
})"""


def main() -> None:
    """Measure both views, ours and plain in turn."""
    print("| view | charts by | p50 ms | p95 ms | replaced | lowest opacity |\n|---|---|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        plain = Path(folder) / "plain.py"
        plain.write_text(PLAIN, encoding="utf-8")
        command = (sys.executable, "-m", "streamlit", "run", str(plain), "--server.port={port}")
        for view, path in VIEWS.items():
            with served() as ours, served(*command) as theirs:
                pages = {"our panel": ours, "st.plotly_chart": theirs}
                runs = {
                    name: clicks(browser.new_page(), f"http://localhost:{port}/{path}") for name, port in pages.items()
                }
                taken: dict[str, list[dict[str, float]]] = {name: [] for name in runs}
                for _ in range(STATES):
                    for name, run in runs.items():
                        taken[name].append(next(run))
            for name, each in taken.items():
                times = [one["ms"] for one in each if one["ms"] > 0]
                replaced = sum(one["replaced"] for one in each)
                lowest = min(one["lowest"] for one in each)
                late = quantiles(times, n=20)[-1]
                print(f"| {view} | {name} | {median(times):.0f} | {late:.0f} | {replaced:.0f} | {lowest:.2f} |")


def clicks(page: Page, address: str) -> Iterator[dict[str, float]]:
    """Press one chip after another, so that no state comes twice, and give what was seen after each."""
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.goto(address)
    page.wait_for_selector(PAINTED)
    page.wait_for_timeout(3000)
    page.evaluate(WATCH)
    for number in range(1, STATES + 1):
        chip = (number & -number).bit_length() - 1  # the digit that changes in a Gray code
        page.bring_to_front()
        page.evaluate(MARK)
        page.locator(".st-key-chips [role=checkbox]").nth(chip % CHIPS).click()
        page.wait_for_function(STILL, polling=100)
        yield page.evaluate(TOOK) | {"lowest": page.evaluate("() => seen.lowest")}


if __name__ == "__main__":
    main()
