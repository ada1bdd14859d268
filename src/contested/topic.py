"""A topic: which claims a question concerns, and why one of them may not support an answer."""

from collections.abc import Iterable
from typing import NamedTuple

from contested.vocabulary import MILESTONE_KINDS


class Gap(NamedTuple):
    """Why a claim does not support an answer: in words for one, for several, and in SQL."""

    one: str
    several: str
    sql: str


WITHDRAWN = Gap("was withdrawn", "were withdrawn", "standing = 'withdrawn'")
REPLACED = Gap("was replaced since", "were replaced since", "standing = 'superseded'")
CORRECTED = Gap("was corrected since", "were corrected since", "standing = 'corrected'")
DENIES = Gap("denies it", "deny it", "stance = 'denies'")
UNTIMED = Gap(
    "gives no time", "give no time", "coalesce(began_earliest, began_latest, ended_earliest, ended_latest) is null"
)
UNNUMBERED = Gap("gives no number", "give no number", "coalesce(low, best, high) is null")
UNDATED = Gap("was said at an unknown time", "were said at an unknown time", "stated_at is null")
PART = Gap("counts a part", "count a part", "victims is not null or len(part_of) > 0")
PLACELESS = Gap("names no place", "name no place", "place is null and latitude is null")
FALLEN = (WITHDRAWN, REPLACED, CORRECTED)
"""What an account no longer stands by."""


TAKEN_BACK = "if(standing = 'withdrawn', withdrawn_at, null)"
"""When a claim was withdrawn, as far as it was known to be."""
SINCE = f"select coalesce($compared_with, max(greatest(stated_at, {TAKEN_BACK})) - interval 24 hour) from known"
"""The earlier of two moments: the one chosen, or a day before anything was said last."""


class Topic(NamedTuple):
    """Which claims a question concerns, in words and in SQL, and why one of them may not support an answer."""

    words: str = ""
    claims: str = "true"
    gaps: tuple[Gap, ...] = ()
    is_of_time: bool = False
    is_of_figures: bool = False


EVERYTHING = Topic()


def milestones(*kinds: str) -> Topic:
    """Name the topic of those who ask when a milestone came; the claims of one account on it are read together."""
    asked = kinds or MILESTONE_KINDS
    return Topic(f"of a {_or(asked)}", _among("kind", asked), (*FALLEN, DENIES, UNTIMED), is_of_time=True)


def counts(*measures: str) -> Topic:
    """Name the topic of those who ask for the last word on a total."""
    left_out = (*FALLEN, DENIES, PART, UNNUMBERED, UNDATED)
    return Topic(f"of the {_or(measures)}", _among("measure", measures), left_out, is_of_figures=True)


def comparable() -> Topic:
    """Name the topic of those who ask what can be compared: an answer in words, or the time of a milestone."""
    timed = f"{_among('kind', MILESTONE_KINDS)} and stance <> 'denies' and not {UNTIMED.sql}"
    return Topic("on what can be compared", f"question is not null or ({timed})", (*FALLEN, PART))


def news() -> Topic:
    """Name the topic of those who ask what is new since the earlier moment."""
    before = f"stated_at <= ({SINCE}) and not coalesce({TAKEN_BACK} > ({SINCE}), false)"
    return Topic(gaps=(UNDATED, Gap("was known before", "were known before", before)))


def _or(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def _among(column: str, words: Iterable[str]) -> str:
    listed = ", ".join(f"'{word}'" for word in words)
    return f"{column} in ({listed})"
