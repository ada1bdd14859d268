"""One delay: how long it took by one account, between which bounds, and what is doubtful about it."""

from math import isfinite
from typing import NamedTuple

import pandas as pd

from contested.model.times import Delay, duration
from contested.model.vocabulary import Calls, Milestone, Units
from contested.model.wording import counted, listing, spaced
from contested.query.legend import Legend

_HALF_HOUR, _LONG = 30, 180


class Told(NamedTuple):
    """One delay, or `n` of the same bounds, as one account tells it; its `outcome` is reached, cleared or open."""

    event_id: str | None
    """Nothing where it is one of many."""
    low: float
    high: float
    hearsay: bool
    stop: str
    outcome: str
    subkind: str | None
    contradicts: bool
    n: int
    label: int
    """Of its row in the histogram."""

    @property
    def delay(self) -> Delay:
        """Give both bounds."""
        return Delay(self.low, self.high)

    def said(self, legend: Legend) -> str:
        """Say how long it took, or what came instead of the stop, and what is doubtful about it."""
        flags = {
            f"unit {self.subkind}": self.subkind is not None,
            "order unknown": self.outcome == "reached" and self.low < 0 < self.high,
            legend.itself: self.contradicts,
            "hearsay": self.hearsay,
        }
        took = without(self.outcome, self.stop, self.low, self.high)
        return took + "".join(f" ({flag})" for flag, holds in flags.items() if holds)


class Population(NamedTuple):
    """How many calls had a stop, were cleared without it, or had none yet when last heard of."""

    reached: int
    cleared: int
    open: int
    silent: int = 0
    """Of how many neither is told; they count in no reading."""

    @property
    def every(self) -> int:
        """Count every call of which the outcome is told."""
        return self.reached + self.cleared + self.open

    def is_said(self, legend: Legend) -> bool:
        """Say whether the readings differ, or the reader asked for the less usual one."""
        return self.reached < self.every + self.silent or legend.selection.calls is Calls.EVERY

    def said(self, legend: Legend) -> str:
        """Name the reading and its n, and count the others: 11 calls with an arrival, 2 more were cleared without."""
        noun, stop, silent = call(legend), spaced(legend.selection.stop), f"of {self.silent:,} more no"
        if legend.selection.calls is Calls.EVERY:
            numbers = {f"with {_an(stop)}": self.reached, "cleared without": self.cleared, "still open": self.open}
            parts = listing(f"{f'{number:,}' if number else 'none'} {words}" for words, number in numbers.items())
            return f"every {noun}, n = {self.every:,}: {parts}" + f"; {silent} outcome is told" * (self.silent > 0)
        others = [f"{self.cleared:,} more {_were(self.cleared)} cleared without"] * (self.cleared > 0)
        others += [f"{self.open:,} more {'is' if self.open == 1 else 'are'} still open"] * (self.open > 0)
        others += [f"{silent} {stop} is told"] * (self.silent > 0)
        return "; ".join([f"{counted(self.reached, noun)} with {_an(stop)}", *others])


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def with_stop(legend: Legend) -> str:
    """Say what a call of the narrower reading has: an arrival, or whatever else stops the clock."""
    return f"with {_an(spaced(legend.selection.stop))}"


def call(legend: Legend) -> str:
    """Name what a delay is of: a call, another event, or a unit."""
    if legend.selection.units is Units.EVERY:
        return "unit"
    return "event" if legend.selection.start is Milestone.ONSET else "call"


def without(outcome: str, stop: str, low: float | None, high: float | None) -> str:
    """Say how long it took, or after how long it was cleared or still open without the stop."""
    shortest, longest = (None if bound is None or pd.isna(bound) else bound for bound in (low, high))
    match outcome:
        case "cleared" if bound(longest) is None:
            return f"cleared without {_an(spaced(stop))}, at a time that is not told"
        case "cleared":
            return f"cleared without {_an(spaced(stop))} after {duration(bound(shortest), bound(longest))}"
        case "open":
            lasted = spoken(shortest, None)
            return f"no {spaced(stop)} yet, {lasted}{'' if 'before' in lasted else ' after the start'}"
    return duration(bound(shortest), bound(longest))


def each_told(delays: pd.DataFrame) -> list[Told]:
    """Read the rows of delays that count."""
    columns = delays.assign(label=delays.index)[list(Told._fields)].astype(object)
    return list(map(Told._make, columns.where(columns.notna(), None).itertuples(index=False, name=None)))


def spoken(low: float | None, high: float | None) -> str:
    """Say a delay between two bounds; what is missing bounds nothing, and a long wait is said in whole half hours."""
    shortest, longest = bound(low), bound(high)
    if longest is None and shortest is not None and shortest > _LONG:
        shortest = shortest // _HALF_HOUR * _HALF_HOUR
    return duration(shortest, longest)


def bound(minutes: float | None) -> float | None:
    """Give a bound, or nothing where nothing bounds it."""
    return minutes if minutes is not None and isfinite(minutes) else None


def _an(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
