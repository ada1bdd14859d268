"""An event step by step as HTML: two accounts beside each other in the order of the story, others in a third column."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple
from zoneinfo import ZoneInfo

from contested.analysis.comparison.compare import Relation
from contested.analysis.comparison.matrix import Verdict
from contested.drawing import html
from contested.model.claim import Claim
from contested.model.times import short_days
from contested.model.vocabulary import Stance
from contested.model.wording import counted_in_words, in_words, verb
from contested.query.legend import Legend, Voice
from contested.query.selection import NO_SIDE, By
from matrix_table import VERDICTS, cut, name

_LETTERS, _SPEAKER = 160, 44
_ORDER = (Relation.CONTRADICT, Relation.REJECTED, Relation.DIFFER, Relation.COMPATIBLE, Relation.AGREE)
_VERDICTS = {
    Relation.DIFFER: VERDICTS[Verdict.DIFFER],
    Relation.COMPATIBLE: VERDICTS[Verdict.FIT],
    Relation.AGREE: VERDICTS[Verdict.AGREE],
}
_CONFLICT = {Relation.CONTRADICT, Relation.REJECTED}


class Pair(NamedTuple):
    """How two positions stand to each other, whose they are, and the claims behind both."""

    relation: str
    accounts: frozenset[str]
    claim_ids: frozenset[str]


class Step(NamedTuple):
    """One step of an event: its name, the claims that tell it by account, and the pairs of them that are compared."""

    name: str
    told: Mapping[str, Sequence[Claim]]
    pairs: Sequence[Pair]

    def in_conflict(self) -> set[str]:
        """Name the claims that cannot be true together with another of the step."""
        return {one for pair in self.pairs if pair.relation in _CONFLICT for one in pair.claim_ids}

    def are_in_conflict(self, left: str, right: str) -> bool:
        """Say whether what two accounts tell of it cannot both be true."""
        ids = [{one.claim_id for one in self.told.get(account, ())} for account in (left, right)]
        return any(pair.relation in _CONFLICT and all(pair.claim_ids & mine for mine in ids) for pair in self.pairs)


def steps(
    named: Mapping[str, Collection[str]], claims: Mapping[str, Claim], pairs: Iterable[Pair], by: By
) -> list[Step]:
    """Give each step of an event the claims in view that tell it; a step that nobody in view tells is left out."""
    every, found = list(pairs), []
    for title, ids in named.items():
        told: dict[str, list[Claim]] = {}
        for claim in (claims[one] for one in ids if one in claims):
            told.setdefault(claim.account if by is By.ACCOUNT else claim.side or NO_SIDE, []).append(claim)
        if told:
            found.append(Step(title, told, [pair for pair in every if _is_of(pair, told)]))
    return found


def _is_of(pair: Pair, told: Mapping[str, Sequence[Claim]]) -> bool:
    """Say whether both positions of a pair tell a step."""
    mine = [pair.claim_ids & {claim.claim_id for claim in told.get(account, ())} for account in pair.accounts]
    return all(mine) and sum(map(len, mine)) > 1


def title(found: Sequence[Step], left: str, right: str) -> str:
    """Count the steps that two accounts share, and those on which not both can be true."""
    shared = [step for step in found if left in step.told and right in step.told]
    conflict = sum(step.are_in_conflict(left, right) for step in shared)
    if not found:
        return "Nobody shown tells a step of this event"
    both = f"Both tellings share {in_words(len(shared))} of {counted_in_words(len(found), 'step')}"
    return f"{both}; on {in_words(conflict)} they cannot both be true" if shared else both


def verdict(step: Step) -> str:
    """Say how those who tell a step stand to each other; what answers no common question is not compared."""
    worst = min((_ORDER.index(Relation(pair.relation)) for pair in step.pairs), default=None)
    if len(step.told) == 1:
        return VERDICTS[Verdict.ALONE]
    if worst is None:
        return "Not compared"
    if _ORDER[worst] not in _CONFLICT:
        return _VERDICTS[_ORDER[worst]]
    deny = any(one.stance is Stance.DENIES for claims in step.told.values() for one in claims)
    return VERDICTS[Verdict.DENIED if deny else Verdict.CONFLICT]


def table(found: Sequence[Step], left: Voice, right: Voice, legend: Legend) -> str:
    """Write the steps in their order; on a narrow screen each is a card."""
    heads = "".join(
        f'<th scope="col" role="columnheader">{head}</th>' for head in (name(left), name(right), "Others", "Verdict")
    )
    rows = "".join(_row(step, left, right, legend) for step in found)
    return (
        '<div class="comparison"><table class="matrix steps" role="table"><thead role="rowgroup"><tr role="row">'
        f'<th scope="col" role="columnheader">Step</th>{heads}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table></div>'
    )


def _row(step: Step, left: Voice, right: Voice, legend: Legend) -> str:
    others = [voice for voice in legend.voices if voice.key not in {left.key, right.key}]
    silent = [voice.label for voice in (left, right) if voice.key not in step.told]
    gives = verb(silent, "gives", "give")
    quiet = f"<small>{html(' and '.join(silent))} {gives} no answer</small>" if silent else ""
    return (
        f'<tr role="row"><th scope="row" role="rowheader">{html(step.name)}{quiet}</th>'
        f"{_cell(step, [left], legend)}{_cell(step, [right], legend)}{_cell(step, others, legend, 'others ')}"
        f'<td role="cell" class="verdict">{verdict(step)}</td></tr>'
    )


def _cell(step: Step, voices: Sequence[Voice], legend: Legend, form: str = "") -> str:
    told = [(voice, step.told[voice.key]) for voice in voices if voice.key in step.told]
    if not told:
        return '<td role="cell" class="none">–</td>'
    conflict, claims = step.in_conflict(), list(chain.from_iterable(mine for _, mine in told))
    states = "amber " * any(one.claim_id in conflict for one in claims)
    states += "denies" * any(one.stance is Stance.DENIES for one in claims)
    words = "".join(
        f'<div class="telling">{name(voice)}<div>{_words(mine, legend)}</div></div>' for voice, mine in told
    )
    return f'<td role="cell" class="{form}{states}">{words}</td>'


def _words(claims: Sequence[Claim], legend: Legend) -> str:
    """Write what an account tells of a step, each speaker once."""
    found: dict[str, list[str]] = {}
    for claim in claims:
        found.setdefault(_by(claim, legend), []).append(f"<p>{html(cut(claim.summary, _LETTERS))}</p>")
    return "".join(f"{''.join(words)}{by}" for by, words in found.items())


def _by(claim: Claim, legend: Legend) -> str:
    """Say who said it, and on which day."""
    label = legend.account(claim.account)
    who = claim.speaker if claim.speaker and claim.speaker != label else ""
    zone = ZoneInfo(legend.selection.zone)
    day = short_days(*[claim.stated_at.astimezone(zone).date()] * 2) if claim.stated_at else ""
    when = f'<span class="day">{html(day)}</span>' if day else ""
    parts = (html(cut(who, _SPEAKER) or label), "hearsay" if claim.via else "", when)
    return f'<span class="by">{", ".join(part for part in parts if part)}</span>'
