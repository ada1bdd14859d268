"""Whatever file comes, it is read within limits in another process, and each of its rows is accepted or refused."""

import json
import os
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.bad_inputs.bombs import BOMBS, GIGABYTE, HEADINGS
from tests.claims_for_tests import SIX, claim, fields, table

from contested import Claim, read
from contested.border import Limits, examine, examined
from contested.codebooks.sheet import OPTIONAL, REQUIRED
from contested.given import Given

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


def checked(path, **limits):
    return examined(path, Given(path.name), limits=Limits(**limits) if limits else None)


def test_a_file_is_examined_in_another_process_as_it_is_in_this_one(tmp_path):
    path = table(tmp_path / "claims.csv", SIX, fields(claim_id="k2", kind="war"), fields(claim_id="k3"))

    assert checked(path) == examine(path, Given(path.name))


def test_the_accepted_claims_are_kept_where_asked_and_can_be_read_again(tmp_path):
    path, keep = table(tmp_path / "claims.csv", SIX, fields(claim_id="k2", kind="war")), tmp_path / "kept.jsonl"

    found = examined(path, Given(path.name), keep=keep)

    assert (found.accepted, found.rejected) == (1, 1)
    assert list(read(keep)) == [claim()]


def test_nothing_is_kept_of_a_file_that_is_refused_as_a_whole(tmp_path):
    path, keep = tmp_path / "claims.csv", tmp_path / "kept.jsonl"
    path.write_text(",".join(SIX) + "\n" + ",".join(SIX.values()) + '\nk2,"night\n', encoding="utf-8")

    found = examined(path, Given(path.name), keep=keep)

    assert found.refused
    assert (found.rows, found.accepted, found.claims) == (0, 0, 0)
    assert not keep.exists()


def test_what_stays_in_the_newsroom_is_not_kept(tmp_path):
    path, keep = (
        table(tmp_path / "claims.csv", fields(sensitive="yes", internal_note="canary")),
        tmp_path / "kept.jsonl",
    )

    found = examined(path, Given(path.name), keep=keep)

    assert (found.rows, found.accepted, found.claims) == (1, 0, 0)
    assert keep.read_text(encoding="utf-8") == ""


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
    path = table(tmp_path / "claims.csv", SIX)

    found = checked(path, seconds=0.01, memory=350_000_000)

    assert [problem.code for problem in found.problems] == ["E-FILE-TIME"]
    assert found.refused


def test_a_file_that_takes_too_much_memory_is_refused(tmp_path):
    path = tmp_path / "claims.json"
    path.write_text(json.dumps([fields(claim_id=str(number)) for number in range(50_000)]), encoding="utf-8")

    found = checked(path, seconds=60, memory=10_000_000)

    assert [problem.code for problem in found.problems] == ["E-FILE-MEMORY"]


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


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables().map(without).filter(bool))
def test_rows_are_accepted_or_rejected_and_none_is_lost(tmp_path_factory, rows):
    path = table(tmp_path_factory.getbasetemp() / "any-rows.csv", *rows)

    found = examine(path, Given(path.name), "sheet")

    assert not found.refused
    assert found.rows == len(rows) == found.accepted + found.rejected
    assert found.claims >= found.accepted


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables().map(without).filter(bool))
def test_a_row_that_is_rejected_says_why(tmp_path_factory, rows):
    path, keep = (tmp_path_factory.getbasetemp() / name for name in ("why.csv", "why.jsonl"))
    table(path, *rows)

    found = examine(path, Given(path.name), "sheet", keep)

    kept = {one.claim_id.partition("/")[0] for one in read(keep) if isinstance(one, Claim)}
    told = {problem.row for problem in found.problems}
    assert len(told - {1, None}) >= found.rejected
    assert len(kept) <= found.accepted


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([".csv", ".json", ".jsonl", ".xlsx", ".parquet", ".csv.gz"]))
def test_any_bytes_are_examined_without_a_word_of_the_machine(tmp_path_factory, content, suffix):
    path = tmp_path_factory.getbasetemp() / f"any-bytes{suffix}"
    path.write_bytes(content)

    found = examine(path, Given(path.name))

    assert found.rows == found.accepted + found.rejected
    assert all(problem.reason and problem.fix for problem in found.problems)
