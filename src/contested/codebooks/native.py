"""Our own columns, which are the fields of `Claim`."""

from collections.abc import Mapping
from typing import Any

from contested.claim import Claim

COLUMNS = frozenset(name for name, field in Claim.model_fields.items() if field.is_required())


def to_claim(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Take the row as it is."""
    return row
