"""The evidence: the claims that hold certain words, each with its speaker, time, figure, source and relations in words.

Case and accents do not matter, every word must occur, and what the claim names (its account, source, event and place)
is searched by its label too.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pandas as pd

from contested.attribution import number, statement
from contested.chart import each
from contested.claim import Claim
from contested.legend import Legend
from contested.moment import between
from contested.selection import Selection
from contested.side_tables import Source
from contested.store import Store
from contested.story import Story
from contested.vocabulary import Scope

FOUND = """
with label as (select unnest($keys::varchar[]) as key, unnest($labels::varchar[]) as text)
, told as (
    select claim_id, standing, stated_at, strip_accents(lower(concat_ws(' ',
        claim_id, voice, side, event_id, kind, subkind, source_id, locator, quote_locator, summary, label, speaker, via,
        stance, time_words, place, measure, low, best, high, unit, figure_words, definition, victims, question, answer,
        its_account.text, its_source.text, its_event.text, its_place.text))) as said
    from selected
    left join label as its_account on its_account.key = 'account ' || voice
    left join label as its_source on its_source.key = 'source ' || source_id
    left join label as its_event on its_event.key = 'event ' || event_id
    left join label as its_place on its_place.key = 'place ' || place)
select claim_id, standing from told
where len(list_filter($words::varchar[], lambda word: not contains(said, strip_accents(lower(word))))) = 0
order by stated_at, claim_id
"""

RELATIONS = {
    "supersedes": ("Replaces", "Replaced by"),
    "corrects": ("Corrects", "Corrected by"),
    "part_of": ("Part of", "Has as a part"),
    "same_origin": ("Repeats", "Repeated by"),
}
"""How each relation between claims is said, from the one and from the other."""

_UNKNOWN = "at an unknown time"
_UNFIT = re.compile(r"[\s\x00-\x1f<>\"'\\`]")

LINKS = f"""
with link as ({
    " union all ".join(
        f"select claim_id as one, '{there}' as there, '{back}' as back, unnest({name}) as other from known"
        for name, (there, back) in RELATIONS.items()
    )
})
, kept as (select link.* from link semi join known on other = known.claim_id)
select one as claim_id, there as words, other from kept where list_contains($ids::varchar[], one)
union all
select other, back, one from kept where list_contains($ids::varchar[], other)
order by claim_id, words, other
"""
"""Both directions of every relation, among the claims that were known."""


def search(store: Store, story: Story, selection: Selection, text: str) -> pd.DataFrame:
    """Find the claims in which every word of a text occurs: their ids, and whether they still stand."""
    labels = dict(_labels(story))
    return store.ask(FOUND, selection, words=text.split(), keys=list(labels), labels=list(labels.values()))


def _labels(story: Story) -> Iterator[tuple[str, str]]:
    yield from ((f"account {key}", account.label) for key, account in story.accounts.items())
    yield from ((f"event {key}", event.label) for key, event in story.events.items())
    yield from ((f"place {key}", place.label) for key, place in story.places.items())
    yield from ((f"source {key}", f"{one.publisher} {one.title} {one.url or ''}") for key, one in story.sources.items())


def links(store: Store, selection: Selection, ids: list[str]) -> dict[str, dict[str, list[str]]]:
    """Find what each claim replaces, corrects, is part of and repeats, and what does so to it."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in each(store.ask(LINKS, selection, ids=ids)):
        found.setdefault(row.claim_id, {}).setdefault(row.words, []).append(row.other)
    return found


_MOMENTS = (*("began_earliest", "began_latest", "ended_earliest", "ended_latest"), "stated_earliest", "stated_at")


def details(claim: Claim, source: Source | None, legend: Legend, standing: str = "standing") -> dict[str, str]:
    """Say all that a claim states, under the question that each part answers; what it leaves open is left out."""
    zone = ZoneInfo(legend.selection.zone)
    document = f"{source.publisher}, “{source.title}”" if source else claim.source_id
    place = legend.places.get(claim.place or "")
    told = {
        "Who": f"{legend.label(claim.account)} ({claim.stance}), {claim.speaker or 'speaker not named'}",
        "Passed on": " > ".join(claim.hearsay()),
        "When": _time(claim, zone),
        "Figure": _figure(claim),
        "Where": place.label if place else claim.place or "",
        "Answers": f"{claim.question} {claim.answer or ''}".strip() if claim.question else "",
        "Said": _between(claim.stated_earliest, claim.stated_at, zone) or _UNKNOWN,
        "Times in": zone.key if any(getattr(claim, name) for name in _MOMENTS) else "",
        "Source": f"{document}, {located(claim)}",
        "Standing": "" if standing == "standing" else _standing(claim, standing, zone),
        "Why": claim.reason or "" if standing == "withdrawn" or claim.corrects or claim.supersedes else "",
        "Claim": f"{claim.claim_id}, {legend.event(claim.event_id)}",
    }
    return {question: words for question, words in told.items() if words}


def corrected(claim: Claim, story: Story, zone: ZoneInfo) -> list[str]:
    """Say what was changed in a claim since it was recorded, by whom, when and why."""
    return [change.sentence(zone) for change in story.changes.get(claim.claim_id, ())]


def located(claim: Claim) -> str:
    """Say where in its source a claim stands."""
    return ", ".join(filter(None, (claim.locator, claim.quote_locator))) or "no locator"


def _standing(claim: Claim, standing: str, zone: ZoneInfo) -> str:
    withdrawn_at = claim.withdrawn_at if standing == "withdrawn" else None
    return f"{standing} {when}" if (when := _between(None, withdrawn_at, zone)) else standing


def _figure(claim: Claim) -> str:
    if claim.measure is None:
        return ""
    scope = {Scope.CUMULATIVE: ", a running total", Scope.EVENT: ", of this event alone"}
    said = statement(claim) if number(claim) else f"{claim.measure}, no number stated"
    return said + (scope[claim.scope] if claim.scope else "")


def _time(claim: Claim, zone: ZoneInfo) -> str:
    """Say the words of a time and the zone of their clocks, how its bounds came about, and the four bounds."""
    clocks = f" (clocks of {claim.zone})" if claim.zone else ""
    said = f"“{claim.time_words}”{clocks}" if claim.time_words else ""
    basis = str(claim.time_basis or "")
    began = _between(claim.began_earliest, claim.began_latest, zone)
    ended = _between(claim.ended_earliest, claim.ended_latest, zone)
    bounds = [f"began {began or _UNKNOWN}", f"ended {ended or _UNKNOWN}"] if began or ended else []
    return "; ".join(part for part in (said, basis, *bounds) if part)


def _between(earliest: datetime | None, latest: datetime | None, zone: ZoneInfo) -> str:
    return between(*(moment.astimezone(zone) if moment else None for moment in (earliest, latest)))


def address(source: Source | None) -> str | None:
    """Give the address of a source if a reader may follow it: one of the web, whole and without blanks."""
    url = (source.url if source else None) or ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname and not _UNFIT.search(url) else None


def related(found: Mapping[str, list[str]], claims: Mapping[str, Claim], legend: Legend) -> dict[str, str]:
    """Say the relations of one claim: what it does to which claims of whom, and what they do to it."""
    return {
        words: "; ".join(f"{legend.label(claims[one].account)}, {claims[one].summary} ({one})" for one in others)
        for words, others in found.items()
    }
