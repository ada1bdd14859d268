"""What is open stays locked, and what is missing is told: asking whether a file is a record never lets go of it."""

import ast
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from tests.conftest import ROOT
from tests.record.writers import bring, current_claims, said

from contested.cli.main import main
from contested.model.problem import ConflictError, UnusableRecordError
from contested.record import is_record, open_record
from contested.record.backup import backup
from contested.record.release import release
from contested.record.verify import faults

ENVIRONMENT = {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", "PATH": os.environ["PATH"]}
STATE = "import sys; from tests.record.writers import said; from contested.record import open_record, is_record\n"
ANOTHER_STATES = STATE + "record = open_record(sys.argv[1]); print(said(record, sys.argv[2]).seq); record.close()"
KILLED = f"""{STATE}
import os
import signal
import subprocess
record = open_record(sys.argv[1], create=True)
said(record, "before")
assert is_record(sys.argv[1])
glance = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('select * from entry').fetchall(); c.close()"
subprocess.run([sys.executable, "-c", glance, sys.argv[1]], check=True)
print(said(record, "acknowledged").seq, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def run(program, *arguments):
    """Run a program in a process of its own; give how it ended, and what it said."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, check=False, timeout=120)  # noqa: S603 our own program
    return done.returncode, done.stdout.strip(), done.stderr


@pytest.fixture
def path(tmp_path):
    return tmp_path / "desk.record"


# Asking lets go of nothing


def test_an_open_reader_that_asks_whether_it_is_a_record_sees_every_later_entry(file, path):
    said(file)
    with closing(open_record(path)) as reader:
        file.close()
        for number in range(2, 6):
            assert reader.head.seq == number - 1
            assert is_record(path)
            assert run(ANOTHER_STATES, path, f"k{number}")[:2] == (0, str(number))
            assert reader.head.seq == number


def test_who_has_written_lets_go_of_the_lock_and_another_process_writes_next(file, path):
    said(file)

    assert run(ANOTHER_STATES, path, "k2")[:2] == (0, "2")
    assert said(file, "k3").seq == 3
    assert list(faults(file)) == []


def test_what_a_killed_writer_acknowledged_is_kept_though_it_asked_and_another_looked(path):
    code, acknowledged, told = run(KILLED, path)

    assert (code, acknowledged) == (-signal.SIGKILL, "2"), told
    with closing(open_record(path)) as record:
        assert [one.claim_id for one in current_claims(record)] == ["before", "acknowledged"]
        said(record, "next")
        assert list(faults(record)) == []


@pytest.mark.parametrize("content", [None, b"", b"claim_id,event_id\n" * 99, b"SQLite format 3\x00" + bytes(999)])
def test_what_is_no_record_is_not_taken_for_one(path, content):
    if content is not None:
        path.write_bytes(content)

    assert not is_record(path)
    assert content is None or path.read_bytes() == content


def test_a_record_is_known_as_one_and_so_is_an_address(file, path):
    assert file.head.seq == 0
    assert is_record(path)
    assert is_record("postgresql://desk")


# What is missing is told


def test_a_copy_without_its_log_is_refused_and_says_how_to_copy(file, path, tmp_path):
    for number in range(20):
        said(file, f"k{number}")
    shutil.copy(path, tmp_path / "copy.record")

    with pytest.raises(UnusableRecordError, match=r"copy.record was copied or moved without its log.*contested backup"):
        open_record(tmp_path / "copy.record")
    with pytest.raises(UnusableRecordError, match="without its log"):
        open_record(tmp_path / "copy.record", create=True)
    with closing(open_record(tmp_path / "backup.record", create=True)) as other:
        assert backup(file, other) == 20


def test_a_copy_with_its_log_is_whole(file, path, tmp_path):
    said(file)
    for ending in ("", "-wal"):
        shutil.copy(f"{path}{ending}", tmp_path / f"copy.record{ending}")

    with closing(open_record(tmp_path / "copy.record")) as copy:
        assert copy.head == file.head


def test_a_process_that_ends_leaves_a_file_that_can_be_copied(path, tmp_path):
    code, _, told = run(STATE + "said(open_record(sys.argv[1], create=True))", path)
    shutil.copy(path, tmp_path / "copy.record")

    assert code == 0, told
    with closing(open_record(tmp_path / "copy.record")) as copy:
        assert copy.head.seq == 1


def test_a_lost_log_is_told_where_it_lay_and_what_is_left_can_be_gone_on_with(path):
    run(KILLED, path)
    path.with_name("desk.record-wal").unlink()

    with pytest.raises(UnusableRecordError, match=r"not entry 2, which was recorded in it: its log .*-wal\) is lost"):
        open_record(path)
    path.with_name("desk.record.lock").unlink()
    with pytest.raises(UnusableRecordError, match="without its log"):
        open_record(path)


def test_an_older_copy_put_in_its_place_is_told_and_can_be_gone_on_with(file, path, tmp_path):
    said(file)
    file.close()
    shutil.copy(path, tmp_path / "older.record")
    said(file, "k2")
    file.close()
    shutil.move(tmp_path / "older.record", path)

    with pytest.raises(UnusableRecordError, match=r"holds 1 entry, but not entry 2.*delete desk.record.lock"):
        open_record(path)
    path.with_name("desk.record.lock").unlink()
    with closing(open_record(path)) as record:
        assert said(record, "k2").seq == 2


def test_a_look_by_another_program_after_a_kill_is_no_loss(path):
    run(KILLED, path)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("select count(*) from entry").fetchone() == (2,)

    with closing(open_record(path)) as record:
        assert record.head.seq == 2


# A record is not a file like others


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["export-record", "desk.record", "desk.record"], "desk.record is a record; write to another file"),
        (
            ["export", "story", str(ROOT / "data" / "korday-2020"), "--format", "csv", "--output", "desk.record"],
            "desk.record is a record; write to another file",
        ),
        (["import-record", "desk.record", "other.record"], "desk.record is a record, not a copy in lines"),
        (["load", "desk.record", "--store", "desk.record"], "desk.record"),
    ],
)
def test_a_record_is_neither_overwritten_nor_read_as_a_file(file, capsys, monkeypatch, path, command, told):
    said(file)
    monkeypatch.chdir(path.parent)

    assert main(command) == 2
    assert told in capsys.readouterr().err
    assert said(file, "k2").seq == 2
    assert list(faults(file)) == []


def test_a_record_among_the_files_of_a_release_is_refused(file, tmp_path, path):
    said(file)

    with pytest.raises(ConflictError, match=r"desk\.record is a record"):
        release(file, bring(tmp_path)._replace(files={"desk.record": path}))


OPENS = {"open", "read_bytes", "read_text", "write_bytes", "write_text", "copy2", "copyfile", "file_digest"}
HOMES = {
    ("record/sqlite.py", "_locked"): "the lock beside the record",
    ("record/sqlite.py", "_read_note"): "the same",
    ("record/release.py", "_hash"): "a file that is brought, once it is known to be no record",
    ("record/release.py", "_chunks"): "the same",
    ("cli/main.py", "main"): "the null device",
    ("cli/export.py", "_write"): "what is exported",
    ("record/decks.py", "_take_over"): "a deck that was a file of JSON",
    ("cli/record.py", "_export"): "lines",
    ("cli/record.py", "_import"): "lines",
    ("cli/serve.py", "_log_in"): "the settings of the log-in",
    ("cli/watch.py", "alone"): "the lock of a source that is watched",
    ("wire/folder.py", "new_files"): "a file that came in, once it is known to lie beside no record",
    ("wire/taking.py", "written_out"): "the same, from the quarantine",
    ("contested/library.py", "document_hashes"): "documents of a folder",
    ("dashboard/server.py", "page"): "Streamlit's page",
    ("dashboard/browser_component.py", "_name"): "the script of a component",
    ("dashboard/browser_component.py", "_renderer"): "the style of a component",
    ("importing/examination.py", "written_out"): "a dropped file",
    ("api/writing.py", "_checked"): "a file that is checked",
    ("importing/examination.py", "_found"): "what a sandbox found in it",
}
"""Where files are opened by modules that also open records, and which files those are."""


def test_no_module_that_opens_records_opens_the_file_of_one_itself():
    modules = [
        *ROOT.glob("src/contested/record/*.py"),
        *ROOT.glob("dashboard/**/*.py"),
        *ROOT.glob("src/contested/cli/*.py"),
        *ROOT.glob("src/contested/wire/*.py"),
        ROOT / "src" / "contested" / "library.py",
    ]
    found = {
        (f"{path.parent.name}/{path.name}", function.name)
        for path in modules
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and getattr(call.func, "attr", getattr(call.func, "id", "")) in OPENS
    }

    assert found == set(HOMES), "say which file it is, and that it is no record"


def test_sqlite_is_spoken_to_where_a_record_is_kept_and_what_lies_beside_it_is():
    speakers = [path.name for path in ROOT.glob("src/**/*.py") if "import sqlite3" in path.read_text(encoding="utf-8")]

    assert sorted(speakers) == ["beside.py", "quarantine.py", "roles.py", "sqlite.py"]  # each has a file of its own
