"""The claim matrix: one line per question, one cell per account, and how each cell stands to the others.

A cell that holds nothing is silence: not zero, not denial, not agreement. A line that holds nothing is what nobody in
view says, though it is asked of such an event, or some account of the story puts or answers that very question, or did
before it took its claim back. What one account alone says has a line only where a claim asks for it.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from typing import NamedTuple

import numpy as np

from contested.analysis.comparison.compare import AGREE, COMPATIBLE, CONTRADICT, DIFFER, REJECTED
from contested.analysis.comparison.origins import independent, origins
from contested.analysis.comparison.pairs import Pairs, find_pairs
from contested.analysis.comparison.position import Position, question_texts, topic_texts, write_position
from contested.analysis.comparison.positions import Positions
from contested.analysis.comparison.questions import expected_questions, joint_question
from contested.analysis.comparison.statements import FIGURE
from contested.model.vocabulary import Stance
from contested.model.wording import counted, listing
from contested.query.legend import Legend

KINDS = "select event_id, list_sort(list(distinct kind)) as kinds from selected group by event_id order by event_id"
"""The kinds of claims that are made of each event in view."""

MARKS = {
    CONTRADICT: "≠ contradicted",
    REJECTED: "× passed on, rejected",
    DIFFER: "≁ differs",
    COMPATIBLE: "≈ can both be true",
    AGREE: "= same",
}
DENIES = "¬ denies"
ALONE = "· nobody else says"
SILENT = "– not stated"
OTHERWISE = "⊂ counted otherwise"
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


@dataclass(frozen=True)
class Line:
    """One question, how many answer it, and how many pairs of positions contradict each other or disagree."""

    question: str
    accounts: int = 0
    contradicting: int = 0
    disagreeing: int = 0
    read: Callable[[], dict[str, Cell]] = dict

    @cached_property
    def cells(self) -> dict[str, Cell]:
        """What each account says on it."""
        return self.read()

    @property
    def silence(self) -> str:
        """What an empty cell says: that the account does not state it, or that nobody does."""
        return SILENT if self.accounts else NOBODY


def matrix(
    positions: Positions, kinds: Mapping[str, Sequence[str]] | None = None, asked: Mapping[str, str] | None = None
) -> list[Line]:
    """Put every position in its cell, the most disputed question first, and what nobody says last."""
    lines = sorted(
        _lines(positions, find_pairs(positions)),
        key=lambda line: (-line.contradicting, -line.disagreeing, -line.accounts, line.question),
    )
    answered = sorted(topic_texts(positions.columns, positions.topic_starts[:-1]).to_pylist())
    return lines + [Line(one) for one in _nobody(answered, positions.legend, kinds or {}, asked or {})]


def _lines(positions: Positions, found: Pairs) -> Iterator[Line]:
    """Name every question that two answer, or that a claim asks in words."""
    topic, first, legend = positions["topic"], positions.topic_starts[:-1], positions.legend
    one, other = topic[found.one], topic[found.other]
    apart = np.flatnonzero(one != other)
    touched, pair = np.append(one, other[apart]), np.append(np.arange(len(one)), apart)
    order = np.argsort(touched, kind="stable")
    touched, pair = touched[order], pair[order]
    bounds, relation = np.searchsorted(touched, np.arange(len(first) + 1)), found.relation[pair]
    speaking = np.unique(np.array([topic, positions["account"]]), axis=1)[0]
    counts = (speaking, touched[relation == CONTRADICT], touched[relation <= DIFFER])
    tallies = np.array([np.bincount(one, minlength=len(first)) for one in counts]).T.tolist()
    shown = np.flatnonzero(np.logical_or.reduceat(positions["is_asked"], first) | (np.diff(bounds) > 0))
    names = question_texts(positions.columns, first[shown], legend).to_pylist()
    several = {name for name, number in Counter(names).items() if number > 1}
    for number, question in zip(shown.tolist(), names, strict=True):
        event = positions.columns.text("event_id", first[number])
        named = legend.event(event) if event else question
        title = f"{question} ({named})" if question in several and named not in question else question
        mine = Pairs(*(column[pair[bounds[number] : bounds[number + 1]]] for column in found))
        accounts, contradicting, disagreeing = tallies[number]
        yield Line(title, accounts, contradicting, disagreeing, partial(_cells, positions, number, mine))


def _cells(positions: Positions, topic: int, found: Pairs) -> dict[str, Cell]:
    rows, cells = _rows(positions, topic), {}
    relations = list(zip(found.one.tolist(), found.other.tolist(), found.relation.tolist(), strict=True))
    for voice in positions.legend.voices:
        mine = [row for row in rows if positions.columns.text("account", row) == voice.key]
        if mine:
            said = tuple(dict.fromkeys(_said(positions, row) for row in mine))
            cells[voice.key] = Cell(said, _state(positions, mine, relations), _claims(positions, mine))
    return _otherwise(positions, topic, set(cells)) | cells


def _rows(positions: Positions, topic: int) -> range:
    return range(*positions.topic_starts[topic : topic + 2].tolist())


def _claims(positions: Positions, rows: Sequence[int]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(positions.listed(row, "claim_id") for row in rows)))


def _otherwise(positions: Positions, topic: int, heard: set[str]) -> dict[str, Cell]:
    """Give what those count who say nothing on the very question, but a figure of the same measure otherwise."""
    first = positions.topic_starts[:-1]
    same = positions["form"][first] == FIGURE
    for name in ("form", "event", "about"):
        same &= positions[name][first] == positions[name][first[topic]]
    found: dict[str, list[int]] = {}
    for row in chain.from_iterable(
        _rows(positions, other) for other in np.flatnonzero(same).tolist() if other != topic
    ):
        if (account := positions.columns.text("account", row) or "") not in heard:
            found.setdefault(account, []).append(row)
    return {
        account: Cell(
            tuple(_said(positions, row, _counts(positions, row)) for row in rows), OTHERWISE, _claims(positions, rows)
        )
        for account, rows in found.items()
    }


def _counts(positions: Positions, row: int) -> str:
    """Say by which definition and of whom a figure counts."""
    definition, victims, part = (positions.columns.text(name, row) for name in ("definition", "victims", "part"))
    noted = [f"as {definition}" if definition else "", f"of {victims}" if victims else "", "a part" if part else ""]
    return f", {', '.join(one for one in noted if one) or 'by no stated definition'}"


def _state(positions: Positions, mine: Sequence[int], found: Sequence[tuple[int, int, int]]) -> str:
    """Say the worst that holds of an account's positions, after what it denies itself."""
    pairs = [pair for pair in found if pair[0] in mine or pair[1] in mine]
    worst = min((relation for _, _, relation in pairs), default=None)
    state = ALONE if worst is None else MARKS[worst]
    if worst == AGREE:
        same = sorted({one for pair in pairs if pair[2] == AGREE for one in pair[:2]})
        state += f" ({independent((positions['is_stated'][row], origins(positions, row)) for row in same).said()})"
    if not positions.denies[list(mine)].any():
        return state
    return DENIES if worst in {None, REJECTED} else f"{DENIES}, {state}"


def _nobody(
    topics: Sequence[str], legend: Legend, kinds: Mapping[str, Sequence[str]], asked: Mapping[str, str]
) -> Iterator[str]:
    """Name what is asked of the events in view by what they are, or by anybody in words, and answered by nobody.

    The topics that are answered come in their order.
    """
    unanswered: set[str] = set()
    for event, made in kinds.items():
        for form, about in expected_questions(made):
            open_still = [one for one in about if not _among(f"{form}|{event}|{one}", topics)]
            if open_still:
                unanswered |= {f"{form}|{event}|{one}" for one in open_still}
                yield f"{joint_question(form, open_still)} ({legend.event(event)})"
    answered = set(topics)
    yield from sorted(
        {words for topic, words in asked.items() if topic not in answered and unanswered.isdisjoint(_of(topic))}
    )


def _among(topic: str, topics: Sequence[str]) -> bool:
    """Say whether a topic, or one within it, is among those in order."""
    next_ones = (topics[at : at + 1] for at in (bisect_left(topics, topic), bisect_left(topics, f"{topic}|")))
    return any(topic in _of(one) for ones in next_ones for one in ones)


def _of(topic: str) -> Iterator[str]:
    """Give the topic and every one that it lies within."""
    parts = topic.split("|")
    return ("|".join(parts[:number]) for number in range(1, len(parts) + 1))


def _said(positions: Positions, row: int, more: str = "") -> Said:
    one = write_position(positions, row)
    how = {Stance.DENIES: " (denies)", Stance.RELAYS: " (passes on)"}.get(Stance(one.stance), "")
    return Said(f"{one.said}{how}{' ○ hearsay' if one.via else ''}{more}", _by(positions, row, one))


def _by(positions: Positions, row: int, one: Position) -> str:
    """Name of a side whose words they are, the speakers where they are not the account itself, and when they spoke."""
    legend, is_side = positions.legend, one.voice != one.account
    account = legend.account(one.voice) if is_side else legend.label(one.voice)
    speakers = sorted({*positions.listed(row, "speaker")} - {account})
    more = len(speakers) - _NAMED
    named = speakers[:_NAMED] + ([counted(more, "other")] if more > 0 else [])
    return ", ".join(part for part in (account if is_side else "", listing(named), one.when) if part)
