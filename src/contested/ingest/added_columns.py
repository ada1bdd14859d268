"""Added columns: what the program writes beside rejected rows, and ignores when they are sent again."""

from collections.abc import Mapping
from typing import Any

NUMBER, REASON, FIX = "row in the file", "what is wrong", "how to mend it"
COLUMNS = frozenset((NUMBER, REASON, FIX))


def without(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give a row without the columns that the program added."""
    return {column: cell for column, cell in row.items() if column not in COLUMNS}
