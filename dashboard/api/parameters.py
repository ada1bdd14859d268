"""The parameters of a request: the selection by the names of a link, the story, and the format that is wanted."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import streamlit as st
from pydantic import ValidationError
from starlette.requests import Request

import claims
from api.problem import Refused
from contested.export import formats
from contested.ingest.validation import problem_of
from contested.model.story import Story
from contested.query.selection import Selection
from contested.query.store import Store
from contested.query.unknown_names import unknown_names
from request_filter import is_local

_FIRST = ("json", "csv", "parquet")
FORMATS = {name: formats.FORMATS[name].media_type for name in dict.fromkeys((*_FIRST, *formats.FORMATS))}
"""Format → media type; of two with one media type the first is meant."""
NAMES = tuple(field.alias or name for name, field in Selection.model_fields.items())
"""The parameters that are fields of a selection."""
_SEVERAL = Selection.of_several()


class Asked(NamedTuple):
    """The story that a request asks, and which of its claims, read how."""

    ref: claims.StoryRef
    story: Story
    store: Store
    selection: Selection


def asked(request: Request, *others: str) -> Asked:
    """Read the story and the selection; raises `Refused` for what nobody knows, naming each such parameter."""
    ref = story_ref(request)
    story, store = claims.story_of(ref), claims.store_of(ref)
    given = {name: request.query_params.getlist(name) for name in request.query_params}
    _refuse([*_strangers(given, {*NAMES, "story", "frozen", "format", *others})])
    said = {name: texts if name in _SEVERAL else texts[0] for name, texts in given.items() if name in NAMES}
    try:
        selection = Selection.model_validate({"zone": story.package.zone} | store.facets().clock._asdict() | said)
    except ValidationError as error:
        problems = (problem_of(0, one, said) for one in error.errors(include_url=False))
        _refuse([_fault(str(one.column), one.value or "", one.reason, one.fix) for one in problems])
        raise
    unknown = unknown_names(story, store, selection)
    _refuse(
        [
            _fault(*one[:2], "nothing in this story has this name", f"choose from {', '.join(one.choices)}")
            for one in unknown
        ]
    )
    return Asked(ref, story, store, selection)


def wanted(request: Request, *offered: str) -> str:
    """Say which format is wanted: what `format` says, or else the first of `Accept` that is offered, or else JSON."""
    said = request.query_params.get("format")
    if said is not None:
        if said not in offered:
            _refuse([_fault("format", said, "no such format here", f"choose from {', '.join(offered)}")])
        return said
    accepted = [one.split(";")[0].strip() for one in request.headers.get("accept", "*/*").split(",")]
    for media_type in accepted:
        for name in offered:
            if media_type in {"*/*", FORMATS[name].split(";")[0], f"{FORMATS[name].split('/')[0]}/*"}:
                return name
    kinds = ", ".join(FORMATS[name].split(";")[0] for name in offered)
    raise Refused(406, f"Accept names nothing that is here; here are {kinds}")


def number(request: Request, name: str, usual: int, most: int) -> int:
    """Read a parameter that is a whole number from 0 on; raises `Refused` beyond `most`."""
    said = request.query_params.get(name, str(usual))
    if not (said.isascii() and said.isdigit() and len(said) <= len(str(most)) and int(said) <= most):
        _refuse([_fault(name, said, f"no whole number from 0 to {most:,}", "correct it")])
    return int(said)


def story_ref(request: Request) -> claims.StoryRef:
    """Find the story that a request is about: from other machines the one that is shown alone.

    It is as the newsroom sees it where the API has found the keeper's token, and else as readers do.
    """
    headers = {name.lower(): value for name, value in request.headers.items()}
    client = request.client.host if request.client else None
    is_here = is_local(st.get_option("server.address"), client, headers)
    name, frozen = request.query_params.get("story"), request.query_params.get("frozen")
    entry = claims.frozen_entry(is_here, name, frozen or "")
    run = claims.resolve(is_here, name, entry.head() if entry else None, for_newsroom=is_newsroom(request))
    if frozen is not None and entry is None:
        _refuse_other_data(run.shown, frozen)
    if name is not None and name not in run.stories:
        raise Refused(404, f"no story {name!r} is shown here; shown are {', '.join(run.stories)}")
    return run.shown


NEWSROOM = "contested.newsroom"
"""What is kept of a request with the keeper's token, by the API alone."""


def is_newsroom(request: Request) -> bool:
    """Say whether a request came with the keeper's token."""
    return request.scope.get(NEWSROOM) is True


def _refuse_other_data(shown: claims.StoryRef, frozen: str) -> None:
    """Raise `Refused` unless the data of a story in no record are those that a link is frozen at."""
    is_same = shown.head is None and frozen == claims.data_pin(shown)
    if not is_same:
        raise Refused(410, f"frozen {frozen!r}: no such entry in this record, and the data are others now")


def _strangers(given: Mapping[str, list[str]], known: set[str]) -> Iterator[dict[str, str]]:
    """Find the parameters that nobody knows, and those that are given twice and hold one value."""
    for name, texts in given.items():
        if name not in known:
            yield _fault(name, texts[0], "no such parameter", f"choose from {', '.join(sorted(known))}")
        elif name not in _SEVERAL and len(texts) > 1:
            yield _fault(name, ", ".join(texts), "given more than once", "give it once")


def _fault(parameter: str, value: str, reason: str, fix: str) -> dict[str, str]:
    return {"parameter": parameter, "value": value, "reason": reason, "fix": fix}


def _refuse(faults: list[dict[str, str]]) -> None:
    if faults:
        first = faults[0]
        detail = f"{first['parameter']} {first['value']!r}: {first['reason']}; {first['fix']}"
        raise Refused(422, detail, *faults)
