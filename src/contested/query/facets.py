"""The facets of a store: the accounts, sides, kinds and places that its claims name, with the number of claims of each.

What a filter may choose is listed from these, so that nothing goes through the claims to offer it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from contested.model.vocabulary import KnownBy
from contested.query.selection import NO_SIDE

FACETS = f"""
select account, kind, coalesce(side, '{NO_SIDE}') as side, place, grouping(account) = 0 as is_account,
    grouping(side) = 0 as is_side, count(*) as claims, count(recorded_at) as recorded
from claims where replaced_at is null
group by grouping sets ((account, kind), (side), (place))
"""
"""Counts of current claims by account and kind, by side and by place, one below the other."""


@dataclass(frozen=True)
class Facets:
    """The number of current claims of each account, side, kind and place, and the clocks by which they are known."""

    accounts: Mapping[str, int]
    """The accounts in alphabetical order, like the others."""
    sides: Mapping[str, int]
    kinds: Mapping[str, int]
    places: Mapping[str, int]
    kinds_of: Mapping[str, frozenset[str]]
    """The kinds that each account has claims of."""
    clocks: tuple[KnownBy, ...]
    """The times by which claims can be known at a moment, the usual one first."""


def facets(rows: Iterable[Mapping[str, Any]], *, is_published: bool) -> Facets:
    """Collect the rows of `FACETS`; whether any source says when it was published is asked beside them."""
    accounts, sides, kinds, places = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    kinds_of: dict[str, set[str]] = {}
    is_recorded = False
    for row in sorted(rows, key=lambda row: (row["account"] or "", row["side"] or "", row["place"] or "")):
        is_recorded |= row["recorded"] > 0
        if row["is_account"]:
            accounts[row["account"]] += row["claims"]
            kinds[row["kind"]] += row["claims"]
            kinds_of.setdefault(row["account"], set()).add(row["kind"])
        elif row["is_side"]:
            sides[row["side"]] += row["claims"]
        elif row["place"] is not None:
            places[row["place"]] += row["claims"]
    there = {KnownBy.STATED: True, KnownBy.PUBLISHED: is_published, KnownBy.RECORDED: is_recorded}
    clocks = tuple(clock for clock, is_there in there.items() if is_there)
    heard = {account: frozenset(found) for account, found in kinds_of.items()}
    return Facets(accounts, sides, dict(sorted(kinds.items())), places, heard, clocks)
