"""A piece of writing: it waits for its turn, and learns what became of it once all that was written with it is kept."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from contested.model.problem import ContestedError, UnusableRecordError
from contested.record.entry import Entry

Values = list[tuple[Any, ...]]


class Run(Protocol):
    """What may be done while writing."""

    def run(self, sql: str, *values: Any) -> Values: ...  # noqa: D102, ANN401 what SQL takes
    def insert(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None: ...  # noqa: D102


Work = Callable[[Run], Entry]
"""A small piece of writing, which may share the waiting for the disk with others; it refuses itself alone."""


class Piece:
    """One piece; it is done when it is kept, or when it is known that it is not."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._entry: Entry | None = None
        self._refused: BaseException | None = None

    def done_in(self, writing: Run) -> bool:
        """Write it, or note why it refuses itself; whatever else goes wrong is of all that is written with it."""
        try:
            self._entry = self._work(writing)
        except ContestedError as refused:
            self._refused = refused
        return self._refused is None

    def fail(self, error: BaseException) -> None:
        """Note that nothing of it is kept."""
        self._entry, self._refused = None, UnusableRecordError(str(error))

    def is_done(self) -> bool:
        """Say whether it had its turn."""
        return self._entry is not None or self._refused is not None

    def outcome(self) -> Entry:
        """Give the entry that is kept, or refuse."""
        if self._refused is not None:
            raise self._refused
        assert self._entry is not None  # noqa: S101 it had its turn
        return self._entry
