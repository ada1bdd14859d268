"""The excerpt: the relations of one selection, copied out of a small store once for all that is asked of them.

To plan a question over the claims takes longer than to answer it where claims are few, so that they are copied out.
"""

from collections.abc import Mapping
from functools import lru_cache
from itertools import count
from threading import Lock
from weakref import finalize

import duckdb
import pyarrow as pa

Given = Mapping[str, object]
"""The values of the parameters that a question names."""


_TEXTS_KEPT = 512
_NUMBERS = count(1)


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
    """Copies that several may ask at once, in a database of their own; it is gone with the last who holds it."""

    def __init__(
        self, database: duckdb.DuckDBPyConnection, copies: Mapping[str, str], given: Mapping[str, Given]
    ) -> None:
        self._database, self._copies, self._given = database, copies, given
        self._lock, self._path = Lock(), ""

    def rows(self, question: str, given: Given) -> pa.Table:
        """Answer a question put in SQL."""
        path = self._made()
        with self._database.cursor() as cursor:
            cursor.execute(path)
            return put(cursor, question, given).to_arrow_table()

    def _made(self) -> str:
        """Make the copies where nobody has yet, and say where they are found."""
        with self._lock:
            if not self._path:
                name = f"excerpt_{next(_NUMBERS)}"
                path = f"set search_path = '{name},memory'"
                with self._database.cursor() as cursor:
                    cursor.execute(f"attach ':memory:' as {name}")
                    finalize(self, _forget, self._database, name).atexit = False
                    cursor.execute(path)
                    for relation, copy in self._copies.items():
                        put(cursor, f"create table {relation} as {copy}", self._given[relation])
                self._path = path
            return self._path


def _forget(database: duckdb.DuckDBPyConnection, name: str) -> None:
    with database.cursor() as cursor:
        cursor.execute(f"detach {name}")
