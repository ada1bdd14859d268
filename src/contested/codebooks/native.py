"""Our own columns, which are the fields of `Claim`."""

from collections.abc import Iterator, Mapping
from typing import Any

from contested.claim import Claim
from contested.given import Given

COLUMNS = frozenset(name for name, field in Claim.model_fields.items() if field.is_required())


def to_claims(_number: int, row: Mapping[str, Any], _given: Given) -> Iterator[Mapping[str, Any]]:
    """Take the row as it is: one claim."""
    yield row
