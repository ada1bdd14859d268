"""Positions: what each account says on each question; statements of one account that say the same are one position."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from contested.analysis.comparison.columns import UNKNOWN, Array, Columns, any_known, group_by
from contested.analysis.comparison.statements import ASKED, FIGURE, LOCATED, TOPIC, read_statements
from contested.query.legend import Legend, Spot

_FIGURE, SPOT = ("low", "best", "high"), ("latitude", "longitude", "radius_km")
_SAME = (
    *("topic", "event_id", "account", "voice", "stance", "answer", "in_words", "responder", "place", "part_of"),
    *("certain", *_FIGURE, "starts", "stops", *SPOT),
)
"""What the statements of one position have in common."""
_FIRST = (*_SAME, "form", *TOPIC, "words", "denies", "via", "milestone", "figure_words")
"""What is read of the first of them."""
_EACH = (
    *("claim_id", "source_id", "document", "teller", "speaker", "side", "repeats", "stated_at", "stated_after"),
    *("running", "event_only", "is_stated"),
)
"""What is read of each of them."""


@dataclass(frozen=True)
class Positions:
    """All positions, sorted by topic and event; of one question what was stated first stands first."""

    columns: Columns
    """A row for each position."""
    claims: Columns
    """A row for each claim of each position, the one that is nearest to the account's own words first."""
    starts: Array
    """The offset of each position in the claims, with the end."""
    legend: Legend

    def __len__(self) -> int:
        """Count the positions."""
        return len(self.starts) - 1

    def __getitem__(self, name: str) -> Array:
        """Return one column."""
        return self.columns[name]

    @cached_property
    def topic_starts(self) -> Array:
        """The offset of each topic in the positions, with the end."""
        return np.append(np.flatnonzero(np.diff(self["topic"], prepend=-1)), len(self))

    def listed(self, row: int, name: str) -> list[str]:
        """Return what a column holds of the claims of one position."""
        codes = self.claims[name][self.starts[row] : self.starts[row + 1]].tolist()
        return [self.claims.texts[code].as_py() for code in codes if code >= 0]


def read_positions(rows: pa.Table, legend: Legend) -> Positions:
    """Read the answer to `CURRENT` as positions; a claim that only asks takes none."""
    statements = read_statements(rows)
    kept = np.flatnonzero(~statements["only_asks"])
    groups = group_by(*(statements[name][kept] for name in _SAME))
    leading = kept[groups.first]
    order = np.lexsort((leading, statements["event_id"][leading], statements["topic"][leading]))
    size = np.diff(groups.starts)[order]
    starts = np.append(0, np.cumsum(size))
    row = groups.rows[np.repeat(groups.starts[order] - starts[:-1], size) + np.arange(len(kept))]
    claims, first, begin = statements.take(kept[row], *_EACH), statements.take(leading[order], *_FIRST), starts[:-1]
    columns = {
        **first.arrays,
        **_spots(first, legend),
        "running": np.logical_and.reduceat(claims["running"], begin),
        "event_only": np.logical_and.reduceat(claims["event_only"], begin),
        "is_stated": np.logical_or.reduceat(claims["is_stated"], begin),
        "stated_by": np.fmin.reduceat(claims["stated_at"], begin),
        "stated_after": np.fmax.reduceat(claims["stated_after"], begin),
        "is_asked": (first["form"] == ASKED) | (first["words"] != UNKNOWN),
        "several": first["form"] == LOCATED,
    }
    columns["lower"], columns["upper"] = _bounds(first)
    columns["topic"] = np.cumsum(np.diff(first["topic"], prepend=first["topic"][:1]) != 0)
    return Positions(Columns(statements.texts, columns), claims, starts, legend)


def _bounds(first: Columns) -> tuple[Array, Array]:
    """Return the range of a figure or of a time; what is unknown of a time is open."""
    timed = any_known(first["starts"], first["stops"])
    starts, stops = (np.where(np.isnan(first[name]), end, first[name]) for name, end in _OPEN.items())
    lower, upper = np.where(timed, starts, np.nan), np.where(timed, stops, np.nan)
    counted = np.flatnonzero(first["form"] == FIGURE)
    lower[counted], upper[counted] = figure_range(*(first[name].take(counted) for name in _FIGURE))
    return lower, upper


_OPEN = {"starts": -np.inf, "stops": np.inf}


def figure_range(low: Array, best: Array, high: Array) -> tuple[Array, Array]:
    """Return the range that each stated figure leaves open; "at least 8" has no upper end."""
    every = np.array([low, best, high])
    unknown, open_ended = np.isnan(every).all(axis=0), np.isnan(best)
    lower = np.where(open_ended & np.isnan(low), -np.inf, np.fmin.reduce(every))
    upper = np.where(open_ended & np.isnan(high), np.inf, np.fmax.reduce(every))
    return np.where(unknown, np.nan, lower), np.where(unknown, np.nan, upper)


def _spots(first: Columns, legend: Legend) -> dict[str, Array]:
    """Return where each is: at the claim's own point, else where the gazetteer has its place."""
    columns = {name: first[name].copy() for name in SPOT}
    named = np.flatnonzero(np.isnan(first["latitude"]) & (first["place"] != UNKNOWN))
    codes, number = np.unique(first["place"][named], return_inverse=True)
    places = [legend.places.get(name, Spot(name)) for name in first.decode(codes).to_pylist()]
    for name, column in columns.items():
        column[named] = np.array([getattr(place, name) for place in places], float)[number]
    return columns | {"pointed": ~np.isnan(first["latitude"])}
