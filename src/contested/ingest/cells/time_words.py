"""Times in words: dates with the names of months, parts of a day, from when to when, days before it was told.

The words are those of `model/languages/`.
"""

import re
from calendar import day_name, month_name
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from contested.ingest.cells.calendar_span import before_christ, calendar_span, month_span, span_between
from contested.ingest.cells.clock import CLOCK, MIDNIGHT, clocks_of, with_halves, without_offset
from contested.ingest.cells.date import DIGITS, LIKE, DateOrder, full_year, on_calendar, read_date
from contested.ingest.cells.time_span import DAY, Precision, TimeSpan, days_span, midnight, moment_span, period_span
from contested.ingest.cells.unreadable import Unreadable
from contested.model.language import alternatives, listed, numbered, parts_of_the_day, templates
from contested.model.vocabulary import TimeBasis

_NIGHT = timedelta(hours=18), timedelta(hours=6)
"""When a night between two days begins on the first, and ends on the second."""
_TRIMMED = " ,.;:()'"


class _Found(NamedTuple):
    """The days that a text names, where they stand in it, and how closely they are known."""

    start: int
    end: int
    days: TimeSpan


def span_of_words(text: str, order: DateOrder, told: datetime | None) -> TimeSpan | Unreadable:
    """Read a time in words; `told` is the wall clock from which "yesterday" counts."""
    words = text.lower().strip(" ")
    dates = list(_dates(words, order))
    found = [one for one in dates if isinstance(one, _Found)]
    if len(found) < len(dates):
        return next(one for one in dates if isinstance(one, Unreadable))
    match found:
        case []:
            return _relative(words, told)
        case [one] if dated := _with_year(words[: one.start], one):
            return span_of_words(f"{dated}{words[one.start :]}", order, told)
        case [one]:
            return span_on(one.days, f"{words[: one.start]} {words[one.end :]}")
        case [_, _]:
            return _of_two_dates(words, found, order, told)
    return Unreadable("E-TIME", "more than two dates", f"write it like {LIKE}")


def _with_year(before: str, found: _Found) -> str | None:
    """Give an earlier day and month the year of the date that follows; nothing where there is none."""
    month = alternatives(*numbered("months", 1))
    earlier = re.search(rf"(?<![\d.:])\d{{1,2}}\.? {month}|{month}\.? \d{{1,2}}(?![\d:])", before)
    if not earlier or not found.days.earliest:
        return None
    return f"{before[: earlier.end()]} {found.days.earliest.year} {before[earlier.end() :]}"


def _of_two_dates(words: str, found: list[_Found], order: DateOrder, told: datetime | None) -> TimeSpan | Unreadable:
    """Read from when to when, or between which two times."""
    since, within = (alternatives(*listed(key, "time")) for key in ("since", "within"))
    between = re.search(within, words[: found[0].start])
    for join in re.finditer(rf" ?(?:-|/|;) ?|{alternatives(*listed('join', 'time'))}", words):
        if not found[0].end <= join.start() <= join.end() <= found[1].start:
            continue
        left = re.sub(rf"^ ?(?:{since}|{within})", "", words[: join.start()])
        begun, ended = (span_of_words(one, order, told) for one in (left, words[join.end() :]))
        if isinstance(begun, TimeSpan) and isinstance(ended, TimeSpan) and not begun.until and not ended.until:
            read = period_span(begun, ended)
            return _either(read) if between and isinstance(read, TimeSpan) else read
    return Unreadable("E-TIME", "two dates, and not what is between them", f"write it like {LIKE}")


def _either(period: TimeSpan) -> TimeSpan:
    """Read "between the one and the other" as some time from the first to the second."""
    said = period.said + (period.until.said if period.until else ())
    whole = Precision.PART if said else Precision.DAYS
    return period.whole()._replace(said=said, precision=whole, rule="between the two times")


@cache
def _date_patterns() -> tuple[re.Pattern[str], ...]:
    months = rf"(?<![^\W\d_])(?:{'|'.join(sorted(numbered('months', 1), key=len, reverse=True))})(?![^\W\d_])"
    month = rf"(?P<month>{months})\.?"
    nth = rf"(?:{'|'.join(listed('nth', 'time'))}|\.)?"
    join = rf"(?: ?- ?| (?:{'|'.join(listed('join', 'time'))}) )"
    first = rf"(?<![\d.:])(?P<day>\d{{1,2}}){nth}"
    day = rf"{first}(?:{join}(?P<last>\d{{1,2}}){nth})?"
    year = r"(?P<year>\d{4})(?![\d:])"
    of_year = rf"(?: ?(?:{'|'.join(listed('of_year', 'time'))}))?"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"(?<![\d.,/-])(?:{DIGITS})(?:t(?=\d))?(?![\d/.-]\d)",
            rf"(?<![\d.:])(?P<day>\d{{1,2}}){join}(?P<last>\d{{1,2}})[./](?P<number>\d{{1,2}})[./]{year}",
            rf"{first} (?P<before>{months})\.?{join}(?P<last>\d{{1,2}}){nth} {month},? {year}",
            rf"{day}[ -]?(?:of |de )?{month}[ ,-]*(?:de )?(?:{year}|(?<=-)(?P<short>\d\d)(?!\d))",
            rf"{month}[ -]{day}[ ,-]+{year}",
            rf"(?<!\d){year}{of_year},?[ -]{day}[ -]?{month}",
            rf"(?<!\d){year}{of_year},?[ -]{month}[ -]{day}(?![\d:])",
            rf"{month},? (?:de )?{year}",
            rf"(?<!\d){year}{of_year},? {month}",
            rf"(?<![\d.,/:-])(?P<number>0?[1-9]|1[0-2])[./]{year}(?![./-])",
        )
    )


def _dates(words: str, order: DateOrder) -> Iterator[_Found | Unreadable]:
    """Find the dates of a text, in its order."""
    if re.search(alternatives(*listed("before_christ", "time")), words):
        yield before_christ()
        return
    taken: list[tuple[int, int]] = []
    found = []
    for pattern in _date_patterns():
        for one in pattern.finditer(words):
            if all(one.end() <= start or end <= one.start() for start, end in taken):
                taken.append(one.span())
                found.append((one.start(), one))
    for _, one in sorted(found, key=lambda pair: pair[0]):
        read = _named(one, order)
        yield read if isinstance(read, Unreadable) else _Found(*one.span(), read)
    if not found and (year := re.search(r"(?<![\d.,:/-])(?:1\d|2\d)\d\d(?![\d.:/-]|-\d)", words)):
        whole = calendar_span([year[0]])
        yield whole if isinstance(whole, Unreadable) else _Found(*year.span(), whole)


def _named(found: re.Match[str], order: DateOrder) -> TimeSpan | Unreadable:
    """Give the days that a date names."""
    parts = found.groupdict()
    if not parts.get("year") and not parts.get("short"):
        day = read_date(found[0].removesuffix("t"), order)
        return days_span(day, day) if isinstance(day, date) else day or Unreadable("E-TIME", "not a date", "correct it")
    year = full_year(parts.get("year") or parts["short"])
    month = int(parts.get("number") or numbered("months", 1)[parts["month"]])
    if not parts.get("day"):
        return month_span(year, month)
    before = numbered("months", 1)[parts["before"]] if parts.get("before") else month
    first = on_calendar(year - (before > month), before, int(parts["day"]))
    last = on_calendar(year, month, int(parts["last"])) if parts.get("last") else first
    if isinstance(first, date) and isinstance(last, date) and last < first:
        return Unreadable("E-TIME-ORDER", "the last day is before the first", "exchange or correct them")
    rule, precision = ("the whole days", Precision.DAYS) if last != first else ("the whole day", Precision.DAY)
    return span_between(first, last, rule, precision)


def _relative(words: str, told: datetime | None) -> TimeSpan | Unreadable:
    """Count a day back from when it was told."""
    for pattern, back in _back_patterns():
        if found := pattern.search(words):
            if told is None:
                fix = "fill recorded_at and tz, or write the date"
                return Unreadable("E-TIME-NODATE", "no date, and not known from when it is counted", fix)
            days = back if back is not None else _counted(found[1])
            rest = f"{words[: found.start()]} {words[found.end() :]}"
            return _back(told, days, rest, is_night=found[0] in listed("last_night", "time"))
    return _no_date(words)


@cache
def _back_patterns() -> tuple[tuple[re.Pattern[str], int | None], ...]:
    """Give the words for a day before, with how many days it is back; nothing where a number of days is said."""
    words = (("last_night", 1), ("yesterday", 1), ("today", 0))
    count = rf"(\d{{1,3}}|{'|'.join(sorted(_counts(), key=len, reverse=True))}|a)"
    return (
        *((re.compile(alternatives(*listed(key, "time"))), back) for key, back in words),
        *((re.compile(one.replace("{n}", count)), None) for one in listed("days_ago", "time")),
    )


@cache
def _counts() -> dict[str, int]:
    return dict(numbered("numbers", 0))


def _counted(word: str) -> int:
    return 1 if word == "a" else _counts()[word] if word in _counts() else int(word)


def _back(told: datetime, days: int, rest: str, *, is_night: bool) -> TimeSpan | Unreadable:
    start = midnight(told.date()) - days * DAY
    if is_night and rest.strip(_TRIMMED):
        return Unreadable("E-TIME", "a clock of a night, which may be of either day", f"write it like {LIKE}")
    whole = TimeSpan(start, start + DAY, Precision.DAY, "the whole day")
    night = "the night, 18:00 to 06:00"
    read = _assumed(start + _NIGHT[0], start + DAY + _NIGHT[1], night) if is_night else span_on(whole, rest)
    if isinstance(read, Unreadable):
        return read
    rule = f"counted back from when it was told, {told:%Y-%m-%d}, {read.rule}"
    return read._replace(rule=rule, basis=TimeBasis.DERIVED, is_plain=False)


def _no_date(words: str) -> Unreadable:
    """Say what a text lacks: its date, the year of it, or both."""
    month = alternatives(*numbered("months", 1))
    start = datetime(2000, 1, 3)  # noqa: DTZ001 only to see whether the rest can be read
    is_clock = isinstance(span_on(TimeSpan(start, start + DAY, Precision.DAY, ""), words), TimeSpan) and words.strip(
        _TRIMMED
    )
    if re.search(rf"\d[ .]*{month}|{month}\.? \d", words):
        return Unreadable("E-TIME-NODATE", "no year", f"write the date too, like {LIKE}")
    if is_clock:
        return Unreadable("E-TIME-NODATE", "no date", f"write the date too, like {LIKE}")
    return Unreadable("E-TIME", "not a time", f"write it like {LIKE}")


def span_on(days: TimeSpan, rest: str) -> TimeSpan | Unreadable:
    """Read what is said of a day: its weekday, a part of it, a clock, two clocks, or nothing."""
    rest, refused = _weekday(days, rest)
    if refused:
        return refused
    shown = re.sub(r" +", " ", rest).strip(" ,")
    rest, offset = without_offset(with_halves(re.sub(r" +", " ", rest)).strip(_TRIMMED))
    read = _within(days, rest)
    if read is None:
        return Unreadable("E-TIME", f"'{shown[:40]}' is no time of the day", f"write it like {LIKE}")
    return read.at(offset) if offset and isinstance(read, TimeSpan) else read


def _weekday(days: TimeSpan, rest: str) -> tuple[str, Unreadable | None]:
    """Take out the name of a weekday, and hold it against the day."""
    for word in re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", rest):
        number = numbered("weekdays", 0).get(word)
        if number is None or word in listed("fillers", "time") or days.earliest is None:
            continue
        if days.precision is Precision.DAY and days.earliest.weekday() != number:
            day = f"{days.earliest.day} {month_name[days.earliest.month]} {days.earliest.year}"
            reason = f"{day} was a {day_name[days.earliest.weekday()]}, not a {day_name[number]}"
            return rest, Unreadable("E-TIME-WEEKDAY", reason, "correct the day or the date")
        return re.sub(rf"{alternatives(word)}\.?", " ", rest, count=1), None
    return rest, None


def _without(rest: str, key: str) -> str:
    """Leave out words that say nothing."""
    words = re.sub(alternatives(*listed(key, "time")), " ", rest)
    return re.sub(r" +", " ", words.replace(",", " ")).strip(_TRIMMED)


def _within(days: TimeSpan, rest: str) -> TimeSpan | Unreadable | None:
    if not _without(rest, "fillers"):
        return days
    if days.precision is Precision.DAYS and not _without(_without(rest, "since"), "fillers"):
        return _first_to_last(days)
    about = days._replace(rule=f"{days.rule}, about") if not _unhedged(rest) else None
    if about or days.precision not in {Precision.DAY, Precision.DAYS}:
        return about
    read = _part(days, rest) or _by_templates(days, rest)
    return read or (_clock(days, rest) if days.precision is Precision.DAY else None)


def _first_to_last(days: TimeSpan) -> TimeSpan:
    """Read "from 25 to 27 March" as what began on the first day and ended on the last."""
    first, last = days.earliest, days.latest
    if first is None or last is None:
        return days
    began, ended = days._replace(latest=first + DAY), days._replace(earliest=last - DAY)
    return began._replace(rule="from the first day to the last", until=ended)


def _part(days: TimeSpan, rest: str) -> TimeSpan | None:
    """Read a part of the day: the evening, the night between two days, the night that ends on this one."""
    start, last = days.earliest, days.latest
    if start is None or last is None:
        return None
    said = (rest, _without(rest, "since"), _without(rest, "fillers"), _without(_without(rest, "since"), "fillers"))
    name = next((one for one in said if one in parts_of_the_day()), None)
    night_before = re.compile(alternatives(*listed("night_before", "time")))
    if any(map(night_before.fullmatch, said)) and days.precision is Precision.DAY:
        return _assumed(start - DAY + _NIGHT[0], start + _NIGHT[1], "the night that ended on that day, 18:00 to 06:00")
    if name is None:
        return None
    low, high = (timedelta(hours=hour) for hour in parts_of_the_day()[name])
    if days.precision is Precision.DAYS:
        if high <= DAY or last - start != 2 * DAY:
            return _assumed(start + low, last - DAY + high, f"{name} is {_hours(name)}")
        return _assumed(start + _NIGHT[0], start + DAY + _NIGHT[1], "the night between the two days, 18:00 to 06:00")
    return _assumed(start + low, start + high, f"{name} is {_hours(name)}")


def _assumed(earliest: datetime, latest: datetime, rule: str) -> TimeSpan:
    return TimeSpan(earliest, latest, Precision.PART, rule, TimeBasis.ASSUMED)


def _hours(part: str) -> str:
    low, high = parts_of_the_day()[part]
    following = " of the next day" if high > MIDNIGHT else ""
    return f"{low:02d}:00 to {high if high == MIDNIGHT else high % MIDNIGHT:02d}:00{following}"


def _by_templates(days: TimeSpan, rest: str) -> TimeSpan | Unreadable | None:
    """Read clocks by the words around them: from and to, between, after, before."""
    bare = _without(rest, "fillers")
    for key in ("period", "between", "after", "before"):
        for pattern in templates(key, "time", t=CLOCK):
            if not (found := pattern.fullmatch(bare) or pattern.fullmatch(rest)):
                continue
            clocks = clocks_of(found.groups())
            if isinstance(clocks, Unreadable):
                return clocks
            if clocks:
                return _bound(days, key, clocks)
    return None


def _bound(days: TimeSpan, key: str, clocks: list[timedelta]) -> TimeSpan | None:
    start, last = days.earliest, days.latest
    if start is None or last is None:
        return None
    if key == "after":
        at = start + clocks[0]
        return TimeSpan(at, last, Precision.PART, "after the clock, on that day", said=(at,))
    if key == "before":
        at = last - DAY + clocks[0]
        return TimeSpan(start, at, Precision.PART, "by the clock, on that day", said=(at,))
    return _two_clocks(days, clocks, is_period=key == "period")


def _two_clocks(days: TimeSpan, clocks: list[timedelta], *, is_period: bool) -> TimeSpan | None:
    if days.earliest is None or days.latest is None or not clocks:
        return None
    low, high = days.earliest + clocks[0], days.latest - DAY + clocks[1]
    high += DAY if high < low else timedelta()
    if not is_period:
        return TimeSpan(low, high, Precision.PART, "the two clocks that were said", said=(low, high))
    rule = f"from {low:%H:%M} to {high:%H:%M}{' of the next day' if high.date() > low.date() else ''}"
    ended = moment_span(high, (high,))
    return TimeSpan(low, low, Precision.MOMENT, rule, said=(low,), until=ended)


def _unhedged(rest: str) -> str:
    """Leave out the words of a rough time."""
    hedges = alternatives(*listed("hedges", "time"))
    return re.sub(r" +", " ", re.sub(rf"{hedges}|[~?]", " ", _without(rest, "fillers"))).strip(_TRIMMED)


def _clock(days: TimeSpan, rest: str) -> TimeSpan | Unreadable | None:
    """Read a clock, or two that are joined by no more than a dash or an "or"."""
    plain, whole = _unhedged(rest), _without(rest, "fillers")
    joins = "|".join(listed("join", "time"))
    joined = re.compile(rf"{CLOCK} ?(?:[-/]|\.\.|(?<=[\dmh ])(?:{joins})(?=[ \d])) ?{CLOCK}")
    two = joined.fullmatch(plain) or joined.fullmatch(rest)
    one = re.fullmatch(CLOCK, plain)
    if not two and not (one and (one[2] or one[4] or whole != rest)):
        return None
    clocks = clocks_of((two or one).groups())  # type: ignore[union-attr]
    if isinstance(clocks, Unreadable) or not clocks or days.earliest is None:
        return clocks if isinstance(clocks, Unreadable) else None
    if two:
        read = _two_clocks(days, clocks, is_period=False)
        return read and read._replace(is_bare_range=two.string in {whole, rest})
    return moment_span(days.earliest + clocks[0], (days.earliest + clocks[0],))
