"""Backup: copy a whole record into another of any kind, or export it as JSON Lines and import it again.

Entries keep their hashes; a copy whose chain does not hold is refused as a whole.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from typing import Any

from contested.model.problem import ConflictError, UnusableRecordError
from contested.record.entry import Entry, canonical_json, digest
from contested.record.log import EntryBundle, Record
from contested.record.revisions import revised, revised_in


def backup(record: Record, other: Record) -> int:
    """Append to another record what it lacks of this one; return the number of entries."""
    return other.replay(_bundle(record, entry) for entry in record.entries(until=record.head.seq))


def export_lines(record: Record) -> Iterator[str]:
    """Serialize a record as JSON Lines: each document before the entry that names it, the head as the last line."""
    head, sent = record.head, set[str]()
    for entry in record.entries(until=head.seq):
        for sha256 in entry.document_hashes():
            if sha256 not in sent:
                sent.add(sha256)
                content = base64.b64encode(b"".join(record.document(sha256))).decode()
                yield canonical_json({"document": sha256, "content": content})
        yield canonical_json(entry._asdict())
    yield canonical_json({"head": head.hash, "entries": head.seq})


def import_lines(lines: Iterable[str], record: Record) -> int:
    """Append the entries of an export, all or none; return their number."""
    return record.replay(_parse(lines))


def _bundle(record: Record, entry: Entry) -> EntryBundle:
    documents = {sha256: record.document(sha256) for sha256 in entry.document_hashes()}
    return EntryBundle(entry, revised(record, entry), documents)


def _parse(lines: Iterable[str]) -> Iterator[EntryBundle]:
    documents: dict[str, bytes] = {}
    last = ended = ""
    for number, line in enumerate(lines, start=1):
        fields = _parse_line(number, line)
        if "document" in fields:
            documents[fields["document"]] = _content(number, fields)
        elif "head" in fields:
            ended = fields["head"]
        else:
            entry = Entry.from_row(tuple(fields.get(name) for name in Entry._fields))
            last = entry.hash
            yield _with_documents(entry, documents)
    if not ended or (last and last != ended):
        message = "the copy breaks off: its last line must name its last entry"
        raise UnusableRecordError(message)


def _with_documents(entry: Entry, documents: dict[str, bytes]) -> EntryBundle:
    """Bundle an entry with its documents, of which one may serve several entries."""
    missing = [sha256 for sha256 in entry.document_hashes() if sha256 not in documents]
    if missing:
        message = f"the copy lacks the document {missing[0]} of entry {entry.seq}"
        raise UnusableRecordError(message)
    own = {sha256: [documents[sha256]] for sha256 in entry.document_hashes()}
    return EntryBundle(entry, revised_in(entry, documents.__getitem__), own)


def _parse_line(number: int, line: str) -> dict[str, Any]:
    try:
        fields = json.loads(line)
    except ValueError as error:
        message = f"line {number} of the copy is not JSON: {error}"
        raise UnusableRecordError(message) from None
    if not isinstance(fields, dict):
        message = f"line {number} of the copy is no object"
        raise UnusableRecordError(message)
    return fields


def _content(number: int, fields: dict[str, Any]) -> bytes:
    try:
        content = base64.b64decode(fields.get("content", ""), validate=True)
    except (ValueError, TypeError):
        content = None
    if content is None or digest(content) != fields["document"]:
        message = f"line {number} of the copy: the document is not the one that was kept"
        raise ConflictError(message)
    return content
