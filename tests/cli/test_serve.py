"""What is installed serves the story without a checkout, and `doctor` says what is set, missing and who may write."""

import json
import os
import socket
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from urllib.request import Request, urlopen

import pytest
from tests.claims_for_tests import SIX, table
from tests.conftest import ROOT

from contested.cli.main import main

TOKEN = "a token of many letters"  # noqa: S105 of this test alone


@pytest.fixture(autouse=True)
def _bare(monkeypatch):
    for name in ("CONTESTED_RECORD", "CONTESTED_KEEPER_TOKEN", "CONTESTED_STORY"):
        monkeypatch.delenv(name, raising=False)


def doctor(capsys, *words):
    """Run `doctor`; give its exit code, and what it says of each thing."""
    code = main(["doctor", f"--port={free_port()}", *map(str, words)])
    lines = capsys.readouterr().out.splitlines()
    return code, {line[2:].partition(":")[0]: line[:2] + line.partition(":")[2].strip() for line in lines}


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# What is installed


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Unpack the wheel as `pip install` does; the packages that it needs are those of this environment."""
    folder = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "wheel")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 our own program
    [wheel] = (folder / "wheel").glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


def environment(installed, tmp_path):
    path = {"PYTHONPATH": str(installed), "PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    return path | {"XDG_DATA_HOME": str(tmp_path / "data"), "COLUMNS": "200"}


def said_by(program, *words, **more):
    command = [sys.executable, "-m", program, *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **more)  # noqa: S603 our own


def test_what_is_installed_answers_the_example_as_the_checkout_does(installed, tmp_path):
    asked = ("ask", "hourly-clashes", "--format", "csv")
    there = said_by("contested", *asked, cwd=tmp_path, env=environment(installed, tmp_path))
    here = said_by("contested", *asked, cwd=ROOT)

    assert (there.returncode, there.stderr) == (0, "")
    assert there.stdout == here.stdout


def test_what_is_installed_completes_its_commands(installed, tmp_path):
    found = said_by("contested", "completion", "bash", cwd=tmp_path, env=environment(installed, tmp_path))

    assert found.returncode == 0, found.stderr
    assert " serve " in found.stdout


def test_what_is_installed_says_where_it_keeps_what_is_imported(installed, tmp_path):
    found = said_by("contested", "doctor", f"--port={free_port()}", cwd=tmp_path, env=environment(installed, tmp_path))

    assert found.returncode == 0, found.stdout
    assert f"in {installed / 'contested' / 'served'}" in found.stdout
    assert f"kept in {tmp_path / 'data' / 'contested' / 'record.sqlite'}" in found.stdout


def test_what_is_installed_serves_the_story(installed, tmp_path):
    port = free_port()
    command = [sys.executable, "-m", "contested", "serve", f"--port={port}"]
    server = subprocess.Popen(  # noqa: S603 our own program
        command, cwd=tmp_path, env=environment(installed, tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        head = json.loads(fetched(f"http://localhost:{port}/api/v1/head?format=json"))
        page = fetched(f"http://localhost:{port}/").decode()
    finally:
        server.terminate()
        server.communicate()

    assert head["title"].startswith("Korday")
    assert head["claims"] > 200
    assert "/plotly.min.js" in page, "what draws charts is loaded by our page"


def fetched(address):
    """Fetch a page as soon as the server is up."""
    for _ in range(240):
        try:
            with urlopen(Request(address, headers={"Accept": "text/html"}), timeout=30) as reply:  # noqa: S310 our own server
                return reply.read()
        except OSError:
            time.sleep(0.25)
    message = f"nobody answers at {address}"
    raise AssertionError(message)


# The doctor


def test_a_story_for_this_machine_alone_lacks_nothing(capsys):
    code, told = doctor(capsys)

    assert code == 0
    assert told["story"].startswith("✓ Korday")
    assert told["readers"].startswith("✓ this machine alone")
    assert told["writers"].startswith("✓ everybody on this machine")


def test_for_other_machines_it_names_what_is_missing(capsys):
    code, told = doctor(capsys, "--address=0.0.0.0")

    assert code == 1
    assert (
        told["readers"]
        == "! other machines at 0.0.0.0, under no name; say with --host under which name browsers reach it"
    )
    assert told["imports"].startswith("! kept nowhere")
    assert told["writers"].startswith("! nobody; set CONTESTED_KEEPER_TOKEN")


def test_for_other_machines_nothing_is_missing_once_all_is_said(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("CONTESTED_KEEPER_TOKEN", TOKEN)
    store = tmp_path / "desk.sqlite"
    code, told = doctor(capsys, "--address=0.0.0.0", "--host=desk.example", f"--record={store}")

    assert code == 0
    assert "desk.example" in told["readers"]
    assert told["imports"] == f"✓ kept in {store}, which the first import makes"
    assert told["writers"].startswith("✓ whoever has the keeper's token")
    assert TOKEN not in str(told)


def test_a_token_that_could_be_guessed_is_none(capsys, monkeypatch):
    monkeypatch.setenv("CONTESTED_KEEPER_TOKEN", "short")

    assert doctor(capsys, "--address=0.0.0.0", "--host=desk.example")[1]["writers"].startswith("! nobody")


def test_a_log_in_that_is_half_set_up_is_told_with_what_it_lacks(capsys, monkeypatch):
    for name in ("METADATA", "CLIENT", "SECRET", "CALLBACK"):
        monkeypatch.setenv(f"CONTESTED_OIDC_{name}", "said")
    assert "set CONTESTED_COOKIE_SECRET as well" in doctor(capsys)[1]["writers"]

    monkeypatch.setenv("CONTESTED_COOKIE_SECRET", "said")
    assert doctor(capsys)[1]["writers"].startswith("✓ who signs in with the provider")


def test_a_port_that_is_taken_and_a_story_that_is_none_are_named(capsys, tmp_path):
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        code, told = doctor(capsys, f"--port={other.getsockname()[1]}", tmp_path / "nothing")

    assert code == 1
    assert told["port"].startswith("! --port")
    assert told["story"].startswith("! ")


def test_of_files_it_says_that_they_are_read_once(capsys, tmp_path):
    path = table(tmp_path / "claims.csv", SIX)

    assert "read once" in doctor(capsys, path)[1]["story"]


def test_an_address_that_is_none_is_refused_before_a_server_starts(capsys):
    assert main(["serve", "--address=not.an.address.invalid", f"--port={free_port()}"]) == 2
    assert "0.0.0.0 stands for all" in capsys.readouterr().err


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("contested 0.")
