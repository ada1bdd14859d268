"""A topic: which claims a question concerns, and why one of them may not support an answer."""

from collections.abc import Iterable
from typing import NamedTuple

from contested.model.vocabulary import MILESTONE_KINDS, Kind
from contested.model.wording import spaced


class Gap(NamedTuple):
    """Why a claim does not support an answer: in words for one and for several, in SQL, and how it is done."""

    one: str
    several: str
    sql: str
    done: str = ""


WITHDRAWN = Gap("was withdrawn", "were withdrawn", "standing = 'withdrawn'", "{claim} was withdrawn")
REPLACED = Gap("was replaced since", "were replaced since", "standing = 'superseded'", "{claim} was replaced")
CORRECTED = Gap("was corrected since", "were corrected since", "standing = 'corrected'", "{claim} was corrected")
DENIES = Gap("denies it", "deny it", "stance = 'denies'", "{thing} is denied")
UNTIMED = Gap("gives no time", "give no time", "is_untimed", "{thing} is told without a time")
UNNUMBERED = Gap(
    "gives no number", "give no number", "coalesce(low, best, high) is null", "{thing} is told without a number"
)
UNDATED = Gap("became known at an unknown time", "became known at an unknown time", "known_at is null")
PART = Gap("counts only some people", "count only some people", "victims is not null or len(part_of) > 0")
PLACELESS = Gap("names no place", "name no place", "place is null and latitude is null")
FALLEN = (WITHDRAWN, REPLACED, CORRECTED)
"""What an account no longer stands by."""


TAKEN_BACK = "if(standing = 'withdrawn', if($known_by = 'recorded', known_at, withdrawn_at), null)"
"""When a claim was withdrawn, as far as it was known to be: by its account, or in the record."""
_LOOSE = "$known_by = 'stated' and coalesce(stated_at - stated_earliest > interval 25 hour, false)"
"""Whether a statement is known by when it was made at the latest, and no day: a day has 25 hours at most."""
_LAST = f"max(greatest(if({_LOOSE}, null, known_at), {TAKEN_BACK})), max(known_at)"
SINCE = f"select coalesce($compared_with, coalesce({_LAST}) - interval 24 hour) from known"
"""The earlier of two moments: the one chosen, or a day before anything became known last whose day is known."""


class Topic(NamedTuple):
    """Which claims a question concerns, in words and in SQL, and why one of them may not support an answer."""

    words: str = ""
    thing: str = ""
    claims: str = "true"
    gaps: tuple[Gap, ...] = ()
    is_of_time: bool = False
    is_of_figures: bool = False
    is_of_hours: bool = False
    """Whether hours are counted, of which the last are incomplete by how late each account speaks."""
    is_of_delays: bool = False
    """Whether a start and a stop are asked for, of which an account may time one alone."""
    is_told_once: bool = False
    """Whether an account tells each of both at most once of an event, so that none needs to be told apart."""
    is_tallied: bool = False
    """Whether which claims are concerned, and why one is left out, is told by what `tallied` holds of each."""


EVERYTHING = Topic(is_tallied=True)


def milestones(*kinds: str, is_timed: bool = False) -> Topic:
    """Name the topic of those who ask when a milestone came; the claims of one account on it are read together.

    If `is_timed`, it is counted too of how many events each account times the start and the stop that are asked for.
    """
    words, left_out = _or(kinds) if kinds else "clash or a response", (*FALLEN, DENIES, UNTIMED)
    among = _among("kind", kinds or MILESTONE_KINDS)
    flags = {"is_of_time": True, "is_of_delays": is_timed, "is_tallied": True}
    return Topic(f"of a {words}", f"A {words}", among, left_out, **flags)


def counts(*measures: str) -> Topic:
    """Name the topic of those who ask for the last word on a total."""
    left_out = (*FALLEN, DENIES, PART, UNNUMBERED)
    toll = f"A toll of the {_or(measures)}"
    return Topic(f"of the {_or(measures)}", toll, _among("measure", measures), left_out, is_of_figures=True)


def comparable() -> Topic:
    """Name the topic of those who ask what can be compared: an answer, a figure, a point, a milestone."""
    when = "coalesce(began_earliest, began_latest, ended_earliest, ended_latest)"
    milestone = f"{_among('kind', (*MILESTONE_KINDS, Kind.END))} and ({when} is not null or place is not null)"
    lies = "coalesce(place in (select place from selected where latitude is not null), latitude is not null)"
    asked = f"coalesce(question, measure) is not null or {lies} or {milestone}"
    return Topic("that can be compared", "", asked, FALLEN)


def news() -> Topic:
    """Name the topic of those who ask what is new since the earlier moment."""
    before = f"known_at <= ({SINCE}) and not coalesce({TAKEN_BACK} > ({SINCE}), false)"
    return Topic(gaps=(UNDATED, Gap("was known before", "were known before", before)))


def _or(words: Iterable[str]) -> str:
    *others, last = map(spaced, words)
    return f"{', '.join(others)} or {last}" if others else last


def _among(column: str, words: Iterable[str]) -> str:
    listed = ", ".join(f"'{word}'" for word in words)
    return f"{column} in ({listed})"
