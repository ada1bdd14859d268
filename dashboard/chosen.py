"""What the viewer chose, read from the link alone, so that no view waits for a widget to be drawn."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import streamlit as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from contested.ingest.characters import printable, shown
from contested.ingest.validation import problem_of
from contested.model.story import Story
from contested.model.times import Instant, at_zone, day_and_hour, zone_name
from contested.model.wording import listing
from contested.query import groups
from contested.query.facets import Facets
from contested.query.resolution import Resolution
from contested.query.scenario import beliefs, is_scenario
from contested.query.selection import NOBODY, By, Selection
from contested.query.voices import voices

MOMENTS = ("from", "to", "as_known_at", "compared_with")
_MOMENT = TypeAdapter(Instant)
_FIELDS = {field.alias or name: name for name, field in Selection.model_fields.items()}
"""The name of each parameter, and of the field of a selection that it is."""
_MANY = {name: f"all {name}s" for name in Selection.of_several()} | {
    "where": "every group",
    "target_minutes": "no target",
}
"""The parameters that hold several names, and what is shown where they hold none."""
_OPEN = {
    "from": "no beginning",
    "to": "no end",
    "as_known_at": "what is known by now",
    "compared_with": "the usual moment",
    "scenario": "no scenario",
    "group": "no groups",
    "open_groups": "every group closed",
}
"""What is shown where a parameter holds nothing."""
Asked = Mapping[str, Any]


class PassedOver(NamedTuple):
    """A part of the link that cannot be followed: the parameter, what it says, why not, and what is shown instead."""

    name: str
    said: str
    reason: str
    instead: str = ""

    def __str__(self) -> str:
        return f"{self.name} “{shown(printable(self.said))}”: {self.reason}. Shown instead: {self.instead}."


class Chosen(NamedTuple):
    """The selection that a link makes, and the parts of it that cannot be followed."""

    selection: Selection
    passed_over: tuple[PassedOver, ...] = ()


def chosen(story: Story, facets: Facets) -> Chosen:
    """Read the selection; what the link asks for and nobody can follow is passed over, and named."""
    asked = dict(_asked())
    moments, unread = _moments(asked, _zone(asked.get("zone"), story.package.zone))
    wrong = [*_repeated(), *unread, *_unknown(asked, story, facets)]
    usual = {"zone": story.package.zone} | facets.clock._asdict()
    kept = _without(asked, wrong) | moments
    try:
        selection = Selection.model_validate(usual | kept)
    except ValidationError as refused:
        wrong += [_refused(error, kept) for error in refused.errors() if error["loc"]]
        selection = Selection.model_validate(usual | _without(kept, wrong))
    return Chosen(selection, tuple(one._replace(instead=_instead(one.name, selection)) for one in wrong))


def _asked() -> Iterator[tuple[str, Any]]:
    """Go through the parameters of the link that are fields of a selection; of several values of one, the last."""
    for key in _FIELDS:
        if said := st.query_params.get_all(key):
            yield key, said if key in _MANY else said[-1]


def _repeated() -> Iterator[PassedOver]:
    """Name the values of parameters that hold one value and are given several."""
    for key in _FIELDS.keys() - _MANY.keys():
        *others, last = st.query_params.get_all(key) or [""]
        for said in dict.fromkeys(others):
            if said != last:
                yield PassedOver(key, said, "given more than once, of which the last holds")


def _zone(asked: str | None, usual: str) -> str:
    """Give the zone on whose clocks a moment without an offset is read."""
    try:
        return zone_name(asked) if asked else usual
    except PydanticCustomError:
        return usual


def _moments(asked: Asked, zone: str) -> tuple[dict[str, datetime], list[PassedOver]]:
    """Read the moments, and name those that cannot be read."""
    read, wrong = {}, []
    for key in [key for key in MOMENTS if key in asked]:
        try:
            read[key] = _instant(asked[key], zone)
        except (ValueError, OverflowError) as error:
            wrong.append(PassedOver(key, asked[key], _reason(error)))
    return read, wrong


def _instant(text: str, zone: str) -> datetime:
    """Read a moment; one without an offset is on the clocks of the viewer's zone, if they showed it exactly once."""
    read = datetime.fromisoformat(text)
    read = read if read.tzinfo else at_zone(read, zone)
    _MOMENT.validate_python(read.astimezone(UTC).isoformat())
    return read


def _reason(error: Exception) -> str:
    """Say why a moment cannot be read."""
    match error:
        case PydanticCustomError():
            return f"{error.message()}; {(error.context or {}).get('fix')}"
        case ValidationError():
            return error.errors()[0]["msg"]
        case OverflowError():
            return "beyond the calendar"
    return "no moment; write it like 2020-02-07T17:00+06:00"


def _unknown(asked: Asked, story: Story, facets: Facets) -> Iterator[PassedOver]:
    """Name what the link calls by names that nobody here has."""
    names = _known(story, facets)
    for key, known in names.items():
        for one in asked.get(key, ()) if key in _MANY else [asked[key]] if key in asked else ():
            if one not in known:
                yield PassedOver(key, one, "nothing here has this name")
    yield from _unknown_groups(asked, facets, _zone(asked.get("zone"), story.package.zone))
    if strangers := sorted(set(_believed(asked)).difference(names["account"])):
        yield PassedOver("scenario", asked["scenario"], f"no account here is called {listing(strangers)}")


def _unknown_groups(asked: Asked, facets: Facets, zone: str) -> Iterator[PassedOver]:
    """Name the columns that were not kept, and the values that none of them has."""
    for said in asked.get("where", ()):
        name, value = groups.split(said)
        column = facets.kept_columns.get(name)
        if column and column.number == len(column.events_of) and value not in column.events_of:
            yield PassedOver("where", said, f"no {name} is called so")
        elif column is None and value and not _is_of_start(name, zone):
            yield PassedOver("where", said, "no column of this name was kept")
    name = asked.get("group", "")
    if name and name not in facets.kept_columns and not _is_of_start(name, zone):
        yield PassedOver("group", name, "no column of this name was kept")


def _is_of_start(name: str, zone: str) -> bool:
    """Say whether a name is a part of the calendar or a moment, also one that cannot be read and is refused as such."""
    try:
        return groups.is_of_start(name, zone)
    except PydanticCustomError:
        return True


def _believed(asked: Asked) -> Iterable[str]:
    scenario = asked.get("scenario", "")
    return beliefs(scenario).values() if is_scenario(scenario) else ()


def _known(story: Story, facets: Facets) -> dict[str, Collection[str]]:
    accounts = {voice.key for voice in voices(story, facets, By.ACCOUNT)}
    return {
        "account": {*accounts, NOBODY},
        "side": facets.sides,
        "kind": facets.kinds,
        "place": facets.places,
        "event": [*facets.events, *filter(facets.may_have, st.query_params.get_all("event"))],
        "resolution": {*Resolution, *accounts, *story.sources},
        "known_by": facets.clocks,
        "open_groups": {account.group for account in story.accounts.values() if account.group},
    }


def _without(asked: Asked, wrong: Iterable[PassedOver]) -> dict[str, Any]:
    """Leave out what is wrong."""
    out = {(one.name, one.said) for one in wrong}
    return {
        key: [one for one in said if (key, one) not in out] if key in _MANY else said
        for key, said in asked.items()
        if key in _MANY or (key, str(said)) not in out
    }


def _refused(error: ErrorDetails, asked: Asked) -> PassedOver:
    key, *place = error["loc"]
    problem = problem_of(0, error, asked)
    said = asked[str(key)][place[0]] if place and str(key) in _MANY else asked[str(key)]
    return PassedOver(str(key), str(said), f"{problem.reason}; {problem.fix}")


def _instead(name: str, selection: Selection) -> str:
    """Say what is shown instead of what was asked for."""
    match getattr(selection, _FIELDS[name]):
        case bool() as on:
            return "on" if on else "off"
        case datetime() as moment:
            return day_and_hour(moment.astimezone(ZoneInfo(selection.zone)))
        case () | None:
            return (_MANY | _OPEN).get(name, "nothing is left out")
        case tuple() as names:
            return listing(map(str, names))
        case value:
            return str(value)
