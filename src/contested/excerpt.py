"""The excerpt: the relations of one selection, copied out of a small store once for all that is asked of them.

To plan a question over the claims takes longer than to answer it where claims are few, so that they are copied out.
"""

from collections.abc import Mapping
from threading import Lock

import duckdb
import pyarrow as pa

Given = Mapping[str, object]
"""The values of the parameters that a question names."""


class Excerpt:
    """Copies that several may ask, one after another; they are gone with the last who holds them."""

    def __init__(
        self, cursor: duckdb.DuckDBPyConnection, copies: Mapping[str, str], given: Mapping[str, Given]
    ) -> None:
        self._cursor, self._lock = cursor, Lock()
        for name, copy in copies.items():
            cursor.execute(f"create temp table {name} as {copy}", given[name])

    def rows(self, question: str, given: Given) -> pa.Table:
        """Answer a question put in SQL."""
        with self._lock:
            return self._cursor.execute(question, given).to_arrow_table()
