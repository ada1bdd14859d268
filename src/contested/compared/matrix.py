"""The claim matrix: one line per question, one cell per account, and how each cell stands to the others.

A cell that holds nothing is silence: not zero, not denial, not agreement. A line that holds nothing is what nobody in
view says, though it is asked of such an event, or some account of the story puts or answers that very question. What
one account alone says has a line only where a claim asks for it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from contested.compared.comparison import DISAGREEMENTS, Position, Relation
from contested.compared.disputes import Dispute, disputes
from contested.compared.origins import independent, said
from contested.compared.questions import asked_together, expected
from contested.legend import Legend
from contested.wording import counted, listing

KINDS = "select event_id, list_sort(list(distinct kind)) as kinds from selected group by event_id order by event_id"
"""The kinds of claims that are made of each event in view."""

MARKS = {
    Relation.CONTRADICT: "≠ contradicted",
    Relation.REJECTED: "× passed on, rejected",
    Relation.DIFFER: "≁ differs",
    Relation.COMPATIBLE: "≈ can both be true",
    Relation.AGREE: "= same",
}
DENIES = "¬ denies"
ALONE = "· nobody else says"
SILENT = "– not stated"
NOBODY = "∅ nobody says"
_NAMED = 2
"""How many speakers a cell names; the claims behind it name all."""


class Said(NamedTuple):
    """One value, and who said it when."""

    value: str
    by: str


class Cell(NamedTuple):
    """What one account says on one question."""

    said: tuple[Said, ...]
    state: str
    claim_ids: tuple[str, ...]


class Line(NamedTuple):
    """One question, what each account says on it, and how many pairs of positions contradict each other or disagree."""

    question: str
    cells: dict[str, Cell]
    contradicting: int
    disagreeing: int

    @property
    def silence(self) -> str:
        """What an empty cell says: that the account does not state it, or that nobody does."""
        return SILENT if self.cells else NOBODY


def matrix(
    positions: Iterable[Position],
    legend: Legend,
    kinds: Mapping[str, Sequence[str]] | None = None,
    posed: Mapping[str, str] | None = None,
) -> list[Line]:
    """Put every position in its cell, the most disputed question first, and what nobody says last."""
    asked_of: dict[str, list[Position]] = {}
    for position in positions:
        asked_of.setdefault(position.topic, []).append(position)
    found: dict[str, list[Dispute]] = {}
    for dispute in disputes((position for told in asked_of.values() for position in told), legend.wholes):
        for topic in {dispute.one.topic, dispute.other.topic}:
            found.setdefault(topic, []).append(dispute)
    shown = {topic: told for topic, told in asked_of.items() if topic in found or any(one.posed for one in told)}
    titles = [told[0].question for told in shown.values()]
    lines = [_line(told, found.get(topic, []), legend, titles) for topic, told in shown.items()]
    lines.sort(key=lambda line: (-line.contradicting, -line.disagreeing, -len(line.cells), line.question))
    return lines + [Line(question, {}, 0, 0) for question in _nobody(asked_of, legend, kinds or {}, posed or {})]


def _line(told: list[Position], found: list[Dispute], legend: Legend, titles: list[str]) -> Line:
    question, event = told[0].question, legend.event(told[0].event_id)
    cells = {}
    for voice in legend.voices:
        if mine := [position for position in told if position.account == voice.key]:
            ids = tuple(dict.fromkeys(claim for one in mine for claim in one.claim_ids))
            spoken = dict.fromkeys(Said(_spoken(one), _by(one, voice.label)) for one in mine)
            cells[voice.key] = Cell(tuple(spoken), _state(mine, told, found), ids)
    return Line(
        f"{question} ({event})" if titles.count(question) > 1 and event not in question else question,
        cells,
        sum(one.relation is Relation.CONTRADICT for one in found),
        sum(one.relation in DISAGREEMENTS for one in found),
    )


def _state(mine: list[Position], told: list[Position], found: list[Dispute]) -> str:
    """Say the worst that holds of an account's positions, after what it denies itself."""
    relations = {one.relation for one in found if one.one in mine or one.other in mine}
    worst = next((relation for relation in Relation if relation in relations), None)
    denies = any(position.stance == "denies" for position in mine)
    state = MARKS[worst] if worst else ALONE
    if worst is Relation.AGREE:
        state += f" ({said(independent(one.origins for one in _alike(mine, told, found)))})"
    return (DENIES if worst in {None, Relation.REJECTED} else f"{DENIES}, {state}") if denies else state


def _alike(mine: list[Position], told: list[Position], found: list[Dispute]) -> list[Position]:
    """Collect the positions that say the same as these."""
    pairs = [(one.one, one.other) for one in found if one.relation is Relation.AGREE]
    same = [position for pair in pairs for position in pair if pair[0] in mine or pair[1] in mine]
    return [position for position in told if position in same]


def _nobody(
    asked_of: Collection[str], legend: Legend, kinds: Mapping[str, Sequence[str]], posed: Mapping[str, str]
) -> Iterator[str]:
    """Name what is asked of the events in view by what they are, or by anybody in words, and answered by nobody."""
    told: list[str] = []
    for event, made in kinds.items():
        for form, about in expected(made):
            open_still = [one for one in about if not _among(f"{form}|{event}|{one}", asked_of)]
            if open_still:
                told += [f"{form}|{event}|{one}" for one in open_still]
                yield f"{asked_together(form, open_still)} ({legend.event(event)})"
    left = {topic: words for topic, words in posed.items() if topic not in asked_of}
    yield from sorted({words for topic, words in left.items() if not any(_among(one, [topic]) for one in told)})


def _among(topic: str, topics: Collection[str]) -> bool:
    return any(one == topic or one.startswith(f"{topic}|") for one in topics)


def _spoken(position: Position) -> str:
    how = {"denies": " (denies)", "relays": " (passes on)"}.get(position.stance, "")
    return f"{position.said}{how}" + (" ○ hearsay" if position.via else "")


def _by(position: Position, account: str) -> str:
    """Name the speakers, where they are not the account itself, and say when they spoke."""
    speakers = [one for one in position.speakers if one != account]
    more = len(speakers) - _NAMED
    named = speakers[:_NAMED] + ([counted(more, "other")] if more > 0 else [])
    return ", ".join(part for part in (listing(named), position.when) if part)
