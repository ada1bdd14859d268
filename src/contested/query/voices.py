"""The voices of a story, in its order, and the names of all else that it names."""

from contested.model.event_parts import wholes
from contested.model.story import Story
from contested.query.facets import Facets
from contested.query.legend import Legend, Spot, Voice
from contested.query.selection import NO_SIDE, By, Selection
from contested.query.store import Summary


def legend_of(story: Story, selection: Selection, shown: tuple[Voice, ...], about: Summary | None = None) -> Legend:
    """Name what a story names: the voices shown, its events and its places."""
    events = {event_id: event.label for event_id, event in story.events.items()}
    places = {key: Spot(one.label, one.latitude, one.longitude, one.radius_km) for key, one in story.places.items()}
    hidden = (about.hidden, about.hidden_claims, about.undated) if about else (0, 0, 0)
    named = {key: account.label for key, account in story.accounts.items()}
    return Legend(
        shown, selection, *hidden, events, places, wholes(story.parts()), accounts=named, sides=story.package.sides
    )


def voices(story: Story, facets: Facets, by: By) -> tuple[Voice, ...]:
    """List the accounts or sides in the order of the story, then those that only claims name."""
    if by is By.SIDE:
        listed = [side for side in story.package.sides if side in facets.sides]
        keys, labels = dict.fromkeys([*listed, *facets.sides]), {NO_SIDE: "Those of no side"} | story.package.sides
        return tuple(Voice(key, labels.get(key, key), index) for index, key in enumerate(keys))
    keys = dict.fromkeys([*story.accounts, *facets.accounts])
    groups = {key: account.group for key, account in story.accounts.items() if account.group}
    places = list(dict.fromkeys(groups.get(key, key) for key in keys))
    members = {group: [key for key in keys if groups.get(key) == group] for group in groups.values()}
    return tuple(_voice(story, key, groups.get(key, ""), places, members) for key in keys)


def _voice(story: Story, key: str, group: str, places: list[str], members: dict[str, list[str]]) -> Voice:
    label = story.accounts[key].label if key in story.accounts else key
    if not group:
        return Voice(key, label, places.index(key))
    return Voice(key, label, places.index(group), members[group].index(key), group)
