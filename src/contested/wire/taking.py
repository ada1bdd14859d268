"""What becomes of a file that came in: examined in the sandbox, then accepted by rule, or left to a person with why.

A rule accepts only what is whole and takes nothing away: no row of it was refused, it withdraws no claim, shows readers
none that is held back, changes no field that the desk has edited, and tells no event that another import tells already.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pyarrow as pa

from contested.ingest import mapping, sandbox
from contested.ingest.options import Given
from contested.ingest.sandbox import Examination
from contested.library import package
from contested.model import held_back
from contested.model.problem import ConflictError
from contested.model.story import Package
from contested.model.wording import counted
from contested.record import like_events, other_imports
from contested.record.edits import ChangeNote
from contested.record.entry import Act
from contested.record.log import Record
from contested.record.release import Release, Submission, accept, release
from contested.wire import public
from contested.wire.quarantine import Arrival, Quarantine, State

SHOWN = 50
"""How many problems of a file are kept in its report; the page Import finds them all again."""


class Rule(NamedTuple):
    """Who accepts what is whole, and why, as it is kept with the entry."""

    who: str
    why: str


class Outcome(NamedTuple):
    """What became of a file, in a sentence."""

    state: State
    words: str


def settle(record: Record, quarantine: Quarantine, one: Arrival, rule: Rule | None) -> Outcome:
    """Examine a file that was taken, and accept it by a rule, or leave it waiting with what was found.

    It stays as it was taken where the record cannot be written to now, and is examined again at the next look.
    """
    with TemporaryDirectory() as folder:
        path = written_out(one, quarantine.content(one.sha256), Path(folder))
        with TemporaryDirectory() as into:
            found = sandbox.examine_in_sandbox(path, given_of(one), into=Path(into))
            whys = list(_broken(found))
            change = None
            if not whys:
                brought = _submission(record, one, path, Path(into) / sandbox.CLAIMS, found)
                try:
                    change = release(record, brought)
                    whys = list(_unsafe(record, brought, change))
                except ConflictError as refused:
                    whys = [str(refused)]
        if change and not change.is_news:
            quarantine.settle(one.sha256, State.NOTHING_NEW, one.source)
            return Outcome(State.NOTHING_NEW, f"{one.name}: what it says is recorded already")
        if change and rule and not whys:
            note = ChangeNote(rule.who, rule.why, f"{one.sha256}:{one.found_at.isoformat()}")
            entry = accept(record, change, note)
            quarantine.settle(one.sha256, State.ACCEPTED, rule.who, entry.seq)
            words = f"{one.name}: accepted as entry {entry.seq} of {entry.story}, {counted(len(change.acts), 'claim')}"
            return Outcome(State.ACCEPTED, words)
    quarantine.waits(one.sha256, report(found, whys))
    return Outcome(State.WAITING, f"{one.name}: waits; {'; '.join(whys) or 'a person accepts it on the page Import'}")


def given_of(one: Arrival) -> Given:
    """Give how a file is to be read."""
    options = dict(one.given)
    return Given(**options | {"file": one.name, "accounts": tuple(options.get("accounts", ()))})


def report(found: Examination, whys: list[str]) -> dict[str, Any]:
    """Say what was found in a file, as plain data that is kept."""
    told = found.document()
    problems: list[Mapping[str, Any]] = told["problems"]
    counts = {name: told[name] for name in ("format", "codebook", "rows", "accepted", "rejected", "claims")}
    return counts | {"problems": problems[:SHOWN], "more": max(len(problems) - SHOWN, 0), "whys": whys}


def written_out(one: Arrival, content: bytes, folder: Path) -> Path:
    """Write a file under its name, beside its mapping if it has one, and under another name where both are the same."""
    name = f"came-{one.name}" if one.name == mapping.FILE else one.name
    path = folder / name
    path.write_bytes(content)
    if said := one.given.get("mapping"):
        mapping.save(mapping.parse(said), folder)
    return path


def _broken(found: Examination) -> Iterator[str]:
    """Say why a person must look at a file itself."""
    if found.refused and found.is_unknown():
        yield "its columns are new here: open it and say what each of them holds"
    elif found.refused:
        yield "it cannot be read: " + "; ".join(str(problem) for problem in found.problems[:1])
    elif found.rejected:
        yield f"{counted(found.rejected, 'row')} of {found.rows:,} must be mended or left out"
    elif not found.claims:
        yield "it makes no claim"


def _submission(record: Record, one: Arrival, path: Path, claims: Path, found: Examination) -> Submission:
    with pa.memory_map(str(claims)) as file:
        table = pa.ipc.open_file(file).read_all()
    given = given_of(one)
    dataset = mapping.parse(given.mapping).dataset(path.name) if given.mapping else path.name
    begun = record.stories()
    story = one.story or (begun[0] if len(begun) == 1 else path.name.partition(".")[0])
    known = package(record, story) if story in begun else Package(title=story, zone=given.zone or "UTC")
    files = {file.name: file for file in path.parent.iterdir()}
    brought = Submission(story, dataset, table, files, package=known.model_dump(mode="json"), refused=found.rejected)
    return like_events.as_known(brought, like_events.matched_before(record, brought))


def _unsafe(record: Record, brought: Submission, change: Release) -> Iterator[str]:
    """Say what of a change is for a person to decide."""
    if withdrawn := change.count(Act.WITHDRAWN):
        yield f"it would withdraw {counted(withdrawn, 'claim')}"
    if change.conflicts:
        yield f"it changes {counted(len(change.conflicts), 'field')} that the desk has edited"
    if lifted := _lifted(record, change):
        yield f"it would show readers {counted(lifted, 'claim that is held back', 'claims that are held back')}"
    if shared := other_imports.shared_events(record, brought):
        yield other_imports.in_words(shared)
    yield from other_imports.replaced_descriptions(record, brought)


def _lifted(record: Record, change: Release) -> int:
    """Count the claims that are held back from readers now and would not be by this change."""
    held = public.held(record, change.submission.story)
    touched = held.intersection(change.rows["claim_id"].to_pylist()) if held else held
    return len(touched - held_back.held(held_back.marks(change.rows, touched), datetime.now(UTC)))
