"""Codebooks: what the columns of somebody's table mean.

To understand a new publisher's table, add one module with `COLUMNS` and `to_claim`, and name it in `CODEBOOKS`.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from contested.codebooks import native
from contested.problem import UnknownColumnsError

Row = Mapping[str, Any]


class Codebook(NamedTuple):
    """How to recognise a publisher's table and turn its rows into the fields of a claim."""

    name: str
    columns: frozenset[str]
    to_claim: Callable[[Row], Row]


CODEBOOKS = (Codebook("native", native.COLUMNS, native.to_claim),)


def recognise(columns: Collection[str]) -> Codebook:
    """Find the codebook that most of these columns belong to."""
    best = max(CODEBOOKS, key=lambda codebook: len(codebook.columns & set(columns)))
    if 2 * len(best.columns & set(columns)) < len(best.columns):
        known = ", ".join(codebook.name for codebook in CODEBOOKS)
        message = f"the columns match no codebook ({known}); found {', '.join(sorted(columns))}"
        raise UnknownColumnsError(message)
    return best
