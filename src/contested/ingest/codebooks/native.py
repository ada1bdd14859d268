"""Our own columns, which are the fields of `Claim`."""

from collections.abc import Iterator, Mapping
from typing import Any

from contested.ingest.options import Given
from contested.ingest.sql_codebook import SqlCodebook
from contested.model.claim import Claim

COLUMNS = frozenset(name for name, field in Claim.model_fields.items() if field.is_required())
SQL = SqlCodebook(("claim_id",), "claim_id", texts=("claim_id",))


def to_claims(_number: int, row: Mapping[str, Any], _given: Given) -> Iterator[Mapping[str, Any]]:
    """Take the row as it is: one claim."""
    yield row
