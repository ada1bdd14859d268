"""The sentences of disputes: who says what of which question, when, through whom, and how that stands together."""

from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from contested.compared.alike import Numbers, joined, numbered, once
from contested.compared.comparison import AGREE, COMPATIBLE, CONTRADICT, DIFFER, REJECTED, Rule
from contested.compared.origins import said
from contested.legend import Legend
from contested.wording import counted

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
    (COMPATIBLE, Rule.RESPONDER): "can both be true, for others may have come",
}
OF_SOURCE, OF_ACCOUNT = 1, 2
"""Whether both sides of a dispute stand in one source, or are one account's."""


def sentences(found: pa.RecordBatch, told: pa.RecordBatch, legend: Legend) -> pa.Array:
    """Tell every dispute; what one account says is put into words once, however many contradict it."""
    spoken = joined(_who(told, legend), told["said"])
    one, other = (spoken.take(found[name]) for name in ("one", "other"))
    return joined(found["question"], " ", one, "; ", other, ": ", _words(found, told, legend), ".")


def _who(told: pa.RecordBatch, legend: Legend) -> pa.Array:
    """Name who says it, when it was said, through how many it was heard, and whether it is denied or passed on."""
    labels = {voice.key: voice.label for voice in legend.voices}

    def speaks(account: str, when: str, via: str | None, stance: str) -> str:
        removes = counted(len(via.split(" > ")), "remove") if via else ""
        about = ", ".join(one for one in (when, removes and f"hearsay at {removes}") if one)
        verb = {"denies": ", denied: ", "relays": ", passed on: "}.get(stance, ": ")
        return f"{labels.get(account, account)}{f' ({about})' if about else ''}{verb}"

    return once(speaks, *(told[name] for name in ("account", "when", "via", "stance")))


def _words(found: pa.RecordBatch, told: pa.RecordBatch, legend: Legend) -> pa.Array:
    """Say how the two stand together, and of what is the same from how many origins it is."""
    words = once(
        lambda relation, rule: _RULES.get((relation, rule), _WORDS[relation]), found["relation"], found["rule"]
    )
    for rule, name, put in ((Rule.ORDER, "milestone", _order), (Rule.WITHIN, "event_id", partial(_lies, legend))):
        where = pc.equal(found["rule"], int(rule))
        pairs = [told[name].take(found[each].filter(where)) for each in ("one", "other")]
        words = pc.replace_with_mask(words, where, once(put, *pairs))

    def more(relation: int, within: int, number: int) -> str:
        both = {OF_SOURCE: ", both in one source", OF_ACCOUNT: f", both of one {legend.noun}"}.get(within, "")
        return (both if relation == CONTRADICT else "") + (f", from {said(number)}" if number else "")

    return joined(words, once(more, found["relation"], pa.array(within(found, told)), found["origins"]))


def _order(first: str, later: str) -> str:
    return f"{first} cannot come after {later}"


def _lies(legend: Legend, one: str, other: str) -> str:
    begins = one in legend.wholes.get(other, ())
    whole, part = (one, other) if begins else (other, one)
    reach = "begin before the whole begins" if begins else "go on after the whole ends"
    return f"“{legend.event(part)}” is a part of “{legend.event(whole)}”, and a part cannot {reach}"


def within(found: pa.RecordBatch, told: pa.RecordBatch) -> Numbers:
    """Say which disputes stand within one and the same source, and which are one account's."""
    sources = told["sources"]
    number, first = numbered(sources.values), sources.offsets.to_numpy()[:-1]
    only = np.where(np.minimum.reduceat(number, first) == np.maximum.reduceat(number, first), number[first], -1)
    account = numbered(told["account"])
    one, other = (found[name].to_numpy() for name in ("one", "other"))
    of_source = (only[one] == only[other]) & (only[one] >= 0)
    return np.select([of_source, account[one] == account[other]], [OF_SOURCE, OF_ACCOUNT], 0)
