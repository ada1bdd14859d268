"""A position: what one account says on one question; many are a table, so that all pairs are compared at once."""

from typing import NamedTuple, get_type_hints

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from contested.analysis.comparison.words import TEXT, Flags, Numbers, Reals, Words, read


class Position(NamedTuple):
    """One row of the table."""

    topic: str
    """What makes two positions answers to the same question."""
    event_id: str | None
    """Unknown where the question is of no one event."""
    question: str
    account: str
    """Whose position it is: an account's, or a side's."""
    voice: str
    """The account whose words it is, by whichever the viewer goes."""
    said: str
    """The value in words."""
    stance: str
    lower: float | None
    """The value as a range, of numbers or of epoch seconds, infinite where it is open; None if it is neither."""
    upper: float | None
    claim_ids: list[str]
    """Every claim that says so, the one that is nearest to the account's own words first; numbered in their order."""
    repeats: list[str]
    """The claims that it goes back to, its own among them."""
    sources: list[str]
    documents: list[str | None]
    """The sources of those claims that name neither a speaker nor a chain: what else they go back to is not known."""
    tellers: list[str]
    """Whose words each claim passes on: its speaker, else the last in its chain, else its voice."""
    sides: list[str | None]
    speakers: list[str | None]
    """Who said it, by role."""
    part_of: list[str]
    via: str | None = None
    milestone: str | None = None
    responder: str | None = None
    """Who came, where several may have come."""
    is_stated: bool = False
    """Whether a claim names whose words it passes on."""
    posed: bool = True
    """Whether a claim asks in words; else only structure does."""
    certain: bool = True
    """Whether it is sure to be about this event."""
    running: bool = False
    """Whether the figure is a total that grows."""
    alone: bool = False
    """Whether the figure is of this event alone."""
    several: bool = False
    """Whether an account may mean several values at once."""
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float | None = None
    stated_by: float | None = None
    """When the first of its claims was said at the latest."""
    first: str | None = None
    stated_after: float | None = None
    """When the last of its claims was said at the earliest."""
    last: str | None = None
    when: str = ""
    """When it was said, in words."""

    def origins(self) -> frozenset[str]:
        """Name what it goes back to: claims, documents, speakers, sides."""
        every = ((word, one) for name, word in ORIGINS.items() for one in getattr(self, name))
        return frozenset(f"{word} {one}" for word, one in every if one is not None)


ORIGINS = {"repeats": "claim", "documents": "document", "tellers": "teller", "sides": "side"}
"""What two positions may share that are not independent of each other, and what each is called."""
_TYPES = {
    str: TEXT,
    str | None: TEXT,
    float | None: pa.float64(),
    bool: pa.bool_(),
    list[str]: pa.list_(TEXT),
    list[str | None]: pa.list_(TEXT),
}
POSITION = pa.schema([(name, _TYPES[hint]) for name, hint in get_type_hints(Position).items()])


def flags(told: pa.RecordBatch, name: str) -> Flags:
    """Read a column of yes and no."""
    found: Flags = told[name].to_numpy(zero_copy_only=False)
    return found


def reals(told: pa.RecordBatch, name: str) -> Reals:
    """Read a column of numbers, not a number where unknown."""
    found: Reals = told[name].to_numpy(zero_copy_only=False)
    return found


def known(told: pa.RecordBatch, name: str) -> Flags:
    """Say where a column holds something."""
    found: Flags = told[name].is_valid().to_numpy(zero_copy_only=False)
    return found


def words(told: pa.RecordBatch, name: str) -> Words:
    """Read a column of texts, of lists all that they hold."""
    column = told[name]
    return read(column.values if pa.types.is_list(column.type) else column)


def denials(told: pa.RecordBatch) -> Flags:
    """Say which positions deny."""
    return words(told, "stance").among(("denies",))


def nearest(told: pa.RecordBatch, rows: Numbers) -> Numbers:
    """Give the place, among the claims of all positions, of the one that is nearest to the account's own words."""
    found: Numbers = told["claim_ids"].offsets.to_numpy()[rows]
    return found


def places(told: pa.RecordBatch, name: str) -> Numbers:
    """Give the place of the claim that a column names, among the claims of all positions; -1 where it names none."""
    named = words(told, name)
    if not named.known().any():
        return np.full(len(told), -1)
    found: Numbers = pc.index_in(named.written(), words(told, "claim_ids").written()).fill_null(-1).to_numpy()
    return found


def each(told: pa.RecordBatch) -> list[Position]:
    """Read the rows of a table of positions."""
    return [Position(**row) for row in told.to_pylist()]
