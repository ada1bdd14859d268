"""A citation: how an answer that leaves the program names a source, with its publisher and the day of access."""

import re
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


_DATED = re.compile(r" \d{4}-\d\d-\d\d$")


def publishers_of(source_id: str, sources: Mapping[str, Source]) -> list[str]:
    """Name who published a document; of one that the story says nothing of, those that its id names with a date."""
    if source := sources.get(source_id):
        return [source.publisher]
    return list(dict.fromkeys(_DATED.sub("", one.strip()) for one in source_id.split(";") if one.strip()))


def cite(source_id: str, sources: Mapping[str, Source]) -> Citation:
    """Name a document by what the story says of it, or by its id alone."""
    if (source := sources.get(source_id)) is None:
        return Citation(source_id, words=f"{source_id}, of which the story says nothing")
    fetched = source.retrieved_at
    accessed = f"accessed by {date(fetched)}" if fetched else "day of access not recorded"
    words = ", ".join(part for part in (source.publisher, f"“{source.title}”", source.url, accessed) if part)
    day = fetched.date().isoformat() if fetched else None
    return Citation(source_id, source.publisher, source.title, source.url, day, words)
