"""The sentences of pairs: who says what of which question, when, through whom, and how that stands together."""

from typing import NamedTuple

from contested.analysis.comparison import origins
from contested.analysis.comparison.compare import AGREE, COMPATIBLE, CONTRADICT, DIFFER, REJECTED, Rule
from contested.analysis.comparison.position import Position
from contested.model.wording import counted
from contested.query.legend import Legend

_WORDS = {
    CONTRADICT: "cannot both be true",
    REJECTED: "one rejects what the other passes on",
    DIFFER: "say different things",
    COMPATIBLE: "can both be true",
    AGREE: "say the same",
}
_RULES: dict[tuple[int, int], str] = {
    (CONTRADICT, Rule.LARGER): "a part cannot be larger than its total",
    (CONTRADICT, Rule.DISTANCE): "too far apart to be one place, cannot both be true",
    (DIFFER, Rule.GREW): "say different things, and a running total may have grown meanwhile",
    (COMPATIBLE, Rule.IDENTITY): "can both be true, for they need not be of the same event",
    (COMPATIBLE, Rule.SCOPE): "can both be true, for one is of this event alone and the other a running total",
    (COMPATIBLE, Rule.RESPONDER): "can both be true, for others may have come",
}


def sentence(question: str, one: Position, other: Position, how: str, legend: Legend) -> str:
    """Write one pair."""
    return f"{question} {_speaker_text(one, legend)}; {_speaker_text(other, legend)}: {how}."


def _speaker_text(position: Position, legend: Legend) -> str:
    """Name who says it, on a side whose words, when, through how many it was heard, and whether denied or passed on."""
    removes = counted(len(position.via.split(" > ")), "remove") if position.via else ""
    whose = "" if position.voice == position.account else legend.account(position.voice)
    about = ", ".join(one for one in (whose, position.when, removes and f"hearsay at {removes}") if one)
    verb = {"denies": ", denied", "relays": ", passed on"}.get(position.stance, "")
    return f"{legend.label(position.account)}{f' ({about})' if about else ''}{verb}: {position.said}"


class Stand(NamedTuple):
    """How two positions stand to each other: the numbers of relation and rule, and how many origins agree."""

    relation: int
    rule: int
    origins: int


def relation_text(one: Position, other: Position, found: Stand, legend: Legend) -> str:
    """Say how the two relate, and of what is the same from how many origins it is."""
    relation, rule, number = found
    how = _RULES.get((relation, rule), _WORDS[relation])
    if rule == Rule.ORDER:
        how = f"{one.milestone} cannot come after {other.milestone}"
    if rule == Rule.WITHIN:
        how = _outside(legend, one.event_id or "", other.event_id or "")
    more = f", {'from ' * (number > origins.UNSTATED)}{origins.said(number)}" if number > origins.NONE else ""
    return f"{how}{within(one, other, legend.noun) if relation == CONTRADICT else ''}{more}"


def _outside(legend: Legend, one: str, other: str) -> str:
    begins = one in legend.wholes.get(other, ())
    whole, part = (one, other) if begins else (other, one)
    reach = "begin before the whole begins" if begins else "go on after the whole ends"
    return f"“{legend.event(part)}” is a part of “{legend.event(whole)}”, and a part cannot {reach}"


def within(one: Position, other: Position, noun: str) -> str:
    """Say whether both stand in one and the same source, or are one account's."""
    if len({*one.sources, *other.sources}) == 1:
        return ", both in one source"
    return f", both of one {noun}" if one.account == other.account else ""
