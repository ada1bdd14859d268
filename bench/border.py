"""How long, and in how much memory, a bad file is refused; and how soon the server answers others meanwhile.

Each file goes through `contested check` as a person runs it; then each bomb is dropped on the page of imports.
"""

import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

from browser import ROOT, chromium, served

sys.path.insert(0, str(ROOT))
from tests.bad_inputs.bombs import BOMBS

BAD_INPUTS = ROOT.parent / "shared" / "bad_inputs"
EVERY = 0.015
REFUSED = "The file cannot be read"


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
    connection = HTTPConnection("127.0.0.1", port)
    while not told.poll():
        begun = time.perf_counter()
        connection.request("GET", "/_stcore/health")
        connection.getresponse().read()
        times.append(time.perf_counter() - begun)
        time.sleep(EVERY)
    told.send(times)


def health(port: int) -> Iterator[list[float]]:
    """Ask for the health of a server beside what is done; give the times when it is done."""
    here, there = multiprocessing.Pipe()
    asker = multiprocessing.get_context("spawn").Process(target=asking, args=(port, there))
    asker.start()
    times: list[float] = []
    yield times
    here.send("enough")
    times += here.recv()
    asker.join()


def dropped(files: list[Path]) -> None:
    """Drop each file on the page of imports, and say how soon the server answered others until it was refused."""
    with served() as port, chromium() as browser:
        page = browser.new_page()
        for path in files:
            page.goto(f"http://localhost:{port}/import")
            page.wait_for_selector("input[type=file]", state="attached")
            page.wait_for_timeout(1000)
            around = health(port)
            times = next(around)
            time.sleep(0.5)
            begun = time.perf_counter()
            page.locator("input[type=file]").set_input_files(path)
            page.get_by_role("heading", name=REFUSED).or_(page.locator("table")).first.wait_for(timeout=120_000)
            took = time.perf_counter() - begun
            next(around, None)
            slow = sum(one > 0.1 for one in times)  # noqa: PLR2004 the bound
            print(
                f"| {path.name} | {path.stat().st_size / 1e6:.1f} | {took:.1f} | {len(times)} | "
                f"{median(times) * 1000:.1f} | {max(times) * 1000:.1f} | {slow} |",
                flush=True,
            )


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        bombs = []
        for name, (write, _) in BOMBS.items():
            bombs.append(Path(folder) / name)
            bombs[-1].write_bytes(write())
        manifest = BAD_INPUTS / "manifest.json"
        named = json.loads(manifest.read_text(encoding="utf-8")) if manifest.is_file() else []
        print("| `contested check` | | median | worst | which |\n|---|---|--:|--:|---|")
        if named:
            report("files of the manifest", [BAD_INPUTS / one["file"] for one in named])
        report("bombs", bombs)
        print("\n| bomb dropped on the page | MB | refused after s | health asked | median ms | worst ms | over 100 |")
        print("|---|--:|--:|--:|--:|--:|--:|")
        dropped(bombs)


if __name__ == "__main__":
    main()
