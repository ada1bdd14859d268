"""The codebook: every field, list of words and chart, written by the code that uses them."""

from enum import StrEnum

from contested.answer import voices
from contested.charts import CHARTS
from contested.claim import Claim
from contested.selection import By
from contested.story import Story
from contested.vocabulary import Identity, Kind, Measure, Milestone, Scope, Stance, Status, TimeBasis

LISTS: tuple[type[StrEnum], ...] = (Kind, Measure, Milestone, Stance, TimeBasis, Scope, Identity, Status)


def words(story: Story | None = None) -> str:
    """List what may be asked: milestones, kinds, measures, and the accounts, sides and places of a story."""
    said = [f"{one.__name__.lower()}s: {', '.join(one)}" for one in (Milestone, Kind, Measure)]
    if story:
        said += [
            f"{by}s of {story.name}: " + ", ".join(f"{voice.key} ({voice.label})" for voice in voices(story, by))
            for by in By
        ]
        said.append(
            f"places of {story.name}: " + ", ".join(sorted({claim.place for claim in story.claims if claim.place}))
        )
    return "\n".join(said)


def page(story: Story) -> str:
    """Write the whole codebook as Markdown."""
    parts = ["# Codebook", "## Fields of a claim", *_fields(), "## Lists of words"]
    parts += [f"- **{one.__name__}** ({(one.__doc__ or '').strip()}) {', '.join(one)}" for one in LISTS]
    parts.append("## Charts")
    parts += [
        f"### {chart.key}\n{chart.definition}\n\nColumns: {', '.join(chart.columns)}.\n\n{chart.caveat}"
        for chart in CHARTS
    ]
    return "\n\n".join([*parts, "## What may be asked", words(story)])


def _fields() -> list[str]:
    rows = [
        f"| {name} | {'yes' if field.is_required() else ''} | {field.description or ''} |"
        for name, field in Claim.model_fields.items()
    ]
    return ["\n".join(["| field | required | meaning |", "|---|---|---|", *rows])]
