"""When an account has the start and the stop of a clock, each for itself: also where it times only one of them."""

from collections.abc import Mapping
from datetime import datetime
from types import SimpleNamespace
from typing import NamedTuple


class End(NamedTuple):
    """One milestone as one account times it: of how many events, and between which bounds where it is one."""

    events: int = 0
    low: datetime | None = None
    high: datetime | None = None


class Timed(NamedTuple):
    """The start and the stop of a clock as one account times them."""

    start: End = End()
    stop: End = End()


def _bound(which: str, end: str) -> str:
    """Write one bound of a milestone: a clash holds its onset and its end, all else one moment."""
    clash = f"case ${which} when 'onset' then began_{end} when 'end' then ended_{end} end"
    return f"case when kind = 'clash' then {clash} when kind = ${which} then began_{end} end"


_WAYS = {"low": "earliest", "high": "latest"}
ENDS = ", ".join(
    ["event_id", *(f"{_bound(which, end)} as {which}_{way}" for which in Timed._fields for way, end in _WAYS.items())]
)
"""The bounds of both milestones of each claim, in SQL."""


def counted(*, is_told_once: bool) -> str:
    """Write of how many events an account times each, and between which bounds it has the first, in SQL over these."""
    events = "*" if is_told_once else "distinct event_id"
    return ",".join(_timed(which, events) for which in Timed._fields)


def _timed(which: str, events: str) -> str:
    return f"""
    count({events}) filter (where coalesce({which}_low, {which}_high) is not null)::int as {which}_events,
    min({which}_low) as {which}_first, min({which}_high) as {which}_last"""


def timed_of(row: SimpleNamespace) -> Timed:
    """Read what an account times from the row that counts its claims."""
    return Timed(*(_end(vars(row), which) for which in Timed._fields))


def _end(row: Mapping[str, object], which: str) -> End:
    return End(*(row[f"{which}_{name}"] for name in ("events", "first", "last")))  # type: ignore[arg-type]
