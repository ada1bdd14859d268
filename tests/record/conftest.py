"""What tests of the record share: a new record of every kind, and hands that write to it."""

import os
import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path

import psycopg
import pytest

from contested.record import ADAPTERS, open_record

BIN = next((path for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
TURNS = count()


def postgres(*command):
    """Run a program of PostgreSQL, which refuses to be root."""
    program, *rest = command
    path = shutil.which(program) or str((BIN or Path()) / program)
    user = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
    subprocess.run([*user, path, *rest], check=True, capture_output=True, cwd="/", timeout=120)  # noqa: S603 our own words


@pytest.fixture(scope="session")
def server():
    """Start a PostgreSQL of our own, reached by a socket in its own folder."""
    if not (shutil.which("initdb") or BIN) or (os.geteuid() == 0 and not shutil.which("runuser")):
        pytest.skip("PostgreSQL is not installed here, or cannot be started by this user")
    home = Path(tempfile.mkdtemp(prefix="record"))
    if os.geteuid() == 0:
        shutil.chown(home, "nobody")
    postgres("initdb", "-D", str(home / "data"), "-A", "trust", "-U", "desk", "-E", "UTF8", "--no-sync")
    postgres("pg_ctl", "-D", str(home / "data"), "-w", "-l", str(home / "log"), "-o", f"-F -k {home} -h ''", "start")
    yield f"postgresql:///{{}}?host={home}&user=desk"
    postgres("pg_ctl", "-D", str(home / "data"), "-m", "immediate", "stop")
    shutil.rmtree(home)


def sqlite_home(request):
    return str(request.getfixturevalue("tmp_path") / f"desk{next(TURNS)}.record")


def postgresql_home(request):
    address = request.getfixturevalue("server").format("postgres")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("drop schema if exists contested cascade")
    return address


HOMES = {"sqlite": sqlite_home, "postgresql": postgresql_home}
"""Where a new record of each kind can be kept."""


@pytest.fixture(params=ADAPTERS)
def address(request):
    """The address of a record that is not there yet, of every kind in turn."""
    return HOMES[request.param](request)


@pytest.fixture
def record(address):
    """An empty record."""
    opened = open_record(address, create=True)
    yield opened
    opened.close()


@pytest.fixture
def file(tmp_path):
    """An empty record in a file."""
    opened = open_record(tmp_path / "desk.record", create=True)
    yield opened
    opened.close()
