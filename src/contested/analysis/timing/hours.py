"""Hourly counts of clashes: how many were certainly and how many possibly under way in each hour of each account.

What is counted is one row a clash and voice, with the bounds of its beginning (`be`, `bl`) and of its end (`ee`, `el`).
An interval that ends as the clock strikes is not of the hour that begins then. A clash that several voices of a side
tell of is one in each hour, certain where one makes it so. From the first to the last hour of an account none is
missing; one that dates no clash has no hour. Where the time in view is long, days, months, years or centuries are
counted alike (`step`), of which nothing is expected.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import NamedTuple, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from contested.analysis.timing.interval_censoring import Array
from contested.analysis.timing.time_steps import Grid, Step, grid, hours_between
from contested.query.legend import Legend
from contested.query.selection import By

Columns: TypeAlias = pa.Table
"""One row a dated clash and voice, and one an account that dates none."""
_MAX_IMPOSSIBLE = 0.999
_BATCH = 8_192
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NEVER = np.iinfo(np.int64).min
_COLUMNS = (
    "account",
    "step",
    "hour",
    "until",
    "certain",
    "possible",
    "expected",
    "contradicts",
    "end_known",
    "own_certain",
    "own_possible",
    "voices",
    "sure",
    "only",
)


class _Clashes(NamedTuple):
    """Dated clashes in columns; the bounds in microseconds since 1970, accounts and events by numbers."""

    account: Array
    event: Array
    be: Array
    bl: Array
    ee: Array
    el: Array
    begin_known: Array
    end_known: Array
    contradicts: Array
    hearsay: Array

    def where(self, mask: Array | slice) -> "_Clashes":
        return _Clashes(*(column[mask] for column in self))


class Extent(NamedTuple):
    """When the only clash of an account began and ended, on the viewer's clock; None where it gives no such bound."""

    began_earliest: pd.Timestamp | None
    began_latest: pd.Timestamp | None
    ended_earliest: pd.Timestamp | None
    ended_latest: pd.Timestamp | None

    def minutes(self) -> tuple[float, float] | None:
        """Give the shortest and the longest that it went on, where both ends are told."""
        if None in self:
            return None
        began, begun, over, ended = (moment for moment in self if moment is not None)
        shortest, longest = (over - begun, ended - began)
        return max(shortest / pd.Timedelta(minutes=1), 0), longest / pd.Timedelta(minutes=1)


class _Reach(NamedTuple):
    """The first and the last step in which each clash was possible, and in which it was certain; none if crossed."""

    first: Array
    last: Array
    first_certain: Array
    last_certain: Array


class _Cells(NamedTuple):
    """Every possible step of every clash: the place of the clash, the step and its middle, and where it is counted."""

    clash: Array
    step: Array
    middle: Array
    cell: Array


class Hourly(NamedTuple):
    """The counts, and what finds the ids of the claims behind some of them: a sorted list a row."""

    counts: pd.DataFrame
    claim_ids: Callable[[pd.DataFrame], list[list[str]]]


class _Counted(NamedTuple):
    """The counts of every step, and what they were counted from."""

    counts: pd.DataFrame
    accounts: list[str]
    clashes: _Clashes
    reach: _Reach
    lists: pa.ChunkedArray
    steps: Grid

    def behind(self, account: str, is_reached: Array) -> list[str]:
        """List the claims behind the clashes of an account that reach what is meant."""
        number = self.accounts.index(account) if account in self.accounts else -1
        return _behind(self.lists, np.flatnonzero((self.clashes.account == number) & is_reached))


def hourly(rows: Columns, legend: Legend) -> Hourly:
    """Count the clashes of each account in each hour, or coarser step, that the viewer chose."""
    dated = rows.filter(pc.is_valid(rows["be"]))
    everyone = set(pc.unique(rows["account"]).to_pylist())
    chosen = Step(legend.selection.period) if legend.selection.period else None
    counted = _counted(dated, legend, chosen)
    if counted and not chosen and (step := _when_many(counted)):
        counted = _counted(dated, legend, step)
    if counted is None:
        return Hourly(
            _with_silent(pd.DataFrame(columns=_COLUMNS), everyone), lambda some: [[] for _ in range(len(some))]
        )
    of_step = {edge: step for step, edge in enumerate(counted.steps.edges.tolist())}

    def claim_ids(some: pd.DataFrame) -> list[list[str]]:
        return [
            counted.behind(account, (counted.reach.first <= step) & (step <= counted.reach.last))
            for account, hour in zip(some["account"], some["hour"], strict=True)
            for step in [_step_at(hour, of_step)]
        ]

    told = _voices(dated)
    sure = _voices(dated.filter(pc.less(pc.subtract(dated["bl"], dated["ee"]), timedelta(hours=1))))
    only = _only(dated, legend)
    counts = counted.counts.assign(
        **{name: counted.counts["account"].map(of) for name, of in (("voices", told), ("sure", sure), ("only", only))}
    )
    return Hourly(_with_silent(counts, everyone - set(counts["account"])), claim_ids)


_FEW_HOURS, _YEAR = 72, 366 * 24
"""Where several clashes go on at once, up to so many hours are counted by the hour, up to a year by day."""
LONGEST = 50_000
"""How many hours can be put into the hours of the day or the week."""


def _when_many(counted: _Counted) -> Step | None:
    """Choose a longer step where several clashes go on at once over more than three days."""
    hours = hours_between(*counted.steps.edges[[0, -1]].tolist())
    if counted.counts["possible"].max() <= 1 or hours <= _FEW_HOURS:
        return None
    step = Step.DAY if hours <= _YEAR else Step.WEEK
    is_finer = list(Step).index(counted.steps.step) < list(Step).index(step)
    return step if is_finer else None


def by_clock(rows: Columns, legend: Legend, place: Callable[[pd.Series], pd.Series]) -> Hourly:
    """Add up the clashes of each account over all hours that have the same place on a clock, such as its hour.

    `days` is over how many days they are added up. Without the hours of a longer time there is nothing.
    """
    dated = rows.filter(pc.is_valid(rows["be"]))
    everyone = set(pc.unique(rows["account"]).to_pylist())
    counted = _counted(dated, legend, Step.HOUR)
    if counted is None:
        told = _too_long(dated, legend)
        return Hourly(
            _with_silent(told, everyone - set(told["account"]))[list(_BY_CLOCK)], lambda some: [[]] * len(some)
        )
    hours = _local(counted.steps.edges[:-1], legend)
    places, days = place(hours), hours.dt.date.nunique()
    told = counted.counts.assign(place=place(counted.counts["hour"]), days=days)
    counts = told.groupby(["account", "place", "days"], sort=False, as_index=False)[["certain", "possible"]].sum()
    counts = counts.sort_values(["account", "place"], kind="stable", ignore_index=True)

    def claim_ids(some: pd.DataFrame) -> list[list[str]]:
        first, last = counted.reach.first, counted.reach.last
        found = []
        for account, at in zip(some["account"], some["place"], strict=True):
            before = np.concatenate([[0], np.cumsum(places.to_numpy() == at)])
            found.append(counted.behind(account, before[last + 1] > before[first]))
        return found

    return Hourly(_with_silent(counts, everyone - set(counts["account"]))[list(_BY_CLOCK)], claim_ids)


_BY_CLOCK = ("account", "place", "days", "certain", "possible")


def _too_long(dated: Columns, legend: Legend) -> pd.DataFrame:
    """Name the accounts whose clashes fill more hours than are counted, with how many days that is, and no place."""
    accounts, clashes = _columns(dated, legend)
    steps = _grid(clashes, legend, None)
    if steps is None:
        return pd.DataFrame(columns=_BY_CLOCK)
    days = hours_between(*steps.edges[[0, -1]].tolist()) // 24
    return pd.DataFrame({"account": accounts, "days": days}).reindex(columns=_BY_CLOCK)


def uncounted(rows: pd.DataFrame) -> str:
    """Say over how long clashes lie, where this is too long to be counted by the hour; else nothing."""
    told = rows[rows["place"].isna() & rows["days"].notna()]
    years = int(told["days"].max() / 365.25) if len(told) else 0
    return f"The clashes lie over some {years:,} years, too long to be told by the hour" if len(told) else ""


def _counted(dated: Columns, legend: Legend, step: Step | None) -> _Counted | None:
    """Count the clashes of each step; nothing where none is dated in the time in view, or it holds too many hours."""
    accounts, clashes = _columns(dated, legend)
    steps = _grid(clashes, legend, step)
    if steps is None:
        return None
    reach, number = _reach(clashes, steps), len(steps.edges) - 1
    reach = reach._replace(last=np.minimum(reach.last, number - 1))
    is_in_view = (reach.first < number) & (reach.last >= 0) & (reach.last >= reach.first)
    clashes, reach = clashes.where(is_in_view), _Reach(*(places[is_in_view] for places in reach))
    reach = reach._replace(first=np.maximum(reach.first, 0))
    lows = -_greatest(-reach.first, clashes.account, len(accounts))
    heights = np.maximum(_greatest(reach.last + 1, clashes.account, len(accounts)), lows) - lows
    start = (np.cumsum(heights) - heights)[clashes.account] + reach.first - lows[clashes.account]
    whose, place = _runs(heights)
    shown = lows[whose] + place
    counts = pd.DataFrame(
        {"account": np.array(accounts, object)[whose], "step": str(steps.step)}
        | {name: _local(steps.edges[shown + after], legend) for after, name in enumerate(("hour", "until"))}
        | _counts(clashes, start, reach, steps, len(whose))
    )
    return _Counted(counts, accounts, clashes, reach, dated["claim_ids"].filter(pa.array(is_in_view)), steps)


def _voices(dated: Columns) -> dict[str, list[str]]:
    """List the voices of each account, or of each side."""
    found: dict[str, list[str]] = {}
    for row in dated.group_by(["account", "voice"]).aggregate([]).sort_by("voice").to_pylist():
        found.setdefault(row["account"], []).append(row["voice"])
    return found


def _only(dated: Columns, legend: Legend) -> dict[str, Extent]:
    """Give the extent of the clash of each account that tells of but one, of its own knowledge."""
    counts = dated.group_by("account").aggregate([([], "count_all")]).to_pylist()
    single = [row["account"] for row in counts if row["count_all"] == 1]
    rows = dated.filter(pc.is_in(dated["account"], pa.array(single, dated["account"].type))).to_pylist()
    found = {}
    for row in rows:
        told = (("be", "begin_known"), ("bl", "begin_known"), ("ee", "end_known"), ("el", "end_known"))
        edges = (
            pd.Timestamp(row[edge]).tz_convert(legend.selection.zone) if row[known] else None for edge, known in told
        )
        if not row["hearsay"]:
            found[row["account"]] = Extent(*edges)
    return found


def _columns(dated: Columns, legend: Legend) -> tuple[list[str], _Clashes]:
    """Name the accounts, and put the clashes into columns of numbers."""
    account = dated["account"].combine_chunks().dictionary_encode()
    bounds = (dated[name].cast(pa.int64()).fill_null(0).to_numpy() for name in ("be", "bl", "ee", "el"))
    flags = (dated[name].to_numpy().astype(bool) for name in ("begin_known", "end_known", "contradicts", "hearsay"))
    # an account tells of each clash but once, several voices of a side may tell of the same
    event = (
        dated["event_id"].combine_chunks().dictionary_encode().indices.to_numpy()
        if legend.selection.by is By.SIDE
        else np.arange(len(dated))
    )
    return account.dictionary.to_pylist(), _Clashes(account.indices.to_numpy(), event, *bounds, *flags)


def _grid(clashes: _Clashes, legend: Legend, step: Step | None) -> Grid | None:
    """Cover what is dated, as far as the viewer chose to see it; nothing where there is no such time."""
    if not len(clashes.be):
        return None
    since, until = (_chosen(edge) for edge in (legend.selection.since, legend.selection.until))
    first = max(int(clashes.be.min()), since if since is not None else _NEVER)
    last = max(*(int(ends.max()) for ends in (clashes.be, clashes.bl, clashes.ee, clashes.el)), first + 1)
    last = min(last, until) if until is not None else last
    is_too_long = step is Step.HOUR and hours_between(first, last) > LONGEST
    return grid(first, last, legend.selection.zone, step) if first < last and not is_too_long else None


def _chosen(edge: datetime | None) -> int | None:
    return None if edge is None else _microseconds(edge)


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _step_at(hour: pd.Timestamp, of_step: dict[int, int]) -> int:
    return -1 if pd.isna(hour) else of_step[_microseconds(hour.to_pydatetime())]


def _behind(lists: pa.ChunkedArray, clashes: Array) -> list[str]:
    return sorted(chain.from_iterable(lists.take(pa.array(clashes)).to_pylist()))


def _reach(clashes: _Clashes, steps: Grid) -> _Reach:
    """Place the bounds of each clash among the steps; an end, and a beginning between bounds, is before its bound."""
    be, bl, ee, el = clashes.be, clashes.bl, clashes.ee, clashes.el
    first, over_by, lasts_until = (steps.place(moments) for moments in (be, el - 1, ee - 1))
    begun_by = steps.place(np.where(be < bl, bl - 1, bl))
    last = np.where(clashes.end_known & (el > be), over_by, np.maximum(over_by, begun_by))
    last_certain = np.where(clashes.begin_known, np.maximum(lasts_until, first), lasts_until)
    return _Reach(first, last, steps.place(bl), last_certain)


def _local(edges: Array, legend: Legend) -> pd.Series:
    return pd.Series(edges.astype("datetime64[us]")).dt.tz_localize("UTC").dt.tz_convert(legend.selection.zone)


def _counts(clashes: _Clashes, start: Array, reach: _Reach, steps: Grid, size: int) -> dict[str, Array]:
    """Count the clashes of each step; what is expected of one without an end, or of a longer step, is not known."""
    middles = (steps.edges[:-1] + steps.edges[1:]) // 2
    sums = np.zeros((8, size))
    number = len(clashes.event)
    is_shared = len(np.unique(clashes.event)) < number
    # so many at a time that their hours stay in the cache; of a side, whose voices may share a clash, all
    size_of_batch = number if is_shared else _BATCH
    for batch in (slice(begin, begin + size_of_batch) for begin in range(0, number, size_of_batch)):
        some, within = clashes.where(batch), _Reach(*(places[batch] for places in reach))
        clash, along = _runs(within.last - within.first + 1)
        step = within.first[clash] + along
        cells = _Cells(clash, step, middles[step], start[batch][clash] + along)
        sums += _sums(some, cells, within, size, is_shared=is_shared)
    certain, possible, expected, unexpected, contradicts, has_no_end, own_certain, own_possible = sums
    is_unknown = unexpected > 0 if steps.step is Step.HOUR else possible > certain
    return {
        "certain": certain.astype("int32"),
        "possible": possible.astype("int32"),
        "expected": np.where(is_unknown, np.nan, expected),
        "contradicts": contradicts > 0,
        "end_known": has_no_end == 0,
        "own_certain": own_certain.astype("int32"),
        "own_possible": own_possible.astype("int32"),
    }


def _sums(clashes: _Clashes, cells: _Cells, reach: _Reach, size: int, *, is_shared: bool) -> Array:
    """Sum for each step: certain, possible, expected, with no expectation, in contradiction, without an end.

    And of what does not rest on hearsay: certain and possible.
    """
    first, last = reach.first_certain[cells.clash], reach.last_certain[cells.clash]
    flagged = (clashes.end_known, clashes.contradicts, clashes.hearsay)
    end_known, contradicts, is_hearsay = (flags[cells.clash] for flags in flagged)
    is_certain = (cells.step >= first) & (cells.step <= last)
    chance = np.ones(len(is_certain))
    chance[~is_certain] = _chances(clashes, cells.clash[~is_certain], cells.middle[~is_certain])
    cell, flags = cells.cell, [is_certain, ~end_known, contradicts, is_certain & ~is_hearsay, ~is_hearsay]
    if is_shared:
        order, starts = _together(clashes, cells)
        cell, chance = cell[order][starts], np.maximum.reduceat(chance[order], starts)
        flags = [np.logical_or.reduceat(flag[order], starts) for flag in flags]
    certain, has_no_end, contradicting, *own = flags
    summed = (certain, None, chance, has_no_end & ~certain, contradicting, has_no_end, *own)
    return np.stack([np.bincount(cell, weights, size) for weights in summed])


def _together(clashes: _Clashes, cells: _Cells) -> tuple[Array, Array]:
    """Order the cells so that those of one clash by several voices of a side stand together; tell where each begins."""
    number = int(clashes.event.max()) + 1
    key = cells.cell * number + clashes.event[cells.clash]
    order = np.argsort(key, kind="stable")
    return order, np.flatnonzero(np.diff(key[order], prepend=-1))


def _chances(clashes: _Clashes, clash: Array, moment: Array) -> Array:
    """Give the chance that a clash is under way at a moment, were every moment between its bounds equally likely."""
    be, bl, ee, el = clashes.be, clashes.bl, clashes.ee, clashes.el
    # an end before the beginning is no truth that the bounds admit
    overlaps = (bl > ee) & (bl > be) & (el > ee)
    reach = np.where(overlaps, 2.0 * (bl - be) * (el - ee), 1)
    impossible = np.where(overlaps, np.minimum(_MAX_IMPOSSIBLE, (bl - ee).astype(float) ** 2 / reach), 0)
    begun, over = (_share(moment, low[clash], high[clash]) for low, high in ((be, bl), (ee, el)))
    return np.asarray(np.minimum(1, begun * (1 - over) / (1 - impossible[clash])))


def _share(moment: Array, low: Array, high: Array) -> Array:
    """Give how much of the time between two bounds is over by a moment."""
    width = np.where(low == high, 1, high - low)
    return np.where(low == high, moment >= low, np.clip((moment - low) / width, 0, 1))


def _with_silent(found: pd.DataFrame, silent: set[str]) -> pd.DataFrame:
    """Add those who date no clash: they have no hour, and no number."""
    if not silent:
        return found.reset_index(drop=True)
    about = {name: of for name, of in (("contradicts", False), ("end_known", True)) if name in found}
    rows = pd.DataFrame({"account": sorted(silent)} | about)
    return pd.concat([found, rows], ignore_index=True)


def _greatest(values: Array, codes: Array, size: int) -> Array:
    """Give the greatest of the values under each code; where there is none, as little as can be."""
    found = np.full(size, np.iinfo(np.int64).min // 2)
    np.maximum.at(found, codes, values)
    return found


def _runs(lengths: Array) -> tuple[Array, Array]:
    """Count up to each length in turn: which of them, and how far."""
    which = np.repeat(np.arange(len(lengths)), lengths)
    return which, np.arange(len(which)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
