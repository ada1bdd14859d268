"""Conclusions: what a reader's rule takes from positions that differ, question by question."""

from collections.abc import Iterable

import pyarrow as pa

from contested.analysis.comparison.position import Position, each
from contested.model.wording import counted, listing
from contested.query.legend import Legend
from contested.query.resolution import Resolution, Telling, resolved

_MOST = 5


def conclusions(told: pa.RecordBatch, legend: Legend) -> dict[str, str]:
    """Say by topic what the reader's rule concludes and sets aside; nothing where all is shown or nobody differs."""
    rule = legend.selection.resolution
    if rule == Resolution.ALL:
        return {}
    asked: dict[str, list[Position]] = {}
    for position in each(told):
        asked.setdefault(position.topic, []).append(position)
    return {topic: _concluded(told, legend) for topic, told in asked.items() if len({_value(one) for one in told}) > 1}


def summary(said: Iterable[str]) -> list[str]:
    """Give the first conclusions, and count the others."""
    told = [one for one in dict.fromkeys(said) if one]
    more = counted(len(told) - _MOST, "more question")
    return told[:_MOST] + [f"The same rule goes for {more}."] * (len(told) > _MOST)


def _concluded(told: list[Position], legend: Legend) -> str:
    found = resolved([_telling(one) for one in told], legend.selection.resolution, legend.label)
    kept = listing(dict.fromkeys(one.said for one in found.kept)) or "no answer"
    return f"{told[0].question} {kept[0].upper()}{kept[1:]} ({found.said(legend.label)})."


def _telling(position: Position) -> Telling:
    """Read a position; a document that quotes two accounts does not make them one."""
    origins = frozenset(origin for origin in position.origins() if not origin.startswith("document "))
    said = f"{position.said} (denied)" if position.stance == "denies" else position.said
    return Telling(
        position.account,
        said,
        _value(position),
        origins,
        frozenset([position.voice, *position.sources]),
        position.is_stated,
    )


def _value(position: Position) -> object:
    value = position.said.casefold() if position.lower is None else (position.lower, position.upper)
    return position.stance == "denies", value
