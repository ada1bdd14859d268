"""What can go wrong, as data and as exceptions.

* ContestedError
  - UnreadableFileError     the bytes are no table we know
  - UnknownColumnsError     the columns match no codebook
  - UnreadableStoryError    the folder holds no story
  - BadSelectionError       the choice of claims cannot be made
  - UnusableRecordError     the record cannot be opened, read or written
  - UnusablePortError       the dashboard cannot listen there
  - ConflictError           somebody else wrote first
  - OldWordsError           a correction leaves words that still say the old
  - NotAllowedError         who writes has no role that suffices
  - RefusedAddressError     an address that may not be asked over the network
  - UnansweredError         an address that gave no answer that can be used

A bad cell is not exceptional, it is news: it becomes a `Problem`, and the rest of the file is kept.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

_LONGEST_ADDRESS = 200
"""Letters of an address that are said."""
ALIKE = 10
"""How many problems of one code in one column are listed one by one."""
HELD_BACK = "withheld"
"""The code of what is said of a row that editors see and readers do not."""


class Problem(NamedTuple):
    """One thing a person must mend: where it stands, what it is, why it cannot stay, how to mend it."""

    code: str
    row: int | None
    """The row as a spreadsheet counts: the header is row 1; none where it is of the whole file."""
    column: str | None
    value: str | None
    reason: str
    fix: str
    severity: str = "error"

    def __str__(self) -> str:
        where = ", ".join(part for part in (f"row {self.row}" if self.row else "", self.column) if part)
        what = " ".join(part for part in (where, "" if self.value is None else repr(self.value)) if part)
        return f"{what}: {self.reason}; {self.fix}" if what else f"{self.reason}; {self.fix}"


def listed(problems: Iterable[tuple[str, Problem]]) -> Iterator[str]:
    """Write problems, each with the name of its file, line by line; of many alike the first ones and how many more."""
    alike: dict[tuple[str, str, str | None], list[Problem]] = {}
    for name, problem in problems:
        known = alike.setdefault((name, problem.code, problem.column), [])
        known.append(problem)
        if len(known) <= ALIKE:
            yield f"{name}: {problem.code} {problem}"
    for (name, code, column), known in alike.items():
        if len(known) > ALIKE:
            last = f", to row {known[-1].row}" if known[-1].row else ""
            yield f"{name}: {code} {column or 'file'}: {len(known) - ALIKE} more like these{last}"


class ContestedError(Exception):
    """Base class of everything this package raises on purpose."""


class UnreadableFileError(ContestedError):
    """The bytes are not a table in any format we know; the problems say why."""

    def __init__(self, name: str, *problems: Problem) -> None:
        super().__init__("; ".join(f"{name}: {problem}" for problem in problems))
        self.problems = problems


class UnknownColumnsError(ContestedError):
    """The columns match no codebook we know."""


class UnreadableStoryError(ContestedError):
    """The folder holds no story that can be read."""


class BadSelectionError(ContestedError):
    """The choice of claims names something that does not exist."""


class UnusableRecordError(ContestedError):
    """The record cannot be opened, read or written; what was acknowledged before is kept."""


class UnfitExportError(ContestedError):
    """The format cannot hold what is asked, or what writes it is not installed."""


class UnusableDeckError(ContestedError):
    """There is no such deck, or it cannot be read."""


class UnusablePortError(ContestedError):
    """The dashboard cannot listen on this port of the machine."""


class ConflictError(ContestedError):
    """Somebody else wrote first: nothing was recorded."""


class OldWordsError(ContestedError):
    """A correction leaves words of the claim that still say what it said before: nothing was recorded."""


class NotAllowedError(ContestedError):
    """Who asks for it may not do this: nothing was recorded."""


class RefusedAddressError(ContestedError):
    """An address may not be asked over the network, and was not."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"{url[:_LONGEST_ADDRESS]!r} is not asked: {why}")


class UnansweredError(ContestedError):
    """An address that was asked gave no answer, or none that can be used."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"{url[:_LONGEST_ADDRESS]!r} gave nothing: {why}")
