"""What readers may see of a story now: all that is told of it, fed or sent is read through here."""

from contested.library import kept_story
from contested.model.story import Story
from contested.record.log import Record


def story(record: Record, name: str) -> Story:
    """Read a story as its readers may see it."""
    return kept_story(record, name)


def held(record: Record, name: str) -> frozenset[str]:  # noqa: ARG001 nothing is held back yet
    """Name the claims that readers do not see now."""
    return frozenset()
