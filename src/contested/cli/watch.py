"""The command `watch`: files that come into a folder, or change at an address, are taken into the quarantine."""

import argparse
import fcntl
import getpass
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from contested.cli.home import beside
from contested.cli.terminal import FILE_WITH_ACCOUNT, OK, PROBLEMS, STORE, Command, echo, reading_options
from contested.ingest.options import Given
from contested.model.problem import ContestedError, RefusedAddressError, UnansweredError, UnusableRecordError
from contested.record import open_record
from contested.wire import addresses, folder, page
from contested.wire.quarantine import Look, Quarantine
from contested.wire.requests import Reach
from contested.wire.taking import Rule, settle

LEAST_SECONDS = 5
"""How often an address is asked at most."""


def _watch(arguments: argparse.Namespace) -> int:
    source = arguments.source if "://" in arguments.source else str(Path(arguments.source).resolve())
    given = reading_options(arguments, "")
    rule = Rule(arguments.who or f"{getpass.getuser()} (watch)", arguments.why or f"came from {source}")
    seen: dict[str, folder.Seen] = {}
    with alone(arguments.store, source), closing(Quarantine(beside(arguments.store, "quarantine"))) as quarantine:
        while True:
            is_whole = _look(arguments, quarantine, source, given, rule, seen)
            if arguments.once:
                return OK if is_whole else PROBLEMS
            time.sleep(max(arguments.every, LEAST_SECONDS if "://" in source else 1))


def _look(  # noqa: PLR0913, PLR0917 what a look is given
    arguments: argparse.Namespace,
    quarantine: Quarantine,
    source: str,
    given: Given,
    rule: Rule,
    seen: dict[str, folder.Seen],
) -> bool:
    """Take what is new at a source and settle what was taken; say whether nothing went wrong."""
    try:
        _take(quarantine, source, given, arguments.story, seen)
        for one in quarantine.unexamined(source):
            with closing(open_record(arguments.store, create=True)) as record:
                echo(settle(record, quarantine, one, rule if arguments.accept else None).words)
    except (RefusedAddressError, UnansweredError, UnusableRecordError, OSError) as error:
        echo(f"{error}; looked at again in {arguments.every:g} s" if not arguments.once else str(error))
        return False
    return not quarantine.look(source).problem


def _take(quarantine: Quarantine, source: str, given: Given, story: str | None, seen: dict[str, folder.Seen]) -> None:
    """Take what is new at a source, and keep when it was looked at and what went wrong."""
    options = {name: value for name, value in given._asdict().items() if value and name not in {"file", "learnt"}}
    last = quarantine.look(source)
    try:
        if "://" in source:
            fetched = page.fetch(source, last, Reach(addresses.inside()))
            if fetched:
                quarantine.take(source, fetched.name, fetched.content, options, story, again=True)
            quarantine.looked(source, fetched.look if fetched else last._replace(looked_at=None, problem=""))
            return
        problems = []
        for found in folder.new_files(Path(source), seen):
            if found.problem:
                problems.append(found.problem)
            else:
                quarantine.take(source, found.name, found.content, options, story)
        quarantine.looked(source, Look(problem="; ".join(problems)))
        echo("\n".join(problems))
    except (ContestedError, OSError) as error:
        quarantine.looked(source, last._replace(looked_at=None, problem=str(error)))
        raise


@contextmanager
def alone(store: str, source: str) -> Iterator[None]:
    """Be the only watcher of a source; raises `UnusableRecordError` where there is another. The lock ends with us."""
    path = beside(store, f"watched-{hashlib.sha256(source.encode()).hexdigest()[:12]}")
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = f"{source} is watched already, by another process; one is enough"
            raise UnusableRecordError(message) from None
        yield
    finally:
        os.close(lock)


COMMANDS: dict[str, Command] = {
    "watch": (
        _watch,
        """take files that come into a folder, or change at an address, and let a person or a rule accept them

What was taken waits on the page Import, whole, with what is wrong in it. With --accept it is recorded at once where
every row is good and nothing is withdrawn, nothing that the desk has edited changes, and no event is one that another
import tells. An address is asked by http or https; hosts inside the network only where CONTESTED_INSIDE names them.""",
        {
            "store": {"metavar": "STORE", "help": STORE["help"]},
            "source": {"metavar": "FOLDER|URL", "help": "a folder, or an address that begins with https:// or http://"},
            "--story": {"metavar": "NAME", "help": "the story they are brought to; by default the only one there is"},
            "--accept": {"action": "store_true", "help": "record what is whole without asking"},
            "--every": {
                "type": float,
                "default": 60.0,
                "metavar": "SECONDS",
                "help": "how often to look, 60 unless said",
            },
            "--once": {"action": "store_true", "help": "look once and end, as a timer of the system would have it"},
            "--who": {"metavar": "NAME", "help": "who accepts; by default the user of this machine"},
            "--why": {"default": "", "metavar": "WORDS", "help": "why; by default where it came from"},
        }
        | FILE_WITH_ACCOUNT
        | {"--mends": FILE_WITH_ACCOUNT["--mends"] | {"help": argparse.SUPPRESS}},
    )
}
