"""A copy of a record is the record: the same entries, the same hashes, on whichever kind it is kept."""

import json
import re

import pytest
from tests.claims_for_tests import claim
from tests.record.writers import brought, current_claims, mended, said, taken_back

from contested.model.problem import ConflictError, UnusableRecordError
from contested.record import open_record
from contested.record.backup import backup, export_lines, import_lines
from contested.record.entry import EMPTY_HEAD
from contested.record.verify import faults


@pytest.fixture
def told(file, tmp_path):
    """A record of two stories, an import and edits."""
    brought(file, tmp_path, claim(claim_id="a"), claim(claim_id="b"), text="Қордай\r\n" * 300_000)
    mended(file, "a", summary="at noon, \u2028 as “they” said")
    said(file, "k1", story="day")
    taken_back(file, "b")
    return file


def same(one, other):
    assert list(other.entries()) == list(one.entries())
    assert other.documents() == one.documents()
    assert other.stories() == one.stories()
    assert all(current_claims(other, story) == current_claims(one, story) for story in one.stories())
    assert list(faults(other)) == []


def test_a_record_as_lines_becomes_the_same_record(told, record):
    written = list(export_lines(told))

    assert import_lines(written, record) == 4
    same(told, record)
    assert list(export_lines(record)) == written


def test_a_backup_is_the_same_record(told, record):
    assert backup(told, record) == 4
    same(told, record)


def test_a_backup_that_is_made_again_adds_what_came_since(told, record):
    backup(told, record)
    said(told, "k2", story="day")

    assert backup(told, record) == 1
    assert backup(told, record) == 0
    same(told, record)


def test_a_restored_record_can_be_written_on(told, record):
    import_lines(export_lines(told), record)

    mended(record, "a", base=2, summary="and again")

    assert [one.rev for one in record.revisions("night", "a")] == [1, 2, 3]
    assert list(faults(record)) == []


def test_lines_are_read_by_any_program(told):
    written = [json.loads(line) for line in export_lines(told)]

    assert [one["seq"] for one in written if "seq" in one] == [1, 2, 3, 4]
    assert written[-1] == {"head": told.head.hash, "entries": 4}


def test_an_empty_record_is_written_and_read(file, record):
    assert import_lines(export_lines(file), record) == 0
    assert record.head == EMPTY_HEAD


def test_two_records_that_went_different_ways_are_not_mixed(told, record):
    said(record)

    with pytest.raises(ConflictError, match="the copy does not continue this record: entry 1: its number does not"):
        backup(told, record)

    assert record.head.seq == 1


DAMAGE = {
    "another word": (lambda text: text.replace("at noon", "at five"), "its body is not the one that was recorded"),
    "another hand": (lambda text: text.replace('"who":"Ben"', '"who":"Ann"', 1), "its words are not the ones"),
    "no last line": (lambda text: text.rpartition("\n")[0], "the copy breaks off"),
    "no last entry": (lambda text: re.sub(r"\n[^\n]+(\n[^\n]+)$", r"\1", text), "the copy breaks off"),
    "nothing at all": (lambda _: "", "the copy breaks off"),
    "no first document": (lambda text: text.partition("\n")[2], "the copy lacks the document"),
    "other bytes": (lambda text: text.replace('"content":"', '"content":"AAAA', 1), "line 1 of the copy: the document"),
    "no base64": (lambda text: text.replace('"content":"', '"content":"A', 1), "line 1 of the copy: the document"),
    "no object": (lambda text: text + "\n[]", "is no object"),
    "no JSON": (lambda text: text + "\n{", "is not JSON"),
    "a number as text": (lambda text: text.replace('"seq":1', '"seq":"1"'), "a cell holds what no entry holds"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_copy_that_does_not_hold_together_is_refused_whole(told, record, damage):
    change, reason = DAMAGE[damage]
    changed = change("\n".join(export_lines(told)))

    with pytest.raises((ConflictError, UnusableRecordError), match=reason):
        import_lines(changed.split("\n") if changed else [], record)

    assert record.head == EMPTY_HEAD
    assert record.documents() == []


def test_a_copy_is_made_while_somebody_writes(told, tmp_path):
    copy = export_lines(told)
    first = next(copy)
    said(told, "later")

    other = open_record(tmp_path / "other.record", create=True)
    import_lines([first, *copy], other)

    assert other.head.seq == 4
    assert list(faults(other)) == []
    other.close()
