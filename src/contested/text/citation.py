"""A citation: how an answer that leaves the program names a source, with its publisher and the day of access."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from contested.model.side_tables import Source
from contested.model.story import Story
from contested.model.times import date


class Citation(NamedTuple):
    """One document; what the story does not say of it is unknown."""

    source_id: str
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    accessed: str | None = None
    """The day by which it had been seen, as ISO 8601 writes it."""
    words: str = ""


def cite(source_id: str, sources: Mapping[str, Source]) -> Citation:
    """Name a document by what the story says of it, or by its id alone."""
    if (source := sources.get(source_id)) is None:
        return Citation(source_id, words=f"{source_id}, of which the story says nothing")
    fetched = source.retrieved_at
    accessed = f"accessed by {date(fetched)}" if fetched else "day of access not recorded"
    words = ", ".join(part for part in (source.publisher, f"“{source.title}”", source.url, accessed) if part)
    day = fetched.date().isoformat() if fetched else None
    return Citation(source_id, source.publisher, source.title, source.url, day, words)


def by_row(rows: pd.DataFrame, story: Story) -> list[str]:
    """Name the documents behind each row in one line, for a table that leaves the program."""
    found = {claim.claim_id: cite(claim.source_id, story.sources).words for claim in story.claims}
    return ["; ".join(dict.fromkeys(found[claim_id] for claim_id in ids)) for ids in rows["claim_ids"]]


def cited(rows: pd.DataFrame, story: Story) -> tuple[Citation, ...]:
    """Name every document behind the rows of an answer."""
    every, found = set(story.source_of.values()), set[str]()
    for claim_ids in rows["claim_ids"]:
        found.update(story.source_of[claim_id] for claim_id in claim_ids if claim_id in story.source_of)
        if found == every:
            break
    return tuple(cite(source_id, story.sources) for source_id in sorted(found))
