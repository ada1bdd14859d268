"""What tests share: the Korday story, its store, and a way to ask them."""

import asyncio
import gc
import re
import time
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import settings

from contested import CHARTS, Selection, Store, answer, open_story

ROOT = Path(__file__).parents[1]

settings.register_profile("ci", deadline=None, max_examples=30, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=300)
settings.load_profile("ci")
"""No test asserts a time, so none fails on a slow machine; `make test` draws the same examples each time, `make
test-long` others, and ten times as many."""
WAITING = re.compile(r"/(browser|dashboard|wire)/|/test_(serve|terminal|completion|sandbox|worker)\.py$")
"""What waits for a browser, a server or a worker, and gets a second try, which is told."""
ONE_TRY = re.compile(r"kills|leaks|roles|who")
"""What guards the record and what is held back: there a fault in a thousand tries is one."""


def pytest_collection_modifyitems(items):
    for item in items:
        if WAITING.search(item.path.as_posix()) and not ONE_TRY.search(item.path.name):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_collection_finish():
    """Keep what is collected out of every later search for garbage: there are thousands of tests."""
    gc.freeze()


def dealt(ones, others, each):
    """Pair each one with so many of the others that all of both are tried; `make test-long` tries every pair."""
    pairs = [
        (one, other, (place - number * each) % len(others) >= each)
        for number, one in enumerate(ones)
        for place, other in enumerate(others)
    ]
    return [pytest.param(one, other, marks=pytest.mark.long if is_left else ()) for one, other, is_left in pairs]


def until(holds, *, seconds=60):
    """Wait for what another thread or process is about to do, however long it takes on a busy machine."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def awaited(coroutine):
    """Run a coroutine to its end in a thread of its own: an open browser keeps a loop running in that of the tests."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


@pytest.fixture(scope="session", autouse=True)
def desk_of_their_own(tmp_path_factory):
    """Keep what tests import away from the record of this machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONTESTED_RECORD", str(tmp_path_factory.mktemp("desk") / "record.sqlite"))
        yield


@pytest.fixture(scope="session")
def korday():
    """The story that the dashboard opens on."""
    return open_story(ROOT / "data" / "korday-2020")


@pytest.fixture(scope="session")
def korday_store(korday):
    return Store(korday.claims, korday.published())


@pytest.fixture(scope="session")
def ask(korday, korday_store):
    """Ask a chart of the Korday story, in its own time zone; an answer never changes, so that each is found once."""

    @lru_cache(400)
    def answered(key, selection):
        chart = next(chart for chart in CHARTS if chart.key == key)
        return answer(chart, korday, korday_store, selection)

    return lambda key, **chosen: answered(key, Selection.model_validate({"zone": "Asia/Almaty"} | chosen))
