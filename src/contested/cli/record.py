"""The archive: whether a record and the documents of its sources are whole, and copies of it, from the terminal."""

import argparse
import os
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from contested import library
from contested.cli.terminal import OK, PROBLEMS, Command, Told, say
from contested.ingest.story_folder import open_story
from contested.model.problem import UnusableRecordError
from contested.model.story import Story
from contested.model.wording import counted
from contested.record import backup, is_record, open_record, verify
from contested.record.log import Record


def _verify(given: argparse.Namespace) -> int:
    if not is_record(given.where):
        story = open_story(Path(given.where))
        return _told(list(_sources(story, library.document_hashes(Path(given.where), story))))
    with closing(open_record(given.where)) as record:
        found = list(verify.faults(record, given.head))
        if not found:
            say(f"{_entries(record.head.seq)}, all whole; the head is {record.head.hash}")
            found = [fault for name in record.stories() for fault in _kept_sources(record, name)]
    return _told(found)


def _entries(number: int) -> str:
    return counted(number, "entry", "entries")


def _kept_sources(record: Record, name: str) -> Iterator[str]:
    story = library.kept_story(record, name)
    yield from _sources(story, library.kept_hashes(record, name))


def _sources(story: Story, hashes: Mapping[str, str]) -> Iterator[str]:
    """Hold the documents of a story against their hashes; say which are other ones, and how many are not here."""
    judged = dict(library.held(story, hashes))
    for key, verdict in judged.items():
        if verdict == "other":
            yield f"source {key} of {story.name}: its document is not the one with SHA-256 {story.sources[key].sha256}"
    verdicts = list(judged.values())
    same, absent = verdicts.count("same"), verdicts.count("absent")
    without = len(story.sources) - len(judged)
    say(
        f"{story.name}: {counted(same, 'document')} as hashed, {absent} not here to be held against a hash, "
        f"{without} without a hash"
    )


def _told(found: list[str]) -> int:
    for fault in found:
        say(fault)
    return PROBLEMS if found else OK


def _backup(given: argparse.Namespace) -> int:
    with closing(open_record(given.where)) as record, closing(open_record(given.to, create=True)) as other:
        say(f"{_entries(backup.backup(record, other))} copied; the head is {other.head.hash}")
    return OK


def _export(given: argparse.Namespace) -> int:
    """Write beside the file and put it in its place when it is whole."""
    if is_record(given.file):
        message = f"{given.file.name} is a record; write to another file"
        raise UnusableRecordError(message)
    part = given.file.with_name(f"{given.file.name}.part")
    with closing(open_record(given.where)) as record, part.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in backup.export_lines(record))
        file.flush()
        os.fsync(file.fileno())
    part.replace(given.file)
    say(f"written to {given.file.name}")
    return OK


def _import(given: argparse.Namespace) -> int:
    if not given.file.is_file():
        message = f"there is no file {given.file.name}"
        raise UnusableRecordError(message)
    if is_record(given.file):
        message = f"{given.file.name} is a record, not a copy in lines; copy it with `contested backup`"
        raise UnusableRecordError(message)
    with closing(open_record(given.to, create=True)) as record, given.file.open(encoding="utf-8") as file:
        say(f"{_entries(backup.import_lines(file, record))} taken over; the head is {record.head.hash}")
    return OK


_WHERE: Told = {"metavar": "STORE", "help": "a record: a file, or postgresql://…"}
COMMANDS: dict[str, Command] = {
    "verify": (
        _verify,
        "name every fault of a record, and every document that is not the one with the SHA-256 of its source",
        {
            "where": {"metavar": "STORE", "help": "a record, or the folder of a story"},
            "--head": {"default": "", "metavar": "HASH", "help": "a head noted before, which must be in the record"},
        },
    ),
    "backup": (_backup, "copy what another record lacks of this one", {"where": _WHERE, "to": _WHERE}),
    "export-record": (
        _export,
        "write a whole record as JSON Lines, with the original files, also what was withheld in them",
        {"where": _WHERE, "file": {"type": Path, "metavar": "FILE"}},
    ),
    "import-record": (
        _import,
        "take over a record that was written as JSON Lines",
        {"file": {"type": Path, "metavar": "FILE"}, "to": _WHERE},
    ),
}
