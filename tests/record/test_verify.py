"""Whatever is changed in a record behind its back is named, by whichever way it is changed."""

import contextlib
import random
import shutil
import sqlite3

import psycopg
import pytest
from tests.claims_for_tests import claim
from tests.record.writers import brought, mended, said, taken_back

from contested.model.problem import UnusableRecordError
from contested.record import open_record
from contested.record.verify import faults


@contextlib.contextmanager
def behind(address):
    """Change a record as somebody would who has the machine: with the rules switched off."""
    if "://" not in address:
        with contextlib.closing(sqlite3.connect(address)) as connection:
            rules = connection.execute("select name, sql from sqlite_schema where type = 'trigger'").fetchall()
            for name, _ in rules:
                connection.execute(f"drop trigger {name}")
            yield connection
            for _, rule in rules:
                connection.execute(rule)
            connection.commit()
        return
    with psycopg.connect(address, options="-c search_path=contested") as connection:
        for act in ("disable", "enable"):
            for table in ("entry", "revision", "document"):
                connection.execute(f"alter table {table} {act} trigger append_only".encode())
            if act == "disable":
                yield connection


@pytest.fixture
def told(record, tmp_path):
    """A record of one import and three edits."""
    brought(record, tmp_path, claim(claim_id="a"), claim(claim_id="b"))
    said(record, "k1", best=10, measure="killed")
    mended(record, "k1", best=11, measure="killed")
    taken_back(record, "a")
    assert list(faults(record)) == []
    return record


CHANGES = {
    "update entry set body = replace(body, '10', '12') where seq = 2": [
        "entry 2: its body is not the one that was recorded"
    ],
    "update entry set who = 'Ben' where seq = 2": ["entry 2: its words are not the ones that were recorded"],
    "update entry set why = '' where seq = 2": ["entry 2: its words are not the ones that were recorded"],
    "update entry set key = 'k' where seq = 2": ["entry 2: its words are not the ones that were recorded"],
    "update entry set act = 'corrected' where seq = 2": [
        "entry 2: its words are not the ones that were recorded",
        "revision 1 of k1 in night (entry 2, corrected) is not listed",
        "revision 1 of k1 in night (entry 2, stated) is listed, but no entry makes it",
    ],
    "update entry set recorded_at = '2019-01-01T00:00:00+00:00' where seq = 2": [
        "entry 2: its words are not the ones that were recorded",
        "entry 2: it says that it was recorded before the entry before",
    ],
    "delete from entry where seq = 4": [
        "revision 2 of a in night (entry 4, withdrawn) is listed, but no entry makes it"
    ],
    "delete from entry where seq = 2": [
        "entry 3: its number does not follow",
        "entry 3: it is not chained to the entry before",
        "revision 1 of k1 in night (entry 2, stated) is listed, but no entry makes it",
        "revision 1 of k1 in night (entry 3, corrected) is not listed",
        "revision 2 of k1 in night (entry 3, corrected) is listed, but no entry makes it",
    ],
    "update entry set prev_hash = '' where seq = 2": [
        "entry 2: it is not chained to the entry before",
        "entry 2: its words are not the ones that were recorded",
    ],
    "update entry set hash = '' where seq = 2": [
        "entry 2: its words are not the ones that were recorded",
        "entry 3: it is not chained to the entry before",
    ],
    "delete from revision where claim_id = 'b'": ["revision 1 of b in night (entry 1, stated) is not listed"],
    "update revision set act = 'corrected' where claim_id = 'b'": [
        "revision 1 of b in night (entry 1, corrected) is listed, but no entry makes it",
        "revision 1 of b in night (entry 1, stated) is not listed",
    ],
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_changed_behind_the_back_of_the_record_is_named(told, address, change):
    told.close()
    with behind(address) as hand:
        hand.execute(change)

    assert sorted(faults(told)) == sorted(CHANGES[change])


def test_a_document_that_is_changed_or_missing_or_strange_is_named(told, address):
    kept = next(iter(told.entry(1).manifest()["files"].values()))
    told.close()
    with behind(address) as hand:
        hand.execute(f"update document set sha256 = '{'0' * 64}' where sha256 = '{kept}'")

    assert sorted(faults(told)) == [
        f"document {'0' * 64}: it is not the one that was kept",
        f"document {'0' * 64}: no entry names it",
        f"entry 1: its document {kept} is missing",
    ]


def test_a_snapshot_that_cannot_be_read_is_named(told, address):
    kept = told.entry(1).manifest()["snapshot"]
    told.close()
    with behind(address) as hand:
        value = "x'00'" if "://" not in address else r"'\x00'::bytea"
        hand.execute(f"update document set bytes = {value} where sha256 = '{kept}'")

    found = list(faults(told))
    assert f"document {kept}: it is not the one that was kept" in found
    assert any(fault.startswith(f"entry 1: its snapshot {kept} cannot be read") for fault in found)


def test_rules_that_were_taken_away_are_named(told, address):
    told.close()
    if "://" in address:
        with psycopg.connect(address, options="-c search_path=contested") as connection:
            connection.execute("drop trigger append_only on entry")
    else:
        with contextlib.closing(sqlite3.connect(address)) as connection:
            connection.execute("drop trigger no_update_of_entry")

    [fault] = faults(told)
    assert fault.startswith("its rules were changed: ")
    assert "entry" in fault


def test_a_lost_end_is_found_by_a_head_that_was_noted_elsewhere(told, address):
    head = told.head.hash
    assert list(faults(told, head[:12])) == []
    told.close()
    with behind(address) as hand:
        hand.execute("delete from revision where seq = 4")
        hand.execute("delete from entry where seq = 4")

    assert list(faults(told)) == []
    assert list(faults(told, head)) == [
        f"no entry {head} is in the record: its end is missing, or it is another record"
    ]


def content(path):
    """Read all that a file says, however it is damaged."""
    tables = ("sqlite_schema", "entry", "revision", "document")
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return [connection.execute(f"select * from {table}").fetchall() for table in tables]


@pytest.mark.parametrize("flips", [200, pytest.param(800, marks=pytest.mark.long)])
def test_every_flipped_byte_of_what_a_file_says_is_named(file, tmp_path, flips):
    brought(file, tmp_path, *(claim(claim_id=f"b{number}") for number in range(20)))
    for number in range(10):
        said(file, f"k{number}")
    file.close()
    path, damaged = tmp_path / "desk.record", tmp_path / "damaged.record"
    whole, bytes_of, chance = content(path), path.read_bytes(), random.Random(4)  # noqa: S311 repeatable
    named = silent = 0

    for place in chance.sample(range(len(bytes_of)), flips):
        flipped = bytearray(bytes_of)
        flipped[place] ^= 1 << chance.randrange(8)
        damaged.write_bytes(flipped)
        if found := _faults(damaged):
            named += 1
            assert all(found)
        else:
            silent += 1
            assert content(damaged) == whole, f"byte {place} says something else, and nobody notices"

    assert named > flips / 4
    assert named + silent == flips


def _faults(path):
    try:
        with contextlib.closing(open_record(path)) as record:
            return list(faults(record))
    except UnusableRecordError as error:
        return [str(error)]


def test_a_damaged_body_is_no_traceback(file, tmp_path):
    brought(file, tmp_path, claim())
    file.close()
    for body in ("", "null", "[]", "{}", '{"files": 3, "snapshot": null}', '{"files": {}, "snapshot": 7}'):
        with behind(str(tmp_path / "desk.record")) as hand:
            hand.execute("update entry set body = ?", [body])

        assert "entry 1: its body is not the one that was recorded" in list(faults(file))


def test_a_copied_file_is_as_whole_as_the_first(file, tmp_path):
    said(file)
    file.close()
    shutil.copy(tmp_path / "desk.record", tmp_path / "copy.record")

    with contextlib.closing(open_record(tmp_path / "copy.record")) as copy:
        assert list(faults(copy)) == []
        assert copy.head == file.head
