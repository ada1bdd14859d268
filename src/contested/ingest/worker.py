"""Run work in a process of its own that may take more time or memory than it should.

It tells how far it is, and ends with whoever waits for it; what it leaves in its folder is for the one who gave it.
"""

import json
import math
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from signal import ITIMER_PROF, SIGABRT, SIGKILL, Signals, setitimer
from typing import Any, NamedTuple

Progress = Callable[[int, int], object]
"""Takes how much is done, and of how much; of 0 where nobody knows."""

ANSWER = "answer.jsonl"
_BEAT = 0.1
_SHORTEST = 0.001
"""Seconds; none at all would switch the timer off."""
_STEP_BACK = 5
_LAST = 8192
"""How many of its last words show why a worker ended."""
_HOW_FAR = re.compile(rb"^(\d+) of (\d+)\n", re.MULTILINE)
_PLACE = re.compile(rb'  File "(?:[^"\n]*/)?([^"/\n]+)", line (\d+)')
_NO_MEMORY = re.compile(rb"MemoryError|cannot allocate memory|failed to map segment", re.IGNORECASE)


class End(StrEnum):
    """How a worker ends."""

    DONE = "done"
    TIME = "time"
    MEMORY = "memory"
    FAULT = "fault"


class Exit(NamedTuple):
    """How a worker ended, and after a fault of the program its exception and place."""

    how: End
    fault: str = ""


def no_progress(_done: int, _of: int) -> None:
    """Report no progress."""


def run_worker(module: str, request: Mapping[str, Any], folder: Path, seconds: float, progress: Progress) -> Exit:
    """Run a module on a JSON request, its output in a folder; whatever ends the waiting kills the worker.

    The seconds are those of the clock: they end what sleeps.
    """
    asked = folder / "request.json"
    asked.write_text(json.dumps(request), encoding="utf-8")
    with (
        asked.open("rb") as given,
        (folder / ANSWER).open("wb") as answer,
        subprocess.Popen(  # noqa: S603 our own program
            [sys.executable, "-P", "-m", module],
            stdin=given,
            stdout=answer,
            stderr=subprocess.PIPE,
            bufsize=0,
            env={**os.environ, "TMPDIR": str(folder), "ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2"},
        ) as process,
    ):
        try:
            return _wait(process, time.monotonic() + seconds, progress)
        finally:
            process.kill()


def _wait(process: subprocess.Popen[bytes], end: float, progress: Progress) -> Exit:
    """Report the progress of a process until it ends, or until a time of the monotonic clock."""
    done, of, words = 0, 0, b""
    assert process.stderr is not None  # noqa: S101 it was opened as a pipe
    with DefaultSelector() as ready:
        ready.register(process.stderr, EVENT_READ)
        while time.monotonic() < end:
            if ready.select(_BEAT):
                said = process.stderr.read(_LAST)
                if not said:
                    return _exit_of(process.wait(), words)
                words = (words + said)[-_LAST:]
                done, of = map(int, (_HOW_FAR.findall(words) or [(done, of)])[-1])
            progress(done, of)
    return Exit(End.TIME)


def _exit_of(code: int, words: bytes) -> Exit:
    """Tell how a process ended from its exit code and the end of its error output."""
    if code == 0:
        return Exit(End.DONE)
    if -code in {getattr(Signals, "SIGPROF", 0), getattr(Signals, "SIGXCPU", 0)}:
        return Exit(End.TIME)
    if code in {-SIGKILL, -SIGABRT} or _NO_MEMORY.search(words):
        return Exit(End.MEMORY)
    if code < 0:
        return Exit(End.FAULT, Signals(-code).name)
    kind = re.search(rb"^([A-Za-z_.]+)(?=:|$)", words.strip().rpartition(b"\n")[2])
    where = [f"{name.decode()}, line {number.decode()}" for name, number in _PLACE.findall(words)]
    return Exit(End.FAULT, " in ".join([kind[0].decode() if kind else f"exit code {code}", *where[-1:]]))


def progress_reporter() -> Progress:
    """Report the progress of this process on its error output: at once, then a few times a second at most."""
    last = -math.inf

    def tell(done: int, of: int) -> None:
        nonlocal last
        if (now := time.monotonic()) - last > _BEAT:
            last = now
            os.write(sys.stderr.fileno(), f"{done} of {of}\n".encode())

    return tell


def limit_resources(seconds: float, memory: int) -> None:
    """Lower the priority of this process and limit what it may take beyond what it has now, where the system can.

    The seconds are those of the processor: waiting for a busy machine does not count.
    """
    try:
        import resource  # noqa: PLC0415 not on every system
    except ImportError:
        return
    os.nice(_STEP_BACK)
    setitimer(ITIMER_PROF, max(seconds, _SHORTEST))
    last = int(time.process_time() + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (last, last + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    taken = Path("/proc/self/statm")
    if taken.is_file():
        most = int(taken.read_text(encoding="ascii").split()[0]) * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
