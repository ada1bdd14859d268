"""What a claim states, in words: its speaker, time, figure, source, corrections and relations."""

import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from contested.model.claim import Claim
from contested.model.side_tables import Source
from contested.model.story import Story
from contested.model.times import between, day_and_hour
from contested.model.vocabulary import Scope
from contested.query.legend import Legend
from contested.text.attribution import number, statement

_UNKNOWN = "at an unknown time"
_UNFIT = re.compile(r"[\s\x00-\x1f<>\"'\\`]")

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


def held_back(claim: Claim, zone: ZoneInfo, now: datetime) -> str:
    """Say why a claim stays in the newsroom, and how long; empty where readers see it."""
    if not claim.is_held_back(now):
        return ""
    if claim.sensitive or claim.embargo_until is None:
        return "sensitive; readers do not see it"
    return f"under embargo until {day_and_hour(claim.embargo_until.astimezone(zone))}; readers do not see it before"


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
