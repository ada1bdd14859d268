"""Stories: opened from a folder, from a file, or by name from a record, and brought to one.

A record keeps the side tables of a story as they were when they were brought; a later row of the same key holds.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from contested.ingest import mapping, story_folder
from contested.ingest.options import Given
from contested.model import held_back
from contested.model.arrow_schema import from_arrow
from contested.model.claim import Claim
from contested.model.corrections import Change, changed
from contested.model.held_back import Mark
from contested.model.problem import UnreadableStoryError
from contested.model.side_tables import Account, Event, Place, Row, Source
from contested.model.story import Package, Story
from contested.record import is_record, open_record
from contested.record.entry import Head, digest
from contested.record.frozen import entry_of
from contested.record.log import Record
from contested.record.marks import Marks
from contested.record.release import Submission, imports, undone
from contested.record.revisions import revisions

_TABLES: dict[str, type[Row]] = {"accounts": Account, "sources": Source, "events": Event, "places": Place}
_FILES = ("claims.csv", "datapackage.json", *(f"{name}.csv" for name in _TABLES))


def open_story(
    where: str | Path,
    name: str | None = None,
    given: Given | None = None,
    frozen: str | None = None,
    *,
    for_newsroom: bool = False,
) -> Story:
    """Open a folder, a file of claims with what a person says of it, or the story of that name in a record.

    `frozen` names an entry of the record, or a time, to read the story as it stood with that entry the last one. What
    is sensitive or under embargo is in it only if it is opened for the newsroom.
    """
    if for_newsroom:
        return _whole(where, name, given, frozen)[0]
    return open_for_readers(where, name, given, frozen)[0]


def open_for_readers(
    where: str | Path, name: str | None = None, given: Given | None = None, frozen: str | None = None
) -> tuple[Story, int]:
    """Open a story as its readers may see it, and count, for its keeper alone, the claims that they may not."""
    whole, told = _whole(where, name, given, frozen)
    if not told:
        return whole, 0
    shown = held_back.shown(whole, told, datetime.now(UTC))
    return shown, _claims(whole) - _claims(shown)


def _claims(story: Story) -> int:
    return len(pc.unique(story.claims["claim_id"]))


def _whole(where: str | Path, name: str | None, given: Given | None, frozen: str | None) -> tuple[Story, list[Mark]]:
    """Open a story with all that is held back, and say what is."""
    if is_record(where):
        with closing(open_record(where)) as record:
            whole = kept_story(record, name, _frozen(record, name, frozen) if frozen else None)
            return whole, Marks(record, whole.name).now()
    whole = _from_files(where, name, given, frozen)
    return whole, held_back.marks(whole.claims)


def _from_files(where: str | Path, name: str | None, given: Given | None, frozen: str | None) -> Story:
    if frozen:
        message = f"{where} is no record, so it holds no earlier state; --frozen is for records"
        raise UnreadableStoryError(message)
    if name is not None:
        message = f"{where} is no record, so it holds no story named {name}"
        raise UnreadableStoryError(message)
    return story_folder.open_story(Path(where), given)


def _frozen(record: Record, name: str | None, said: str) -> Head:
    entry = entry_of(record, said, package(record, named(record, name)).zone)
    if entry is None:
        message = (
            f"--frozen {said!r}: no entry of this record has this number and hash, and none was there by that time"
        )
        raise UnreadableStoryError(message)
    return entry.head()


def kept_story(record: Record, name: str | None = None, until: Head | None = None) -> Story:
    """Read a story of a record as it now stands, or as it stood with an entry the last one, with what is held back."""
    name, head = named(record, name), until or record.head
    bodies = list(_holding(record, name, head.seq))
    tables = {
        table: {row[key]: model.model_validate(row) for body in bodies for row in body.get("tables", {}).get(table, ())}
        for table, model in _TABLES.items()
        for key in [next(iter(model.model_fields))]
    }
    claims = revisions(record, name, until=head.seq)
    changes = _changes(record, name, head, claims)
    package = _package(name, bodies, story_folder.only_zone(claims))
    return Story(name, package, claims, changes=changes, head=head.hash, **tables)  # type: ignore[arg-type]


def _changes(record: Record, name: str, head: Head, claims: pa.Table) -> dict[str, tuple[Change, ...]]:
    """Say who changed each claim, when and why; the revisions of a claim are in their order."""
    sql = """select r.claim_id, r.rev, r.act, e.who, e.why, e.recorded_at from revision r join entry e on e.seq = r.seq
        where r.story = ? and r.rev > 1 and r.seq <= ? order by r.claim_id, r.rev"""
    changes = list(record.database.query(sql, name, head.seq))
    changed_ids = pa.array({claim_id for claim_id, *_ in changes}, pa.string())
    versions: dict[str, list[Claim]] = {}
    for one in from_arrow(claims.filter(pc.is_in(claims["claim_id"], changed_ids))):
        versions.setdefault(one.claim_id, []).append(one)
    found: dict[str, list[Change]] = {}
    for claim_id, rev, act, who, why, recorded_at in changes:
        before, after = versions[claim_id][rev - 2 : rev]
        change = Change(act, who, why, datetime.fromisoformat(recorded_at), before, changed(before, after))
        found.setdefault(claim_id, []).append(change)
    return {claim_id: tuple(changes) for claim_id, changes in found.items()}


def package(record: Record, name: str) -> Package:
    """Read what a story of a record says of itself as a whole."""
    return _package(name, _holding(record, name, record.head.seq))


def _package(name: str, bodies: Iterable[Mapping[str, Any]], zone: str = "UTC") -> Package:
    packages = [body["package"] for body in bodies if body.get("package")]
    return Package.model_validate(packages[-1]) if packages else Package(title=name, zone=zone)


def _holding(record: Record, name: str, until: int) -> Iterator[dict[str, Any]]:
    """Give what imports brought, the last to hold last: what is undone holds only where nothing else says it."""
    told = imports(record, name, until)
    taken_back = undone(told)
    return (body for entry, body in sorted(told, key=lambda one: one[0].seq not in taken_back))


def named(record: Record, name: str | None) -> str:
    """Find the story that is meant: the one named, or the only one there is."""
    names = record.stories()
    if name is None and len(names) == 1:
        return names[0]
    if name not in names:
        found = f"it holds {', '.join(names)}; name one with --story" if names else "it holds none yet"
        message = f"no story {name} in this record: {found}" if name else f"which story of this record? {found}"
        raise UnreadableStoryError(message)
    return str(name)


def brought(
    path: Path, story: str | None = None, release_of: str | None = None, given: Given | None = None
) -> tuple[Submission, Story]:
    """Read what a file or a folder brings to a record, and its problems."""
    given = given or Given(path.name)
    read = story_folder.open_story(path, given)
    claims = path / "claims.csv" if path.is_dir() else path
    files = {claims.name: claims}
    if path.is_dir():
        files |= {one: path / one for one in _FILES if (path / one).is_file()}
        files |= {file.relative_to(path).as_posix(): file for file in documents(path, read.sources).values()}
    tables = {
        name: [row.model_dump(mode="json") for row in getattr(read, name).values()]
        for name in _TABLES
        if getattr(read, name)
    }
    package = read.package.model_dump(mode="json") if path.is_dir() else None
    refused = [one for file, one in read.problems if file == claims.name and one.code != "reference"]
    errors = sum(one.severity == "error" for one in refused)
    name = story or read.name
    dataset = mapping.parse(given.mapping).dataset(claims.name) if given.mapping else claims.name
    return Submission(name, release_of or dataset, read.claims, files, tables, package, errors), read


def documents(folder: Path, sources: Mapping[str, Source]) -> dict[str, Path]:
    """Find the documents of sources in a story's folder, or in its folder `sources`: files named by their ids."""
    hashed = {key for key, source in sources.items() if source.sha256}
    return {
        file.stem: file
        for place in (folder, folder / "sources")
        if place.is_dir()
        for file in sorted(place.iterdir())
        if file.is_file() and file.stem in hashed and file.name not in _FILES
    }


def document_hashes(folder: Path, story: Story) -> dict[str, str]:
    """Hash the documents of sources in a story's folder."""
    return {key: digest(file.read_bytes()) for key, file in documents(folder, story.sources).items()}


def kept_hashes(record: Record, name: str) -> dict[str, str]:
    """Give the hashes of the documents of sources as they were last brought to a record."""
    kept = (item for body in _holding(record, name, record.head.seq) for item in body["files"].items())
    return {Path(file).stem: sha256 for file, sha256 in kept if file not in _FILES}


def held(story: Story, hashes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Hold each source against its SHA-256: `same`, `other` or `absent`."""
    for key, source in story.sources.items():
        if source.sha256:
            found = hashes.get(key)
            yield key, "absent" if found is None else "same" if found == source.sha256.lower() else "other"
