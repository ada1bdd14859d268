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
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from contested.analysis.comparison.compare import AGREE, COMPATIBLE, CONTRADICT, DIFFER, REJECTED
from contested.analysis.comparison.deduplicate import distinct, runs
from contested.analysis.comparison.disputes import disputes
from contested.analysis.comparison.origins import independent
from contested.analysis.comparison.position import Position, each, flags, words
from contested.analysis.comparison.questions import asked_together, expected
from contested.analysis.comparison.words import Numbers
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

Rows = Mapping[int, Position]


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
    told: pa.RecordBatch,
    legend: Legend,
    kinds: Mapping[str, Sequence[str]] | None = None,
    posed: Mapping[str, str] | None = None,
) -> list[Line]:
    """Put every position in its cell, the most disputed question first, and what nobody says last."""
    topic = words(told, "topic")
    lines = list(_Asked(told, disputes(told, legend.wholes), runs(topic.number), legend).lines())
    lines.sort(key=lambda line: (-line.contradicting, -line.disagreeing, -line.accounts, line.question))
    answered = sorted(topic.texts.take(pa.array(distinct(topic.number))).to_pylist())
    return lines + [Line(one) for one in _nobody(answered, legend, kinds or {}, posed or {})]


class _Asked:
    """The questions, and what is found on each."""

    def __init__(self, told: pa.RecordBatch, found: pa.RecordBatch, topic: Numbers, legend: Legend) -> None:
        self._told, self._legend, self._topic = told, legend, topic
        self._number = np.arange(topic.max(initial=-1) + 2)
        self._one, self._other, self._relation = (found[name].to_numpy() for name in ("one", "other", "relation"))
        one, other = topic[self._one], topic[self._other]
        apart = np.flatnonzero(one != other)
        touched = np.concatenate([one, other[apart]])
        order = np.argsort(touched, kind="stable")
        self._pairs = np.concatenate([np.arange(len(one)), apart])[order]
        self._touched = touched[order]
        self._alike = _of_one_measure(told, topic)
        self._starts, self._found = np.searchsorted(topic, self._number), np.searchsorted(self._touched, self._number)

    def lines(self) -> Iterator[Line]:
        """Name every question that two answer, or that a claim asks in words."""
        first = self._told.select(["question", "event_id"]).take(pa.array(self._starts[:-1])).to_pydict()
        posed = np.add.reduceat(flags(self._told, "posed"), self._starts[:-1], dtype=int) > 0
        shown = np.flatnonzero(posed | (np.diff(self._found) > 0))
        relation, wide = self._relation[self._pairs], len(self._number)
        account = words(self._told, "account").number.astype(np.int64)
        accounts = distinct(account * wide + self._topic) % wide
        counts = (accounts, self._touched[relation == CONTRADICT], self._touched[relation <= DIFFER])
        tallies = [np.bincount(one, minlength=wide) for one in counts]
        titles = Counter(first["question"][number] for number in shown)
        for number in shown.tolist():
            question, event = first["question"][number], first["event_id"][number]
            named = self._legend.event(event) if event else question
            title = f"{question} ({named})" if titles[question] > 1 and named not in question else question
            heard, contradicting, disagreeing = (int(one[number]) for one in tallies)
            yield Line(title, heard, contradicting, disagreeing, partial(self._cells, number))

    def _cells(self, topic: int) -> dict[str, Cell]:
        start, stop = self._starts[topic : topic + 2].tolist()
        rows = dict(enumerate(each(self._told.slice(start, stop - start)), start))
        pairs = self._pairs[self._found[topic] : self._found[topic + 1]]
        found = list(zip(*(column[pairs].tolist() for column in (self._one, self._other, self._relation)), strict=True))
        cells = {}
        for voice in self._legend.voices:
            if mine := {number: row for number, row in rows.items() if row.account == voice.key}:
                ids = tuple(dict.fromkeys(claim for one in mine.values() for claim in one.claim_ids))
                spoken = dict.fromkeys(Said(_spoken(one), _by(one, self._legend)) for one in mine.values())
                cells[voice.key] = Cell(tuple(spoken), _state(mine, rows, found), ids)
        return self._otherwise(topic, set(cells)) | cells

    def _otherwise(self, topic: int, heard: set[str]) -> dict[str, Cell]:
        """Give what those count who say nothing on the very question, but a figure of the same measure otherwise."""
        others = [one for one in self._alike.get(_measured(self._named(topic)), ()) if one != topic]
        cells: dict[str, Cell] = {}
        for other in others:
            start, stop = self._starts[other : other + 2].tolist()
            for row in each(self._told.slice(start, stop - start)):
                if row.account not in heard:
                    before = cells.get(row.account, Cell((), OTHERWISE, ()))
                    said = Said(f"{_spoken(row)}, {_counts(row.topic)}", _by(row, self._legend))
                    cells[row.account] = Cell((*before.said, said), OTHERWISE, (*before.claim_ids, *row.claim_ids))
        return cells

    def _named(self, topic: int) -> str:
        name: str = self._told["topic"][int(self._starts[topic])].as_py()
        return name


def _of_one_measure(told: pa.RecordBatch, topic: Numbers) -> dict[str, list[int]]:
    """Name the topics that count the same measure of the same event, whatever their definition."""
    found: dict[str, list[int]] = {}
    first = np.flatnonzero(np.diff(topic, prepend=-1))
    for number, name in zip(topic[first].tolist(), told["topic"].take(pa.array(first)).to_pylist(), strict=True):
        if measure := _measured(name):
            found.setdefault(measure, []).append(number)
    return found


def _measured(topic: str) -> str:
    """Name what a topic counts of which event, or nothing where it counts nothing."""
    parts = topic.split("|")
    return "|".join(parts[:3]) if parts[0] == "figure" else ""


def _counts(topic: str) -> str:
    """Say by which definition and of whom a topic counts."""
    _, _, _, definition, victims, *_, part = topic.split("|")
    noted = [f"as {definition}" if definition else "", f"of {victims}" if victims else "", "a part" if part else ""]
    return ", ".join(one for one in noted if one) or "by no stated definition"


def _state(mine: Rows, rows: Rows, found: list[tuple[int, int, int]]) -> str:
    """Say the worst that holds of an account's positions, after what it denies itself."""
    pairs = [pair for pair in found if pair[0] in mine or pair[1] in mine]
    worst = min((relation for _, _, relation in pairs), default=None)
    state = ALONE if worst is None else MARKS[worst]
    if worst == AGREE:
        alike = sorted({one for pair in pairs if pair[2] == AGREE for one in pair[:2]})
        state += f" ({independent((rows[one].is_stated, rows[one].origins()) for one in alike).said()})"
    if not any(row.stance == "denies" for row in mine.values()):
        return state
    return DENIES if worst in {None, REJECTED} else f"{DENIES}, {state}"


def _nobody(
    topics: Sequence[str], legend: Legend, kinds: Mapping[str, Sequence[str]], posed: Mapping[str, str]
) -> Iterator[str]:
    """Name what is asked of the events in view by what they are, or by anybody in words, and answered by nobody.

    The topics that are answered come in their order.
    """
    told: set[str] = set()
    for event, made in kinds.items():
        for form, about in expected(made):
            open_still = [one for one in about if not _among(f"{form}|{event}|{one}", topics)]
            if open_still:
                told |= {f"{form}|{event}|{one}" for one in open_still}
                yield f"{asked_together(form, open_still)} ({legend.event(event)})"
    answered = set(topics)
    yield from sorted(
        {words for topic, words in posed.items() if topic not in answered and told.isdisjoint(_of(topic))}
    )


def _among(topic: str, topics: Sequence[str]) -> bool:
    """Say whether a topic, or one within it, is among those in order."""
    next_ones = (topics[at : at + 1] for at in (bisect_left(topics, topic), bisect_left(topics, f"{topic}|")))
    return any(topic in _of(one) for ones in next_ones for one in ones)


def _of(topic: str) -> Iterator[str]:
    """Give the topic and every one that it lies within."""
    parts = topic.split("|")
    return ("|".join(parts[:number]) for number in range(1, len(parts) + 1))


def _spoken(position: Position) -> str:
    how = {"denies": " (denies)", "relays": " (passes on)"}.get(position.stance, "")
    return f"{position.said}{how}" + (" ○ hearsay" if position.via else "")


def _by(position: Position, legend: Legend) -> str:
    """Name of a side whose words they are, the speakers where they are not the account itself, and when they spoke."""
    account = legend.label(position.voice) if position.voice == position.account else legend.account(position.voice)
    speakers = sorted({one for one in position.speakers if one not in {None, account}})
    more = len(speakers) - _NAMED
    named = speakers[:_NAMED] + ([counted(more, "other")] if more > 0 else [])
    whose = "" if position.voice == position.account else account
    return ", ".join(part for part in (whose, listing(named), position.when) if part)
