"""A worker answers, tells how far it is, and ends: by itself, by its limits, or with whoever waits for it."""

import json
import os
import signal
import sys
from pathlib import Path

import pytest

from contested.ingest.worker import ANSWER, End, Exit, no_progress, run_worker

LINES = """import json, os, sys, time
from pathlib import Path
from contested.ingest.worker import limit_resources, progress_reporter
"""


@pytest.fixture
def work(tmp_path, monkeypatch):
    """Write a module of some lines and have a worker run it."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))
    folder = tmp_path / "folder"
    folder.mkdir()

    def run(lines, *, request=None, seconds=120, progress=no_progress):
        (tmp_path / "some_work.py").write_text(LINES + lines, encoding="utf-8")
        return run_worker("some_work", request or {}, folder, seconds, progress)

    run.folder = folder
    return run


def is_there(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_worker_answers_a_request(work):
    how = work("print(json.load(sys.stdin)['of'] + 1)", request={"of": 6})

    assert how == Exit(End.DONE)
    assert (work.folder / ANSWER).read_text(encoding="utf-8") == "7\n"


def test_a_long_answer_and_many_words_are_taken_in_full(work):
    how = work("print('x' * 3_000_000); print('words\\n' * 300_000, file=sys.stderr)")

    assert how == Exit(End.DONE)
    assert (work.folder / ANSWER).stat().st_size == 3_000_001


def test_it_tells_how_far_it_is(work):
    told = []
    work(
        "tell = progress_reporter()\nfor done in range(1, 7): tell(done, 6); time.sleep(0.11)",
        progress=lambda *one: told.append(one),
    )

    assert told
    assert told == sorted(told)
    assert {of for done, of in told if done} == {6}


def test_the_one_who_waits_is_asked_again_and_again_even_of_a_worker_that_says_nothing(work):
    told, enough = [], work.folder / "enough"

    def tell(*one):
        told.append(one)
        if len(told) == 3:
            enough.touch()

    assert work(f"while not Path({str(enough)!r}).exists(): time.sleep(0.01)", progress=tell) == Exit(End.DONE)

    assert set(told) == {(0, 0)}


class EnoughError(Exception):
    """What somebody throws who no longer wants to wait."""


def test_whoever_stops_waiting_ends_the_worker(work):
    def stop(_done, _of):
        if (work.folder / "pid").exists():
            raise EnoughError

    with pytest.raises(EnoughError):
        work(f"Path({str(work.folder)!r}, 'pid').write_text(str(os.getpid()))\ntime.sleep(600)", progress=stop)

    assert not is_there(int((work.folder / "pid").read_text(encoding="utf-8")))


def test_a_worker_that_takes_too_long_is_ended(work):
    pid = work.folder / "pid"
    how = work(
        f"Path({str(pid)!r}).write_text(str(os.getpid()))\nprogress_reporter()(1, 2)\ntime.sleep(600)", seconds=2
    )

    assert how == Exit(End.TIME)
    assert not pid.exists() or not is_there(int(pid.read_text(encoding="utf-8"))), "a busy machine had not begun it"


def test_a_worker_whose_processor_time_is_over_is_told_as_late(work):
    assert work("limit_resources(0, 10**9)\nwhile True: pass") == Exit(End.TIME)


def test_time_that_a_worker_waits_for_a_busy_machine_is_not_its_own(work):
    assert work("limit_resources(0.3, 10**9)\ntime.sleep(1)\nprint('1')") == Exit(End.DONE)


@pytest.mark.parametrize(
    "lines",
    [
        "limit_resources(60, 50_000_000)\nbytes(10**9)",
        "raise MemoryError",
        f"os.kill(os.getpid(), {signal.SIGKILL})",
        "os.abort()",
        "raise ImportError('libx.so: failed to map segment from shared object')",
    ],
)
def test_a_worker_without_memory_is_told_as_such(work, lines):
    assert work(lines) == Exit(End.MEMORY)


def test_a_fault_of_its_own_is_told_by_its_kind_and_place_and_not_as_too_much(work):
    how = work("def count(rows):\n    return rows['none']\ncount({})")

    assert how == Exit(End.FAULT, "KeyError in some_work.py, line 5")


def test_a_fault_is_told_without_the_words_of_the_file_that_shows_it(work):
    assert "secret" not in work("raise ValueError('secret: \\x1b[31m')").fault


def test_a_worker_that_a_signal_ends_is_told_as_a_fault(work):
    assert work(f"os.kill(os.getpid(), {signal.SIGSEGV})") == Exit(End.FAULT, "SIGSEGV")


def test_a_worker_that_gives_up_says_its_code(work):
    assert work("sys.exit(3)") == Exit(End.FAULT, "exit code 3")


def test_what_a_worker_lays_down_for_a_while_lies_in_its_folder(work):
    work("import tempfile\nprint(json.dumps(tempfile.mkdtemp()))")

    assert Path(json.loads((work.folder / ANSWER).read_text(encoding="utf-8"))).parent == work.folder
