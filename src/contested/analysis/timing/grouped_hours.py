"""Clashes of groups by the hour of the day: each group of an account is counted as an account is."""

from collections.abc import Callable

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from contested.analysis.timing.hours import Columns, by_clock
from contested.model.times import LEAST_DELAYS
from contested.query import clash_extents
from contested.query.legend import Legend

QUESTION = f"""
select clashes.*, group_value
from ({clash_extents.QUESTION}) as clashes left join (from grouped where subkind is null) as of_event
    on of_event.account = clashes.account and of_event.event_id = clashes.event_id
order by account, event_id, voice
"""
_OWN = ("account", "group_value", "n", "whose", "place", "hour", "certain", "possible", "days")
_BETWEEN = "\x1f"


def by_group(rows: Columns, legend: Legend) -> tuple[pd.DataFrame, Callable[[pd.DataFrame], pd.DataFrame]]:
    """Add up the clashes of each group of each account by the hour of the day; of few only their number.

    Beside the rows comes what adds the claims behind some of them.
    """
    told = rows.filter(pc.and_(pc.is_valid(rows["be"]), pc.is_valid(rows["group_value"])))
    if not len(told):
        return pd.DataFrame(columns=_OWN), lambda some: some.assign(claim_ids=None)
    whose = pc.binary_join_element_wise(told["account"].cast(pa.string()), told["group_value"], _BETWEEN)
    named = told.set_column(told.column_names.index("account"), "account", whose)
    counts, behind = by_clock(named, legend, lambda hours: hours.dt.hour)
    sizes = named.select(["account", "event_id"]).to_pandas().drop_duplicates()["account"].value_counts()
    is_enough = counts["account"].map(sizes) >= LEAST_DELAYS
    few = counts[~is_enough].drop_duplicates("account").assign(place=None, certain=None, possible=None)
    counts = pd.concat([counts[is_enough], few]).rename(columns={"account": "whose"}).reset_index(drop=True)
    counts[["account", "group_value"]] = counts["whose"].str.split(_BETWEEN, n=1, expand=True).to_numpy()
    counts["n"] = counts["whose"].map(sizes)
    counts["hour"] = [f"{int(at):02}:00" if pd.notna(at) else None for at in counts["place"]]
    every = {one: sorted(ids) for one, ids in _claims(named).items()}

    def write(some: pd.DataFrame) -> pd.DataFrame:
        hours = behind(some.rename(columns={"account": "_", "whose": "account"}))
        pairs = zip(hours, some["whose"], some["place"], strict=True)
        ids = [every[one] if pd.isna(place) else found for found, one, place in pairs]
        return some.assign(claim_ids=pd.Series(ids, some.index, object))

    return counts[list(_OWN)], write


def _claims(named: Columns) -> dict[str, set[str]]:
    """List the claims behind all clashes of each group."""
    found: dict[str, set[str]] = {}
    for row in named.select(["account", "claim_ids"]).to_pylist():
        found.setdefault(row["account"], set()).update(row["claim_ids"])
    return found
