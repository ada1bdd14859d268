"""A citation: how an answer that leaves the program names a source, with its publisher and the day of access."""

from collections.abc import Mapping
from typing import NamedTuple

from contested.model.side_tables import Source
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
