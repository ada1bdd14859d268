"""How long, and in how much memory, a bad file is refused; and how soon the server answers others meanwhile.

Each file goes through `contested check` as a person runs it; then each bomb is dropped on the page of imports.
"""

import json
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

from browser import ROOT, chromium, served

sys.path.insert(0, str(ROOT))
from tests.bad_inputs.bombs import BOMBS

BAD_INPUTS = ROOT.parent / "shared" / "bad_inputs"
EVERY = 0.015
LATE = 0.1
REFUSED = re.compile("The file cannot be read|rows? can be accepted")


def checked(path: Path) -> tuple[float, float, float]:
    """Check a file from the terminal: give the seconds, those of the processor, and the peak memory in MB."""
    command = [sys.executable, "-m", "contested", "check", str(path)]
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 our own
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


def report(what: str, files: list[Path]) -> None:
    """Print the slowest and the largest of some files."""
    taken = {path.name: checked(path) for path in files}
    for column, unit in enumerate(("s", "s of processor", "MB at most")):
        name, worst = max(((name, one[column]) for name, one in taken.items()), key=lambda one: one[1])
        middle = median(one[column] for one in taken.values())
        print(f"| {len(files)} {what} | {unit} | {middle:.2f} | {worst:.2f} | {name} |")


def asking(port: int, told: Connection) -> None:
    """Ask for the health of a server again and again until told to stop; give how long each answer took."""
    times: list[float] = []
    while not told.poll():
        begun = time.perf_counter()
        with closing(HTTPConnection("127.0.0.1", port)) as connection:
            connection.request("GET", "/_stcore/health")
            connection.getresponse().read()
        times.append(time.perf_counter() - begun)
        time.sleep(EVERY)
    told.send(times)


@contextmanager
def health(port: int) -> Iterator[list[float]]:
    """Ask for the health of a server beside what is done; give the times when it is done."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    asker = spawn.Process(target=asking, args=(port, there))
    asker.start()
    time.sleep(1)
    times: list[float] = []
    try:
        yield times
    finally:
        here.send("enough")
        times += here.recv()
        asker.join()


def said(what: str, took: float, times: list[float]) -> None:
    """Print how soon the server answered others meanwhile."""
    late = sum(one > LATE for one in times)
    worst = max(times) * 1000
    print(f"| {what} | {took:.1f} | {len(times)} | {median(times) * 1000:.1f} | {worst:.1f} | {late} |", flush=True)


def dropped(files: list[Path]) -> None:
    """Drop each file on the page of imports, and ask for the server's health until it is refused."""
    with served() as port, chromium() as browser:
        page = browser.new_page()
        for path in files:
            page.goto(f"http://localhost:{port}/import")
            page.locator("input[type=file]").wait_for(state="attached")
            page.wait_for_timeout(1000)
            with health(port) as times:
                begun = time.perf_counter()
                page.locator("input[type=file]").set_input_files(path)
                page.get_by_role("heading", name=REFUSED).wait_for(timeout=120_000)
                took = time.perf_counter() - begun
            said(f"{path.name} ({path.stat().st_size / 1e6:.1f} MB)", took, times)
        with health(port) as times:
            time.sleep(5)
        said("nothing", 5, times)


def bombs(folder: Path) -> None:
    """Write the bombs, in a process of its own: what is begun by a large one is counted as large."""
    for name, (write, _) in BOMBS.items():
        (folder / name).write_bytes(write())


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        writer = multiprocessing.get_context("spawn").Process(target=bombs, args=(Path(folder),))
        writer.start()
        writer.join()
        files = sorted(Path(folder).iterdir())
        manifest = BAD_INPUTS / "manifest.json"
        named = json.loads(manifest.read_text(encoding="utf-8")) if manifest.is_file() else []
        print("| `contested check` | | median | worst | which |\n|---|---|--:|--:|---|")
        if named:
            report("files of the manifest", [BAD_INPUTS / one["file"] for one in named])
        report("bombs", files)
        print("\n| dropped on the page | refused after s | health asked | median ms | worst ms | over 100 ms |")
        print("|---|--:|--:|--:|--:|--:|")
        dropped(files)


if __name__ == "__main__":
    main()
