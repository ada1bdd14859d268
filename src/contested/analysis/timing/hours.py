"""The hours: how many clashes were certainly and how many were possibly under way in each, and whose claims say so.

What is counted is one row a clash and voice, with the bounds of its beginning (`be`, `bl`) and of its end (`ee`, `el`).
An interval that ends as the clock strikes is not of the hour that begins then. A clash that several voices of a side
tell of is one in each hour, certain where one makes it so. From the first to the last hour of an account none is
missing; one that dates no clash has no hour. Where the time in view is long, days, months, years or centuries are
counted alike (`step`), of which nothing is expected.
"""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from contested.analysis.timing.interval_censoring import Array
from contested.analysis.timing.time_steps import Grid, Step, grid
from contested.query.legend import Legend

_OVERLAP = 0.999
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NEVER = np.iinfo(np.int64).min
_COLUMNS = (
    *("account", "step", "hour", "until", "certain", "possible", "expected", "contradicts", "end_known", "claim_ids"),
)


class _Reach(NamedTuple):
    """The first and the last step in which each clash was possible, and in which it was certain; none if crossed."""

    first: Array
    last: Array
    first_certain: Array
    last_certain: Array


class _Hours(NamedTuple):
    """Every possible step of every clash: the place of the clash, the step, and the place of what counts that step."""

    clash: Array
    step: Array
    cell: Array


def hourly(rows: pd.DataFrame, legend: Legend) -> pd.DataFrame:
    """Count the clashes of each account in each hour, or coarser step, that the viewer chose."""
    dated = rows[rows["be"].notna()]
    steps = _grid(dated, legend)
    if steps is None:
        return _with_silent(pd.DataFrame(columns=_COLUMNS), set(rows["account"]))
    reach, number = _reach(dated, steps), len(steps.edges) - 1
    last = np.minimum(reach.last, number - 1)
    is_in_view = (reach.first < number) & (last >= 0) & (last >= reach.first)
    dated, last = dated[is_in_view], last[is_in_view]
    reach = _Reach(*(places[is_in_view] for places in reach))
    first = np.maximum(reach.first, 0)
    lengths = last - first + 1
    codes, accounts = pd.factorize(dated["account"])
    lows = -_greatest(-first, codes, len(accounts))
    heights = _greatest(last + 1, codes, len(accounts)) - lows
    start = (np.cumsum(heights) - heights)[codes] + first - lows[codes]
    (whose, place), (clash, along) = _runs(heights), _runs(lengths)
    hours, shown = _Hours(clash, first[clash] + along, start[clash] + along), lows[whose] + place
    found = pd.DataFrame(
        {"account": accounts[whose], "step": str(steps.step)}
        | {name: _local(steps.edges[shown + after], legend) for after, name in enumerate(("hour", "until"))}
        | _counts(dated, hours, reach, steps, len(whose))
        | {"claim_ids": _behind(dated["claim_ids"], start, lengths, len(whose))}
    )
    return _with_silent(found, set(rows["account"]) - set(dated["account"]))


def _grid(dated: pd.DataFrame, legend: Legend) -> Grid | None:
    """Cover what is dated, as far as the viewer chose to see it; nothing where there is no such time."""
    if dated.empty:
        return None
    since, until = (_chosen(edge) for edge in (legend.selection.since, legend.selection.until))
    first = max(int(_instants(dated["be"]).min()), since if since is not None else _NEVER)
    last = max(int(max(_instants(dated[name]).max() for name in ("be", "bl", "ee", "el"))), first + 1)
    last = min(last, until) if until is not None else last
    return grid(first, last, legend.selection.zone) if first < last else None


def _chosen(edge: datetime | None) -> int | None:
    return None if edge is None else (edge - _EPOCH) // timedelta(microseconds=1)


def _reach(dated: pd.DataFrame, steps: Grid) -> _Reach:
    """Place the bounds of each clash among the steps; an end, and a beginning between bounds, is before its bound."""
    be, bl, ee, el = (_instants(dated[name]) for name in ("be", "bl", "ee", "el"))
    end_known, begin_known = (dated[name].to_numpy(bool) for name in ("end_known", "begin_known"))
    first, over_by, lasts_until = (steps.place(moments) for moments in (be, el - 1, ee - 1))
    begun_by = steps.place(np.where(be < bl, bl - 1, bl))
    last = np.where(end_known & (el > be), over_by, np.maximum(over_by, begun_by))
    last_certain = np.where(begin_known, np.maximum(lasts_until, first), lasts_until)
    return _Reach(first, last, steps.place(bl), last_certain)


def _local(edges: Array, legend: Legend) -> pd.Series:
    return pd.Series(edges.astype("datetime64[us]")).dt.tz_localize("UTC").dt.tz_convert(legend.selection.zone)


def _counts(dated: pd.DataFrame, hours: _Hours, reach: _Reach, steps: Grid, size: int) -> dict[str, Array]:
    """Count the clashes of each step; what is expected of one without an end, or of a longer step, is not known."""
    first, last = reach.first_certain[hours.clash], reach.last_certain[hours.clash]
    end_known, contradicts = (dated[name].to_numpy(bool)[hours.clash] for name in ("end_known", "contradicts"))
    is_certain = (hours.step >= first) & (hours.step <= last)
    chance = np.ones(len(is_certain))
    middles = (steps.edges[:-1] + steps.edges[1:]) // 2
    chance[~is_certain] = _chances(dated, hours.clash[~is_certain], middles[hours.step[~is_certain]])
    order, starts = _together(dated, hours)

    def among(flags: Array) -> Array:
        found: Array = np.logical_or.reduceat(flags[order], starts)
        return found

    def summed(weights: Array) -> Array:
        return np.bincount(hours.cell[order][starts], weights, size)

    certain, has_no_end = among(is_certain), among(~end_known)
    is_open = has_no_end | (steps.step is not Step.HOUR)
    return {
        "certain": summed(certain).astype("int32"),
        "possible": summed(np.ones(len(starts))).astype("int32"),
        "expected": np.where(
            summed(is_open & ~certain) > 0, np.nan, summed(np.maximum.reduceat(chance[order], starts))
        ),
        "contradicts": summed(among(contradicts)) > 0,
        "end_known": summed(has_no_end) == 0,
    }


def _together(dated: pd.DataFrame, hours: _Hours) -> tuple[Array, Array]:
    """Order the hours so that those of one clash by several voices of a side stand together; tell where each begins."""
    clash = dated.groupby(["account", "event_id"], sort=False).ngroup().to_numpy(int)
    if len(np.unique(clash)) == len(clash):
        return np.arange(len(hours.cell)), np.arange(len(hours.cell))
    key = hours.cell * len(clash) + clash[hours.clash]
    order = np.argsort(key, kind="stable")
    return order, np.flatnonzero(np.diff(key[order], prepend=-1))


def _chances(dated: pd.DataFrame, clash: Array, moment: Array) -> Array:
    """Give the chance that a clash is under way at a moment, were every moment between its bounds equally likely."""
    be, bl, ee, el = bounds = [_instants(dated[name]) for name in ("be", "bl", "ee", "el")]
    # an end before the beginning is no truth that the bounds admit
    overlaps = (bl > ee) & (bl > be) & (el > ee)
    reach = np.where(overlaps, 2.0 * (bl - be) * (el - ee), 1)
    impossible = np.where(overlaps, np.minimum(_OVERLAP, (bl - ee).astype(float) ** 2 / reach), 0)
    begun, over = (_share(moment, low[clash], high[clash]) for low, high in (bounds[:2], bounds[2:]))
    return np.asarray(np.minimum(1, begun * (1 - over) / (1 - impossible[clash])))


def _share(moment: Array, low: Array, high: Array) -> Array:
    """Give how much of the time between two bounds is over by a moment."""
    width = np.where(low == high, 1, high - low)
    return np.where(low == high, moment >= low, np.clip((moment - low) / width, 0, 1))


def _behind(claim_ids: pd.Series, start: Array, lengths: Array, size: int) -> pd.Series:
    """Name the claims behind each hour in order."""
    clash, _ = _runs(claim_ids.map(len).to_numpy(int))
    ids = np.concatenate([np.array([], object), *claim_ids])
    order = np.argsort(ids, kind="stable")
    clash, ids = clash[order], ids[order]
    claim, place = _runs(lengths[clash])
    cells = (start[clash][claim] + place).astype(np.min_scalar_type(size))
    told = ids[claim[np.argsort(cells, kind="stable")]]
    edges = np.cumsum([0, *np.bincount(cells, minlength=size)])
    return pd.Series([told[low:high] for low, high in pairwise(edges)], dtype=object)


def _with_silent(found: pd.DataFrame, silent: set[str]) -> pd.DataFrame:
    """Add those who date no clash: they have no hour, and no number."""
    if not silent:
        return found.reset_index(drop=True)
    told = [np.array([], object) for _ in silent]
    rows = pd.DataFrame({"account": sorted(silent), "contradicts": False, "end_known": True, "claim_ids": told})
    return pd.concat([found, rows], ignore_index=True)


def _greatest(values: Array, codes: Array, size: int) -> Array:
    """Give the greatest of the values under each code, each of which has one."""
    found = np.full(size, np.iinfo(np.int64).min)
    np.maximum.at(found, codes, values)
    return found


def _runs(lengths: Array) -> tuple[Array, Array]:
    """Count up to each length in turn: which of them, and how far."""
    which = np.repeat(np.arange(len(lengths)), lengths)
    return which, np.arange(len(which)) - np.repeat(np.cumsum(lengths) - lengths, lengths)


def _instants(column: pd.Series) -> Array:
    """Give instants as microseconds; what is unknown is nonsense, and not to be used."""
    return column.to_numpy("datetime64[us]").astype("int64")
