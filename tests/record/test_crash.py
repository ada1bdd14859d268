"""What was acknowledged survives: kills, damaged logs, full disks and second writers."""

import contextlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.claims_for_tests import claim, fields, table
from tests.conftest import ROOT, until
from tests.record.kills import MANY, states
from tests.record.writers import brought, current_claims, said

from contested.model.problem import UnusableRecordError
from contested.record import open_record
from contested.record.verify import faults

DAMAGES = 300
FILE_LIMIT = 400_000


def python(module, *arguments, **more):
    """Run a module of ours in a process of its own."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    environment = {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", "PATH": "/usr/bin:/bin"}
    return subprocess.run(  # noqa: S603 our own program
        command, check=True, capture_output=True, text=True, env=environment, cwd=ROOT, timeout=300, **more
    ).stdout


# Kills


@pytest.mark.parametrize("kills", [25, pytest.param(250, marks=pytest.mark.long)])
def test_kills_lose_nothing_acknowledged_and_tear_nothing(record, address, tmp_path, kills):
    record.close()

    heard = json.loads(python("tests.record.kills", address, kills, tmp_path))

    assert len(heard) >= kills
    kept = {one.claim_id for one in current_claims(record, "kills")}
    assert {name for number in heard for name in states(number)} <= kept
    for name in kept:
        assert set(states(int(name.partition("-")[0]))) <= kept, f"half an import: {name}"
    assert sum(len(states(number)) == MANY for number in heard) > 0
    assert list(faults(record)) == []
    said(record, "after all", story="kills")
    record.close()


# Damaged logs


def test_three_hundred_damaged_logs_open_as_a_beginning_of_what_was_recorded(file, tmp_path):
    said(file, "k0")
    for number in range(1, 30):
        said(file, f"k{number}")
    path, log = tmp_path / "desk.record", tmp_path / "desk.record-wal"
    whole, log_bytes = [entry.hash for entry in file.entries()], log.read_bytes()
    shutil.copy(path, tmp_path / "before.record")
    chance, lengths = random.Random(5), set()  # noqa: S311 repeatable

    for turn in range(DAMAGES):
        home = tmp_path / f"turn{turn}"
        home.mkdir()
        shutil.copy(tmp_path / "before.record", home / "desk.record")
        (home / "desk.record-wal").write_bytes(damaged(log_bytes, turn, chance))
        with contextlib.closing(open_record(home / "desk.record")) as opened:
            found = [entry.hash for entry in opened.entries()]
            assert found == whole[: len(found)]
            assert list(faults(opened)) == []
            said(opened, "next")
        lengths.add(len(found))

    assert min(lengths) < 5
    assert max(lengths) >= 29


def damaged(log, turn, chance):
    """Cut a log off, blank a stretch of it, or flip one bit of it."""
    place = chance.randrange(len(log))
    if turn % 3 == 0:
        return log[:place]
    if turn % 3 == 1:
        return log[:place] + bytes(min(512, len(log) - place)) + log[place + 512 :]
    return log[:place] + bytes([log[place] ^ 1 << chance.randrange(8)]) + log[place + 1 :]


# Waiting for the disk


def commits(log):
    """Count what a write-ahead log holds as whole: the frames that name the size of the file after them."""
    content, frame = log.read_bytes()[32:], 24 + 4096
    return sum(content[place + 4 : place + 8] != bytes(4) for place in range(0, len(content), frame))


def line_up(file, waiting):
    until(lambda: len(file.database._pending) == len(waiting))  # noqa: SLF001 nothing else says that all of them wait


def test_editors_who_wait_for_their_turn_are_kept_by_one_waiting_for_the_disk(file, tmp_path):
    log = tmp_path / "desk.record-wal"
    said(file, "first")
    before = commits(log)

    with ThreadPoolExecutor(8) as editors:
        with file.database.transaction():
            waiting = [editors.submit(said, file, f"k{number}") for number in range(8)]
            line_up(file, waiting)
        heard = [one.result() for one in waiting]

    assert sorted(entry.seq for entry in heard) == list(range(2, 10))
    assert len(list(file.entries())) == 9
    assert commits(log) - before < 8 / 2
    assert list(faults(file)) == []


def test_where_the_disk_refuses_all_who_waited_together_are_told_and_nothing_is_kept_of_them(file):
    said(file, "first")
    head, before = file.head, resource.getrlimit(resource.RLIMIT_FSIZE)

    with ThreadPoolExecutor(8) as editors:
        with file.database.transaction():
            waiting = [editors.submit(said, file, f"k{number}", summary="x" * 9000) for number in range(8)]
            line_up(file, waiting)
            resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
        told = [one.exception() for one in waiting]
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert all(isinstance(one, UnusableRecordError) for one in told)
    assert all("the record desk.record: " in str(one) for one in told)
    assert file.head == head
    said(file, "when there is room again")
    assert list(faults(file)) == []


# Full disks


def test_a_full_disk_is_told_and_loses_nothing_acknowledged(file, tmp_path):
    file.close()

    heard = python("tests.record.test_crash", tmp_path / "desk.record", preexec_fn=limited).split("\n")

    assert heard[-2].startswith("refused: the record desk.record: ")
    numbers = [int(line) for line in heard[:-2]]
    assert len(numbers) > 10
    kept = {one.claim_id for one in current_claims(file, "night")}
    assert {str(number) for number in numbers} <= kept
    assert list(faults(file)) == []
    said(file, "when there is room again")


def limited():
    """Let no file grow further, as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_LIMIT, FILE_LIMIT))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def fill(address):
    """Write until there is no more room, then say so."""
    record = open_record(address)
    for number in range(100_000):
        try:
            said(record, str(number), summary="x" * 2000)
        except UnusableRecordError as error:
            sys.stdout.write(f"refused: {error}\n")
            return
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def test_an_import_that_finds_the_disk_full_leaves_the_record_as_it_was(file, tmp_path):
    said(file)
    head = file.head
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_LIMIT, before[1]))
    try:
        (tmp_path / "claims.csv").write_bytes(b"x" * (FILE_LIMIT - 1))
        with pytest.raises(UnusableRecordError):
            brought(file, tmp_path, claim(claim_id="new"), text="x" * (FILE_LIMIT - 1))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert file.head == head
    assert list(faults(file)) == []
    brought(file, tmp_path, claim(claim_id="new"))


# One writer


def test_two_writers_of_a_file_take_turns(file, tmp_path):
    second = open_record(tmp_path / "desk.record")

    for number in range(0, 10, 2):
        said(file, f"k{number}")
        said(second, f"k{number + 1}")

    assert [one.claim_id for one in current_claims(file, "night")] == [f"k{number}" for number in range(10)]
    assert list(faults(second)) == []
    second.close()
    said(file, "after the other has closed")


def test_a_writer_who_waited_in_vain_is_told_who_writes_since_when_and_what_to_do(file, tmp_path):
    said(file)
    second = open_record(tmp_path / "desk.record")
    second.database.timeout = 0.1

    with (
        file.database.transaction(),
        pytest.raises(
            UnusableRecordError,
            match=rf"process {os.getpid()} has been writing to desk.record since 20\S+Z; nothing was recorded. "
            r"It gives way when it has written: try again then, or end it",
        ),
    ):
        said(second, "k2")

    assert [one.claim_id for one in current_claims(second, "night")] == ["k1"]
    said(second, "k2")
    second.close()


def test_a_load_goes_into_a_record_that_another_process_has_written_to_and_has_open(file, tmp_path):
    said(file)

    load = [sys.executable, "-m", "contested", "load", table(tmp_path / "day.csv", fields(claim_id="a"))]
    done = subprocess.run(  # noqa: S603 our own program
        [*load, "--store", tmp_path / "desk.record"], capture_output=True, text=True, check=False, timeout=120
    )

    assert (done.returncode, "recorded as entry 2 of story day" in done.stdout) == (0, True), done.stderr
    assert file.stories() == ["night", "day"]
    said(file, "k2")
    assert list(faults(file)) == []


def test_whoever_only_reads_is_in_nobody_s_way(file, tmp_path):
    said(file)
    readers = [open_record(tmp_path / "desk.record") for _ in range(5)]

    said(file, "k2")

    assert [reader.head for reader in readers] == [file.head] * 5
    for reader in readers:
        reader.close()


def test_a_reader_cannot_write(file):
    said(file)

    with pytest.raises(UnusableRecordError, match="readonly"):
        file.database.query("insert into revision values ('a', 'b', 1, 1, 'stated')")


# What is no record


@pytest.mark.parametrize(
    "content", [b"claim_id,event_id\n", b"SQLite format 3\x00", b"SQLite format 3\x00" + bytes(999)]
)
def test_a_file_that_is_no_record_is_refused(tmp_path, content):
    path = tmp_path / "desk.record"
    path.write_bytes(content)

    with pytest.raises(UnusableRecordError, match=r"desk\.record"):
        open_record(path)
    assert path.read_bytes() == content


def test_a_file_that_is_something_else_is_not_made_a_record(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text("claim_id,event_id\n", encoding="utf-8")

    with pytest.raises(UnusableRecordError, match=r"claims\.csv: file is not a database"):
        open_record(path, create=True)

    assert path.read_text(encoding="utf-8") == "claim_id,event_id\n"


def test_an_address_of_an_unknown_kind_names_the_known_ones():
    with pytest.raises(
        UnusableRecordError, match=r"mysql:// is no record; give a file, or one of sqlite://, postgresql"
    ):
        open_record("mysql://desk")


def test_a_server_that_is_not_there_is_told_without_its_password():
    with pytest.raises(UnusableRecordError) as caught:
        open_record("postgresql://desk:opensesame@127.0.0.1:1/desk?connect_timeout=2")

    assert "opensesame" not in str(caught.value)


if __name__ == "__main__":
    fill(sys.argv[1])
