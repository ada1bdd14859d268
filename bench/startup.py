"""How long from `make run` to the first painted chart, beside a Streamlit page that shows one empty chart.

The first start finds the browser's cache empty; every later one finds in it what the first has left, as a user's does.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from browser import PAINTED, chromium, free_port, served

NAIVE = """
import pandas as pd
import plotly.express as px
import streamlit as st
st.plotly_chart(px.bar(pd.DataFrame({"hour": [1], "clashes": [1]}), x="hour", y="clashes"))
"""
RUNS = 5


def main() -> None:
    """Measure both, in turn."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
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
        starts = {name: started(browser, command) for name, command in commands.items()}
        times: dict[str, list[float]] = {name: [next(times)] for name, times in starts.items()}
        for _ in range(RUNS):
            for name, again in starts.items():
                times[name].append(next(again))
    print("| start to first painted chart | first s | later, median s | min s | max s |\n|---|--:|--:|--:|--:|")
    for name, (first, *later) in times.items():
        print(f"| {name} | {first:.2f} | {median(later):.2f} | {min(later):.2f} | {max(later):.2f} |")


def started(browser: Browser, command: tuple[str, ...]) -> Iterator[float]:
    """Start again and again at one address, with one browser cache, and give the seconds each start took."""
    port, context = free_port(), browser.new_context()
    while True:
        begun = time.perf_counter()
        with served(*command, port=port):
            page = context.new_page()
            page.goto(f"http://localhost:{port}/")
            page.wait_for_selector(PAINTED)
            seconds = time.perf_counter() - begun
            page.close()
        yield seconds


if __name__ == "__main__":
    main()
