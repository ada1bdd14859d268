"""The hours: how many clashes were certainly and how many were possibly under way in each, and whose claims say so.

What is counted is one row a clash and voice, with the first and the last hour in which it was possible and in which
it was certain. A clash that several voices of a side tell of is one in each hour, certain where one makes it so. From
the first to the last hour of an account none is missing; one that dates no clash has no hour.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from contested.legend import Legend
from contested.timed.turnbull import Numbers

_HOUR = 3_600_000_000
"""In microseconds, in which instants are kept."""
_OVERLAP = 0.999


class _Hours(NamedTuple):
    """Every possible hour of every clash: the place of the clash, the hour, and the place of what counts that hour."""

    clash: Numbers
    hour: Numbers
    cell: Numbers


def hourly(rows: pd.DataFrame, legend: Legend) -> pd.DataFrame:
    """Count the clashes of each account in each hour that the viewer chose."""
    lengths = _lengths(rows)
    dated, lengths = rows[lengths > 0], lengths[lengths > 0]
    codes, accounts = pd.factorize(dated["account"])
    first = _instants(dated["first_possible"])
    lows = _greatest(-first, codes, len(accounts)) * -1
    heights = (_greatest(first + lengths * _HOUR, codes, len(accounts)) - lows) // _HOUR
    start = (np.cumsum(heights) - heights)[codes] + (first - lows[codes]) // _HOUR
    (whose, number), (clash, place) = _runs(heights), _runs(lengths)
    hours = _Hours(clash, first[clash] + place * _HOUR, start[clash] + place)
    hour = pd.Series((lows[whose] + number * _HOUR).astype("datetime64[us]"))
    found = pd.DataFrame(
        {"account": accounts[whose], "hour": hour.dt.tz_localize("UTC").dt.tz_convert(legend.selection.zone)}
        | _counts(dated, hours, len(whose))
        | {"claim_ids": _behind(dated["claim_ids"], start, lengths, len(whose))}
    )
    return _with_silent(found[_is_in_view(found["hour"], legend)], set(rows["account"]) - set(accounts))


def _lengths(rows: pd.DataFrame) -> Numbers:
    """Count the hours in which each clash was possible."""
    first, last = (_instants(rows[name]) for name in ("first_possible", "last_possible"))
    return np.where(rows["first_possible"].notna(), np.maximum((last - first) // _HOUR + 1, 0), 0)


def _counts(dated: pd.DataFrame, hours: _Hours, size: int) -> dict[str, Numbers]:
    """Count the clashes of each hour; what is expected of one without an end is not known."""
    first, last = (_instants(dated[name])[hours.clash] for name in ("first_certain", "last_certain"))
    end_known, contradicts = (dated[name].to_numpy(bool)[hours.clash] for name in ("end_known", "contradicts"))
    is_certain = (hours.hour >= first) & (hours.hour <= last)
    chance = np.ones(len(is_certain))
    chance[~is_certain] = _chances(dated, hours.clash[~is_certain], hours.hour[~is_certain] + _HOUR // 2)
    order, starts = _together(dated, hours)

    def among(flags: Numbers) -> Numbers:
        found: Numbers = np.logical_or.reduceat(flags[order], starts)
        return found

    def summed(weights: Numbers) -> Numbers:
        return np.bincount(hours.cell[order][starts], weights, size)

    certain, is_open = among(is_certain), among(~end_known)
    return {
        "certain": summed(certain).astype("int32"),
        "possible": summed(np.ones(len(starts))).astype("int32"),
        "expected": np.where(
            summed(is_open & ~certain) > 0, np.nan, summed(np.maximum.reduceat(chance[order], starts))
        ),
        "contradicts": summed(among(contradicts)) > 0,
        "end_known": summed(is_open) == 0,
    }


def _together(dated: pd.DataFrame, hours: _Hours) -> tuple[Numbers, Numbers]:
    """Order the hours so that those of one clash by several voices of a side stand together; tell where each begins."""
    clash = dated.groupby(["account", "event_id"], sort=False).ngroup().to_numpy(int)
    if len(np.unique(clash)) == len(clash):
        return np.arange(len(hours.cell)), np.arange(len(hours.cell))
    key = hours.cell * len(clash) + clash[hours.clash]
    order = np.argsort(key, kind="stable")
    return order, np.flatnonzero(np.diff(key[order], prepend=-1))


def _chances(dated: pd.DataFrame, clash: Numbers, moment: Numbers) -> Numbers:
    """Give the chance that a clash is under way at a moment, were every moment between its bounds equally likely."""
    be, bl, ee, el = bounds = [_instants(dated[name]) for name in ("be", "bl", "ee", "el")]
    # an end before the beginning is no truth that the bounds admit
    overlaps = (bl > ee) & (bl > be) & (el > ee)
    reach = np.where(overlaps, 2.0 * (bl - be) * (el - ee), 1)
    impossible = np.where(overlaps, np.minimum(_OVERLAP, (bl - ee).astype(float) ** 2 / reach), 0)
    begun, over = (_share(moment, low[clash], high[clash]) for low, high in (bounds[:2], bounds[2:]))
    return np.asarray(np.minimum(1, begun * (1 - over) / (1 - impossible[clash])))


def _share(moment: Numbers, low: Numbers, high: Numbers) -> Numbers:
    """Give how much of the time between two bounds is over by a moment."""
    width = np.where(low == high, 1, high - low)
    return np.where(low == high, moment >= low, np.clip((moment - low) / width, 0, 1))


def _behind(claim_ids: pd.Series, start: Numbers, lengths: Numbers, size: int) -> pd.Series:
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


def _is_in_view(hour: pd.Series, legend: Legend) -> Numbers:
    since, until = legend.selection.since, legend.selection.until
    after = hour + pd.Timedelta(hours=1) > pd.Timestamp(since) if since else hour.notna()
    return np.asarray(after & (hour < pd.Timestamp(until)) if until else after)


def _greatest(values: Numbers, codes: Numbers, size: int) -> Numbers:
    """Give the greatest of the values under each code, each of which has one."""
    found = np.full(size, np.iinfo(np.int64).min)
    np.maximum.at(found, codes, values)
    return found


def _runs(lengths: Numbers) -> tuple[Numbers, Numbers]:
    """Count up to each length in turn: which of them, and how far."""
    which = np.repeat(np.arange(len(lengths)), lengths)
    return which, np.arange(len(which)) - np.repeat(np.cumsum(lengths) - lengths, lengths)


def _instants(column: pd.Series) -> Numbers:
    """Give instants as microseconds; what is unknown is nonsense, and not to be used."""
    return column.to_numpy("datetime64[us]").astype("int64")
