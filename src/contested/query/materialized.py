"""Materialized selections: the relations of one selection as tables, computed once and shared by all its queries.

Where claims are few, planning a query over all of them takes longer than answering it from such tables.
"""

from collections.abc import Mapping
from functools import lru_cache
from itertools import count
from threading import Lock
from weakref import finalize

import duckdb
import pyarrow as pa

Parameters = Mapping[str, object]
"""The values of the named parameters of a query."""


_STATEMENTS_KEPT = 512
_NUMBERS = count(1)


def execute(cursor: duckdb.DuckDBPyConnection, sql: str, parameters: Parameters) -> duckdb.DuckDBPyConnection:
    """Execute SQL with named parameters, parsing each text once."""
    for statement in _statements(sql):
        cursor.execute(statement, parameters)
    return cursor


@lru_cache(_STATEMENTS_KEPT)
def _statements(sql: str) -> list[duckdb.Statement]:
    """Parse SQL; parsing a long query takes as long as answering it."""
    return duckdb.extract_statements(sql)


class MaterializedSelection:
    """Tables of one selection in a database of their own, which is detached with the last reference to this."""

    def __init__(
        self, database: duckdb.DuckDBPyConnection, queries: Mapping[str, str], parameters: Mapping[str, Parameters]
    ) -> None:
        """Define each table by a query and its parameters; the tables are computed when they are first asked."""
        self._database, self._queries, self._parameters = database, queries, parameters
        self._lock, self._search_path = Lock(), ""

    def query(self, sql: str, parameters: Parameters) -> pa.Table:
        """Query the tables; safe from any thread."""
        search_path = self._materialize()
        with self._database.cursor() as cursor:
            cursor.execute(search_path)
            return execute(cursor, sql, parameters).to_arrow_table()

    def _materialize(self) -> str:
        """Compute the tables unless they are there, and return the SQL that sets the search path to them."""
        with self._lock:
            if not self._search_path:
                name = f"selection_{next(_NUMBERS)}"
                search_path = f"set search_path = '{name},memory'"
                with self._database.cursor() as cursor:
                    cursor.execute(f"attach ':memory:' as {name}")
                    finalize(self, _detach, self._database, name).atexit = False
                    cursor.execute(search_path)
                    for table, sql in self._queries.items():
                        execute(cursor, f"create table {table} as {sql}", self._parameters[table])
                self._search_path = search_path
            return self._search_path


def _detach(database: duckdb.DuckDBPyConnection, name: str) -> None:
    with database.cursor() as cursor:
        cursor.execute(f"detach {name}")
