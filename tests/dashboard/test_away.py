"""A record that is locked, gone, moved on or out of room: the page says so, and loses nothing that was acknowledged."""

import os
import resource
import shutil
import subprocess
import sys
from contextlib import closing, contextmanager, suppress

import pytest
from streamlit.testing.v1 import AppTest
from tests.conftest import ROOT
from tests.dashboard.caches import fresh_caches
from tests.dashboard.test_import import GOOD, dropped, line, page, sheet
from tests.record.writers import BEN, current_claims, said

from contested.cli.main import main
from contested.record import open_record, sqlite
from contested.record.edits import withdraw
from contested.record.verify import faults

__all__ = ["page"]
"""A fixture of the tests of imports."""

SECOND = line(record_id="K-2")
ENVIRONMENT = {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", "PATH": os.environ["PATH"]}
WRITES = """
import sys
from contested.record import open_record
with open_record(sys.argv[1]).database.transaction():
    print("writing", flush=True)
    sys.stdin.read()
"""
LOCKS = """
import sqlite3
import sys
sqlite3.connect(sys.argv[1], isolation_level=None).execute("begin immediate")
print("locked", flush=True)
sys.stdin.read()
"""


@contextmanager
def another(program, path):
    """Have another process hold the record until it is done with."""
    command = [sys.executable, "-c", f"{program}\n", str(path)]
    holder = subprocess.Popen(  # noqa: S603 our own program
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT
    )
    assert holder.stdout.readline().strip() in {"writing", "locked"}
    yield holder
    holder.communicate("")


@pytest.fixture
def desk(tmp_path):
    return tmp_path / "desk.sqlite"


@pytest.fixture
def offered(page, desk, monkeypatch):
    """Offer a second file to a record that has taken in a first one."""
    monkeypatch.setattr(sqlite, "_LOCK_TIMEOUT", 0.5)
    dropped(page, "night.csv", sheet(GOOD))
    page.text_input(key="who").set_value("Ann").run()
    accept(page)
    assert "as entry 1" in page.success[0].value
    assert desk.is_file()
    return dropped(page, "day.csv", sheet(SECOND))


def accept(page):
    page.button(key="accept").click().run()
    assert not page.exception
    return " ".join(one.value for one in page.warning).replace("\\", "")


def is_kept(desk):
    """Say that the first import is there, and the second one too now."""
    with closing(open_record(desk)) as record:
        assert list(faults(record)) == []
        return [one.seq for one in record.entries()] == [1, 2] and len(list(current_claims(record, "day"))) == 1


def test_a_record_that_another_process_writes_to_names_it_and_takes_the_file_afterwards(offered, desk):
    with another(WRITES, desk) as writer:
        told = accept(offered)

    assert told.startswith(f"**Nothing was recorded.** Process {writer.pid} has been writing to desk.sqlite since 20")
    assert told.endswith("It gives way when it has written: try again then, or end it.")
    assert accept(offered) == ""
    assert is_kept(desk)


def test_a_record_that_another_program_has_locked_says_so_and_takes_the_file_afterwards(offered, desk):
    with another(LOCKS, desk):
        told = accept(offered)

    assert told == (
        "**Nothing was recorded.** The record desk.sqlite: another program has locked it; "
        "try again once it has let go of it, or end it."
    )
    assert accept(offered) == ""
    assert is_kept(desk)


def test_a_record_that_vanishes_is_not_begun_anew_and_goes_on_once_it_is_back(offered, desk, tmp_path):
    desk.rename(tmp_path / "elsewhere")

    told = accept(offered)

    assert told == (
        "**Nothing was recorded.** Desk.sqlite is gone or empty, but entry 1 was recorded in it: put it back; "
        "to begin a new record without it, delete desk.sqlite.lock."
    )
    assert not desk.exists()
    (tmp_path / "elsewhere").rename(desk)
    assert accept(offered.run()) == ""
    assert is_kept(desk)


def test_a_record_that_moved_on_is_told_and_the_difference_is_shown_anew(offered, desk):
    with closing(open_record(desk)) as record:
        said(record, "k1", story="day", hand=BEN)

    told = accept(offered)

    assert told.startswith("**Nothing was recorded.** Day has moved on since: 1 new entry; look at the difference")
    assert "by Ben at 20" in told
    assert accept(offered) == ""
    with closing(open_record(desk)) as record:
        assert len(list(current_claims(record, "day"))) == 2


@contextmanager
def no_file_grows():
    """Let no file grow beyond a page, as where a quota is used up."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def filled(disk):
    """Fill a disk to the last byte, and make room again."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    yield
    filler.unlink()


@pytest.fixture
def disk(tmp_path):
    """Lay a small disk of its own under the record, where the system lets us have one."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tmp_path)]
    if os.geteuid() or not shutil.which("mount") or subprocess.run(mount, check=False, capture_output=True).returncode:  # noqa: S603 our own words
        pytest.skip("the system gives nobody a disk here")
    yield tmp_path
    subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)  # noqa: S603, S607 our own words


def test_a_disk_that_refuses_is_told_and_what_was_acknowledged_stays(offered, desk):
    with no_file_grows():
        told = accept(offered)

    assert told.startswith("**Nothing was recorded.** The record desk.sqlite: the disk ")
    assert told.endswith("what was recorded before is kept.")
    assert accept(offered) == ""
    assert is_kept(desk)


def test_a_full_disk_is_told_and_what_was_acknowledged_stays(disk, offered, desk):
    with filled(disk):
        told = accept(offered)

    assert told == (
        "**Nothing was recorded.** The record desk.sqlite: the disk is full; "
        "make room on it, what was recorded before is kept."
    )
    assert accept(offered) == ""
    assert is_kept(desk)


@pytest.fixture
def shown(tmp_path, monkeypatch):
    """Show the Korday story from a record."""
    kept = tmp_path / "shown.record"
    assert main(["load", str(ROOT / "data" / "korday-2020"), "--store", str(kept)]) == 0
    monkeypatch.setenv("CONTESTED_STORY", str(kept))
    with fresh_caches():
        yield AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=120).run()


def test_a_record_that_vanishes_while_its_page_is_open_says_so_and_is_shown_once_it_is_back(shown, tmp_path):
    assert shown.title
    (tmp_path / "shown.record").rename(tmp_path / "elsewhere")

    shown.run()

    assert not shown.exception
    [told] = [one.value.replace("\\", "") for one in shown.warning]
    assert told.startswith("**This story cannot be opened.** ")
    assert told.endswith(
        "shown.record is no story: nothing is there; put it back, or name a folder, a file of claims or a record."
    )
    (tmp_path / "elsewhere").rename(tmp_path / "shown.record")
    shown.button(key="again-This story cannot be opened").click().run()
    assert shown.title
    assert not shown.warning


def test_a_page_of_a_record_that_another_program_has_locked_is_shown_all_the_same(shown, tmp_path):
    with another(LOCKS, tmp_path / "shown.record"):
        shown.run()

    assert shown.title
    assert not shown.warning
    with closing(open_record(tmp_path / "shown.record")) as record:
        withdraw(record, "korday-2020", "a001", BEN, 1)
