"""Events within events. A part cannot begin before its whole begins, nor end after it ends."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from contested.model.problem import Problem

Parts = Mapping[str, tuple[str, ...]]
"""The wholes that each event says it is a part of."""


def wholes(parts: Parts) -> dict[str, frozenset[str]]:
    """Name all that each event lies within, near and far; what lies within itself lies within nothing."""
    above = {event: _above(event, parts) for event in parts}
    return {event: frozenset() if event in found else frozenset(found) for event, found in above.items()}


def unfit(parts: Parts, rows: Mapping[str, int]) -> Iterator[Problem]:
    """Find wholes that nobody knows, and events that lie within themselves."""
    for event, row in rows.items():
        for whole in parts[event]:
            if whole not in parts:
                reason = f"{event} is part of an event that the table lacks"
                yield Problem("reference", row, "part_of", whole, reason, f"add it, or choose from {', '.join(parts)}")
            elif event == whole or event in _above(whole, parts):
                reason = f"{event} lies within itself"
                yield Problem("cycle", row, "part_of", whole, reason, "leave out one link of the circle")


def _above(event: str, parts: Parts) -> AbstractSet[str]:
    found: set[str] = set()
    near = set(parts[event])
    while near:
        found |= near
        near = {whole for one in near for whole in parts.get(one, ())} - found
    return found
