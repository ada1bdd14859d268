"""Copies: a whole record as lines of JSON, and back; and one record into another, of whatever kind.

Entries are copied as they are, with their hashes, and a copy that does not hold together is not taken over.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from typing import Any

from contested.model.problem import ConflictError, UnusableRecordError
from contested.record.entry import Entry, digest, written
from contested.record.log import Copied, Record
from contested.record.revisions import revised, revised_in


def backup(record: Record, other: Record) -> int:
    """Copy what another record lacks of this one, which may be written to meanwhile."""
    return other.replay(_copied(record, entry) for entry in record.entries(until=record.head.seq))


def lines(record: Record) -> Iterator[str]:
    """Write a record as lines: each document before the entry that names it, and the head as the last line."""
    head, sent = record.head, set[str]()
    for entry in record.entries(until=head.seq):
        for sha256 in entry.documents():
            if sha256 not in sent:
                sent.add(sha256)
                content = base64.b64encode(b"".join(record.document(sha256))).decode()
                yield written({"document": sha256, "content": content})
        yield written(entry._asdict())
    yield written({"head": head.hash, "entries": head.seq})


def restore(copy: Iterable[str], record: Record) -> int:
    """Take over the lines of a copy; all or nothing."""
    return record.replay(_read(copy))


def _copied(record: Record, entry: Entry) -> Copied:
    return Copied(entry, revised(record, entry), {sha256: record.document(sha256) for sha256 in entry.documents()})


def _read(copy: Iterable[str]) -> Iterator[Copied]:
    documents: dict[str, bytes] = {}
    last = ended = ""
    for number, line in enumerate(copy, start=1):
        found = _parsed(number, line)
        if "document" in found:
            documents[found["document"]] = _content(number, found)
        elif "head" in found:
            ended = found["head"]
        else:
            entry = Entry.read(tuple(found.get(name) for name in Entry._fields))
            last = entry.hash
            yield _with(documents, entry)
    if not ended or (last and last != ended):
        message = "the copy breaks off: its last line must name its last entry"
        raise UnusableRecordError(message)


def _with(documents: dict[str, bytes], entry: Entry) -> Copied:
    """Find an entry's documents among those that were read; one may serve several entries."""
    missing = [sha256 for sha256 in entry.documents() if sha256 not in documents]
    if missing:
        message = f"the copy lacks the document {missing[0]} of entry {entry.seq}"
        raise UnusableRecordError(message)
    kept = {sha256: [documents[sha256]] for sha256 in entry.documents()}
    return Copied(entry, revised_in(entry, documents.__getitem__), kept)


def _parsed(number: int, line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError as error:
        message = f"line {number} of the copy is not JSON: {error}"
        raise UnusableRecordError(message) from None
    if not isinstance(found, dict):
        message = f"line {number} of the copy is no object"
        raise UnusableRecordError(message)
    return found


def _content(number: int, found: dict[str, Any]) -> bytes:
    try:
        content = base64.b64decode(found.get("content", ""), validate=True)
    except (ValueError, TypeError):
        content = None
    if content is None or digest(content) != found["document"]:
        message = f"line {number} of the copy: the document is not the one that was kept"
        raise ConflictError(message)
    return content
