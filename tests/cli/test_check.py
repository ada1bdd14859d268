"""What `check` prints: every problem with its place and its mend, for a person or a program, and nothing that acts."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from tests.claims_for_tests import SIX, fields, table
from tests.conftest import ROOT, until

from contested.cli.main import main

KORDAY = ROOT / "data" / "korday-2020"
SHEET = {
    "record_id": "K-001",
    "account": "dungan",
    "source_name": "An interview",
    "event_type": "clash",
    "start": "2020-02-07T17:00",
    "status": "published",
    "recorded_at": "2020-02-11T09:00+06:00",
    "text": "They fought.",
}


@pytest.fixture
def check(capsys):
    def checking(path, *arguments):
        code = main(["check", str(path), *arguments, "--format", "json"])
        return code, json.loads(capsys.readouterr().out)

    return checking


def test_a_good_file_is_told_in_one_object(check, tmp_path):
    code, found = check(table(tmp_path / "claims.csv", SIX))

    assert code == 0
    assert found == {
        "file": "claims.csv",
        "format": "csv",
        "codebook": "native",
        "rows": 1,
        "accepted": 1,
        "rejected": 0,
        "claims": 1,
        "problems": [],
    }


def test_a_problem_is_told_with_its_seven_parts(check, tmp_path):
    code, found = check(table(tmp_path / "claims.csv", SIX, fields(claim_id="k2", measure="killed", best="dozens")))

    [problem] = found["problems"]
    assert code == 1
    assert (found["rows"], found["accepted"], found["rejected"]) == (2, 1, 1)
    assert list(problem) == ["code", "severity", "row", "column", "value", "reason", "fix"]
    assert (problem["severity"], problem["row"], problem["column"], problem["value"]) == ("error", 3, "best", "dozens")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.csv", b"", "E-FILE-EMPTY"),
        ("claims.csv", b"PK\x03\x04", "E-FILE-TYPE"),
        ("claims.csv", b"colour,size\nred,7\n", "E-HEAD-UNKNOWN"),
        ("claims.doc", b"", "E-FILE-TYPE"),
    ],
)
def test_a_file_that_is_refused_as_a_whole_ends_with_2_and_still_one_object(check, tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)

    ended, found = check(path)

    assert ended == 2
    assert [problem["code"] for problem in found["problems"]] == [code]
    assert (found["rows"], found["accepted"], found["rejected"], found["claims"]) == (0, 0, 0, 0)


def test_a_file_that_is_not_there_is_refused(check, tmp_path):
    code, found = check(tmp_path / "nowhere.csv")

    assert (code, found["problems"][0]["code"]) == (2, "E-FILE-NONE")


def test_a_zone_is_given_once_for_the_whole_file(check, tmp_path):
    path = table(tmp_path / "night.csv", SHEET)

    without, asked = check(path)
    code, found = check(path, "--clocks", "Asia/Almaty")

    assert (without, [problem["code"] for problem in asked["problems"]]) == (1, ["E-TZ-NONE"])
    assert (code, found["accepted"], found["codebook"]) == (0, 1, "sheet")


@pytest.mark.parametrize(
    ("zone", "near"), [("Mars/Olympus", "Asia/Almaty"), ("Europe/Berln", "Europe/Berlin"), ("localtime", "Africa/Lome")]
)
def test_a_zone_that_does_not_exist_is_refused_with_the_names_that_are_near(capsys, tmp_path, zone, near):
    path = table(tmp_path / "night.csv", SHEET)

    assert main(["check", str(path), "--clocks", zone]) == 2
    told = capsys.readouterr().err
    assert told == f"contested: --clocks {zone!r}: no such time zone; use an IANA name such as {near}\n"


def test_the_zone_that_times_are_shown_in_says_nothing_of_the_clocks_of_a_file(capsys, tmp_path):
    path = table(tmp_path / "night.csv", SHEET)

    with pytest.raises(SystemExit):
        main(["check", str(path), "--zone", "Asia/Almaty"])
    assert "unrecognized arguments: --zone" in capsys.readouterr().err


def test_what_stops_every_row_for_one_reason_is_listed_ten_times_and_counted(capsys, tmp_path):
    rows = [SHEET | {"record_id": f"K-{number}"} for number in range(30)]
    path = table(tmp_path / "night.csv", *rows)

    assert main(["check", str(path)]) == 1

    told = capsys.readouterr().out.splitlines()
    assert len(told) == 10 + 1 + 1
    assert told[10] == "night.csv: E-TZ-NONE start: 20 more like these, to row 31"
    assert told[11] == "night.csv: 0 of 30 rows accepted, no claims, 30 problems"


def test_the_codebook_may_be_chosen(check, tmp_path):
    code, found = check(table(tmp_path / "night.csv", SHEET), "--codebook", "native")

    assert (code, found["codebook"], found["accepted"]) == (1, "native", 0)


def test_accounts_of_a_story_of_one_s_own_are_named(check, tmp_path):
    path = table(tmp_path / "night.csv", SHEET | {"account": "harbour", "start": ""})

    refused, _ = check(path)
    code, found = check(path, "--account", "harbour", "--account", "city")

    assert (refused, code, found["accepted"]) == (1, 0, 1)


def test_a_side_table_s_problem_names_its_file_and_the_claims_are_counted(check, tmp_path):
    story = tmp_path / "story"
    shutil.copytree(KORDAY, story)
    places = (story / "places.csv").read_text(encoding="utf-8")
    (story / "places.csv").write_text(places.replace("42.9289", "142.9289", 1), encoding="utf-8")

    code, found = check(story)

    [places, *dangling] = found["problems"]
    assert code == 1
    assert (found["file"], found["rows"], found["accepted"]) == ("claims.csv", 244, 244)
    assert (places["file"], places["column"], places["value"]) == ("places.csv", "latitude", "142.9289")
    assert {problem["code"] for problem in dangling} == {"reference"}
    assert not any("file" in problem for problem in dangling)


def test_nothing_that_a_file_holds_acts_on_the_terminal(capsys, tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text(f"{','.join(SIX)},pl\x1b[2Jace\n{','.join(SIX.values())},\x1b]0;x\x07\x9b31m\n", encoding="utf-8")

    main(["check", str(path)])
    printed = capsys.readouterr().out
    main(["check", str(path), "--format", "json"])
    printed += capsys.readouterr().out

    assert all(letter.isprintable() or letter == "\n" for letter in printed)
    assert "\\x1b" in printed


def test_ask_takes_any_file_in_place_of_a_story(capsys, tmp_path):
    path = tmp_path / "claims.json"
    path.write_text(json.dumps([fields(measure="killed", best=8, stated_at="2020-02-08T10:00Z")]), encoding="utf-8")

    assert main(["ask", "casualty-counts", str(path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"][0]["best"] == 8


# How far it is, and how it is stopped


@pytest.fixture
def large(tmp_path):
    """Write a file that is not read in a moment."""
    path = tmp_path / "claims.csv"
    row = ",".join(list(SIX.values())[1:])
    path.write_text("\n".join([",".join(SIX), *(f"k{number},{row}" for number in range(60_000))]), encoding="utf-8")
    return path


@contextmanager
def checking(path, aside, **given):
    """Check a file as a person does at a terminal, and let what it lays down for a while lie aside."""
    aside.mkdir()
    environment = {**os.environ, "TMPDIR": str(aside), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "contested", "check", str(path)]
    with subprocess.Popen(command, env=environment, start_new_session=True, **given) as process:  # noqa: S603 our own
        yield process


def is_examining(process):
    """Say whether the process that examines the file runs by now."""
    for one in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            if os.getpgid(int(one.name)) == process.pid and b"ingest.sandbox" in (one / "cmdline").read_bytes():
                return True
    return False


def ended(group):
    """Say whether all processes of a terminal have ended."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_terminal_shows_how_far_the_reading_is_and_then_only_what_was_found(large, tmp_path):
    ours, theirs = os.openpty()
    with checking(large, tmp_path / "aside", stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        with suppress(OSError):
            while piece := os.read(ours, 1024):
                shown += piece
        told = process.stdout.read().decode()
    os.close(ours)

    assert re.search(rb"\r[\d,]+ of 60,001 lines read\x1b\[K", shown)
    assert shown.endswith(b"\r\x1b[K"), "the line is taken away"
    assert told == "claims.csv: 60,000 of 60,000 rows accepted, 60,000 claims, 0 problems\n"
    assert process.returncode == 0


def test_nothing_of_it_is_shown_where_nobody_looks(tmp_path):
    path = table(tmp_path / "claims.csv", SIX)
    with checking(path, tmp_path / "aside", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        told = process.communicate()

    assert told == (b"claims.csv: 1 of 1 row accepted, 1 claim, 0 problems\n", b"")


@pytest.fixture
def heeded():
    """Let programs heed Control-C: where the tests run in the background it is ignored, and they would inherit that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeded")
def test_control_c_stops_it_with_a_sentence_and_leaves_nothing_behind(large, tmp_path):
    aside = tmp_path / "aside"
    with checking(large, aside, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        until(lambda: is_examining(process) or process.poll() is not None)
        os.killpg(process.pid, signal.SIGINT)
        told = process.communicate()

    assert told == (b"", b"contested: stopped before it was done\n")
    assert process.returncode == 130
    until(lambda: ended(process.pid))
    assert list(aside.iterdir()) == []
