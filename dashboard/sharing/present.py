"""`/present`: a deck, or the story as a link filters it, as slides on a light page; it goes on when the server is gone.

The slides stay as of the entry at which the deck was frozen, or at which the page was opened. A link to a deck that
is frozen at a moment shows the slides that it then had, as of what the record then held. Twice a second it asks
whether what a slide shows was corrected since, by the hash of just that, and changes only when the presenter says so.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import streamlit as st
from pydantic import ValidationError
from pydantic_core import PydanticCustomError
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

import claims
from api import parameters
from api.problem import Refused
from api.turns import in_turn
from contested.answers import Answer
from contested.charts import CHARTS
from contested.drawing import html
from contested.export import light_page, story_file, talk
from contested.export.font import font
from contested.export.formats import FORMATS, Format
from contested.export.readable import READABLE, Readable
from contested.model.problem import ContestedError
from contested.model.times import day_and_hour, instant
from contested.query.selection import Selection
from contested.record.decks import MOST_SLIDES, SILENCE, Deck, Planned
from contested.record.entry import Head
from contested.record.frozen import entry_of
from request_filter import is_local
from sharing import deck_shelf, frozen
from sharing.link import FROZEN

PATH = "/present"
_OWN = ("deck", "since", "slide", "number", "notes", "form", "record")
_HERE = 12
"""How many letters of a hash name an entry."""


class Plan(NamedTuple):
    """What is shown: the story at an entry of its record, and the slides as they are planned."""

    title: str
    ref: claims.StoryRef
    slides: tuple[tuple[Planned, Selection], ...]
    is_deck: bool


def _shown(request: Request) -> Response:
    """Show the slides."""
    plan, asked = _plan(request, _since(request)), _query(request)
    head = plan.ref.head
    watch = None
    if head is not None:
        moment = datetime.fromisoformat(_recorded(head)).astimezone(_zone(plan)) if head.seq else None
        begun = f"{moment:%H:%M}" if moment else "the beginning"
        since = urlencode([*asked, ("since", f"{head.seq}-{head.hash[:_HERE]}")])
        watch = talk.Watch(f".{PATH}/state?{since}", begun)
    slides = _slides(plan, with_notes=_is_here(request))
    made = talk.page(plan.title, claims.story_of(plan.ref), slides, is_deck=True, font=font(), watch=watch)
    return _page(made)


def _state(request: Request) -> Response:
    """Say of each slide, or of the one that is asked, what its data are now and what has changed since."""
    then, now = _plan(request, _since(request)), _plan(request, None).ref
    wanted = request.query_params.get("slide")
    query = urlencode([*_query(request), ("since", request.query_params.get("since", ""))])
    told = {
        key: {"hash": now_hash, "words": words, "url": f".{PATH}/slide?{query}&slide={key}"}
        for key, now_hash, words in _changed(then, now, wanted)
    }
    return JSONResponse({"slides": told}, headers={"Cache-Control": "no-store"})


def _slide(request: Request) -> Response:
    """Show one slide as it now is."""
    now = _plan(request, _since(request))._replace(ref=_plan(request, None).ref)
    number = parameters.number(request, "number", 1, MOST_SLIDES)
    wanted = request.query_params.get("slide", "")
    shown = enumerate(_slides(now, with_notes=_is_here(request)), start=1)
    slides = {place: one for place, one in shown if one.answer and talk.key(one.answer) == wanted}
    if not slides:
        raise Refused(404, "this slide is not in the deck any more")
    slide = slides.get(number) or next(iter(slides.values()))
    return HTMLResponse(talk.section(slide, number), headers={"Cache-Control": "no-store"})


def _file(request: Request) -> Response:
    """Give the slides as one file, or one of them in any format; with notes only if that is asked."""
    form = request.query_params.get("form", "html")
    plan, number = _plan(request, _since(request)), parameters.number(request, "slide", 0, MOST_SLIDES)
    plan = plan._replace(slides=plan.slides[number - 1 : number]) if number else plan
    slides = _slides(plan, with_notes=_is_here(request) and request.query_params.get("notes") == "1")
    if number and form in FORMATS:
        answers = [one.answer for one in slides if one.answer]
        if not answers:
            raise Refused(404, f"slide {number} holds no chart")
        return _attached(request, FORMATS[form].of_answer(answers[0]), FORMATS[form])
    if form not in READABLE:
        more = f", or of one slide {', '.join(FORMATS)}"
        raise Refused(422, f"no form {form!r}; choose from {', '.join(READABLE)}{more}")
    story, kind = claims.story_of(plan.ref), READABLE[form]
    if form == "html":
        written = talk.page(plan.title, story, slides, is_deck=plan.is_deck, font=font()).html.encode()
    else:
        written = kind.write(plan.title, story, slides)
    return _attached(request, written, kind)


def _attached(request: Request, written: bytes, kind: Readable | Format) -> Response:
    """Send a file under the name of its deck."""
    place = f"-{number}" if (number := request.query_params.get("slide", "")).isdecimal() else ""
    name = f"{request.query_params.get('deck', 'story')}{place}.{kind.suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(written, media_type=kind.media_type, headers=headers)


def _plan(request: Request, since: Head | None) -> Plan:
    """Read what is asked: a deck by its name, or the story as the other parameters filter it."""
    name = request.query_params.get("deck")
    if name is None:
        found = parameters.asked(request, *_OWN)
        ref = claims.for_readers(found.ref._replace(head=since or found.ref.head)) if found.ref.head else found.ref
        keys = story_file.charts(claims.story_of(ref), claims.store_of(ref))
        planned = [Planned(chart=key) for key in (*keys, SILENCE)]
        return Plan(found.story.package.title, ref, tuple((one, found.selection) for one in planned), is_deck=False)
    deck = _deck(request, name)
    run = claims.resolve(_is_here(request), deck.story, since)
    if run.shown.name != deck.story:
        raise Refused(404, "the story of this deck is not shown here")
    usual = {"zone": claims.story_of(run.shown).package.zone}
    slides = tuple((one, _selection(usual | one.selection)) for one in deck.slides)
    moment = _moment(request)
    then = f", as shown {day_and_hour(moment.astimezone(ZoneInfo(usual['zone'])))}" if moment else ""
    return Plan(f"{deck.title}{then}", run.shown, slides, is_deck=True)


def _deck(request: Request, name: str) -> Deck:
    """Read a deck, as it is or as it was at the moment at which the link is frozen."""
    decks = deck_shelf.shelf()
    if decks is None:
        raise Refused(404, "no decks are kept here")
    moment = _moment(request)
    return decks.as_of(name, moment) if moment else decks.read(name)


def _moment(request: Request) -> datetime | None:
    """Read the moment at which a link to a deck is frozen; a plus sign that was typed arrives as a space."""
    try:
        moment = instant(request.query_params.get(FROZEN, "").replace(" ", "+"))
    except PydanticCustomError:
        raise Refused(422, "a deck is shown as of a moment with its offset, such as 2026-11-30T18:05+05:00") from None
    return moment if isinstance(moment, datetime) else None


def _selection(chosen: dict[str, object]) -> Selection:
    try:
        return Selection.model_validate(chosen)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        raise Refused(422, f"a slide cannot be shown: {'.'.join(map(str, fault['loc']))}, {fault['msg']}") from None


def _since(request: Request) -> Head | None:
    """Find the entry that the slides stay at: that of the address, else of the deck, else of the moment of the link."""
    kept, name = claims.record(), request.query_params.get("deck")
    deck = _deck(request, name) if name else None
    moment = _moment(request) if deck else None
    said = request.query_params.get("since") or (deck.frozen if deck else "") or (moment.isoformat() if moment else "")
    if not said or kept is None:
        return None
    entry = entry_of(kept, said)
    if entry is None:
        raise Refused(404, f"the record holds no entry {said}; freeze the deck anew")
    return Head(entry.seq, entry.hash)


def _slides(plan: Plan, *, with_notes: bool) -> list[talk.Slide]:
    """Answer what is planned; where no deck names the charts, those that nothing answers are left out."""
    made = []
    for planned, selection in plan.slides:
        slide = story_file.silence(claims.story_of(plan.ref))
        if planned.chart != SILENCE:
            slide = talk.Slide(_answer(plan.ref, planned, selection).remarked(planned.remarks))
        notes = planned.notes if with_notes else ""
        if plan.is_deck or slide.lines or (slide.answer and len(slide.answer.rows)):
            made.append(slide._replace(title=planned.title, notes=notes, is_warned=planned.is_warned))
    return made


def _answer(ref: claims.StoryRef, planned: Planned, selection: Selection) -> Answer:
    if planned.chart not in {chart.key for chart in CHARTS}:
        raise Refused(404, f"a slide names a chart {planned.chart!r}, which is not here")
    return claims.ask_of(ref, planned.chart, selection)


def _changed(then: Plan, now: claims.StoryRef, wanted: str | None) -> Iterator[tuple[str, str, str]]:
    """Give the key of each slide that is wanted, the hash of its data as they now are, and what was changed."""
    for slide in _slides(then, with_notes=False):
        name = talk.key(slide.answer) if slide.answer else ""
        if slide.answer and wanted in {None, name}:
            yield name, *_told(now, then.ref, slide.answer.chart.key, slide.answer.legend.selection)


@lru_cache(maxsize=256)
def _told(now: claims.StoryRef, then: claims.StoryRef, key: str, selection: Selection) -> tuple[str, str]:
    """Hash what a chart now shows, and say what was changed in it, as a frozen link says it."""
    answer = claims.ask_of(now, key, selection)
    if then.head is None or now.head is None or then.head == now.head:
        return talk.shown_hash(answer), _LIFTED
    newest = datetime.fromisoformat(_recorded(now.head))
    last = max((one.recorded_at for _, one in answer.corrections), default=newest)
    hour = f"{last.astimezone(ZoneInfo(selection.zone)):%H:%M}"
    return talk.shown_hash(answer), f"{hour} · {frozen.told(frozen.since(then, now, selection, key))}."


_LIFTED = "More is told now."
"""Said where a chart is another one though nothing was recorded: an embargo has ended."""


def _recorded(head: Head) -> str:
    kept = claims.record()
    if kept is None:
        raise Refused(404, "the record is gone")
    return kept.entry(head.seq).recorded_at


def _zone(plan: Plan) -> ZoneInfo:
    return ZoneInfo(claims.story_of(plan.ref).package.zone)


def _query(request: Request) -> list[tuple[str, str]]:
    return [
        (name, value) for name, value in request.query_params.multi_items() if name not in {"since", "slide", "number"}
    ]


def _is_here(request: Request) -> bool:
    """Say whether the browser is on this machine: only there are notes shown."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    return is_local(st.get_option("server.address"), request.client.host if request.client else None, headers)


def _page(made: light_page.Page, status: int = 200) -> Response:
    policy = f"{made.policy}; frame-ancestors 'none'"
    return HTMLResponse(made.html, status, headers={"Content-Security-Policy": policy, "Cache-Control": "no-store"})


async def answer(request: Request) -> Response:
    """Answer in a request's turn; a refusal is a page that says why."""
    try:
        return await in_turn(_ANSWERS[request.scope["path"].rpartition("/")[2]])(request)
    except (Refused, ContestedError) as error:
        status = int(error.status) if isinstance(error, Refused) else 404
        body = f'<main style="padding:32px"><h1>This talk cannot be shown</h1><p>{html(error)}</p></main>'
        return _page(light_page.page("This talk cannot be shown", body, font=font()), status)


_ANSWERS: dict[str, Callable[[Request], Response]] = {
    "present": _shown,
    "state": _state,
    "slide": _slide,
    "file": _file,
}
"""The last part of an address → what answers there."""
