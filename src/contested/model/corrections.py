"""Corrections: who corrected a claim, when and why, and which parts of it would still say what it said before.

A figure, a time or an answer stands in a claim twice: in its own fields, and in the words of its summary, label and
answer. Where one of the two is corrected, the other must follow, or a person says that it is right as it stands by
giving it again. Numbers are read as digits and in the words of the language in which the text is, times as clocks and
days.
"""

import re
from calendar import month_abbr
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from contested.model.claim import Claim
from contested.model.language import alternatives, numbered
from contested.model.number_words import spelt_numbers
from contested.model.problem import OldWordsError
from contested.model.times import at, day_and_hour
from contested.model.wording import figure, listing, spaced

WORDS = ("summary", "label", "answer", "figure_words", "time_words")
"""The fields in which a claim is said in words."""
FIGURE = ("low", "best", "high")
TIMES = ("began_earliest", "began_latest", "ended_earliest", "ended_latest")
_PHRASES = ("answer", "definition", "victims", "measure")
"""Fields whose own words may be repeated in others."""
_LONG_ENOUGH = 4

_IN_DIGITS = re.compile(r"(?<![\w.:])\d{1,3}([.,' \u00a0\u202f])\d{3}(?:\1\d{3})*(?![\w:])|\d+")
_SIGNS = re.compile(r"\D")

_MONTH = rf"(?P<month>{alternatives(*numbered('months', 1))})\.?"
_DAYS = (
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?(?: of| de)? {_MONTH}(?: \d{{4}}\b)?", re.IGNORECASE),
    re.compile(rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?", re.IGNORECASE),
    re.compile(r"\b\d{4}-(?P<month>\d\d)-(?P<day>\d\d)\b"),
    re.compile(r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.\d{2,4}\b"),
)
_HALF = r"(?P<half>[ap])\.?\s?m\b\.?"
_CLOCKS = (
    re.compile(
        r"\b(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::\d\d)?(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?", re.IGNORECASE
    ),
    re.compile(rf"\b(?P<hour>1[0-2]|[1-9])(?=\s?(?:[-–—]|to|or)\s?\d{{1,2}}\s?{_HALF})", re.IGNORECASE),
    re.compile(rf"\b(?P<hour>1[0-2]|[1-9])(?P<minute>)\s?{_HALF}", re.IGNORECASE),
)


def outdated(before: Claim, after: Claim, given: Collection[str], zone: str) -> dict[str, str]:
    """Name the fields that still say what a correction has changed, each with the words by which it says so.

    `given` are the fields that the correction names: they stand as they are given.
    """
    rules = (_figures, lambda one, other: _times(one, other, zone), _phrases)
    found: dict[str, str] = {}
    for rule in rules:
        for field, words in rule(before, after):
            if field not in given:
                found.setdefault(field, words)
    return found


def refuse_old_words(before: Claim, after: Claim, given: Collection[str], zone: str) -> None:
    """Refuse a correction of which a part would still say the old, naming each such field."""
    if still := outdated(before, after, given, zone):
        told = listing(f"{field} still says {words}" for field, words in still.items())
        fix = "correct it in the same entry with --and FIELD=VALUE; give it as it stands if it is right"
        message = f"{told}: {fix}"
        raise OldWordsError(message)


def corrected_figures_in_words(before: Claim, after: Claim) -> dict[str, str]:
    """Name the fields in which a claim states the figure of the claim that it corrects, and not its own."""
    old, new = _stated(before), _stated(after)
    if before.measure != after.measure or not new:
        return {}
    said = {name: numbers(_text(after, name)) for name in WORDS}
    still = {name: found & (old - new) for name, found in said.items() if not found & new}
    return {name: f"{min(found):,}" for name, found in still.items() if found}


def numbers(text: str) -> set[int]:
    """Read every number of a text, but for those of its days and clocks."""
    bare = text
    for pattern in (*_DAYS, *_CLOCKS):
        bare = pattern.sub(" ", bare)
    return {int(_SIGNS.sub("", one[0])) for one in _IN_DIGITS.finditer(bare)} | spelt_numbers(bare)


def clocks(text: str) -> set[tuple[int, int]]:
    """Read every clock of a text, as hour and minute; in a range the half of the day holds for both."""
    return {_clock(one) for pattern in _CLOCKS for one in pattern.finditer(text)}


def days(text: str) -> set[tuple[int, int]]:
    """Read every day of a text, as month and day."""
    return {_day(one) for pattern in _DAYS for one in pattern.finditer(text)}


def _clock(found: re.Match[str]) -> tuple[int, int]:
    said = found.groupdict()
    hour, minute, half = int(said["hour"]), int(said.get("minute") or 0), (said.get("half") or "").lower()
    return (hour % 12 + 12 * (half == "p") if half else hour), minute


def _day(found: re.Match[str]) -> tuple[int, int]:
    month = found["month"].lower()
    return int(month) if month.isdigit() else numbered("months", 1)[month], int(found["day"])


class Change(NamedTuple):
    """What an entry of the record changed in a claim: who did it, when and why, and how the claim read before."""

    act: str
    who: str
    why: str
    recorded_at: datetime
    before: Claim
    fields: tuple[str, ...]
    """The fields that it changed."""

    def was(self) -> dict[str, object]:
        """Give what the changed fields held before."""
        return {name: getattr(self.before, name) for name in self.fields}

    def sentence(self, zone: ZoneInfo) -> str:
        """Say it: corrected by Ann, 9 Feb 2020, 12:10: a recount; it said 10."""
        done = f"{self.act} by {self.who}, {day_and_hour(self.recorded_at.astimezone(zone))}"
        was = [f"it said {figure(*self._figure())}"] if set(self.fields) & set(FIGURE) else []
        others = (name for name in self.fields if name not in {*FIGURE, "status"})
        was += [f"{spaced(name)} before: {_before(getattr(self.before, name), zone)}" for name in others]
        return "; ".join([f"{done}: {self.why or 'no reason given'}", *was])

    def _figure(self) -> tuple[int | None, int | None, int | None, str | None]:
        return self.before.low, self.before.best, self.before.high, self.before.figure_words


def changed(before: Claim, after: Claim) -> tuple[str, ...]:
    """Name the fields in which two readings of a claim differ."""
    return tuple(
        name for name in Claim.model_fields if name != "recorded_at" and getattr(before, name) != getattr(after, name)
    )


def _before(value: object, zone: ZoneInfo) -> str:
    match value:
        case None | ():
            return "empty"
        case datetime():
            return at(value.astimezone(zone))
        case tuple():
            return ", ".join(map(str, value))
    return f"“{value}”"


Found = Iterator[tuple[str, str]]


def _figures(before: Claim, after: Claim) -> Found:
    old, new = _stated(before), _stated(after)
    for name in WORDS:
        if still := numbers(_text(after, name)) & (old - new):
            yield name, f"{min(still):,}"
    for name in FIGURE:
        value = getattr(after, name)
        if value is not None and _left_behind(before, after, value, numbers):
            yield name, f"{value:,}"


def _stated(claim: Claim) -> set[int]:
    return {value for name in FIGURE if (value := getattr(claim, name)) is not None}


def _times(before: Claim, after: Claim, zone: str) -> Found:
    old, new = ([_wall(claim, name, zone) for name in TIMES] for claim in (before, after))
    gone_clocks = {(one.hour, one.minute) for one in old if one} - {(one.hour, one.minute) for one in new if one}
    gone_days = {(one.month, one.day) for one in old if one} - {(one.month, one.day) for one in new if one}
    for name in WORDS:
        text = _text(after, name)
        if still := clocks(text) & gone_clocks:
            yield name, "{:02}:{:02}".format(*min(still))
        elif still := days(text) & gone_days:
            month, day = min(still)
            yield name, f"{day} {month_abbr[month]}"
    for name, wall in zip(TIMES, new, strict=True):
        if wall and _left_behind(before, after, (wall.hour, wall.minute), clocks):
            yield name, f"{wall:%H:%M}"


def _wall(claim: Claim, name: str, zone: str) -> datetime | None:
    moment: datetime | None = getattr(claim, name)
    return moment.astimezone(ZoneInfo(claim.zone or zone)) if moment else None


def _phrases(before: Claim, after: Claim) -> Found:
    for field in _PHRASES:
        old, new = _text(before, field).casefold(), _text(after, field).casefold()
        if old == new or len(old) < _LONG_ENOUGH:
            continue
        for name in ("summary", "label"):
            text = _text(after, name).casefold()
            if old in text and not (new and new in text):
                yield name, _text(before, field)


def _left_behind(before: Claim, after: Claim, value: object, read: Callable[[str], Collection[object]]) -> bool:
    """Say whether the words were corrected from a value to another one, and the value was not."""
    changed = [(_text(before, name), _text(after, name)) for name in WORDS]
    return any(
        one != other and value in read(one) and value not in read(other) and read(other) for one, other in changed
    )


def _text(claim: Claim, name: str) -> str:
    return str(getattr(claim, name) or "").replace("_", " ")
