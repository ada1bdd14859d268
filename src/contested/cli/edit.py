"""Commands that change a record: load, diff, correct, withdraw, undo, its history; and the mapping of a table."""

import argparse
import getpass
import sys
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from contested import library
from contested.cli.terminal import (
    FILE,
    FILE_WITH_ACCOUNT,
    OK,
    PROBLEMS,
    STORE,
    STORY,
    Argument,
    Command,
    echo,
    reading_options,
)
from contested.ingest import guesses, mapping
from contested.ingest.codebooks import recognise
from contested.ingest.formats import rows
from contested.ingest.row import flat
from contested.model.claim import Claim
from contested.model.corrections import changed, refuse_old_words
from contested.model.problem import (
    BadSelectionError,
    ConflictError,
    Problem,
    UnknownColumnsError,
    UnreadableFileError,
    listed,
)
from contested.model.story import Story
from contested.model.wording import counted
from contested.record import like_events, open_record, other_imports
from contested.record.edits import ChangeNote, correct, withdraw
from contested.record.entry import Act
from contested.record.log import Record, Revision
from contested.record.own_edits import BOTH, OURS, OURS_STAND, THEIRS, Edits
from contested.record.release import Release, Submission, accept, changes, differences, edits_kept, release
from contested.record.revisions import revision
from contested.record.undo import undo

"""Whose word stands where a release changes what the desk has edited."""
SAME, APART = "same", "apart"
"""What events of an id may be that other imports of the story tell already."""


def _map(arguments: argparse.Namespace) -> int:
    asked = reading_options(arguments, arguments.path.name)
    first = list(islice(rows(arguments.path, asked), guesses.SAMPLED))
    some = [flat(row) for _, row in first if not isinstance(row, Problem)]
    if not some:
        wrong = [row for _, row in first if isinstance(row, Problem) and row.severity == "error"]
        if wrong:
            raise UnreadableFileError(arguments.path.name, wrong[0])
        problem = Problem("E-FILE-EMPTY", None, None, None, "no row to guess from", "send the table itself")
        raise UnreadableFileError(arguments.path.name, problem)
    proposal = guesses.proposed(list(some[0]), some, arguments.path.name)
    told = {name: getattr(asked, name) for name in ("zone", "date_order", "decimal_mark", "vague")}
    said = {name: value for name, value in told.items() if value}
    echo(mapping.written(proposal.model_copy(update=said)).rstrip())
    if left := guesses.left_out(proposal, some):
        print(
            f"contested: of these columns nothing is known, they stay in the file: {', '.join(left)}", file=sys.stderr
        )
    if book := _known(list(some[0])):
        print(f"contested: these are the columns of {book}, which is read without a mapping", file=sys.stderr)
    return OK


def _known(columns: list[str]) -> str:
    """Name the codebook that knows some columns, if any does."""
    try:
        return recognise(columns).name
    except UnknownColumnsError:
        return ""


def _diff(arguments: argparse.Namespace) -> int:
    submission, story = _read(arguments)
    with closing(open_record(arguments.store)) as record:
        submission, _ = _beside_others(record, submission, None, arguments.same_event)
        _preview(record, submission)
    return PROBLEMS if _errors(story) else OK


def _load(arguments: argparse.Namespace) -> int:
    submission, story = _read(arguments)
    found = PROBLEMS if _errors(story) else OK
    if found and not arguments.accept_good:
        echo(
            f"{counted(len(_errors(story)), 'problem')}; nothing recorded. Mend them, or record the rest: --accept-good"
        )
        return found
    if found and not len(story.claims):
        echo("nothing recorded: no row is without a problem")
        return found
    with closing(open_record(arguments.store, create=True)) as record:
        submission, is_asked = _beside_others(record, submission, arguments.shared_events, arguments.same_event)
        one = _preview(record, submission, Edits(arguments.edits))
        if not one.is_news:
            echo(f"{submission.dataset} is recorded already, byte for byte; nothing was added")
        elif arguments.accept or (one.count(Act.STATED) == len(one.acts) and not is_asked) or _is_confirmed():
            entry = accept(record, one, _note(arguments))
            echo(f"recorded as entry {entry.seq} of story {entry.story}, {entry.hash[:12]}")
        else:
            echo("nothing was recorded. To record it as shown: --accept")
            found = PROBLEMS
    return found


def _read(arguments: argparse.Namespace) -> tuple[Submission, Story]:
    """Read a file as a submission, with the story that it holds, and print its problems."""
    if arguments.codebook:
        _refuse_other_codebook(arguments.codebook, arguments.path)
    submission, story = library.brought(
        arguments.path, arguments.story, arguments.release_of, reading_options(arguments, arguments.path.name)
    )
    if arguments.mapping:
        submission = submission._replace(files={**submission.files, mapping.FILE: arguments.mapping})
    echo("\n".join(listed(story.problems)))
    return submission, story


def _pair(words: str) -> tuple[str, str]:
    event_id, equals, known_as = words.rpartition("=")
    if not (event_id and equals and known_as):
        message = f"{words!r} matches nothing; write --same-event EVENT=KNOWN"
        raise BadSelectionError(message)
    return event_id, known_as


def _beside_others(
    record: Record, submission: Submission, asked: str | None, same_events: list[str]
) -> tuple[Submission, bool]:
    """Print what other imports of the story tell already; give what is to be recorded, and whether it must be asked."""
    if shared := other_imports.shared_events(record, submission):
        asked = asked or (APART if other_imports.were_kept_apart(record, submission) else SAME)
        how, other = ("kept apart", SAME) if asked == APART else ("taken as the same events", APART)
        echo(f"{other_imports.in_words(shared)}: {how}. Otherwise: --shared-events {other}")
    if asked == APART:
        submission = other_imports.kept_apart(submission)
    matched = like_events.matched_before(record, submission) | dict(map(_pair, same_events))
    submission = like_events.as_known(submission, matched)
    like = like_events.like_events(record, submission)
    echo("\n".join(f"{one.in_words()}. If it is: --same-event {one.event_id}={one.known_as}" for one in like))
    replaced = list(other_imports.replaced_descriptions(record, submission))
    echo("\n".join(replaced))
    return submission, bool(replaced)


def _preview(record: Record, submission: Submission, edits: Edits = OURS_STAND) -> Release:
    """Print what a submission would change."""
    one = release(record, submission, edits=edits)
    echo("\n".join(edits_kept(one, edits)))
    if one.count(Act.STATED) < len(one.acts):
        echo("\n".join(changes(record, one)))
    echo(", ".join(f"{one.count(act)} {act}" for act in (Act.STATED, Act.CORRECTED, Act.WITHDRAWN)))
    return one


def _refuse_other_codebook(codebook: str, path: Path) -> None:
    claims = path / "claims.csv" if path.is_dir() else path
    columns = next((row for _, row in rows(claims) if not isinstance(row, Problem)), {})
    if (found := recognise(list(columns)).name) != codebook:
        message = f"{claims.name} has the columns of {found}, not of {codebook}"
        raise UnknownColumnsError(message)


def _errors(story: Story) -> list[Problem]:
    return [problem for _, problem in story.problems if problem.severity == "error"]


def _is_confirmed() -> bool:
    return sys.stdin.isatty() and input("Record this? [y/N] ").strip().lower() == "y"


def _note(arguments: argparse.Namespace) -> ChangeNote:
    return ChangeNote(arguments.who or getpass.getuser(), arguments.why)


def _history(arguments: argparse.Namespace) -> int:
    with closing(open_record(arguments.store)) as record:
        before: dict[str, Any] = {}
        for one in _revisions(record, arguments):
            entry, now = record.entry(one.seq), revision(record, one).model_dump()
            said = ", ".join(differences(before, now)) if before else now["summary"]
            undoes = f" (undo of entry {entry.manifest()['undoes']})" if entry.act == Act.UNDONE else ""
            why = entry.why or "no reason given"
            echo(f"{one.rev}. {one.act} by {entry.who} at {entry.recorded_at}{undoes}: {why}")
            echo(f"   {said}")
            before = now
    return OK


def _correct(arguments: argparse.Namespace) -> int:
    cells = dict(map(_cell, [*arguments.cells, *arguments.also]))
    with closing(open_record(arguments.store)) as record:
        seen = _base_revision(record, arguments)
        before = revision(record, seen)
        try:
            claim = Claim.model_validate(before.model_dump() | cells)
        except ValidationError as refused:
            raise BadSelectionError(_refusal(refused)) from None
        if not changed(before, claim):
            message = f"{arguments.claim} says so already; nothing was recorded"
            raise BadSelectionError(message)
        refuse_old_words(before, claim, cells, library.package(record, seen.story).zone)
        entry = correct(record, seen.story, claim, _note(arguments), seen.rev)
    echo(f"{arguments.claim}: revision {seen.rev + 1}, recorded as entry {entry.seq}")
    return OK


def _cell(word: str) -> tuple[str, str]:
    name, equals, cell = word.partition("=")
    if not equals or name in {"claim_id", "recorded_at"}:
        message = f"{word!r} corrects nothing; write FIELD=VALUE, with any field but claim_id and recorded_at"
        raise BadSelectionError(message)
    return name, cell


def _refusal(refused: ValidationError) -> str:
    error = refused.errors(include_url=False)[0]
    if error["type"] == "extra_forbidden":
        return f"{error['loc'][0]}: no such field; known are {', '.join(Claim.model_fields)}"
    context = error.get("ctx", {})
    field = context.get("column") or (error["loc"] or ("claim",))[0]
    return "; ".join(part for part in (f"{field}: {error['msg']}", str(context.get("fix", ""))) if part)


def _withdraw(arguments: argparse.Namespace) -> int:
    with closing(open_record(arguments.store)) as record:
        seen = _base_revision(record, arguments)
        entry = withdraw(record, seen.story, arguments.claim, _note(arguments), seen.rev)
    echo(f"{arguments.claim}: withdrawn, recorded as entry {entry.seq}")
    return OK


def _undo(arguments: argparse.Namespace) -> int:
    with closing(open_record(arguments.store)) as record:
        if arguments.entry is None:
            _list(record)
            return OK
        if not arguments.why:
            message = f"why is entry {arguments.entry} undone? say it with --why; it is kept"
            raise BadSelectionError(message)
        found = undo(record, arguments.entry)
        echo("\n".join(changes(record, found.release)))
        for claim_id, seq in found.left.items():
            echo(f"left alone {claim_id}: entry {seq} has changed it since")
        entry = accept(record, found.release, _note(arguments))
    echo(f"entry {arguments.entry} is undone, recorded as entry {entry.seq}; to have it again: undo {entry.seq}")
    return OK


def _list(record: Record) -> None:
    """Print the entries of a record."""
    for entry in record.entries():
        body = entry.manifest()
        many = counted(body["claims"], "claim") if "claims" in body else entry.claim_id
        what = (
            f"undo of entry {body['undoes']}" if "undoes" in body else f"{entry.act} {body.get('dataset', '')}".strip()
        )
        said = f" ({entry.why})" if entry.why else ""
        echo(f"entry {entry.seq} of {entry.story}: {what}, {many}, by {entry.who} at {entry.recorded_at}{said}")


def _base_revision(record: Record, arguments: argparse.Namespace) -> Revision:
    """Return the revision that an edit is based on: `--base`, or the newest."""
    found = _revisions(record, arguments)
    for one in found:
        if one.rev == (arguments.base or found[-1].rev):
            return one
    message = f"{arguments.claim} has {counted(len(found), 'revision')}, and no revision {arguments.base}"
    raise ConflictError(message)


def _revisions(record: Record, arguments: argparse.Namespace) -> list[Revision]:
    story = library.named(record, arguments.story)
    if found := record.revisions(story, arguments.claim):
        return found
    message = f"no claim {arguments.claim} was ever recorded in {story}"
    raise BadSelectionError(message)


_WHO: dict[str, Argument] = {
    "--who": {"metavar": "NAME", "help": "who does it; by default the user of this machine"},
    "--why": {"default": "", "metavar": "WORDS", "help": "why"},
}
_EDIT: dict[str, Argument] = {
    "claim": {"metavar": "CLAIM"},
    "--store": STORE,
    "--story": STORY,
    "--base": {"type": int, "metavar": "REVISION", "help": "the revision in view; by default the newest"},
} | {"--who": _WHO["--who"], "--why": _WHO["--why"] | {"required": True}}
_ALSO: Argument = {
    "action": "append",
    "default": [],
    "dest": "also",
    "metavar": "FIELD=VALUE",
    "help": "a further field of the same entry: the words that follow the figure, or that are right as they stand",
}
_FILE: dict[str, Argument] = {
    "path": {"type": Path, "metavar": "PATH", "help": "a folder with claims.csv, or a file of claims"},
    "--store": STORE,
    "--story": {"metavar": "NAME", "help": "the story it is brought to; by default named after the file"},
    "--release-of": {"metavar": "NAME", "help": "what it is a release of; by default a file of its name"},
    "--same-event": {
        "action": "append",
        "default": [],
        "metavar": "EVENT=KNOWN",
        "help": "an event of the file that is one which the story knows by another id; may be repeated",
    },
    "--codebook": {"metavar": "NAME", "help": "refuse a file that has the columns of another"},
} | FILE_WITH_ACCOUNT
_HIDDEN = ("--mapping", "--may-speak")
_TABLE = {name: options | ({"help": argparse.SUPPRESS} if name in _HIDDEN else {}) for name, options in FILE.items()}
"""Options of reading a file whose columns are not mapped yet; the others are accepted, not listed."""
COMMANDS: dict[str, Command] = {
    "map": (
        _map,
        f"""propose what each column of a table holds, as JSON to edit and to pass on with --mapping

  contested map FILE > M.json
  contested check FILE --mapping M.json

{mapping.explained()}""",
        {"path": {"type": Path, "metavar": "FILE", "help": "a table whose columns nobody knows yet"}} | _TABLE,
    ),
    "load": (
        _load,
        "record a story or a file of claims, and keep the files; what a new release changes is shown first",
        _FILE
        | {
            "--accept-good": {"action": "store_true", "help": "record what has no problem, and leave out the rest"},
            "--accept": {"action": "store_true", "help": "record corrections and withdrawals without asking"},
            "--edits": {
                "choices": (OURS, THEIRS, BOTH),
                "default": OURS,
                "help": "whose word stands where a release changes a field that the desk has edited; with both, what "
                "the release says is a claim of its own beside ours",
            },
            "--shared-events": {
                "choices": (SAME, APART),
                "help": "whether events of an id that the story has from elsewhere are the same events, or kept apart",
            },
        }
        | _WHO,
    ),
    "diff": (_diff, "show what a file would change in a record, and change nothing", _FILE),
    "history": (
        _history,
        "print every revision of a claim: what changed, by whom, when and why",
        {"claim": {"metavar": "CLAIM"}, "--store": STORE, "--story": STORY},
    ),
    "correct": (
        _correct,
        "record that a claim reads otherwise",
        {"claim": _EDIT["claim"], "cells": {"nargs": "+", "metavar": "FIELD=VALUE"}, "--and": _ALSO} | _EDIT,
    ),
    "withdraw": (_withdraw, "record that a claim is no longer stood by; it stays where it is", _EDIT),
    "undo": (
        _undo,
        "take back what one entry did, and nothing that others did; without an entry, list them",
        {"entry": {"type": int, "nargs": "?", "metavar": "ENTRY", "help": "its number"}, "--store": STORE} | _WHO,
    ),
}
