"""Delays as a person says them: what starts and stops a clock, and how long help took, in a title or at a mark."""

from collections.abc import Iterable
from datetime import datetime
from math import ceil, floor
from typing import NamedTuple

from contested.model.times import duration, whole_days
from contested.model.vocabulary import Milestone
from contested.query.legend import Legend
from contested.query.timed_milestones import End

MOST_WORDS = 14
"""How many words a title has at most."""
_NAME = 3
"""How many words of a name stand in a title."""


class Words(NamedTuple):
    """How a milestone is spoken of."""

    noun: str
    heading: str
    """In a table of clocks."""
    subject: str
    takes: str
    """What the subject took so long to do."""
    did: str
    had: str


WORDS = {
    Milestone.ONSET: Words("first clash", "first clash", "The clashes", "begin", "began", "begun"),
    Milestone.CALL: Words("call", "help called", "Help", "be called", "was called", "been called"),
    Milestone.DISPATCH: Words("dispatch", "help sent", "Help", "be sent", "was sent", "been sent"),
    Milestone.EN_ROUTE: Words("departure", "help leaves", "Help", "leave", "left", "left"),
    Milestone.ARRIVAL: Words("arrival", "help arrives", "Help", "arrive", "arrived", "arrived"),
    Milestone.TRANSPORT: Words("transport", "transport begins", "Transport", "begin", "began", "begun"),
    Milestone.END: Words("end", "the end", "The event", "end", "ended", "ended"),
}


def out_of_order(number: int, start: str, stop: str) -> str:
    """Say how many delays end before they begin, by two milestones of which the second comes later: they count too."""
    first, last = (WORDS[Milestone(one)].noun for one in (start, stop))
    is_later = [*Milestone].index(Milestone(start)) < [*Milestone].index(Milestone(stop))
    return f"{number:,} with the {last} before the {first}" if number and is_later else ""


def start_noun(legend: Legend) -> str:
    """Name what starts the clock."""
    return WORDS[legend.selection.start].noun


def stop_noun(legend: Legend) -> str:
    """Name what stops the clock."""
    return WORDS[legend.selection.stop].noun


def clock(legend: Legend) -> str:
    """Say from what to what the clock runs: from the first clash to arrival."""
    start, stop = legend.selection.start, legend.selection.stop
    return "from " + " to ".join(f"{'the ' * (one in _WITH_ARTICLE)}{WORDS[one].noun}" for one in (start, stop))


_WITH_ARTICLE = {Milestone.ONSET, Milestone.CALL, Milestone.END}


def _the(noun: str) -> str:
    return f"the {noun}"


def took(legend: Legend, low: float | None, high: float | None) -> str:
    """Say how long between two bounds in minutes, as a sentence without an end: Help took 5 to 6 hours to arrive."""
    words, start = WORDS[legend.selection.stop], _the(start_noun(legend))
    said = duration(*_coarse(low, high))
    if said.endswith((" before", " after")):
        return f"{words.subject} {words.did} {said} {start}"
    after = "" if legend.selection.start is Milestone.ONSET else f" after {start}"
    return f"{words.subject} took {said} to {words.takes}{after}"


def _coarse(low: float | None, high: float | None) -> tuple[float | None, float | None]:
    """Widen long bounds to half hours, which a title says shorter."""
    if low is None or high is None or low == high or max(abs(low), abs(high)) <= _LONG:
        return low, high
    return floor(low / _HALF_HOUR) * _HALF_HOUR, ceil(high / _HALF_HOUR) * _HALF_HOUR


_LONG, _HALF_HOUR = 180, 30


def unit(minutes: Iterable[float]) -> str:
    """Name the unit that a scale of so many minutes is in."""
    most = max(map(abs, minutes), default=_HOUR + 1)
    return "Minutes" if most <= _HOUR else "Hours" if most <= 72 * _HOUR else "Days"


_HOUR = 60


def order_open(legend: Legend, who: str) -> str:
    """Say that an account leaves the order of the start and the stop open."""
    words, start = WORDS[legend.selection.stop], _the(start_noun(legend))
    subject = words.subject[0].lower() + words.subject[1:]
    return fitting(
        f"Whether {subject} {words.did} before {start} is open, according to {who}",
        f"The order of {start} and {_the(words.noun)} is open, according to {who}",
        f"Whether {subject} {words.did} before {start} is open",
    )


def fitting(*titles: str) -> str:
    """Choose the first that has no more words than a title may have, else the last."""
    return next((one for one in titles if len(one.split()) <= MOST_WORDS), titles[-1])


def short_name(label: str) -> str:
    """Give at most three words of a name, and no more letters than fit a line."""
    words = label.split()
    cut = label if len(words) <= _NAME else f"{' '.join(words[:_NAME])}…"
    return cut if len(cut) <= _LETTERS else f"{cut[: _LETTERS - 1]}…"


_LETTERS = 36


def capital(text: str) -> str:
    """Begin a sentence."""
    return f"{text[0].upper()}{text[1:]}"


def an(noun: str) -> str:
    """Put an article before a noun."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def counted_word(number: int) -> str:
    """Write a number up to ten as a word."""
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def attributed(names: Iterable[str], *, is_alone: bool) -> str:
    """Say according to whom, but where one account tells everything in view and is named above."""
    names = list(dict.fromkeys(map(short_name, names)))
    if is_alone or not names:
        return ""
    if len(names) <= 2:  # noqa: PLR2004 both are named
        return f", according to {' and '.join(names)}"
    return f", according to {counted_word(len(names))} accounts"


def clock_time(end: End) -> str:
    """Write when a milestone was: its hour, two hours, or its day; nothing where no bound is known."""
    match end.low, end.high:
        case None, None:
            return ""
        case None, datetime() as high:
            return f"by {_hour(high)}"
        case datetime() as low, None:
            return f"after {_hour(low)}"
        case datetime() as low, datetime() as high:
            return _between(low, high)
    return ""


def _between(low: datetime, high: datetime) -> str:
    if low == high:
        return _hour(low)
    if days := whole_days(low, high):
        first, last = days
        return _day(first) if first == last else f"{first.day}–{_day(last)}"
    if low.date() == high.date():
        return f"{_hour(low)}–{_hour(high)}"
    return f"{low.day}–{_day(high)}" if low.month == high.month else f"{_day(low)}–{_day(high)}"


def _hour(moment: datetime) -> str:
    return f"{moment:%H:%M}"


def _day(day: object) -> str:
    return f"{day:%-d %b}"
