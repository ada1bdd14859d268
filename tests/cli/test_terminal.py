"""The terminal: what is asked, what comes back, and how it ends."""

import csv
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from tests.conftest import ROOT, until

from contested import CHARTS, Selection
from contested.cli.main import main

KORDAY = ROOT / "data" / "korday-2020"


def ask(capsys, *arguments):
    code = main(["ask", *arguments])
    return code, capsys.readouterr()


OF_OTHERS = {"killed-over-time", "who-against-whom", "clashes-by-group", "killed-by-group"}
"""Charts of data sets and of groups, which the example, whose accounts give totals and kept no column, has none of."""


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
def test_every_chart_answers_in_json(capsys, chart):
    code, told = ask(capsys, chart.key, "--format", "json")

    document = json.loads(told.out)
    assert code == 0
    assert document["chart"] == chart.key
    assert bool(document["rows"]) is (chart.key not in OF_OTHERS)


def test_the_csv_holds_the_same_rows(capsys):
    _, told = ask(capsys, "response-delays", "--format", "csv")

    [row] = csv.DictReader(io.StringIO(told.out))
    assert (row["account"], row["shortest_minutes"], row["longest_minutes"]) == ("vlast", "300", "360")
    assert len(row["claim_ids"].split(";")) == 3


def test_the_csv_carries_its_filter_and_names_the_sources_of_each_row(capsys):
    _, told = ask(capsys, "casualty-counts", "--account", "hromadske", "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(told.out)))
    assert list(rows[0])[-2:] == ["stamp", "sources"]
    assert {row["stamp"][: len(STAMP)] for row in rows} == {STAMP}
    assert all(row["sources"].startswith("Hromadske International, after Vlast, “Ethnic") for row in rows)
    assert all("accessed by 22 November 2026" in row["sources"] for row in rows)


STAMP = "As known from all claims · Asia/Almaty · according to Hromadske · 16 accounts hidden"


def test_a_scenario_and_a_rule_are_asked_for_as_in_a_link(capsys):
    _, told = ask(capsys, "response-delays", "--scenario=start=officials,stop=vlast", "--units=every", "--format=json")
    document = json.loads(told.out)
    assert document["selection"]["scenario"] == "start=officials,stop=vlast"
    assert [row["shortest_minutes"] for row in document["rows"]] == [300, 240]

    _, told = ask(capsys, "casualty-counts", "--resolution=hromadske")
    assert told.out.startswith("10 people killed, Hromadske preferred; set aside: Officials")


def test_the_table_says_the_sentence_the_caveat_and_the_stamp(capsys):
    _, told = ask(capsys, "response-delays")

    assert told.out.startswith("It took 5 to 6 hours from onset to arrival, according to Vlast")
    assert "There is no single response time" in told.out
    assert "As known from all claims · Asia/Almaty · all accounts" in told.out


def test_every_filter_narrows(capsys):
    _, told = ask(
        capsys,
        "timeline",
        "--account=vlast",
        "--account=officials",
        "--side=dungan",
        "--kind=arrival",
        "--from=2020-02-07T22:00+06:00",
        "--to=2020-02-08T01:00+06:00",
        "--as-known-at=2020-02-12T00:00+06:00",
        "--format=json",
    )

    document = json.loads(told.out)
    assert [(row["account"], row["kind"]) for row in document["rows"]] == [("vlast", "arrival")]
    assert document["selection"]["account"] == ["vlast", "officials"]


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["hourly-clashes", "--account", "nobody"], "choose from assembly_member, dungan_residents"),
        (["hourly-clashes", "--side", "ours"], "choose from dungan, kazakh, neither"),
        (["hourly-clashes", "--place", "paris"], "masanchi"),
        (["casualty-counts", "--resolution", "nobody"], "majority"),
        (["response-delays", "--scenario", "start=vlast,stop=nobody"], "choose from assembly_member, dungan_residents"),
        (["timeline", "--where", "priority"], "where 'priority': no name and value; write it like priority=3"),
        (
            ["clocks", "--target-minutes", "-5"],
            "target_minutes '-5': not a number of minutes that can be; write it like 8",
        ),
        (
            ["timeline", "--from", "2020-02-09T10:00Z", "--to", "2020-02-08T10:00Z"],
            "so that nothing is left; exchange them",
        ),
        (["response-delays", "--scenario", "vlast"], "start=one,stop=other"),
        (["pooled-delays", "--trimmed-above-minutes", "long"], "write it like 8"),
        (["hourly-clashes", "--as-known-at", "2020-02-08T23:59"], "write the offset"),
        (["hourly-clashes", "--as-known-at", "1581184740"], "2020-02-07T17:00+06:00"),
        (["hourly-clashes", "--zone", "Mars/Olympus"], "IANA name such as Asia/Almaty"),
        (["hourly-clashes", "no-such-folder"], "nothing is there"),
    ],
)
def test_a_wrong_argument_names_what_would_be_accepted(capsys, arguments, hint):
    code, told = ask(capsys, *arguments)

    assert code == 2
    assert hint in told.err
    assert told.out == ""


@pytest.mark.parametrize(
    "arguments", [["no-such-chart"], ["timeline", "--kind", "brawl"], ["timeline", "--start", "noon"]]
)
def test_a_word_outside_its_list_names_the_list(capsys, arguments):
    with pytest.raises(SystemExit) as ended:
        main(["ask", *arguments])

    assert ended.value.code == 2
    assert "choose from" in capsys.readouterr().err


def test_help_and_codebook_name_what_may_be_asked(capsys):
    with pytest.raises(SystemExit):
        main(["ask", "--help"])
    told = capsys.readouterr().out
    main(["codebook"])
    book = capsys.readouterr().out

    for word in ("onset", "clash", "killed", "dungan_residents", "kazakh"):
        assert word in told
        assert word in book


def test_check_finds_nothing_wrong_with_korday(capsys):
    assert main(["check", str(KORDAY)]) == 0
    assert "0 problems" in capsys.readouterr().out


def test_check_names_file_row_column_reason_and_mend(capsys, tmp_path):
    story = tmp_path / "story"
    shutil.copytree(KORDAY, story)
    claims = (story / "claims.csv").read_text(encoding="utf-8")
    (story / "claims.csv").write_text(claims.replace("2020-02-07T23:00+06:00", "2020-02-07T23:00", 1), encoding="utf-8")

    code = main(["check", str(story), "--format", "json"])

    found = json.loads(capsys.readouterr().out)
    [problem] = [problem for problem in found["problems"] if problem["code"] == "time_naive"]
    assert code == 1
    assert (found["file"], found["format"], found["codebook"]) == ("claims.csv", "csv", "native")
    assert (found["rows"], found["accepted"], found["rejected"], found["claims"]) == (244, 243, 1, 243)
    assert set(problem) == {"code", "severity", "row", "column", "value", "reason", "fix"}
    assert problem["column"] == "began_earliest"
    assert problem["value"] == "2020-02-07T23:00"
    assert problem["fix"] == "write the offset, like 2020-02-07T23:00+06:00"


def test_a_text_that_would_run_as_a_formula_is_disarmed_in_csv(capsys, tmp_path):
    file = tmp_path / "claims.csv"
    file.write_text(
        'claim_id,event_id,account,kind,source_id,summary\n1,e,a,clash,s,"=HYPERLINK(""https://example.org"")"\n',
        encoding="utf-8",
    )

    main(["ask", "timeline", str(file), "--format", "csv"])

    [row] = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["summary"].startswith("'=")


@pytest.mark.parametrize("port", ["99999", "-1"])
def test_a_port_that_is_none_is_refused_before_a_server_starts(capsys, port):
    assert main(["serve", f"--port={port}"]) == 2
    assert capsys.readouterr().err == f"contested: --port {port}: no such port; choose one between 1024 and 65535\n"


def test_a_port_that_is_taken_is_refused_before_a_server_starts(capsys):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert main(["serve", f"--port={port}"]) == 2

    assert capsys.readouterr().err == f"contested: --port {port}: address already in use; choose another\n"


@pytest.mark.skipif(not (ROOT / ".venv").exists() or not shutil.which("make"), reason="needs make and what it set up")
@pytest.mark.parametrize("port", ["99999", "-1"])
def test_make_run_refuses_a_port_that_is_none_in_the_same_words(port):
    command = ["make", "--old-file=.venv/ready", "run", f"PORT={port}"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)  # noqa: S603 our own program

    assert done.returncode != 0
    assert done.stderr.startswith(f"contested: --port {port}: no such port; choose one between 1024 and 65535\n")


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads how Linux started the server")
@pytest.mark.parametrize(("told", "held"), [({}, "2"), ({"MALLOC_ARENA_MAX": "3"}, "3")])
def test_the_server_shares_what_its_threads_free_unless_the_environment_says_otherwise(told, held):
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {name: value for name, value in os.environ.items() if name not in {"MALLOC_ARENA_MAX", "GLIBC_TUNABLES"}}

    server = subprocess.Popen(  # noqa: S603 our own program
        [sys.executable, "-m", "contested", "serve", f"--port={port}"], env=env | told, stderr=subprocess.DEVNULL
    )
    try:
        environment = environment_of_the_server(server)
    finally:
        server.terminate()
        server.wait(60)

    assert environment["MALLOC_ARENA_MAX"] == held
    assert environment["GLIBC_TUNABLES"] == "glibc.malloc.tcache_count=2000"
    assert environment["CONTESTED_STORY"].endswith("korday-2020")


def environment_of_the_server(server):
    """Wait until the process has become the server, and read what it was started with."""
    started = Path(f"/proc/{server.pid}")
    until(lambda: b"streamlit" in (started / "cmdline").read_bytes() or server.poll() is not None)
    assert server.poll() is None
    lines = (started / "environ").read_text(encoding="utf-8", errors="replace").split("\0")
    return dict(line.split("=", 1) for line in lines if "=" in line)


def test_what_the_system_refuses_is_said_without_a_traceback(capsys, tmp_path):
    (tmp_path / "claims.csv").mkdir()

    assert main(["load", str(tmp_path / "claims.csv" / ("a" * 300)), "--store", str(tmp_path / "record")]) == 2

    told = capsys.readouterr().err
    assert told.startswith("contested: ")
    assert "Traceback" not in told


def test_a_fault_of_the_program_is_named_by_its_kind_and_place(capsys, monkeypatch):
    monkeypatch.setattr("contested.cli.check.inspect", lambda *_: 1 // 0)

    assert main(["check", "claims.csv"]) == 2

    told = capsys.readouterr().err
    assert told.startswith("contested: the program has a fault: ZeroDivisionError in test_terminal.py, line ")
    assert len(told.splitlines()) == 1


def test_every_field_of_a_selection_is_an_option(capsys):
    with pytest.raises(SystemExit):
        main(["ask", "--help"])
    helped = capsys.readouterr().out

    options = (f"--{(field.alias or name).replace('_', '-')}" for name, field in Selection.model_fields.items())
    assert not [option for option in options if not re.search(rf"{option}[ \n\]]", helped)]
