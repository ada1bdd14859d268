"""A watched folder: its files that are whole, as they are; nothing in it is moved, changed or deleted."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from contested.record import is_record
from contested.wire.requests import MOST_BYTES

SETTLED = 2.0
"""For how many seconds a file was left alone that is taken for whole."""
HALF = (".part", ".tmp", ".crdownload", ".download", "~")
"""Ends of the names that programs give to what they have not finished."""


class Seen(NamedTuple):
    """A file as it was when it was last read: when that was changed, and how large it was."""

    changed: int
    size: int


class Found(NamedTuple):
    """A file that is whole: its name, and its bytes, or why they are not taken."""

    name: str
    content: bytes
    problem: str = ""


def new_files(folder: Path, seen: dict[str, Seen], clock: Callable[[], float] = time.time) -> Iterator[Found]:
    """Read the files of a folder that are whole and were not read before as they now are; `seen` remembers them.

    A link is not followed, for it may lead out of the folder.
    """
    there = sorted(path for path in folder.iterdir() if path.is_file() and not path.is_symlink())
    records = tuple(path.name for path in there if seen.get(path.name) != _state(path) and is_record(path))
    for path in there:
        if path.name.startswith((".", *records)) or path.name.endswith(HALF):
            continue  # of a record and what lies beside it nothing is opened, for that would drop the locks on it
        now = _state(path)
        if seen.get(path.name) == now or clock() - now.changed / 1e9 < SETTLED:
            continue
        if now.size > MOST_BYTES:
            seen[path.name] = now
            yield Found(path.name, b"", f"{path.name} is larger than {MOST_BYTES:,} bytes; bring it by hand")
            continue
        content = path.read_bytes()
        if _state(path) == now and len(content) == now.size:
            seen[path.name] = now
            yield Found(path.name, content)


def _state(path: Path) -> Seen:
    found = path.stat()
    return Seen(found.st_mtime_ns, found.st_size)
