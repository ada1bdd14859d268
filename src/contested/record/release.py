"""A release: what a file or a folder brings, held against what it brought before, to be seen before it is accepted.

Between two releases only what differs is recorded, so that an edit of the desk outlives a release that does not touch
the claim. Claims that a release no longer holds are withdrawn, unless rows of it were refused: then one of those may be
the missing one.
"""

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.parquet

from contested.model.arrow_schema import COLUMNS, tabled
from contested.model.claim import Claim
from contested.model.corrections import outdated
from contested.model.problem import ConflictError
from contested.model.wording import counted
from contested.record.edits import Hand
from contested.record.entry import MANY, Act, Entry, Head, Said, digest, written
from contested.record.log import Record
from contested.record.revisions import claim, revisions, snapshot
from contested.record.sqlite import is_database

PIECE = 1 << 20
SHOWN = 5
_SAID = [name for name in COLUMNS.names if name != "recorded_at"]
_OTHERWISE = " or ".join(f"fresh.{name} is distinct from last.{name}" for name in _SAID)
_CHANGES = f"""
with last as (from past qualify row_number() over (partition by claim_id order by turn desc) = 1)
, stands as (from story qualify row_number() over (partition by claim_id order by turn desc) = 1)
select fresh.*, if(last.claim_id is null, 'stated', 'corrected') as act
from fresh left join last using (claim_id)
where last.claim_id is null or {_OTHERWISE}
union all by name
select stands.* replace ('withdrawn' as status), 'withdrawn' as act
from last join stands using (claim_id)
where $whole and last.status <> 'withdrawn' and stands.status <> 'withdrawn'
    and last.claim_id not in (select claim_id from fresh)
order by act = 'withdrawn', turn
"""


class Brought(NamedTuple):
    """What a file or a folder brings to a story."""

    story: str
    dataset: str
    """What it is a release of."""
    claims: tuple[Claim, ...] | pa.Table
    """As models, or as they are kept."""
    files: Mapping[str, Path]
    tables: Mapping[str, list[dict[str, Any]]] = {}
    """The rows of the side tables."""
    package: dict[str, Any] | None = None
    refused: int = 0
    """How many of its rows could not be read."""


class Release(NamedTuple):
    """What would be recorded, made with the record up to `base` in view."""

    brought: Brought
    base: Head
    rows: pa.Table
    acts: tuple[str, ...]
    body: dict[str, Any]
    is_news: bool
    """Whether anything at all is new: a claim, a label, or only the file."""
    edited: frozenset[str]
    """Claims that the desk has edited and that this release changes again."""

    def count(self, act: Act) -> int:
        """Count the claims that it states, corrects or withdraws."""
        return self.acts.count(act)

    def digest(self) -> str:
        """Sum up what would be recorded in one hash, by which it is known to be what was shown."""
        rows = pa.BufferOutputStream()
        with pa.ipc.new_stream(rows, COLUMNS) as stream:
            stream.write_table(self.rows.combine_chunks())
        said = written([self.brought.story, self.body, self.acts])
        return digest(said.encode() + rows.getvalue().to_pybytes())


def release(record: Record, brought: Brought, base: Head | None = None) -> Release:
    """Hold what is brought against the record, as it now stands or as it stood with an entry the last one."""
    base = base or record.head
    told = imports(record, brought.story, base.seq)
    before, taken_back = [one for one in told if one[1]["dataset"] == brought.dataset], undone(told)
    holds = [body for entry, body in before if entry.act == Act.IMPORTED and entry.seq not in taken_back]
    files = {name: _hash(path) for name, path in brought.files.items()}
    past = pa.concat_tables([COLUMNS.empty_table(), *(snapshot(record, entry) for entry, _ in before)])
    fresh = brought.claims if isinstance(brought.claims, pa.Table) else tabled(brought.claims)
    story = revisions(record, brought.story, until=base.seq)
    _refuse_foreign(brought, fresh, past, story)
    changed = _changed(fresh, past, story, whole=not brought.refused)
    rows = changed.select(COLUMNS.names).cast(COLUMNS)
    said = {"dataset": brought.dataset, "files": files, "tables": dict(brought.tables), "package": brought.package}
    news = bool(len(rows)) or not holds or any(holds[-1][name] != said[name] for name in said)
    body = said | {"claims": len(rows), "snapshot": None}
    edited = _edited(record, brought.story, base.seq) & set(rows["claim_id"].to_pylist())
    return Release(brought, base, rows, tuple(changed["act"].to_pylist()), body, news, frozenset(edited))


def accept(record: Record, one: Release, hand: Hand) -> Entry:
    """Record a release with its snapshot and its original files, or an undo; all or nothing."""
    content = _parquet(one) if len(one.rows) else b""
    body = one.body | ({"snapshot": digest(content)} if content else {})
    documents = {sha: _pieces(one.brought.files[name], sha) for name, sha in body["files"].items()}
    if content:
        documents[body["snapshot"]] = iter([content[at : at + PIECE] for at in range(0, len(content), PIECE)])
    act = Act.UNDONE if "undoes" in body else Act.IMPORTED
    said = Said(one.brought.story, act, "", written(body), hand.who, hand.why, hand.key)
    return record.accept(said, one.base, list(zip(one.rows["claim_id"].to_pylist(), one.acts, strict=True)), documents)


def imports(record: Record, story: str, until: int | None = None) -> list[tuple[Entry, dict[str, Any]]]:
    """List the imports and undos of a story until an entry, with what they brought or gave back."""
    sql = "select * from entry where story = ? and act in (?, ?) order by seq"
    rows = record.database.rows(sql, story, *sorted(map(str, MANY)))
    return [(entry, entry.brought()) for entry in map(Entry.read, rows) if until is None or entry.seq <= until]


def undone(told: Sequence[tuple[Entry, dict[str, Any]]]) -> dict[int, int]:
    """Find which entries are undone, and by which others, that are not undone themselves."""
    found: dict[int, int] = {}
    for entry, body in reversed(told):
        if entry.act == Act.UNDONE and entry.seq not in found:
            found[int(body["undoes"])] = entry.seq
    return found


def changes(record: Record, one: Release) -> Iterator[str]:
    """Say claim by claim what would be recorded."""
    now = {row["claim_id"]: row for row in revisions(record, one.brought.story, until=one.base.seq).to_pylist()}
    for act, row in zip(one.acts, one.rows.to_pylist(), strict=True):
        old, edited = now.get(row["claim_id"], {}), " (edited by the desk since)" * (row["claim_id"] in one.edited)
        said = ", ".join(differences(old, row)) if act == Act.CORRECTED else row["summary"]
        yield f"{act} {row['claim_id']}{edited}: {said}{_old_words(old, row) if act == Act.CORRECTED else ''}"


def _old_words(old: dict[str, Any], new: dict[str, Any]) -> str:
    """Say which words of a corrected claim still say what it said before."""
    still = outdated(claim(old), claim(new), (), "UTC") if old else {}
    return "".join(f"; its {field} still says {words}" for field, words in still.items())


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Say which fields differ, and how."""
    names = [name for name in _SAID if old.get(name) != new.get(name)]
    return [f"{name} {_cell(old.get(name))} → {_cell(new.get(name))}" for name in names]


def _cell(value: object) -> str:
    return "unknown" if value is None else ";".join(value) or "none" if isinstance(value, list) else str(value)


def _changed(fresh: pa.Table, past: pa.Table, story: pa.Table, *, whole: bool) -> pa.Table:
    with duckdb.connect() as database:
        for name, table in (("fresh", fresh), ("past", past), ("story", story)):
            database.register(name, table.append_column("turn", pa.array(range(len(table)), pa.int64())))
        return database.sql(_CHANGES, params={"whole": whole}).to_arrow_table()


def _refuse_foreign(brought: Brought, fresh: pa.Table, past: pa.Table, story: pa.Table) -> None:
    ids = [set(table["claim_id"].to_pylist()) for table in (fresh, story, past)]
    if foreign := sorted((ids[0] & ids[1]) - ids[2]):
        some = ", ".join(foreign[:SHOWN]) + " …" * (len(foreign) > SHOWN)
        message = (
            f"{brought.story} holds {counted(len(foreign), 'claim')} of {brought.dataset} already, from elsewhere "
            f"({some}); if this is a new release of something, name it"
        )
        raise ConflictError(message)


def _edited(record: Record, story: str, until: int) -> set[str]:
    sql = "select claim_id from entry where story = ? and claim_id <> '' and seq <= ?"
    rows = record.database.rows(sql, story, until)
    return {claim_id for (claim_id,) in rows}


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


def _pieces(path: Path, sha256: str) -> Iterator[bytes]:
    """Read a file piece by piece, and make sure that it is the one that was hashed."""
    seen = hashlib.sha256()
    with path.open("rb") as file:
        for piece in chain([file.read(PIECE)], iter(lambda: file.read(PIECE), b"")):
            seen.update(piece)
            yield piece
    if seen.hexdigest() != sha256:
        message = f"{path.name} changed while it was read; nothing was recorded"
        raise ConflictError(message)
