"""The excerpt: the relations of one selection, copied out of a small store once for all that is asked of them.

To plan a question over the claims takes longer than to answer it where claims are few, so that they are copied out.
"""

from collections.abc import Mapping
from functools import lru_cache
from threading import Lock

import duckdb
import pyarrow as pa

Given = Mapping[str, object]
"""The values of the parameters that a question names."""


_TEXTS_KEPT = 512


def put(cursor: duckdb.DuckDBPyConnection, question: str, given: Given) -> duckdb.DuckDBPyConnection:
    """Put a question in SQL to a cursor."""
    for statement in _parsed(question):
        cursor.execute(statement, given)
    return cursor


@lru_cache(_TEXTS_KEPT)
def _parsed(question: str) -> list[duckdb.Statement]:
    """Read a text in SQL; to read a long question, which is put again and again, takes as long as to answer it."""
    return duckdb.extract_statements(question)


class Excerpt:
    """Copies that several may ask, one after another; they are gone with the last who holds them."""

    def __init__(
        self, cursor: duckdb.DuckDBPyConnection, copies: Mapping[str, str], given: Mapping[str, Given]
    ) -> None:
        self._cursor, self._lock = cursor, Lock()
        for name, copy in copies.items():
            put(cursor, f"create temp table {name} as {copy}", given[name])

    def rows(self, question: str, given: Given) -> pa.Table:
        """Answer a question put in SQL."""
        with self._lock:
            return put(self._cursor, question, given).to_arrow_table()
