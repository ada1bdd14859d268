"""A served story and a browser, for measuring and for pictures."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[1]
PAINTED = ".js-plotly-plot .main-svg"


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Say whether the server answers its health check."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1) as reply:
            return bool(reply.status == 200)  # noqa: PLR2004 OK
    except OSError:
        return False


@contextmanager
def served(*command: str, port: int = 0) -> Iterator[int]:
    """Serve the story, by default as `contested serve` does, until left."""
    port = port or free_port()
    given = [part.format(port=port) for part in command] or [
        sys.executable,
        "-m",
        "contested",
        "serve",
        f"--port={port}",
    ]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(given, cwd=ROOT, start_new_session=True, **quiet)  # noqa: S603 our own program
    try:
        while not answers(port):
            time.sleep(0.01)
        yield port
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()
        while answers(port):
            time.sleep(0.01)


def _program() -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)))


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open a browser that keeps nothing."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_program(), args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def profiles(*names: str) -> Iterator[dict[str, BrowserContext]]:
    """Open a browser for each name that keeps what it loads, as a person's does."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        opened = {
            name: playwright.chromium.launch_persistent_context(
                Path(folder) / str(number), executable_path=_program(), args=["--no-sandbox"]
            )
            for number, name in enumerate(names)
        }
        yield opened
        for context in opened.values():
            context.close()


def opened(browser: Browser, address: str, **context: object) -> Page:
    """Open an address in a new session and wait for its first chart."""
    page = browser.new_context(**context).new_page()  # type: ignore[arg-type] # Playwright's own options
    page.goto(address)
    page.wait_for_selector(PAINTED)
    return page
