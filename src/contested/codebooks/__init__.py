"""Codebooks: what the columns of somebody's table mean.

To understand a new publisher's table, add one module with `COLUMNS` and `to_claims`, and name it in `CODEBOOKS`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

from contested.codebooks import native
from contested.given import Given
from contested.problem import Problem, UnknownColumnsError

Row = Mapping[str, Any]


class Codebook(NamedTuple):
    """How to recognise a publisher's table and turn each of its rows into the fields of claims."""

    name: str
    columns: frozenset[str]
    to_claims: Callable[[int, Row, Given], Iterable[Row | Problem]]
    """From a row's number, its cells and what a person said of the file: the fields of each claim that the row makes,
    and what is wrong in it. A row that makes no claim says why."""


CODEBOOKS = (Codebook("native", native.COLUMNS, native.to_claims),)


def recognise(columns: Collection[str]) -> Codebook:
    """Find the codebook that most of these columns belong to."""
    best = max(CODEBOOKS, key=lambda codebook: len(codebook.columns & set(columns)))
    if 2 * len(best.columns & set(columns)) < len(best.columns):
        known = ", ".join(codebook.name for codebook in CODEBOOKS)
        message = f"the columns match no codebook ({known}); found {', '.join(sorted(columns))}"
        raise UnknownColumnsError(message)
    return best
