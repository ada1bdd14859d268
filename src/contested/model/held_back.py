"""Held back: claims that stay in the newsroom, because they are sensitive or under embargo, and a story without them.

It is decided at each reading, by what a claim says at last: an embargo ends by itself. An earlier version that was held
back itself stays so. What only such claims name (a source, an account, an event, a place) stays with them, and no other
claim names them.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from contested.model.arrow_schema import from_arrow
from contested.model.claim import Claim
from contested.model.corrections import Change, changed
from contested.model.problem import HELD_BACK
from contested.model.story import Package, Story
from contested.model.times import utc

HOLDING = ("sensitive", "embargo_until")
_NAMED = {"account": "accounts", "source_id": "sources", "event_id": "events", "place": "places"}
"""The field of a claim → the table whose entries it names."""
COLUMNS = ("claim_id", *HOLDING, *_NAMED)
"""What is read of a version to know whether it is held back, and what it names."""
_RELATIONS = ("supersedes", "corrects", "part_of", "same_origin")


class Mark(NamedTuple):
    """What one version of a claim says of whether it is held back."""

    claim_id: str
    is_sensitive: bool
    until: datetime | None
    """The end of its embargo, in UTC without saying so."""
    names: tuple[str | None, ...]
    """What it names: its account, source, event and place."""

    def holds(self, moment: datetime) -> bool:
        """Say whether it keeps the version in the newsroom at a moment."""
        return self.is_sensitive or (self.until is not None and moment < self.until)


def marks(versions: pa.Table, before: Collection[str] = ()) -> list[Mark]:
    """List, oldest first, the versions that say anything, and the later ones of their claims, also of those before."""
    said = pc.or_(pc.is_valid(versions["sensitive"]), pc.is_valid(versions["embargo_until"]))
    ids = pc.unique(versions["claim_id"].filter(said)).to_pylist()
    told = versions.select(COLUMNS).filter(pc.is_in(versions["claim_id"], pa.array({*ids, *before}, pa.string())))
    return [
        Mark(row["claim_id"], row["sensitive"] is not None, row["embargo_until"], tuple(row[name] for name in _NAMED))
        for row in told.to_pylist()
    ]


def held(told: Collection[Mark], moment: datetime) -> frozenset[str]:
    """Name the claims whose last version is held back at a moment."""
    last, moment = {one.claim_id: one for one in told}, utc(moment)
    return frozenset(claim_id for claim_id, one in last.items() if one.holds(moment))


def last_lifted(told: Collection[Mark], now: datetime) -> datetime:
    """Give the last moment by which an embargo had ended: since then the same claims are held back."""
    ended = [one.until.replace(tzinfo=UTC) for one in told if one.until is not None and one.until <= utc(now)]
    return max(ended, default=datetime.min.replace(tzinfo=UTC))


def next_lifted(told: Collection[Mark], now: datetime) -> datetime | None:
    """Give the next moment at which an embargo ends."""
    return min((one.until.replace(tzinfo=UTC) for one in told if one.until and one.until > utc(now)), default=None)


def shown(story: Story, told: Collection[Mark], moment: datetime) -> Story:
    """Give a story as its readers may see it at a moment, by all marks of its claims, also of what was added since."""
    hidden = held(told, moment)
    leaves = leaving(story.claims, hidden, moment)
    left, kept = _without(story.claims.filter(leaves), hidden), story.claims.filter(pc.invert(leaves))
    named = {name for one in told if one.claim_id in hidden or one.holds(utc(moment)) for name in enumerate(one.names)}
    tables: dict[str, Any] = {
        table: _without_unnamed(
            getattr(story, table),
            {*pc.unique(kept[field]).to_pylist(), *(name for of, name in named if of == number)},
            {*pc.unique(left[field]).to_pylist()},
        )
        for number, (field, table) in enumerate(_NAMED.items())
    }
    return replace(
        story,
        claims=left,
        package=story.package.model_copy(update={"steps": _steps(story.package, hidden)}),
        problems=tuple(one for one in story.problems if one[1].code != HELD_BACK),
        changes=_changes(story, left, hidden.union(kept["claim_id"].to_pylist())),
        **tables,
    )


def leaving(claims: pa.Table, hidden: frozenset[str], moment: datetime) -> pa.ChunkedArray:
    """Say of each version whether it may leave the newsroom; what is anything but plainly so stays."""
    lasts = pc.fill_null(
        pc.greater(claims["embargo_until"], pa.scalar(utc(moment), pa.timestamp("us"))), fill_value=False
    )
    is_hidden = pc.is_in(claims["claim_id"], pa.array(sorted(hidden), pa.string()))
    return pc.invert(pc.or_(pc.or_(pc.is_valid(claims["sensitive"]), lasts), is_hidden))


def _without(claims: pa.Table, hidden: frozenset[str]) -> pa.Table:
    """Take the names of hidden claims out of those that replace, correct or repeat them."""
    for name in _RELATIONS if hidden else ():
        lists = claims[name].to_pylist()
        if any(hidden & {*(named or ())} for named in lists):
            left = [[one for one in named or () if one not in hidden] for named in lists]
            claims = claims.set_column(claims.column_names.index(name), name, pa.array(left, claims[name].type))
    return claims


def _without_unnamed(table: Mapping[str, Any], hidden: set[str | None], left: set[str | None]) -> dict[str, Any]:
    gone = hidden - left
    wholes = {whole for key, row in table.items() if key not in gone for whole in getattr(row, "part_of", ())}
    return {key: row for key, row in table.items() if key not in gone - wholes}


def _steps(package: Package, hidden: frozenset[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    left = {
        event: {step: tuple(one for one in ids if one not in hidden) for step, ids in steps.items()}
        for event, steps in package.steps.items()
    }
    return {
        event: {step: ids for step, ids in steps.items() if ids} for event, steps in left.items() if any(steps.values())
    }


def _changes(story: Story, left: pa.Table, touched: frozenset[str]) -> dict[str, tuple[Change, ...]]:
    """Tell each claim's changes from one version that readers see to the next, and not that it was held back."""
    again = {
        claim_id
        for claim_id, changes in story.changes.items()
        if claim_id in touched or any(_tells(change, touched) for change in changes)
    }
    versions: dict[str, list[Claim]] = {}
    for one in from_arrow(left.filter(pc.is_in(left["claim_id"], pa.array(sorted(again), pa.string())))):
        versions.setdefault(one.claim_id, []).append(one)
    told = {key: changes for key, changes in story.changes.items() if key not in again}
    retold = {key: tuple(_retold(story.changes[key], versions.get(key, []))) for key in again}
    return told | {key: changes for key, changes in retold.items() if changes}


def _tells(change: Change, hidden: frozenset[str]) -> bool:
    named = {one for name in _RELATIONS for one in getattr(change.before, name)}
    return bool({*change.fields} & {*HOLDING} or named & hidden)


def _retold(changes: tuple[Change, ...], versions: list[Claim]) -> Iterator[Change]:
    made = {change.recorded_at: change for change in changes}
    for before, after in pairwise(versions):
        fields = tuple(name for name in changed(before, after) if name not in HOLDING)
        if fields and after.recorded_at in made:
            yield made[after.recorded_at]._replace(before=before, fields=fields)
