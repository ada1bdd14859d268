"""Whatever file comes, it is read within limits in another process, and each of its rows is accepted or refused."""

import gzip
import json
import os
import tempfile
import threading
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.bad_inputs.bombs import BOMBS, GIGABYTE, HEADINGS
from tests.claims_for_tests import SIX, claim, fields, table

from contested.ingest.codebooks.sheet import OPTIONAL, REQUIRED
from contested.ingest.limits import Limits
from contested.ingest.options import Given
from contested.ingest.sandbox import CLAIMS, SAMPLE, TO_MEND, examine, examine_in_sandbox
from contested.model.arrow_schema import to_arrow

TOLD = {
    "record_id": "K-001",
    "account": "dungan",
    "source_name": "An interview",
    "event_type": "clash",
    "start": "2020-02-07T17:00+06:00",
    "status": "published",
    "recorded_at": "2020-02-11T09:00+06:00",
    "text": "They fought.",
    "killed_best": "10",
}


def kept(path):
    with pa.memory_map(str(path)) as file:
        return pa.ipc.open_file(file).read_all()


def checked(path, **limits):
    return examine_in_sandbox(path, Given(path.name), limits=Limits(**limits) if limits else None)


def test_a_file_is_examined_in_another_process_as_it_is_in_this_one(tmp_path):
    path = table(tmp_path / "claims.csv", SIX, fields(claim_id="k2", kind="war"), fields(claim_id="k3"))

    assert checked(path) == examine(path, Given(path.name))


def test_the_accepted_claims_are_kept_where_asked_and_can_be_read_again(tmp_path):
    path, keep = table(tmp_path / "night.csv", SIX, fields(claim_id="k2", kind="war")), tmp_path / CLAIMS

    found = examine_in_sandbox(path, Given(path.name), into=tmp_path)

    assert (found.accepted, found.rejected) == (1, 1)
    assert kept(keep) == to_arrow([claim()])


def test_nothing_is_kept_of_a_file_that_is_refused_as_a_whole(tmp_path):
    path = tmp_path / "night.csv"
    path.write_text(",".join(SIX) + "\n" + ",".join(SIX.values()) + '\nk2,"night\n', encoding="utf-8")

    found = examine_in_sandbox(path, Given(path.name), into=tmp_path)

    assert found.refused
    assert (found.rows, found.accepted, found.claims) == (0, 0, 0)
    assert list(tmp_path.iterdir()) == [path]


def test_a_note_that_stays_in_the_newsroom_is_not_kept(tmp_path):
    path, keep = table(tmp_path / "night.csv", fields(sensitive="yes", internal_note="canary")), tmp_path / CLAIMS

    found = examine_in_sandbox(path, Given(path.name), into=tmp_path)

    assert (found.rows, found.accepted, found.claims) == (1, 1, 1)
    assert kept(keep)["sensitive"].to_pylist() == ["yes"]
    assert b"canary" not in keep.read_bytes()


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_with_words_and_nothing_of_it_is_accepted(tmp_path, name):
    write, code = BOMBS[name]
    path = tmp_path / name
    path.write_bytes(write())

    found = checked(path)

    assert code in {problem.code for problem in found.problems}
    assert all(problem.reason and problem.fix for problem in found.problems)
    assert (found.accepted, found.claims) == (0, 0)


def test_a_cell_of_a_thousand_million_letters_is_refused(tmp_path):
    path = tmp_path / "long.csv"
    with path.open("wb") as file:
        file.write(HEADINGS + b'k,night,north,clash,S1,"x')
        file.truncate(GIGABYTE)

    [problem] = checked(path).problems

    assert problem[:3] == ("E-LONG", 2, "summary")


def test_a_file_that_takes_too_long_is_refused(tmp_path):
    path = table(tmp_path / "claims.csv", *(SIX | {"claim_id": str(number)} for number in range(2_000)))

    found = checked(path, seconds=0.01, memory=350_000_000)

    assert [problem.code for problem in found.problems] == ["E-FILE-TIME"]
    assert found.refused


def test_a_file_that_takes_too_much_memory_is_refused(tmp_path):
    path = tmp_path / "claims.json"
    path.write_text(json.dumps([fields(claim_id=str(number)) for number in range(50_000)]), encoding="utf-8")

    found = checked(path, seconds=60, memory=10_000_000)

    assert [problem.code for problem in found.problems] == ["E-FILE-MEMORY"]


def test_the_first_rows_are_left_of_a_table_whose_columns_nobody_knows(tmp_path):
    path = table(tmp_path / "own.csv", *({"Who says": "north", "Dead": str(number)} for number in range(300)))
    into = tmp_path / "into"
    into.mkdir()

    found = examine_in_sandbox(path, Given(path.name), into=into)

    assert found.is_unknown()
    [sample] = into.iterdir()
    rows = json.loads(sample.read_text(encoding="utf-8"))
    assert rows[:2] == [{"Who says": "north", "Dead": "0"}, {"Who says": "north", "Dead": "1"}]
    assert len(rows) == 200


# Told, stopped, and nothing left behind


class EnoughError(Exception):
    """What somebody throws who has seen enough."""


@pytest.fixture
def aside(tmp_path, monkeypatch):
    """Have what is laid down for a while lie in a folder that can be looked at."""
    folder = tmp_path / "aside"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def large(path, rows=100_000):
    """Write more rows than are read in a moment; packed where the name says so."""
    row = ",".join(list(SIX.values())[1:])
    lines = [",".join(SIX), *(f"k{number},{row}" for number in range(rows)), ""]
    content = "\n".join(lines).encode()
    path.write_bytes(gzip.compress(content, 1) if path.suffix == ".gz" else content)
    return path


def children():
    """Name the processes that this one has begun and that have not ended."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {int(child) for task in tasks for child in task.read_text(encoding="ascii").split()}


def test_it_is_told_how_many_rows_are_read_of_how_many(tmp_path):
    told = []

    examine_in_sandbox(
        large(tmp_path / "claims.csv", 20_000), Given("claims.csv"), progress=lambda *one: told.append(one)
    )

    assert told == sorted(told)
    assert {of for done, of in told if done} == {20_002}, "the headings, the rows, and what may stand behind the last"
    assert 0 < max(told)[0] <= 20_001


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="this system does not list its processes")
@pytest.mark.parametrize("name", ["claims.csv", "claims.csv.gz"])
def test_who_has_seen_enough_ends_it_and_nothing_is_left(tmp_path, aside, name):
    path, into, before = large(tmp_path / name), tmp_path / "into", children()
    into.mkdir()
    during = []

    def enough(done, _of):
        if done:
            during.append((children() - before, list(into.iterdir())))
            raise EnoughError

    with pytest.raises(EnoughError):
        examine_in_sandbox(path, Given(name), into=into, progress=enough)

    [(working, laid)] = during
    assert len(working) == 1
    assert into / CLAIMS in laid, "where it is fast, all else lies there too"
    assert not children() & working
    assert list(aside.iterdir()) == []
    assert list(into.iterdir()) == []


def test_nothing_is_left_of_an_examination_that_took_too_long(tmp_path, aside):
    path = large(tmp_path / "claims.csv.gz")

    found = examine_in_sandbox(path, Given(path.name), limits=Limits(1.5, 350_000_000), into=aside)

    assert [problem.code for problem in found.problems] == ["E-FILE-TIME"]
    assert list(aside.iterdir()) == []


def test_the_rows_to_mend_are_left_as_a_workbook_if_there_are_any(tmp_path):
    path = table(tmp_path / "night.csv", SIX, fields(claim_id="k2", kind="war"))
    into = tmp_path / "into"
    into.mkdir()

    examine_in_sandbox(path, Given(path.name), into=into)
    head, row = CalamineWorkbook.from_path(into / TO_MEND).get_sheet_by_index(0).to_python()

    assert dict(zip(head, row, strict=True))["claim_id"] == "k2"
    assert dict(zip(head, row, strict=True))["row in the file"] == 3


def test_no_workbook_is_left_where_nothing_is_to_be_mended(tmp_path):
    into = tmp_path / "into"
    into.mkdir()

    examine_in_sandbox(table(tmp_path / "night.csv", SIX), Given("night.csv"), into=into)

    assert set(into.iterdir()) == {into / CLAIMS, into / SAMPLE}


def test_others_are_served_while_a_file_is_examined(tmp_path):
    path = tmp_path / "bomb.csv"
    path.write_bytes(BOMBS["slow-patterns.csv"][0]())
    at_work = threading.Thread(target=checked, args=(path,))

    at_work.start()
    served = 0
    while at_work.is_alive():
        served += 1
        at_work.join(0.01)

    assert served > 10


@pytest.mark.skipif(os.name != "posix", reason="a limit that this system does not know")
def test_a_process_that_dies_is_told_as_a_file_that_takes_too_much(tmp_path):
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(BOMBS["one-string-everywhere.xlsx"][0]())

    [problem] = checked(path).problems

    assert problem.reason == "takes more memory than a file may"


# Whatever goes wrong is said as what it is


def only(found):
    [problem] = found.problems
    assert found.refused
    assert (found.rows, found.claims) == (0, 0)
    assert problem.reason
    assert problem.fix
    return problem


def test_a_mapping_beside_it_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "mapping.json").write_text("{not json", encoding="utf-8")

    problem = only(checked(table(tmp_path / "claims.csv", SIX)))

    assert problem.code == "E-FILE-BESIDE"
    assert problem.reason.startswith("mapping.json cannot be read")


def test_a_table_that_is_named_as_a_mapping_is_read_as_a_table(tmp_path):
    path = tmp_path / "mapping.json"
    path.write_text(json.dumps([SIX]), encoding="utf-8")

    found = checked(path)

    assert (found.accepted, found.problems) == (1, ())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_file_that_may_not_be_read_is_said_to_be_closed_and_not_too_large(tmp_path):
    path = table(tmp_path / "claims.csv", SIX)
    path.chmod(0)

    assert only(checked(path)).code == "E-FILE-SYSTEM"


def test_a_disk_that_refuses_is_said_to_refuse(tmp_path):
    path = table(tmp_path / "claims.csv", SIX)

    problem = only(examine_in_sandbox(path, Given(path.name), into=tmp_path / "no such folder"))

    assert problem.code == "E-FILE-SYSTEM"
    assert "No such file or directory" in problem.reason


def test_a_fault_of_the_program_is_said_to_be_one(tmp_path):
    path = table(tmp_path / "night.csv", dict.fromkeys(TOLD, "") | TOLD | {"start": "2020-02-07T17:00"})

    problem = only(examine_in_sandbox(path, Given(path.name, zone="No/Where")))

    assert problem.code == "E-FILE-FAULT"
    assert "ZoneInfoNotFoundError in " in problem.reason
    assert "memory" not in problem.reason


# Every row is counted once, whatever stands in it

cells = st.one_of(
    st.sampled_from(["", "0", "8", "10+", "dozens", "-", "2020-02-07 about 5 p.m.", "Asia/Almaty", "dungan"]),
    st.text(max_size=12),
)
columns = st.lists(st.sampled_from([*OPTIONAL, "colour"]), unique=True, max_size=6)


@st.composite
def tables(draw):
    names = [*REQUIRED, *draw(columns)]
    told = st.fixed_dictionaries({name: st.one_of(st.just(TOLD.get(name, "")), cells) for name in names})
    return draw(st.lists(told, min_size=1, max_size=6))


def without(rows):
    """Leave out what is no row: CSV has no half letters, and a row of blanks is none."""
    return [row for row in rows if any(cell.strip() for cell in row.values()) and all(map(_fits, row.values()))]


def _fits(cell):
    try:
        return b"\r" not in cell.encode()
    except UnicodeEncodeError:
        return False


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(tables().map(without).filter(bool))
def test_rows_are_accepted_or_rejected_and_none_is_lost(tmp_path_factory, rows):
    path = table(tmp_path_factory.getbasetemp() / "any-rows.csv", *rows)

    found = examine(path, Given(path.name), "sheet")

    assert not found.refused
    assert found.rows == len(rows) == found.accepted + found.rejected
    assert found.claims >= found.accepted


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(tables().map(without).filter(bool))
def test_a_row_that_is_rejected_says_why(tmp_path_factory, rows):
    path, keep = (tmp_path_factory.getbasetemp() / name for name in ("why.csv", "why.arrow"))
    table(path, *rows)

    found = examine(path, Given(path.name), "sheet", keep)

    rows_kept = {one.partition("/")[0] for one in kept(keep)["claim_id"].to_pylist()}
    told = {problem.row for problem in found.problems}
    assert len(told - {1, None}) >= found.rejected
    assert len(rows_kept) <= found.accepted


@settings(max_examples=100)
@given(st.binary(max_size=200), st.sampled_from([".csv", ".json", ".jsonl", ".xlsx", ".parquet", ".csv.gz"]))
def test_any_bytes_are_examined_without_a_word_of_the_machine(tmp_path_factory, content, suffix):
    path = tmp_path_factory.getbasetemp() / f"any-bytes{suffix}"
    path.write_bytes(content)

    found = examine(path, Given(path.name))

    assert found.rows == found.accepted + found.rejected
    assert all(problem.reason and problem.fix for problem in found.problems)
