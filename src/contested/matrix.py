"""The claim matrix: one line per question, one cell per account, and how each cell stands to the others.

A cell that holds nothing is silence: not zero, not denial, not agreement.
"""

from collections.abc import Iterable
from typing import NamedTuple

from contested.disputes import DISAGREEMENTS, Position, Relation, disputes
from contested.legend import Legend

MARKS = {
    Relation.CONTRADICT: "≠ contradicted",
    Relation.REJECTED: "× rejected",
    Relation.DIFFER: "≁ differs",
    Relation.COMPATIBLE: "≈ can both be true",
    Relation.AGREE: "= same",
}
ALONE = "· nobody else says"
SILENT = "not stated"


class Cell(NamedTuple):
    """What one account says on one question."""

    said: str
    state: str
    claim_ids: tuple[str, ...]


class Line(NamedTuple):
    """One question, what each account says on it, and how many pairs of positions contradict each other or disagree."""

    question: str
    cells: dict[str, Cell]
    contradicting: int
    disagreeing: int


def matrix(positions: Iterable[Position], legend: Legend) -> list[Line]:
    """Put every position in its cell, the most disputed question first."""
    asked: dict[tuple[str, str], list[Position]] = {}
    for position in positions:
        asked.setdefault((position.question, position.event_id if position.milestone else ""), []).append(position)
    several = {question for question, _ in asked if sum(one == question for one, _ in asked) > 1}
    lines = [
        _line(f"{question} ({legend.event(event)})" if question in several else question, told, legend)
        for (question, event), told in asked.items()
    ]
    return sorted(lines, key=lambda line: (-line.contradicting, -line.disagreeing, -len(line.cells), line.question))


def _line(question: str, told: list[Position], legend: Legend) -> Line:
    found = list(disputes(told))
    worst: dict[Position, Relation] = {}
    for dispute in found:
        for position in (dispute.one, dispute.other):
            worst[position] = min(worst.get(position, dispute.relation), dispute.relation, key=list(Relation).index)
    cells = {}
    for voice in legend.voices:
        if mine := [position for position in told if position.account == voice.key]:
            state = min((worst[one] for one in mine if one in worst), key=list(Relation).index, default=None)
            ids = tuple(dict.fromkeys(claim for one in mine for claim in one.claim_ids))
            said = "; ".join(dict.fromkeys(_spoken(one) for one in mine))
            cells[voice.key] = Cell(said, MARKS[state] if state else ALONE, ids)
    contradicting = sum(one.relation is Relation.CONTRADICT for one in found)
    return Line(question, cells, contradicting, sum(one.relation in DISAGREEMENTS for one in found))


def _spoken(position: Position) -> str:
    how = {"denies": " (denies)", "relays": " (passes on)"}.get(position.stance, "")
    return f"{position.said}{how}" + (" ○ hearsay" if position.via else "")
