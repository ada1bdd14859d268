"""A sentence of a wire: which of its words tell a time, a figure, who said it, and when; all else stays."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from contested.ingest.as_said import Figure, read_figure, read_span
from contested.ingest.cells.time_span import Precision, TimeSpan
from contested.ingest.cells.unreadable import Unreadable
from contested.model.corrections import clocks
from contested.model.language import alternatives, listed
from contested.model.vocabulary import Measure

LONGEST = 2_000
"""Letters of a sentence that are looked through."""
_WINDOW = 10
"""The most words that tell one time or one figure."""
_AROUND = " ,.;:()[]“”\"'«»"
_STOP = r",;:.!?“”\"«»"
_YEARS = {Precision.YEAR, Precision.YEARS}
_NEAR = 40
"""Within how many letters after a figure the words stand that say what it counts."""


NO_DATE = "no date"
_LENGTH = re.compile(rf"\s+{alternatives(*listed('lengths', 'time'))}", re.IGNORECASE)


class Passage(NamedTuple):
    """Some words of a sentence, from one letter to another, and what they tell.

    `time` when it happened, `figure`, `who` said it, `said` when.
    """

    start: int
    end: int
    words: str
    kind: str


@lru_cache(maxsize=256)
def passages(sentence: str, zone: str, said: datetime | None = None) -> tuple[Passage, ...]:
    """Find the times, the figures and the speaker of a sentence, in its order; no two share a word.

    Each run of up to ten words is read, a second for a long paste; the page that shows them asks again at each key.
    """
    text = sentence[:LONGEST]
    times = [_of_saying(text, one) for one in _longest(text, "time", lambda words: _is_time(words, zone, said), [])]
    who = [one for one in _speakers(text) if not _touches(one, times)][:1]
    figures = _longest(text, "figure", _is_figure, [*times, *who])
    return tuple(sorted([*times, *who, *(one for one in figures if not _LENGTH.match(text, one.end))]))


def measure_of(sentence: str, figure: Passage) -> Measure | None:
    """Say what a figure counts, where the words beside it name the killed or the injured, and not both."""
    after = sentence[figure.start : figure.end + _NEAR].casefold()
    found = {
        measure: hit.start()
        for measure in (Measure.KILLED, Measure.INJURED)
        if (hit := re.search(alternatives(*listed(str(measure), "count")), after))
    }
    return min(found, key=found.__getitem__) if found else None


def _of_saying(text: str, time: Passage) -> Passage:
    """Tell a day or an hour on which something was said, "… said on 9 February.", from when it happened."""
    says = alternatives(*listed("says", "speech"))
    follows = re.search(rf"{says}(?:\s+\w{{1,3}})?\s*$", text[: time.start], re.IGNORECASE)
    is_last = re.match(rf"\s*(?:$|[{_STOP}])", text[time.end :])
    return time._replace(kind="said") if follows and is_last and not time.words[0].islower() else time


def _longest(text: str, kind: str, is_one: Callable[[str], bool], taken: list[Passage]) -> Iterator[Passage]:
    """Find the longest runs of words that tell something, each without the words at its ends that add nothing."""
    words, free = list(re.finditer(r"\S+", text)), list(taken)
    for length in range(min(_WINDOW, len(words)), 0, -1):
        for first in range(len(words) - length + 1):
            one = _trimmed(text, words[first].start(), words[first + length - 1].end(), kind)
            if one and not _touches(one, free) and is_one(one.words):
                free.append(one)
                yield one


def _trimmed(text: str, start: int, end: int, kind: str) -> Passage | None:
    run = text[start:end]
    left, bare = len(run) - len(run.lstrip(_AROUND)), run.strip(_AROUND)
    filler = alternatives(*listed("fillers", "time"))
    is_loose = re.search(rf"\s{filler}$", bare, re.IGNORECASE) or re.match(rf"{filler}\s", bare, re.IGNORECASE)
    if not bare or (kind == "time" and is_loose):
        return None
    return Passage(start + left, start + left + len(bare), bare, kind)


def _touches(one: Passage, others: list[Passage]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _is_time(words: str, zone: str, said: datetime | None) -> bool:
    """Say whether words tell a time, be it one whose day or year is still to be said."""
    read = read_span(words, zone, said or datetime.now(ZoneInfo(zone)))
    if isinstance(read, TimeSpan):
        return read.precision not in _YEARS
    return read.reason == NO_DATE and bool(clocks(words))


def _is_figure(words: str) -> bool:
    read = read_figure(words)
    if isinstance(read, Unreadable):
        return False
    return isinstance(read, Figure) and any(one is not None for one in read[:3])


def _speakers(text: str) -> Iterator[Passage]:
    """Find who stands before a word of speech, or after "according to"."""
    says, by = (alternatives(*listed(key, "speech")) for key in ("says", "according"))
    for pattern in (rf"{by}\s+([^{_STOP}]{{2,60}})", rf"(?:^|[{_STOP}]\s*)([^{_STOP}]{{2,60}}?)\s+{says}"):
        for found in re.finditer(pattern, text, re.IGNORECASE):
            yield Passage(found.start(1), found.start(1) + len(found[1].rstrip()), found[1].rstrip(), "who")
