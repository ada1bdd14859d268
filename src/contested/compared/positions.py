"""Positions: what each account says on each question that can be compared.

The claims that stand (`contested.compared.standing`) are read for what they answer (`contested.compared.tellings`);
those of one account that say the same on one question are one position.
"""

import json
from functools import partial

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from contested.compared.alike import Numbers, joined, kinds, numbered, once, ranks
from contested.compared.comparison import ranges
from contested.compared.position import POSITION, Reals, flags, known, reals
from contested.compared.questions import asked
from contested.compared.standing import date_of, standing
from contested.compared.tellings import tellings
from contested.legend import Legend, Spot
from contested.moment import day
from contested.wording import figure

_KEY = ["stance", "said", "low", "best", "high", "in_words", "starts", "stops"]
_KEY += ["responder", "place", "latitude", "longitude", "radius_km", "part_of", "certain"]
"""What the claims of one position say alike."""
_AS_IS = ("topic", "event_id", "account", "stance", "via", "milestone", "responder", "certain")
_FIGURE = ("low", "best", "high", "figure_words")
_TOLD = [*_AS_IS, *_FIGURE, "form", "about", "words", "definition", "victims", "said", "starts", "stops", "part_of"]
_TOLD += ["place", "latitude", "longitude", "radius_km"]
_BEHIND = ["claim_id", "source_id", "voice", "side", "speaker", "firsts", "running", "stated_at", "stated_after", "day"]
_SPOT = pa.schema({"label": pa.string()} | dict.fromkeys(("latitude", "longitude", "radius_km"), pa.float64()))


def positions(rows: pd.DataFrame, legend: Legend) -> pa.RecordBatch:
    """Put the claims of the answer to `STANDING` together that say the same, in the order of topic, event and account.

    What comes of it has the columns of `Position`.
    """
    claims = _read(rows)
    order, first = _together(claims)
    told = claims.select(_TOLD).take(pa.array(order[first]))
    spot, spots = kinds(partial(_spot, legend), *(told[name] for name in ("place", *_SPOT.names[1:])))
    where = pa.RecordBatch.from_pylist([one._asdict() if one else {} for one in spots], _SPOT).take(pa.array(spot))
    lower, upper = _bounds(told)
    made = {name: told[name] for name in _AS_IS} | {name: where[name] for name in _SPOT.names[1:]}
    made |= _behind(claims.select(_BEHIND).take(pa.array(order)), first) | {
        "question": _question(told, legend),
        "said": pc.coalesce(told["said"], where["label"], once(figure, *(told[name] for name in _FIGURE))),
        "posed": _is_posed(told),
        "several": pc.equal(told["form"], "where"),
        "lower": pa.array(lower, from_pandas=True),
        "upper": pa.array(upper, from_pandas=True),
        "part_of": _lists(told["part_of"]),
    }
    return pa.RecordBatch.from_arrays([made[name] for name in POSITION.names], schema=POSITION)


def posed(rows: pd.DataFrame, legend: Legend) -> dict[str, str]:
    """Name every question that a claim puts in words, answered or not, under its topic."""
    claims = _read(rows)
    put = claims.filter(_is_posed(claims))
    return dict(zip(put["topic"].to_pylist(), _question(put, legend).to_pylist(), strict=True))


def _read(rows: pd.DataFrame) -> pa.RecordBatch:
    """Read what claims answer; a question is called as its claims call it."""
    claims = tellings(standing(rows))
    if claims["words"].null_count == len(claims):
        return claims
    topic, (word, words) = numbered(claims["topic"]), ranks(claims["words"])
    least = np.full(topic.max(initial=-1) + 1, len(words) - 1)
    np.minimum.at(least, topic, word)
    return claims.set_column(claims.schema.get_field_index("words"), "words", words.take(pa.array(least[topic])))


def _is_posed(claims: pa.RecordBatch) -> pa.Array:
    return pc.or_(pc.equal(claims["form"], "asked"), claims["words"].is_valid())


def _together(claims: pa.RecordBatch) -> tuple[Numbers, Numbers]:
    """Order the rows so that those stand together that say the same, and tell where each begins.

    What is nearest to the account's own words stands first; who only asks is left out.
    """
    topic, event, account, claim = (ranks(claims[name])[0] for name in ("topic", "event_id", "account", "claim_id"))
    number = (topic * (event.max(initial=0) + 1) + event) * (account.max(initial=0) + 1) + account
    same = numbered(pa.array(number), *(claims[name] for name in _KEY))
    least = np.full(same.max(initial=-1) + 1, len(claim))
    np.minimum.at(least, same, claim)
    heard = known(claims, "via")
    order = np.lexsort((claim, reals(claims, "stated_at"), heard, least[same], number))
    order = order[~flags(claims, "only_asks")[order]]
    return order, np.flatnonzero(np.diff(same[order], prepend=-1))


def _behind(claims: pa.RecordBatch, first: Numbers) -> dict[str, pa.Array]:
    """Collect for each position who says so and when, and what that goes back to."""
    stops = np.append(first, len(claims))
    position, offsets = np.repeat(np.arange(len(first)), np.diff(stops)), pa.array(stops, pa.int32())
    every = {"claim_ids": "claim_id", "sources": "source_id", "voices": "voice", "sides": "side", "speakers": "speaker"}
    lists = {name: pa.ListArray.from_arrays(offsets, claims[one]) for name, one in every.items()}
    return lists | _stated(claims, first, position) | {"repeats": _repeats(claims, position, len(first))}


def _repeats(claims: pa.RecordBatch, position: Numbers, number: int) -> pa.Array:
    firsts = _lists(claims["firsts"])
    place = np.concatenate([position, position[pc.list_parent_indices(firsts).to_numpy()]])
    order = np.argsort(place, kind="stable")
    offsets = np.searchsorted(place[order], np.arange(number + 1))
    every = pa.concat_arrays([claims["claim_id"], firsts.flatten()]).take(pa.array(order))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), every)


def _stated(claims: pa.RecordBatch, first: Numbers, position: Numbers) -> dict[str, pa.Array]:
    """Say when each was first and last said, and of a running total by which claim."""
    running = np.logical_and.reduceat(flags(claims, "running"), first)
    ids = claims["claim_id"] if running.any() else pa.nulls(len(claims), pa.string())
    claim, names = ranks(ids)

    def ended(name: str, outer: np.ufunc) -> tuple[Reals, pa.Array]:
        at = reals(claims, name)
        end = outer.reduceat(at, first)
        by = np.minimum.reduceat(np.where(at == end[position], claim, len(names) - 1), first)
        return end, names.take(pa.array(np.where(running, by, len(names) - 1)))

    (by, one), (after, other) = ended("stated_at", np.fmin), ended("stated_after", np.fmax)
    days = [outer.reduceat(reals(claims, "day"), first) for outer in (np.fmin, np.fmax)]
    low, high, by, after = (pa.array(end, pa.float64(), from_pandas=True) for end in (*days, by, after))
    said = {"stated_by": by, "first": one, "stated_after": after, "last": other, "when": once(_when, low, high)}
    return said | {"running": pa.array(running, pa.bool_())}


def _when(first: float | None, last: float | None) -> str:
    if first is None:
        return ""
    on = date_of(first)
    return f"{'said by' if first == last else 'first said by'} {day(on)} {on.year}"


def _question(told: pa.RecordBatch, legend: Legend) -> pa.Array:
    """Name what counts and whom, and the event where the claims' own words do not ask."""

    def put(form: str, about: str) -> str:
        return asked(form, legend.places.get(about, Spot(about)).label if form == "place" else about)

    def counted(form: str, more: str | None) -> str:
        return f" ({more})" if more and form in {"figure", "asked"} else ""

    form, words = told["form"], told["words"]
    own = pc.or_(words.is_valid(), pc.equal(form, "place"))
    event = pc.if_else(own, "", once(lambda event: f" ({legend.event(event)})", told["event_id"]))
    more = [once(counted, form, told[name]) for name in ("definition", "victims")]
    return joined(pc.coalesce(words, once(put, form, told["about"])), *more, event)


def _bounds(told: pa.RecordBatch) -> tuple[Reals, Reals]:
    """Give the range of a figure or of a time; what is unknown of a time is open."""
    starts, stops, low, best, high = (reals(told, name) for name in ("starts", "stops", "low", "best", "high"))
    lower, upper = ranges(low, best, high)
    timed = ~(np.isnan(starts) & np.isnan(stops))
    starts, stops = np.where(np.isnan(starts), -np.inf, starts), np.where(np.isnan(stops), np.inf, stops)
    return np.where(timed, starts, lower), np.where(timed, stops, upper)


def _spot(
    legend: Legend, place: str | None, latitude: float | None, longitude: float | None, radius_km: float | None
) -> Spot | None:
    """Find where a claim puts it: at its own point, else where the gazetteer has its place."""
    if latitude is not None:
        return Spot(f"{latitude:.4g}°, {longitude:.4g}°", latitude, longitude, radius_km)
    return legend.places.get(place, Spot(place)) if place else None


def _lists(texts: pa.Array) -> pa.Array:
    number, lists = kinds(lambda text: json.loads(text) if text else [], texts)
    return pa.array(lists, pa.list_(pa.string())).take(pa.array(number))
