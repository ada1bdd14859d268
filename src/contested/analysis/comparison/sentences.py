"""The sentences of disputes: who says what of which question, when, through whom, and how that stands together."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from contested.analysis.comparison import origins
from contested.analysis.comparison.compare import AGREE, COMPATIBLE, CONTRADICT, DIFFER, REJECTED, Rule
from contested.analysis.comparison.deduplicate import joined, once
from contested.analysis.comparison.position import words
from contested.analysis.comparison.words import Numbers, Words
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
OF_SOURCE, OF_ACCOUNT = 1, 2
"""Whether both sides of a dispute stand in one source, or are one account's."""


def sentences(found: pa.RecordBatch, told: pa.RecordBatch, said: pa.Array, legend: Legend) -> pa.Array:
    """Tell every dispute, of which the grounds are known, with what is `spoken` by either."""
    one, other = (said.take(found[name]) for name in ("one", "other"))
    return joined(found["question"], " ", one, "; ", other, _words(found, told, legend))


def spoken(told: pa.RecordBatch, legend: Legend) -> pa.Array:
    """Put into words what each says: once, however many contradict it."""
    return joined(_who(told, legend), words(told, "said"))


def _who(told: pa.RecordBatch, legend: Legend) -> Words:
    """Name who says it, on a side whose words, when, through how many it was heard, and whether denied or passed on."""
    labels = {voice.key: voice.label for voice in legend.voices}

    def speaks(account: str, voice: str, when: str, via: str | None, stance: str) -> str:
        removes = counted(len(via.split(" > ")), "remove") if via else ""
        whose = "" if voice == account else legend.account(voice)
        about = ", ".join(one for one in (whose, when, removes and f"hearsay at {removes}") if one)
        verb = {"denies": ", denied: ", "relays": ", passed on: "}.get(stance, ": ")
        return f"{labels.get(account, account)}{f' ({about})' if about else ''}{verb}"

    return once(speaks, *(words(told, name) for name in ("account", "voice", "when", "via", "stance")))


def _words(found: pa.RecordBatch, told: pa.RecordBatch, legend: Legend) -> Words:
    """Say how the two stand together, and of what is the same from how many origins it is."""
    relation, rule = (found[name].to_numpy() for name in ("relation", "rule"))

    def pair(name: str, of: Rule) -> Iterator[Words]:
        """Give what a column holds in either row, as far as their relation is for it."""
        return (words(told, name).take(found[each].to_numpy()).only(rule == of) for each in ("one", "other"))

    def put(relation: int, rule: int, within: int, number: int, *of: str) -> str:
        how = _RULES.get((relation, rule), _WORDS[relation])
        if rule == Rule.ORDER:
            how = f"{of[0]} cannot come after {of[1]}"
        if rule == Rule.WITHIN:
            how = _lies(legend, *of[2:])
        both = {OF_SOURCE: ", both in one source", OF_ACCOUNT: f", both of one {legend.noun}"}.get(within, "")
        more = f", {'from ' * (number > origins.UNSTATED)}{origins.said(number)}" if number > origins.NONE else ""
        return f": {how}{both if relation == CONTRADICT else ''}{more}."

    of = (*pair("milestone", Rule.ORDER), *pair("event_id", Rule.WITHIN))
    return once(put, relation, rule, within(found, told), found["origins"].to_numpy(), *of)


def _lies(legend: Legend, one: str, other: str) -> str:
    begins = one in legend.wholes.get(other, ())
    whole, part = (one, other) if begins else (other, one)
    reach = "begin before the whole begins" if begins else "go on after the whole ends"
    return f"“{legend.event(part)}” is a part of “{legend.event(whole)}”, and a part cannot {reach}"


def within(found: pa.RecordBatch, told: pa.RecordBatch) -> Numbers:
    """Say which disputes stand within one and the same source, and which are one account's."""
    number, first = words(told, "sources").number, told["sources"].offsets.to_numpy()[:-1]
    sole = np.where(np.minimum.reduceat(number, first) == np.maximum.reduceat(number, first), number[first], -1)
    account = words(told, "account").number
    one, other = (found[name].to_numpy() for name in ("one", "other"))
    of_source = (sole[one] == sole[other]) & (sole[one] >= 0)
    return np.select([of_source, account[one] == account[other]], [OF_SOURCE, OF_ACCOUNT], 0)
