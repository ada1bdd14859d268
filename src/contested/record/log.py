"""The log: entries, the revisions of claims that they make, and the documents that they name; only ever added to.

An adapter knows how rows are kept; what may be added, and when it is refused, is here and the same for all.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, Protocol

from contested.model.problem import ConflictError, UnusableRecordError
from contested.model.wording import counted
from contested.record.entry import NOTHING, Act, Entry, Head, Said
from contested.record.piece import Run, Values, Work

PAGE = 10_000
_LAST = 2**62
Pieces = Iterable[bytes]
Revised = tuple[str, str]
"""The id of a claim, and what an entry did to it."""


class Database(Protocol):
    """What an adapter gives."""

    def rows(self, sql: str, *values: Any) -> Values: ...  # noqa: D102, ANN401 what SQL takes
    def writing(self) -> AbstractContextManager[Run]: ...  # noqa: D102
    def together(self, work: Work) -> Entry: ...  # noqa: D102
    def damage(self) -> list[str]: ...  # noqa: D102
    def close(self) -> None: ...  # noqa: D102


class Revision(NamedTuple):
    """One version of a claim, and the entry that made it; its order of fields is that of the table."""

    story: str
    claim_id: str
    rev: int
    seq: int
    act: str


class Copied(NamedTuple):
    """An entry as a copy gives it, with what it revised and the documents that it names."""

    entry: Entry
    revised: list[Revised]
    documents: Mapping[str, Pieces]


def _now() -> datetime:
    return datetime.now(UTC)


class Record:
    """A log that can be read by anyone and added to by one at a time."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = _now) -> None:
        self.database = database
        self._clock = clock

    @property
    def head(self) -> Head:
        """Name the last entry, which stands for all before it."""
        return _head(self.database.rows)

    def stories(self, until: int | None = None) -> list[str]:
        """Name the stories, in the order in which they were begun, as far as there are any now or until an entry."""
        sql = "select story, min(seq) from entry where seq <= ? group by story order by 2"
        return [name for name, _ in self.database.rows(sql, _LAST if until is None else until)]

    def entries(self, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Read the entries after a number, page by page, as far as there are any now or until another number."""
        sql = f"select * from entry where seq > ? and seq <= ? order by seq limit {PAGE}"
        while page := self.database.rows(sql, after, _LAST if until is None else until):
            yield from map(Entry.read, page)
            after = page[-1][0]

    def entry(self, seq: int) -> Entry:
        """Read one entry."""
        for row in self.database.rows("select * from entry where seq = ?", seq):
            return Entry.read(row)
        message = f"there is no entry {seq}"
        raise UnusableRecordError(message)

    def revisions(self, story: str, claim_id: str) -> list[Revision]:
        """List the revisions of one claim, the oldest first."""
        sql = "select * from revision where story = ? and claim_id = ? order by rev"
        return [Revision(*row) for row in self.database.rows(sql, story, claim_id)]

    def document(self, sha256: str) -> Iterator[bytes]:
        """Read a document piece by piece."""
        number, sql = 0, "select bytes from document where sha256 = ? and number = ?"
        while rows := self.database.rows(sql, sha256, number):
            yield bytes(rows[0][0])
            number += 1

    def documents(self) -> list[str]:
        """Name every document that is kept."""
        return [name for (name,) in self.database.rows("select distinct sha256 from document order by 1")]

    def add(self, said: Said, base: int) -> Entry:
        """Record one revision of a claim, made with the revision `base` in view."""
        said.refuse_unkeepable()

        def work(writing: Run) -> Entry:
            if found := _sent_before(writing, said):
                return found
            newest = _newest(writing, said.story, said.claim_id)
            if newest.rev != base or (said.act == Act.WITHDRAWN == newest.act):
                raise ConflictError(_moved_on(writing, said, newest, base))
            entry = Entry.after(_head(writing.run), said, self._moment(writing))
            _put(writing, Copied(entry, [(said.claim_id, said.act)], {}))
            return entry

        return self.database.together(work)

    def accept(self, said: Said, base: Head, revised: list[Revised], documents: Mapping[str, Pieces]) -> Entry:
        """Record an import of revisions and documents, made with the record up to `base` in view; all or nothing."""
        said.refuse_unkeepable()
        with self.database.writing() as writing:
            if found := _sent_before(writing, said):
                return found
            _refuse_moved_on(writing.run, said.story, base)
            entry = Entry.after(_head(writing.run), said, self._moment(writing))
            _put(writing, Copied(entry, revised, documents))
            return entry

    def refuse_moved_on(self, story: str, base: Head) -> None:
        """Refuse where somebody has written to a story since the record up to `base` was in view."""
        _refuse_moved_on(self.database.rows, story, base)

    def replay(self, copied: Iterable[Copied]) -> int:
        """Take over the entries of a copy as they are, if they continue this record; all or nothing."""
        taken = 0
        with self.database.writing() as writing:
            head = _head(writing.run)
            for one in copied:
                if writing.run("select 1 from entry where hash = ?", one.entry.hash):
                    continue
                if faults := one.entry.faults(head):
                    message = f"the copy does not continue this record: {'; '.join(faults)}"
                    raise ConflictError(message)
                _put(writing, one)
                head, taken = one.entry.head(), taken + 1
        return taken

    def close(self) -> None:
        """Let go of it."""
        self.database.close()

    def _moment(self, writing: Run) -> datetime:
        """Give the time, which in a record never stands still and never goes back, whatever the clock does."""
        last = writing.run("select recorded_at from entry order by seq desc limit 1")
        now = self._clock().astimezone(UTC)
        return max(now, datetime.fromisoformat(last[0][0]) + timedelta(microseconds=1)) if last else now


def _head(rows: Callable[[str], Values]) -> Head:
    found = rows("select seq, hash from entry order by seq desc limit 1")
    return Head(*found[0]) if found else NOTHING


def _put(writing: Run, one: Copied) -> None:
    entry = one.entry
    last = {claim_id: _newest(writing, entry.story, claim_id).rev for claim_id, _ in one.revised[:1]}
    if len(one.revised) > 1:
        sql = "select claim_id, max(rev) from revision where story = ? group by claim_id"
        last = {str(claim_id): int(rev) for claim_id, rev in writing.run(sql, entry.story)}
    writing.insert("entry", [entry])
    rows = ((entry.story, claim_id, last.get(claim_id, 0) + 1, entry.seq, act) for claim_id, act in one.revised)
    writing.insert("revision", rows)
    for sha256, pieces in one.documents.items():
        if not writing.run("select 1 from document where sha256 = ? limit 1", sha256):
            writing.insert("document", ((sha256, number, piece) for number, piece in enumerate(pieces)))


def _sent_before(writing: Run, said: Said) -> Entry | None:
    for row in writing.run("select * from entry where key = ?", said.key) if said.key else ():
        entry = Entry.read(row)
        if not said.is_said_by(entry):
            message = f"the key {said.key} was used before, for something else (entry {entry.seq})"
            raise ConflictError(message)
        return entry
    return None


def _newest(writing: Run, story: str, claim_id: str) -> Revision:
    sql = "select * from revision where story = ? and claim_id = ? order by rev desc limit 1"
    found = writing.run(sql, story, claim_id)
    return Revision(*found[0]) if found else Revision(story, claim_id, 0, 0, "")


def _refuse_moved_on(rows: Callable[..., Values], story: str, base: Head) -> None:
    """Refuse what was made with another record in view, or before the newest entries of its story."""
    if base.seq and not rows("select 1 from entry where seq = ? and hash = ?", *base):
        message = f"entry {base.seq} is not the one that was in view; look at the difference anew"
        raise ConflictError(message)
    sql = "select seq, who, recorded_at from entry where story = ? and seq > ? order by seq"
    if since := rows(sql, story, base.seq):
        seq, who, when = since[-1]
        new = counted(len(since), "new entry", "new entries")
        message = (
            f"{story} has moved on since: {new}; look at the difference anew "
            f"(the last is entry {seq}, by {who} at {when})"
        )
        raise ConflictError(message)


def _moved_on(writing: Run, said: Said, newest: Revision, base: int) -> str:
    if not newest.rev:
        return f"{said.claim_id} was never stated in {said.story}"
    [(who, when)] = writing.run("select who, recorded_at from entry where seq = ?", newest.seq)
    done = f"{said.claim_id} was {newest.act} by {who} at {when} (revision {newest.rev})"
    return f"{done}; you had {f'revision {base}' if base else 'no revision'} in view"
