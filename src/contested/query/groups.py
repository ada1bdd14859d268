"""Groups: what calls and other events are compared by, and narrowed to, in SQL.

A group is the value of a *kept column*, which an import kept for comparing (`Claim.groups`); or when the clock starts:
its year, month, weekday or hour in the zone of the viewer, or before and after a moment. Where bounds leave that open,
or several units of one event are of different values, the event is in no group. Groups of accounts are something else.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from contested.model.times import at as at_moment
from contested.model.times import at_zone, utc
from contested.model.vocabulary import MILESTONE_KINDS, Kind, Milestone
from contested.model.wording import capital, spaced

FEWEST, MOST = 2, 12
"""Of so many values a kept column is offered to compare by."""


class Part(StrEnum):
    """A part of the calendar that the clock of a delay may start in."""

    YEAR = "year"
    MONTH = "month"
    WEEKDAY = "weekday"
    HOUR = "hour"


_PARTS = {
    Part.YEAR: ("%Y", "366 days"),
    Part.MONTH: ("%Y-%m", "31 days"),
    Part.WEEKDAY: ("%A", "1 day"),
    Part.HOUR: ("%H:00", "1 hour"),
}
"""How each is written, and how far apart two moments of one value lie at the most."""
BEFORE, AFTER = "before", "after"


class Started(NamedTuple):
    """The columns between which a clock started, in UTC, and by how much the viewer's zone was ahead of it then."""

    low: str = "low"
    high: str = "high"
    ahead: str = "ahead"


def moment(name: str, zone: str) -> datetime | None:
    """Read the moment that a group is before or after; nothing where it names no moment."""
    try:
        read = datetime.fromisoformat(name) if name[4:5] == "-" else None
    except ValueError:
        return None
    return read and (read if read.tzinfo else at_zone(read, zone))


def is_of_start(name: str, zone: str) -> bool:
    """Say whether events are grouped by when their clock starts, not by a kept column."""
    return name in list(Part) or moment(name, zone) is not None


def spoken(name: str, zone: str) -> str:
    """Name what events are grouped by within a sentence."""
    at = moment(name, zone)
    return f"before or after {at_moment(at.astimezone(ZoneInfo(zone)))}" if at else spaced(name)


def label(name: str, value: str, zone: str) -> str:
    """Name a group: its value, with the name of its column where the value alone is no word."""
    if at := moment(name, zone):
        return f"{capital(value)} {at_moment(at.astimezone(ZoneInfo(zone)))}"
    if name == Part.MONTH:
        return f"{datetime.strptime(value, '%Y-%m').replace(tzinfo=UTC):%B %Y}"
    is_word = name in list(Part) or re.search(r"[^\W\d_]{3}", value)
    return value if is_word else f"{capital(spaced(name))} {value}"


def narrowed(name: str, values: Sequence[str], zone: str) -> str:
    """Say which groups are kept within a sentence: priority is 1 or 2."""
    if at := moment(name, zone):
        return f"{' or '.join(values)} {at_moment(at.astimezone(ZoneInfo(zone)))}"
    return f"{spaced(name)} is {' or '.join(values)}"


def split(said: str) -> tuple[str, str]:
    """Take a narrowing such as `priority=3` apart."""
    name, _, value = said.partition("=")
    return name, value


def by_name(where: Iterable[str]) -> dict[str, list[str]]:
    """Collect the values that are asked of each name."""
    found: dict[str, list[str]] = {}
    for one in where:
        name, value = split(one)
        found.setdefault(name, []).append(value)
    return found


def kept(name: str) -> str:
    """Write the value of a kept column, whose name is given in SQL, of a relation that has `groups`."""
    path = f"""concat('$."', replace(replace({name}, '\\', '\\\\'), '"', '\\"'), '"')"""
    return f"json_extract_string(groups, {path})"


_STARTED = Started()


def of_start(name: str, zone: str, started: Started = _STARTED) -> str:
    """Write the value of what a clock starts in: the same at both bounds, else nothing."""
    if at := moment(name, zone):
        instant = f"timestamp '{utc(at):%Y-%m-%d %H:%M:%S.%f}'"
        return (
            f"case when {started.high} < {instant} then '{BEFORE}' when {started.low} >= {instant} then '{AFTER}' end"
        )
    form, most = _PARTS[Part(name)]
    first, last = (f"strftime({end} + {started.ahead}, '{form}')" for end in (started.low, started.high))
    return f"if({first} = {last} and {started.high} - {started.low} <= interval '{most}', {first}, null)"


def at_start(relation: str, low: str) -> str:
    """Write the join that adds how far the viewer's zone was `ahead` of UTC at a moment."""
    return f"{relation} left join offsets on zone_name = $zone and since <= {low} and {low} < until"


def starts(told: str, voice: str = "account") -> str:
    """Write the relation of when the clock of each event starts by each account or other voice, from claims."""
    first = f"""(select {voice} as account, event_id, min(began_latest) as high,
            if(count(began_earliest) = count(*), min(began_earliest), null) as low
        from {told} where kind = if($start = '{Milestone.ONSET}', '{Kind.CLASH}', $start)
            and standing = 'standing' and stance <> 'denies'
        group by all)"""
    return f"(select * from {at_start(first, 'low')})"


CURRENT = "(select *, status as standing from claims where replaced_at is null)"
"""Claims as they now stand, where nothing is asked of an earlier moment."""


def condition(where: Sequence[str], zone: str, told: str) -> str:
    """Write the condition that holds of the claims of events that are of one of the values asked of each name."""
    parts = []
    for name, values in _values(where):
        if is_of_start(name, zone):
            found = f"select (account, event_id) from {starts(told)} where {of_start(name, zone)} in ({values})"
            parts.append(f"(account, event_id) in ({found})")
        else:
            parts.append(_is_kept(values))
    return " and ".join(parts) or "true"


def condition_of_row(where: Sequence[str], zone: str, started: Started) -> str:
    """Write the same of rows that hold when the clock of their event starts."""
    parts = [
        f"{of_start(name, zone, started)} in ({values})" if is_of_start(name, zone) else _is_kept(values)
        for name, values in _values(where)
    ]
    return " and ".join(f"coalesce({part}, false)" for part in parts) or "true"


def _values(where: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give each name that is asked for, with its values in SQL: parts of the parameter, never its words."""
    numbers: dict[str, list[int]] = {}
    for number, said in enumerate(where, start=1):
        numbers.setdefault(split(said)[0], []).append(number)
    for name, places in numbers.items():
        yield name, ", ".join(f"substr($where[{one}], instr($where[{one}], '=') + 1)" for one in places)


def _is_kept(values: str) -> str:
    place = values[values.index("[") : values.index("]") + 1]
    return f"""coalesce({kept(f"split_part($where{place}, '=', 1)")} in ({values}), false)"""


class KeptColumn(NamedTuple):
    """A column that was kept for comparing: its values, and of how many of all events one is told."""

    name: str
    events_of: Mapping[str, int]
    """The values with the number of their events: those with most, no more than `MOST`."""
    number: int
    """How many values there are."""
    events: int
    of: int

    @property
    def is_offered(self) -> bool:
        """Say whether it has so many values that groups can be told apart."""
        return FEWEST <= self.number <= MOST and self.name not in list(Part)

    @property
    def refusal(self) -> str:
        """Say why it is not offered, if it is not."""
        if self.name in list(Part):
            return "called like a part of the calendar"
        if self.number > MOST:
            return f"{self.number:,} values, too many"
        return "" if self.number >= FEWEST else "one value"


_KINDS = ", ".join(f"'{kind}'" for kind in MILESTONE_KINDS)
_ONE = "select distinct hash(account, event_id) as event, groups, 1 as events from"
_EACH = f"{_ONE} claims where replaced_at is null"
_EACH_OF_MANY = f"""
    select null::ubigint as event, groups, count(*) as events from plain_events group by groups
    union all {_ONE} other_claims
    union all {_EACH} and kind not in ({_KINDS})"""
_COUNT = "(coalesce(sum(events) filter (event is null), 0) + count(distinct event))::bigint"
"""Plain events have one value each and are counted together; of others several claims may tell several values."""


def kept_columns_question(*, keeps_plain_events: bool) -> str:
    """Write the question after the kept columns, their values, and how many events are of each."""
    return f"""
    with told as materialized ({_EACH_OF_MANY if keeps_plain_events else _EACH})
    , pair as materialized (
        select unnest(json_keys(groups)) as name, unnest(json_extract_string(groups, '$.*')) as value, event, events
        from told where groups is not null)
    , valued as (select name, value, {_COUNT} as events from pair group by name, value)
    , named as (select name, {_COUNT} as events from pair group by name)
    select name, count(*) as number, any_value(named.events) as events, (select {_COUNT} from told) as total,
        list({{'value': value, 'events': valued.events}} order by valued.events desc, value)[:{MOST}] as most
    from valued join named using (name) group by name order by name
    """


def kept_columns(rows: Iterable[Mapping[str, Any]]) -> tuple[KeptColumn, ...]:
    """Read the kept columns from the rows of their question."""
    return tuple(
        KeptColumn(
            row["name"],
            {one["value"]: one["events"] for one in row["most"]},
            row["number"],
            row["events"],
            row["total"],
        )
        for row in rows
    )
