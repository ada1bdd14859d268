"""Limits of time and memory for reading a file."""

from pathlib import Path
from typing import NamedTuple

from contested.ingest.decompression import MEGABYTE
from contested.ingest.reader import is_large

_MOST_FOR_SIZE = 650 * MEGABYTE
_FOR_COLUMNS = 2800 * MEGABYTE
"""Threads that read columns reserve far more than they use, and a part of what was read is held."""


_PATIENCE = 10
"""How many times the processor's time a reading may last by the clock, on a machine that is busy with others."""


class Limits(NamedTuple):
    """What reading one file may take, beyond what the program itself takes."""

    seconds: float
    """Of the processor, over all its cores."""
    memory: int

    def by_the_clock(self) -> float:
        """Give the seconds after which a reading that neither works nor ends is given up."""
        return self.seconds * _PATIENCE

    @classmethod
    def of(cls, path: Path) -> "Limits":
        """Give a large file more than a small one; what unpacks to more than it seems gets no more for that."""
        size = path.stat().st_size if path.is_file() else 0
        more = _FOR_COLUMNS if is_large(path) else 0
        return cls(30 + 2 * size / MEGABYTE, 350 * MEGABYTE + more + min(size, _MOST_FOR_SIZE))
