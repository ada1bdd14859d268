"""The claim matrix: one line per question, one cell per account, and how each cell stands to the others.

A cell that holds nothing is silence: not zero, not denial, not agreement. A line that holds nothing is what nobody in
view says, though it is asked of such an event, or some account of the story puts or answers that very question, or did
before it took its claim back. What one account alone says has a line only where a claim asks for it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, partial
from itertools import chain
from typing import NamedTuple

import numpy as np

from contested.analysis.comparison.columns import Array
from contested.analysis.comparison.compare import AGREE, COMPATIBLE, CONTRADICT, DIFFER, REJECTED
from contested.analysis.comparison.origins import independent, origins
from contested.analysis.comparison.pairs import Pairs, find_pairs
from contested.analysis.comparison.position import (
    Topic,
    question_texts,
    short_value,
    stated_days,
    topics,
    write_position,
)
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
OTHERWISE = "⊂ counts something else"
_NAMED = 2
"""How many speakers a cell names; the claims behind it name all."""


class Verdict(StrEnum):
    """How the accounts stand to each other on one question."""

    CONFLICT = "cannot both be right"
    DENIED = "one denies"
    DIFFER = "differ"
    FIT = "fit"
    AGREE = "agree"
    ALONE = "one voice"
    NOBODY = "nobody says"


_VERDICTS = {
    CONTRADICT: Verdict.CONFLICT,
    REJECTED: Verdict.CONFLICT,
    DIFFER: Verdict.DIFFER,
    COMPATIBLE: Verdict.FIT,
    AGREE: Verdict.AGREE,
    None: Verdict.ALONE,
}


class Said(NamedTuple):
    """One value, and who said it when."""

    value: str
    who: str = ""
    """The speakers, where they are not the account itself."""
    days: tuple[date, ...] = ()
    """The first and the last day on which it was said."""
    stance: Stance = Stance.ASSERTS
    is_hearsay: bool = False
    counts: str = ""
    """What a figure counts that is not what is asked."""


class Cell(NamedTuple):
    """What one account says on one question."""

    said: tuple[Said, ...]
    state: str
    claim_ids: tuple[str, ...]
    relation: int | None = None
    """The worst that holds between it and another."""
    may_have_risen: bool = False
    """Whether it is a figure that differs, and both may be right, as a running total may rise."""

    @property
    def is_in_conflict(self) -> bool:
        """Say whether it cannot be right together with another."""
        return self.relation is not None and self.relation <= REJECTED

    @property
    def agrees(self) -> bool:
        """Say whether all others that answer say the same."""
        return self.relation == AGREE

    @property
    def denies(self) -> bool:
        """Say whether the account denies something."""
        return any(one.stance is Stance.DENIES for one in self.said)


@dataclass(frozen=True)
class Line:
    """One question, how many accounts answer it, and how they stand to each other."""

    question: str
    accounts: int = 0
    conflicting: int = 0
    """How many accounts cannot be right together with another, or with themselves."""
    contradicting: int = 0
    """How many pairs of positions contradict each other."""
    disagreeing: int = 0
    """How many pairs of positions disagree."""
    verdict: Verdict = Verdict.NOBODY
    against: tuple[str, ...] = ()
    """The other questions whose answers contradict those to this one."""
    read: Callable[[], dict[str, Cell]] = dict

    @cached_property
    def cells(self) -> dict[str, Cell]:
        """What each account says on it."""
        return self.read()

    @property
    def is_in_conflict(self) -> bool:
        """Say whether not all answers can be right."""
        return self.verdict in {Verdict.CONFLICT, Verdict.DENIED}


def matrix(
    positions: Positions, kinds: Mapping[str, Sequence[str]] | None = None, asked: Mapping[Topic, str] | None = None
) -> list[Line]:
    """Put every position in its cell, the question with most accounts in conflict first, what nobody says last."""
    lines = sorted(_lines(positions, find_pairs(positions)), key=_order)
    answered = set(topics(positions.columns, positions.topic_starts[:-1]))
    return lines + [Line(one) for one in _nobody(answered, positions.legend, kinds or {}, asked or {})]


def _order(line: Line) -> tuple[int, int, int, int, str]:
    return -line.conflicting, -line.contradicting, -line.disagreeing, -line.accounts, line.question


def _lines(positions: Positions, found: Pairs) -> Iterator[Line]:
    """Name every question that two answer, or that a claim asks in words."""
    topic, account = positions["topic"].tolist(), positions["account"].tolist()
    pairs_of: dict[int, list[_Pair]] = {}
    for pair in zip(*(column.tolist() for column in (found.one, found.other, found.relation)), strict=True):
        for number in {topic[pair[0]], topic[pair[1]]}:
            pairs_of.setdefault(number, []).append(pair)
    asked = np.unique(positions["topic"][positions["is_asked"]])
    titles = _titles(positions, np.union1d(asked, np.array([*pairs_of], int)))
    for number, title in titles.items():
        pairs, rows = pairs_of.get(number, []), _rows(positions, number)
        worst = min((relation for *_, relation in pairs), default=None)
        opposed = {row for *both, relation in pairs if relation <= REJECTED for row in both}
        is_denied = worst in {CONTRADICT, REJECTED} and positions["denies"][rows].any()
        yield Line(
            title,
            accounts=len({account[row] for row in rows}),
            conflicting=len({account[row] for row in rows if row in opposed}),
            contradicting=sum(relation == CONTRADICT for *_, relation in pairs),
            disagreeing=sum(relation <= DIFFER for *_, relation in pairs),
            verdict=Verdict.DENIED if is_denied else _VERDICTS[worst],
            against=tuple(sorted(titles[one] for one in {topic[row] for pair in pairs for row in pair[:2]} - {number})),
            read=partial(_cells, positions, number, pairs),
        )


_Pair = tuple[int, int, int]
"""Two rows of the positions, and how they stand to each other."""


def _titles(positions: Positions, topics: Array) -> dict[int, str]:
    """Put the question of each topic into words, with its event where several read alike."""
    first, legend = positions.topic_starts[topics], positions.legend
    names = question_texts(positions.columns, first, legend).to_pylist()
    several = {name for name, number in Counter(names).items() if number > 1}
    events = [positions.columns.text("event_id", row) for row in first.tolist()]
    labels = [legend.event(event) if event else name for event, name in zip(events, names, strict=True)]
    return {
        topic: f"{name} ({label})" if name in several and label not in name else name
        for topic, name, label in zip(topics.tolist(), names, labels, strict=True)
    }


def _cells(positions: Positions, topic: int, pairs: Sequence[_Pair]) -> dict[str, Cell]:
    rows, cells = _rows(positions, topic), {}
    for voice in positions.legend.voices:
        mine = [row for row in rows if positions.columns.text("account", row) == voice.key]
        if mine:
            said = tuple(dict.fromkeys(_said(positions, row) for row in mine))
            state, worst = _state(positions, mine, [pair for pair in pairs if not {*mine}.isdisjoint(pair[:2])])
            is_figure = bool(positions["form"][mine[0]] == FIGURE)
            cells[voice.key] = Cell(said, state, _claims(positions, mine), worst, is_figure and worst == DIFFER)
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
    return ", ".join(one for one in noted if one) or "by no stated definition"


def _state(positions: Positions, mine: Sequence[int], pairs: Sequence[_Pair]) -> tuple[str, int | None]:
    """Say the worst that holds of an account's positions, after what it denies itself."""
    worst = min((relation for *_, relation in pairs), default=None)
    state = ALONE if worst is None else MARKS[worst]
    if worst == AGREE:
        same = sorted({row for pair in pairs for row in pair[:2]})
        state += f" ({independent((positions['is_stated'][row], origins(positions, row)) for row in same).said()})"
    if not positions["denies"][mine].any():
        return state, worst
    return (DENIES if worst in {None, REJECTED} else f"{DENIES}, {state}"), worst


def _nobody(
    answered: Collection[Topic], legend: Legend, kinds: Mapping[str, Sequence[str]], asked: Mapping[Topic, str]
) -> Iterator[str]:
    """Name what is asked of the events in view by what they are, or by anybody in words, and answered by nobody."""
    of_event, unanswered = {topic[:3] for topic in answered}, set[Topic]()
    of_any = {(form, about) for form, _, about in of_event}
    for event, made in kinds.items():
        for form, about in expected_questions(made):
            open_still = [one for one in about if (form, event, one) not in of_event]
            if open_still:
                unanswered |= {(form, event, one) for one in open_still}
                is_told_of_others = any((form, one) in of_any for one in open_still)
                yield f"{joint_question(form, open_still, of_it_alone=is_told_of_others)} ({legend.event(event)})"
    yield from sorted(
        {words for topic, words in asked.items() if topic not in answered and topic[:3] not in unanswered}
    )


def _said(positions: Positions, row: int, counts: str = "") -> Said:
    one = write_position(positions, row)
    stance, days = Stance(one.stance), sorted(stated_days(positions, row))
    value = short_value(positions, row)
    if stance is Stance.DENIES and positions.columns.text("answer", row) is None:
        value = f"not {value}"
    ends = (days[0], days[-1]) if days else ()
    return Said(value, _speakers(positions, row, one.account, one.voice), ends, stance, bool(one.via), counts)


def _speakers(positions: Positions, row: int, account: str, voice: str) -> str:
    """Name of a side whose words they are, and the speakers where they are not the account itself."""
    legend, is_side = positions.legend, voice != account
    label = legend.account(voice) if is_side else legend.label(voice)
    speakers = sorted({*positions.listed(row, "speaker")} - {label})
    more = len(speakers) - _NAMED
    named = speakers[:_NAMED] + ([counted(more, "other")] if more > 0 else [])
    return ", ".join(part for part in (label if is_side else "", listing(named)) if part)
