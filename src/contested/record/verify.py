"""Verification: recompute the hash chain, the documents and the revisions of a record.

A record cannot know that its end is missing: for that, give a checkpoint, a head that was noted elsewhere.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator

from contested.model.problem import UnusableRecordError
from contested.record.entry import EMPTY_HEAD
from contested.record.log import Record, Revision
from contested.record.revisions import revised


def faults(record: Record, head: str = "") -> Iterator[str]:
    """List every fault, none if the record is intact; `head` is the beginning of a hash that it must hold.

    Where the database itself is damaged nothing more is read: its pages may lead in circles.
    """
    try:
        yield from record.database.damage()
    except UnusableRecordError as error:
        yield str(error)
        return
    for check in (chain, _documents, _revisions):
        try:
            yield from check(record)
        except UnusableRecordError as error:
            yield str(error)
    if head and not record.database.query("select 1 from entry where substr(hash, 1, ?) = ?", len(head), head):
        yield f"no entry {head} is in the record: its end is missing, or it is another record"


def chain(record: Record) -> Iterator[str]:
    """List every entry that does not fit the one before it."""
    head, latest = EMPTY_HEAD, ""
    for entry in record.entries():
        yield from entry.faults(head)
        if entry.recorded_at <= latest:
            yield f"entry {entry.seq}: it says that it was recorded before the entry before"
        head, latest = entry.head(), entry.recorded_at


def _documents(record: Record) -> Iterator[str]:
    kept = record.documents()
    for name in kept:
        seen = hashlib.sha256()
        for chunk in record.document(name):
            seen.update(chunk)
        if seen.hexdigest() != name:
            yield f"document {name}: it is not the one that was kept"
    named = {sha256: entry.seq for entry in record.entries() for sha256 in entry.document_hashes()}
    yield from (f"entry {seq}: its document {sha256} is missing" for sha256, seq in named.items() if sha256 not in kept)
    yield from (f"document {sha256}: no entry names it" for sha256 in kept if sha256 not in named)


def _revisions(record: Record) -> Iterator[str]:
    """Compare the table of revisions with the one computed from the entries."""
    last, expected = Counter[tuple[str, str]](), set()
    for entry in record.entries():
        for claim_id, act in revised(record, entry):
            last[entry.story, claim_id] += 1
            expected.add(Revision(entry.story, claim_id, last[entry.story, claim_id], entry.seq, act))
    listed = {Revision(*row) for row in record.database.query("select * from revision")}
    for one in sorted(expected ^ listed, key=str):
        found = "is not listed" if one in expected else "is listed, but no entry makes it"
        yield f"revision {one.rev} of {one.claim_id} in {one.story} (entry {one.seq}, {one.act}) {found}"
