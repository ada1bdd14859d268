"""Why a cell cannot be read, and how to mend it."""

from typing import NamedTuple


class Unreadable(NamedTuple):
    """What stops a cell: the code of the problem, why it cannot stay, and what to write."""

    code: str
    reason: str
    fix: str


class UnreadableCellError(ValueError):
    """The same, for readers that raise."""

    def __init__(self, why: Unreadable) -> None:
        super().__init__(why.reason)
        self.code, self.reason, self.fix = why
