"""The append-only log: entries, the revisions of claims that they make, and the documents that they name.

An adapter stores the rows; what may be appended, and when it conflicts, is decided here for all of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, Protocol

from contested.model.problem import ConflictError, UnusableRecordError
from contested.model.wording import counted
from contested.record.entry import BULK_ACTS, EMPTY_HEAD, Act, Draft, Entry, Head
from contested.record.group_commit import Rows, Transaction, Write

PAGE, _FEW = 10_000, 100
_LAST = 2**62
Chunks = Iterable[bytes]
RevisedClaim = tuple[str, str]
"""A claim's id and the act of an entry on it."""


class Database(Protocol):
    """What an adapter implements."""

    def query(self, sql: str, *parameters: Any) -> Rows: ...  # noqa: D102, ANN401 what SQL takes
    def transaction(self) -> AbstractContextManager[Transaction]: ...  # noqa: D102
    def group_commit(self, write: Write) -> Entry: ...  # noqa: D102
    def damage(self) -> list[str]: ...  # noqa: D102
    def close(self) -> None: ...  # noqa: D102


class Revision(NamedTuple):
    """One version of a claim and the entry that made it: a row of the table `revision`, in its order of columns."""

    story: str
    claim_id: str
    rev: int
    seq: int
    act: str


class EntryBundle(NamedTuple):
    """An entry with the claims that it revises and the documents that it names."""

    entry: Entry
    revised: Iterable[RevisedClaim]
    documents: Mapping[str, Chunks]


def _now() -> datetime:
    return datetime.now(UTC)


class Record:
    """A log with any number of readers and one writer at a time."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = _now) -> None:
        self.database = database
        self._clock = clock

    @property
    def head(self) -> Head:
        """The last entry, which stands for all before it."""
        return _head(self.database.query)

    def holds(self, head: Head) -> bool:
        """Say whether an entry of this number and hash is in the record."""
        return bool(self.database.query("select 1 from entry where seq = ? and hash = ?", *head))

    def stories(self, until: int | None = None) -> list[str]:
        """List the stories in the order of their first entries, up to an entry or to the last."""
        sql = "select story, min(seq) from entry where seq <= ? group by story order by 2"
        return [name for name, _ in self.database.query(sql, _LAST if until is None else until)]

    def entries(self, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Read the entries numbered above `after` and up to `until`, page by page."""
        sql = f"select * from entry where seq > ? and seq <= ? order by seq limit {PAGE}"
        while page := self.database.query(sql, after, _LAST if until is None else until):
            yield from map(Entry.from_row, page)
            after = page[-1][0]

    def last_of(self, story: str, until: int) -> Head | None:
        """Give the last entry of one story up to an entry, without what it says, which may be long."""
        sql = "select seq, hash from entry where story = ? and seq <= ? order by seq desc limit 1"
        return next((Head(*row) for row in self.database.query(sql, story, until)), None)

    def back(self, story: str, until: int) -> Iterator[Entry]:
        """Read the entries of one story from `until` back to its first, page by page."""
        sql = f"select * from entry where story = ? and seq <= ? order by seq desc limit {_FEW}"
        while page := self.database.query(sql, story, until):
            yield from map(Entry.from_row, page)
            until = page[-1][0] - 1

    def last_by(self, moment: datetime) -> Entry | None:
        """Return the last entry that was recorded by a moment; entries are recorded in the order of their times."""
        low, high = 0, self.head.seq
        while low < high:
            middle = (low + high + 1) // 2
            if datetime.fromisoformat(self.entry(middle).recorded_at) <= moment:
                low = middle
            else:
                high = middle - 1
        return self.entry(low) if low else None

    def changed_ids(self, story: str, after: int, until: int, most: int) -> list[str]:
        """List claims of a story that entries above `after` and up to `until` revised, so many at most."""
        sql = "select distinct claim_id from revision where story = ? and seq > ? and seq <= ? order by 1 limit ?"
        return [claim_id for (claim_id,) in self.database.query(sql, story, after, until, most)]

    def entry(self, seq: int) -> Entry:
        """Read one entry."""
        for row in self.database.query("select * from entry where seq = ?", seq):
            return Entry.from_row(row)
        message = f"there is no entry {seq}"
        raise UnusableRecordError(message)

    def revisions(self, story: str, claim_id: str) -> list[Revision]:
        """List the revisions of one claim, the oldest first."""
        sql = "select * from revision where story = ? and claim_id = ? order by rev"
        return [Revision(*row) for row in self.database.query(sql, story, claim_id)]

    def document(self, sha256: str) -> Iterator[bytes]:
        """Read a document in chunks."""
        number, sql = 0, "select bytes from document where sha256 = ? and number = ?"
        while rows := self.database.query(sql, sha256, number):
            yield bytes(rows[0][0])
            number += 1

    def documents(self) -> list[str]:
        """List the hashes of all documents."""
        return [name for (name,) in self.database.query("select distinct sha256 from document order by 1")]

    def append(self, draft: Draft, base: int) -> Entry:
        """Append one revision of a claim; raises `ConflictError` unless `base` is its newest revision."""
        draft.refuse_unstorable()

        def write(transaction: Transaction) -> Entry:
            if duplicate := _same_key(transaction, draft):
                return duplicate
            newest = _newest(transaction, draft.story, draft.claim_id)
            if newest.rev != base or (draft.act == Act.WITHDRAWN == newest.act):
                raise ConflictError(_conflict(transaction, draft, newest, base))
            entry = Entry.chained(_head(transaction.execute), draft, self._next_timestamp(transaction))
            _insert(transaction, EntryBundle(entry, [(draft.claim_id, draft.act)], {}))
            return entry

        return self.database.group_commit(write)

    def append_import(
        self, draft: Draft, base: Head, revised: Iterable[RevisedClaim], documents: Mapping[str, Chunks]
    ) -> Entry:
        """Append an import with its documents, all or nothing; raises `ConflictError` if its story changed since."""
        draft.refuse_unstorable()
        with self.database.transaction() as transaction:
            if duplicate := _same_key(transaction, draft):
                return duplicate
            _refuse_changed_since(transaction.execute, draft.story, base)
            entry = Entry.chained(_head(transaction.execute), draft, self._next_timestamp(transaction))
            _insert(transaction, EntryBundle(entry, revised, documents))
            return entry

    def refuse_changed_since(self, story: str, base: Head) -> None:
        """Raise `ConflictError` if anybody wrote to a story after the entry `base`."""
        _refuse_changed_since(self.database.query, story, base)

    def replay(self, bundles: Iterable[EntryBundle]) -> int:
        """Append entries of another record as they are, all or none; raises `ConflictError` unless they continue it."""
        count = 0
        with self.database.transaction() as transaction:
            head = _head(transaction.execute)
            for bundle in bundles:
                if transaction.execute("select 1 from entry where hash = ?", bundle.entry.hash):
                    continue
                if faults := bundle.entry.faults(head):
                    message = f"the copy does not continue this record: {'; '.join(faults)}"
                    raise ConflictError(message)
                _insert(transaction, bundle)
                head, count = bundle.entry.head(), count + 1
        return count

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def _next_timestamp(self, transaction: Transaction) -> datetime:
        """Return a time after that of the last entry, whatever the clock does."""
        last = transaction.execute("select recorded_at from entry order by seq desc limit 1")
        now = self._clock().astimezone(UTC)
        return max(now, datetime.fromisoformat(last[0][0]) + timedelta(microseconds=1)) if last else now


def _head(query: Callable[[str], Rows]) -> Head:
    found = query("select seq, hash from entry order by seq desc limit 1")
    return Head(*found[0]) if found else EMPTY_HEAD


def _insert(transaction: Transaction, bundle: EntryBundle) -> None:
    entry = bundle.entry
    last = {entry.claim_id: _newest(transaction, entry.story, entry.claim_id).rev}
    if entry.act in BULK_ACTS:
        sql = "select claim_id, max(rev) from revision where story = ? group by claim_id"
        last = {str(claim_id): int(rev) for claim_id, rev in transaction.execute(sql, entry.story)}
    transaction.insert("entry", [entry])
    rows = ((entry.story, claim_id, last.get(claim_id, 0) + 1, entry.seq, act) for claim_id, act in bundle.revised)
    transaction.insert("revision", rows)
    for sha256, chunks in bundle.documents.items():
        if not transaction.execute("select 1 from document where sha256 = ? limit 1", sha256):
            transaction.insert("document", ((sha256, number, chunk) for number, chunk in enumerate(chunks)))


def _same_key(transaction: Transaction, draft: Draft) -> Entry | None:
    """Find the entry of the same idempotency key; raises `ConflictError` if it records something else."""
    for row in transaction.execute("select * from entry where key = ?", draft.key) if draft.key else ():
        entry = Entry.from_row(row)
        if not draft.matches(entry):
            message = f"the key {draft.key} was used before, for something else (entry {entry.seq})"
            raise ConflictError(message)
        return entry
    return None


def _newest(transaction: Transaction, story: str, claim_id: str) -> Revision:
    sql = "select * from revision where story = ? and claim_id = ? order by rev desc limit 1"
    found = transaction.execute(sql, story, claim_id)
    return Revision(*found[0]) if found else Revision(story, claim_id, 0, 0, "")


def _refuse_changed_since(query: Callable[..., Rows], story: str, base: Head) -> None:
    if base.seq and not query("select 1 from entry where seq = ? and hash = ?", *base):
        message = f"entry {base.seq} is not the one that was in view; look at the difference anew"
        raise ConflictError(message)
    sql = "select seq, who, recorded_at from entry where story = ? and seq > ? order by seq"
    if since := query(sql, story, base.seq):
        seq, who, when = since[-1]
        message = (
            f"{story} has moved on since: {counted(len(since), 'new entry', 'new entries')}; "
            f"look at the difference anew (the last is entry {seq}, by {who} at {when})"
        )
        raise ConflictError(message)


def _conflict(transaction: Transaction, draft: Draft, newest: Revision, base: int) -> str:
    if not newest.rev:
        return f"{draft.claim_id} was never stated in {draft.story}"
    [(who, when)] = transaction.execute("select who, recorded_at from entry where seq = ?", newest.seq)
    done = f"{draft.claim_id} was {newest.act} by {who} at {when} (revision {newest.rev})"
    return f"{done}; you had {f'revision {base}' if base else 'no revision'} in view"
