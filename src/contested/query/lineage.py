"""Lineage: the claims and the sources behind the rows of an answer, asked when somebody wants to see them.

A question names them in its column `claim_ids`. An answer leaves that column out, so that DuckDB lists no claims.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

import pandas as pd
import pyarrow as pa

from contested.model.arrow_schema import kept
from contested.query import plain_events
from contested.query.selection import Selection
from contested.query.store import Store

FEW = 500
"""Of so many rows each is looked for by its key; of more, the claims of all rows are asked at once."""
LISTED = 12
"""How many of the claims behind a row are shown in a table; the exports hold all of them."""


def without_claims(store: Store, question: str, selection: Selection) -> pa.Table:
    """Answer a question with all its columns but `claim_ids`; of few claims it is kept whole, to be asked for them."""
    if store.is_small:
        return store.columns(question, selection).drop_columns(["claim_ids"])
    return store.columns(f"select * exclude (claim_ids) from ({question})", selection)


class Behind(NamedTuple):
    """The claims behind the rows of a question, which its key columns tell apart."""

    question: str
    """It names them in `claim_ids`, unless they are asked apart."""
    keys: Collection[str]
    each: str = ""
    """The question after them, a row a claim: the key columns and `claim_id`, in no order and some more than once."""

    @property
    def lists(self) -> str:
        """The question after the claims behind each row as `claim_ids`."""
        listed = f"select {self._keys}, list_sort(list(claim_id)) as claim_ids {self._grouped}"
        return listed if self.each else self.question

    @property
    def first(self) -> str:
        """The question after the first of them, and their `number`."""
        if self.each:
            return f"select {self._keys}, min(claim_id, {LISTED}) as claim_ids, count(*) as number {self._grouped}"
        few = f"claim_ids[:{LISTED}] as claim_ids"
        return f"select * replace ({few}), len(claim_ids) as number from ({self.question})"

    @property
    def ids(self) -> str:
        """The question after all of them as `claim_id`, some more than once."""
        listed = f"select unnest(claim_ids) as claim_id from ({self.question})"
        return f"select claim_id from ({self.each})" if self.each else listed

    @property
    def _keys(self) -> str:
        return ", ".join(self.keys)

    @property
    def _grouped(self) -> str:
        return f"from (select distinct {self._keys}, claim_id from ({self.each})) group by all"


def claim_ids(store: Store, behind: Behind, selection: Selection, rows: pd.DataFrame) -> pa.Array:
    """Return the ids of the claims behind some rows of a question, a list a row, looked up by its key columns.

    Raises `pandas.errors.InvalidIndexError` where the key columns do not tell the rows of the question apart.
    """
    return _of_rows(store, behind.lists, selection, behind.keys, rows)["claim_ids"].combine_chunks()


def first_claim_ids(
    store: Store, behind: Behind, selection: Selection, rows: pd.DataFrame
) -> Iterator[tuple[list[str] | None, int | None]]:
    """Give the first `LISTED` ids of the claims behind each row, and their number; None for an unknown row."""
    found = _of_rows(store, behind.first, selection, behind.keys, rows)
    return zip(found["claim_ids"].to_pylist(), found["number"].to_pylist(), strict=True)


def _of_rows(store: Store, question: str, selection: Selection, keys: Collection[str], rows: pd.DataFrame) -> pa.Table:
    """Look up rows of a question by its key columns: a row for each, in order, of nulls where there is none."""
    where, values = _where(rows, keys) if len(rows) <= FEW and not store.is_small else ("", {})
    asked = f"select * from ({question}) where {where}" if where else question
    found = store.columns(asked, selection, **values)
    places = _index(found.select(list(keys)).to_pandas()).get_indexer(_index(rows[list(keys)]))
    return found.select([name for name in ("claim_ids", "number") if name in found.column_names]).take(
        pa.array(places, pa.int64(), mask=places < 0)
    )


def claims_by_source(store: Store, behind: Behind, selection: Selection) -> dict[str, int]:
    """Return how many claims of each source stand behind a question, the sources by their ids, sorted."""
    # what is told plainly is not among what is known beside it
    among = "claims where replaced_at is null" if plain_events.CHOSEN in behind.ids else "known where true"
    ids, values = behind.ids, {}
    if store.is_small:  # the answer is kept, so that nothing is planned again
        ids, values = "select unnest($claim_ids)", {"claim_ids": _all_behind(store, behind, selection)}
    asked = f"""select source_id, count(*) as claims from {among} and claim_id in ({ids})
        group by source_id order by source_id"""
    found = store.columns(asked, selection, **values)
    return dict(zip(found["source_id"].to_pylist(), found["claims"].to_pylist(), strict=True))


def _all_behind(store: Store, behind: Behind, selection: Selection) -> list[str]:
    """List each claim behind the rows of a question once, sorted."""
    return sorted(set(chain.from_iterable(store.columns(behind.lists, selection)["claim_ids"].to_pylist())))


def sources_of(store: Store, claim_ids: Iterable[str], selection: Selection) -> dict[str, str]:
    """Return the id of the source of each of these claims."""
    asked = "select claim_id, source_id from known where claim_id in (select unnest($claim_ids))"
    found = store.columns(asked, selection, claim_ids=sorted(set(claim_ids)))
    return dict(zip(found["claim_id"].to_pylist(), found["source_id"].to_pylist(), strict=True))


def claims_among(store: Store, behind: Behind, selection: Selection, claim_ids: Iterable[str]) -> list[str]:
    """Return those of some claims that stand behind any row of a question, sorted."""
    if store.is_small:
        return sorted(set(claim_ids).intersection(_all_behind(store, behind, selection)))
    asked = f"""select distinct claim_id from ({behind.ids})
        where claim_id in (select unnest($claim_ids)) order by claim_id"""
    return list(store.columns(asked, selection, claim_ids=sorted(set(claim_ids)))["claim_id"].to_pylist())


def _where(rows: pd.DataFrame, keys: Collection[str]) -> tuple[str, dict[str, list[object]]]:
    """Write the condition that holds for the rows of a question with these values in their key columns."""
    values = {f"key_{name}": [kept(one) for one in rows[name].dropna().unique().tolist()] for name in keys}
    known = {name: f"list_contains($key_{name}, {name})" if values[f"key_{name}"] else "false" for name in keys}
    either = (f"({known[name]} or {name} is null)" if rows[name].hasnans else f"{known[name]}" for name in keys)
    return " and ".join(either), {name: found for name, found in values.items() if found}


def _index(keys: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(keys)
