"""The desk: what a person brings to a record, corrects and withdraws, from the terminal, and the mapping of a table."""

import argparse
import getpass
import sys
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from contested import library
from contested.cli.terminal import ALONE, FILE, OK, PROBLEMS, STORE, STORY, Command, Told, given_of, say
from contested.ingest import guesses, mapping
from contested.ingest.codebooks import recognise
from contested.ingest.formats import rows
from contested.model.claim import Claim
from contested.model.corrections import refuse_old_words
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
from contested.record import open_record
from contested.record.edits import ChangeNote, correct, withdraw
from contested.record.entry import Act
from contested.record.log import Record, Revision
from contested.record.release import Release, Submission, accept, changes, differences, release
from contested.record.revisions import revision
from contested.record.undo import undo


def _map(given: argparse.Namespace) -> int:
    asked = given_of(given, given.path.name)
    some = [row for _, row in islice(rows(given.path, asked), guesses.SAMPLED) if not isinstance(row, Problem)]
    if not some:
        problem = Problem("E-FILE-EMPTY", None, None, None, "no row to guess from", "send the table itself")
        raise UnreadableFileError(given.path.name, problem)
    proposal = guesses.proposed(list(some[0]), some, given.path.name)
    told = {name: getattr(asked, name) for name in ("zone", "date_order", "decimal_mark", "vague")}
    said = {name: value for name, value in told.items() if value}
    say(mapping.written(proposal.model_copy(update=said)).rstrip())
    return OK


def _diff(given: argparse.Namespace) -> int:
    brought, read = _brought(given)
    with closing(open_record(given.store)) as record:
        _shown(record, brought)
    return PROBLEMS if _errors(read) else OK


def _load(given: argparse.Namespace) -> int:
    brought, read = _brought(given)
    found = PROBLEMS if _errors(read) else OK
    if found and not given.accept_good:
        say(f"{counted(len(_errors(read)), 'problem')}; nothing recorded. Mend them, or record the rest: --accept-good")
        return found
    with closing(open_record(given.store, create=True)) as record:
        one = _shown(record, brought)
        if not one.is_news:
            say(f"{brought.dataset} is recorded already, byte for byte; nothing was added")
        elif given.accept or one.count(Act.STATED) == len(one.acts) or _agreed():
            entry = accept(record, one, _hand(given))
            say(f"recorded as entry {entry.seq} of story {entry.story}, {entry.hash[:12]}")
        else:
            say("nothing was recorded. To record it as shown: --accept")
            found = PROBLEMS
    return found


def _brought(given: argparse.Namespace) -> tuple[Submission, Story]:
    """Read the file and show its problems."""
    if given.codebook:
        _refuse_another(given.codebook, given.path)
    brought, read = library.brought(given.path, given.story, given.release_of, given_of(given, given.path.name))
    if given.mapping:
        brought = brought._replace(files={**brought.files, mapping.FILE: given.mapping})
    say("\n".join(listed(read.problems)))
    return brought, read


def _shown(record: Record, brought: Submission) -> Release:
    """Show what it would change."""
    one = release(record, brought)
    if one.count(Act.STATED) < len(one.acts):
        say("\n".join(changes(record, one)))
    say(", ".join(f"{one.count(act)} {act}" for act in (Act.STATED, Act.CORRECTED, Act.WITHDRAWN)))
    return one


def _refuse_another(codebook: str, path: Path) -> None:
    claims = path / "claims.csv" if path.is_dir() else path
    columns = next((row for _, row in rows(claims) if not isinstance(row, Problem)), {})
    if (found := recognise(list(columns)).name) != codebook:
        message = f"{claims.name} has the columns of {found}, not of {codebook}"
        raise UnknownColumnsError(message)


def _errors(read: Story) -> list[Problem]:
    return [problem for _, problem in read.problems if problem.severity == "error"]


def _agreed() -> bool:
    return sys.stdin.isatty() and input("Record this? [y/N] ").strip().lower() == "y"


def _hand(given: argparse.Namespace) -> ChangeNote:
    return ChangeNote(given.who or getpass.getuser(), given.why)


def _history(given: argparse.Namespace) -> int:
    with closing(open_record(given.store)) as record:
        before: dict[str, Any] = {}
        for one in _revisions(record, given):
            entry, now = record.entry(one.seq), revision(record, one).model_dump()
            said = ", ".join(differences(before, now)) if before else now["summary"]
            undoes = f" (undo of entry {entry.manifest()['undoes']})" if entry.act == Act.UNDONE else ""
            why = entry.why or "no reason given"
            say(f"{one.rev}. {one.act} by {entry.who} at {entry.recorded_at}{undoes}: {why}")
            say(f"   {said}")
            before = now
    return OK


def _correct(given: argparse.Namespace) -> int:
    cells = dict(map(_cell, [*given.cells, *given.also]))
    with closing(open_record(given.store)) as record:
        seen = _seen(record, given)
        before = revision(record, seen)
        try:
            claim = Claim.model_validate(before.model_dump() | cells)
        except ValidationError as refused:
            raise BadSelectionError(_refusal(refused)) from None
        refuse_old_words(before, claim, cells, library.package(record, seen.story).zone)
        entry = correct(record, seen.story, claim, _hand(given), seen.rev)
    say(f"{given.claim}: revision {seen.rev + 1}, recorded as entry {entry.seq}")
    return OK


def _cell(word: str) -> tuple[str, str]:
    name, equals, cell = word.partition("=")
    if not equals or name in {"claim_id", "recorded_at"}:
        message = f"{word!r} corrects nothing; write FIELD=VALUE, with any field but claim_id and recorded_at"
        raise BadSelectionError(message)
    return name, cell


def _refusal(refused: ValidationError) -> str:
    told = refused.errors(include_url=False)[0]
    if told["type"] == "extra_forbidden":
        return f"{told['loc'][0]}: no such field; known are {', '.join(Claim.model_fields)}"
    context = told.get("ctx", {})
    field = context.get("column") or (told["loc"] or ("claim",))[0]
    return "; ".join(part for part in (f"{field}: {told['msg']}", str(context.get("fix", ""))) if part)


def _withdraw(given: argparse.Namespace) -> int:
    with closing(open_record(given.store)) as record:
        seen = _seen(record, given)
        entry = withdraw(record, seen.story, given.claim, _hand(given), seen.rev)
    say(f"{given.claim}: withdrawn, recorded as entry {entry.seq}")
    return OK


def _undo(given: argparse.Namespace) -> int:
    with closing(open_record(given.store)) as record:
        if given.entry is None:
            _list(record)
            return OK
        if not given.why:
            message = f"why is entry {given.entry} undone? say it with --why; it is kept"
            raise BadSelectionError(message)
        found = undo(record, given.entry)
        say("\n".join(changes(record, found.release)))
        for claim_id, seq in found.left.items():
            say(f"left alone {claim_id}: entry {seq} has changed it since")
        entry = accept(record, found.release, _hand(given))
    say(f"entry {given.entry} is undone, recorded as entry {entry.seq}; to have it again: undo {entry.seq}")
    return OK


def _list(record: Record) -> None:
    """List the entries, each as what it is."""
    for entry in record.entries():
        body = entry.manifest()
        many = counted(body["claims"], "claim") if "claims" in body else entry.claim_id
        what = (
            f"undo of entry {body['undoes']}" if "undoes" in body else f"{entry.act} {body.get('dataset', '')}".strip()
        )
        said = f" ({entry.why})" if entry.why else ""
        say(f"entry {entry.seq} of {entry.story}: {what}, {many}, by {entry.who} at {entry.recorded_at}{said}")


def _seen(record: Record, given: argparse.Namespace) -> Revision:
    """Find the revision that the person had in view: the one they name, or the newest."""
    found = _revisions(record, given)
    for one in found:
        if one.rev == (given.base or found[-1].rev):
            return one
    message = f"{given.claim} has {counted(len(found), 'revision')}, and no revision {given.base}"
    raise ConflictError(message)


def _revisions(record: Record, given: argparse.Namespace) -> list[Revision]:
    story = library.named(record, given.story)
    if found := record.revisions(story, given.claim):
        return found
    message = f"no claim {given.claim} was ever recorded in {story}"
    raise BadSelectionError(message)


_WHO: dict[str, Told] = {
    "--who": {"metavar": "NAME", "help": "who does it; by default the user of this machine"},
    "--why": {"default": "", "metavar": "WORDS", "help": "why"},
}
_EDIT: dict[str, Told] = {
    "claim": {"metavar": "CLAIM"},
    "--store": STORE,
    "--story": STORY,
    "--base": {"type": int, "metavar": "REVISION", "help": "the revision in view; by default the newest"},
} | {"--who": _WHO["--who"], "--why": _WHO["--why"] | {"required": True}}
_ALSO: Told = {
    "action": "append",
    "default": [],
    "dest": "also",
    "metavar": "FIELD=VALUE",
    "help": "a further field of the same entry: the words that follow the figure, or that are right as they stand",
}
_FILE: dict[str, Told] = {
    "path": {"type": Path, "metavar": "PATH", "help": "a folder with claims.csv, or a file of claims"},
    "--store": STORE,
    "--story": {"metavar": "NAME", "help": "the story it is brought to; by default named after the file"},
    "--release-of": {"metavar": "NAME", "help": "what it is a release of; by default a file of its name"},
    "--codebook": {"metavar": "NAME", "help": "refuse a file that has the columns of another"},
} | ALONE
_UNASKED = ("--mapping", "--may-speak")
_TABLE = {name: told | ({"help": argparse.SUPPRESS} if name in _UNASKED else {}) for name, told in FILE.items()}
"""What is said of a file before anything is known of its columns."""
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
