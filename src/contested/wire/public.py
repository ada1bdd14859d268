"""What readers may see of a story now: all that is told of it, fed or sent is read through here."""

from datetime import UTC, datetime

from contested.library import kept_story
from contested.model import held_back
from contested.model.story import Story
from contested.record.log import Record
from contested.record.marks import Marks


def story(record: Record, name: str) -> Story:
    """Read a story as its readers may see it."""
    whole, told = kept_story(record, name), Marks(record, name).now()
    return held_back.shown(whole, told, datetime.now(UTC)) if told else whole


def names(record: Record, name: str) -> dict[str, str]:
    """Say what readers know the accounts of a story by."""
    return {key: one.label for key, one in story(record, name).accounts.items()}


def held(record: Record, name: str) -> frozenset[str]:
    """Name the claims that readers do not see now."""
    return held_back.held(Marks(record, name).now(), datetime.now(UTC))
