"""The data hash: SHA-256 of all that some claims say and of whether they stand, whatever their order.

A row is hashed once, when it is stored: SHA-256 of its fields in the order of the schema, each as a unit separator
(U+001F), the name, `=` and the value. Instants are microseconds since 1970 in UTC, lists are JSON, and a separator
within a value is doubled. What is empty or a field's default is left out, so that no hash changes when claims get a
field more.

The hash of a selection is SHA-256 of a line for each standing: its name, the number of claims, and the four sums of the
64-bit words of the row hashes. Sums do not depend on order and need no sorting (AdHash: Bellare and Micciancio, "A new
paradigm for collision-free hashing", 1997). They tell apart what differs by chance or by any edit. Against somebody who
may invent any number of claims in order to meet a sum they are weaker than SHA-256: what was recorded, and by whom, is
proven by the chain of the record.
"""

from collections.abc import Collection, Iterable
from hashlib import sha256

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from contested.model.arrow_schema import COLUMNS
from contested.model.claim import Claim

SEPARATOR = "\x1f"
WORDS = tuple(f"hash_{number}" for number in range(4))
"""The columns that hold the 64-bit words of the hash of a row."""
_NO_LIST = "[]"
FIELDS = tuple(pa.field(name, pa.uint64()) for name in WORDS)

_SUMS = ", ".join(f"sum({name})" for name in WORDS)
LINES = f"""
select coalesce(sum(n), 0)::bigint as claims,
    string_agg(concat_ws(' ', standing, n, sums), chr(10) order by standing) as lines
from (select standing, sum(n)::bigint as n, concat_ws(' ', {_SUMS}) as sums from tallied group by standing)
"""
"""How many claims a selection holds, and the lines that are hashed of it, null where it holds none."""


def data_hash(lines: str | None) -> str:
    """Hash the lines of a selection, as `LINES` gives them, in hexadecimal."""
    return sha256((lines or "").encode()).hexdigest()


def hashed_texts(table: pa.Table, said: Collection[str], relation: str) -> str:
    """Write the question after what is hashed of each row of a table, which is known as a relation in SQL.

    Only the columns that say anything (`said_columns`) are read.
    """
    terms = ", ".join(_term(COLUMNS.field(name), table[name]) for name in COLUMNS.names if name in said)
    return f"select concat({terms}) as text from {relation}"


def words(texts: Iterable[pa.RecordBatch]) -> list[pa.Array]:
    """Hash what is hashed of each row, and part the hashes into the columns `WORDS`.

    Python does so by the instructions that processors have for it, sooner than DuckDB.
    """
    hashes = b"".join(
        sha256(text).digest() for batch in texts for text in batch.column(0).cast(pa.binary()).to_pylist()
    )
    every = np.frombuffer(hashes, ">u8").reshape(-1, len(WORDS))
    return [pa.array(column) for column in every.T.astype(np.uint64)]


def _term(field: pa.Field, column: pa.ChunkedArray) -> str:
    """Write a term of the concatenation that is hashed; a null term adds nothing."""
    default, value = Claim.model_fields[field.name].default, _value(field, column)
    if isinstance(default, str) or pa.types.is_list(field.type):
        return f"'{SEPARATOR}{field.name}=' || nullif({value}, '{default or _NO_LIST}')"
    joined = "," if column.null_count == 0 else "||"
    return f"'{SEPARATOR}{field.name}=' {joined} {value}"


def _value(field: pa.Field, column: pa.ChunkedArray) -> str:
    """Write the SQL of a field as it is hashed."""
    if pa.types.is_timestamp(field.type):
        return f"epoch_us({field.name})"
    if pa.types.is_list(field.type):
        return f"to_json({field.name})::varchar"
    if pa.types.is_string(field.type) and pc.any(pc.match_substring(column, SEPARATOR)).as_py():
        return f"replace({field.name}, '{SEPARATOR}', '{SEPARATOR * 2}')"
    return f"{field.name}"
