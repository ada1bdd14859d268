"""Names that a selection chooses by and that nothing in a story has."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from contested.model.story import Story
from contested.query.groups import KeptColumn, Part, by_name, is_of_start
from contested.query.resolution import Resolution
from contested.query.scenario import beliefs
from contested.query.selection import By, Selection
from contested.query.store import Store
from contested.query.voices import voices


class UnknownName(NamedTuple):
    """A value of a parameter that nothing in a story has, and what there is instead."""

    parameter: str
    value: str
    choices: tuple[str, ...]


_NAMED = ("account", "side", "place", "event")
_SOURCES = "select distinct source_id from known"


def unknown_names(story: Story, store: Store, selection: Selection) -> Iterator[UnknownName]:
    """Find the accounts, sides, places, events, sources and groups that a selection names and the story has not."""
    facets = store.facets()
    accounts, sides = ({voice.key for voice in voices(story, facets, by)} for by in (By.ACCOUNT, By.SIDE))
    known: dict[str, Collection[str]] = {
        "account": accounts,
        "side": sides,
        "place": facets.places.keys(),
        "event": [*facets.events, *filter(facets.may_have, selection.event)] if selection.event else (),
        "resolution": {*Resolution, *accounts},
        "scenario": accounts,
    }
    if selection.resolution not in known["resolution"]:
        known["resolution"] = {*known["resolution"], *store.columns(_SOURCES, Selection())["source_id"].to_pylist()}
    chosen: dict[str, Collection[str]] = {name: getattr(selection, name) for name in _NAMED}
    chosen |= {"resolution": [selection.resolution], "scenario": beliefs(selection.scenario or "").values()}
    for name, choices in known.items():
        yield from (UnknownName(name, one, tuple(sorted(choices))) for one in chosen[name] if one not in choices)
    if selection.where or selection.group:
        yield from _unknown_groups(facets.kept_columns, selection)


def _unknown_groups(kept: Mapping[str, KeptColumn], selection: Selection) -> Iterator[UnknownName]:
    """Find columns that were not kept, and values that none of them has, where all of these are listed."""
    asked, columns = by_name(selection.where), (*kept, *Part)
    named = {**dict.fromkeys(asked, "where"), **({selection.group: "group"} if selection.group else {})}
    for name, parameter in named.items():
        if name not in columns and not is_of_start(name, selection.zone):
            yield UnknownName(parameter, name, columns)
    for name, values in asked.items():
        column = kept.get(name)
        if column and column.number == len(column.events_of) and name not in list(Part):
            listed = tuple(f"{name}={one}" for one in column.events_of)
            yield from (UnknownName("where", f"{name}={one}", listed) for one in values if one not in column.events_of)
