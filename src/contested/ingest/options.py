"""Options of reading a file: what a person says of it that its cells do not say."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple


class Given(NamedTuple):
    """The file's name, the time zone of its clocks where they name none, and what a person chose for it."""

    file: str
    zone: str | None = None
    sheet: str | None = None
    """The sheet of a workbook that holds the records."""
    accounts: tuple[str, ...] = ()
    """The accounts that may speak; none given means those that the codebook knows."""
    vague: bool = False
    """Whether a bare range or bound, such as 10+ or 5-6 p.m., is read as what it leaves open."""
    encoding: str | None = None
    """The encoding of the text, where its letters do not show it."""
    learnt: Mapping[str, Any] = MappingProxyType({})
    """What the table as a whole tells before any row of it is read."""
    date_order: Literal["day", "month", "year"] | None = None
    """Which part of a date such as 03/04/2021 or 31-03-14 is first; without it the whole column must show it."""
    decimal_mark: Literal[".", ","] | None = None
    """The mark before a fraction in numbers; the other then parts thousands. Without it the column must show it."""
    mends: tuple[tuple[int, str, str], ...] = ()
    """Cells that a person corrected: the number of the row, the column, the new words."""
    mapping: str | None = None
    """What each column holds, as the JSON of `contested.ingest.mapping`, where a person said it."""
