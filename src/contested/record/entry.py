"""Entries of the append-only log, each chained to the one before by its SHA-256.

The body is hashed apart, so that the chain can be verified without it.
"""

import hashlib
import json
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, Self

from contested.model.problem import UnusableRecordError


class Act(StrEnum):
    """What an entry does to claims."""

    STATED = "stated"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    IMPORTED = "imported"
    UNDONE = "undone"


BULK_ACTS = {Act.IMPORTED, Act.UNDONE}
"""Acts that revise any number of claims at once, kept as a snapshot."""


class Head(NamedTuple):
    """A checkpoint: number and hash of the last entry, which stand for all before it."""

    seq: int
    hash: str


EMPTY_HEAD = Head(0, "0" * 64)
"""The head of an empty record."""


class Entry(NamedTuple):
    """One row of the table `entry`, its fields in the order of the columns."""

    seq: int
    story: str
    act: str
    claim_id: str
    """Empty for an import or an undo."""
    body: str
    """JSON: the claim, or the manifest of an import or an undo."""
    who: str
    why: str
    recorded_at: str
    key: str | None
    """Idempotency key of the writer, by which the same request sent twice is known."""
    body_hash: str
    prev_hash: str
    hash: str

    @classmethod
    def chained(cls, head: Head, draft: "Draft", recorded_at: datetime) -> Self:
        """Make the entry that follows `head`."""
        body_hash = digest(draft.body.encode())
        fields = (draft.story, draft.act, draft.claim_id, draft.body, draft.who, draft.why)
        unsigned = cls(head.seq + 1, *fields, recorded_at.isoformat(), draft.key, body_hash, head.hash, "")
        return unsigned._replace(hash=unsigned.computed_hash())

    @classmethod
    def from_row(cls, row: tuple[Any, ...]) -> Self:
        """Make an entry of a row of the table; raises `UnusableRecordError` where a cell has an impossible type."""
        if tuple(map(type, row)) not in _CELL_TYPES:
            message = f"entry {row[0]!r} is damaged: a cell holds what no entry holds"
            raise UnusableRecordError(message)
        return cls(*row)

    def computed_hash(self) -> str:
        """Hash all fields but the body, which is in by its own hash, with the hash of the entry before."""
        hashed = {name: value for name, value in self._asdict().items() if name not in {"body", "hash"}}
        return digest(canonical_json(hashed).encode())

    def manifest(self) -> dict[str, Any]:
        """Parse what an import brought or an undo gives back: its files, snapshot, side tables; empty for an edit."""
        if self.act not in BULK_ACTS:
            return {"files": {}, "snapshot": None}
        try:
            body: dict[str, Any] = json.loads(self.body)
            return body | {"files": dict(body["files"]), "snapshot": body["snapshot"]}
        except (ValueError, KeyError, TypeError) as error:
            message = f"entry {self.seq}: what it brought cannot be read: {error!r}"
            raise UnusableRecordError(message) from None

    def document_hashes(self) -> list[str]:
        """List the documents of an import: its snapshot, and the files that it was made from."""
        manifest = self.manifest()
        return sorted({str(name) for name in [*manifest["files"].values(), manifest["snapshot"]] if name})

    def head(self) -> Head:
        """Return the checkpoint of the record that ends with this entry."""
        return Head(self.seq, self.hash)

    def faults(self, before: Head) -> list[str]:
        """List what does not hold of its number, its hashes and its link to the entry before."""
        checks = {
            "its number does not follow": self.seq == before.seq + 1,
            "it is not chained to the entry before": self.prev_hash == before.hash,
            "its body is not the one that was recorded": self.body_hash == digest(self.body.encode()),
            "its words are not the ones that were recorded": self.hash == self.computed_hash(),
        }
        return [f"entry {self.seq}: {fault}" for fault, holds in checks.items() if not holds]


_CELL_TYPES = {(int, *[str] * 7, key, *[str] * 3) for key in (str, type(None))}
"""The types of the cells of an entry, with an idempotency key and without."""


class Draft(NamedTuple):
    """An entry to be appended: it gets its number, time and hashes from the record."""

    story: str
    act: Act
    claim_id: str
    body: str
    who: str
    why: str
    key: str | None = None

    def refuse_unstorable(self) -> None:
        """Raise `UnusableRecordError` for what some adapter could not give back as it was."""
        if not (self.story and self.who):
            message = "an entry names its story and who recorded it"
            raise UnusableRecordError(message)
        if any("\x00" in text for text in (self.story, self.claim_id, self.who, self.why, self.key or "")):
            message = "a name holds a NUL character, which cannot be kept; take it out"
            raise UnusableRecordError(message)

    def matches(self, entry: Entry) -> bool:
        """Return whether an entry already records just this."""
        return entry[1:5] == (self.story, self.act, self.claim_id, self.body)


def canonical_json(value: object) -> str:
    """Serialize as JSON in the one form that is hashed: sorted keys, no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
