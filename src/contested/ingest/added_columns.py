"""Remarks: the columns that the program itself adds to the rows it sends back, and passes over when they return."""

from collections.abc import Mapping
from typing import Any

NUMBER, REASON, FIX = "row in the file", "what is wrong", "how to mend it"
COLUMNS = frozenset((NUMBER, REASON, FIX))


def without(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give a row without the program's own remarks."""
    return {column: cell for column, cell in row.items() if column not in COLUMNS}
