"""The codebook: documentation of charts, fields, vocabularies and defaults, generated from the code."""

import sys
from enum import StrEnum
from inspect import cleandoc

from contested.analysis.places import CORE, VILLAGE
from contested.chart import Chart
from contested.charts import CHARTS
from contested.model.claim import Claim
from contested.model.story import Story
from contested.model.times import HEDGE_MINUTES, HEDGE_WORDS, ROUND_MINUTES
from contested.model.vocabulary import (
    FATAL_AND_INJURED,
    MILESTONE_KINDS,
    Calls,
    Identity,
    Kind,
    KnownBy,
    Measure,
    Milestone,
    Scope,
    Stance,
    Status,
    TimeBasis,
    Units,
)
from contested.model.wording import listing
from contested.query import relations
from contested.query.facets import Facets
from contested.query.selection import By, Selection
from contested.query.voices import voices

VOCABULARIES: tuple[type[StrEnum], ...] = (
    *(Kind, Measure, Milestone, Stance, TimeBasis, Scope, Identity, Status),
    *(By, KnownBy, Units, Calls),
)
Table = list[dict[str, str]]
"""Rows of Markdown cells by column."""


def names(story: Story | None = None, facets: Facets | None = None) -> str:
    """List the values of filters: milestones, kinds, measures, and the accounts, sides and places of a story."""
    said = [f"{one.__name__.lower()}s: {', '.join(one)}" for one in (Milestone, Kind, Measure)]
    if story and facets:
        for by in By:
            listed = (f"{voice.key} ({voice.label})" for voice in voices(story, facets, by))
            said.append(f"{by}s of {story.name}: {', '.join(listed)}")
        said.append(f"places of {story.name}: {', '.join(facets.places)}")
    return "\n".join(said)


def question_of(chart: Chart) -> str:
    """Return the docstring of a chart's module or folder: its question in words, and what it counts."""
    charts, _, inside = chart.tell.__module__.partition(".charts.")
    named = f"{charts}.charts.{inside.partition('.')[0]}"
    return cleandoc(sys.modules[named].__doc__ or "")


def chart_section(chart: Chart) -> str:
    """Document a chart: question, marks, caveat and columns."""
    columns = ", ".join(f"`{column}`" for column in chart.columns)
    parts = (question_of(chart), f"On the chart: {chart.definition}", f"What it cannot tell: {chart.caveat}")
    return "\n\n".join([*parts, f"Columns: {columns}."])


def relations_section() -> str:
    """Document the SQL views that every chart queries."""
    return cleandoc(relations.__doc__ or "")


def fields() -> Table:
    """Document the fields of a claim."""
    return [
        {"field": f"`{name}`", "required": "yes" if field.is_required() else "", "meaning": field.description or ""}
        for name, field in Claim.model_fields.items()
    ]


def vocabularies() -> Table:
    """Document the closed vocabularies of claims and filters."""
    return [
        {"list": one.__name__, "meaning": cleandoc(one.__doc__ or ""), "words": ", ".join(f"`{word}`" for word in one)}
        for one in VOCABULARIES
    ]


def defaults() -> Table:
    """Document the filters and their defaults."""
    return [
        {
            "choice": f"`{field.alias or name}`",
            "default": "none" if field.default in {None, ()} else str(field.default).lower(),
            "meaning": field.description or "",
        }
        for name, field in Selection.model_fields.items()
    ]


def assumptions() -> str:
    """List the assumptions of the program, with their numbers."""
    hedges = listing(f"“{word}”" for word in HEDGE_WORDS)
    statements = (
        f"A time said with {hedges} stands as it was said.",
        f"Read hedged, each of its bounds moves out by {HEDGE_MINUTES} minutes: the reader's assumption, never stored.",
        f"Two times said as a full or a half hour that coincide are each read as ±{ROUND_MINUTES} minutes in a delay.",
        f"An event has one {listing(MILESTONE_KINDS)}: what one account says of it is read together.",
        f"Milestones of an event come in this order: {', '.join(Milestone)}.",
        f"Casualty figures are those of the {listing(FATAL_AND_INJURED)}. No figure is added to another.",
        f"A place that may lie {VILLAGE} km or more from its point is too wide for a mark.",
        f"The map frames the places around the one that most claims name that hold {CORE:.0%} of the located claims.",
    )
    return "\n".join(f"- {one}" for one in statements)


def page(story: Story, facets: Facets) -> str:
    """Format the whole codebook as Markdown."""
    charts = [f"### {chart.key}\n\n{chart_section(chart)}" for chart in CHARTS]
    parts = ["# Codebook", "## Charts", *charts, "## What the charts ask", relations_section()]
    parts += ["## Fields of a claim", _markdown(fields()), "## Lists of words", _markdown(vocabularies())]
    parts += ["## Choices and their defaults", _markdown(defaults()), assumptions()]
    return "\n\n".join([*parts, "## What may be asked", names(story, facets)])


def _markdown(table: Table) -> str:
    head = list(table[0])
    rows = [head, ["---"] * len(head), *(list(row.values()) for row in table)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
