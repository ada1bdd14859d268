"""How long from `make run` to the first painted chart, beside a Streamlit page that shows one empty chart.

The first start finds the browser's cache empty; every later one finds in it what the first has left, as a user's does.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from playwright.sync_api import BrowserContext

from browser import PAINTED, free_port, profiles, served

NAIVE = """
import pandas as pd
import plotly.express as px
import streamlit as st
st.plotly_chart(px.bar(pd.DataFrame({"hour": [1], "clashes": [1]}), x="hour", y="clashes"))
"""
RUNS = 5


def main() -> None:
    """Measure both, in turn."""
    with tempfile.TemporaryDirectory() as folder, profiles("contested", "naive") as browsers:
        naive = Path(folder) / "naive.py"
        naive.write_text(NAIVE, encoding="utf-8")
        commands = {
            "contested: make run": ("make", "run", "PORT={port}"),
            "naive: one empty chart": (
                sys.executable,
                "-m",
                "streamlit",
                "run",
                str(naive),
                "--server.headless=true",
                "--server.port={port}",
                "--browser.gatherUsageStats=false",
            ),
        }
        starts = {
            name: started(browser, command)
            for (name, command), browser in zip(commands.items(), browsers.values(), strict=True)
        }
        times: dict[str, list[float]] = {name: [next(times)] for name, times in starts.items()}
        for _ in range(RUNS):
            for name, again in starts.items():
                times[name].append(next(again))
    print("| start to first painted chart | first s | later, median s | min s | max s |\n|---|--:|--:|--:|--:|")
    for name, (first, *later) in times.items():
        print(f"| {name} | {first:.2f} | {median(later):.2f} | {min(later):.2f} | {max(later):.2f} |")


PAINTED_AT = """
new MutationObserver((_, watch) => {
  if (document.querySelector("%s")) {
    watch.disconnect()
    requestAnimationFrame(() => setTimeout(() => (window.paintedAt = Date.now())))
  }
}).observe(document, { childList: true, subtree: true })
"""
"""Notes in the page itself when its first chart was painted: asked from outside, a busy page answers late."""


def started(browser: BrowserContext, command: tuple[str, ...]) -> Iterator[float]:
    """Start again and again at one address, with one browser, and give the seconds each start took."""
    port = free_port()
    browser.add_init_script(PAINTED_AT % PAINTED)
    while True:
        begun = time.time()
        with served(*command, port=port):
            page = browser.new_page()
            page.goto(f"http://localhost:{port}/", wait_until="commit")
            painted = page.wait_for_function("() => window.paintedAt").json_value()
            page.close()
        yield painted / 1000 - begun


if __name__ == "__main__":
    main()
