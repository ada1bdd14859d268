"""Warnings: what makes claims less than exact, counted and said under every answer that rests on them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from contested.analysis.coverage.heaping import figure_looks, time_looks
from contested.analysis.coverage.topic import DENIES, Topic
from contested.model.vocabulary import Identity, TimeBasis
from contested.model.wording import counted
from contested.query.relations import RENEWED

Row = Any


def of_time(row: Row) -> list[str]:
    """Name what is doubtful in the time of one claim, beside its mark."""
    basis = [f"{row.time_basis} time"] if row.time_basis in {TimeBasis.DERIVED, TimeBasis.ASSUMED} else []
    look = time_looks(row.began_earliest, row.began_latest)
    event = [f"{row.same_event} whether it is this event"] if row.same_event != Identity.CERTAIN else []
    return ["hearsay"] * bool(row.hearsay) + basis + ["time cut off"] * bool(row.is_cut) + [look] * bool(look) + event


def of_figure(row: Row) -> list[str]:
    """Name what is doubtful in one figure, beside its mark."""
    look = figure_looks(row.best)
    return ["hearsay"] * bool(row.hearsay) + [RENEWED] * bool(row.is_renewed) + [look] * bool(look)


def doubts(topic: Topic, rows: Sequence[Row]) -> Iterator[str]:
    """Say what is doubtful in the claims that a topic concerns, as their coverage counts it."""

    def number(column: str) -> int:
        return sum(getattr(row, column) for row in rows)

    denials = number("denials")
    if denials and DENIES not in topic.gaps:
        yield f"{counted(denials, 'claim')} {'is a denial' if denials == 1 else 'are denials'}."
    yield from _identity(number("unclear"), number("likely"))
    if topic.is_of_time:
        yield from _basis(number("derived"), number("assumed"), number("cut"))
        yield from _times(_looks((row.times for row in rows), _time_looks), number("timed"))
    if topic.is_of_figures:
        yield from _figures(_looks((row.figures for row in rows), figure_looks))


def _looks(values: Iterable[Any], look: Callable[..., str]) -> Counter[str]:
    """Count values by how they look; each comes with how often it was said."""
    found: Counter[str] = Counter()
    for value, times in chain.from_iterable(one for one in values if one is not None):
        found[look(value)] += times
    return found


def _time_looks(key: str) -> str:
    """Say how a time looks that is full or half an hour; of its date only the day counts."""
    wall, width = key.split()
    first = datetime.fromisoformat(wall)
    return time_looks(first, first + timedelta(seconds=int(width)))


def _identity(unclear: int, likely: int) -> Iterator[str]:
    if unclear:
        they = "it is about its" if unclear == 1 else "they are about their"
        yield f"Of {counted(unclear, 'claim')} it is unclear whether {they} event."
    if likely:
        they = "is only likely to be about its" if likely == 1 else "are only likely to be about their"
        yield f"{counted(likely, 'claim')} {they} event."


def _basis(derived: int, assumed: int, cut: int) -> Iterator[str]:
    reasons = {"derived, not stated": derived, "assumed": assumed, "cut off at when it was said": cut}
    for reason, number in reasons.items():
        if number:
            yield f"{counted(number, 'time')} {'is' if number == 1 else 'are'} {reason}."


def _times(looks: Counter[str], every: int) -> Iterator[str]:
    on_the_hour = sum(looks[look] for look in ("midnight", "full hour", "half hour"))
    of_a_month = sum(looks[look] for look in ("first of the month", "middle of the month"))
    if on_the_hour:
        are = "is a full or half hour" if on_the_hour == 1 else "are full or half hours"
        yield f"{_of(on_the_hour, every, 'time')} {are}: two that coincide need not be one moment."
    if of_a_month:
        are = "is a day that may stand" if of_a_month == 1 else "are days that may stand"
        yield f"{_of(of_a_month, every, 'time')} {are} for a whole month."


def _figures(looks: Counter[str]) -> Iterator[str]:
    every, is_round = looks.total(), looks["is round"]
    coded = every - is_round - looks[""]
    if coded:
        yield f"{_of(coded, every, 'figure')} may stand for a word, as 12 does for dozens."
    if is_round:
        yield f"{_of(is_round, every, 'figure')} {'is' if is_round == 1 else 'are'} round."


def _of(some: int, every: int, noun: str) -> str:
    return counted(every, noun) if some == every else f"{some} of {counted(every, noun)}"
