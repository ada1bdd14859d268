"""The told delay: how long it took by one account, between which bounds, and what is doubtful about it."""

from collections.abc import Sequence
from datetime import datetime
from math import isfinite
from typing import NamedTuple

import pandas as pd

from contested.moment import day_and_hour, duration
from contested.timed.delays import Delay

_HALF_HOUR, _LONG = 30, 180


class Told(NamedTuple):
    """One delay as one account tells it."""

    event_id: str
    low: float
    high: float
    hearsay: bool
    claim_ids: Sequence[str]
    stop: str
    waited_until: datetime | None
    """When it was not over yet, where no end of it is told."""
    subkind: str | None
    contradicts: bool

    @property
    def delay(self) -> Delay:
        """Give both bounds."""
        return Delay(self.low, self.high)

    @property
    def said(self) -> str:
        """Say how long it took, or was waited for in vain, and what is doubtful about it."""
        waited = f"no {self.stop} told by {day_and_hour(self.waited_until)}" if self.waited_until else ""
        flags = {
            f"unit {self.subkind}": self.subkind is not None,
            "order unknown": not waited and self.low < 0 < self.high,
            "the account contradicts itself": self.contradicts,
            "hearsay": self.hearsay,
        }
        return (waited or spoken(self.low, self.high)) + "".join(f" ({flag})" for flag, holds in flags.items() if holds)


def each_told(delays: pd.DataFrame) -> list[Told]:
    """Read the rows of delays that count."""
    events, claim_ids, stops = (delays[name].to_numpy(object) for name in ("event_id", "claim_ids", "stop"))
    lows, highs, hearsay, contradicts = (delays[name].tolist() for name in ("low", "high", "hearsay", "contradicts"))
    waits = zip(delays["timed"], delays["as_of"], strict=True)
    waited_until = [None if timed else moment for timed, moment in waits]
    units = [unit if isinstance(unit, str) else None for unit in delays["subkind"].to_numpy(object)]
    return list(map(Told, events, lows, highs, hearsay, claim_ids, stops, waited_until, units, contradicts))


def spoken(low: float, high: float) -> str:
    """Say a delay between two bounds; what is missing bounds nothing, and a long wait is said in whole half hours."""
    shortest, longest = bound(low), bound(high)
    if longest is None and shortest is not None and shortest > _LONG:
        shortest = shortest // _HALF_HOUR * _HALF_HOUR
    return duration(shortest, longest)


def bound(minutes: float | None) -> float | None:
    """Give a bound, or nothing where nothing bounds it."""
    return minutes if minutes is not None and isfinite(minutes) else None
