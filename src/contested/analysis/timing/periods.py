"""Delays by when their clock started: by day, week, month, quarter or year, and by the hour of the day and the week.

Each period holds the delays that certainly started in it, on the clocks of the viewer's zone; one whose start is not
known so well is in none, and counted apart. Percentiles are order statistics, and so are their intervals (binomial, by
its normal approximation): an end that would lie beyond the least or the longest delay is not known.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from math import ceil, floor, inf, isfinite, nan, sqrt
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from contested.analysis.timing.interval_censoring import MEDIAN, P90, Array
from contested.analysis.timing.milestones import CHOSEN
from contested.analysis.timing.plain_delays import plainly
from contested.analysis.timing.pools import delays
from contested.analysis.timing.targets import COLUMNS as SHARES
from contested.analysis.timing.targets import in_columns, shares_of_sorted
from contested.model.times import LEAST_DELAYS, at_zone
from contested.model.vocabulary import Period
from contested.query.groups import AFTER, BEFORE, Part
from contested.query.relations import clocked
from contested.query.rows import Row
from contested.text import periods

LEAST_P90 = 30
"""No 90 % of a period is given of fewer delays than this."""
HOURS = 24
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DOUBT = 0.05
_DAYS, _MONTHS, _QUARTERS = 45, 3 * 366, 15 * 366
"""Up to so many days are told by day, by month, by quarter; more by year."""
_EPOCH = date(1970, 1, 1)

UNIT = f"""coalesce($period, case when days <= {_DAYS} then 'day' when days <= {_MONTHS} then 'month'
        when days <= {_QUARTERS} then 'quarter' else 'year' end)"""
"""The period that is told of a time of so many `days`, unless the reader chose one."""


class Places(NamedTuple):
    """What delays are told by: what the place of a wall clock is in SQL, how it is named, and among how many."""

    sql: str
    name: Callable[[int, str], str]
    among: int | None = None
    """How many are compared; by default those of an account that hold enough."""

    def of(self, wall: str) -> str:
        """Write the place of a wall clock."""
        return self.sql.format(wall=wall)


def begun(place: int) -> date:
    """Give the first day of a period."""
    return _EPOCH + timedelta(place)


def step_of(place: int, unit: str) -> int:
    """Give the number of a period in a row of which each is one more than the one before."""
    first = begun(place)
    match unit:
        case Period.WEEK:
            return (place + 3) // 7  # 1970 began on a Thursday
        case Period.MONTH:
            return first.year * 12 + first.month
        case Period.QUARTER:
            return first.year * 4 + (first.month - 1) // 3
        case Period.YEAR:
            return first.year
    return place


def narrowing(places: Places, row: Row, zone: str) -> list[str]:
    """Write what leaves the delays whose clock started in the period of a row, as a selection's `where` says it."""
    place = int(row.place)
    if places.among is None:
        first = step_of(place, row.unit)
        after = next(day for day in range(place + 1, place + 400) if step_of(day, row.unit) > first)
        ends = (at_zone(datetime.combine(begun(day), time()), zone).isoformat() for day in (place, after))
        return [f"{moment}={side}" for moment, side in zip(ends, (AFTER, BEFORE), strict=True)]
    asked = {Part.WEEKDAY: WEEKDAYS[place // HOURS if places is BY_HOUR_OF_WEEK else place % len(WEEKDAYS)]}
    asked |= {Part.HOUR: clock_hour(place)}
    told = {BY_HOUR: [Part.HOUR], BY_WEEKDAY: [Part.WEEKDAY]}.get(places, [Part.WEEKDAY, Part.HOUR])
    return [f"{part}={asked[part]}" for part in told]


def _period(place: int, unit: str) -> str:
    return periods.iso(begun(place), unit)


def clock_hour(place: int) -> str:
    """Name an hour of the day by when it begins."""
    return f"{place % HOURS:02}:00"


def _hour_of_week(place: int) -> str:
    return f"{WEEKDAYS[place // HOURS]} {clock_hour(place)}"


_CASES = " ".join(f"when '{one}' then date_trunc('{one}', {{wall}})" for one in Period)
_WEEKDAY = "(isodow({wall}) - 1)"
OVER_TIME = Places(f"datediff('day', date '{_EPOCH}', case unit {_CASES} end)", _period)
BY_HOUR = Places("hour({wall})", lambda place, _: clock_hour(place), 24)
BY_WEEKDAY = Places(_WEEKDAY, lambda place, _: WEEKDAYS[place], 7)
BY_HOUR_OF_WEEK = Places(f"({_WEEKDAY} * {HOURS} + hour({{wall}}))", lambda place, _: _hour_of_week(place), 168)


def placed(places: Places, *, is_plain: bool = False, is_all_plain: bool = False) -> str:
    """Write the question after every delay that counts, with the place at which its clock started, if that is known."""
    asked = delays(CHOSEN, plainly(CHOSEN), is_all_plain=is_all_plain) if is_plain or is_all_plain else delays(CHOSEN)
    told, first, last = clocked(f"({asked})", "started_low", "$zone"), places.of("first"), places.of("last")
    return f"""
with told as (
    select account, low, high, outcome, claim_ids, started_low + ahead as first, started_high + ahead as last
    from {told} where reason is null and ($calls = 'every' or outcome = 'reached'))
, period as (select {UNIT} as unit from (select datediff('day', min(first), max(last)) + 1 as days from told))
select account, unit, if({first} = {last}, {first}, null)::int as place, low, high, outcome, claim_ids
from told cross join period
"""


def claims_of(places: Places, *, is_plain: bool = False) -> str:
    """Write the question after the claims behind each account and place."""
    return f"""
select account, place, unnest(claim_ids) as claim_id from ({placed(places, is_plain=is_plain)})
"""


_BOUNDS = ("low", "high", "least", "most")
NUMBERS = ("account", "period", "n", *(f"{name}_{end}" for name in ("median", "p90") for end in _BOUNDS), *SHARES)
COLUMNS = (*NUMBERS, "claim_ids")
OWN = (
    *(*NUMBERS, "place", "unit", "clear_least", "clear_most"),
    *("unreached", "every", "overall", "hour", "hour_least"),
)
"""The columns that are computed: those that leave the program, and what orders, judges and draws them. A row without a
`place` counts the delays of an account of which the start is not known so well.

`clear_least` and `clear_most` are the interval of a median that is compared with those of all other places. Of each
account there are `every` delay that counts, of which so many are `unreached`, without a stop; `overall` is the median
of those that are placed. `hour_least` is the lower end of the interval of the median of an hour of the day over all
weekdays.
"""


def by_place(rows: pa.Table, places: Places, targets: Sequence[float] = ()) -> pd.DataFrame:
    """Count the delays of each account and place, and give percentiles and shares in time, each with its interval."""
    if not len(rows):
        return pd.DataFrame(columns=OWN)
    account = rows["account"].combine_chunks().dictionary_encode()
    whose, number = account.indices.to_numpy(), len(account.dictionary)
    is_placed = pc.is_valid(rows["place"]).to_numpy()
    low, high = _bounds(rows)
    about = {
        "every": np.bincount(whose, minlength=number),
        "unreached": np.bincount(whose[np.isinf(high)], minlength=number),
    }
    unplaced = np.bincount(whose[~is_placed], minlength=number)
    place, unit = rows["place"].fill_null(0).to_numpy()[is_placed], rows["unit"][0].as_py()
    found = []
    for one, groups in _accounts(whose[is_placed], place, low[is_placed], high[is_placed]):
        enough = sum(len(lows) >= LEAST_DELAYS for _, lows, _ in groups)
        every = np.sort(np.concatenate([highs for _, _, highs in groups]))
        shared = {name: int(of[one]) for name, of in about.items()} | {"account": account.dictionary[one].as_py()}
        shared |= {"unit": unit, "overall": float(every[_rank(len(every), MEDIAN)])}
        least_of = _hours(groups) if places is BY_HOUR_OF_WEEK else {}
        found += [
            shared
            | {"place": at, "period": places.name(at, unit), "hour": at % HOURS, "hour_least": least_of.get(at % HOURS)}
            | _numbers(lows, highs, places.among or enough)
            | in_columns(shares_of_sorted(lows, highs, targets))
            for at, lows, highs in groups
        ]
    found += [
        {"account": name, "n": n, "unit": unit} | {key: int(of[one]) for key, of in about.items()}
        for one, (name, n) in enumerate(zip(account.dictionary.to_pylist(), unplaced.tolist(), strict=True))
        if n
    ]
    return pd.DataFrame(found, columns=OWN).sort_values(["account", "place"], kind="stable", ignore_index=True)


def known(rows: pd.DataFrame) -> pd.DataFrame:
    """Leave out those whose place is not known."""
    return rows[rows["place"].notna()].astype({"place": int})


def _hours(groups: list["_Group"]) -> dict[int, float]:
    """Give the lower end of the interval of each hour's median over all weekdays, where it holds enough."""
    sides: dict[int, list[tuple[Array, Array]]] = {}
    for at, lows, highs in groups:
        sides.setdefault(at % HOURS, []).append((lows, highs))
    found = {}
    for hour, some in sides.items():
        lows, highs = (np.sort(np.concatenate(ends)) for ends in zip(*some, strict=True))
        if len(lows) >= LEAST_DELAYS:
            found[hour] = interval(lows, highs, MEDIAN, HOURS)[0]
    return found


def _bounds(rows: pa.Table) -> tuple[Array, Array]:
    """Give the shortest and the longest of each delay; what was cleared is never reached."""
    is_cleared = pc.equal(rows["outcome"], "cleared").to_numpy()
    low, high = (np.where(is_cleared, inf, rows[name].to_numpy()) for name in ("low", "high"))
    return low, high


_Group = tuple[int, Array, Array]
"""A place, and the sorted shortest and longest of its delays."""


def _accounts(whose: Array, place: Array, low: Array, high: Array) -> Iterator[tuple[int, list[_Group]]]:
    """Go through the accounts, each with its places; all delays are sorted once, and then by a radix of the places."""
    if not len(place):
        return
    least, width = int(place.min()), int(np.ptp(place)) + 1
    found, code = np.unique(whose.astype(np.int64) * width + (place - least), return_inverse=True)
    kind = np.uint16 if len(found) <= np.iinfo(np.uint16).max else np.int64
    ends = [_within(code, kind, side) for side in ((low,) if np.array_equal(low, high) else (low, high))]
    counts = np.bincount(code)
    groups: dict[int, list[_Group]] = {}
    for number, n, last in zip(found.tolist(), counts.tolist(), np.cumsum(counts).tolist(), strict=True):
        lows, highs = (side[last - n : last] for side in (ends[0], ends[-1]))
        groups.setdefault(number // width, []).append((number % width + least, lows, highs))
    yield from groups.items()


def _within(code: Array, kind: type, values: Array) -> Array:
    """Sort values within each code, and put those of one code beside each other."""
    order = np.argsort(values, kind="stable")
    return np.asarray(values[order][np.argsort(code[order].astype(kind), kind="stable")])


def _rank(n: int, percent: int) -> int:
    return ceil(n * percent / 100) - 1


def _numbers(lows: Array, highs: Array, among: int) -> dict[str, float]:
    n = len(lows)
    found: dict[str, float] = {"n": n}
    for name, percent, least in (("median", MEDIAN, LEAST_DELAYS), ("p90", P90, LEAST_P90)):
        if n >= least:
            rank = _rank(n, percent)
            ends = (float(lows[rank]), float(highs[rank]), *interval(lows, highs, percent))
            found |= {
                f"{name}_{end}": minutes if isfinite(minutes) else nan
                for end, minutes in zip(_BOUNDS, ends, strict=True)
            }
    if n >= LEAST_DELAYS:
        found |= dict(zip(("clear_least", "clear_most"), interval(lows, highs, MEDIAN, among), strict=True))
    return found


def interval(lows: Array, highs: Array, percent: int, among: int = 1) -> tuple[float, float]:
    """Give the interval of a percentile by order statistics, of sorted lower and upper bounds.

    It holds with 95 % confidence, or of so many that are compared of all at once; an end that no delay bounds is open.
    """
    n, share = len(lows), percent / 100
    half = NormalDist().inv_cdf(1 - _DOUBT / among / 2) * sqrt(n * share * (1 - share))
    least, most = floor(n * share - half) - 1, ceil(n * share + half)
    return float(lows[least]) if least >= 0 else -inf, float(highs[most]) if most < n else inf
