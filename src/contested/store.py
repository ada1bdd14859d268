"""The store: claims in an in-process DuckDB, and what is asked of them in SQL."""

import re
from collections.abc import Iterable
from typing import NamedTuple

import duckdb
import pandas as pd
import pyarrow as pa

from contested.claim import Claim
from contested.columns import COLUMNS, kept
from contested.relations import prelude
from contested.selection import Selection

_LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
    "python_enable_replacements": False,
}

_ABOUT = """
select count(*) as claims,
    sha256(coalesce(string_agg(to_json(selected)::varchar, chr(10) order by claim_id), '')) as data_hash,
    (select list(account) from voices) as voices, (select count(*) from everyone) as everyone,
    (select count(*) from known) as known
from selected
"""


class About(NamedTuple):
    """What a selection holds: its claims, the hash of all they say, who is in view, and what it hides."""

    claims: int
    data_hash: str
    voices: frozenset[str]
    hidden: int
    """How many accounts (or sides) are not in view."""
    hidden_claims: int


class Store:
    """Claims that can be asked; it reads no file and reaches no network."""

    def __init__(self, claims: Iterable[Claim] = ()) -> None:
        rows = [{name: kept(value) for name, value in claim} for claim in claims]
        self._database = duckdb.connect(config=_LOCKED)
        self._database.register("incoming", pa.Table.from_pylist(rows, COLUMNS))
        self._database.execute("create table claims as from incoming")
        self._database.unregister("incoming")
        self._database.execute("set lock_configuration = true")

    def ask(self, question: str, selection: Selection, **more: list[str]) -> pd.DataFrame:
        """Answer a question put in SQL, with the parameters it names; times come in the viewer's zone."""
        sql = f"{prelude(selection)} from ({question})"
        given = {name: kept(getattr(selection, name)) for name in Selection.model_fields} | more
        used = {name: given[name] for name in set(re.findall(r"\$(\w+)", sql))}
        with self._database.cursor() as cursor:
            table: pd.DataFrame = cursor.sql(sql, params=used).to_arrow_table().to_pandas()
        for column in table.select_dtypes("datetime"):
            utc = table[column].dt.as_unit("us").dt.tz_localize("UTC")
            table[column] = utc.dt.tz_convert(selection.zone)
        return table

    def about(self, selection: Selection) -> About:
        """Say what a selection holds."""
        [row] = self.ask(_ABOUT, selection).to_dict("records")
        in_view = frozenset([] if row["voices"] is None else row["voices"])
        claims, known, everyone = (int(row[name]) for name in ("claims", "known", "everyone"))
        return About(claims, str(row["data_hash"]), in_view, everyone - len(in_view), known - claims)
