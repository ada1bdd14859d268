"""Decompression: how large a compressed file may become, so that a few bytes never fill the memory."""

import gzip
import zlib
from pathlib import Path

from contested.model.problem import Problem, UnreadableFileError

MEGABYTE = 1_000_000
MOST = 50 * MEGABYTE
"""What a packed file may grow to."""
_ENOUGH, _TIMES = 10 * MEGABYTE, 100
"""Above this size, what grows to more than so many times its own size is refused too."""
_PIECE = MEGABYTE


def refuse_if_it_expands(name: str, unpacked: int, packed: int, most: int = MOST) -> None:
    """Refuse a file that grows too far: past so many bytes, or past so many times its size."""
    if unpacked > most or (unpacked > _ENOUGH and unpacked > _TIMES * packed):
        limit = f"{MOST // MEGABYTE} MB or {_TIMES} times its size"
        reason = f"unpacks to {unpacked // MEGABYTE:,} MB or more, over the limit ({limit})"
        raise UnreadableFileError(name, Problem("E-FILE-EXPANDS", None, None, None, reason, "split it, or send CSV"))


def unpacked(path: Path, into: Path) -> Path:
    """Unpack a gzip file into a folder, no further than it may grow."""
    file = into / path.stem
    size, grown = path.stat().st_size, 0
    try:
        with gzip.open(path) as packed, file.open("wb") as plain:
            while piece := packed.read(_PIECE):
                grown += len(piece)
                refuse_if_it_expands(path.name, grown, size)
                plain.write(piece)
    except (OSError, EOFError, zlib.error) as error:
        reason = f"not a whole gzip file: {error}"
        raise UnreadableFileError(
            path.name, Problem("E-GZIP-BROKEN", None, None, None, reason, "upload it again")
        ) from None
    return file
