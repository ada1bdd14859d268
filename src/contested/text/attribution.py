"""Attribution: claims as one sentence to paste, which names who said it, when, and every figure that differs.

A figure stands first with all who state it; each differing one follows with its own. What has been replaced since says
so, what is passed on names the chain, and a denial stays a denial. A claim without a figure speaks by its summary.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import inf
from zoneinfo import ZoneInfo

from contested.model.claim import Claim
from contested.model.times import date, days, whole_days
from contested.model.vocabulary import Measure, Stance
from contested.model.wording import HEDGES, figure, listing, of, quoted
from contested.query.legend import Legend

NOBODY = "Nobody shown says anything of this."

_PEOPLE = ("person", "people")
COUNTED: dict[Measure, tuple[tuple[str, str], tuple[str, str]]] = {
    Measure.KILLED: (_PEOPLE, ("was killed", "were killed")),
    Measure.INJURED: (_PEOPLE, ("was injured", "were injured")),
    Measure.DISPLACED: (_PEOPLE, ("was displaced", "were displaced")),
    Measure.RETURNED: (_PEOPLE, ("returned", "returned")),
    Measure.PARTICIPANTS: (_PEOPLE, ("took part", "took part")),
    Measure.DETAINED: (_PEOPLE, ("was detained", "were detained")),
    Measure.PEOPLE: (_PEOPLE, ("was counted", "were counted")),
    Measure.BUILDINGS_DAMAGED: (("building", "buildings"), ("was damaged", "were damaged")),
    Measure.VEHICLES_DAMAGED: (("vehicle", "vehicles"), ("was damaged", "were damaged")),
    Measure.VEHICLES: (("vehicle", "vehicles"), ("was counted", "were counted")),
    Measure.CASES: (("case", "cases"), ("was counted", "were counted")),
    Measure.MONEY: (("unit of money", "units of money"), ("was named", "were named")),
}
"""How each measure is said of one and of several: the noun and the verb."""

_LOWERED = re.compile(r"(The|A|An|There|It|Some|No|Nobody|Nearly|Both|They|He|She|One|Two)\b")
_SINCE = {"superseded": " (since replaced)", "corrected": " (since corrected)", "withdrawn": " (since withdrawn)"}
_WHOLE = {Stance.RELAYS: "as passed on by", Stance.CORRECTS: "according to a correction by"}
_LATER = {Stance.RELAYS: "passed on", Stance.CORRECTS: "corrected it to"}


def attributed(claims: Sequence[Claim], legend: Legend, standing: Mapping[str, str] | None = None) -> str:
    """Put claims into one sentence, in the order in which they were said."""
    said = sorted(claims, key=lambda claim: claim.stated_at.timestamp() if claim.stated_at else inf)
    events = {claim.event_id: legend.event(claim.event_id) for claim in said}
    voices = {
        claim.claim_id: _voice(claim, legend, (standing or {}).get(claim.claim_id, claim.status)) for claim in said
    }
    clauses: list[str] = []
    for alike in _grouped(said, _topic):
        where = f"in: {events[alike[0].event_id]}" if len(events) > 1 else ""
        opened = False
        for equal in _grouped(alike, _position):
            clauses.append(_clause(equal[0], _voices(voices[claim.claim_id] for claim in equal), where, opened=opened))
            opened = opened or equal[0].stance is not Stance.DENIES
    text = "; ".join(clauses)
    return f"{text[0].upper()}{text[1:]}." if text else NOBODY


def _grouped(claims: Iterable[Claim], key: Callable[[Claim], object]) -> Iterable[list[Claim]]:
    found: dict[object, list[Claim]] = {}
    for claim in claims:
        found.setdefault(key(claim), []).append(claim)
    return found.values()


def _topic(claim: Claim) -> object:
    """Say what is counted: only figures of one topic can differ."""
    counts = (claim.measure, claim.unit, claim.definition, claim.victims, bool(claim.part_of), claim.event_id)
    return counts if number(claim) else claim.claim_id


def _position(claim: Claim) -> object:
    return claim.stance, number(claim), _quoted(claim)


def _clause(claim: Claim, voices: list[tuple[str, str]], where: str, *, opened: bool) -> str:
    every = listing(f"{who} {when}" for who, when in voices)
    if not number(claim):
        return _without_figure(claim, every)
    if claim.stance is Stance.DENIES:
        return f"{every} denied that {statement(claim, where)}"
    by = _WHOLE.get(claim.stance, "according to")
    if not opened:
        return f"{statement(claim, where)}, {by} {every}"
    figured = "none" if number(claim) == "0" else number(claim)
    figured += f" ({words})" if (words := _quoted(claim)) else ""
    if len(voices) > 1:
        return f"{figured}, {by} {every}"
    [(who, when)] = voices
    return f"{who} {_LATER.get(claim.stance, 'said')} {figured} {when}"


def _without_figure(claim: Claim, every: str) -> str:
    """Let the summary speak; that of a denial is worded as one already."""
    summary = _lowered(" ".join(claim.summary.split()).rstrip("."))
    if claim.stance is Stance.DENIES:
        return f"{summary}, according to a denial by {every}"
    return f"{summary}, {_WHOLE.get(claim.stance, 'according to')} {every}"


def statement(claim: Claim, where: str = "") -> str:
    """Say what is counted, as a clause: at least 8 people were killed."""
    nouns, verbs = COUNTED[claim.measure or Measure.PEOPLE]
    several = {claim.low, claim.best, claim.high} - {None} != {1}
    noun = claim.unit if claim.unit and claim.unit not in nouns else nouns[several]
    figured = "no" if number(claim) == "0" else number(claim)
    whom = f" ({claim.victims})" if claim.victims else ""
    notes = [_quoted(claim), claim.definition, "part of a larger figure" if claim.part_of else "", where]
    noted = "; ".join(note for note in notes if note)
    return f"{of(figured)} {noun}{whom} {verbs[several]}{f' ({noted})' if noted else ''}"


def number(claim: Claim) -> str:
    """Say the figure as it was said: at least 8, about 1,000, thousands; nothing where the claim has none."""
    if claim.measure is None:
        return ""
    if {claim.low, claim.best, claim.high} == {None}:
        return claim.figure_words or ""
    text = re.sub(r"\d{4,}", lambda digits: f"{int(digits[0]):,}", figure(claim.low, claim.best, claim.high))
    if _hedged(claim):
        return f"{claim.figure_words} {re.sub('^at (least|most) ', '', text)}"
    return text


def _hedged(claim: Claim) -> bool:
    return (claim.figure_words or "").casefold() in HEDGES


def _quoted(claim: Claim) -> str:
    """Quote the words of a figure that its number does not say."""
    return quoted(claim.figure_words, claim.low, claim.best, claim.high)


def _voice(claim: Claim, legend: Legend, standing: str) -> tuple[str, str]:
    return _who(legend.label(claim.account), list(claim.hearsay())), _when(claim, legend) + _SINCE.get(standing, "")


def _who(label: str, chain: list[str]) -> str:
    """Name the account, or those through whom it is heard."""
    if not chain:
        return label
    if len(chain) == 1:
        return f"{label}, citing {chain[0]},"
    told = "" if chain[0].casefold() == label.casefold() else f" [{label}]"
    return f"{', citing '.join(chain)}{told},"


def _when(claim: Claim, legend: Legend) -> str:
    zone = ZoneInfo(legend.selection.zone)
    earliest, latest = (at.astimezone(zone) if at else None for at in (claim.stated_earliest, claim.stated_at))
    if earliest and latest and (whole := whole_days(earliest, latest)):
        return f"{'on' if whole[0] == whole[1] else 'within'} {days(*whole)}"
    first, last = (date(at) if at else "" for at in (earliest, latest))
    if not last:
        return f"on or after {first}" if first else "on an unknown date"
    return f"between {first} and {last}" if first and first != last else f"on {last}"


def _voices(said: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Name each voice once, with every time at which it said so."""
    found: dict[str, dict[str, None]] = {}
    for who, when in said:
        found.setdefault(who, {})[when] = None
    return [(who, listing(times)) for who, times in found.items()]


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:] if _LOWERED.match(text) else text
