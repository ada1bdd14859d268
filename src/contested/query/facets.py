"""The facets of a store: the accounts, sides, kinds, places and events of its claims, with the number of each's claims.

What a filter may choose is listed from these, so that nothing goes through the claims to offer it. Events, the clock
and kept columns are asked for when they are first wanted.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from contested.model.vocabulary import MILESTONE_KINDS, KnownBy
from contested.query.groups import KeptColumn
from contested.query.selection import NO_SIDE
from contested.query.usual_clock import Clock, usual_clock

_EACH = "(select *, 1 as n, (recorded_at is not null)::int as recorded from claims where replaced_at is null)"


def counts_question(*, keeps_tallies: bool) -> str:
    """Write the question after the number of current claims by account and kind, by side and by place."""
    return f"""
    select account, kind, coalesce(side, '{NO_SIDE}') as side, place, grouping(account) = 0 as is_account,
        grouping(side) = 0 as is_side, sum(n)::bigint as claims, sum(recorded)::bigint as recorded
    from {"kept.tallies" if keeps_tallies else _EACH}
    group by grouping sets ((account, kind), (side), (place))
    """


MOST_EVENTS = 500
"""How many events are counted at most: in a log each call is one."""
EVENTS = f"""
select event_id, count(*) as claims from claims where replaced_at is null
group by event_id order by claims desc, event_id limit {MOST_EVENTS}
"""
"""Counts of current claims by event, those with the most."""
TIMED = f"""
select kind, count(distinct event_id) as events from claims
where replaced_at is null and kind in ({", ".join(f"'{kind}'" for kind in MILESTONE_KINDS)}) group by kind
"""
"""Of how many events each kind of milestone is told."""
SOURCES = "select min(source_id) as first, max(source_id) as last from claims"
"""The first source and the last, by their ids."""
PUBLISHED = "select true as is_published from sources limit 1"
"""Whether it is known of any source when it was published."""

Ask = Callable[[str], Iterable[Mapping[str, Any]]]
"""Answers a question about a store, a mapping a row."""


@dataclass(frozen=True)
class Facets:
    """The number of current claims of each account, side, kind, place and event, and by which clocks they are known."""

    accounts: Mapping[str, int]
    """The accounts in alphabetical order, like the others."""
    sides: Mapping[str, int]
    kinds: Mapping[str, int]
    places: Mapping[str, int]
    kinds_of: Mapping[str, frozenset[str]]
    """The kinds that each account has claims of."""
    clocks: tuple[KnownBy, ...]
    """The times by which claims can be known at a moment, the usual one first."""
    _ask: Ask = field(repr=False, compare=False)
    _ask_kept_columns: Callable[[], Iterable[KeptColumn]] = field(repr=False, compare=False)

    @cached_property
    def events(self) -> Mapping[str, int]:
        """The events with the most claims, these first."""
        return {row["event_id"]: row["claims"] for row in self._ask(EVENTS)}

    @cached_property
    def clock(self) -> Clock:
        """The clock that delays are measured by unless the reader chooses another."""
        return usual_clock({row["kind"]: row["events"] for row in self._ask(TIMED)})

    @cached_property
    def kept_columns(self) -> Mapping[str, KeptColumn]:
        """The columns that were kept for comparing, by name."""
        return {column.name: column for column in self._ask_kept_columns()}

    @cached_property
    def only_source(self) -> str | None:
        """The source of all claims, in all their revisions, where it is one."""
        [found] = self._ask(SOURCES)
        return found["first"] if found["first"] == found["last"] else None

    def may_have(self, event: str) -> bool:
        """Say whether claims may be of an event; of very many events not all are counted."""
        return event in self.events or len(self.events) == MOST_EVENTS


def facets(ask: Ask, ask_kept_columns: Callable[[], Iterable[KeptColumn]], *, keeps_tallies: bool) -> Facets:
    """Collect what `ask` answers to these questions about a store, and leave the others until they are wanted."""
    accounts, sides, kinds, places = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    kinds_of: dict[str, set[str]] = {}
    is_recorded = False
    rows = ask(counts_question(keeps_tallies=keeps_tallies))
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
    there = {KnownBy.STATED: True, KnownBy.PUBLISHED: bool(ask(PUBLISHED)), KnownBy.RECORDED: is_recorded}
    clocks = tuple(clock for clock, is_there in there.items() if is_there)
    heard = {account: frozenset(found) for account, found in kinds_of.items()}
    return Facets(accounts, sides, dict(sorted(kinds.items())), places, heard, clocks, ask, ask_kept_columns)
