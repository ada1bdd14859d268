"""An entry: one line of the record, chained to the line before by its hash.

The body is hashed apart, so that the chain can be checked without it.
"""

import hashlib
import json
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, Self

from contested.model.problem import UnusableRecordError


class Act(StrEnum):
    """What an entry does."""

    STATED = "stated"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    IMPORTED = "imported"
    UNDONE = "undone"


MANY = {Act.IMPORTED, Act.UNDONE}
"""What revises any number of claims at once, kept as a snapshot."""


class Head(NamedTuple):
    """The last entry of a record, which stands for all before it."""

    seq: int
    hash: str


NOTHING = Head(0, "0" * 64)
"""The head of an empty record."""


class Entry(NamedTuple):
    """One line of the record; its order of fields is that of the table."""

    seq: int
    story: str
    act: str
    claim_id: str
    """Empty for an import or an undo."""
    body: str
    """The claim, or what an import brought or an undo gives back, as JSON."""
    who: str
    why: str
    recorded_at: str
    key: str | None
    """A word of the writer's by which the same request sent twice is known; None where nobody gave one."""
    body_hash: str
    prev_hash: str
    hash: str

    @classmethod
    def after(cls, head: Head, said: "Said", recorded_at: datetime) -> Self:
        """Chain what is said to the last entry."""
        body_hash = digest(said.body.encode())
        links = (said.story, said.act, said.claim_id, said.body, said.who, said.why, recorded_at.isoformat(), said.key)
        unsigned = cls(head.seq + 1, *links, body_hash, head.hash, "")
        return unsigned._replace(hash=unsigned.signature())

    @classmethod
    def read(cls, row: tuple[Any, ...]) -> Self:
        """Read a row of the table, refusing one that a damaged file made up."""
        if tuple(map(type, row)) not in _KINDS:
            message = f"entry {row[0]!r} is damaged: a cell holds what no entry holds"
            raise UnusableRecordError(message)
        return cls(*row)

    def signature(self) -> str:
        """Hash everything that the entry says and the entry before it."""
        signed = {name: value for name, value in self._asdict().items() if name not in {"body", "hash"}}
        return digest(written(signed).encode())

    def brought(self) -> dict[str, Any]:
        """Read what an import brought, or an undo gives back; of an edit, nothing."""
        if self.act not in MANY:
            return {"files": {}, "snapshot": None}
        try:
            body: dict[str, Any] = json.loads(self.body)
            return body | {"files": dict(body["files"]), "snapshot": body["snapshot"]}
        except (ValueError, KeyError, TypeError) as error:
            message = f"entry {self.seq}: what it brought cannot be read: {error!r}"
            raise UnusableRecordError(message) from None

    def documents(self) -> list[str]:
        """Name the documents of an import: its snapshot, and the files that it was made from."""
        body = self.brought()
        return sorted({str(name) for name in [*body["files"].values(), body["snapshot"]] if name})

    def head(self) -> Head:
        """Name the record that ends with this entry."""
        return Head(self.seq, self.hash)

    def faults(self, before: Head) -> list[str]:
        """Say what does not hold together."""
        held = {
            "its number does not follow": self.seq == before.seq + 1,
            "it is not chained to the entry before": self.prev_hash == before.hash,
            "its body is not the one that was recorded": self.body_hash == digest(self.body.encode()),
            "its words are not the ones that were recorded": self.hash == self.signature(),
        }
        return [f"entry {self.seq}: {fault}" for fault, holds in held.items() if not holds]


_KINDS = {(int, *[str] * 7, key, *[str] * 3) for key in (str, type(None))}
"""What the cells of an entry may be, with a key and without."""


class Said(NamedTuple):
    """What somebody wants recorded."""

    story: str
    act: Act
    claim_id: str
    body: str
    who: str
    why: str
    key: str | None = None

    def refuse_unkeepable(self) -> None:
        """Refuse what no adapter could give back as it was."""
        if not (self.story and self.who):
            message = "an entry names its story and who recorded it"
            raise UnusableRecordError(message)
        if any("\x00" in text for text in (self.story, self.claim_id, self.who, self.why, self.key or "")):
            message = "a name holds a NUL character, which cannot be kept; take it out"
            raise UnusableRecordError(message)

    def is_said_by(self, entry: Entry) -> bool:
        """Say whether an entry already says just this."""
        return entry[1:5] == (self.story, self.act, self.claim_id, self.body)


def written(value: object) -> str:
    """Write a value as JSON in the one way that is hashed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: bytes) -> str:
    """Hash some bytes with SHA-256."""
    return hashlib.sha256(content).hexdigest()
