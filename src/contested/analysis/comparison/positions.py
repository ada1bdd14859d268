"""Positions: what each account says on each question that can be compared.

The claims that stand (`current_claims`) are read for what they answer (`statements`); those of one account that say
the same on one question are one position.
"""

from functools import partial

import numpy as np
import pyarrow as pa

from contested.analysis.comparison.compare import ranges
from contested.analysis.comparison.current_claims import standing
from contested.analysis.comparison.deduplicate import (
    Column,
    Columns,
    firsts,
    joined,
    keyed,
    kinds,
    numbered,
    once,
    runs,
)
from contested.analysis.comparison.position import POSITION
from contested.analysis.comparison.questions import asked
from contested.analysis.comparison.sources import BEHIND, backing, lists
from contested.analysis.comparison.statements import tellings
from contested.analysis.comparison.words import Flags, Numbers, Reals, Words, first_known, read
from contested.model.parallel import pieces, together
from contested.model.wording import figure
from contested.query.legend import Legend, Spot

_FIGURE, _SPOT = ("low", "best", "high"), ("latitude", "longitude", "radius_km")
_WORDS = ("account", "voice", "stance", "said", "in_words", "responder", "place", "part_of")
_KEY = (*_WORDS, "certain", *_FIGURE, "starts", "stops", *_SPOT)
"""What the claims of one position say alike."""
_AS_IS = ("topic", "event_id", "account", "voice", "stance", "via", "milestone", "responder", "certain")
_ASKED = ("form", "words", "about", "event_id", "definition", "victims")
_TOLD = (*_AS_IS, *_ASKED, *_FIGURE, *_SPOT, "figure_words", "said", "place", "part_of", "starts", "stops")


def positions(rows: pa.Table, legend: Legend) -> pa.RecordBatch:
    """Put the claims of the answer to `STANDING` together that say the same, in the order of topic and event.

    Of one question stands first what was said first, whoever said it. What comes of it has the columns of `Position`.
    """
    claims = _read(rows)
    order, stops = _together(claims)
    ends = [stops[piece.start : piece.stop + 1] for piece in pieces(len(stops) - 1)]
    return pa.concat_batches(together(partial(_positions, claims, order, legend), ends, len(order)))


def _positions(claims: Columns, order: Numbers, legend: Legend, stops: Numbers) -> pa.RecordBatch:
    """Make a position of the claims between every two stops."""
    told = claims.take(order[stops[:-1]], *_TOLD)
    behind = claims.take(order[stops[0] : stops[-1]], *BEHIND)
    labels, spots = _where(told, legend)
    lower, upper = _bounds(told)
    made: dict[str, Column] = {name: told[name] for name in _AS_IS}
    made |= spots | {
        "question": _questions(told, runs(told.texts["topic"].number), legend),
        "said": _said(told, labels),
        "posed": _is_posed(told),
        "several": told.texts["form"].among(["where"]),
        "lower": lower,
        "upper": upper,
    }
    columns = {name: _column(one) for name, one in made.items()} | backing(behind, stops - stops[0])
    columns["part_of"] = lists(told.texts["part_of"])
    return pa.RecordBatch.from_arrays([columns[name] for name in POSITION.names], schema=POSITION)


def _column(cells: Column) -> pa.Array:
    return cells.column() if isinstance(cells, Words) else pa.array(cells, from_pandas=True)


def posed(rows: pa.Table, legend: Legend) -> dict[str, str]:
    """Name every question that a claim puts in words, answered or not, under its topic."""
    claims = _read(rows)
    put = claims.take(np.flatnonzero(_is_posed(claims)))
    topic = put.texts["topic"]
    words = _questions(put, numbered(topic), legend)
    return dict(zip(topic.written().to_pylist(), words.written().to_pylist(), strict=True))


def _read(rows: pa.Table) -> Columns:
    """Read what claims answer; a question is called as its claims call it."""
    claims = tellings(standing(rows))
    topic, words = claims.texts["topic"], claims.texts["words"].in_order()
    least = np.full(len(topic.texts), len(words.texts))
    put = np.flatnonzero(words.known())
    np.minimum.at(least, topic.number[put], words.number[put])
    called = Words(np.where(least < len(words.texts), least, -1), words.texts).of(topic.number)
    return Columns({**claims.texts, "words": called}, claims.reals, claims.flags)


def _is_posed(claims: Columns) -> Flags:
    return claims.texts["form"].among(["asked"]) | claims.texts["words"].known()


def _together(claims: Columns) -> tuple[Numbers, Numbers]:
    """Order the rows so that those stand together that say the same, and tell where each begins and the last ends.

    What is nearest to the account's own words stands first; who only asks is left out.
    """
    number = keyed(claims.texts["topic"], claims.texts["event_id"])
    same = numbered(number, *(claims[name] for name in _KEY))
    order = np.lexsort((firsts(same)[same], number))
    order = order[~claims.flags["only_asks"][order]]
    return order, np.append(np.flatnonzero(np.diff(same[order], prepend=-1)), len(order))


def _questions(told: Columns, number: Numbers, legend: Legend) -> Words:
    """Name what counts and whom, and the event where the claims' own words do not ask: once for each number."""
    told = told.take(firsts(number), *_ASKED)
    form, words, event = (told.texts[name] for name in ("form", "words", "event_id"))

    def put(form: str, about: str) -> str:
        return asked(form, legend.places.get(about, Spot(about)).label if form == "place" else about)

    def counted(form: str, more: str | None) -> str:
        return f" ({more})" if more and form in {"figure", "asked"} else ""

    more = [once(counted, form, told.texts[name]) for name in ("definition", "victims")]
    of = event.once(lambda event: f" ({legend.event(event)})").only(~(words.known() | form.among(["place"])))
    return read(joined(first_known(words, once(put, form, told.texts["about"])), *more, of)).of(number)


def _said(told: Columns, labels: Words) -> Words:
    """Give the value in words: the claim's own, or the place, or else the figure."""
    said = first_known(told.texts["said"], labels)
    number, rows = np.full(len(said), -1), np.flatnonzero(~said.known())
    figures = once(figure, *(told[name].take(rows) for name in (*_FIGURE, "figure_words")))
    number[rows] = np.arange(len(rows))
    return first_known(said, figures.of(number))


def _bounds(told: Columns) -> tuple[Reals, Reals]:
    """Give the range of a figure or of a time; what is unknown of a time is open."""
    starts, stops = (told.reals[name] for name in ("starts", "stops"))
    lower, upper = ranges(*(told.reals[name] for name in _FIGURE))
    timed = ~(np.isnan(starts) & np.isnan(stops))
    starts, stops = np.where(np.isnan(starts), -np.inf, starts), np.where(np.isnan(stops), np.inf, stops)
    return np.where(timed, starts, lower), np.where(timed, stops, upper)


def _where(told: Columns, legend: Legend) -> tuple[Words, dict[str, Reals]]:
    """Find where a claim puts it: at its own point, else where the gazetteer has its place."""

    def spot(place: str | None, latitude: float | None, longitude: float | None, radius_km: float | None) -> Spot:
        if latitude is not None:
            return Spot(f"{latitude:.4g}°, {longitude:.4g}°", latitude, longitude, radius_km)
        return legend.places.get(place, Spot(place)) if place else Spot("")

    number, spots = kinds(spot, told.texts["place"], *(told.reals[name] for name in _SPOT))
    labels = read(pa.array([one.label or None for one in spots], pa.string()))
    points = {name: np.array([getattr(one, name) for one in spots], np.float64)[number] for name in _SPOT}
    return labels.of(number), points
