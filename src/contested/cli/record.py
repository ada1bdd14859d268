"""Commands on a whole record: verify it and the documents of its sources, back it up, export and import it."""

import argparse
import getpass
import os
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from contested import library
from contested.cli.home import beside
from contested.cli.terminal import OK, PROBLEMS, Argument, Command, echo
from contested.ingest.story_folder import open_story
from contested.model.problem import BadSelectionError, UnusableRecordError
from contested.model.story import Story
from contested.model.wording import counted, listing
from contested.record import backup, is_record, open_record, verify
from contested.record.beside import carry_over
from contested.record.log import Record
from contested.record.roles import Role, Roles


def _verify(arguments: argparse.Namespace) -> int:
    if not is_record(arguments.where):
        story = open_story(Path(arguments.where))
        return _report(list(_sources(story, library.document_hashes(Path(arguments.where), story))))
    with closing(open_record(arguments.where)) as record:
        found = list(verify.faults(record, arguments.head))
        if not found:
            echo(f"{_entries(record.head.seq)}, all whole; the head is {record.head.hash}")
            found = [fault for name in record.stories() for fault in _recorded_sources(record, name)]
    return _report(found)


def _entries(number: int) -> str:
    return counted(number, "entry", "entries")


def _recorded_sources(record: Record, name: str) -> Iterator[str]:
    story = library.kept_story(record, name)
    yield from _sources(story, library.kept_hashes(record, name))


def _sources(story: Story, hashes: Mapping[str, str]) -> Iterator[str]:
    """Compare the documents of a story with the hashes of its sources; yield the faults and print a summary."""
    verdict_of = dict(library.held(story, hashes))
    for key, verdict in verdict_of.items():
        if verdict == "other":
            yield f"source {key} of {story.name}: its document is not the one with SHA-256 {story.sources[key].sha256}"
    verdicts = list(verdict_of.values())
    same, absent = verdicts.count("same"), verdicts.count("absent")
    without = len(story.sources) - len(verdict_of)
    echo(
        f"{story.name}: {counted(same, 'document')} as hashed, {absent} not here to be held against a hash, "
        f"{without} without a hash"
    )


def _report(faults: list[str]) -> int:
    """Print faults and return the exit code."""
    for fault in faults:
        echo(fault)
    return PROBLEMS if faults else OK


def _backup(arguments: argparse.Namespace) -> int:
    with closing(open_record(arguments.where)) as record, closing(open_record(arguments.to, create=True)) as other:
        echo(f"{_entries(backup.backup(record, other))} copied; the head is {other.head.hash}")
    copied = carry_over(arguments.where, arguments.to) | _copied_roles(arguments.where, arguments.to)
    if copied:
        echo(f"beside it {listing([counted(number, kind.removesuffix('s')) for kind, number in copied.items()])}")
    return OK


def _copied_roles(where: str, to: str) -> dict[str, int]:
    one, other = beside(where, "roles"), beside(to, "roles")
    if one == other or not one.is_file():
        return {}
    with closing(Roles(one)) as roles, closing(Roles(other)) as others:
        return {"roles": roles.copy_to(others)}


def _export(arguments: argparse.Namespace) -> int:
    """Write to a temporary file and rename it when it is complete."""
    if is_record(arguments.file):
        message = f"{arguments.file.name} is a record; write to another file"
        raise UnusableRecordError(message)
    part = arguments.file.with_name(f"{arguments.file.name}.part")
    with closing(open_record(arguments.where)) as record, part.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in backup.export_lines(record))
        file.flush()
        os.fsync(file.fileno())
    part.replace(arguments.file)
    echo(f"written to {arguments.file.name}")
    return OK


def _import(arguments: argparse.Namespace) -> int:
    if not arguments.file.is_file():
        message = f"there is no file {arguments.file.name}"
        raise UnusableRecordError(message)
    if is_record(arguments.file):
        message = f"{arguments.file.name} is a record, not a copy in lines; copy it with `contested backup`"
        raise UnusableRecordError(message)
    with closing(open_record(arguments.to, create=True)) as record, arguments.file.open(encoding="utf-8") as file:
        echo(f"{_entries(backup.import_lines(file, record))} taken over; the head is {record.head.hash}")
    return OK


def _roles(arguments: argparse.Namespace) -> int:
    """Give a person a role, or list whom one was given to."""
    with closing(Roles(beside(arguments.where, "roles"))) as roles:
        if arguments.person:
            if not arguments.role:
                message = f"which role does {arguments.person} get? name one of {', '.join(Role)}"
                raise BadSelectionError(message)
            roles.give(arguments.person, Role(arguments.role), getpass.getuser())
        for one in roles.every():
            echo(f"{one.person}: {one.role}, given by {one.given_by} at {one.given_at:%Y-%m-%d %H:%M} UTC")
    return OK


_WHERE: Argument = {"metavar": "STORE", "help": "a record: a file, or postgresql://…"}
COMMANDS: dict[str, Command] = {
    "verify": (
        _verify,
        "name every fault of a record, and every document that is not the one with the SHA-256 of its source",
        {
            "where": {"metavar": "STORE", "help": "a record, or the folder of a story"},
            "--head": {"default": "", "metavar": "HASH", "help": "a head noted before, which must be in the record"},
        },
    ),
    "backup": (
        _backup,
        """copy what another record lacks of this one, and what lies beside it

With it go decks, drafts, short links, roles, and what people asked to be told and were; where there was something of
the same name, what was kept later stays. A message that waits is sent from where it waits, never from the copy. Files
that came in and wait on the page Import are not copied.""",
        {"where": _WHERE, "to": _WHERE},
    ),
    "export-record": (
        _export,
        "write a whole record as JSON Lines, with the original files, also what was withheld in them",
        {"where": _WHERE, "file": {"type": Path, "metavar": "FILE"}},
    ),
    "roles": (
        _roles,
        "say who may edit and publish by the dashboard, and give a person a role; whoever has none reads",
        {
            "where": _WHERE,
            "person": {"nargs": "?", "metavar": "PERSON", "help": "as the log-in names them"},
            "role": {"nargs": "?", "choices": [str(one) for one in Role], "help": "what they may do from now on"},
        },
    ),
    "import-record": (
        _import,
        "take over a record that was written as JSON Lines",
        {"file": {"type": Path, "metavar": "FILE"}, "to": _WHERE},
    ),
}
