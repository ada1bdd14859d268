"""The Dockerfile and the unit of systemd say what the program understands."""

import json
import re
import shlex
import tomllib
from pathlib import Path

from tests.conftest import ROOT

from contested.cli.main import _parser

DEPLOY = ROOT / "dashboard" / "deploy"
DOCKER, UNIT = ((DEPLOY / name).read_text(encoding="utf-8") for name in ("Dockerfile", "contested.service"))


def parsed(*words):
    return _parser(words).parse_args(words)


def instructions(text):
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_the_unit_starts_a_server_for_this_machine_alone_with_its_record_where_systemd_lets_it_write():
    _, *words = shlex.split(re.search("ExecStart=(.*)", UNIT)[1])
    started = parsed(*words)

    assert started.run.__name__ == "_serve"
    assert started.address == "127.0.0.1"
    assert Path(started.record).parent == Path("/var/lib") / re.search("StateDirectory=(.*)", UNIT)[1]


def test_the_image_starts_a_server_that_keeps_its_record_in_the_volume():
    [entry, words] = (json.loads(re.search(f"{name} (.*)", DOCKER)[1]) for name in ("ENTRYPOINT", "CMD"))
    started = parsed(*words)

    assert entry == ["contested"]
    assert started.run.__name__ == "_serve"
    assert Path(started.record).parent == Path(re.search("VOLUME (.*)", DOCKER)[1])
    assert started.port == int(re.search("EXPOSE (.*)", DOCKER)[1])


def test_the_image_takes_the_extras_that_there_are_and_runs_as_nobody_of_power():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]

    assert set(re.search(r"/src\[(.*?)\]", DOCKER)[1].split(",")) == set(extras)
    assert "\nUSER contested\n" in DOCKER
    assert "DynamicUser=yes" in UNIT


def test_each_is_ten_lines_or_so_and_names_settings_that_are_read():
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    sources += "".join(path.read_text(encoding="utf-8") for path in (ROOT / "dashboard").rglob("*.py"))

    assert max(len(instructions(DOCKER)), len(instructions(UNIT))) <= 11
    assert all(f'"{name}"' in sources for name in re.findall("CONTESTED_[A-Z_]+", DOCKER + UNIT))
