"""Times: instants, zones and uncertain bounds, parsed strictly from ISO 8601 and formatted for readers.

An instant is an aware datetime. What an account leaves open is held by four instants around it (see `Claim`), never
by a guess: a time without an offset, a bare number and a date without an hour are refused.
"""

import re
from calendar import month_abbr
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import date as date_
from math import ceil, floor, inf, isnan, nan
from typing import Annotated, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, BeforeValidator
from pydantic_core import PydanticCustomError

from contested.model import zones

HEDGE_WORDS = ("about", "approximately", "around", "roughly", "some time", "or so")
HEDGE_MINUTES = 30
"""The hedged reading widens a time said with such a word by this much on either side. It is the viewer's assumption,
switched on by the viewer, and never stored."""
ROUND_MINUTES = 30
"""A time said as a full or a half hour may be off by this much: two that coincide need not be one moment."""

LEAST_DELAYS = 10
"""No percentile is given of fewer delays than this."""

_HOUR, _DAY, _YEAR = 60, 1_440, 525_960
_LONG = {("year", _YEAR): 2 * _YEAR, ("day", _DAY): 72 * _HOUR}
"""The units of what is long, in minutes (a year has 365.25 days), and beyond how many minutes each is used."""
_Rounded = Callable[[float], int]
_MIDNIGHT, _LAST_MINUTE = (0, 0), (23, 59)
_MONTHS = tuple(month_abbr)
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(?P<offset>Z|[+-]\d\d:?[0-5]\d)?", re.ASCII)


def instant(cell: object) -> object:
    """Read one instant from a cell: ISO 8601 with an offset, or nothing."""
    if isinstance(cell, datetime) and isinstance(cell.tzinfo, ZoneInfo):
        return fixed(cell)
    if cell is None or isinstance(cell, datetime):
        return cell
    text = str(cell).strip() if isinstance(cell, str) else ""
    if isinstance(cell, str) and not text:
        return None
    written = _ISO.fullmatch(text)
    if not written:
        raise _refused("time", "not a time with date, hour and minute", "write it like 2020-02-07T17:00+06:00")
    if not written["offset"]:
        raise _refused("time_naive", "no time zone", f"write the offset, like {text}+06:00")
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise _refused("time", str(error), "correct it") from None
    if not 1 < read.year < 9999:  # noqa: PLR2004 at either end a zone leads out of the calendar
        raise _refused("time", "no year that can be kept", "correct it")
    return read


def zone_name(name: str) -> str:
    """Accept the name of a zone of the pinned tz database; refuse any other with the names that are near."""
    if name not in zones.names():
        raise _refused("zone", "no such time zone", zones.offered(name))
    return name


def _refused(code: str, reason: str, fix: str) -> PydanticCustomError:
    return PydanticCustomError(code, "{reason}", {"reason": reason, "fix": fix})


Instant = Annotated[AwareDatetime, BeforeValidator(instant)]
Zone = Annotated[str, AfterValidator(zone_name)]
Bounds = tuple[datetime | None, datetime | None]
"""Between which two instants a moment lies; open at `None`."""


class Delay(NamedTuple):
    """The shortest and the longest that a delay can be, in minutes; infinite where nothing bounds it.

    Without a longest the delay was not over at the shortest, and is longer, as Kaplan and Meier read it.
    """

    low: float
    high: float

    @classmethod
    def of(cls, shortest: float | None, longest: float | None) -> "Delay":
        """Read both bounds as a table has them; what is unknown (None or NaN) bounds nothing."""
        low, high = (nan if bound is None else bound for bound in (shortest, longest))
        return cls(-inf if isnan(low) else low, inf if isnan(high) else high)

    def hours(self) -> tuple[float, float]:
        """Give both bounds in hours."""
        return self.low / _HOUR, self.high / _HOUR

    def is_exact(self) -> bool:
        """Say whether nothing is left open."""
        return self.low == self.high


def is_kept(year: int) -> bool:
    """Say whether what happened in a year can be kept: at either end of the calendar a zone leads out of it."""
    return 1 < year < 9998  # noqa: PLR2004 years of the calendar


def utc(moment: datetime) -> datetime:
    """Give the instant as it is kept: in UTC, without saying so."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def fixed(moment: datetime) -> datetime:
    """Give an instant with its offset instead of its zone: within one zone Python reckons with clocks, not instants."""
    return datetime.fromisoformat(moment.isoformat())


def readings(wall: datetime, zone: str) -> tuple[datetime, datetime]:
    """Give both readings of a wall clock; they differ where its zone showed it twice, or never."""
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0), wall.replace(tzinfo=ZoneInfo(zone), fold=1)


def is_skipped(wall: datetime, zone: str) -> bool:
    """Say whether a wall clock was never shown, since the clocks were put forward."""
    first, second = (one.astimezone(UTC) for one in readings(wall, zone))
    return first > second


def at_zone(wall: datetime, zone: str) -> datetime:
    """Read a wall-clock time in a zone, refusing one that did not happen or happened twice."""
    first, second = readings(wall, zone)
    if first.utcoffset() != second.utcoffset():
        reason = f"{wall:%Y-%m-%d %H:%M} is ambiguous or missing in {zone}"
        raise _refused("time_fold", reason, "write the offset in digits")
    return first


def event_bounds(began: Bounds, ended: Bounds) -> dict[str, datetime | None]:
    """Give the bounds of an event from those of its begin and its end: it had begun by the time that it was over."""
    latest = [one for one in (began[1], ended[1]) if one]
    earliest = [one for one in (ended[0], began[0]) if one]
    return {
        "began_earliest": began[0],
        "began_latest": min(latest) if began[1] else None,
        "ended_earliest": max(earliest) if ended[0] else None,
        "ended_latest": ended[1],
    }


def day_and_hour(moment: datetime) -> str:
    """Say an instant: 7 Feb 2020, 18:00."""
    return f"{day(moment)} {moment.year}, {moment.hour:02}:{moment.minute:02}"


def zone_words(zone: str, moment: datetime | None) -> str:
    """Name a zone by its city and how far its clocks are from UTC at a moment: Almaty (UTC+6)."""
    city = zone.rpartition("/")[2].replace("_", " ")
    return city if zone == "UTC" else f"{city} ({offset_words(zone, moment)})"


def zone_time(zone: str) -> str:
    """Name the time of a zone by its city: Almaty time."""
    return zone if zone == "UTC" else f"{zone.rpartition('/')[2].replace('_', ' ')} time"


def offset_words(zone: str, moment: datetime | None) -> str:
    """Say how far the clocks of a zone are from UTC at a moment: UTC+6."""
    ahead = (moment or datetime.now(ZoneInfo(zone))).astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)
    hours, minutes = divmod(abs(int(ahead.total_seconds())) // 60, 60)
    offset = f"{'−' if ahead < timedelta(0) else '+'}{hours}{f':{minutes:02}' if minutes else ''}" if ahead else ""
    return f"UTC{offset}"


def day(moment: date_) -> str:
    """Say a day of the year: 7 Feb."""
    return f"{moment.day} {_MONTHS[moment.month]}"


def date(moment: date_) -> str:
    """Say a day in full, as running text does: 7 February 2020."""
    return f"{moment.day} {moment:%B %Y}"


def span(first: datetime, last: datetime) -> str:
    """Say from when to when, naming the day and the year once: 7 Feb, 18:00 to 8 Feb 2020, 05:00; 7 February 2020."""
    if first == last:
        return day_and_hour(first)
    if whole := whole_days(first, last):
        return days(*whole)
    if first.date() == last.date():
        return f"{day_and_hour(first)} to {last:%H:%M}"
    begun = f"{day(first)}, {first:%H:%M}" if first.year == last.year else day_and_hour(first)
    return f"{begun} to {day_and_hour(last)}"


def at(moment: datetime) -> str:
    """Say a moment by which something holds: 7 Feb 2020, 18:00; the end of 7 Feb 2020 where it is the last minute."""
    return f"the end of {day(moment)} {moment.year}" if is_last_minute(moment) else day_and_hour(moment)


def between(earliest: datetime | None, latest: datetime | None) -> str:
    """Say within which bounds a moment lies: at 7 Feb 2020, 18:00; on 7 February 2020; by the end of 7 Feb 2020."""
    if earliest and latest:
        if whole := whole_days(earliest, latest):
            return f"{'on' if whole[0] == whole[1] else 'within'} {days(*whole)}"
        return f"at {at(earliest)}" if earliest == latest else f"between {at(earliest)} and {at(latest)}"
    if earliest:
        return f"not before {date(earliest) if _is_midnight(earliest) else at(earliest)}"
    return f"by {_by(latest)}" if latest else ""


def written_bounds(earliest: datetime | None, latest: datetime | None) -> str:
    """Write bounds as a value: 7 Feb 18:00 to 7 Feb 19:00; 7 February 2020; by the end of 7 February 2020."""
    if earliest and latest:
        if whole := whole_days(earliest, latest):
            return days(*whole)
        return _minute(earliest) if earliest == latest else f"{_minute(earliest)} to {_minute(latest)}"
    if earliest:
        return f"not before {date(earliest) if _is_midnight(earliest) else _minute(earliest)}"
    if latest and (_is_midnight(latest) or is_last_minute(latest)):
        return f"by the end of {date(last_day(latest))}"
    return f"by {_minute(latest)}" if latest else ""


def brief_bounds(earliest: datetime | None, latest: datetime | None) -> str:
    """Write bounds for a cell of a table, without the year: 7 Feb 17:00–18:00; 7–8 Feb; from 7 Feb 20:00."""
    if earliest and latest:
        if whole := whole_days(earliest, latest):
            return short_days(*whole)
        if earliest == latest:
            return _minute(earliest)
        over = f"{latest:%H:%M}" if earliest.date() == latest.date() else _minute(latest)
        return f"{_minute(earliest)}–{over}"
    if earliest:
        return f"from {_minute(earliest)}"
    return f"by {_minute(latest)}" if latest else ""


def _minute(moment: datetime) -> str:
    return f"{day(moment)} {moment:%H:%M}"


def brief_span(first: datetime, last: datetime) -> str:
    """Say a time as short as a table wants it, without the year.

    7 Feb, 19:00; 7 Feb, 17:00–18:00; 8 Feb, by 14:35; 7–8 Feb; 7 Feb, 20:00–8 Feb, 06:00.
    """
    if whole := whole_days(first, last):
        return short_days(*whole)
    if first == last:
        return f"{day(first)}, {first:%H:%M}"
    if first.date() == last.date():
        return f"{day(first)}, by {last:%H:%M}" if _is_midnight(first) else f"{day(first)}, {first:%H:%M}–{last:%H:%M}"
    return f"{day(first)}, {first:%H:%M}–{day(last)}, {last:%H:%M}"


def _by(moment: datetime) -> str:
    """Say a moment by which something was over: midnight is the end of the day before."""
    if not _is_midnight(moment):
        return at(moment)
    last = moment.date() - timedelta(1)
    return f"the end of {day(last)} {last.year}"


def _is_midnight(moment: datetime) -> bool:
    return (moment.hour, moment.minute) == _MIDNIGHT


def is_last_minute(moment: datetime) -> bool:
    """Say whether a moment is the last minute of its day, which stands for the end of that day."""
    return (moment.hour, moment.minute) == _LAST_MINUTE


def whole_days(first: datetime, last: datetime) -> tuple[date_, date_] | None:
    """Give the first and the last day of an interval of whole days of its zone, which ends at midnight or at 23:59."""
    if first >= last or not _is_midnight(first):
        return None
    if is_last_minute(last):
        return first.date(), last.date()
    return (first.date(), last.date() - timedelta(1)) if _is_midnight(last) else None


def last_day(until: datetime) -> date_:
    """Give the last day of what goes on until a moment: of midnight the day before."""
    return until.date() - timedelta(_is_midnight(until))


def days(first: date_, last: date_) -> str:
    """Say one day or several, naming the month and the year once: 7 February 2020; 7–8 February 2020."""
    if first == last:
        return date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date(last)}"
    begun = f"{first.day} {first:%B}" if first.year == last.year else date(first)
    return f"{begun} to {date(last)}"


def short_days(first: date_, last: date_) -> str:
    """Say one day or several, short and without the year: 7 Feb; 7–8 Feb; 30 Jan–2 Feb."""
    if first == last:
        return day(first)
    begun = str(first.day) if (first.year, first.month) == (last.year, last.month) else day(first)
    return f"{begun}–{day(last)}"


def drawn_at(earliest: datetime | None, moment: datetime) -> datetime:
    """Give where a moment stands on an axis: what is known by its day stands at noon of its last day."""
    whole = whole_days(earliest, moment) if earliest else None
    if not whole and not is_last_minute(moment):
        return moment
    last = whole[1] if whole else moment.date()
    return moment.replace(year=last.year, month=last.month, day=last.day, hour=12, minute=0)


def duration(shortest: float | None, longest: float | None) -> str:
    """Say how long between two bounds in minutes: 5 to 6 hours, at least 20 minutes, 1 hour before to 5 hours after."""
    if shortest is None and longest is None:
        return "an unknown time"
    if shortest is None or longest is None:
        return _bounded(shortest, longest)
    if shortest < 0 and longest <= 0:
        return f"{duration(-longest, -shortest)} before"
    if shortest < 0 < longest:
        return f"{_length(-shortest, ceil)} before to {_length(longest, ceil)} after"
    return _length(shortest) if shortest == longest else _range(shortest, longest)


def brief_duration(shortest: float | None, longest: float | None, decimals: int = 1) -> str:
    """Write a duration for a chart, in one unit: 5–6 h, −1 to 5 h, 8.2 min, 20 min or more; bounds round outwards."""
    ends = [end for end in (shortest, longest) if end is not None]
    if not ends:
        return "not known"
    unit, per = _brief_unit([abs(end) for end in ends])
    if shortest is None or longest is None or shortest == longest:
        rounded = round if shortest == longest else floor if longest is None else ceil
        more = "" if shortest == longest else " or more" if longest is None else " or less"
        return f"{_tenth(ends[0] / per, rounded, decimals)} {unit}{more}"
    low, high = _tenth(shortest / per, floor, decimals), _tenth(longest / per, ceil, decimals)
    return f"{low}–{high} {unit}" if shortest >= 0 else f"{low} to {high} {unit}"


def _brief_unit(minutes: list[float]) -> tuple[str, int]:
    if max(minutes) > _BEYOND_HOURS:
        return "d", 1440
    is_in_hours = max(minutes) >= _LONG_WAIT or (max(minutes) >= _HOUR and all(one % 30 == 0 for one in minutes))
    return ("h", _HOUR) if is_in_hours else ("min", 1)


_LONG_WAIT, _BEYOND_HOURS = 180, 72 * 60
"""From how many minutes on a duration is written in hours though it is no half hour, and beyond how many in days."""


def _tenth(number: float, rounded: _Rounded, decimals: int) -> str:
    """Round to so many decimals, with a true minus."""
    power = 10**decimals
    near = rounded(round(number * power, 6)) / power
    return f"{near:.{decimals}f}".rstrip("0").rstrip(".").replace("-", "−") if decimals else f"{near:.0f}"


def _bounded(shortest: float | None, longest: float | None) -> str:
    """Say how long at least or at most; what comes before is bounded the other way round."""
    minutes = (shortest if longest is None else longest) or 0
    is_least = (longest is None) == (minutes >= 0)
    length = _length(abs(minutes), floor if is_least else ceil)
    return f"at {'least' if is_least else 'most'} {length}{' before' if minutes < 0 else ''}"


def _range(shortest: float, longest: float) -> str:
    """Say both bounds in one unit, but where the longer one is in days or years and the other is not."""
    low, high = _unit(shortest), _unit(longest)
    if high in _LONG and shortest and low != high:
        return f"{_length(shortest, floor)} to {_length(longest, ceil)}"
    unit, per = high if high in _LONG else _unit(shortest, longest)
    return f"{_in(shortest, per, floor)} to {_in(longest, per, ceil)} {unit}s"


def _length(minutes: float, rounded: _Rounded = round) -> str:
    unit, per = _unit(minutes)
    number = _in(minutes, per, rounded)
    return f"{number} {unit}{'' if number == '1' else 's'}"


def _in(minutes: float, per: int, rounded: _Rounded) -> str:
    """Count a unit: of minutes, days and years a tenth is near enough, of a bound the tenth beyond it."""
    number = abs(minutes) / per
    if per > _HOUR or (per == 1 and number >= 1):
        number = rounded(round(number * 10, 6)) / 10
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _unit(*minutes: float) -> tuple[str, int]:
    """Choose the unit that a person uses: years beyond two of them, days beyond 72 hours."""
    for unit, beyond in _LONG.items():
        if max(minutes) > beyond:
            return unit
    whole_hours = all(m % 30 == 0 for m in minutes) and max(minutes) > _HOUR
    return ("hour", _HOUR) if whole_hours or minutes == (_HOUR,) else ("minute", 1)
