"""Forms: in which ways claims answer, and what each answer is about.

A figure answers how many, a time of a milestone when, a place of a milestone where, a point of its own where a named
place lies. A question "When did … begin?" or "… end?" dates its event. That two accounts tell of one thing, each in its
way, is no answer: nobody asked whether it happened.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from contested.analysis.comparison.deduplicate import Columns
from contested.analysis.comparison.questions import RESPONSE_END
from contested.analysis.comparison.words import Flags, Reals, Words, always
from contested.model.vocabulary import MILESTONE_KINDS, UNIT_KINDS, Kind


class Form(NamedTuple):
    """What claims answer in one form: which of them do, and what each is then about."""

    name: str
    where: Flags
    about: Words
    words: Words | None = None
    """The question as the claim itself puts it."""
    said: Words | None = None
    begins: Flags | bool = False
    """Whether it answers when, by when it began."""
    ends: Flags | bool = False
    lies: Flags | bool = False
    """Whether it answers where."""


def forms(claims: Columns) -> Iterator[Form]:
    """Give every form, with the claims that answer in it."""
    kind, question, answer, place = (claims.texts[name] for name in ("kind", "question", "answer", "place"))
    asks_when, asks_where, of_begin, of_end, is_end = _asks(question)
    is_help, is_milestone, is_clash, is_cleared = (
        kind.among(words) for words in (UNIT_KINDS, MILESTONE_KINDS, (Kind.CLASH,), (Kind.END,))
    )
    denies = claims.texts["stance"].among(["denies"])
    low, best, high, latitude = (claims.reals[name] for name in ("low", "best", "high", "latitude"))
    begun, ended = (
        known(*(claims.reals[f"{which}_{end}"] for end in ("earliest", "latest"))) for which in ("began", "ended")
    )
    onset, end = (is_clash | (~is_milestone & asked) for asked in (of_begin, of_end))
    measure = claims.texts["measure"]
    counts = measure.known() & (known(low, best, high) | claims.texts["figure_words"].known())
    dates = ~question.known() | (asks_when & ((begun & (is_help | onset)) | (ended & end)))
    own, start, over = answer.only(~is_milestone), question.only(asks_when & ~is_end), question.only(asks_when & is_end)
    rows = len(kind)

    yield Form("figure", counts, measure, question, answer)
    yield Form("when", onset & begun, always("onset", rows), start, own, begins=True)
    yield Form("when", end & ended, always("end", rows), over, own, ends=True)
    yield Form("when", is_help & ~is_cleared & begun, kind, start, own, begins=True)
    yield Form("when", is_cleared & begun, always(RESPONSE_END, rows), over, own, begins=True)
    yield Form("asked", ~counts & ~dates, question, question, answer, begins=asks_when, lies=asks_where)
    yield Form("where", is_milestone & ~denies & (place.known() | known(latitude)), kind, lies=True)
    pointed = known(latitude)
    lies = place.among(place.take(np.flatnonzero(pointed & place.known())).written()) & ~denies
    yield Form("place", lies, place, said=answer.only(pointed), lies=True)


def _asks(question: Words) -> Flags:
    """Say which questions ask when and where, when something began or ended, and for an end."""
    asked = [[bool(one.search(words)) for one in _ASKED] for words in question.texts.tolist()]
    answers: Flags = np.array([*asked, [False] * len(_ASKED)])[question.number].T
    return answers


_ASKED = [
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(?i)^when ",
        r"(?i)^where ",
        r"^When did .*\b(begin|start)\b",
        r"^When did .*\bend\b",
        r"\bend(ed)?\b",
    )
]


def known(*columns: Reals) -> Flags:
    """Say where any of the figures is known."""
    found: Flags = np.logical_or.reduce([~np.isnan(column) for column in columns])
    return found
