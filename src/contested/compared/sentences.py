"""The sentences of disputes: who says what of which question, when, through whom, and how that stands together."""

from collections.abc import Sequence

from contested.compared.comparison import Position, Relation, Rule
from contested.compared.disputes import Dispute
from contested.compared.origins import independent, said
from contested.legend import Legend
from contested.wording import counted

_WORDS = {
    Relation.CONTRADICT: "cannot both be true",
    Relation.REJECTED: "one rejects what the other passes on",
    Relation.DIFFER: "say different things",
    Relation.COMPATIBLE: "can both be true",
    Relation.AGREE: "say the same",
}
_RULES = {
    (Relation.CONTRADICT, Rule.LARGER): "a part cannot be larger than its total",
    (Relation.CONTRADICT, Rule.DISTANCE): "too far apart to be one place, cannot both be true",
    (Relation.DIFFER, Rule.GREW): "say different things, and a running total may have grown meanwhile",
    (Relation.COMPATIBLE, Rule.IDENTITY): "can both be true, for they need not be of the same event",
    (Relation.COMPATIBLE, Rule.RESPONDER): "can both be true, for others may have come",
}


def sentences(found: Sequence[Dispute], legend: Legend) -> list[str]:
    """Tell every dispute; what one account says is put into words once, however many contradict it."""
    labels = {voice.key: voice.label for voice in legend.voices}
    positions = {id(one): one for dispute in found for one in dispute[:2]}
    spoken = {key: f"{labels.get(one.account, one.account)}{_how(one)} {one.said}" for key, one in positions.items()}
    return [
        f"{asked(one)} {spoken[id(one.one)]}; {spoken[id(one.other)]}: {_words(one, legend)}{_from(origins(one))}."
        for one in found
    ]


def asked(dispute: Dispute) -> str:
    """Name the question that both answer, or both questions."""
    one, other = dispute.one.question, dispute.other.question
    return one if one == other else f"{one} {other}"


def origins(dispute: Dispute) -> int:
    """Count the independent origins of what is the same."""
    alike = dispute.relation is Relation.AGREE
    return independent((dispute.one.origins, dispute.other.origins)) if alike else 0


def _from(number: int) -> str:
    return f", from {said(number)}" if number else ""


def _how(position: Position) -> str:
    """Say when it was said, through how many it was heard, and whether it is denied or passed on."""
    removes = counted(len(position.via.split(" > ")), "remove") if position.via else ""
    about = [position.when, removes and f"hearsay at {removes}"]
    verb = {"denies": ", denied:", "relays": ", passed on:"}.get(position.stance, ":")
    told = ", ".join(one for one in about if one)
    return f" ({told}){verb}" if told else verb


def _words(dispute: Dispute, legend: Legend) -> str:
    one, other, relation, rule, _ = dispute
    within = {"source": ", both in one source", "account": f", both of one {legend.noun}"}.get(dispute.within, "")
    match rule:
        case Rule.ORDER:
            return f"{one.milestone} cannot come after {other.milestone}{within}"
        case Rule.WITHIN:
            begins = one.event_id in legend.wholes.get(other.event_id, ())
            whole, part = (one, other) if begins else (other, one)
            reach = "begin before the whole begins" if begins else "go on after the whole ends"
            lies = f"“{legend.event(part.event_id)}” is a part of “{legend.event(whole.event_id)}”"
            return f"{lies}, and a part cannot {reach}{within}"
    return _RULES.get((relation, rule), _WORDS[relation]) + (within if relation is Relation.CONTRADICT else "")
