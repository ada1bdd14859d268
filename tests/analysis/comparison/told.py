"""Positions as a test writes them, and what is found of them as it reads it."""

from math import nan
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from contested.analysis.comparison.columns import Columns, encode
from contested.analysis.comparison.compare import Relation, Rule, compare
from contested.analysis.comparison.origins import of_pairs
from contested.analysis.comparison.pairs import claims_behind, find_pairs
from contested.analysis.comparison.position import write_position as written
from contested.analysis.comparison.positions import Positions
from contested.analysis.comparison.sentences import within
from contested.analysis.comparison.statements import FIGURE
from contested.query.legend import Legend
from contested.query.selection import Selection

LEGEND = Legend((), Selection())


class Position(NamedTuple):
    """What an account says on a question, and of each of its claims when it was stated and where it stands."""

    account: str
    said: str
    stance: str
    lower: float
    upper: float
    question: str
    topic: str
    claim_ids: list[str]
    voice: str
    event_id: str | None = "night"
    via: str | None = None
    milestone: str | None = None
    responder: str | None = None
    part_of: str | None = None
    certain: bool = True
    running: bool = False
    event_only: bool = False
    several: bool = False
    is_asked: bool = True
    is_stated: bool = True
    latitude: float = nan
    longitude: float = nan
    radius_km: float = nan
    stated_at: tuple[float, ...] = ()
    stated_after: tuple[float, ...] = ()
    sources: tuple[str, ...] = ()
    documents: tuple[str | None, ...] = ()
    tellers: tuple[str | None, ...] = ()
    sides: tuple[str | None, ...] = ()
    repeats: tuple[str | None, ...] = ()


def position(account, said="", bounds=None, stance="asserts", claim_id="1", **more):
    """Make a position; what a test does not name is as of a position that nothing is special about."""
    lower, upper = bounds or (nan, nan)
    question = more.pop("question", "How many?")
    topic = f"{question} {more.get('event_id', 'night') if more.get('milestone') else ''}"
    told = {"topic": topic, "voice": account, "claim_ids": [claim_id], "tellers": (account,)} | more
    return Position(account, said, stance, lower, upper, question, **told)


_EACH = {
    "claim_id": "claim_ids",
    "source_id": "sources",
    "document": "documents",
    "teller": "tellers",
    "side": "sides",
    "repeats": "repeats",
    "stated_at": "stated_at",
    "stated_after": "stated_after",
}


def _claims(one):
    """Write a row for each claim of a position."""
    rows = one._asdict() | dict.fromkeys(("definition", "victims", "unit", "part", "place", "speaker", "figure_words"))
    rows |= {"answer": one.said, "words": one.question, "about": one.topic, "event": one.event_id}
    for number, claim_id in enumerate(one.claim_ids):
        each = {name: (dict(enumerate(getattr(one, of))).get(number)) for name, of in _EACH.items()}
        own = {"source_id": each["source_id"] or f"of {claim_id}"}
        yield {name: cell for name, cell in rows.items() if not isinstance(cell, list | tuple)} | each | own


_NUMBERS = ("lower", "upper", "latitude", "longitude", "radius_km", "stated_at", "stated_after")
_FLAGS = ("certain", "running", "event_only", "several", "is_asked", "is_stated")


def _type(name):
    return pa.float64() if name in _NUMBERS else pa.bool_() if name in _FLAGS else pa.string()


def table(positions, legend=LEGEND):
    """Write positions as columns, in the order of their topics as `positions` does."""
    every = sorted(positions, key=lambda one: one.topic)
    rows = [row for one in every for row in _claims(one)]
    names = [*next(_claims(position("nobody")))]
    claims = encode(pa.Table.from_pylist(rows, pa.schema([(name, _type(name)) for name in names])))
    starts = np.append(0, np.cumsum([len(one.claim_ids) for one in every], dtype=int))
    columns = claims.take(starts[:-1]).arrays
    none = np.full(len(every), nan)
    columns |= dict.fromkeys(("low", "best", "high", "starts", "stops"), none)
    columns |= {
        "topic": np.unique([one.topic for one in every], return_inverse=True)[1],
        "denies": np.array([one.stance == "denies" for one in every], bool),
        "form": np.full(len(every), FIGURE),
        "pointed": np.zeros(len(every), bool),
        "stated_by": np.fmin.reduceat(claims["stated_at"], starts[:-1]),
        "stated_after": np.fmax.reduceat(claims["stated_after"], starts[:-1]),
    }
    return Positions(Columns(claims.texts, columns), claims, starts, legend)


def disputes(positions, wholes=None):
    """Find the pairs of positions that are compared, with the positions themselves on either side."""
    told = table(positions, Legend((), Selection(), wholes=wholes or {}))
    every = sorted(positions, key=lambda one: one.topic)
    return [
        SimpleNamespace(
            one=every[one],
            other=every[other],
            relation=list(Relation)[relation],
            rule=list(Rule)[rule],
            claim_ids=claims_behind(told, one, other, relation, rule),
            within=within(written(told, one), written(told, other), "account"),
            origins=int(of_pairs(told, np.array([one]), np.array([other]))[0]),
        )
        for one, other, relation, rule in zip(*(column.tolist() for column in find_pairs(told)), strict=True)
    ]


def related(one, other):
    """Say how two positions stand to each other."""
    relation, _ = compare(table([one, other]), np.array([0]), np.array([1]))
    return list(Relation)[relation[0]]
