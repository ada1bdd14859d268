"""Time spans: between which two readings of a wall clock a time lies, how precisely it was said, and by which rule."""

from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from typing import NamedTuple

from contested.ingest.cells.date import LIKE, placeholder
from contested.ingest.cells.unreadable import Unreadable
from contested.model.times import Bounds, fixed, is_skipped, readings
from contested.model.vocabulary import TimeBasis

DAY = timedelta(days=1)


class Precision(StrEnum):
    """How closely a time was said."""

    MOMENT = "moment"
    PART = "part"
    DAY = "day"
    DAYS = "days"
    MONTH = "month"
    YEAR = "year"
    YEARS = "years"


class TimeSpan(NamedTuple):
    """Between which two readings of a wall clock, by which rule; aware where an offset was written, open at `None`."""

    earliest: datetime | None
    latest: datetime | None
    precision: Precision
    rule: str
    basis: TimeBasis = TimeBasis.STATED
    said: tuple[datetime, ...] = ()
    """The clocks that were said, which must have been shown on that day."""
    until: "TimeSpan | None" = None
    """When it ended, where a period was said; the span itself is then when it began."""
    is_plain: bool = False
    """Whether it was written as a date and a clock, with nothing left open."""
    is_bare_range: bool = False
    """Whether it is two clocks without a word that says what is between them."""

    def whole(self) -> "TimeSpan":
        """Give the span from the earliest begin to the latest end."""
        return self._replace(latest=self.until.latest, until=None) if self.until else self

    def at(self, offset: timezone) -> "TimeSpan":
        """Give the span by clocks that are so far ahead of UTC, where it names no offset of its own."""
        earliest, latest = (one if one is None or one.tzinfo else at_offset(one, offset) for one in self[:2])
        return self._replace(
            earliest=earliest, latest=latest, said=(), until=self.until.at(offset) if self.until else None
        )

    def instants(self, zone: str | None) -> Bounds | Unreadable:
        """Bound the span by instants; a clock shown twice is meant either time, unless it was said exactly."""
        if all(one.tzinfo for one in (self.earliest, self.latest) if one):
            return self._unless_placeholder((self.earliest, self.latest))
        if not zone:
            written = self.earliest.isoformat(timespec="minutes") if self.earliest and self.is_plain else "it"
            fix = f"write {written} with its offset, like {LIKE}, or fill the tz column (Asia/Almaty)"
            return Unreadable("E-TZ-NONE", "no time zone", fix)
        for wall in self.said:
            if refused := _not_shown(wall, zone, is_exact=self.is_plain):
                return refused
        read = self.earliest and fixed(readings(self.earliest, zone)[0]), self.latest and _last(self.latest, zone)
        return self._unless_placeholder(read)

    def _unless_placeholder(self, read: Bounds) -> Bounds | Unreadable:
        """Refuse a moment that programs write where they know none; a month or a year may begin there."""
        why = placeholder(read[0]) if read[0] and self.precision is Precision.MOMENT else None
        return why or read


def _last(wall: datetime, zone: str) -> datetime:
    return fixed(max(readings(wall, zone), key=datetime.timestamp))


def _not_shown(wall: datetime, zone: str, *, is_exact: bool) -> Unreadable | None:
    first, second = readings(wall, zone)
    if first.utcoffset() == second.utcoffset():
        return None
    written, offsets = wall.isoformat(timespec="minutes"), [one.isoformat()[-6:] for one in (first, second)]
    fix = f"write the offset: {written}{offsets[0]} or {offsets[1]}"
    if is_skipped(wall, zone):
        reason = f"{wall:%H:%M} did not happen on that day in {zone}: the clocks were put forward"
        return Unreadable("E-TZ-GAP", reason, fix if is_exact else "correct it, or write its offset")
    if not is_exact:
        return None
    reason = f"{wall:%H:%M} happened twice on that day in {zone} ({offsets[0]}, then {offsets[1]})"
    return Unreadable("E-TZ-AMBIGUOUS", reason, fix)


def at_offset(wall: datetime, offset: timezone) -> datetime:
    """Give what a wall clock showed as the instant at an offset."""
    return datetime.combine(wall.date(), wall.time(), offset)


def moment_span(at: datetime, said: tuple[datetime, ...]) -> TimeSpan:
    """Give one moment."""
    return TimeSpan(at, at, Precision.MOMENT, "the clock as it was said", said=said)


def midnight(day: date) -> datetime:
    """Give the midnight at which a day begins."""
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 a wall clock


def days_span(first: date, last: date, rule: str = "", precision: Precision = Precision.DAY) -> TimeSpan | Unreadable:
    """Give whole days, from the first midnight to the one that ends the last."""
    start = midnight(first)
    why = placeholder(start) if precision is Precision.DAY else None
    return why or TimeSpan(start, midnight(last) + DAY, precision, rule or "the whole day")


def period_span(begun: TimeSpan, ended: TimeSpan) -> TimeSpan | Unreadable:
    """Join when something began and when it ended."""
    is_whole = ended.earliest != ended.latest
    if begun.earliest and ended.latest and not _is_before(begun.earliest, ended.latest, is_strict=is_whole):
        return Unreadable("E-TIME-ORDER", "the end is before the start", "exchange or correct them")
    rule = "from the first time to the second"
    return begun._replace(rule=rule, until=ended._replace(until=None), is_plain=False)


def _is_before(one: datetime, other: datetime, *, is_strict: bool) -> bool:
    """Compare instants where both are known, else what the clocks showed."""
    if not (one.tzinfo and other.tzinfo):
        one, other = one.replace(tzinfo=None), other.replace(tzinfo=None)
    return one < other if is_strict else one <= other
