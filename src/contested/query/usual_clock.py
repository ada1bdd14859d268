"""The clock that a story opens on: from the first clash to the arrival, but in a log the one that most events have.

A log tells of at least thirty events when a unit did something, or of fewer where nobody tells of a clash. It opens on
the first milestone that nine in ten of them have, or of the milestone that most have; it stops at the arrival, or where
none is told at the end.
"""

from collections.abc import Mapping
from typing import NamedTuple

from contested.model.vocabulary import Kind, Milestone

_LOG, _NEARLY = 30, 0.9


class Clock(NamedTuple):
    """What starts a clock, and what stops it."""

    start: Milestone
    stop: Milestone


def usual_clock(events: Mapping[str, int]) -> Clock:
    """Choose the clock of a story by how many of its events are told of with each kind of claim."""
    told = {one: events.get(Kind.CLASH if one is Milestone.ONSET else one, 0) for one in Milestone}
    least = _LOG if told[Milestone.ONSET] else 1
    stop = next((one for one in (Milestone.ARRIVAL, Milestone.END) if told[one] >= least), None)
    before = [one for one in Milestone if stop and list(Milestone).index(one) < list(Milestone).index(stop)]
    most = max((told[one] for one in before), default=0)
    if stop is None or most < least:
        return Clock(Milestone.ONSET, Milestone.ARRIVAL)
    return Clock(next(one for one in before if told[one] >= _NEARLY * most), stop)
