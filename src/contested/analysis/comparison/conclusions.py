"""Conclusions: what a reader's rule takes from positions that differ, question by question."""

from collections.abc import Iterable

from contested.analysis.comparison.origins import origins
from contested.analysis.comparison.position import question_text, write_position
from contested.analysis.comparison.positions import Positions
from contested.model.vocabulary import Stance
from contested.model.wording import counted, listing
from contested.query.resolution import Telling, resolved

_MOST = 5


def conclusion(positions: Positions, topic: int) -> str:
    """Say what the reader's rule concludes on one topic and what it sets aside; nothing where nobody differs."""
    start, stop = positions.topic_starts[topic : topic + 2].tolist()
    every = [_telling(positions, row) for row in range(start, stop)]
    if len({one.value for one in every}) == 1:
        return ""
    legend = positions.legend
    found = resolved(every, legend.selection.resolution, legend.label)
    kept = listing(dict.fromkeys(one.said for one in found.kept)) or "no answer"
    asked = question_text(positions.columns, start, legend)
    return f"{asked} {kept[0].upper()}{kept[1:]} ({found.said(legend.label)})."


def summary(said: Iterable[str]) -> list[str]:
    """Give the first conclusions, and count the others."""
    positions = [one for one in dict.fromkeys(said) if one]
    more = counted(len(positions) - _MOST, "more question")
    return positions[:_MOST] + [f"The same rule goes for {more}."] * (len(positions) > _MOST)


def _telling(positions: Positions, row: int) -> Telling:
    """Read a position; a document that quotes two accounts does not make them one."""
    one = write_position(positions, row)
    said = f"{one.said} (denied)" if one.stance == Stance.DENIES else one.said
    shared = frozenset(origin for origin in origins(positions, row) if not origin.startswith("document "))
    value = one.stance == Stance.DENIES, one.value or one.said.casefold()
    return Telling(one.account, said, value, shared, frozenset([one.voice, *one.sources]), one.is_stated)
