"""Group commit: small writes that wait for the disk together, each learning whether its own was kept."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from contested.model.problem import ContestedError, UnusableRecordError
from contested.record.entry import Entry

Rows = list[tuple[Any, ...]]


class Transaction(Protocol):
    """What may be done within a write transaction."""

    def execute(self, sql: str, *parameters: Any) -> Rows: ...  # noqa: D102, ANN401 what SQL takes
    def insert(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None: ...  # noqa: D102


Write = Callable[[Transaction], Entry]
"""Appends one entry; raises a `ContestedError` to refuse itself, and nothing else that is committed with it."""


class PendingWrite:
    """One write of a group: pending, then committed with its entry or refused with its error."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._entry: Entry | None = None
        self._error: BaseException | None = None

    def apply(self, transaction: Transaction) -> bool:
        """Execute the write and return whether it holds; any error but its own refusal is one of the whole group."""
        try:
            self._entry = self._write(transaction)
        except ContestedError as refused:
            self._error = refused
        return self._error is None

    def fail(self, error: BaseException) -> None:
        """Mark it as not committed, as the group was rolled back."""
        self._entry, self._error = None, UnusableRecordError(str(error))

    def is_done(self) -> bool:
        """Return whether it was executed or has failed."""
        return self._entry is not None or self._error is not None

    def result(self) -> Entry:
        """Return the committed entry, or raise why there is none."""
        if self._error is not None:
            raise self._error
        assert self._entry is not None  # noqa: S101 called once it is done
        return self._entry
