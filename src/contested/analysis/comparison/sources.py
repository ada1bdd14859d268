"""The backing of positions: who says so and when, and what that goes back to."""

import json

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from contested.analysis.comparison.current_claims import date_of
from contested.analysis.comparison.deduplicate import Columns, once
from contested.analysis.comparison.words import TEXT, Numbers, Reals, Words, end_to_end, first_known, read, unknown
from contested.model.times import day

BEHIND = (
    "claim_id",
    "source_id",
    "voice",
    "side",
    "speaker",
    "via",
    "firsts",
    "running",
    "alone",
    "stated_at",
    "stated_after",
    "day",
)
"""What is to be known of the claims."""
_LISTED = {"claim_ids": "claim_id", "sources": "source_id", "sides": "side", "speakers": "speaker"}


def backing(claims: Columns, stops: Numbers) -> dict[str, pa.Array]:
    """Collect who says so of the claims between every two stops, and when, and what that goes back to."""
    offsets = pa.array(stops, pa.int32())
    every = {name: pa.ListArray.from_arrays(offsets, claims.texts[one].column()) for name, one in _LISTED.items()}
    return every | _tellers(claims, stops) | _stated(claims, stops) | {"repeats": _repeats(claims, stops)}


def _tellers(claims: Columns, stops: Numbers) -> dict[str, pa.Array]:
    """Name whose words each claim passes on, and where nobody is named the document in which they stand."""
    chain = claims.texts["via"].once(lambda via: via.rsplit(" > ", 1)[-1])
    named = first_known(claims.texts["speaker"], chain)
    offsets = pa.array(stops, pa.int32())
    told = {
        "tellers": first_known(named, claims.texts["voice"]),
        "documents": claims.texts["source_id"].only(~named.known()),
    }
    is_stated = np.logical_or.reduceat(named.known(), stops[:-1])
    return {name: pa.ListArray.from_arrays(offsets, one.column()) for name, one in told.items()} | {
        "is_stated": pa.array(is_stated)
    }


def lists(texts: Words) -> pa.Array:
    """Read lists that are written as JSON; what is unknown is an empty one."""
    every = pa.array([*map(json.loads, texts.texts.tolist()), []], pa.list_(TEXT))
    return every.take(pa.array(np.where(texts.known(), texts.number, len(texts.texts))))


def _repeats(claims: Columns, stops: Numbers) -> pa.Array:
    """Name the claims of each position, and all that they go back to."""
    ids, firsts = claims.texts["claim_id"], claims.texts["firsts"]
    if firsts.known().any():
        before = lists(firsts)
        number = np.repeat(np.arange(len(stops) - 1), np.diff(stops))
        place = np.concatenate([number, number[pc.list_parent_indices(before).to_numpy()]])
        order = np.argsort(place, kind="stable")
        stops = np.searchsorted(place[order], np.arange(len(stops)))
        ids = end_to_end([ids, read(before.flatten())]).take(order)
    return pa.ListArray.from_arrays(pa.array(stops, pa.int32()), ids.column())


def _stated(claims: Columns, stops: Numbers) -> dict[str, pa.Array]:
    """Say when each was first and last said, and of a running total by which claim."""
    first, claim = stops[:-1], claims.texts["claim_id"]
    running = np.logical_and.reduceat(claims.flags["running"], first)

    def ended(name: str, outer: np.ufunc) -> tuple[Reals, Words]:
        at = claims.reals[name]
        end = outer.reduceat(at, first)
        if not running.any():
            return end, unknown(len(first))
        none = len(claim.texts)
        by = np.minimum.reduceat(np.where(at == np.repeat(end, np.diff(stops)), claim.number, none), first)
        return end, Words(np.where(running & (by < none), by, -1), claim.texts)

    (by, one), (after, other) = ended("stated_at", np.fmin), ended("stated_after", np.fmax)
    low, high = (
        read(pa.array(outer.reduceat(claims.reals["day"], first), from_pandas=True)) for outer in (np.fmin, np.fmax)
    )
    return {
        "stated_by": pa.array(by, from_pandas=True),
        "first": one.column(),
        "stated_after": pa.array(after, from_pandas=True),
        "last": other.column(),
        "when": once(_when, low, high).column(),
        "running": pa.array(running),
        "alone": pa.array(np.logical_and.reduceat(claims.flags["alone"], first)),
    }


def _when(first: float | None, last: float | None) -> str:
    if first is None:
        return ""
    on = date_of(first)
    return f"{'said by' if first == last else 'first said by'} {day(on)} {on.year}"
