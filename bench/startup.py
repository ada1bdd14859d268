"""How long from `make run` to the first painted chart, beside a Streamlit page that shows one empty chart."""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from browser import chromium, opened, served

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
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(RUNS):
            for name, command in commands.items():
                begun = time.perf_counter()
                with served(*command) as port:
                    page = opened(browser, f"http://localhost:{port}/")
                    times[name].append(time.perf_counter() - begun)
                    page.context.close()
    print("| start to first painted chart | median s | min s | max s |\n|---|--:|--:|--:|")
    for name, seconds in times.items():
        print(f"| {name} | {median(seconds):.2f} | {min(seconds):.2f} | {max(seconds):.2f} |")


if __name__ == "__main__":
    main()
