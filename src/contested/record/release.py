"""Releases: the difference between a dataset and its release before, shown first and then imported.

Only what differs in meaning is recorded: that a row has another number, or one at last, is no change. A field that the
desk has edited stays as it is (`own_edits`). Claims that a release no longer holds are withdrawn, unless rows of it
were refused: then one of those may be the missing one.
"""

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from contested.model.arrow_schema import COLUMNS, from_row, to_arrow
from contested.model.claim import Claim
from contested.model.corrections import outdated
from contested.model.problem import ConflictError
from contested.model.wording import counted
from contested.record.edits import ChangeNote
from contested.record.entry import BULK_ACTS, Act, Draft, Entry, Head, canonical_json, digest
from contested.record.log import Record
from contested.record.own_edits import (
    BOTH,
    COMPARED,
    OURS,
    OURS_STAND,
    THEIRS,
    Conflict,
    Edits,
    Standing,
    beside_edits,
    edited,
    with_standing_twins,
)
from contested.record.revisions import revisions, snapshot
from contested.record.sqlite import is_database

CHUNK_BYTES = 1 << 20
_WINDOW = 1 << 16
"""So many rows are hashed or named at once."""
SHOWN = 5
_ROW = "row "
"""How the place of a claim in its file begins where it is the number of a row."""
_DIFFERS = " or ".join(f"fresh.{name} is distinct from last.{name}" for name in COMPARED if name != "locator")
_MOVED = f"last.locator is null or (starts_with(fresh.locator, '{_ROW}') and starts_with(last.locator, '{_ROW}'))"
_DIFFERS = f"{_DIFFERS} or (fresh.locator is distinct from last.locator and not coalesce({_MOVED}, false))"
_CHANGES = f"""
with last as (from past qualify row_number() over (partition by claim_id order by turn desc) = 1)
, stands as (from story qualify row_number() over (partition by claim_id order by turn desc) = 1)
select fresh.*, if(last.claim_id is null, 'stated', 'corrected') as act
from fresh left join last using (claim_id)
where last.claim_id is null or {_DIFFERS}
union all by name
select stands.* replace ('withdrawn' as status), 'withdrawn' as act
from last join stands using (claim_id)
where $whole and last.status <> 'withdrawn' and stands.status <> 'withdrawn'
    and last.claim_id not in (select claim_id from fresh)
order by act = 'withdrawn', turn
"""


class Submission(NamedTuple):
    """The claims of a file or a folder, to be imported into a story."""

    story: str
    dataset: str
    """What it is a release of."""
    claims: tuple[Claim, ...] | pa.Table
    """As models, or in the columns of `COLUMNS`."""
    files: Mapping[str, Path]
    tables: Mapping[str, list[dict[str, Any]]] = {}
    """The rows of the side tables."""
    package: dict[str, Any] | None = None
    refused: int = 0
    """Number of its rows that were rejected."""


class Release(NamedTuple):
    """The difference that would be recorded, computed against the record up to `base`."""

    submission: Submission
    base: Head
    rows: pa.Table
    acts: tuple[str, ...]
    body: dict[str, Any]
    is_news: bool
    """Whether anything differs: a claim, a row of a side table, or only the file."""
    edited: frozenset[str]
    """Claims with single edits that this release would change again."""
    conflicts: tuple[Conflict, ...] = ()
    """Fields that the desk has edited and the release changes."""
    same: int = 0
    """How many of its claims say what is recorded."""

    def count(self, act: Act) -> int:
        """Count the claims that it states, corrects or withdraws."""
        return self.acts.count(act)

    def digest(self) -> str:
        """Hash what would be recorded, to tell whether it is still what was shown."""
        seen = hashlib.sha256(canonical_json([self.submission.story, self.body]).encode())
        for start in range(0, len(self.rows), _WINDOW):
            some = io.BytesIO()
            with pa.ipc.new_stream(some, COLUMNS) as stream:
                stream.write_table(self.rows.slice(start, _WINDOW).combine_chunks())
            seen.update(" ".join(self.acts[start : start + _WINDOW]).encode())
            seen.update(some.getbuffer())
        return seen.hexdigest()


def release(record: Record, submission: Submission, base: Head | None = None, edits: Edits = OURS_STAND) -> Release:
    """Compute what a submission changes in a record, as it is now or as it was at the entry `base`."""
    base = base or record.head
    entries = imports(record, submission.story, base.seq)
    earlier, reverted = [one for one in entries if one[1]["dataset"] == submission.dataset], undone(entries)
    manifests = [manifest for entry, manifest in earlier if entry.act == Act.IMPORTED and entry.seq not in reverted]
    files = {name: _hash(path) for name, path in submission.files.items()}
    past = pa.concat_tables([COLUMNS.empty_table(), *(snapshot(record, entry) for entry, _ in earlier)])
    claims = submission.claims
    fresh = with_standing_twins(claims if isinstance(claims, pa.Table) else to_arrow(claims), past)
    story = revisions(record, submission.story, until=base.seq)
    _refuse_foreign(submission, fresh, past, story)
    changed = _changed(fresh, past, story, whole=not submission.refused)
    by_hand = edited(record, submission.story, base.seq)
    changed, conflicts = beside_edits(Standing(record, submission.story, by_hand), changed, past, edits)
    rows = changed.select(COLUMNS.names).cast(COLUMNS)
    manifest: dict[str, Any] = {"dataset": submission.dataset, "files": files, "tables": dict(submission.tables)}
    manifest |= {"package": submission.package}
    news = bool(len(rows)) or not manifests or any(manifests[-1][name] != manifest[name] for name in manifest)
    body = manifest | {"claims": len(rows), "snapshot": None}
    acts = _acts(changed["act"])
    again = frozenset(by_hand & set(rows["claim_id"].to_pylist())) if by_hand else frozenset[str]()
    same = len(fresh) - sum(act != Act.WITHDRAWN for act in acts)
    return Release(submission, base, rows, acts, body, news, again, conflicts, same)


def accept(record: Record, one: Release, note: ChangeNote) -> Entry:
    """Append a release with its snapshot and its original files, or an undo, all or nothing."""
    content = _parquet(one) if len(one.rows) else b""
    body = one.body | ({"snapshot": digest(content)} if content else {})
    documents: dict[str, Iterable[bytes]] = {
        sha: _chunks(one.submission.files[name], sha) for name, sha in body["files"].items()
    }
    if content:
        starts = range(0, len(content), CHUNK_BYTES)
        documents[body["snapshot"]] = [content[start : start + CHUNK_BYTES] for start in starts]
    act = Act.UNDONE if "undoes" in body else Act.IMPORTED
    draft = Draft(one.submission.story, act, "", canonical_json(body), note.who, note.why, note.key)
    ids = (name for some in one.rows["claim_id"].chunks for name in _each(some))
    revised = zip(ids, one.acts, strict=True)
    return record.append_import(draft, one.base, revised, documents)


def imports(record: Record, story: str, until: int | None = None) -> list[tuple[Entry, dict[str, Any]]]:
    """List the imports and undos of a story up to an entry, each with its manifest."""
    sql = "select * from entry where story = ? and act in (?, ?) order by seq"
    rows = record.database.query(sql, story, *sorted(map(str, BULK_ACTS)))
    return [(entry, entry.manifest()) for entry in map(Entry.from_row, rows) if until is None or entry.seq <= until]


def undone(entries: Sequence[tuple[Entry, dict[str, Any]]]) -> dict[int, int]:
    """Map each undone entry to the one that undid it, which is not undone itself."""
    found: dict[int, int] = {}
    for entry, body in reversed(entries):
        if entry.act == Act.UNDONE and entry.seq not in found:
            found[int(body["undoes"])] = entry.seq
    return found


def changes(record: Record, one: Release) -> Iterator[str]:
    """Describe what would be recorded, one line a claim."""
    current = {row["claim_id"]: row for row in revisions(record, one.submission.story, until=one.base.seq).to_pylist()}
    for act, row in zip(one.acts, one.rows.to_pylist(), strict=True):
        old, edited = current.get(row["claim_id"], {}), " (edited by the desk since)" * (row["claim_id"] in one.edited)
        what = ", ".join(differences(old, row)) if act == Act.CORRECTED else row["summary"]
        yield f"{act} {row['claim_id']}{edited}: {what}{_old_words(old, row) if act == Act.CORRECTED else ''}"


def edits_kept(one: Release, edits: Edits = OURS_STAND) -> Iterator[str]:
    """Say which edits of the desk a release would change, what it says instead, and which word stands."""
    stands = {OURS: "ours is kept", THEIRS: "taken", BOTH: "both stand, the release's as a claim of its own"}
    for field in one.conflicts:
        said = f"{_cell(field.ours)} ({field.who}, {field.at[:10]}), the release says {_cell(field.theirs)}"
        yield f"against our edits, {field.claim_id}: {field.field} {said}: {stands[edits.of(field)]}"


def _old_words(old: dict[str, Any], new: dict[str, Any]) -> str:
    """Name the texts of a corrected claim that still state the old value."""
    still = outdated(from_row(old), from_row(new), (), "UTC") if old else {}
    return "".join(f"; its {field} still says {words}" for field, words in still.items())


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """List the fields that differ, as `best 10 → 11`."""
    names = [name for name in COMPARED if old.get(name) != new.get(name)]
    return [f"{name} {_cell(old.get(name))} → {_cell(new.get(name))}" for name in names]


def _cell(value: object) -> str:
    return "unknown" if value is None else ";".join(value) or "none" if isinstance(value, list) else str(value)


def _acts(column: pa.ChunkedArray) -> tuple[str, ...]:
    """Give the act on each claim; a million claims share a few words."""
    told = column.combine_chunks().dictionary_encode()
    words = told.dictionary.to_pylist()
    return tuple(map(words.__getitem__, told.indices.to_pylist()))


def _each(names: pa.Array) -> Iterator[str]:
    for start in range(0, len(names), _WINDOW):
        yield from names.slice(start, _WINDOW).to_pylist()


def _changed(fresh: pa.Table, past: pa.Table, story: pa.Table, *, whole: bool) -> pa.Table:
    """Give the claims that differ from what is recorded, each with what is done; of a first import each is stated."""
    if not len(past) and not len(story):
        return fresh.append_column("act", pa.repeat(str(Act.STATED), len(fresh)))
    with duckdb.connect() as database:
        for name, table in (("fresh", fresh), ("past", past), ("story", story)):
            database.register(name, table.append_column("turn", pa.array(range(len(table)), pa.int64())))
        return database.sql(_CHANGES, params={"whole": whole}).to_arrow_table()


def _refuse_foreign(submission: Submission, fresh: pa.Table, past: pa.Table, story: pa.Table) -> None:
    if not len(story):
        return
    ids = fresh["claim_id"]
    is_foreign = pc.and_not(*(pc.is_in(ids, pc.unique(one["claim_id"].cast(ids.type))) for one in (story, past)))
    if foreign := sorted(ids.filter(is_foreign).to_pylist()):
        some = ", ".join(foreign[:SHOWN]) + " …" * (len(foreign) > SHOWN)
        message = (
            f"{submission.story} holds {counted(len(foreign), 'claim')} of {submission.dataset} already, "
            f"from elsewhere ({some}); say what it is a new release of, or bring it into a story of its own"
        )
        raise ConflictError(message)


def _parquet(one: Release) -> bytes:
    file, table = io.BytesIO(), one.rows.append_column("act", pa.array(one.acts, pa.string()))
    pa.parquet.write_table(table, file, compression="zstd")
    return file.getvalue()


def _hash(path: Path) -> str:
    """Hash a file; to open one that is a record would drop the locks on it, which may be this very record's."""
    if is_database(path):
        message = f"{path.name} is a record, or another database; it cannot be brought as a file"
        raise ConflictError(message)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _chunks(path: Path, sha256: str) -> Iterator[bytes]:
    """Read a file in chunks; raises `ConflictError` if it is not the one that was hashed."""
    seen = hashlib.sha256()
    with path.open("rb") as file:
        for chunk in chain([file.read(CHUNK_BYTES)], iter(lambda: file.read(CHUNK_BYTES), b"")):
            seen.update(chunk)
            yield chunk
    if seen.hexdigest() != sha256:
        message = f"{path.name} changed while it was read; nothing was recorded"
        raise ConflictError(message)
