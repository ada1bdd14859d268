"""What a person says of a file that its cells do not say, and what its rows have said so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Given:
    """The file's name, the time zone of its clocks where they name none, and what a person chose for it."""

    file: str
    zone: str | None = None
    sheet: str | None = None
    """The sheet of a workbook that holds the records."""
    accounts: tuple[str, ...] = ()
    """The accounts that may speak; none given means those that the codebook knows."""
    vague: bool = False
    """Whether a bare range or bound, such as 10+ or 5-6 p.m., is read as what it leaves open."""
    learnt: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """What the table as a whole tells before any row of it is read."""
    earlier: dict[str, str] = field(default_factory=dict, compare=False)
    """What earlier rows of this file told, for publishers whose rows lean on each other. It is new for each reading."""

    def stem(self) -> str:
        """Give the file's name without what follows its first dot."""
        return self.file.split(".", maxsplit=1)[0]
