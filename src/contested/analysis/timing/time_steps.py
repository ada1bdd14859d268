"""The steps of time in which clashes are counted: hours, or coarser ones where the time in view is long.

A step begins and ends as the clocks of the viewer's zone do, so that a day on which they change has 23 or 25 hours.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from contested.analysis.timing.interval_censoring import Array

_MOST = 2_000
"""More steps than this in view are counted by the next coarser step."""
_EPOCH, _TICK = datetime(1970, 1, 1), timedelta(microseconds=1)  # noqa: DTZ001 a wall clock
_LAST_YEAR, _CENTURY = 9999, 100


class Step(StrEnum):
    """How long a step of time is."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    CENTURY = "century"


class Grid(NamedTuple):
    """A step, and where one begins and the next one ends: instants in microseconds since 1970, in order."""

    step: Step
    edges: Array

    def place(self, instants: Array) -> Array:
        """Find which step holds each instant: -1 before the first, as many as there are after the last."""
        return np.asarray(np.searchsorted(self.edges, instants, "right") - 1)


def hours_between(first: int, last: int) -> float:
    """Give the hours from one instant to another."""
    return (last - first) / _hours(1)


def grid(first: int, last: int, zone: str, step: Step | None = None) -> Grid:
    """Cover the time from one instant to another by a step, or by the finest of which it does not hold too many."""
    finest = next((one for one, length in _LEAST.items() if (last - first) / length < _MOST), Step.CENTURY)
    step = step or finest
    within = ZoneInfo(zone)
    begun = _wall(first, within)
    if step is Step.HOUR:
        edges = _full_hours(first, begun, within)
    else:
        edges = ((wall - _EPOCH - _ahead(wall, within)) // _TICK for wall in _COARSE[step](begun))
    return Grid(step, np.array(list(_up_to(last, edges)), np.int64))


def _up_to(last: int, edges: Iterator[int]) -> Iterator[int]:
    """Take edges until one is not before the last instant, two at the least."""
    yield next(edges)
    for edge in edges:
        yield edge
        if edge >= last:
            return


def _hours(number: int) -> int:
    return number * timedelta(hours=1) // _TICK


def _full_hours(first: int, begun: datetime, zone: ZoneInfo) -> Iterator[int]:
    """Go through the full hours on the wall; where clocks change by part of an hour, the one before is longer."""
    edge = first - _past_the_hour(begun)
    while True:
        yield edge
        edge += _hours(1)
        past = _past_the_hour(_wall(edge, zone))
        edge += _hours(1) - past if past else 0


def _past_the_hour(wall: datetime) -> int:
    return (wall - wall.replace(minute=0, second=0, microsecond=0)) // _TICK


def _days(begun: datetime) -> Iterator[datetime]:
    midnight = datetime.combine(begun.date(), time())
    return (midnight + timedelta(number) for number in count())


def _weeks(begun: datetime) -> Iterator[datetime]:
    monday = datetime.combine(begun.date(), time()) - timedelta(begun.weekday())
    return (monday + timedelta(7 * number) for number in count())


def _months(begun: datetime, every: int = 1) -> Iterator[datetime]:
    first = begun.year * 12 + begun.month - 1
    numbers = range(first // every * every, _LAST_YEAR * 12, every)
    return (datetime(number // 12, number % 12 + 1, 1) for number in numbers)  # noqa: DTZ001 a wall clock


def _quarters(begun: datetime) -> Iterator[datetime]:
    return _months(begun, 3)


def _years(begun: datetime, every: int = 1) -> Iterator[datetime]:
    numbers = range(begun.year // every * every, _LAST_YEAR, every)
    return (datetime(max(number, 1), 1, 1) for number in (*numbers, _LAST_YEAR))  # noqa: DTZ001 a wall clock


def _centuries(begun: datetime) -> Iterator[datetime]:
    return _years(begun, _CENTURY)


def _wall(instant: int, zone: ZoneInfo) -> datetime:
    """Give what a clock of the zone shows at an instant, within the calendar."""
    moment = (_EPOCH + instant * _TICK).replace(tzinfo=UTC)
    return moment.astimezone(zone).replace(tzinfo=None)


def _ahead(wall: datetime, zone: ZoneInfo) -> timedelta:
    return datetime.combine(wall.date(), wall.time(), zone).utcoffset() or timedelta()


_COARSE: Mapping[Step, Callable[[datetime], Iterator[datetime]]] = {
    Step.DAY: _days,
    Step.WEEK: _weeks,
    Step.MONTH: _months,
    Step.QUARTER: _quarters,
    Step.YEAR: _years,
    Step.CENTURY: _centuries,
}
_LEAST = {Step.HOUR: _hours(1), Step.DAY: _hours(23), Step.MONTH: _hours(24 * 28), Step.YEAR: _hours(24 * 365)}
"""How short a step can be that is chosen by how long the time is."""
