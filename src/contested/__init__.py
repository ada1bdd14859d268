"""Timelines of events that are told more than one way."""

import zoneinfo
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contested.answers import Answer, answer
    from contested.chart import Chart
    from contested.charts import CHARTS
    from contested.ingest.reader import read
    from contested.library import open_story
    from contested.model.claim import Claim
    from contested.model.problem import ContestedError, Problem
    from contested.model.story import Story
    from contested.model.vocabulary import Kind, Measure, Milestone, Stance
    from contested.query.selection import Selection
    from contested.query.store import Store

__all__ = [
    "CHARTS",
    "Answer",
    "Chart",
    "Claim",
    "ContestedError",
    "Kind",
    "Measure",
    "Milestone",
    "Problem",
    "Selection",
    "Stance",
    "Store",
    "Story",
    "answer",
    "open_story",
    "read",
]

zoneinfo.reset_tzpath(())
zoneinfo.ZoneInfo.clear_cache()
"""Time zones come from the pinned package `tzdata`, never from the system: a table read anywhere has the same times."""

_HOMES = {
    "answers": ("Answer", "answer"),
    "chart": ("Chart",),
    "charts": ("CHARTS",),
    "model.claim": ("Claim",),
    "model.problem": ("ContestedError", "Problem"),
    "ingest.reader": ("read",),
    "query.selection": ("Selection",),
    "query.store": ("Store",),
    "library": ("open_story",),
    "model.story": ("Story",),
    "model.vocabulary": ("Kind", "Measure", "Milestone", "Stance"),
}
"""The module of each public name; none is imported before a name of it is asked for, since some are slow to import."""


def __getattr__(name: str) -> Any:  # noqa: ANN401 a name may be anything
    """Fetch a public name from its module."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"contested.{home}"), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    """Name what is public."""
    return sorted(__all__)
